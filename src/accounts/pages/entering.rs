//! The page of the sign-in: by a password, by a passkey, or through the door of an agency's own provider.

use super::{
    super::{
        factors::{self, Asked, PasskeyForm, Purpose},
        forms::SignInForm,
        model::Shown,
        parked, password, paths,
        sign_on::{self, House},
        store,
    },
    Trial, device, knowing, signed_in,
};
use crate::platform::{
    limits::{SIGN_INS, Whom},
    prelude::*,
    session::{self, Token},
};
use askama::Template;
use http::HeaderMap;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Way {
    next: String,
    again: String,
    agency: String,
}

/// The way in through an agency's own provider: for the agency of the address that somebody asked for, or the one they typed.
#[derive(Debug, Default)]
struct Doors {
    typed: String,
    /// Several, where several have the name that was typed.
    houses: Vec<House>,
}

impl Doors {
    async fn of(anyone: &Anyone, next: &str, typed: &str) -> Result<Self, Error> {
        let typed = typed.trim().to_owned();
        let asked = if typed.is_empty() { paths::agency_of(next).unwrap_or_default() } else { typed.as_str() };
        let mut houses = if asked.is_empty() { Vec::new() } else { sign_on::houses(&anyone.app.db, asked).await? };
        houses.retain(|house| !house.is_demo || anyone.demo_may_come_in);
        Ok(Self { typed, houses })
    }
}

#[derive(Template)]
#[template(path = "accounts/sign_in.html")]
struct SignInPage {
    here: Here,
    form: SignInForm,
    problems: Problems,
    again: bool,
    /// The sign-in that this browser carries was ended from elsewhere.
    ended: bool,
    demo: bool,
    passkey: Option<Asked>,
    doors: Doors,
}

/// The page of the sign-in, with the question for a passkey where this site can have any.
async fn sign_in_page(anyone: &Anyone, form: SignInForm, problems: Problems, way: &Way) -> Result<SignInPage, Error> {
    let passkey = factors::ask(&anyone.app, Purpose::SignIn, &[])?;
    let doors = Doors::of(anyone, &form.next, &way.agency).await?;
    let ended = match anyone.token.as_ref() {
        Some(token) => store::was_ended(&anyone.app.db, token).await?,
        None => false,
    };
    let (here, demo) = (anyone.here(), anyone.demo_may_come_in);
    Ok(SignInPage { here, form, problems, again: way.again == "yes", ended, demo, passkey, doors })
}

/// Whoever has signed in meanwhile, in another window, goes on from here.
pub(super) async fn sign_in(anyone: Anyone, headers: HeaderMap, Query(way): Query<Way>) -> Result<Response, Error> {
    if let Some(token) = anyone.token.as_ref().filter(|_| way.again == "yes")
        && comes_in(&anyone, token, &headers, &way.next).await?
    {
        return Ok(Done::at(on_to(&headers, &way.next), "").into_response());
    }
    let form = SignInForm { next: way.next.clone(), ..SignInForm::default() };
    Ok(Page(sign_in_page(&anyone, form, Problems::default(), &way).await?).into_response())
}

/// Whether this sign-in opens what waits: the form that was kept, or the page. An administrator there may have ended its way in.
async fn comes_in(anyone: &Anyone, token: &Token, headers: &HeaderMap, next: &str) -> Result<bool, Error> {
    let kept = parked::find(&anyone.app, headers).await?.map(|(path, _)| path);
    let slug = kept.as_deref().or(Some(next)).and_then(paths::agency_of).unwrap_or_default();
    Ok(session::look_up(&anyone.app.db, token, slug).await?.is_some_and(|found| !found.way_ended))
}

/// The page once more, with what keeps somebody from coming in.
async fn again(anyone: &Anyone, form: SignInForm, problems: Problems) -> Result<Again<SignInPage>, Error> {
    Ok(Again(sign_in_page(anyone, form, problems, &Way::default()).await?))
}

pub(super) async fn begin(anyone: Anyone, headers: HeaderMap, Form(form): Form<SignInForm>) -> Result<Response, Error> {
    match by_password(&anyone, &headers, &form).await {
        Err(Error::Refused(problems)) => Ok(again(&anyone, form, problems).await?.into_response()),
        Err(Error::TooMany(wait)) => Ok(wait.told(again(&anyone, form, wait.at("password")).await?)),
        answer => answer,
    }
}

pub(super) async fn begin_by_passkey(anyone: Anyone, headers: HeaderMap, Form(form): Form<PasskeyForm>) -> Result<Response, Error> {
    let next = form.next.clone();
    match factors::by_passkey(&anyone, &form).await {
        Ok(account) => {
            let token = store::begin_session(&anyone.app.db, account, &device(&headers), Shown::PASSKEY).await?;
            signed_in(&anyone, &token, on_to(&headers, &next)).await
        }
        Err(Error::Refused(problems)) => {
            SIGN_INS.count(&anyone.app.db, Whom::Nobody, anyone.network).await?;
            let form = SignInForm { next, ..SignInForm::default() };
            Ok(again(&anyone, form, problems).await?.into_response())
        }
        Err(error) => Err(error),
    }
}

/// Where somebody goes on to: their text that waits, or where they wanted to go.
pub(in crate::accounts) fn on_to<'a>(headers: &HeaderMap, next: &'a str) -> &'a str {
    if parked::waits(headers) { paths::PARKED } else { paths::own(next) }
}

async fn by_password(anyone: &Anyone, headers: &HeaderMap, form: &SignInForm) -> Result<Response, Error> {
    let (app, (email, typed)) = (&anyone.app, form.parse().map_err(Error::Refused)?);
    let trial = Trial { app, headers, network: anyone.network };
    let account = store::account_of(&app.db, &email).await?.filter(|account| !account.is_demo || anyone.demo_may_come_in);
    let tried = trial.of(&email, account.as_ref().map(|account| account.id)).await?;
    let stored = account.as_ref().and_then(|account| account.password_hash.clone());
    let (dated, again) = (stored.as_deref().is_some_and(password::is_dated), typed.clone());
    let right = password::matches(app, typed, stored, tried.device.is_some()).await?;
    let Some(account) = account.filter(|_| right) else {
        return Err(Error::refused("email", "Check the email address and the password: they do not go together"));
    };
    if dated {
        store::renew_hash(&app.db, &account, &password::hash(app, again).await?).await?;
    }
    if factors::factors(&app.db, account.id).await?.any() {
        // The browser is known once the second step is done, and not before.
        trial.forget(&email, &tried).await?;
        return factors::begin_second_step(app, account.id, (&device(headers), &form.next)).await;
    }
    let known = trial.right(&email, &tried, account.id).await?;
    let token = store::begin_session(&app.db, account.id, &device(headers), Shown::PASSWORD).await?;
    Ok(knowing(known, signed_in(anyone, &token, on_to(headers, &form.next)).await?))
}
