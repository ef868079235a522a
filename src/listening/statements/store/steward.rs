//! What the steward of a speaker's body does from their desk, several statements at once. They never let more people read anything.

use super::{choose, show};
use crate::{
    consent::{self, How},
    listening::statements::model::{Choices, Decides, Statement},
    platform::{access::Can, db::AgencyTx, error::Error, ids::SubjectId, policy::KeepDesk, subject::Audience},
};

/// Lets no more than these read it; answers whether that is fewer than before.
///
/// # Errors
/// Not found for a statement that is not of the steward's body, or the database's refusal.
pub async fn narrow(tx: &mut AgencyTx, can: &Can<KeepDesk>, id: SubjectId, most: Audience) -> Result<bool, Error> {
    let (statement, decides) = decided(tx, can, id).await?;
    if !statement.state.stands() || statement.audience <= most {
        return Ok(false);
    }
    let choices = Choices { uses: statement.uses, attribution: statement.attribution, audience: most, wording: None };
    choose::choose(tx, decides, &statement, &choices, statement.version).await?;
    Ok(true)
}

/// Takes its words back.
///
/// # Errors
/// Not found for a statement that is not of the steward's body, or the database's refusal.
pub async fn take_back(tx: &mut AgencyTx, can: &Can<KeepDesk>, id: SubjectId) -> Result<(), Error> {
    let (statement, decides) = decided(tx, can, id).await?;
    if statement.words.is_none() {
        return Err(Error::NotFound);
    }
    consent::withdraw(tx, decides.id, How::Member).await
}

async fn decided(tx: &mut AgencyTx, can: &Can<KeepDesk>, id: SubjectId) -> Result<(Statement, Decides), Error> {
    let statement = show::find(tx, id).await?.ok_or(Error::NotFound)?;
    let decides = statement.decided_by(can.standing()).ok_or(Error::NotFound)?;
    Ok((statement, decides))
}
