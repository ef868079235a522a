//! A new password for somebody who does not know theirs: by a letter, in the same words whoever asks.

use super::super::{
    forms::{ForgottenForm, ResetForm},
    password, paths, store,
};
use crate::platform::{prelude::*, session::Token};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use serde::Deserialize;

pub(super) fn routes() -> Routes {
    let example = |path, form| Example { who: "", path, form };
    Routes::new()
        .get(paths::FORGOTTEN, forgotten)
        .post(paths::FORGOTTEN, ask, example("", "email=wren@example.org"))
        .get(paths::Reset::PATH, choose)
        .post(paths::Reset::PATH, put, example("token=@reset", "new_password=five+words+one+after+another"))
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
    token: String,
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

async fn choose(anyone: Anyone, at: paths::Reset) -> Result<Response, Error> {
    let token = Token::from_text(&at.token).ok_or(Error::NotFound)?;
    match store::reset_of(&anyone.app.db, &token).await? {
        Some(_) => Ok(Page(ResetPage { here: anyone.here(), problems: Problems::default(), token: at.token }).into_response()),
        None => Ok(over(&anyone)),
    }
}

async fn put(anyone: Anyone, at: paths::Reset, Form(form): Form<ResetForm>) -> Result<Response, Error> {
    let token = Token::from_text(&at.token).ok_or(Error::NotFound)?;
    let new = match form.parse() {
        Ok(new) => new,
        Err(problems) => return Ok(Again(ResetPage { here: anyone.here(), problems, token: at.token }).into_response()),
    };
    let db = &anyone.app.db;
    let changed = match store::reset_of(db, &token).await? {
        Some((_, email)) if password::is_easy(&anyone.app, new.clone(), vec![email.clone()]).await? => {
            let mut problems = Problems::default();
            problems.add("new_password", password::EASY);
            return Ok(Again(ResetPage { here: anyone.here(), problems, token: at.token }).into_response());
        }
        Some((account, _)) => {
            let hash = password::hash(&anyone.app, new).await?;
            // Pressed twice at once, the second finds the link spent by the first.
            store::reset(db, account, (&token, &form.key), &hash).await? || store::reset_before(db, &token, &form.key).await?
        }
        None => store::reset_before(db, &token, &form.key).await?,
    };
    Ok(if changed { Done::at(paths::SIGN_IN, CHANGED).into_response() } else { over(&anyone) })
}
