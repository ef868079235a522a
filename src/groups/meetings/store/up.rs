//! What a meeting sends up to another group, which stays open until something comes back.

use super::read::find;
use crate::{
    audit::{self, Change},
    chain, consent,
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        ids::{SubjectId, fresh},
        policy::EditGroups,
        subject::Kind,
    },
};
use uuid::Uuid;

/// Sends something up.
pub(in super::super) async fn send_up(
    tx: &mut AgencyTx,
    can: &Can<EditGroups>,
    id: SubjectId,
    (to, what): &(SubjectId, String),
) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    consent::in_own_words(tx, &[("what", what)]).await?;
    let of = find(tx, id).await?.filter(super::super::model::Meeting::is_open).ok_or(Error::NotFound)?;
    if of.group_id == Some(*to) {
        return Err(Error::refused("to", "Choose another group: this is its own meeting"));
    }
    sqlx::query!(
        "insert into sent_up (agency_id, id, meeting_id, to_group_id, what, sent_by, created_at) values ($1, $2, $3, $4, $5, $6, $7)",
        agency.0,
        fresh(),
        id.0,
        to.0,
        what,
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await?;
    chain::happened(tx, id, "something went up", "").await?;
    audit::record(tx, Change::of("sent something up from", Kind::Meeting, id).field("what", what)).await
}

/// Notes what came back, once.
pub(in super::super) async fn come_back(
    tx: &mut AgencyTx,
    can: &Can<EditGroups>,
    (id, sent): (SubjectId, Uuid),
    back: &str,
) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    consent::in_own_words(tx, &[("back", back)]).await?;
    let kept = sqlx::query!(
        "update sent_up set back = $4, back_by = $5, back_at = $6
         where agency_id = $1 and meeting_id = $2 and id = $3 and back_at is null",
        agency.0,
        id.0,
        sent,
        back,
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await?;
    if kept.rows_affected() == 0 {
        return Err(Error::NotFound);
    }
    chain::happened(tx, id, "something came back", back).await?;
    audit::record(tx, Change::of("noted what came back to", Kind::Meeting, id).field("back", back)).await
}
