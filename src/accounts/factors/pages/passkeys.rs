//! One's own passkeys: several, each by a name; adding one and taking one away.

use super::{
    super::{
        forms::PasskeyForm,
        passkeys::{self, Asked},
        store,
    },
    codes::{TAKEN_AWAY, may_go},
    fresh_paper, recovery,
};
use crate::{
    accounts::{paths, store as accounts},
    platform::prelude::*,
};
use askama::Template;
use axum_extra::routing::TypedPath as _;

/// So many a person has at most.
const MOST: usize = 20;

pub(super) fn routes() -> Routes {
    let example = |who, path, form| Example { who, path, form };
    Routes::new()
        .get(paths::NEW_PASSKEY, new)
        .post(paths::PASSKEYS, create, example("staff", "", "name=My+phone&credential=@passkey_new&state=@passkey_new_state"))
        .get(paths::NoPasskey::PATH, ask_take_away)
        .post(paths::NoPasskey::PATH, take_away, example("analyst", "passkey=@passkey_of_analyst", ""))
}

#[derive(Template)]
#[template(path = "accounts/new_passkey.html")]
struct New {
    here: Here,
    form: PasskeyForm,
    passkey: Option<Asked>,
    problems: Problems,
}

async fn page(who: &SignedIn, form: PasskeyForm, problems: Problems) -> Result<New, Error> {
    let (app, person) = (&who.app, &who.found.person);
    let have = store::credential_ids(&app.db, person.account).await?;
    let (email, _) = accounts::own_password(&app.db, person.account).await?;
    let passkey = passkeys::ask_for_new(app, (person.account, &email, &person.name), have)?;
    Ok(New { here: who.here(), form, passkey, problems })
}

async fn new(who: Confirmed) -> Result<Page<New>, Error> {
    Ok(Page(page(&who, PasskeyForm::default(), Problems::default()).await?))
}

async fn create(who: Confirmed, Form(form): Form<PasskeyForm>) -> Result<Response, Error> {
    match add(&who, &form).await {
        Ok(done) => Ok(done.into_response()),
        Err(Error::Refused(problems)) => Ok(Again(page(&who, form, problems).await?).into_response()),
        Err(error) => Err(error),
    }
}

const ONE_MORE: &str = "Passkey added. Every other sign-in of yours has ended";

async fn add(who: &SignedIn, form: &PasskeyForm) -> Result<Done, Error> {
    let (app, person) = (&who.app, &who.found.person);
    let name = form.parse_name().map_err(Error::Refused)?;
    let made = passkeys::made(app, person.account, form.said()).await?;
    let factors = store::factors(&app.db, person.account).await?;
    let Some(made) = made else {
        // Pressed again: the answer from before.
        let is_first = factors.codes_since.is_none() && factors.passkeys.len() < 2;
        return Ok(if is_first { recovery::shown_at(person.account, None) } else { Done::at(paths::ACCOUNT, ONE_MORE) });
    };
    if factors.passkeys.len() >= MOST {
        return Err(Error::refused("", "Take one of your passkeys away first: you have as many as can be kept"));
    }
    let (paper, hashes) = fresh_paper(person.account);
    let new = store::add_passkey(&app.db, (person.account, person.session), (&name, &made), &hashes).await?;
    if new { Ok(recovery::shown_at(person.account, Some(paper))) } else { Ok(Done::at(paths::ACCOUNT, ONE_MORE)) }
}

async fn ask_take_away(who: Confirmed, at: paths::NoPasskey) -> Result<Page<Question>, Error> {
    let name = store::find_passkey(&who.app.db, who.found.person.account, at.passkey).await?.ok_or(Error::NotFound)?;
    Ok(Page(Question {
        here: who.here(),
        heading: "Take this passkey away?",
        about: format!("“{name}” no longer signs you in here. Your device may keep it; take it away there too."),
        note: TAKEN_AWAY,
        action: at.to_string(),
        button: "Take the passkey away",
        back: paths::ACCOUNT.to_owned(),
    }))
}

async fn take_away(who: Confirmed, at: paths::NoPasskey) -> Result<Response, Error> {
    let (account, session) = (who.found.person.account, who.found.person.session);
    may_go(&who, &store::factors(&who.app.db, account).await?).await?;
    store::remove_passkey(&who.app.db, (account, session), at.passkey).await?;
    Ok(Done::at(paths::ACCOUNT, "That passkey no longer signs you in. Every other sign-in of yours has ended").into_response())
}
