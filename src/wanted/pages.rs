//! The page of all that waits for one person's word.

use super::{model::Waiting, paths, store};
use crate::platform::{policy::SeeWanted, prelude::*};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use serde::Deserialize;

/// The routes of this slice.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().get(paths::Wanted::PATH, index)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Turn {
    page: String,
}

#[derive(Template)]
#[template(path = "wanted/index.html")]
struct Index {
    here: Here,
    list: Paged<Waiting>,
}

async fn index(can: Can<SeeWanted>, at: paths::Wanted, Query(turn): Query<Turn>) -> Result<Page<Index>, Error> {
    let paging = Paging::from_text(&turn.page);
    let rows = can.read(async |tx| store::waiting(tx, can.today(), paging).await).await?;
    Ok(Page(Index { here: can.here(), list: paging.of(rows, &at.to_string()) }))
}
