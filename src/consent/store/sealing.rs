//! What becomes of words beside their being erased: sealed where a legal hold was set before they were taken back, destroyed where the
//! agency's retention schedule let them go. What is sealed is read by nobody here.

use crate::{
    consent::model::Remains,
    platform::{db::AgencyTx, error::Error, ids::SubjectId},
};

/// Seals these texts of a record, or of a comment on it, where a legal hold lies on it; before they are erased. For the keeper.
///
/// # Errors
/// When the database refuses.
pub async fn seal(tx: &mut AgencyTx, record: SubjectId, comment: Option<uuid::Uuid>, texts: &[String]) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!("select seal_if_held($1, $2, $3, $4)", record.0, comment, texts, now).execute(tx.conn()).await?;
    Ok(())
}

/// What remains of a record, or of a comment on it, whose words are gone: that a hold keeps them sealed is told to whoever took them
/// back and to those who answer for the hold.
///
/// # Errors
/// When the database refuses.
pub async fn remains_of(tx: &mut AgencyTx, record: SubjectId, comment: Option<uuid::Uuid>) -> Result<Remains, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Remains,
        r#"select (select d.at from destroyed d where d.agency_id = $1 and d.subject_id = $2) as destroyed_at,
                  min(s.sealed_at) as sealed_at, case when bool_and(s.ended_at is not null) then max(s.ended_at) end as unsealed_at
           from sealed s where s.agency_id = $1 and s.subject_id = $2 and s.comment_id is not distinct from $3"#,
        agency.0,
        record.0,
        comment,
    )
    .fetch_one(tx.conn())
    .await?)
}
