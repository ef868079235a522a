//! The layers around the site: what a browser is told with every answer, where forms may come from, how long anything may
//! take, and that a write once begun is never cut off by a closed connection.

mod again;
mod bodies;
mod forms;
mod headers;
mod listen;
mod unsent;

pub use listen::{Listening, listen};

use crate::platform::{app::App, assets, error::Error, extract::FILE_LIMIT, here::Place, page::Problem};
use axum::{
    Router,
    body::Body,
    extract::{DefaultBodyLimit, Request, State},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::get,
};
use http::StatusCode;
use tower::ServiceBuilder;
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer, trace::TraceLayer};

/// The whole site as one service.
#[expect(clippy::disallowed_methods, reason = "files and health answers need no guard")]
pub fn site(app: App) -> Router {
    let pages = Router::new()
        .merge(crate::routes::all().into_router())
        .route("/static/{*path}", get(static_file))
        .route("/healthz", get(async || "ok\n"))
        .route("/readyz", get(ready))
        .fallback(async || Error::NotFound)
        .method_not_allowed_fallback(async || Error::NotFound)
        .with_state(app.clone());
    // The layers stand before the choice of a page: a parked form is shown again by the page it was meant for. The first is the
    // outermost; together they are one layer, so that a request is boxed once and not at each.
    let layers = ServiceBuilder::new()
        .layer(TraceLayer::new_for_http().make_span_with(|request: &Request<Body>| {
            // A link's token stands in its address: such addresses are not logged.
            let path = request.uri().path();
            let path = if holds_token(path) { "(link)" } else { path };
            tracing::info_span!("request", method = %request.method(), path)
        }))
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn(headers::dress))
        .layer(middleware::from_fn_with_state(app.clone(), furnish))
        .layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| Error::internal("a handler panicked").into_response()))
        .layer(DefaultBodyLimit::max(FILE_LIMIT + 64 * 1024))
        .layer(middleware::from_fn_with_state(app, forms::take));
    Router::new().fallback_service(pages).layer(layers)
}

/// Whether an address ends in the token of a link, which opens something by itself.
fn holds_token(path: &str) -> bool {
    path.contains("/return/") || path.starts_with("/invitations/") || path.starts_with("/reset/")
}

/// The page of an error is made last, where the guard found the visitor to be: with the agency, the hat and a person to talk to.
async fn furnish(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let place = Place::default();
    request.extensions_mut().insert(place.clone());
    let mut response = next.run(request).await;
    match response.extensions_mut().remove::<Problem>() {
        Some(problem) => problem.put(place.here(&app), response),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_with_a_token_is_kept_out_of_the_log() {
        let table = crate::routes::all();
        let with_token: Vec<&str> = table.table().iter().map(|line| line.path).filter(|path| path.contains("{token}")).collect();
        assert!(with_token.len() >= 3, "{with_token:?}");
        for path in with_token {
            assert!(holds_token(&path.replace("{agency}", "cedar-river").replace("{token}", "abc")), "{path}");
        }
        assert!(!holds_token("/cedar-river/loops"));
    }
}
