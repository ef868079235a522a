//! For staff: what waits with speakers, and duties lent.

use crate::{
    commitments,
    home::model::{Queue, Sums, Waiting},
    listening::statements,
    loops, members, partners,
    platform::{db::AgencyTx, error::Error, ids::MembershipId, words},
};
use chrono::NaiveDate;

/// Sessions that this person facilitates or takes notes in, with how many statements wait with their speakers.
pub(in crate::home) async fn with_speakers(tx: &mut AgencyTx, me: MembershipId, slug: &str, most: i64) -> Result<Queue, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select l.id, l.title, waiting.number as "number!", count(*) over () as "all!"
           from listening_session l
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
                let who = words::count(row.number, "statement waits with its speaker", "statements wait with their speakers");
                let path = statements::paths::of_session(slug, row.id);
                (Waiting { title: row.title, path, who, ..Waiting::default() }, Sums::all(row.all))
            })
            .collect(),
    ))
}

/// Duties lent to this person that still run; whom they are asked to stand in for, and for whom they do today.
pub(in crate::home) async fn lent(tx: &mut AgencyTx, me: MembershipId, slug: &str, today: NaiveDate) -> Result<Vec<Waiting>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select d.id, d.duty, d.from_on, d.until, d.reason, m.id as lender, m.name, m.role = 'director' as "directors!", d.taken_at is not null as "taken!"
           from delegation d
           join membership m on m.agency_id = d.agency_id and m.id = d.lent_by
           where d.agency_id = $1 and d.lent_to = $2 and d.ended_at is null and d.until >= $3
             and (d.duty <> 'absence' or d.taken_at is null or stands_in(d, $3))
           order by d.until, d.id limit 20"#,
        agency.0,
        me.0,
        today,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let (title, path) = match row.duty.as_str() {
                "answers" => ("Answers that wait for the director", loops::paths::loops_that_are(slug, "review")),
                "landscape" => ("The landscape of ratings", partners::landscape::paths::landscape(slug)),
                "absence" if !row.taken => ("Will you stand in?", members::paths::standing_in(slug, &row.id)),
                "absence" if row.directors => ("Answers that wait for the director", loops::paths::loops_that_are(slug, "review")),
                "absence" => ("Promises of somebody who is away", commitments::paths::owned_by(slug, row.lender)),
                _ => ("Outreach", partners::outreach::paths::outreach(slug)),
            };
            let reason = if row.reason.is_empty() { String::new() } else { format!(": {}", row.reason) };
            let until = words::day(row.until);
            let who = match (row.from_on, row.taken) {
                (Some(from), false) => format!("{} is away from {} to {until}", row.name, words::day(from)),
                (Some(_), true) => format!("in the place of {} until {until}", row.name),
                (None, _) => format!("lent by {} until {until}{reason}", row.name),
            };
            Waiting { title: title.to_owned(), path, who, ..Waiting::default() }
        })
        .collect())
}
