//! The queue of letters. A letter is claimed by one worker; a claim that ran out is not taken up again, because nobody knows whether
//! that letter went out.

use super::model::{Due, Outcome};
use crate::{
    jobs::Queue,
    platform::{
        db::{AgencyTx, Db, SystemTx},
        errand::Errand,
        error::Error,
        ids::AgencyId,
    },
};
use chrono::{DateTime, Duration, Utc};

/// How long a claim holds: longer than any try may take.
const CLAIM: Duration = Duration::minutes(5);
/// How long it is kept that a letter was sent, and how it fared.
const KEPT: Duration = Duration::days(90);
/// How long it is kept that a letter was not wanted any more.
const DROPPED_KEPT: Duration = Duration::days(1);

/// Queues a letter in an agency's transaction.
///
/// # Errors
/// When the database refuses.
pub async fn enqueue(tx: &mut AgencyTx, kind: &'static str, about: uuid::Uuid) -> Result<(), Error> {
    enqueue_all(tx, kind, &[about]).await
}

/// Queues a letter about each of these.
///
/// # Errors
/// When the database refuses.
pub async fn enqueue_all(tx: &mut AgencyTx, kind: &'static str, about: &[uuid::Uuid]) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let ids: Vec<uuid::Uuid> = about.iter().map(|_| crate::platform::ids::fresh()).collect();
    sqlx::query!(
        "insert into letter (id, for_agency, kind, about, made_at, run_at)
         select t.id, $1, $2, t.about, $5, $5 from unnest($3::uuid[], $4::uuid[]) as t (id, about)",
        agency.0,
        kind,
        &ids,
        about,
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Queues a letter that goes later.
///
/// # Errors
/// When the database refuses.
pub async fn enqueue_at(tx: &mut AgencyTx, kind: &'static str, about: uuid::Uuid, at: DateTime<Utc>) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    sqlx::query!(
        "insert into letter (id, for_agency, kind, about, made_at, run_at) values ($1, $2, $3, $4, $5, $6)",
        crate::platform::ids::fresh(),
        agency.0,
        kind,
        about,
        now,
        at,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Queues a letter outside any agency.
///
/// # Errors
/// When the database refuses.
pub async fn enqueue_outside(tx: &mut SystemTx, kind: &'static str, about: uuid::Uuid) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        "insert into letter (id, kind, about, made_at, run_at) values ($1, $2, $3, $4, $4)",
        crate::platform::ids::fresh(),
        kind,
        about,
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Queues a letter to an address that nothing knows any more by the time it is sent; it is kept with the letter until then.
///
/// # Errors
/// When the database refuses.
pub async fn enqueue_to(tx: &mut SystemTx, kind: &'static str, about: uuid::Uuid, address: &str) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        "insert into letter (id, kind, about, address, made_at, run_at) values ($1, $2, $3, $4, $5, $5)",
        crate::platform::ids::fresh(),
        kind,
        about,
        address,
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Claims the letter that waits longest; an agency's before those that anybody may ask for.
///
/// # Errors
/// When the database is away.
pub async fn claim(db: &Db) -> Result<Option<Due>, Error> {
    let mut tx = db.begin_system().await?;
    let now = tx.now();
    let due = sqlx::query_as!(
        Due,
        r#"update letter set claimed_until = $2, attempts = attempts + 1
           where id = (
               select id from letter
               where sent_at is null and dropped_at is null and failed_at is null and run_at <= $1 and claimed_until is null
               order by for_agency is null, run_at, id
               limit 1
               for update skip locked)
           returning id, kind, for_agency as "agency: AgencyId", about, address, attempts"#,
        now,
        now + CLAIM,
    )
    .fetch_optional(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(due)
}

/// Notes what became of a try.
///
/// # Errors
/// When the database is away.
pub async fn finish(db: &Db, due: &Due, outcome: &Outcome) -> Result<(), Error> {
    let mut tx = db.begin_system().await?;
    let now = tx.now();
    let (next, error) = match outcome {
        Outcome::Sent | Outcome::Dropped => (now, None),
        Outcome::Later(why) => (now + due.pause(), Some(why.as_str())),
        Outcome::Never(why) => (now, Some(why.as_str())),
    };
    sqlx::query!(
        "update letter set claimed_until = null, run_at = $2, error = $3,
                address = case when $4 or $6 or $7 then null else address end,
                sent_at = case when $4 then $5::timestamptz end,
                dropped_at = case when $6 then $5::timestamptz end,
                failed_at = case when $7 then $5::timestamptz end
         where id = $1",
        due.id,
        next,
        error,
        *outcome == Outcome::Sent,
        now,
        *outcome == Outcome::Dropped,
        matches!(outcome, Outcome::Never(_)),
    )
    .execute(tx.conn())
    .await?;
    tx.commit().await
}

/// Letters whose worker ended while it sent them are given up: nobody knows whether they went out. Answers how many.
///
/// # Errors
/// When the database is away.
pub async fn lost(db: &Db) -> Result<u64, Error> {
    let mut tx = db.begin_system().await?;
    let now = tx.now();
    let lost = sqlx::query!(
        "update letter set failed_at = $1, claimed_until = null, error = $2, address = null
         where sent_at is null and dropped_at is null and failed_at is null and claimed_until < $1",
        now,
        "The program ended while it was sent: nobody knows whether it arrived",
    )
    .execute(tx.conn())
    .await?
    .rows_affected();
    tx.commit().await?;
    Ok(lost)
}

/// What waits, and what was given up lately.
///
/// # Errors
/// When the database is away.
pub async fn queue(db: &Db) -> Result<Queue, Error> {
    let mut tx = db.begin_system().await?;
    let (now, lately) = (tx.now(), tx.now() - Duration::days(1));
    let queue = sqlx::query_as!(
        Queue,
        r#"select count(*) filter (where failed_at is null) as "waiting!", count(*) filter (where failed_at > $2) as "failed!",
                  coalesce(extract(epoch from $1 - min(run_at) filter (where failed_at is null and run_at <= $1)), 0)::bigint as "oldest!"
           from letter where sent_at is null and dropped_at is null"#,
        now,
        lately,
    )
    .fetch_one(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(queue)
}

/// What was sent, or given up, long ago is forgotten, for every agency and every account at once.
///
/// # Errors
/// When the database refuses.
pub async fn sweep(errand: &Errand) -> Result<(), Error> {
    errand
        .write(async |tx| {
            let (before, dropped) = (tx.now() - KEPT, tx.now() - DROPPED_KEPT);
            tx.as_keeper("letters sent long ago", async |tx| {
                sqlx::query!("delete from letter where made_at < $1 or dropped_at < $2", before, dropped).execute(tx.conn()).await?;
                Ok(())
            })
            .await
        })
        .await
}
