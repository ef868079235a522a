//! The chain of seals: each covers the entries that came since the last one, and holds the hash of the seal before.

use crate::platform::{db::AgencyTx, errand::Errand, error::Error};
use chrono::Duration;

/// A transaction that wrote an entry may end after a seal was made; none is open for so long.
const LATEST: Duration = Duration::days(2);

/// Puts every entry of the agency that no seal covers yet under a new one; nothing happens when there is none.
///
/// # Errors
/// When the database is away.
pub async fn seal(errand: &Errand) -> Result<(), Error> {
    errand
        .write(async |tx| {
            tx.as_keeper("seal the audit trail", async |tx| {
                take_turn(tx).await?;
                let (number, before) = last(tx).await?;
                if cover(tx, number + 1).await? {
                    close(tx, number + 1, before).await?;
                }
                Ok(())
            })
            .await
        })
        .await
}

/// One seal of an agency at a time, however many workers there are.
async fn take_turn(tx: &mut AgencyTx) -> Result<(), Error> {
    let agency = tx.agency();
    sqlx::query!("select pg_advisory_xact_lock(hashtextextended('seal ' || $1, 0))", agency.0.to_string()).execute(tx.conn()).await?;
    Ok(())
}

async fn last(tx: &mut AgencyTx) -> Result<(i32, Option<Vec<u8>>), Error> {
    let agency = tx.agency();
    let row = sqlx::query!("select number, hash from audit_seal where agency_id = $1 order by number desc limit 1", agency.0)
        .fetch_optional(tx.conn())
        .await?;
    Ok(row.map_or((0, None), |row| (row.number, Some(row.hash))))
}

/// Notes which entries the seal covers; answers whether there are any.
async fn cover(tx: &mut AgencyTx, number: i32) -> Result<bool, Error> {
    let agency = tx.agency();
    let covered = sqlx::query!(
        "insert into audit_sealed (agency_id, audit_id, number)
         select a.agency_id, a.id, $2 from audit a
         where a.agency_id = $1
           and a.at > coalesce((select s.sealed_at from audit_seal s where s.agency_id = $1 order by s.number desc limit 1), '-infinity')
               - make_interval(days => $3)
           and not exists (select 1 from audit_sealed d where d.agency_id = a.agency_id and d.audit_id = a.id)",
        agency.0,
        number,
        i32::try_from(LATEST.num_days()).unwrap_or(i32::MAX),
    )
    .execute(tx.conn())
    .await?;
    Ok(covered.rows_affected() > 0)
}

/// Makes the seal. Its hash stands in the program's log as well, so that whoever changes both entries and seals is found out
/// by whoever keeps the log.
async fn close(tx: &mut AgencyTx, number: i32, before: Option<Vec<u8>>) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let made = sqlx::query!(
        r#"insert into audit_seal (agency_id, number, entries, hash, sealed_at)
           select $1, $2, count(*), seal_hash($3, $2, string_agg(audit_mark(a), ''::bytea order by a.at, a.id)), $4
           from audit_sealed d
           join audit a on a.agency_id = d.agency_id and a.id = d.audit_id
           where d.agency_id = $1 and d.number = $2
           returning entries, encode(hash, 'hex') as "hash!""#,
        agency.0,
        number,
        before.as_deref(),
        now,
    )
    .fetch_one(tx.conn())
    .await?;
    tracing::info!(%agency, number, entries = made.entries, hash = made.hash, "the audit trail is sealed");
    Ok(())
}
