//! Another address for one's sign-in: asked for while signed in, and done when the old address and the new one have both said yes, each by
//! the link in a letter of its own. Opening a link says nothing: a button does.

use super::{
    super::{
        forms::{AddressForm, WordForm},
        model::AddressWord,
        paths, store,
    },
    carried, other_link, own, swapped,
};
use crate::platform::{
    access::Fresh,
    prelude::*,
    session::{Token, set_cookie},
};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use http::HeaderMap;

/// The token of a link about an address.
const COOKIE: &str = "__Host-address";

pub(super) fn routes() -> Routes {
    let example = |who, form| Example { who, path: "", form };
    Routes::new()
        .post(paths::ADDRESS, ask, example("staff", "address=another%40example.org"))
        .limited(&limits::RESETS)
        .post(paths::ADDRESS_BACK, take_back, example("staff", ""))
        .get(paths::AddressLink::PATH, swap)
        .get(paths::ADDRESS_WORD, show)
        .post(paths::ADDRESS_WORD, say, example("@address", "said=yes"))
        .limited(&limits::RESETS)
}

#[derive(Template)]
#[template(path = "accounts/address.html")]
struct AddressPage {
    here: Here,
    word: AddressWord,
    link: String,
    problems: Problems,
}

#[derive(Template)]
#[template(path = "accounts/address_over.html")]
struct AddressOver {
    here: Here,
}

/// Asks both addresses, in the same way whether or not somebody signs in with the new one.
async fn ask(who: Fresh, Form(form): Form<AddressForm>) -> Result<Response, Error> {
    let (app, person) = (&who.app, &who.found.person);
    if app.settings.mail.is_none() {
        return Ok(Done::at(paths::ACCOUNT, "Nothing was sent: this site sends no letters").into_response());
    }
    if person.is_demo {
        return Ok(Done::at(paths::ACCOUNT, "Nothing was sent: the people of the demonstration keep their addresses").into_response());
    }
    let wanted = match form.parse() {
        Ok(wanted) => wanted,
        Err(problems) => return Ok(Again(own::page_with(&who, form, problems).await?).into_response()),
    };
    match store::ask_for_address(&app.db, person.account, &wanted).await {
        Err(Error::Refused(problems)) => return Ok(Again(own::page_with(&who, form, problems).await?).into_response()),
        asked => asked?,
    }
    Ok(Done::at(paths::ACCOUNT, "A letter is on its way to each of the two addresses").into_response())
}

async fn take_back(who: SignedIn) -> Result<Response, Error> {
    store::keep_address(&who.app.db, who.found.person.account).await?;
    Ok(Done::at(paths::ACCOUNT, "You keep the address you have").into_response())
}

async fn swap(_: Anyone, at: paths::AddressLink) -> Result<Response, Error> {
    swapped(&at.token, COOKIE, paths::ADDRESS_WORD)
}

fn over(anyone: &Anyone) -> Response {
    (http::StatusCode::GONE, Page(AddressOver { here: anyone.here() })).into_response()
}

async fn show(anyone: Anyone, headers: HeaderMap) -> Result<Response, Error> {
    let token = carried(&headers, COOKIE)?;
    Ok(match store::address_word(&anyone.app.db, &token).await? {
        Some(word) => Page(page(&anyone, word, &token, Problems::default())).into_response(),
        None => over(&anyone),
    })
}

fn page(anyone: &Anyone, word: AddressWord, token: &Token, problems: Problems) -> AddressPage {
    AddressPage { here: anyone.here(), word, link: token.mark(), problems }
}

async fn say(anyone: Anyone, headers: HeaderMap, Form(form): Form<WordForm>) -> Result<Response, Error> {
    let token = carried(&headers, COOKIE)?;
    let db = &anyone.app.db;
    let Some(word) = store::address_word(db, &token).await? else { return Ok(over(&anyone)) };
    let said = match other_link(&token, &form.link).and_then(|()| form.parse().map_err(Error::Refused)) {
        Ok(said) => said,
        Err(Error::Refused(problems)) => return Ok(Again(page(&anyone, word, &token, problems)).into_response()),
        Err(error) => return Err(error),
    };
    let came = if said { store::say_yes(db, &word).await } else { store::stop_address(db, &word).await };
    let came = match came {
        Err(Error::LinkOver) => return Ok(over(&anyone)),
        came => came?,
    };
    Ok(Done::at(paths::SIGN_IN, came.words()).with_cookie(set_cookie(COOKIE, "", 0)).into_response())
}
