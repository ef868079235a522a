//! Signing in and out, changing hats, taking an invitation up; one's own account stands apart.

mod address;
mod closing;
mod entering;
mod invitation;
mod own;
mod reset;
mod trial;

pub(super) use entering::on_to;
pub(super) use invitation::COOKIE as INVITATION_COOKIE;
pub(super) use own::again as account_again;
pub(super) use trial::{KNOWN_COOKIE, by_account};

use self::trial::Trial;
use super::{
    factors,
    model::{EndedHat, HatOnOffer, KNOWN_DAYS, TakenHat},
    parked, paths, sign_on, store,
};
use crate::platform::{
    ids::MembershipId,
    prelude::*,
    session::{COOKIE_HOURS, SESSION_COOKIE, Token, cookie, set_cookie},
    telemetry,
};
use askama::Template;
use http::{HeaderMap, HeaderValue, header};
use serde::Deserialize;

/// The routes of this slice.
#[must_use]
pub fn routes() -> Routes {
    let example = |who, path, form| Example { who, path, form };
    Routes::new()
        .get(paths::ROOT, root)
        .get(paths::SIGN_IN, entering::sign_in)
        .post(paths::SIGN_IN, entering::begin, example("", "", "email=staff@demo.example&password=common-table-demo"))
        .limited(&limits::SIGN_INS)
        .post(paths::SIGN_IN_BY_PASSKEY, entering::begin_by_passkey, example("", "", "credential=@passkey_signs_in&state=@passkey_state"))
        .limited(&limits::SIGN_INS)
        .post(paths::SIGN_OUT, end, example("staff", "", ""))
        .get(paths::HATS, hats)
        .post(paths::HATS, wear, example("director", "", "membership=@director"))
        .get(paths::PARKED, nothing_kept)
        .join(invitation::routes())
        .join(own::routes())
        .join(reset::routes())
        .join(address::routes())
        .join(closing::routes())
        .join(factors::routes())
        .join(sign_on::routes())
}

/// How long a browser keeps the token of a link, in hours.
const SWAPPED_HOURS: i64 = 8;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Way {
    next: String,
}

#[derive(Template)]
#[template(path = "accounts/hats.html")]
struct HatsPage {
    here: Here,
    hats: Vec<HatOnOffer>,
    /// Those that were taken from them until further notice.
    suspended: Vec<TakenHat>,
    /// Agencies where they are no member any more.
    ended: Vec<EndedHat>,
    next: String,
}

/// Leads on: to the one agency, or to the choice of hats, where somebody also reads which was taken from them, and why.
async fn root(who: SignedIn) -> Result<Response, Error> {
    let (hats, taken) = own_hats(&who).await?;
    Ok(match hats.as_slice() {
        [only] if taken.is_empty() => Done::at(format!("/{}", only.slug), ""),
        _ => Done::at(paths::HATS, ""),
    }
    .into_response())
}

/// The hats that this sign-in may wear, and those that were taken; one for which an agency's provider vouches knows of no others.
async fn own_hats(who: &SignedIn) -> Result<(Vec<HatOnOffer>, Vec<TakenHat>), Error> {
    let (db, person) = (&who.app.db, &who.found.person);
    let (mut hats, mut taken) = (store::hats(db, person.account).await?, store::taken(db, person.account).await?);
    hats.retain(|hat| hat.is_open_to(&person.proof));
    taken.retain(|hat| person.proof.vouched_by.is_none_or(|agency| agency == hat.agency && hat.own_side));
    Ok((hats, taken))
}

/// A link's token leaves the address at once and goes into a cookie, for as long as it may take to answer. Whether it opens anything,
/// the page that it leads to finds out.
fn swapped(token: &str, name: &str, to: &str) -> Result<Response, Error> {
    let token = Token::from_text(token).ok_or(Error::NotFound)?;
    Ok(Done::at(to, "").with_cookie(set_cookie(name, token.reveal(), SWAPPED_HOURS * 3600)).into_response())
}

/// The token that a link was swapped for.
pub(super) fn carried(headers: &HeaderMap, name: &str) -> Result<Token, Error> {
    cookie(headers, name).and_then(Token::from_text).ok_or(Error::NotFound)
}

/// A form was opened by another link than the one that the browser carries now.
pub(super) fn other_link(token: &Token, opened_by: &str) -> Result<(), Error> {
    if opened_by.is_empty() || opened_by == token.mark() {
        return Ok(());
    }
    Err(Error::refused(
        "",
        "You opened another link meanwhile, and this page is now about that one. Check it, or open the first link again",
    ))
}

/// The answer lets the browser be known from now on.
pub(super) fn knowing(known: Option<Token>, mut response: Response) -> Response {
    if let Some(token) = known {
        response.headers_mut().append(header::SET_COOKIE, set_cookie(KNOWN_COOKIE, token.reveal(), KNOWN_DAYS * 86_400));
    }
    response
}

/// The answer that carries a new sign-in. The one that the browser carried before is over: what somebody may have put there, or kept
/// of it, opens nothing.
pub(super) async fn signed_in(anyone: &Anyone, token: &Token, on: &str) -> Result<Response, Error> {
    if let Some(before) = &anyone.token {
        store::end_session_of(&anyone.app.db, before.reveal()).await?;
    }
    Ok(carrying(token, Done::at(on, "")))
}

/// The answer lets the browser carry this token.
pub(super) fn carrying(token: &Token, done: Done) -> Response {
    done.with_cookie(set_cookie(SESSION_COOKIE, token.reveal(), COOKIE_HOURS * 3600)).into_response()
}

/// What the browser calls itself, shortened.
pub(super) fn device(headers: &HeaderMap) -> String {
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let browser =
        ["Edg/", "Firefox/", "Chrome/", "Safari/"].into_iter().find(|name| agent.contains(name)).map_or("a browser", |name| match name {
            "Edg/" => "Edge",
            other => other.trim_end_matches('/'),
        });
    let system = ["Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux"]
        .into_iter()
        .find(|name| agent.contains(name))
        .unwrap_or("an unknown device");
    format!("{browser} on {system}")
}

/// What a browser carries for a few minutes or hours on the way to a sign-in or from it: whoever uses it next is not to find any of it.
const KEPT_MEANWHILE: [&str; 6] = ["__Host-half", "__Host-paper", "__Host-parked", "__Host-reset", "__Host-invitation", "__Host-address"];

async fn end(who: SignedIn, headers: HeaderMap) -> Result<Response, Error> {
    // First it ends: what fails on the way out of a provider keeps nobody signed in.
    store::end_session(&who.app.db, who.found.person.account, who.found.person.session).await?;
    let asked = sign_on::over(&who.app, &headers, &who.found.person).await.unwrap_or_else(|fault| {
        tracing::warn!(cause = telemetry::told(&fault), "nobody is asked whether to sign out at the provider too");
        None
    });
    let mut response = asked.unwrap_or_else(|| Done::at(paths::SIGN_IN, "You have signed out")).into_response();
    for gone in KEPT_MEANWHILE.into_iter().chain([SESSION_COOKIE]) {
        response.headers_mut().append(header::SET_COOKIE, set_cookie(gone, "", 0));
    }
    response.headers_mut().insert("clear-site-data", HeaderValue::from_static("\"cache\", \"storage\""));
    Ok(response)
}

/// Nothing is kept for whoever asks, or it was another person's text: their browser forgets it.
async fn nothing_kept(_: SignedIn) -> Response {
    Done::at(paths::ROOT, "").with_cookie(parked::gone()).into_response()
}

async fn hats(who: SignedIn, Query(way): Query<Way>) -> Result<Page<HatsPage>, Error> {
    let (hats, suspended) = own_hats(&who).await?;
    let person = &who.found.person;
    let mut ended = store::ended(&who.app.db, person.account).await?;
    // One for which an agency's provider vouches knows of no other agency.
    ended.retain(|_| person.proof.vouched_by.is_none());
    Ok(Page(HatsPage { here: who.here(), hats, suspended, ended, next: way.next }))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Choose {
    membership: String,
    next: String,
}

async fn wear(who: SignedIn, headers: HeaderMap, Form(choice): Form<Choose>) -> Result<Response, Error> {
    let person = &who.found.person;
    let wanted: MembershipId = choice.membership.parse().map_err(|_| Error::NotFound)?;
    let (hats, _) = own_hats(&who).await?;
    let hat = hats.iter().find(|hat| hat.membership == wanted).ok_or(Error::NotFound)?;
    store::wear(&who.app.db, person.account, person.session, hat).await?;
    let token = store::renew(&who.app.db, person.account, person.session, None).await?;
    let home = format!("/{}", hat.slug);
    let within = |address: &&str| address.strip_prefix(&home).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']));
    let on = Some(paths::own(&choice.next)).filter(within).unwrap_or(&home);
    Ok(carrying(&token, Done::at(if parked::waits(&headers) { paths::PARKED } else { on }, "You have changed your role")))
}
