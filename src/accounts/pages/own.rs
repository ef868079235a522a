//! One's own account: where one is signed in, another password, and the way out in a hurry.

use super::{
    super::{
        forms::PasswordForm,
        model::{HatOnOffer, SignIn},
        password, paths, store,
    },
    try_of,
};
use crate::platform::{
    ids::SessionId,
    prelude::*,
    session::{LINK_COOKIE, SESSION_COOKIE, cookie, set_cookie},
};
use askama::Template;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::Deserialize;

pub(super) fn routes() -> Routes {
    let example = |who, form| Example { who, path: "", form };
    let password = "current_password=common-table-demo&new_password=five+words+one+after+another";
    Routes::new()
        .get(paths::ACCOUNT, account)
        .post(paths::PASSWORD, change_password, example("staff", password))
        .post(paths::ENDED_SESSIONS, end_one, example("staff", "session=@session"))
        .post(paths::LEAVE_QUICKLY, leave_quickly, example("", ""))
}

#[derive(Template)]
#[template(path = "accounts/account.html")]
struct AccountPage {
    here: Here,
    sessions: Vec<SignIn>,
    this: SessionId,
    hats: Vec<HatOnOffer>,
    problems: Problems,
}

async fn page(who: &SignedIn, problems: Problems) -> Result<AccountPage, Error> {
    let person = &who.found.person;
    let sessions = store::sessions(&who.app.db, person.account).await?;
    let hats = store::hats(&who.app.db, person.account).await?;
    Ok(AccountPage { here: who.here(), sessions, this: person.session, hats, problems })
}

async fn account(who: SignedIn) -> Result<Page<AccountPage>, Error> {
    Ok(Page(page(&who, Problems::default()).await?))
}

async fn change_password(who: SignedIn, headers: HeaderMap, Form(form): Form<PasswordForm>) -> Result<Response, Error> {
    match change(&who, &headers, &form).await {
        Ok(()) => Ok(Done::at(paths::ACCOUNT, "Your password is changed. Every other sign-in of yours has ended").into_response()),
        Err(Error::Refused(problems)) => Ok(Again(page(&who, problems).await?).into_response()),
        Err(error) => Err(error),
    }
}

/// The present password is tried under the same limits as at the sign-in.
async fn change(who: &SignedIn, headers: &HeaderMap, form: &PasswordForm) -> Result<(), Error> {
    let (current, new) = form.parse().map_err(Error::Refused)?;
    let (app, person) = (&who.app, &who.found.person);
    let (email, stored) = store::own_password(&app.db, person.account).await?;
    let tried = try_of(app, headers, &email, Some(person.account)).await.map_err(at_current)?;
    let is_same = current == new;
    if !password::matches(app, current, stored.clone()).await? {
        return pressed_again(who, headers, &email, new, stored).await;
    }
    store::forget(&app.db, &tried).await?;
    if is_same {
        return Err(Error::refused("new_password", "Choose another one: this is the password you have already"));
    }
    if password::is_easy(app, new.clone(), vec![email, person.name.clone()]).await? {
        return Err(Error::refused("new_password", password::EASY));
    }
    let hash = password::hash(app, new).await?;
    store::change_password(&app.db, person.account, person.session, &hash).await
}

/// The button was pressed twice: the first press has done it, and the second answers the same, which must be true. Whatever else is
/// typed as the new one is a guess of its own.
async fn pressed_again(who: &SignedIn, headers: &HeaderMap, email: &str, new: String, stored: Option<String>) -> Result<(), Error> {
    let (app, person) = (&who.app, &who.found.person);
    let tried = try_of(app, headers, email, Some(person.account)).await.map_err(at_current)?;
    if !password::matches(app, new, stored).await? {
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

/// What the sign-in says about its one password is said here about the present one.
fn at_current(error: Error) -> Error {
    let Error::Refused(problems) = error else { return error };
    let mut here = Problems::default();
    problems.list().iter().for_each(|one| here.add("current_password", one.message.clone()));
    Error::Refused(here)
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
    for gone in [SESSION_COOKIE, LINK_COOKIE] {
        told.append(header::SET_COOKIE, set_cookie(gone, "", 0));
    }
    response
}
