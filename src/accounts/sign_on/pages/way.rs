//! The way to a provider: a button's form notes where it leads and why, and a page of our own sends the browser on. So no form
//! is ever answered by another site, and what comes back fits only the browser that set out.

use super::super::{
    forms::{BeginForm, JoinForm, TakeOffForm},
    model::{Attempt, House, Provider, Purpose, Refusal, WAY_MINUTES},
    protocol::{self, Fault},
    store,
};
use crate::{
    accounts::{
        self,
        pages::{INVITATION_COOKIE, account_again, carried, other_link},
        paths,
    },
    platform::{
        ids::{IdentityId, ProviderId},
        prelude::*,
        session::{Token, cookie, set_cookie},
    },
};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use http::{HeaderMap, HeaderValue, StatusCode};
use serde::Deserialize;

/// By this a browser is known that is on its way.
pub(super) const WAY_COOKIE: &str = "__Host-sign-on";
/// The longest address to go on to, in bytes.
const LONGEST_NEXT: usize = 2_000;

pub(super) fn routes() -> Routes {
    let example = |who, form| Example { who, path: "", form };
    Routes::new()
        .post(paths::SignOn::PATH, begin, example("", "provider=@provider"))
        .limited(&limits::SIGN_ONS)
        .get(paths::Onward::PATH, onward)
        .post(paths::SIGN_ONS, begin_joining, example("staff", "provider=@provider"))
        .limited(&limits::SIGN_ONS)
        .post(paths::NO_SIGN_ON, take_off, example("staff", "identity=@identity"))
}

/// Going on to a provider.
#[derive(Template)]
#[template(path = "accounts/onward.html")]
struct OnwardPage {
    here: Here,
    label: String,
    agency: String,
    address: String,
}

/// Nobody was let in.
#[derive(Template)]
#[template(path = "accounts/refused.html")]
struct RefusedPage {
    here: Here,
    heading: &'static str,
    happened: &'static str,
    todo: &'static str,
    house: House,
    again: bool,
}

/// The page that says why nobody was let in, with a way on.
pub(super) async fn refused(anyone: &Anyone, slug: &str, why: Refusal) -> Result<Response, Error> {
    let house = store::house(&anyone.app.db, slug).await?.filter(|house| house.slug == slug && may_come_in(anyone, house.is_demo));
    let house = house.ok_or(Error::NotFound)?;
    let (heading, happened, todo) = why.words();
    let page = RefusedPage { here: anyone.here(), heading, happened, todo, house, again: why.is_to_be_tried_again() };
    let status = match why {
        Refusal::NotThisWay | Refusal::InvitationOver => StatusCode::GONE,
        // The site itself is well.
        Refusal::Away => StatusCode::OK,
        _ => StatusCode::FORBIDDEN,
    };
    Ok((status, Page(page)).into_response())
}

pub(super) fn may_come_in(anyone: &Anyone, is_demo: bool) -> bool {
    !is_demo || anyone.demo_may_come_in
}

/// What is to be said of a fault, after its cause went to the log.
pub(super) fn noted(provider: &Provider, fault: &Fault) -> Refusal {
    let (agency, cause) = (provider.agency, fault.to_string().escape_debug().to_string());
    tracing::warn!(%agency, provider = %provider.id, cause, "single sign-on let nobody in");
    fault.into()
}

/// An active provider, of the agency of an address if there is one.
async fn provider_of(app: &App, slug: Option<&str>, typed: &str) -> Result<Provider, Error> {
    let id: ProviderId = typed.parse().map_err(|_| Error::NotFound)?;
    store::provider(&app.db, slug, id).await?.ok_or(Error::NotFound)
}

async fn begin(anyone: Anyone, at: paths::SignOn, headers: HeaderMap, Form(form): Form<BeginForm>) -> Result<Response, Error> {
    let provider = provider_of(&anyone.app, Some(&at.agency), &form.provider).await?;
    if !may_come_in(&anyone, provider.is_demo) {
        return Err(Error::NotFound);
    }
    let purpose = match form.invitation.as_str() {
        "" if form.again == "yes" => Purpose::Again,
        "" => Purpose::SignIn,
        // The link's token is in a cookie; the form says by which link it was opened.
        opened_by => {
            let token = carried(&headers, INVITATION_COOKIE)?;
            other_link(&token, opened_by)?;
            Purpose::Invitation(token.reveal().to_owned())
        }
    };
    set_out(&anyone.app, &headers, &provider, (purpose, &form.next, &form.key)).await
}

/// To join who one is at a provider to one's own account: only from inside it.
async fn begin_joining(who: Confirmed, headers: HeaderMap, Form(form): Form<JoinForm>) -> Result<Response, Error> {
    let provider = provider_of(&who.app, None, &form.provider).await?;
    let account = who.found.person.account;
    let serves = accounts::store::hats(&who.app.db, account).await?;
    if !serves.iter().any(|hat| hat.agency == provider.agency && hat.is_own_side()) {
        return Err(Error::NotFound);
    }
    set_out(&who.app, &headers, &provider, (Purpose::Join(account), &form.next, &form.key)).await
}

/// Notes what was begun; the page after it sends the browser on. The same form sent twice sets out once.
async fn set_out(app: &App, headers: &HeaderMap, provider: &Provider, what: (Purpose, &str, &str)) -> Result<Response, Error> {
    let (state, kept) = noted_down(app, headers, provider, what).await?;
    Ok(Done::at(paths::onward(&provider.slug, state.reveal()), "").with_cookie(kept).into_response())
}

/// A way begins: its state, and the cookie by which the browser is known that goes it.
pub(super) async fn noted_down(
    app: &App,
    headers: &HeaderMap,
    provider: &Provider,
    (purpose, next, key): (Purpose, &str, &str),
) -> Result<(Token, HeaderValue), Error> {
    let browser = cookie(headers, WAY_COOKIE).and_then(Token::from_text).unwrap_or_else(Token::fresh);
    let state = if key.is_empty() { Token::fresh() } else { browser.followed_by(key) };
    let secret = || Token::fresh().reveal().to_owned();
    let (nonce, verifier, issuer) = (secret(), secret(), provider.issuer.clone());
    let next = if next.len() <= LONGEST_NEXT { next.to_owned() } else { String::new() };
    let attempt = Attempt { purpose, provider: provider.id, issuer, nonce, verifier, next, begun: app.now() };
    store::begin(&app.db, provider.agency, (&browser, &state), &attempt).await?;
    Ok((state, set_cookie(WAY_COOKIE, browser.reveal(), WAY_MINUTES * 60)))
}

/// What this browser began in this agency with this state, and with whom, as long as it may go on.
pub(super) async fn begun(
    anyone: &Anyone,
    slug: &str,
    headers: &HeaderMap,
    state: &str,
) -> Result<Option<(Provider, Attempt, Token)>, Error> {
    // A way out is no way in.
    Ok(found(anyone, slug, headers, state).await?.filter(|(_, attempt, _)| attempt.purpose != Purpose::Leave))
}

/// The same, of somebody who signed out here.
pub(super) async fn leaving(anyone: &Anyone, slug: &str, headers: &HeaderMap, state: &str) -> Result<Option<(Provider, Token)>, Error> {
    let found = found(anyone, slug, headers, state).await?.filter(|(_, attempt, _)| attempt.purpose == Purpose::Leave);
    Ok(found.map(|(provider, _, state)| (provider, state)))
}

async fn found(anyone: &Anyone, slug: &str, headers: &HeaderMap, state: &str) -> Result<Option<(Provider, Attempt, Token)>, Error> {
    let browser = cookie(headers, WAY_COOKIE).and_then(Token::from_text);
    let (Some(browser), Some(state)) = (browser, Token::from_text(state)) else { return Ok(None) };
    let Some((agency, attempt)) = store::find_attempt(&anyone.app.db, &browser, &state).await? else { return Ok(None) };
    let Some(provider) = store::provider(&anyone.app.db, Some(slug), attempt.provider).await? else { return Ok(None) };
    let fits = provider.agency == agency && provider.issuer == attempt.issuer && may_come_in(anyone, provider.is_demo);
    Ok(fits.then_some((provider, attempt, state)))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Set {
    pub(super) state: String,
}

async fn onward(anyone: Anyone, at: paths::Onward, headers: HeaderMap, Query(set): Query<Set>) -> Result<Response, Error> {
    if set.state.is_empty() {
        return Ok(Done::at(paths::sign_in_then(&format!("/{}", at.agency)), "").into_response());
    }
    let Some((provider, attempt, state)) = begun(&anyone, &at.agency, &headers, &set.state).await? else {
        return refused(&anyone, &at.agency, Refusal::NotThisWay).await;
    };
    match protocol::way_there(&anyone.app, &provider, &attempt, &state).await {
        Ok(address) => {
            let (label, agency) = (provider.label, provider.agency_name);
            Ok(Page(OnwardPage { here: anyone.here(), label, agency, address }).into_response())
        }
        Err(fault) => refused(&anyone, &at.agency, noted(&provider, &fault)).await,
    }
}

async fn take_off(who: Confirmed, Form(form): Form<TakeOffForm>) -> Result<Response, Error> {
    let id: IdentityId = form.identity.parse().map_err(|_| Error::NotFound)?;
    let (db, account) = (&who.app.db, who.found.person.account);
    if !accounts::store::has_another_way_in(db, account).await? {
        let mut problems = Problems::default();
        problems.add("", "Choose a password of your own first, by “I do not know my password” at the sign-in: this is your only way in");
        return account_again(&who, problems).await;
    }
    if accounts::store::take_off(db, account, id).await? {
        Ok(Done::at(paths::ACCOUNT, "Taken off. It opens nothing of yours from now on").into_response())
    } else {
        Err(Error::NotFound)
    }
}
