//! The page of all relationships that are kept.

use super::{model::Kept, paths, store};
use crate::platform::{policy::LogOutreach, prelude::*};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use serde::Deserialize;

pub(in crate::partners) fn routes() -> Routes {
    Routes::new().get(paths::Kept::PATH, index)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Turn {
    page: String,
}

#[derive(Template)]
#[template(path = "partners/rhythm/index.html")]
struct Index {
    here: Here,
    list: Paged<Kept>,
}

async fn index(can: Can<LogOutreach>, at: paths::Kept, Query(turn): Query<Turn>) -> Result<Page<Index>, Error> {
    let paging = Paging::from_text(&turn.page);
    let rows = can.read(async |tx| store::list(tx, paging).await).await?;
    Ok(Page(Index { here: can.here(), list: paging.of(rows, &at.to_string()) }))
}
