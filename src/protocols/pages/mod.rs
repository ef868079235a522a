//! Pages of a body's protocols and labels, for its stewards and whoever reads under them; and the agency's notices.

mod items;
mod keep;
mod labels;
mod notices;
mod readers;
mod requests;

use super::{
    model::{Protocol, Reader, Request},
    paths, store,
};
use crate::platform::{
    policy::{Hat, ViewProtocols},
    prelude::*,
};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use serde::Deserialize;

/// The routes of this slice.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get(paths::Protocols::PATH, index)
        .get(paths::ProtocolPage::PATH, show)
        .join(keep::routes())
        .join(readers::routes())
        .join(items::routes())
        .join(requests::routes())
        .join(labels::routes())
        .join(notices::routes())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct At {
    page: String,
}

#[derive(Template)]
#[template(path = "protocols/index.html")]
struct Index {
    here: Here,
    protocols: Paged<Protocol>,
    /// For stewards alone.
    requests: Vec<Request>,
    labels: Vec<store::ListedLabel>,
    is_steward: bool,
    /// Stewards whose word counts; none where none serves now.
    stewards: i64,
}

impl Index {
    /// Something waits for a second word.
    fn asked_before(&self) -> bool {
        self.requests.iter().any(|one| one.waits(self.here.now()))
    }
}

async fn index(can: Can<ViewProtocols>, at: paths::Protocols, Query(from): Query<At>) -> Result<Page<Index>, Error> {
    let (paging, first) = (Paging::from_text(&from.page), Paging::from_text(""));
    let (body, is_steward) = (can.body().ok_or(Error::NotFound)?, can.hat() == Hat::Steward);
    let (rows, stewards, requests, labels) = can
        .read(async |tx| {
            let rows = store::list(tx, body, paging).await?;
            let stewards = if store::has_serving(tx, body).await? { store::stewards(tx, body).await? } else { 0 };
            let requests = if is_steward { store::requests(tx, body, first).await? } else { Vec::new() };
            Ok((rows, stewards, requests, store::labels(tx, body, first).await?))
        })
        .await?;
    let protocols = paging.of(rows, &at.to_string());
    Ok(Page(Index { here: can.here(), protocols, requests, labels, is_steward, stewards }))
}

#[derive(Template)]
#[template(path = "protocols/show.html")]
struct Show {
    here: Here,
    protocol: Protocol,
    readers: Vec<Reader>,
    carrying: Vec<store::Carrying>,
    /// The reader decides for its body.
    keeps: bool,
}

async fn show(can: Can<ViewProtocols>, at: paths::ProtocolPage) -> Result<Page<Show>, Error> {
    let (protocol, readers, carrying) = can
        .read(async |tx| {
            let protocol = store::find(tx, at.protocol).await?;
            Ok((protocol, store::readers(tx, at.protocol).await?, store::carrying(tx, at.protocol).await?))
        })
        .await?;
    let keeps = can.hat() == Hat::Steward && can.body() == Some(protocol.body);
    Ok(Page(Show { here: can.here(), protocol, readers, carrying, keeps }))
}
