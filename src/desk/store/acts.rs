//! What a steward does with several things at once, each by the front door of its own slice: it says whether it may be done.

use super::super::model::{Held, Sort};
use crate::{
    comments, consent,
    listening::statements,
    loops,
    platform::{access::Can, db::AgencyTx, error::Error, ids::SubjectId, policy::KeepDesk, subject::Audience},
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

/// Takes their words back, everywhere and at once.
pub(in crate::desk) async fn withdraw(tx: &mut AgencyTx, can: &Can<KeepDesk>, these: &[Held]) -> Result<(), Error> {
    for one in these.iter().filter(|one| one.can_be_acted_on()) {
        match one.sort {
            Sort::Statements => statements::take_back(tx, can, SubjectId(one.id)).await?,
            Sort::Questions => loops::take_back(tx, can, SubjectId(one.id)).await?,
            Sort::Comments => comments::take_back(tx, can, one.id).await?,
            Sort::Records => return Err(Error::NotFound),
        }
    }
    Ok(())
}

/// Asks that every copy which left with them be deleted: each is a task of the recall list.
pub(in crate::desk) async fn ask_back(tx: &mut AgencyTx, _: &Can<KeepDesk>, these: &[Held]) -> Result<(), Error> {
    for one in these.iter().filter(|one| one.sort != Sort::Comments && one.sort.is_contributed() && one.taken > 0) {
        consent::ask_back(tx, SubjectId(one.id)).await?;
    }
    Ok(())
}
