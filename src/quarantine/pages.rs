//! The page about files, and what a form does whose file is not let in.

use super::{model::Quarantined, paths, store};
use crate::platform::{
    files::room::{self, Held, Room},
    policy::ManageSettings,
    prelude::*,
    scanner::Verdict,
    words,
};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use serde::Deserialize;

/// What its sender hears.
const HARMFUL: &str = "Something harmful was found in this file, and it was not kept";

/// The routes of this slice.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().get(paths::Files::PATH, index)
}

/// What becomes of a form with a file that is not let in: nothing where it may go on, and an answer where something harmful was found,
/// which is noted and told. `back`: the page of the form.
///
/// # Errors
/// A problem where the scanner is away, for what cannot be scanned is not taken; and where something was typed beside a harmful file, so
/// that the form is shown again and keeps it.
pub async fn put(can: &Asker, upload: &Upload, back: &str) -> Result<Option<Response>, Error> {
    match &upload.verdict {
        Verdict::NotAsked | Verdict::Clean => Ok(None),
        Verdict::Away => Err(Error::refused(
            "file",
            "Files cannot be checked for harmful content just now, and none is taken unchecked. Send it again in a few minutes",
        )),
        Verdict::Harmful(finding) => {
            let note = async |tx: &mut AgencyTx| {
                store::put(tx, can.me(), (&upload.name, finding)).await?;
                Ok(Done::at(back, HARMFUL))
            };
            let told = can.write_upload(upload, note).await?;
            if upload.says_something() { Err(Error::refused("file", HARMFUL)) } else { Ok(Some(told)) }
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Turn {
    page: String,
}

#[derive(Template)]
#[template(path = "quarantine/index.html")]
struct Index {
    here: Here,
    scans: bool,
    room: Room,
    held: Vec<Held>,
    list: Paged<Quarantined>,
}

async fn index(can: Can<ManageSettings>, at: paths::Files, Query(turn): Query<Turn>) -> Result<Page<Index>, Error> {
    let paging = Paging::from_text(&turn.page);
    let ((room, held), rows) = can.read(async |tx| Ok((room::look(tx).await?, store::list(tx, paging).await?))).await?;
    Ok(Page(Index { here: can.here(), scans: can.scans(), room, held, list: paging.of(rows, &at.to_string()) }))
}
