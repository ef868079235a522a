//! For the agency's side: answers and promises that are due, sessions ahead, the year.

use crate::{
    home::model::{Ahead, Queue, Waiting, Year},
    platform::{db::AgencyTx, error::Error, ids::MembershipId},
};
use chrono::{DateTime, NaiveDate, Utc};

/// Questions that wait for the agency's answer, the earliest due first.
pub(in crate::home) async fn answers(tx: &mut AgencyTx, most: i64) -> Result<Queue, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select s.title, s.path, coalesce(p.name, m.name) as "who!", p.is_tribe as "is_tribe?", l.state,
                  case when l.state = 'raised' then l.acknowledge_by else l.answer_by end as "due!", count(*) over () as "all!"
           from loop l
           join subject s on s.agency_id = l.agency_id and s.id = l.id
           join membership m on m.agency_id = l.agency_id and m.id = l.raised_by
           left join partner p on p.agency_id = l.agency_id and p.id = l.raised_for_partner_id
           where l.agency_id = $1 and l.state in ('raised', 'acknowledged', 'review')
           order by case when l.state = 'raised' then l.acknowledge_by else l.answer_by end, l.id
           limit $2"#,
        agency.0,
        most,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(Queue::of(
        rows.into_iter()
            .map(|row| {
                let who = if row.is_tribe == Some(true) { format!("{}, government to government", row.who) } else { row.who };
                let state = match row.state.as_str() {
                    "raised" => "acknowledge",
                    "review" => "your review",
                    _ => "answer",
                };
                (Waiting { title: row.title, path: row.path, who, due: Some(row.due), state: state.to_owned() }, row.all)
            })
            .collect(),
    ))
}

/// What this person promised or was given to do, and what they reported that waits for the other side's word.
pub(in crate::home) async fn promises(tx: &mut AgencyTx, me: MembershipId, most: i64) -> Result<Queue, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select s.title, s.path, coalesce(p.name, m.name, '') as "who!", c.due_on, c.state, count(*) over () as "all!"
           from commitment c
           join subject s on s.agency_id = c.agency_id and s.id = c.id
           left join partner p on p.agency_id = c.agency_id and p.id = c.promised_to_partner_id
           left join membership m on m.agency_id = c.agency_id and m.id = c.promised_to
           where c.agency_id = $1 and (c.promised_by = $2 or c.delegate_id = $2) and c.state in ('open', 'returned', 'reported')
           order by c.state = 'reported', c.due_on, c.id
           limit $3"#,
        agency.0,
        me.0,
        most,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(Queue::of(
        rows.into_iter()
            .map(|row| {
                let waits = row.state == "reported";
                let state = if waits { "their turn".to_owned() } else { String::new() };
                let due = (!waits).then_some(row.due_on);
                (Waiting { title: row.title, path: row.path, who: format!("to {}", row.who), due, state }, row.all)
            })
            .collect(),
    ))
}

/// Relationships that this person keeps, the next date first.
pub(in crate::home) async fn kept(tx: &mut AgencyTx, me: MembershipId, slug: &str, most: i64) -> Result<Queue, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select p.id, p.name, p.rhythm_next as "next!", count(*) over () as "all!" from partner p
           where p.agency_id = $1 and p.keeper_id = $2 and p.merged_into is null and p.rhythm_next is not null
           order by p.rhythm_next, p.sort_name, p.id limit $3"#,
        agency.0,
        me.0,
        most,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(Queue::of(
        rows.into_iter()
            .map(|row| {
                let path = crate::partners::paths::partner(slug, row.id);
                (Waiting { title: row.name, path, who: String::new(), due: Some(row.next), state: String::new() }, row.all)
            })
            .collect(),
    ))
}

/// Sessions ahead, the next first, with what each still lacks.
pub(in crate::home) async fn sessions(tx: &mut AgencyTx, until: Option<DateTime<Utc>>, most: i64) -> Result<Vec<Ahead>, Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let rows = sqlx::query!(
        r#"select l.title, s.path, l.starts_at, l.place, p.name as "cohost?", l.food, l.child_care, l.interpreter, l.support_person, l.travel
           from listening_session l
           join subject s on s.agency_id = l.agency_id and s.id = l.id
           left join partner p on p.agency_id = l.agency_id and p.id = l.cohost_id
           where l.agency_id = $1 and l.state in ('planned', 'announced') and l.starts_at > $2 and ($3::timestamptz is null or l.starts_at < $3)
           order by l.starts_at, l.id limit $4"#,
        agency.0,
        now,
        until,
        most,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let supports = [
                ("place", &row.place),
                ("food", &row.food),
                ("child care", &row.child_care),
                ("interpreter", &row.interpreter),
                ("support person", &row.support_person),
                ("travel", &row.travel),
            ];
            let lacks = supports.iter().filter(|(_, text)| text.is_empty()).map(|(name, _)| (*name).to_owned()).collect();
            Ahead { title: row.title, path: row.path, starts_at: row.starts_at, place: row.place, cohost: row.cohost, lacks }
        })
        .collect())
}

/// The year in numbers, as far as the reader may see.
pub(in crate::home) async fn year(tx: &mut AgencyTx, today: NaiveDate) -> Result<Year, Error> {
    let agency = tx.agency();
    let since = today - chrono::Duration::days(365);
    let row = sqlx::query!(
        r#"select
             (select count(*) from listening_session where agency_id = $1 and held_at >= $2::date) as "sessions!",
             (select count(*) from commitment where agency_id = $1 and side = 'agency' and due_on between $2 and $3 and state <> 'released') as "promised!",
             (select count(*) from commitment where agency_id = $1 and side = 'agency' and due_on between $2 and $3 and state = 'confirmed') as "kept!",
             (select count(*) from loop where agency_id = $1 and state = 'closed' and closed_at >= $2::date) as "closed!",
             (select count(*) from loop where agency_id = $1 and state = 'answered') as "no_word_yet!""#,
        agency.0,
        since,
        today,
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(Year { sessions: row.sessions, kept: row.kept, promised: row.promised, closed: row.closed, no_word_yet: row.no_word_yet })
}
