//! Taking words back: a page that asks, and then they are gone.

use crate::{
    consent::{self, How, Recall, Remains},
    listening::statements::{
        model::{Decides, Owner, State, Statement},
        paths,
        store::show,
    },
    platform::{
        policy::AnswerStatements,
        prelude::*,
        reading::{self, Read},
    },
};
use askama::Template;

#[derive(Template)]
#[template(path = "listening/statements/withdrawal.html")]
pub(super) struct Ask {
    here: Here,
    statement: Statement,
    /// Copies of the words that have left.
    copies: Vec<Read>,
    /// The reader is the speaker, not their body's steward.
    is_spoken: bool,
}

#[derive(Template)]
#[template(path = "listening/statements/withdrawn.html")]
struct Withdrawn {
    here: Here,
    statement: Statement,
    recalls: Vec<Recall>,
    remains: Remains,
}

async fn decided(can: &Can<AnswerStatements>, at: &paths::WithdrawalPage) -> Result<(Statement, Decides, Vec<Read>), Error> {
    let look = async |tx: &mut AgencyTx| {
        let statement = show::find(tx, at.statement).await?.ok_or(Error::NotFound)?;
        Ok((statement, reading::copies(tx, at.statement.0).await?))
    };
    let (statement, copies) = can.read(look).await?;
    let decides = statement.decided_by(can.standing()).ok_or(Error::NotFound)?;
    if statement.words.is_some() { Ok((statement, decides, copies)) } else { Err(Error::NotFound) }
}

/// Asks before; afterwards it says what became of every copy.
pub(super) async fn ask(can: Can<AnswerStatements>, at: paths::WithdrawalPage) -> Result<Response, Error> {
    if let Some(page) = withdrawn(&can, &at).await? {
        return Ok(Page(page).into_response());
    }
    let (statement, decides, copies) = decided(&can, &at).await?;
    let is_spoken = decides.owner != Owner::Steward;
    Ok(Page(Ask { here: can.here(), statement, copies, is_spoken }).into_response())
}

async fn withdrawn(can: &Can<AnswerStatements>, at: &paths::WithdrawalPage) -> Result<Option<Withdrawn>, Error> {
    can.read(async |tx| {
        let statement = show::find(tx, at.statement).await?.ok_or(Error::NotFound)?;
        if statement.state != State::Withdrawn || statement.decided_by(can.standing()).is_none() {
            return Ok(None);
        }
        let recalls = consent::recalls_of(tx, statement.id).await?;
        let remains = consent::remains_of(tx, statement.id, None).await?;
        Ok(Some(Withdrawn { here: can.here(), statement, recalls, remains }))
    })
    .await
}

pub(super) async fn create(can: Can<AnswerStatements>, at: paths::WithdrawalPage) -> Result<Response, Error> {
    let (_, decides, _) = decided(&can, &at).await?;
    can.write(async |tx| {
        consent::withdraw(tx, decides.id, How::Member).await?;
        let remains = consent::remains_of(tx, decides.id, None).await?;
        Ok(Done::at(paths::statement(can.slug(), decides.id), remains.told("The words are gone from here")))
    })
    .await
}
