//! For partners: what they told the agency and what came of it, what waits for their word, what was promised to them.

use crate::{
    home::model::{Queue, Told, Waiting},
    platform::{
        db::AgencyTx,
        error::Error,
        ids::{MembershipId, PartnerId},
    },
};

/// Statements of this person or their body, the latest first, with how much each led to.
pub(in crate::home) async fn told(tx: &mut AgencyTx, me: MembershipId, body: Option<PartnerId>, most: i64) -> Result<Vec<Told>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select s.title, s.path, t.words, t.state, t.created_at,
                  (select count(*) from edge e where e.agency_id = $1 and e.to_id = t.id) as "led_to!"
           from statement t
           join subject s on s.agency_id = t.agency_id and s.id = t.id
           where t.agency_id = $1 and (s.author_id = $2 or s.body_id = $3) and t.state in ('confirmed', 'corrected', 'with_speaker', 'draft')
           order by t.created_at desc, t.id limit $4"#,
        agency.0,
        me.0,
        body.map(|id| id.0),
        most,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Told {
            title: row.title,
            path: row.path,
            words: row.words,
            state: match row.state.as_str() {
                "confirmed" => "confirmed".to_owned(),
                "corrected" => "corrected and confirmed".to_owned(),
                _ => "waiting for your word".to_owned(),
            },
            on: row.created_at,
            led_to: row.led_to,
        })
        .collect())
}

/// Questions raised by this person or their body, with where each stands: what waits for their word first.
pub(in crate::home) async fn raised(tx: &mut AgencyTx, me: MembershipId, body: Option<PartnerId>, most: i64) -> Result<Queue, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select s.title, s.path, l.state, l.answer_by, l.created_at, count(*) over () as "all!"
           from loop l
           join subject s on s.agency_id = l.agency_id and s.id = l.id
           where l.agency_id = $1 and (l.raised_by = $2 or l.heir_id = $2 or l.raised_for_partner_id = $3) and l.state <> 'withdrawn'
           order by l.state = 'answered' desc, l.state = 'closed', l.created_at desc, l.id limit $4"#,
        agency.0,
        me.0,
        body.map(|id| id.0),
        most,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(Queue::of(
        rows.into_iter()
            .map(|row| {
                let (state, due) = match row.state.as_str() {
                    "answered" => ("answered, waiting for your word", None),
                    "closed" => ("closed by you", None),
                    "acknowledged" | "review" => ("acknowledged", Some(row.answer_by)),
                    _ => ("no reply yet", Some(row.answer_by)),
                };
                let who = format!("raised {}", crate::platform::words::day(row.created_at.date_naive()));
                (Waiting { title: row.title, path: row.path, who, due, state: state.to_owned() }, row.all)
            })
            .collect(),
    ))
}

/// What was promised to this person or their body: what waits for their word first, then by day.
pub(in crate::home) async fn promised(tx: &mut AgencyTx, me: MembershipId, body: Option<PartnerId>, most: i64) -> Result<Queue, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select s.title, s.path, c.state, c.due_on, coalesce(m.name, p.name, 'the agency') as "who!", count(*) over () as "all!"
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
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(Queue::of(
        rows.into_iter()
            .map(|row| {
                let reported = row.state == "reported";
                let state = if reported { "reported done, waiting for your word".to_owned() } else { String::new() };
                let due = (!reported).then_some(row.due_on);
                (Waiting { title: row.title, path: row.path, who: format!("promised by {}", row.who), due, state }, row.all)
            })
            .collect(),
    ))
}

/// How many of their own statements wait for this person's word.
pub(in crate::home) async fn to_confirm(tx: &mut AgencyTx, me: MembershipId) -> Result<i64, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "number!" from statement t
           join subject s on s.agency_id = t.agency_id and s.id = t.id
           where t.agency_id = $1 and s.author_id = $2 and t.state in ('draft', 'with_speaker')"#,
        agency.0,
        me.0,
    )
    .fetch_one(tx.conn())
    .await?)
}
