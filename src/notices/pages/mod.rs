//! The page of all that one was told, and the button that marks it as read.

mod choices;

use super::{
    model::{Told, Unread},
    paths, store,
};
use crate::platform::{policy::KeepOwnPage, prelude::*};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use chrono::DateTime;
use serde::Deserialize;

/// The routes of this slice.
#[must_use]
pub fn routes() -> Routes {
    let read = Example { who: "tribe", path: "", form: "until=4102444800000000" };
    Routes::new().get(paths::Notices::PATH, index).post(paths::Notices::PATH, mark_read, read).join(choices::routes())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Turn {
    page: String,
}

#[derive(Template)]
#[template(path = "notices/index.html")]
struct Index {
    here: Here,
    list: Paged<Told>,
    unread: Unread,
}

async fn index(can: Can<KeepOwnPage>, at: paths::Notices, Query(turn): Query<Turn>) -> Result<Page<Index>, Error> {
    let paging = Paging::from_text(&turn.page);
    let rows = can.read(async |tx| store::list(tx, paging).await).await?;
    let all = rows.iter().filter(|one| !one.is_read).count();
    let until = rows.iter().filter(|one| !one.is_read).map(|one| one.made_at).max();
    let unread = Unread { few: Vec::new(), all: i64::try_from(all).unwrap_or_default(), until };
    Ok(Page(Index { here: can.here(), list: paging.of(rows, &at.to_string()), unread }))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ReadForm {
    until: String,
}

/// One alone, by its id.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Which {
    one: String,
}

/// One, or all: what came after the page was shown stays unread.
async fn mark_read(
    can: Can<KeepOwnPage>,
    at: paths::Notices,
    Query(which): Query<Which>,
    Form(form): Form<ReadForm>,
) -> Result<Response, Error> {
    let until = form.until.parse().ok().and_then(DateTime::from_timestamp_micros);
    let one: Option<uuid::Uuid> = which.one.parse().ok();
    can.write(async |tx| {
        match (one, until) {
            (Some(one), _) if store::mark_one(tx, one).await? => {}
            (None, Some(until)) => store::mark_read(tx, until).await?,
            _ => return Err(Error::NotFound),
        }
        Ok(Done::at(at, "Marked as read"))
    })
    .await
}
