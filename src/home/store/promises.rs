//! Promises on the first pages: one's own, those that wait for one's word, and a body's in both directions.

use crate::{
    home::model::{Queue, Sums, Waiting},
    platform::{
        db::AgencyTx,
        error::Error,
        ids::{MembershipId, PartnerId},
    },
};
use chrono::{Duration, NaiveDate};

/// What this person, or the body they belong to, promised or was given to do, with what was reported and waits for the other
/// side's word at the end; what they are asked to carry out before it. Of the agency's side also what is with somebody for whom they
/// stand in just now, as far as they may read it.
pub(in crate::home) async fn own(
    tx: &mut AgencyTx,
    (me, body): (MembershipId, Option<PartnerId>),
    today: NaiveDate,
    most: i64,
) -> Result<Queue, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select s.title, s.path, coalesce(p.name, m.name, '') as "who!", c.due_on, c.state, count(*) over () as "all!",
                  coalesce(c.delegate_asked = $2, false) as "asked!", coalesce(c.delegate_id = $2, false) as "carried!",
                  case when c.promised_by is distinct from $2 and c.delegate_id is distinct from $2
                       then (select w.name from membership w where w.agency_id = c.agency_id and w.id = coalesce(c.delegate_id, c.promised_by)
                             and w.id = any(array(select stood_in_for($5)))) end as "stead?",
                  count(*) filter (where c.state <> 'reported' and c.due_on < $5) over () as "late!",
                  count(*) filter (where c.state <> 'reported' and c.due_on <= $6) over () as "pressing!"
           from commitment c
           join subject s on s.agency_id = c.agency_id and s.id = c.id
           left join partner p on p.agency_id = c.agency_id and p.id = c.promised_to_partner_id
           left join membership m on m.agency_id = c.agency_id and m.id = c.promised_to
           where c.agency_id = $1 and (c.promised_by = $2 or c.delegate_id = $2 or c.delegate_asked = $2 or c.promiser_partner_id = $3
                  or coalesce(c.delegate_id, c.promised_by) = any(array(select stood_in_for($5)))) and c.state in ('open', 'returned', 'reported')
           order by c.delegate_asked is distinct from $2, c.state = 'reported', c.due_on, c.id
           limit $4"#,
        agency.0,
        me.0,
        body.map(|id| id.0),
        most,
        today,
        today + Duration::days(7),
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(Queue::of(
        rows.into_iter()
            .map(|row| {
                let state = match row.state.as_str() {
                    _ if row.asked => "will you carry it out?",
                    "reported" => "their turn",
                    "returned" => "returned: something is missing",
                    _ if row.carried => "with you as a delegate",
                    _ => "",
                };
                let state = match row.stead {
                    Some(name) if !row.asked && state.is_empty() => format!("in the place of {name}"),
                    Some(name) if !row.asked => format!("in the place of {name}; {state}"),
                    _ => state.to_owned(),
                };
                let due = (row.state != "reported").then_some(row.due_on);
                let who = format!("to {}", row.who);
                let path = if row.asked { format!("{}/delegation", row.path) } else { row.path };
                let waiting = Waiting { title: row.title, path, who, due, what: "", state };
                (waiting, Sums { all: row.all, late: row.late, pressing: row.pressing })
            })
            .collect(),
    ))
}

/// What was promised to this person and is reported done: nobody but they can say that it was.
pub(in crate::home) async fn words(tx: &mut AgencyTx, today: NaiveDate, most: i64) -> Result<Queue, Error> {
    let (agency, standing) = (tx.agency(), *tx.standing());
    let rows = sqlx::query!(
        r#"select s.title, s.path, coalesce(p.name, m.name, '') as "who!", count(*) over () as "all!"
           from commitment c
           join subject s on s.agency_id = c.agency_id and s.id = c.id
           left join partner p on p.agency_id = c.agency_id and p.id = c.promiser_partner_id
           left join membership m on m.agency_id = c.agency_id and m.id = c.promised_by
           where c.agency_id = $1 and c.state = 'reported' and (c.promised_to = $4 or c.promised_to_partner_id = $5) and wants_my_word(c, $2)
           order by c.reported_at, c.id
           limit $3"#,
        agency.0,
        today,
        most,
        standing.membership.map(|id| id.0),
        standing.body.map(|id| id.0),
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(Queue::of(
        rows.into_iter()
            .map(|row| {
                let (who, state) = (format!("promised by {}", row.who), "reported done, waiting for your word".to_owned());
                (Waiting { title: row.title, path: row.path, who, state, ..Waiting::default() }, Sums::all(row.all))
            })
            .collect(),
    ))
}

/// What was promised to this person or their body: what is reported done first, then by day. It says whose word is wanted.
pub(in crate::home) async fn to_us(
    tx: &mut AgencyTx,
    (me, body): (MembershipId, Option<PartnerId>),
    today: NaiveDate,
    most: i64,
) -> Result<Queue, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select s.title, s.path, c.state, c.due_on, coalesce(m.name, p.name, 'the agency') as "who!", coalesce(wants_my_word(c, $5), false) as "mine!",
                  count(*) over () as "all!"
           from commitment c
           join subject s on s.agency_id = c.agency_id and s.id = c.id
           left join membership m on m.agency_id = c.agency_id and m.id = c.promised_by
           left join partner p on p.agency_id = c.agency_id and p.id = c.promiser_partner_id
           where c.agency_id = $1 and (c.promised_to = $2 or c.promised_to_partner_id = $3) and c.state in ('open', 'returned', 'reported')
           order by c.state = 'reported' desc, c.due_on, c.id limit $4"#,
        agency.0,
        me.0,
        body.map(|id| id.0),
        most,
        today,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(Queue::of(
        rows.into_iter()
            .map(|row| {
                let reported = row.state == "reported";
                let state = match (reported, row.mine) {
                    (true, true) => "reported done, waiting for your word",
                    (true, false) => "reported done, waiting for the word of your organization or Tribe",
                    _ if row.state == "returned" => "returned: something is missing",
                    _ => "",
                };
                let due = (!reported).then_some(row.due_on);
                let who = format!("promised by {}", row.who);
                (Waiting { title: row.title, path: row.path, who, due, what: "", state: state.to_owned() }, Sums::all(row.all))
            })
            .collect(),
    ))
}
