//! All that waits for the agency's own people beyond answers and promises, and all that the reader has begun: what the first page
//! shows the beginning of.

use crate::{
    home::{
        model::Queue,
        paths,
        store::{self, tasks::Asks},
    },
    platform::{
        paging::PAGE_SIZE,
        policy::{Hat, SeeHome},
        prelude::*,
    },
};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use serde::Deserialize;

pub(super) fn routes() -> Routes {
    Routes::new().get(paths::Open::PATH, open)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Filters {
    page: String,
}

#[derive(Template)]
#[template(path = "home/open.html")]
struct Open {
    here: Here,
    /// What waits for anybody of the agency is the reader's to see to.
    desk: bool,
    tasks: Queue,
    begun: Queue,
    /// Both lists have the same pages.
    paged: Paged<()>,
}

/// What is read of what waits for everybody and of what the person has begun.
pub(super) fn asks(can: &Can<SeeHome>) -> Asks<'_> {
    let (desk, checkins) = (matches!(can.hat(), Hat::Director | Hat::Staff), can.hat() == Hat::Director);
    Asks { slug: can.slug(), me: can.me(), today: can.today(), desk, checkins }
}

async fn open(can: Can<SeeHome>, at: paths::Open, Query(filters): Query<Filters>) -> Result<Page<Open>, Error> {
    let paging = Paging::from_text(&filters.page);
    let asks = asks(&can);
    let (mut tasks, mut begun) = can.read(async |tx| store::tasks::tasks(tx, asks, paging.offset(), paging.limit()).await).await?;
    let longest = tasks.first.len().max(begun.first.len());
    for queue in [&mut tasks, &mut begun] {
        queue.first.truncate(PAGE_SIZE as usize);
    }
    let paged = paging.of(vec![(); longest], &at.to_string());
    Ok(Page(Open { here: can.here(), desk: asks.desk, tasks, begun, paged }))
}
