//! What a comment said before: former texts, and words that are hidden.

use super::super::model::{CommentId, Former};
use crate::platform::{db::AgencyTx, error::Error};

/// Former texts, the latest first.
pub(in crate::comments) async fn history(tx: &mut AgencyTx, id: CommentId) -> Result<Vec<Former>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Former,
        "select words, created_at as until from comment_revision where agency_id = $1 and comment_id = $2 order by version desc limit 100",
        agency.0,
        id.0,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// The words before they were hidden, for those who may see them.
pub(in crate::comments) async fn hidden_words(tx: &mut AgencyTx, id: CommentId) -> Result<Option<String>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_scalar!("select words from comment_hidden where agency_id = $1 and comment_id = $2", agency.0, id.0)
        .fetch_optional(tx.conn())
        .await?)
}
