//! The queue: one row a job, claimed by one worker at a time. Claims run out, so a worker that died loses nothing.

use super::model::{Due, Queue, hat};
use crate::platform::{
    db::{AgencyTx, Db, Standing, SystemTx},
    error::Error,
    ids::{AccountId, AgencyId, MembershipId, PartnerId},
};
use chrono::Duration;
use chrono_tz::Tz;
use serde::Serialize;

/// How long a claim holds without word from its worker.
const CLAIM: Duration = Duration::minutes(5);

/// Queues a job in this transaction, for whoever it runs for.
///
/// # Errors
/// When the database refuses.
pub async fn enqueue(tx: &mut AgencyTx, kind: &'static str, payload: &(impl Serialize + Sync)) -> Result<(), Error> {
    let (agency, now, cause) = (tx.agency(), tx.now(), tx.standing().membership);
    let payload = serde_json::to_value(payload).map_err(|error| Error::Internal(Box::new(error)))?;
    sqlx::query!(
        "insert into job (id, for_agency, membership_id, kind, payload, run_at) values ($1, $2, $3, $4, $5, $6)",
        crate::platform::ids::fresh(),
        agency.0,
        cause.map(|id| id.0),
        kind,
        payload,
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Claims the job that waits longest, and looks up who caused it.
///
/// # Errors
/// When the database is away.
pub async fn claim(db: &Db) -> Result<Option<Due>, Error> {
    let mut tx = db.begin_system().await?;
    let now = tx.now();
    let job = sqlx::query!(
        r#"update job set claimed_until = $2, attempts = attempts + 1
           where id = (
               select id from job
               where done_at is null and failed_at is null and run_at <= $1 and (claimed_until is null or claimed_until < $1)
               order by run_at, id
               limit 1
               for update skip locked)
           returning id, for_agency as "agency: AgencyId", (select g.zone from agency g where g.id = for_agency) as "zone!", membership_id as "membership: MembershipId", kind, payload, attempts"#,
        now,
        now + CLAIM,
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(job) = job else {
        tx.commit().await?;
        return Ok(None);
    };
    let standing = match job.membership {
        Some(membership) => standing(&mut tx, job.agency, membership).await?,
        None => None,
    };
    tx.commit().await?;
    Ok(Some(Due {
        id: job.id,
        kind: job.kind,
        payload: job.payload,
        attempts: job.attempts,
        agency: (job.agency, zone_of(&job.zone)),
        standing,
    }))
}

/// The membership as it is now, by the rules of signing in: active, of an open account, with its role of today.
async fn standing(tx: &mut SystemTx, agency: AgencyId, membership: MembershipId) -> Result<Option<Standing>, Error> {
    let now = tx.now();
    let row = sqlx::query!(
        r#"select m.account_id as "account: AccountId", m.role, m.steward, m.partner_id as "body: PartnerId",
                  m.sees_landscape or m.role = 'director' or exists (
                      select 1 from delegation d where d.agency_id = m.agency_id and d.lent_to = m.id and d.duty = 'landscape'
                      and d.ended_at is null and d.until >= ($3::timestamptz at time zone g.zone)::date) as "landscape!", g.zone
           from membership m
           join account a on a.id = m.account_id and a.closed_at is null
           join agency g on g.id = m.agency_id
           where m.agency_id = $1 and m.id = $2 and m.state = 'active'"#,
        agency.0,
        membership.0,
        now,
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.and_then(|row| {
        let hat = hat(&row.role, row.steward)?;
        Some(Standing {
            agency,
            account: row.account,
            membership: Some(membership),
            hat,
            body: row.body,
            landscape: row.landscape,
            link: None,
            zone: zone_of(&row.zone),
        })
    }))
}

/// Keeps a claim while its work goes on.
///
/// # Errors
/// When the database is away.
pub async fn hold(db: &Db, id: uuid::Uuid) -> Result<(), Error> {
    let mut tx = db.begin_system().await?;
    let until = tx.now() + CLAIM;
    sqlx::query!("update job set claimed_until = $2 where id = $1", id, until).execute(tx.conn()).await?;
    tx.commit().await
}

/// The job is done; what it was about is not kept.
///
/// # Errors
/// When the database is away.
pub async fn finish(db: &Db, id: uuid::Uuid) -> Result<(), Error> {
    let mut tx = db.begin_system().await?;
    let now = tx.now();
    sqlx::query!("update job set done_at = $2, claimed_until = null, error = null, payload = '{}' where id = $1", id, now)
        .execute(tx.conn())
        .await?;
    tx.commit().await
}

/// The job is tried again after a pause.
///
/// # Errors
/// When the database is away.
pub async fn retry(db: &Db, due: &Due, error: &str) -> Result<(), Error> {
    let mut tx = db.begin_system().await?;
    let at = tx.now() + due.pause();
    sqlx::query!("update job set run_at = $2, claimed_until = null, error = $3 where id = $1", due.id, at, error)
        .execute(tx.conn())
        .await?;
    tx.commit().await
}

/// The job is given up.
///
/// # Errors
/// When the database is away.
pub async fn give_up(db: &Db, id: uuid::Uuid, error: &str) -> Result<(), Error> {
    let mut tx = db.begin_system().await?;
    let now = tx.now();
    sqlx::query!("update job set failed_at = $2, claimed_until = null, error = $3 where id = $1", id, now, error)
        .execute(tx.conn())
        .await?;
    tx.commit().await
}

/// The worker stops before the job was done: the next one takes it at once, and the try does not count.
///
/// # Errors
/// When the database is away.
pub async fn put_back(db: &Db, id: uuid::Uuid) -> Result<(), Error> {
    let mut tx = db.begin_system().await?;
    sqlx::query!("update job set claimed_until = null, attempts = greatest(attempts - 1, 0)::smallint where id = $1", id)
        .execute(tx.conn())
        .await?;
    tx.commit().await
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
           from job where done_at is null"#,
        now,
        lately,
    )
    .fetch_one(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(queue)
}

/// Every agency with its time zone, for sweeps that go from one to the next.
///
/// # Errors
/// When the database is away.
pub async fn agencies(db: &Db) -> Result<Vec<(AgencyId, Tz)>, Error> {
    let mut tx = db.begin_system().await?;
    let all = sqlx::query!(r#"select id as "id: AgencyId", zone from agency order by id"#).fetch_all(tx.conn()).await?;
    tx.commit().await?;
    Ok(all.into_iter().map(|one| (one.id, zone_of(&one.zone))).collect())
}

fn zone_of(name: &str) -> Tz {
    name.parse().unwrap_or(Tz::UTC)
}
