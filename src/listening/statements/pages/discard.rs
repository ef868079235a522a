//! A draft that should not have been written down: a page that asks, and then it is gone.

use crate::{
    listening::statements::{
        model::{Holds, State, Statement},
        paths,
        store::{mend, show},
    },
    platform::{policy::WriteStatements, prelude::*},
};
use askama::Template;

#[derive(Template)]
#[template(path = "listening/statements/discard.html")]
pub(super) struct Ask {
    here: Here,
    statement: Statement,
}

async fn held(can: &Can<WriteStatements>, at: &paths::DiscardPage) -> Result<(Statement, Holds), Error> {
    let statement = can.read(async |tx| show::find(tx, at.statement).await?.ok_or(Error::NotFound)).await?;
    let holds = statement.held().ok_or(Error::NotFound)?;
    Ok((statement, holds))
}

pub(super) async fn ask(can: Can<WriteStatements>, at: paths::DiscardPage) -> Result<Page<Ask>, Error> {
    let (statement, _) = held(&can, &at).await?;
    Ok(Page(Ask { here: can.here(), statement }))
}

pub(super) async fn create(can: Can<WriteStatements>, at: paths::DiscardPage) -> Result<Response, Error> {
    let (statement, holds) = held(&can, &at).await?;
    can.write(async |tx| {
        mend::discard(tx, &can, holds).await?;
        Ok(Done::at(paths::of_session(can.slug(), statement.session), "Draft discarded"))
    })
    .await
}
