//! For staff, analysts and administrators: what waits with speakers, duties lent, exports, what is not set up.

use crate::{
    home::model::{Queue, Sums, Upkeep, Waiting},
    listening::statements,
    loops, partners,
    platform::{db::AgencyTx, error::Error, ids::MembershipId, words},
    reports::{self, Format, What},
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

/// Duties lent to this person that still run.
pub(in crate::home) async fn lent(tx: &mut AgencyTx, me: MembershipId, slug: &str, today: NaiveDate) -> Result<Vec<Waiting>, Error> {
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
        .map(|row| {
            let (title, path) = match row.duty.as_str() {
                "answers" => ("Answers that wait for the director", loops::paths::loops_that_are(slug, "review")),
                "landscape" => ("The landscape of ratings", partners::landscape::paths::landscape(slug)),
                _ => ("Outreach", partners::outreach::paths::outreach(slug)),
            };
            let reason = if row.reason.is_empty() { String::new() } else { format!(": {}", row.reason) };
            let who = format!("lent by {} until {}{reason}", row.name, words::day(row.until));
            Waiting { title: title.to_owned(), path, who, ..Waiting::default() }
        })
        .collect())
}

/// The latest exports that this person asked for and can take.
pub(in crate::home) async fn ready(tx: &mut AgencyTx, me: MembershipId, slug: &str, most: i64) -> Result<Queue, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select e.id, e.what as "what: What", e.format as "format: Format", e.row_count, e.created_at, count(*) over () as "all!" from export e
           where e.agency_id = $1 and e.state = 'ready' and e.asked_by = $2 order by e.created_at desc, e.id limit $3"#,
        agency.0,
        me.0,
        most,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(Queue::of(
        rows.into_iter()
            .map(|row| {
                let title = format!("{}, {}, {}", row.what, words::count(row.row_count, "row", "rows"), row.format);
                let who = format!("made on {}", words::day(tx.day(row.created_at)));
                (Waiting { title, path: reports::paths::export(slug, row.id), who, ..Waiting::default() }, Sums::all(row.all))
            })
            .collect(),
    ))
}

/// The latest exports that were voided: by a withdrawal (somebody took their words back), or otherwise (a consent or an
/// audience changed).
pub(in crate::home) async fn void(tx: &mut AgencyTx, withdrawn: bool, slug: &str, most: i64) -> Result<Queue, Error> {
    let (agency, me) = (tx.agency(), tx.standing().membership.map(|id| id.0));
    let rows = sqlx::query!(
        r#"select e.id, e.what as "what: What", e.format as "format: Format", e.void_because, e.void_at, m.name,
                  exists (select 1 from export_taken t where t.agency_id = e.agency_id and t.export_id = e.id and t.taken_by = $4 and t.deleted_at is null) as "mine!",
                  count(*) over () as "all!" from export e
           join membership m on m.agency_id = e.agency_id and m.id = e.asked_by
           where e.agency_id = $1 and e.state = 'void' and (e.void_because like 'Words % were taken back%') = $2
           order by e.void_at desc nulls last, e.id limit $3"#,
        agency.0,
        withdrawn,
        most,
        me,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(Queue::of(
        rows.into_iter()
            .map(|row| {
                let title = format!("{}, {}", row.what, row.format);
                let on = row.void_at.map(|at| format!(", {}", words::day(tx.day(at)))).unwrap_or_default();
                let who = format!("{}{on}; asked for by {}", row.void_because, row.name);
                let waiting = Waiting {
                    title,
                    path: reports::paths::export(slug, row.id),
                    who,
                    state: if row.mine { "say that your copies are deleted" } else { "do not use" }.to_owned(),
                    ..Waiting::default()
                };
                (waiting, Sums::all(row.all))
            })
            .collect(),
    ))
}

/// What an administrator has still to set, and who waits to come in.
pub(in crate::home) async fn upkeep(tx: &mut AgencyTx) -> Result<Upkeep, Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let row = sqlx::query!(
        r#"select g.hotline = '' as "hotline!", g.contact = '' as "contact!", g.minors_rule is null as "minors!",
                  (select count(*) from membership m where m.agency_id = $1 and m.state in ('proposed', 'invited', 'accepted')) as "waiting!",
                  (select count(*) from invitation i join lateral (select failed_at from letter where for_agency = i.agency_id and about = i.id
                                                                    order by made_at desc, id desc limit 1) l on l.failed_at is not null
                   where i.agency_id = $1 and i.accepted_at is null and i.expires_at > $2) as "given_up!"
           from agency g where g.id = $1"#,
        agency.0,
        now,
    )
    .fetch_one(tx.conn())
    .await?;
    let unset = [
        (row.hotline, "the hotline where abuse is reported"),
        (row.contact, "a person to talk to"),
        (row.minors, "the rule of consent for people under 18"),
    ];
    let unset = unset.into_iter().filter(|(missing, _)| *missing).map(|(_, what)| what).collect();
    Ok(Upkeep { unset, waiting: row.waiting, given_up: row.given_up })
}
