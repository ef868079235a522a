//! Files that wait for the scanner, because none was named when they came. All of this is the keeper's: they are other people's files.

use super::StoredFile;
use crate::platform::{
    db::AgencyTx,
    error::Error,
    extract::FILE_LIMIT,
    ids::{FileId, MembershipId},
};
use sha2::{Digest as _, Sha256};

/// So many in one round.
const MOST: i64 = 100;

/// Files that were sent, were never scanned and can be: none is larger than an upload. In no order: one that no scanner clears keeps no
/// other waiting round after round.
///
/// # Errors
/// When the database is away.
pub async fn waiting(tx: &mut AgencyTx) -> Result<Vec<StoredFile>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        StoredFile,
        r#"select id as "id: FileId", name, mime, size, sha256, owner_id as "owner: MembershipId", shared, expires_at, made_here,
                  scanned_at, quarantined_at
           from file
           where agency_id = $1 and not made_here and scanned_at is null and quarantined_at is null and size <= $2
           order by random() limit $3"#,
        agency.0,
        FILE_LIMIT as i64,
        MOST,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// What one of them holds.
///
/// # Errors
/// When the database is away.
pub async fn held(tx: &mut AgencyTx, id: FileId) -> Result<Vec<u8>, Error> {
    let agency = tx.agency();
    let chunks = sqlx::query_scalar!("select bytes from file_chunk where agency_id = $1 and file_id = $2 order by n", agency.0, id.0)
        .fetch_all(tx.conn())
        .await?;
    Ok(chunks.concat())
}

/// Nothing was found in it.
///
/// # Errors
/// When the database is away.
pub async fn clean(tx: &mut AgencyTx, id: FileId) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    sqlx::query!("update file set scanned_at = $3 where agency_id = $1 and id = $2", agency.0, id.0, now).execute(tx.conn()).await?;
    Ok(())
}

/// Erases what it held. The row stays for whatever refers to it, and is served to nobody.
///
/// # Errors
/// When the database is away.
pub async fn erase(tx: &mut AgencyTx, id: FileId) -> Result<(), Error> {
    let (agency, now, nothing) = (tx.agency(), tx.now(), Sha256::digest([]).to_vec());
    sqlx::query!("delete from file_chunk where agency_id = $1 and file_id = $2", agency.0, id.0).execute(tx.conn()).await?;
    sqlx::query!(
        "update file set size = 0, sha256 = $3, scanned_at = $4, quarantined_at = $4 where agency_id = $1 and id = $2",
        agency.0,
        id.0,
        &nothing,
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
