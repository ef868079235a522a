//! The log of changes, with filters.

use super::{model::Entry, paths, store};
use crate::platform::{form::Problems, paging::with_filters, policy::ViewAudit, prelude::*, subject::Kind};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use serde::Deserialize;

/// The routes of this slice.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().get(paths::Audit::PATH, index)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Filters {
    who: String,
    kind: String,
    since: String,
    page: String,
}

#[derive(Template)]
#[template(path = "audit/index.html")]
struct Index {
    here: Here,
    entries: Paged<Entry>,
    kinds: Vec<Choice>,
    filters: Filters,
    address: String,
}

async fn index(can: Can<ViewAudit>, at: paths::Audit, Query(filters): Query<Filters>) -> Result<Page<Index>, Error> {
    let since = Problems::default().optional_day("since", &filters.since);
    let paging = Paging::from_text(&filters.page);
    let rows = can.read(async |tx| store::list(tx, &filters.who, &filters.kind, since, paging).await).await?;
    let here_with = with_filters(&at.to_string(), &[("who", &filters.who), ("kind", &filters.kind), ("since", &filters.since)]);
    Ok(Page(Index { here: can.here(), entries: paging.of(rows, &here_with), kinds: Kind::choices(), filters, address: at.to_string() }))
}
