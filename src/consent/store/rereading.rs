//! A record that lost a source says so until somebody has read it again.

use crate::{
    consent::model::Rereading,
    platform::{db::AgencyTx, error::Error, ids::SubjectId},
};

/// What is still to be read again about a record.
///
/// # Errors
/// When the database refuses.
pub async fn open_of(tx: &mut AgencyTx, subject: SubjectId) -> Result<Vec<Rereading>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Rereading,
        "select reason, created_at from rereading where agency_id = $1 and subject_id = $2 and done_at is null order by created_at, id",
        agency.0,
        subject.0,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// A record lost a source: somebody is to read it again.
///
/// # Errors
/// When the database refuses.
pub async fn lost_source(tx: &mut AgencyTx, subject: SubjectId, reason: &str) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    sqlx::query!(
        "insert into rereading (agency_id, id, subject_id, reason, created_at) values ($1, $2, $3, $4, $5)",
        agency.0,
        crate::platform::ids::fresh(),
        subject.0,
        reason,
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The asker has read the record again and it may stand.
///
/// # Errors
/// [`Error::NotFound`] when nothing waits to be read again.
pub async fn read_again(tx: &mut AgencyTx, subject: SubjectId) -> Result<(), Error> {
    let (agency, now, me) = (tx.agency(), tx.now(), tx.standing().membership.map(|id| id.0));
    let done = sqlx::query!(
        "update rereading set done_at = $3, done_by = $4 where agency_id = $1 and subject_id = $2 and done_at is null",
        agency.0,
        subject.0,
        now,
        me,
    )
    .execute(tx.conn())
    .await?;
    if done.rows_affected() == 0 { Err(Error::NotFound) } else { Ok(()) }
}
