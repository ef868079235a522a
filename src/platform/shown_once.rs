//! A secret that a page shows once, right after it was made: for a minute the browser carries it from the form to that page, for the one
//! record that it is of. Nothing else keeps it.

use super::session::{Token, cookie, set_cookie};
use axum::response::Response;
use http::{HeaderMap, HeaderValue, header};
use std::fmt::Display;

const COOKIE: &str = "__Host-shown";
/// So long, in seconds.
const CARRIED: i64 = 60;

/// The cookie that carries what was just made to the page of this record.
#[must_use]
pub fn carries(of: impl Display, token: &Token) -> HeaderValue {
    set_cookie(COOKIE, &format!("{of}.{}", token.reveal()), CARRIED)
}

/// The same on the answer to a form, where something was made.
#[must_use]
pub fn with(mut response: Response, of: impl Display, made: Option<&Token>) -> Response {
    if let Some(token) = made {
        response.headers_mut().append(header::SET_COOKIE, carries(of, token));
    }
    response
}

/// What the browser carries for this record and no other.
#[must_use]
pub fn carried(headers: &HeaderMap, of: impl Display) -> Option<Token> {
    let (whose, token) = cookie(headers, COOKIE)?.split_once('.')?;
    Token::from_text(token).filter(|_| whose == of.to_string())
}

/// The page that shows it: from now on the browser carries it no more.
#[must_use]
pub fn shown(mut response: Response) -> Response {
    response.headers_mut().append(header::SET_COOKIE, set_cookie(COOKIE, "", 0));
    response
}
