//! One's own account: where one is signed in, another password, and the way out in a hurry.

use super::{
    super::{
        factors::{self, Factors, LostAsked},
        forms::{AddressForm, LanguageForm, PasswordForm},
        model::{AddressChange, HatOnOffer, SignIn},
        password, paths, sign_on, store,
    },
    KEPT_MEANWHILE, own_hats,
    trial::by_account,
};
use crate::{
    mail::Language,
    platform::{
        ids::SessionId,
        prelude::*,
        session::{LINK_COOKIE, SESSION_COOKIE, cookie, set_cookie},
        words,
    },
};
use askama::Template;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::Deserialize;

pub(super) fn routes() -> Routes {
    let example = |who, form| Example { who, path: "", form };
    let password = "current_password=common-table-demo&new_password=five+words+one+after+another";
    Routes::new()
        .get(paths::ACCOUNT, account)
        .post(paths::PASSWORD, change_password, example("staff", password))
        .limited(&limits::SIGN_INS)
        .post(paths::LANGUAGE, choose_language, example("staff", "language=es"))
        .post(paths::ENDED_SESSIONS, end_one, example("staff", "session=@session"))
        .post(paths::EVERYWHERE_ELSE, end_others, example("staff", ""))
        .post(paths::LEAVE_QUICKLY, leave_quickly, example("", ""))
}

#[derive(Template)]
#[template(path = "accounts/account.html")]
pub(super) struct AccountPage {
    here: Here,
    sessions: Vec<SignIn>,
    this: SessionId,
    hats: Vec<HatOnOffer>,
    factors: Factors,
    /// Where it was asked that the second step be left out, as if it were lost.
    lost: Vec<LostAsked>,
    /// What is joined to the account at agencies' providers.
    joined: Vec<sign_on::Joined>,
    /// Providers that could be.
    to_join: Vec<sign_on::House>,
    email: String,
    /// Another address may be asked for: letters leave here, and the person is not of the demonstration.
    may_change: bool,
    /// Another address that waits for answers.
    change: Option<AddressChange>,
    /// In which they are written to.
    language: Language,
    form: AddressForm,
    problems: Problems,
}

impl AccountPage {
    /// A moment as the agencies of this person have it; in UTC where they are in different zones.
    fn stamp(&self, at: &DateTime<Utc>) -> String {
        let mut zones = self.hats.iter().map(|hat| hat.zone.as_str());
        let first = zones.next().filter(|first| zones.all(|other| other == *first));
        let zone: Tz = first.and_then(|zone| zone.parse().ok()).unwrap_or(Tz::UTC);
        format!("{} ({})", words::stamp(*at, zone), at.with_timezone(&zone).format("%Z"))
    }

    /// What a new password needs.
    fn needs(&self) -> String {
        let least = password::least(self.factors.any());
        format!("At least {least} characters; a few words in a row are easy to remember.")
    }
}

async fn page(who: &SignedIn, problems: Problems) -> Result<AccountPage, Error> {
    page_with(who, AddressForm::default(), problems).await
}

/// The page with an address as it was typed.
pub(super) async fn page_with(who: &SignedIn, form: AddressForm, problems: Problems) -> Result<AccountPage, Error> {
    let person = &who.found.person;
    let sessions = store::sessions(&who.app.db, person.account).await?;
    let (hats, _) = own_hats(who).await?;
    let factors = factors::factors(&who.app.db, person.account).await?;
    let mut lost = factors::lost_asked(&who.app.db, person.account).await?;
    lost.retain(|one| factors.was_all_there(one.asked_at));
    let (joined, to_join) = sign_on::own_sign_ons(&who.app.db, person.account).await?;
    let (email, _) = store::own_password(&who.app.db, person.account).await?;
    let change = store::address_change(&who.app.db, person.account).await?;
    let language = store::language(&who.app.db, person.account).await?;
    let may_change = who.app.settings.mail.is_some() && !person.is_demo;
    let (here, this) = (who.here(), person.session);
    Ok(AccountPage { here, sessions, this, hats, factors, lost, joined, to_join, email, may_change, change, language, form, problems })
}

/// The page with what keeps a form of it from being taken.
pub(in crate::accounts) async fn again(who: &SignedIn, problems: Problems) -> Result<Response, Error> {
    Ok(Again(page(who, problems).await?).into_response())
}

async fn account(who: SignedIn) -> Result<Page<AccountPage>, Error> {
    Ok(Page(page(&who, Problems::default()).await?))
}

/// From the next letter on.
async fn choose_language(who: SignedIn, Form(form): Form<LanguageForm>) -> Result<Response, Error> {
    let language = match form.parse() {
        Ok(language) => language,
        Err(problems) => return again(&who, problems).await,
    };
    store::choose_language(&who.app.db, who.found.person.account, language).await?;
    Ok(Done::at(paths::ACCOUNT, "Saved. Letters to you are written in that language from now on").into_response())
}

async fn change_password(who: Fresh, Form(form): Form<PasswordForm>) -> Result<Response, Error> {
    match change(&who, &form).await {
        Ok(()) => Ok(Done::at(paths::ACCOUNT, "Your password is changed. Every other sign-in of yours has ended").into_response()),
        Err(Error::Refused(problems)) => Ok(Again(page(&who, problems).await?).into_response()),
        Err(Error::TooMany(wait)) => Ok(wait.told(Again(page(&who, wait.at("current_password")).await?))),
        Err(error) => Err(error),
    }
}

/// The present password is tried under the same limits as at the sign-in.
async fn change(who: &SignedIn, form: &PasswordForm) -> Result<(), Error> {
    let (app, person) = (&who.app, &who.found.person);
    let beside = factors::factors(&app.db, person.account).await?.any();
    let (email, stored) = store::own_password(&app.db, person.account).await?;
    let (current, new) = match form.parse(beside) {
        Ok(both) => both,
        Err(problems) => return Err(Error::Refused(with_current(who, form, stored, problems).await?)),
    };
    let tried = by_account(app, person.account).await?;
    let is_same = current == new;
    let is_right = password::matches(app, current, stored.clone(), true).await?;
    let is_easy = password::is_easy(app, new.clone(), vec![email, person.name.clone()], beside).await?;
    if !is_right {
        return pressed_again(who, new, stored).await.map_err(|error| and_easy(error, is_easy));
    }
    store::forget(&app.db, &tried).await?;
    if is_same {
        return Err(Error::refused("new_password", "Choose another one: this is the password you have already"));
    }
    if is_easy {
        return Err(Error::refused("new_password", password::EASY));
    }
    let (short, hash) = (password::is_short(&new), password::hash(app, new).await?);
    store::change_password(&app.db, person.account, person.session, (&hash, short)).await
}

/// That the new password is too easy is said beside what is wrong with the present one.
fn and_easy(error: Error, is_easy: bool) -> Error {
    match error {
        Error::Refused(mut problems) if is_easy => {
            problems.add("new_password", password::EASY);
            Error::Refused(problems)
        }
        error => error,
    }
}

/// What is wrong with the present password is said beside what is wrong with the new one.
async fn with_current(who: &SignedIn, form: &PasswordForm, stored: Option<String>, mut problems: Problems) -> Result<Problems, Error> {
    if problems.of("current_password").is_some() {
        return Ok(problems);
    }
    let (app, account) = (&who.app, who.found.person.account);
    let tried = by_account(app, account).await?;
    if password::matches(app, form.current_password.clone(), stored, true).await? {
        store::forget(&app.db, &tried).await?;
    } else {
        problems.add("current_password", "Check the password: it is not the one you sign in with");
    }
    Ok(problems)
}

/// The button was pressed twice: the first press has done it, and the second answers the same, which must be true. Whatever else is
/// typed as the new one is a guess of its own.
async fn pressed_again(who: &SignedIn, new: String, stored: Option<String>) -> Result<(), Error> {
    let (app, person) = (&who.app, &who.found.person);
    let tried = by_account(app, person.account).await?;
    if !password::matches(app, new, stored, true).await? {
        return Err(Error::refused("current_password", "Check the password: it is not the one you sign in with"));
    }
    store::forget(&app.db, &tried).await?;
    for other in store::sessions(&app.db, person.account).await? {
        if other.id != person.session {
            store::end_session(&app.db, person.account, other.id).await?;
        }
    }
    Ok(())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Ended {
    session: String,
}

async fn end_one(who: SignedIn, Form(form): Form<Ended>) -> Result<Response, Error> {
    let session: SessionId = form.session.parse().map_err(|_| Error::NotFound)?;
    if store::end_session(&who.app.db, who.found.person.account, session).await? {
        Ok(Done::at(paths::ACCOUNT, "That sign-in has ended").into_response())
    } else {
        Err(Error::NotFound)
    }
}

/// Everywhere else it ends; what is open here goes on.
async fn end_others(who: SignedIn) -> Result<Response, Error> {
    store::end_others(&who.app.db, who.found.person.account, who.found.person.session).await?;
    Ok(Done::at(paths::ACCOUNT, "Every other sign-in of yours has ended").into_response())
}

/// Leaves for a page that says nothing about anybody. The sign-in ends and the link is forgotten, so that whoever presses
/// “Back” afterwards finds nothing here. Nothing keeps them here: where the sign-in cannot be ended, the browser still forgets it.
async fn leave_quickly(anyone: Anyone, headers: HeaderMap) -> Response {
    if let Some(token) = cookie(&headers, SESSION_COOKIE) {
        match store::end_session_of(&anyone.app.db, token).await {
            Ok(()) | Err(Error::NotFound) => {}
            Err(error) => tracing::warn!(%error, "somebody left quickly, and their sign-in could not be ended; it ends by itself"),
        }
    }
    let mut response = StatusCode::SEE_OTHER.into_response();
    let told = response.headers_mut();
    told.insert(header::LOCATION, HeaderValue::from_static(paths::AWAY));
    told.insert("clear-site-data", HeaderValue::from_static("\"cache\", \"storage\""));
    for gone in KEPT_MEANWHILE.into_iter().chain([SESSION_COOKIE, LINK_COOKIE]) {
        told.append(header::SET_COOKIE, set_cookie(gone, "", 0));
    }
    response
}
