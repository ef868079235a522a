//! One's own calendar: its secret address, shown once; and what is served there.

use super::{model::Entry, paths, store};
use crate::platform::{calendar, errand::Errand, policy::KeepOwnPage, prelude::*, session::Token, shown_once};
use askama::Template;
use axum::extract;
use axum_extra::routing::TypedPath as _;
use chrono::{DateTime, Utc};
use http::{HeaderMap, header};

/// The routes of this slice.
#[must_use]
pub fn routes() -> Routes {
    let example = Example { who: "parent", path: "", form: "" };
    Routes::new()
        .get(paths::MyCalendar::PATH, show)
        .post(paths::MyCalendar::PATH, make, example)
        .post(paths::EndCalendar::PATH, end, example)
        .get(paths::Feed::PATH, feed)
}

#[derive(Template)]
#[template(path = "calendars/show.html")]
struct Show {
    here: Here,
    made_at: Option<DateTime<Utc>>,
    /// The address, once, right after it was made.
    address: Option<String>,
}

type Site = extract::State<App>;

async fn show(can: Can<KeepOwnPage>, _: paths::MyCalendar, site: Site, headers: HeaderMap) -> Result<Response, Error> {
    let made_at = can.read(async |tx| store::made_at(tx, &can).await).await?;
    let address = shown_once::carried(&headers, can.me())
        .map(|token| format!("{}{}", site.settings.public_url, paths::feed(can.slug(), token.reveal())));
    Ok(shown_once::shown(Page(Show { here: can.here(), made_at, address }).into_response()))
}

async fn make(can: Can<KeepOwnPage>, at: paths::MyCalendar) -> Result<Response, Error> {
    let mut made = None;
    let response = can
        .write(async |tx| {
            made = Some(store::make(tx, &can).await?);
            Ok(Done::at(&at, "Address made"))
        })
        .await?;
    Ok(shown_once::with(response, can.me(), made.as_ref()))
}

async fn end(can: Can<KeepOwnPage>, at: paths::EndCalendar) -> Result<Response, Error> {
    can.write(async |tx| {
        store::end(tx, &can).await?;
        Ok(Done::at(paths::my_calendar(&at.agency), "The address has ended"))
    })
    .await
}

/// What stands in the calendar now. The secret stands in the address, because a calendar keeps no cookie and signs in nowhere; who
/// holds it is looked up anew each time, and reads what that person may see at this moment.
async fn feed(visitor: Anyone, at: paths::Feed) -> Result<Response, Error> {
    let missed = async || limits::missed(&visitor.app, visitor.network, Error::LinkOver).await;
    let Some(token) = Token::from_text(&at.token) else { return missed().await };
    let found = store::reader(&visitor.app.db, &at.agency, &token, visitor.demo_may_come_in).await?;
    let Some(standing) = found else { return missed().await };
    let entries = Errand::of_member(visitor.app.db.clone(), standing).snapshot(async |tx| store::entries(tx).await).await?;
    let events: Vec<_> = entries.into_iter().filter_map(Entry::event).collect();
    let text = calendar::feed(&events, standing.zone, visitor.app.now());
    let headers = [(header::CONTENT_TYPE, calendar::KIND), (header::CONTENT_DISPOSITION, "inline; filename=\"calendar.ics\"")];
    Ok((headers, text).into_response())
}
