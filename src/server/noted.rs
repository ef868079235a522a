//! The outermost layer: each request has a number, a line in the log and its place in the counters. A line holds the route's pattern
//! and ids; no address, no name, nothing that was sent.

use crate::platform::{app::App, metrics::METRICS, visit::Visit};
use axum::{
    extract::{MatchedPath, Request, State},
    middleware::Next,
    response::Response,
};
use http::{HeaderName, HeaderValue, Method, StatusCode};
use std::time::{Duration, Instant};
use tracing::{Instrument as _, field::display};

/// The header that gives a request's number back.
const NUMBER: HeaderName = HeaderName::from_static("x-request-id");
/// What stands for the route where none was come to: refused before, or there is none.
const NO_ROUTE: &str = "none";

/// The layer.
pub(super) async fn note(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let (visit, began, method) = (Visit::begin(), Instant::now(), request.method().clone());
    let fixed = fixed_route(request.uri().path());
    request.extensions_mut().insert(visit.clone());
    // An error's span: it is there whatever the log is narrowed to.
    let span = tracing::error_span!("request", request = visit.number());
    let mut response = next.run(request).instrument(span.clone()).await;
    if let Ok(number) = HeaderValue::from_str(visit.number()) {
        response.headers_mut().insert(NUMBER, number);
    }
    let took = began.elapsed();
    span.in_scope(|| tell(&app, &visit, (&method, fixed), (response.status(), took)));
    response
}

fn tell(app: &App, visit: &Visit, (method, fixed): (&Method, Option<&'static str>), (status, took): (StatusCode, Duration)) {
    let noted = visit.noted();
    let route = fixed.or_else(|| noted.route.as_ref().map(MatchedPath::as_str)).unwrap_or(NO_ROUTE);
    METRICS.answered(method, route, status, took);
    if !app.settings.log_requests {
        return;
    }
    let (agency, actor) = (noted.agency.map(|id| display(id.0)), noted.membership.map(|id| display(id.0)));
    // Outside any agency nobody has a membership.
    let account = noted.account.filter(|_| noted.membership.is_none()).map(|id| display(id.0));
    let (method, status, ms) = (word(method), status.as_u16(), u64::try_from(took.as_millis()).unwrap_or(u64::MAX));
    if matches!(fixed, Some(HEALTH | READY)) {
        tracing::debug!(target: "common_table::request", method, route, status, ms, "answered");
    } else {
        tracing::info!(target: "common_table::request", method, route, status, ms, agency, actor, account, "answered");
    }
}

/// A method may be any word: those that nobody needs are not repeated.
fn word(method: &Method) -> &str {
    if matches!(*method, Method::GET | Method::POST | Method::HEAD | Method::OPTIONS) { method.as_str() } else { "other" }
}

const HEALTH: &str = "/healthz";
const READY: &str = "/readyz";

/// Addresses that no guard stands before.
fn fixed_route(path: &str) -> Option<&'static str> {
    match path {
        HEALTH => Some(HEALTH),
        READY => Some(READY),
        path if path.starts_with("/static/") => Some("/static/{*path}"),
        _ => None,
    }
}
