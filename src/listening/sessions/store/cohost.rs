//! The co-host's own hand in a session: what is arranged for those who come, that they agree to the summary of the room, and that
//! it may be closed.

use super::find;
use crate::{
    audit::{self, Change},
    listening::sessions::forms::Supports,
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        form::Problems,
        ids::SubjectId,
        policy::{ArrangeSupports, GiveWord},
        subject::Kind,
    },
};

/// A member of the co-host keeps what is arranged for those who come, while the session lies ahead.
pub(in super::super) async fn arrange(
    tx: &mut AgencyTx,
    can: &Can<ArrangeSupports>,
    id: SubjectId,
    supports: &Supports,
) -> Result<(), Error> {
    let agency = tx.agency();
    let session = find(tx, id).await?.ok_or(Error::NotFound)?;
    if !session.is_arranged_by(can.body()) {
        return Err(Error::NotFound);
    }
    let kept = sqlx::query!(
        "update listening_session set languages = $4, interpreter = $5, food = $6, child_care = $7, travel = $8, pay = $9,
             support_person = $10, stop_rule = $11, checkin_on = $12, version = version + 1
         where agency_id = $1 and id = $2 and version = $3",
        agency.0,
        id.0,
        can.version(),
        &supports.languages,
        supports.interpreter,
        supports.food,
        supports.child_care,
        supports.travel,
        supports.pay,
        supports.support_person,
        supports.stop_rule,
        supports.checkin_on,
    )
    .execute(tx.conn())
    .await?;
    if kept.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    audit::record(tx, Change::of("supports arranged by the co-host", Kind::Session, id)).await
}

/// Somebody who speaks for the co-host agrees to the summary as it stands.
pub(in super::super) async fn agree(tx: &mut AgencyTx, can: &Can<GiveWord>, id: SubjectId) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let session = find(tx, id).await?.ok_or(Error::NotFound)?;
    if !session.asks_to_agree(can.mandated_body()) {
        return Err(Error::NotFound);
    }
    let agreed = sqlx::query!(
        "update listening_session set cohost_agreed_by = $4, cohost_agreed_at = $5, version = version + 1
         where agency_id = $1 and id = $2 and version = $3",
        agency.0,
        id.0,
        can.version(),
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await?;
    if agreed.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    audit::record(tx, Change::of("summary agreed by the co-host", Kind::Session, id)).await
}

/// Somebody who speaks for the co-host says that the session may be closed.
pub(in super::super) async fn let_close(tx: &mut AgencyTx, can: &Can<GiveWord>, id: SubjectId) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let session = find(tx, id).await?.ok_or(Error::NotFound)?;
    if !session.asks_to_close(can.mandated_body()) {
        return Err(Error::NotFound);
    }
    sqlx::query!(
        "update listening_session set cohost_closes_by = $3, cohost_closes_at = $4, version = version + 1 where agency_id = $1 and id = $2",
        agency.0,
        id.0,
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await?;
    audit::record(tx, Change::of("may be closed, by the co-host", Kind::Session, id)).await
}
