//! A new password for somebody who does not know theirs: by a letter, in the same words whoever asks.

use super::{
    super::{
        factors,
        forms::{ForgottenForm, ResetForm},
        model::Tried,
        password, paths, store,
    },
    carried, knowing, other_link, swapped,
};
use crate::platform::{prelude::*, session::Token};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use http::HeaderMap;
use serde::Deserialize;

/// The cookie that a reset link's token is swapped for.
const COOKIE: &str = "__Host-reset";

pub(super) fn routes() -> Routes {
    let example = |who, form| Example { who, path: "", form };
    Routes::new()
        .get(paths::FORGOTTEN, forgotten)
        .post(paths::FORGOTTEN, ask, example("", "email=wren@example.org"))
        .limited(&limits::RESETS)
        .get(paths::Reset::PATH, swap)
        .get(paths::NEW_PASSWORD, choose)
        .post(paths::NEW_PASSWORD, put, example("@reset", "new_password=five+words+one+after+another"))
        .limited(&limits::RESETS)
}

#[derive(Template)]
#[template(path = "accounts/forgotten.html")]
struct ForgottenPage {
    here: Here,
    form: ForgottenForm,
    problems: Problems,
    /// This site sends letters.
    mails: bool,
    /// Whom to talk to where it does not.
    contact: String,
    asked: bool,
}

#[derive(Template)]
#[template(path = "accounts/reset.html")]
struct ResetPage {
    here: Here,
    problems: Problems,
    /// By which link the form was opened.
    link: String,
    /// Fewest characters of the new one.
    least: usize,
}

impl ResetPage {
    fn hint(&self) -> String {
        format!("At least {} characters; a few words in a row are easy to remember.", self.least)
    }
}

async fn reset_page(anyone: &Anyone, token: &Token, problems: Problems) -> Result<ResetPage, Error> {
    let least = password::least(stands_beside(anyone, token).await?);
    Ok(ResetPage { here: anyone.here(), problems, link: token.mark(), least })
}

/// Whether the person of a link has a second factor: it is asked for afterwards as before.
async fn stands_beside(anyone: &Anyone, token: &Token) -> Result<bool, Error> {
    match store::reset_of(&anyone.app.db, token).await? {
        Some((account, _)) => Ok(factors::factors(&anyone.app.db, account).await?.any()),
        None => Ok(false),
    }
}

#[derive(Template)]
#[template(path = "accounts/reset_over.html")]
struct ResetOver {
    here: Here,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Way {
    asked: String,
}

fn page(anyone: &Anyone, form: ForgottenForm, problems: Problems, asked: bool) -> ForgottenPage {
    let settings = &anyone.app.settings;
    ForgottenPage { here: anyone.here(), form, problems, mails: settings.mail.is_some(), contact: settings.operator_contact.clone(), asked }
}

async fn forgotten(anyone: Anyone, Query(way): Query<Way>) -> Page<ForgottenPage> {
    Page(page(&anyone, ForgottenForm::default(), Problems::default(), way.asked == "yes"))
}

/// The people of the demonstration have one password, which stays.
async fn ask(anyone: Anyone, Form(form): Form<ForgottenForm>) -> Result<Response, Error> {
    if anyone.app.settings.mail.is_none() {
        return Ok(Done::at(paths::FORGOTTEN, "").into_response());
    }
    let email = match form.parse() {
        Ok(email) => email,
        Err(problems) => return Ok(Again(page(&anyone, form, problems, false)).into_response()),
    };
    let account = store::account_of(&anyone.app.db, &email).await?.filter(|account| !account.is_demo);
    store::ask_for_reset(&anyone.app.db, &email, account.map(|account| account.id)).await?;
    Ok(Done::at(paths::ASKED_FOR, "").into_response())
}

/// A link that leads nowhere any more says so, in the same words whatever became of it.
fn over(anyone: &Anyone) -> Response {
    (http::StatusCode::GONE, Page(ResetOver { here: anyone.here() })).into_response()
}

const CHANGED: &str = "Your password is changed, and every sign-in of yours has ended. Sign in with the new one";

async fn swap(_: Anyone, at: paths::Reset) -> Result<Response, Error> {
    swapped(&at.token, COOKIE, paths::NEW_PASSWORD)
}

async fn choose(anyone: Anyone, headers: HeaderMap) -> Result<Response, Error> {
    let token = carried(&headers, COOKIE)?;
    match store::reset_of(&anyone.app.db, &token).await? {
        Some(_) => Ok(Page(reset_page(&anyone, &token, Problems::default()).await?).into_response()),
        None => limits::missed(&anyone.app, anyone.network, Error::NotFound).await.or_else(|error| gone(&anyone, error)),
    }
}

/// A link that opens nothing is told so on a page of its own; whoever tries many is told to wait.
fn gone(anyone: &Anyone, error: Error) -> Result<Response, Error> {
    if matches!(error, Error::NotFound) { Ok(over(anyone)) } else { Err(error) }
}

async fn put(anyone: Anyone, headers: HeaderMap, Form(form): Form<ResetForm>) -> Result<Response, Error> {
    let token = carried(&headers, COOKIE)?;
    match change(&anyone, &token, &form).await {
        Ok(known) => Ok(knowing(known, Done::at(paths::SIGN_IN, CHANGED).into_response())),
        Err(Error::Refused(problems)) => Ok(Again(reset_page(&anyone, &token, problems).await?).into_response()),
        Err(Error::TooMany(wait)) => Ok(wait.told(Again(reset_page(&anyone, &token, wait.at("new_password")).await?))),
        Err(error) => gone(&anyone, error),
    }
}

/// A link that is over: this very form may have used it.
async fn before(anyone: &Anyone, token: &Token, form: &ResetForm) -> Result<Option<Token>, Error> {
    if store::reset_before(&anyone.app.db, token, &form.key).await? {
        return Ok(None);
    }
    limits::missed(&anyone.app, anyone.network, Error::NotFound).await
}

/// Puts the new password in place; one that is not taken spends nothing. The browser is known from then on: whoever has the letter comes
/// in whatever others try meanwhile.
async fn change(anyone: &Anyone, token: &Token, form: &ResetForm) -> Result<Option<Token>, Error> {
    let db = &anyone.app.db;
    other_link(token, &form.link)?;
    let Some((account, email)) = store::reset_of(db, token).await? else { return before(anyone, token, form).await };
    // What a new password needs is told to whoever has a link that leads to one, and to nobody else.
    let beside = factors::factors(db, account).await?.any();
    let new = form.parse(beside).map_err(Error::Refused)?;
    if password::is_easy(&anyone.app, new.clone(), vec![email.clone()], beside).await? {
        return Err(Error::refused("new_password", password::EASY));
    }
    let short = password::is_short(&new);
    let hash = password::hash(&anyone.app, new).await?;
    // Pressed twice at once, the second finds the link spent by the first.
    if store::reset(db, account, (token, &form.key), (&hash, short)).await? {
        // Known only means that what others try delays it no more: a second step is asked for all the same.
        return store::right(db, &Tried::from_network(&email, anyone.network), account).await;
    }
    if store::reset_before(db, token, &form.key).await? { Ok(None) } else { Err(Error::NotFound) }
}
