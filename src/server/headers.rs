//! What a browser is told with every answer, errors included.

use crate::{
    accounts::paths,
    platform::{
        flash::FLASH_COOKIE,
        session::{cookie, set_cookie},
    },
};
use axum::{extract::Request, middleware::Next, response::Response};
use http::{HeaderName, HeaderValue, Method, header};
use std::sync::LazyLock;

/// A form may also lead to the page that somebody leaves for in a hurry.
#[expect(clippy::expect_used, reason = "made of constants; every test of a page reads it")]
static POLICY: LazyLock<HeaderValue> = LazyLock::new(|| {
    let away = paths::AWAY.trim_end_matches('/');
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; \
         form-action 'self' {away}; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
    );
    HeaderValue::try_from(policy).expect("a header of plain letters")
});

/// Adds the headers, and takes away the one message that was just shown.
pub(super) async fn dress(request: Request, next: Next) -> Response {
    let shown = request.method() == Method::GET && cookie(request.headers(), FLASH_COOKIE).is_some();
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.reserve(12);
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert_with(|| POLICY.clone());
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()"),
    ] {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    let is_page = headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if shown && is_page {
        headers.append(header::SET_COOKIE, set_cookie(FLASH_COOKIE, "", 0));
    }
    response
}
