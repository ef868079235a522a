//! An invitation's link, or a first steward's code, on its way from the form that made it to the one page that shows it: in a
//! cookie of the inviter's own browser, for ten minutes at most, and never in an address or in the database.

use crate::{
    accounts::Code,
    platform::{
        ids::MembershipId,
        prelude::*,
        session::{Token, cookie, set_cookie},
    },
};
use http::{HeaderMap, header};

const COOKIE: &str = "__Host-handover";
const SECONDS: i64 = 600;

/// Lets an answer carry a new link; without one, or where a letter brings it, the answer stays as it is.
pub(super) fn carry(written: Result<Response, Error>, made: Option<(MembershipId, Option<Token>)>) -> Result<Response, Error> {
    let mut response = written?;
    if let Some((member, Some(link))) = made {
        response.headers_mut().append(header::SET_COOKIE, set_cookie(COOKIE, &format!("{member}.{}", link.reveal()), SECONDS));
    }
    Ok(response)
}

/// The link that the browser carries for this membership.
pub(super) fn carried(headers: &HeaderMap, member: MembershipId) -> Option<Token> {
    let (of, link) = cookie(headers, COOKIE)?.split_once('.')?;
    Token::from_text(link).filter(|_| of == member.to_string())
}

/// Shown once: the page takes the link, or the code, away from the browser.
pub(super) fn spent(page: impl IntoResponse) -> Response {
    let mut response = page.into_response();
    response.headers_mut().append(header::SET_COOKIE, set_cookie(COOKIE, "", 0));
    response
}

/// Lets an answer carry a new code; without one the answer stays as it is.
pub(super) fn carry_code(written: Result<Response, Error>, made: Option<(MembershipId, Code)>) -> Result<Response, Error> {
    let mut response = written?;
    if let Some((member, code)) = made {
        response.headers_mut().append(header::SET_COOKIE, set_cookie(COOKIE, &format!("{member}.{}", code.reveal()), SECONDS));
    }
    Ok(response)
}

/// The code that the browser carries for this membership.
pub(super) fn carried_code(headers: &HeaderMap, member: MembershipId) -> Option<Code> {
    let (of, code) = cookie(headers, COOKIE)?.split_once('.')?;
    Code::from_text(code).filter(|_| of == member.to_string())
}
