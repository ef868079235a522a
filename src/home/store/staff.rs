//! For staff, analysts and administrators: what waits with speakers, duties lent, exports, what is not set up.

use crate::{
    home::model::{Queue, Waiting},
    platform::{db::AgencyTx, error::Error, ids::MembershipId},
};
use chrono::NaiveDate;

/// Sessions that this person facilitates or takes notes in, with how many statements wait with their speakers.
pub(in crate::home) async fn with_speakers(tx: &mut AgencyTx, me: MembershipId, most: i64) -> Result<Queue, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select l.title, s.path, waiting.number as "number!", count(*) over () as "all!"
           from listening_session l
           join subject s on s.agency_id = l.agency_id and s.id = l.id
           join lateral (select count(*) as number from statement t
               where t.agency_id = $1 and t.session_id = l.id and t.state in ('draft', 'with_speaker')) waiting on waiting.number > 0
           where l.agency_id = $1 and exists (select 1 from session_duty d where d.agency_id = $1 and d.session_id = l.id and d.membership_id = $2)
           order by l.starts_at, l.id limit $3"#,
        agency.0,
        me.0,
        most,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(Queue::of(
        rows.into_iter()
            .map(|row| {
                let who =
                    crate::platform::words::count(row.number, "statement waits with its speaker", "statements wait with their speakers");
                (Waiting { title: row.title, path: row.path, who, due: None, state: String::new() }, row.all)
            })
            .collect(),
    ))
}

/// Duties lent to this person that still run.
pub(in crate::home) async fn lent(tx: &mut AgencyTx, me: MembershipId, today: NaiveDate) -> Result<Vec<Waiting>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select d.duty, d.until, d.reason, m.name from delegation d
           join membership m on m.agency_id = d.agency_id and m.id = d.lent_by
           where d.agency_id = $1 and d.lent_to = $2 and d.ended_at is null and d.until >= $3
           order by d.until, d.id limit 20"#,
        agency.0,
        me.0,
        today,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Waiting {
            title: match row.duty.as_str() {
                "answers" => "Answers to partners".to_owned(),
                "landscape" => "The landscape of ratings".to_owned(),
                _ => "Outreach".to_owned(),
            },
            path: String::new(),
            who: format!("lent by {}{}", row.name, if row.reason.is_empty() { String::new() } else { format!(": {}", row.reason) }),
            due: Some(row.until),
            state: String::new(),
        })
        .collect())
}

/// The latest exports, ready and voided.
pub(in crate::home) async fn exports(tx: &mut AgencyTx, state: &str, most: i64) -> Result<Queue, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select e.what, e.format, e.row_count, e.created_at, e.void_because, m.name, count(*) over () as "all!" from export e
           join membership m on m.agency_id = e.agency_id and m.id = e.asked_by
           where e.agency_id = $1 and e.state = $2 order by e.created_at desc, e.id limit $3"#,
        agency.0,
        state,
        most,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(Queue::of(
        rows.into_iter()
            .map(|row| {
                let title = format!("{}, {} rows, {}", capital(&row.what), row.row_count, row.format.to_uppercase());
                let who = if row.void_because.is_empty() { format!("asked for by {}", row.name) } else { row.void_because };
                (Waiting { title, path: String::new(), who, due: Some(row.created_at.date_naive()), state: String::new() }, row.all)
            })
            .collect(),
    ))
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// What an administrator has still to set, and who waits to come in.
pub(in crate::home) async fn unset(tx: &mut AgencyTx) -> Result<(Vec<&'static str>, i64), Error> {
    let agency = tx.agency();
    let row = sqlx::query!(
        r#"select g.hotline = '' as "hotline!", g.contact = '' as "contact!", g.minors_rule is null as "minors!",
                  (select count(*) from membership m where m.agency_id = $1 and m.state in ('invited', 'accepted')) as "waiting!"
           from agency g where g.id = $1"#,
        agency.0,
    )
    .fetch_one(tx.conn())
    .await?;
    let unset = [
        (row.hotline, "the hotline where abuse is reported"),
        (row.contact, "a person to talk to"),
        (row.minors, "the rule of consent for people under 18"),
    ];
    Ok((unset.into_iter().filter(|(missing, _)| *missing).map(|(_, what)| what).collect(), row.waiting))
}
