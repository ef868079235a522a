//! The co-host's own acts on a session's page: they agree to the summary of the room, and say that it may be closed.

use crate::{
    listening::sessions::{paths, store},
    platform::{policy::GiveWord, prelude::*, routes::Example},
};
use axum_extra::routing::TypedPath as _;

pub(super) fn routes() -> Routes {
    let example = |path, form| Example { who: "partner", path, form };
    Routes::new().post(paths::SummaryAgreement::PATH, agree, example("session=@session_6", "version=@version")).post(
        paths::ClosingWord::PATH,
        let_close,
        example("session=@session_4", ""),
    )
}

async fn agree(can: Can<GiveWord>, at: paths::SummaryAgreement) -> Result<Response, Error> {
    let page = paths::session(can.slug(), at.session);
    can.write(async |tx| {
        store::agree(tx, &can, at.session).await?;
        Ok(Done::at(page, "Agreed, in your name, for the co-host"))
    })
    .await
}

async fn let_close(can: Can<GiveWord>, at: paths::ClosingWord) -> Result<Response, Error> {
    let page = paths::session(can.slug(), at.session);
    can.write(async |tx| {
        store::let_close(tx, &can, at.session).await?;
        Ok(Done::at(page, "Your word is kept: the session may be closed"))
    })
    .await
}
