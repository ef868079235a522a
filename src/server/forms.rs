//! Every form passes here before any handler: it must come from this site, it is read once, it runs to its end even when the
//! visitor's connection closes, and what was typed survives a sign-in that has ended, a change of hats and a database that is away.

use super::{again, bodies, patience, unsent};
use crate::{
    accounts::{parked, paths},
    platform::{
        app::App,
        drafts::{self, Draft},
        error::{Error, NeedsConfirmation, NeedsHat, NeedsSignIn},
        extract::{FILE_LIMIT, FORM_LIMIT},
        flash::Done,
        page::Problem,
        server::Server,
        submission::Sent,
    },
};
use axum::{
    body::{Body, Bytes},
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, Method, StatusCode, header};
use std::time::Duration;
use tracing::Instrument as _;

/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// The layer.
pub(super) async fn take(State(app): State<App>, request: Request, next: Next) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return if request.uri().path() == paths::PARKED { again::show(&app, request, next).await } else { look(request, next).await };
    }
    if !comes_from_here(request.headers()) && !is_of_a_server(request.uri().path(), request.headers()) {
        return Error::CrossSite.into_response();
    }
    let request = request.map(patience::steady);
    if announced(request.headers()) > FILE_LIMIT + 64 * 1024 {
        bodies::drain(request.into_body()).await;
        return Error::TooLarge.into_response();
    }
    if is_plain_form(request.headers()) { plain(&app, request, next).await } else { in_parts(&app, request, next).await }
}

/// A page.
pub(super) async fn look(request: Request, next: Next) -> Response {
    let address = request.uri().path_and_query().map(ToString::to_string).unwrap_or_default();
    let (request, copy) = if drafts::are_kept_at(request.uri().path()) { again::copied(request) } else { (request, None) };
    let mut response = within(PATIENCE, next.clone().run(request)).await;
    if let (Some(draft), Some(copy)) = (response.extensions_mut().remove::<Draft>(), copy) {
        return again::draft(draft, copy, next).await;
    }
    if response.extensions().get::<NeedsSignIn>().is_some() {
        return Done::at(paths::sign_in_then(&address), "").into_response();
    }
    if response.extensions().get::<NeedsHat>().is_some() {
        return Done::at(paths::hats_then(&address), "").into_response();
    }
    if response.extensions().get::<NeedsConfirmation>().is_some() {
        return Done::at(paths::confirm_then(&address), "").into_response();
    }
    response
}

async fn plain(app: &App, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let bytes = match bodies::read(body, FORM_LIMIT).await {
        Ok(bytes) => bytes,
        Err(error) => return error.into_response(),
    };
    let path = parts.uri.path().to_owned();
    let headers = parts.headers.clone();
    parts.extensions.insert(Sent::read(&path, &bytes, None));
    let response = run_to_the_end(next, Request::from_parts(parts, Body::from(bytes.clone()))).await;
    match lost_to(&response) {
        Some(to) => park(app, &headers, &path, &bytes, to).await,
        None => settle(app, &headers, &path, &bytes, response).await,
    }
}

/// A form with a file. Whoever has to sign in first is told so before it is read; then what is text in it is kept.
async fn in_parts(app: &App, request: Request, next: Next) -> Response {
    let (path, headers) = (request.uri().path().to_owned(), request.headers().clone());
    let (request, unread) = bodies::shared(request);
    let response = run_to_the_end(next, request).await;
    let to = lost_to(&response);
    if response.status() == StatusCode::TOO_MANY_REQUESTS {
        return unsent::with_texts(&path, unread.texts(&headers).await, response);
    }
    if to.is_none() && !unsent::is_one(&response) {
        return accepted(app, &headers, &path, response).await;
    }
    match (to, unread.texts(&headers).await) {
        (Some(to), Some(texts)) => park(app, &headers, &path, &texts, to).await,
        (Some(to), None) => Done::at(unkept(to), "").into_response(),
        (None, Some(texts)) => unsent::keep(app, &headers, (&path, &texts), response).await,
        (None, None) => response,
    }
}

/// Where somebody goes whose form could not be taken, for want of a sign-in, of a hat, or of their word that it is them.
fn lost_to(response: &Response) -> Option<&'static str> {
    let needs = response.extensions();
    let sign_in = needs.get::<NeedsSignIn>().map(|_| paths::SIGN_IN_AGAIN);
    let confirm = || needs.get::<NeedsConfirmation>().map(|_| paths::CONFIRM);
    sign_in.or_else(|| needs.get::<NeedsHat>().map(|_| paths::HATS)).or_else(confirm)
}

/// What was typed is not lost: taken, what had been kept of it goes; while the database is away, or too much came, it is offered to be sent again;
/// under a hat that may not send it, it waits for another.
async fn settle(app: &App, headers: &HeaderMap, path: &str, body: &Bytes, mut response: Response) -> Response {
    if matches!(response.status(), StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS) {
        if let Some(problem) = response.extensions_mut().get_mut::<Problem>() {
            problem.again = again::fields(path, body);
        }
        return response;
    }
    if unsent::is_one(&response) {
        return unsent::keep(app, headers, (path, body), response).await;
    }
    unsent::below(path, body, &mut response);
    accepted(app, headers, path, response).await
}

async fn accepted(app: &App, headers: &HeaderMap, path: &str, mut response: Response) -> Response {
    if response.status() == StatusCode::SEE_OTHER && parked::waits(headers) {
        match parked::accepted(app, headers, path).await {
            Ok(true) => {
                response.headers_mut().append(header::SET_COOKIE, parked::gone());
            }
            Ok(false) => {}
            Err(error) => tracing::warn!(%error, "a kept form could not be taken away; it goes with its hour"),
        }
    }
    response
}

/// A task of its own: a dropped connection does not cancel it, and neither does our patience.
#[expect(clippy::disallowed_methods, reason = "the one layer that keeps writes from being cancelled")]
async fn run_to_the_end(next: Next, request: Request) -> Response {
    let running = tokio::spawn(next.run(request).in_current_span());
    within(PATIENCE, async { running.await.unwrap_or_else(|fault| Error::internal(fault).into_response()) }).await
}

/// The answer, or after so long a page that says so.
async fn within(patience: Duration, answer: impl Future<Output = Response>) -> Response {
    tokio::time::timeout(patience, answer).await.unwrap_or_else(|_| Error::Away.into_response())
}

/// The sign-in has ended: the text waits, sealed, for the same person to come back. Forms outside an agency hold none.
async fn park(app: &App, headers: &HeaderMap, path: &str, body: &Bytes, to: &'static str) -> Response {
    if paths::RESERVED.contains(&path.split('/').nth(1).unwrap_or_default()) {
        let back = if to == paths::CONFIRM { paths::confirm_then(again::page_near(path)) } else { paths::SIGN_IN.to_owned() };
        return Done::at(back, "").into_response();
    }
    match parked::keep(app, headers, path, body).await {
        Ok(Some(cookie)) => Done::at(to, "").with_cookie(cookie).into_response(),
        Ok(None) => Done::at(unkept(to), "").into_response(),
        Err(error) => error.into_response(),
    }
}

/// Where somebody goes whose text is not kept: nobody was signed in, so that there is nobody to keep it for. Nothing is promised.
fn unkept(to: &'static str) -> &'static str {
    if to == paths::SIGN_IN_AGAIN { paths::SIGN_IN } else { to }
}

/// Said by another server at the one address for it. No browser sends a form without saying where from.
fn is_of_a_server(path: &str, headers: &HeaderMap) -> bool {
    paths::is_for_servers(path) && !Server::is_a_browser(headers)
}

fn is_plain_form(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_none_or(|kind| !kind.as_bytes().starts_with(b"multipart/form-data"))
}

fn announced(headers: &HeaderMap) -> usize {
    headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()).and_then(|length| length.parse().ok()).unwrap_or(0)
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
    use http::HeaderValue;

    #[tokio::test]
    async fn what_takes_too_long_is_answered_with_a_page() {
        let answer = within(Duration::from_millis(5), std::future::pending()).await;
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert!(answer.extensions().get::<Problem>().is_some());
    }

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
