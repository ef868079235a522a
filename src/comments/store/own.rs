//! A person's own comments, wherever they stand: also on records that they no longer see.

use super::{
    super::model::{Comment, CommentId, Own, OwnComment},
    rows,
};
use crate::platform::{
    access::Can,
    db::AgencyTx,
    error::Error,
    paging::Paging,
    policy,
    subject::{self, Audience},
};

/// A comment that its author or their steward takes back, with its record as far as they still see it.
pub(in super::super) async fn find_own(tx: &mut AgencyTx, id: CommentId) -> Result<(Comment, Own, Option<subject::Subject>), Error> {
    let comment = rows(tx, None, Some(id), false, 1, 0).await?.pop().ok_or(Error::NotFound)?;
    let own = comment.may_withdraw().ok_or(Error::NotFound)?;
    let about = subject::find(tx, comment.subject).await?;
    Ok((comment, own, about))
}

/// A comment wherever it stands, with its record as far as its author still sees it.
pub(in super::super) async fn find_authored(tx: &mut AgencyTx, id: CommentId) -> Result<(Comment, Option<subject::Subject>), Error> {
    let comment = rows(tx, None, Some(id), false, 1, 0).await?.pop().ok_or(Error::NotFound)?;
    let about = subject::find(tx, comment.subject).await?;
    Ok((comment, about))
}

/// What the asker has written, the latest first, also on records that they no longer see.
pub(in super::super) async fn mine(tx: &mut AgencyTx, can: &Can<policy::Comment>, paging: Paging) -> Result<Vec<OwnComment>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        OwnComment,
        r#"select c.id as "id: CommentId", c.words, c.audience as "audience: Audience", c.created_at, c.withdrawn_at, s.title as "title?", s.path as "path?"
           from comment c left join subject s on s.agency_id = c.agency_id and s.id = c.subject_id
           where c.agency_id = $1 and c.author_id = $2
           order by c.created_at desc, c.id
           limit $3 offset $4"#,
        agency.0,
        can.me().0,
        paging.limit(),
        paging.offset(),
    )
    .fetch_all(tx.conn())
    .await?)
}
