//! What the steward of a raiser's body does from their desk, several questions at once.

use super::{
    super::model::Loop,
    raiser_side::{set_readers, withdraw},
    read::find,
};
use crate::platform::{access::Can, db::AgencyTx, error::Error, ids::SubjectId, policy::KeepDesk, subject::Audience};

/// Lets no more than these read it, and the agency's directors at least, for somebody has to answer. Answers whether that is fewer
/// than before.
///
/// # Errors
/// Not found for a question that is not of the steward's body, or the database's refusal.
pub async fn narrow(tx: &mut AgencyTx, _: &Can<KeepDesk>, id: SubjectId, most: Audience) -> Result<bool, Error> {
    let (found, most) = (of_body(tx, id).await?, most.max(Audience::Leadership));
    match found.may_withdraw().filter(|_| found.audience > most) {
        Some(raiser) => set_readers(tx, found.readers_version, raiser, most).await.map(|()| true),
        None => Ok(false),
    }
}

/// Takes its words back.
///
/// # Errors
/// Not found for a question that is not of the steward's body, or the database's refusal.
pub async fn take_back(tx: &mut AgencyTx, _: &Can<KeepDesk>, id: SubjectId) -> Result<(), Error> {
    let raiser = of_body(tx, id).await?.may_withdraw().ok_or(Error::NotFound)?;
    withdraw(tx, raiser).await
}

async fn of_body(tx: &mut AgencyTx, id: SubjectId) -> Result<Loop, Error> {
    find(tx, id).await?.filter(|found| found.stewarded).ok_or(Error::NotFound)
}
