//! Every form passes here before any handler: it must come from this site, it is read once, it runs to its end even when the
//! visitor's connection closes, and when the sign-in has ended meanwhile its text is kept for them.

use crate::{
    accounts::parked,
    platform::{
        app::App,
        error::{Error, NeedsSignIn},
        extract::{FILE_LIMIT, FORM_LIMIT},
        flash::Done,
        submission::Sent,
    },
};
use axum::{
    body::{Body, Bytes},
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures_util::StreamExt as _;
use http::{HeaderMap, HeaderValue, Method, header};

/// The most that is read and thrown away so that the browser gets to show the answer.
const DRAIN_LIMIT: usize = 256 * 1024 * 1024;

/// The layer.
pub(super) async fn take(State(app): State<App>, request: Request, next: Next) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return if request.uri().path() == parked::PATH { show_again(&app, request, next).await } else { look(request, next).await };
    }
    if !comes_from_here(request.headers()) {
        return Error::CrossSite.into_response();
    }
    if announced(request.headers()) > FILE_LIMIT + 64 * 1024 {
        drain(request.into_body()).await;
        return Error::TooLarge.into_response();
    }
    if !is_plain_form(request.headers()) {
        return run_to_the_end(next, request).await.unwrap_or_else(to_sign_in);
    }
    let (mut parts, body) = request.into_parts();
    let Ok(bytes) = axum::body::to_bytes(body, FORM_LIMIT).await else { return Error::TooLarge.into_response() };
    let path = parts.uri.path().to_owned();
    let headers = parts.headers.clone();
    parts.extensions.insert(Sent::read(&path, &bytes, false));
    match run_to_the_end(next, Request::from_parts(parts, Body::from(bytes.clone()))).await {
        Ok(response) => response,
        Err(()) => park(&app, &headers, &path, &bytes).await,
    }
}

async fn look(request: Request, next: Next) -> Response {
    let address = request.uri().path_and_query().map(ToString::to_string).unwrap_or_default();
    let response = next.run(request).await;
    if response.extensions().get::<NeedsSignIn>().is_none() {
        return response;
    }
    Done::at(crate::accounts::paths::sign_in_then(&address), "").into_response()
}

/// A task of its own: a dropped connection does not cancel it.
#[expect(clippy::disallowed_methods, reason = "the one layer that keeps writes from being cancelled")]
async fn run_to_the_end(next: Next, request: Request) -> Result<Response, ()> {
    match tokio::spawn(next.run(request)).await {
        Ok(response) if response.extensions().get::<NeedsSignIn>().is_some() => Err(()),
        Ok(response) => Ok(response),
        Err(fault) => Ok(Error::internal(fault).into_response()),
    }
}

fn to_sign_in((): ()) -> Response {
    Done::at(crate::accounts::paths::SIGN_IN, "").into_response()
}

/// The sign-in has ended: the text waits, sealed, for the same person to come back.
async fn park(app: &App, headers: &HeaderMap, path: &str, body: &Bytes) -> Response {
    let mut response = Done::at(crate::accounts::paths::SIGN_IN_AGAIN, "").into_response();
    match parked::keep(app, headers, path, body).await {
        Ok(Some(cookie)) => {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
        Ok(None) => {}
        Err(error) => return error.into_response(),
    }
    response
}

/// Shows a parked form again through its own handler, which is told not to act on it.
async fn show_again(app: &App, request: Request, next: Next) -> Response {
    let (path, body) = match parked::take(app, request.headers()).await {
        Ok(Some(found)) => found,
        Ok(None) => return Done::at("/", "").into_response(),
        Err(error) => return error.into_response(),
    };
    let (mut parts, _) = request.into_parts();
    let Ok(uri) = path.parse() else { return Done::at("/", "").into_response() };
    parts.method = Method::POST;
    parts.uri = uri;
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.extensions.insert(Sent::read(&path, &body, true));
    let mut response = next.run(Request::from_parts(parts, Body::from(body))).await;
    response.headers_mut().append(header::SET_COOKIE, parked::gone());
    response
}

fn is_plain_form(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_none_or(|kind| !kind.as_bytes().starts_with(b"multipart/form-data"))
}

fn announced(headers: &HeaderMap) -> usize {
    headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()).and_then(|length| length.parse().ok()).unwrap_or(0)
}

async fn drain(body: Body) {
    let mut stream = body.into_data_stream();
    let mut seen = 0;
    while let Some(Ok(chunk)) = stream.next().await {
        seen += chunk.len();
        if seen > DRAIN_LIMIT {
            break;
        }
    }
}

/// The browser's own word for where a form comes from; without it, the origin; with neither, it is refused.
fn comes_from_here(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match (text("sec-fetch-site"), text("origin"), text("host")) {
        (Some(site), _, _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, authority)| authority == host),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (http::HeaderName::from_static(name), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn a_form_must_say_that_it_comes_from_here() {
        assert!(comes_from_here(&headers(&[("sec-fetch-site", "same-origin")])));
        assert!(comes_from_here(&headers(&[("origin", "http://localhost:1"), ("host", "localhost:1")])));
        for refused in [
            headers(&[]),
            headers(&[("sec-fetch-site", "cross-site"), ("origin", "http://localhost:1"), ("host", "localhost:1")]),
            headers(&[("sec-fetch-site", "same-site")]),
            headers(&[("origin", "http://evil.example"), ("host", "localhost:1")]),
            headers(&[("origin", "null"), ("host", "localhost:1")]),
        ] {
            assert!(!comes_from_here(&refused), "{refused:?}");
        }
    }
}
