//! The stream of one open page. It holds no connection to the database while nothing happens, and no task of its own.

use super::{
    model::{BEAT, FULL, MOST, comes_back},
    paths, store,
};
use crate::platform::{
    live::{Seat, Seen, Watch},
    policy::KeepOwnPage,
    prelude::*,
};
use axum::response::sse::{Event, Sse};
use axum_extra::routing::TypedPath as _;
use futures_util::stream;
use http::{HeaderMap, HeaderName, StatusCode, header};
use serde::Deserialize;
use std::{convert::Infallible, sync::Arc};
use tokio::time::{Instant, timeout_at};
use uuid::Uuid;

/// The routes of this slice.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().get(paths::Live::PATH, follow)
}

/// What the page says of itself.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Shows {
    /// The record that it shows.
    of: String,
    /// What it showed when it was made.
    seen: String,
}

impl Shows {
    /// What it shows by now: a browser that comes back says so itself.
    fn seen(&self, headers: &HeaderMap) -> Option<Seen> {
        let last = headers.get("last-event-id").and_then(|value| value.to_str().ok());
        last.unwrap_or(&self.seen).parse().ok()
    }
}

async fn follow(can: Can<KeepOwnPage>, _: paths::Live, Query(shows): Query<Shows>, headers: HeaderMap) -> Result<Response, Error> {
    let of = shows.of.parse().ok();
    let listens = headers.get(header::ACCEPT).is_some_and(|kinds| kinds.as_bytes().starts_with(b"text/event-stream"));
    let watch = can.watch(&headers).filter(|_| listens);
    // It listens before it looks, so that nothing falls between.
    let seat = watch.as_ref().map(|watch| watch.db().ring().sit(can.agency(), watch.session()));
    let now = can.read(async |tx| store::seen(tx, of).await).await?;
    let first = if shows.seen(&headers).is_none_or(|seen| seen == now) { Event::default().id(now.to_string()) } else { changed(now) };
    match watch.zip(seat) {
        Some((watch, Some(seat))) => {
            let first = first.retry(comes_back(seat.ring().listeners()));
            let began = Instant::now();
            let page = Open { watch, seat, of, seen: now, first: Some(first), until: began + MOST, beat: began + BEAT };
            Ok(told(stream::unfold(page, |mut page| async move { Some((Ok(page.next().await?), page)) })))
        }
        Some((_, None)) => Ok((StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, FULL.to_string())]).into_response()),
        // Whoever asks without listening is told once.
        None => Ok(told(stream::iter([Ok(first)]))),
    }
}

/// Nothing on the way may hold it back or keep it.
fn told(events: impl stream::Stream<Item = Result<Event, Infallible>> + Send + 'static) -> Response {
    let unkept = [(header::CACHE_CONTROL, "no-store, no-transform"), (HeaderName::from_static("x-accel-buffering"), "no")];
    (unkept, Sse::new(events)).into_response()
}

/// Something is different for this reader: the page asks for itself anew.
fn changed(now: Seen) -> Event {
    Event::default().event("changed").id(now.to_string()).data("changed")
}

/// A page that somebody has open.
struct Open {
    watch: Watch,
    seat: Seat,
    of: Option<Uuid>,
    /// What it shows.
    seen: Seen,
    first: Option<Event>,
    until: Instant,
    beat: Instant,
}

impl Open {
    /// The next thing to say; none: the stream ends.
    async fn next(&mut self) -> Option<Event> {
        if let Some(first) = self.first.take() {
            return Some(first);
        }
        loop {
            let (of, before) = ([self.watch.membership().0, self.of.unwrap_or_default()], self.seen);
            let heard = timeout_at(self.beat, self.seat.hears(&of)).await;
            // Boxed: what it takes to look is kept only while it looks.
            if heard == Ok(false) || Instant::now() >= self.until || !Box::pin(self.may_look()).await {
                return None;
            }
            if self.seen != before {
                return Some(changed(self.seen));
            }
            if heard.is_err() {
                self.beat = Instant::now() + BEAT;
                return Some(Event::default().comment(""));
            }
        }
    }

    /// Looks what its reader may see now; false: they may not come in any more.
    async fn may_look(&mut self) -> bool {
        let (of, ring) = (self.of, Arc::clone(self.seat.ring()));
        let _turn = ring.turn().await;
        self.seat.catches_up();
        match self.watch.read(async |tx| store::seen(tx, of).await).await {
            Ok(Some(now)) => self.seen = now,
            Ok(None) => return false,
            // The database is away for now; what it holds is looked at with the next beat.
            Err(error) => tracing::debug!(%error, "an open page could not be looked at"),
        }
        true
    }
}
