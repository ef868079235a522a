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

/// Everything that rested on a statement is to be read again, and no longer rests on it. For the keeper: the reason is the
/// same for every reader, so that nobody learns of words that they could not see.
///
/// # Errors
/// When the database refuses.
pub async fn lost_statement(tx: &mut AgencyTx, statement: SubjectId) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    sqlx::query!(
        "with recursive lost(id) as (
             select from_id from edge where agency_id = $1 and to_id = $2 and kind in ('source', 'evidence')
             union
             select e.from_id from edge e join lost l on l.id = e.to_id
             where e.agency_id = $1 and e.kind in ('source', 'evidence', 'addresses'))
         insert into rereading (agency_id, id, subject_id, reason, created_at)
         select $1, gen_random_uuid(), s.id, 'What this rests on has changed', $3
         from lost l join subject s on s.agency_id = $1 and s.id = l.id
         where s.kind in ('theme', 'barrier', 'plan')
           and not exists (select 1 from rereading r where r.agency_id = $1 and r.subject_id = s.id and r.done_at is null)",
        agency.0,
        statement.0,
        now,
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!("delete from edge where agency_id = $1 and to_id = $2 and kind in ('source', 'evidence')", agency.0, statement.0)
        .execute(tx.conn())
        .await?;
    not_read_any_more(tx, statement).await
}

/// How it was read, and why it was settled so, goes with the words.
async fn not_read_any_more(tx: &mut AgencyTx, statement: SubjectId) -> Result<(), Error> {
    let agency = tx.agency();
    sqlx::query!("delete from coding where agency_id = $1 and source_id = $2", agency.0, statement.0).execute(tx.conn()).await?;
    sqlx::query!("delete from coding_settlement where agency_id = $1 and source_id = $2", agency.0, statement.0).execute(tx.conn()).await?;
    sqlx::query!("delete from theme_moved where agency_id = $1 and other_id = $2", agency.0, statement.0).execute(tx.conn()).await?;
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
