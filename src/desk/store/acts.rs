//! What a steward does with several things at once, each by the front door of its own slice: it says whether it may be done.

use super::super::model::{Held, Sort};
use crate::{
    comments, consent,
    listening::statements,
    loops,
    platform::{access::Can, db::AgencyTx, error::Error, ids::SubjectId, policy::KeepDesk, subject::Audience},
    protocols::{self, ProtocolId, PutOn, TakenOff},
};

/// Lets no more than these read them from now on; what fewer read already stays as it is. Answers how many were narrowed.
pub(in crate::desk) async fn narrow(tx: &mut AgencyTx, can: &Can<KeepDesk>, these: &[Held], most: Audience) -> Result<usize, Error> {
    let mut narrowed = 0;
    for one in these.iter().filter(|one| one.can_be_acted_on() && one.audience > most) {
        let fewer = match one.sort {
            Sort::Statements => statements::narrow(tx, can, SubjectId(one.id), most).await?,
            Sort::Questions => loops::narrow(tx, can, SubjectId(one.id), most).await?,
            // What is said beside a record is read by its body at least.
            Sort::Comments => comments::narrow(tx, can, one.id, most.max(Audience::Body)).await?,
            Sort::Records => return Err(Error::NotFound),
        };
        narrowed += usize::from(fewer);
    }
    Ok(narrowed)
}

/// Puts a protocol of the body on them.
pub(in crate::desk) async fn protect(tx: &mut AgencyTx, can: &Can<KeepDesk>, these: &[Held], protocol: ProtocolId) -> Result<PutOn, Error> {
    let items: Vec<uuid::Uuid> = these.iter().filter(|one| one.can_be_acted_on()).map(|one| one.id).collect();
    protocols::put_on_several(tx, can, &items, protocol).await
}

/// Takes a protocol of the body off those of them that carry it.
pub(in crate::desk) async fn unprotect(
    tx: &mut AgencyTx,
    can: &Can<KeepDesk>,
    these: &[Held],
    protocol: ProtocolId,
) -> Result<TakenOff, Error> {
    let items: Vec<uuid::Uuid> = these.iter().filter(|one| one.can_be_acted_on()).map(|one| one.id).collect();
    protocols::take_off_several(tx, can, &items, protocol).await
}

/// Takes their words back, everywhere and at once. Answers of how many.
pub(in crate::desk) async fn withdraw(tx: &mut AgencyTx, can: &Can<KeepDesk>, these: &[Held]) -> Result<usize, Error> {
    let mut gone = 0;
    for one in these.iter().filter(|one| one.can_be_acted_on()) {
        match one.sort {
            Sort::Statements => statements::take_back(tx, can, SubjectId(one.id)).await?,
            Sort::Questions => loops::take_back(tx, can, SubjectId(one.id)).await?,
            Sort::Comments => comments::take_back(tx, can, one.id).await?,
            Sort::Records => return Err(Error::NotFound),
        }
        gone += 1;
    }
    Ok(gone)
}

/// Asks that every copy which left with them be deleted: each is a task of the recall list. Answers of how many things copies had not
/// been asked back before.
pub(in crate::desk) async fn ask_back(tx: &mut AgencyTx, _: &Can<KeepDesk>, these: &[Held]) -> Result<usize, Error> {
    let mut newly = 0;
    for one in these.iter().filter(|one| one.can_be_asked_back()) {
        let before = consent::recalls_of(tx, SubjectId(one.id)).await?.len();
        consent::ask_back(tx, SubjectId(one.id)).await?;
        newly += usize::from(consent::recalls_of(tx, SubjectId(one.id)).await?.len() > before);
    }
    Ok(newly)
}
