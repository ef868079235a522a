//! What the steward of an author's body does from their desk, several comments at once.

use super::{
    super::model::{Comment, CommentId},
    rows, set_readers, withdraw,
};
use crate::platform::{access::Can, db::AgencyTx, error::Error, policy::KeepDesk, subject::Audience};

/// Lets no more than these read it; answers whether that is fewer than before. An answer is read with what it answers.
///
/// # Errors
/// Not found for a comment that is not of the steward's body, or the database's refusal.
pub async fn narrow(tx: &mut AgencyTx, _: &Can<KeepDesk>, id: uuid::Uuid, most: Audience) -> Result<bool, Error> {
    let comment = of_body(tx, id).await?;
    match comment.may_choose_readers().filter(|_| comment.audience > most) {
        Some(readers) => set_readers(tx, comment.version, readers, &comment, most).await.map(|()| true),
        None => Ok(false),
    }
}

/// Takes its words back.
///
/// # Errors
/// Not found for a comment that is not of the steward's body, or the database's refusal.
pub async fn take_back(tx: &mut AgencyTx, _: &Can<KeepDesk>, id: uuid::Uuid) -> Result<(), Error> {
    let comment = of_body(tx, id).await?;
    let own = comment.may_withdraw().ok_or(Error::NotFound)?;
    withdraw(tx, own, &comment).await
}

async fn of_body(tx: &mut AgencyTx, id: uuid::Uuid) -> Result<Comment, Error> {
    let found = rows(tx, None, Some(CommentId(id)), false, 1, 0).await?.pop();
    found.filter(|comment| comment.stewarded).ok_or(Error::NotFound)
}
