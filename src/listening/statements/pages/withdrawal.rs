//! Taking words back: a page that asks, and then they are gone.

use crate::{
    consent::{self, How},
    listening::statements::{
        model::{Decides, Statement},
        paths,
        store::show,
    },
    platform::{policy::AnswerStatements, prelude::*},
};
use askama::Template;

#[derive(Template)]
#[template(path = "listening/statements/withdrawal.html")]
pub(super) struct Ask {
    here: Here,
    statement: Statement,
}

async fn decided(can: &Can<AnswerStatements>, at: &paths::WithdrawalPage) -> Result<(Statement, Decides), Error> {
    let statement = can.read(async |tx| show::find(tx, at.statement).await?.ok_or(Error::NotFound)).await?;
    let decides = statement.decided_by(can.standing()).ok_or(Error::NotFound)?;
    if statement.words.is_some() { Ok((statement, decides)) } else { Err(Error::NotFound) }
}

pub(super) async fn ask(can: Can<AnswerStatements>, at: paths::WithdrawalPage) -> Result<Page<Ask>, Error> {
    let (statement, _) = decided(&can, &at).await?;
    Ok(Page(Ask { here: can.here(), statement }))
}

pub(super) async fn create(can: Can<AnswerStatements>, at: paths::WithdrawalPage) -> Result<Response, Error> {
    let (_, decides) = decided(&can, &at).await?;
    can.write(async |tx| {
        consent::withdraw(tx, decides.id, How::Member).await?;
        Ok(Done::at(paths::statement(can.slug(), decides.id), "The words are gone from here"))
    })
    .await
}
