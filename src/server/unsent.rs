//! A form that was not taken under the hat worn: the person changed roles in another window, or somebody changed them meanwhile.
//! What was typed stands on the page; where another hat of theirs may send it, it also waits, sealed, for that one.

use super::again;
use crate::{
    accounts::{self, OtherHat, parked, paths},
    platform::{
        access::Need,
        app::App,
        error::Error,
        page::{Problem, SendAgain, Unsent},
        session::{SESSION_COOKIE, Token, cookie},
    },
};
use axum::{body::Bytes, response::Response};
use http::{HeaderMap, StatusCode, header};

/// Whether an answer says that this hat may not do it, or that it finds nothing there.
pub(super) fn is_one(response: &Response) -> bool {
    matches!(response.status(), StatusCode::FORBIDDEN | StatusCode::NOT_FOUND) && response.extensions().get::<Problem>().is_some()
}

/// Puts the texts of a form with a file on the page that says that too much came.
pub(super) fn with_texts(path: &str, texts: Option<Bytes>, mut response: Response) -> Response {
    let form = texts.and_then(|texts| again::fields(path, &texts)).filter(SendAgain::says_anything);
    if let Some(problem) = response.extensions_mut().get_mut::<Problem>() {
        problem.unsent = form.map(|form| Unsent { form, hats: Vec::new() });
    }
    response
}

/// Puts what was typed on the page of a form that was refused without being shown again.
pub(super) fn below(path: &str, body: &Bytes, response: &mut Response) {
    let refused = response.status() == StatusCode::UNPROCESSABLE_ENTITY;
    if let Some(problem) = response.extensions_mut().get_mut::<Problem>().filter(|_| refused) {
        let form = again::fields(path, body).filter(SendAgain::says_anything);
        problem.unsent = form.map(|form| Unsent { form, hats: Vec::new() });
    }
}

/// Puts what was typed on the page, and keeps it where another hat may send it.
pub(super) async fn keep(app: &App, headers: &HeaderMap, (path, body): (&str, &Bytes), response: Response) -> Response {
    let mut shown = show(app, headers, (path, body), response).await;
    let waits = shown.extensions().get::<Problem>().and_then(|problem| problem.unsent.as_ref()).is_some_and(|one| !one.hats.is_empty());
    if waits {
        match parked::keep(app, headers, path, body).await {
            Ok(Some(cookie)) => {
                shown.headers_mut().append(header::SET_COOKIE, cookie);
            }
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, "a form could not be kept for another hat; its text stands on the page"),
        }
    }
    shown
}

/// Puts what was typed on the page, with the hats that may send it.
pub(super) async fn show(app: &App, headers: &HeaderMap, (path, body): (&str, &Bytes), mut response: Response) -> Response {
    let slug = path.split('/').nth(1).unwrap_or_default();
    let refused = response.status() == StatusCode::FORBIDDEN;
    // What was opened under a hat was there for somebody: an address alone proves nothing.
    let meant = |form: &SendAgain| (refused || !opened_under(form).is_empty()) && form.says_anything();
    let form = again::fields(path, body).filter(|form| !paths::RESERVED.contains(&slug) && meant(form));
    let Some(form) = form else { return response };
    let hats = hats(app, headers, &form, refused).await.unwrap_or_else(|error| {
        tracing::warn!(%error, "it could not be looked up which hats may send a form");
        Vec::new()
    });
    if let Some(problem) = response.extensions_mut().get_mut::<Problem>() {
        let hats = hats.into_iter().map(|other| (other.membership, other.words)).collect();
        problem.unsent = Some(Unsent { form, hats });
    }
    response
}

/// The membership under which a form was opened, as it says.
fn opened_under(form: &SendAgain) -> &str {
    form.fields.iter().find(|(name, _)| name == "hat").map_or("", |(_, hat)| hat.as_str())
}

/// The person's other hats that may send the form. Where the hat worn may send such forms too and found nothing, only the one
/// under which it was opened.
async fn hats(app: &App, headers: &HeaderMap, form: &SendAgain, refused: bool) -> Result<Vec<OtherHat>, Error> {
    let Some(token) = cookie(headers, SESSION_COOKIE).and_then(Token::from_text) else { return Ok(Vec::new()) };
    let Some(Need::May(grant)) = crate::routes::all().need_of_form(&form.action) else { return Ok(Vec::new()) };
    let slug = form.action.split('/').nth(1).unwrap_or_default();
    let fits = |other: &OtherHat| grant.hats.contains(&other.hat) && (refused || other.membership.to_string() == opened_under(form));
    Ok(accounts::other_hats(&app.db, &token, slug).await?.into_iter().filter(fits).collect())
}
