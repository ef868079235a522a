//! The layers around the site: what a browser is told with every answer, where forms may come from, how long anything may
//! take, and that a write once begun is never cut off by a closed connection.

mod again;
mod bodies;
mod forms;
mod headers;
mod listen;
mod metrics;
mod noted;
mod patience;
mod strict;
mod unsent;

pub use listen::{Listening, listen};
pub use metrics::metrics;

use crate::platform::{app::App, assets, error::Error, extract::FILE_LIMIT, here::Place, page::Problem, visit::Visit};
use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::get,
};
use http::StatusCode;
use tower::ServiceBuilder;
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer};

/// The whole site as one service.
#[expect(clippy::disallowed_methods, reason = "files and health answers need no guard")]
pub fn site(app: App) -> Router {
    let pages = Router::new()
        .merge(crate::routes::all().into_router())
        .route("/static/{*path}", get(static_file))
        .route("/healthz", get(async || "ok\n"))
        .route("/readyz", get(ready))
        // They are elsewhere, for the operator alone.
        .route("/metrics", get(async || Error::NotFound))
        .fallback(async || Error::NotFound)
        .method_not_allowed_fallback(async || Error::NotFound)
        .with_state(app.clone());
    // The layers stand before the choice of a page: a parked form is shown again by the page it was meant for. The first is the
    // outermost; together they are one layer, so that a request is boxed once and not at each.
    let layers = ServiceBuilder::new()
        .layer(middleware::from_fn_with_state(app.clone(), noted::note))
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn(headers::dress))
        .layer(middleware::from_fn_with_state(app.clone(), furnish))
        .layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| Error::internal("a handler panicked").into_response()))
        .layer(DefaultBodyLimit::max(FILE_LIMIT + 64 * 1024))
        .layer(middleware::from_fn_with_state(app, forms::take));
    Router::new().fallback_service(pages).layer(layers)
}

/// The page of an error is made last, where the guard found the visitor to be: with the agency, the hat and a person to talk to.
async fn furnish(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let place = Place::default();
    let visit = request.extensions().get::<Visit>().cloned();
    request.extensions_mut().insert(place.clone());
    let mut response = next.run(request).await;
    match response.extensions_mut().remove::<Problem>() {
        Some(problem) => problem.put(place.here(&app), visit.as_ref().map_or("", Visit::number), response),
        None => response,
    }
}

async fn static_file(request: Request) -> Response {
    let path = request.uri().path().trim_start_matches("/static/").to_owned();
    assets::serve(&path, request.headers())
}

async fn ready(State(app): State<App>) -> Response {
    if app.db.is_ready().await { "ready\n".into_response() } else { (StatusCode::SERVICE_UNAVAILABLE, "not ready\n").into_response() }
}
