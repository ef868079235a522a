//! Showing once more that it is oneself, before what is delicate: the password, a code or a passkey. The sign-in gets a new token,
//! and its person goes back to where they were, with what they had typed.

use super::{
    super::{
        forms::{ConfirmForm, PasskeyForm},
        model::Factors,
        passkeys::{self, Asked, Purpose},
        store,
    },
    refusal, takes, try_code,
};
use crate::{
    accounts::{
        pages::{by_account, carrying, on_to},
        password, paths,
        sign_on::{self, House},
        store as accounts,
    },
    platform::{prelude::*, proof::Lack},
};
use askama::Template;
use http::HeaderMap;
use serde::Deserialize;

pub(super) fn routes() -> Routes {
    let example = |who, form| Example { who, path: "", form };
    Routes::new()
        .get(paths::CONFIRM, show)
        .post(paths::CONFIRM, put, example("parent", "password=common-table-demo"))
        .limited(&limits::SIGN_INS)
        .post(paths::CONFIRM_BY_PASSKEY, put_passkey, example("staff", "credential=@passkey_confirms&state=@passkey_confirms_state"))
        .limited(&limits::SIGN_INS)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Way {
    next: String,
}

#[derive(Template)]
#[template(path = "accounts/confirm.html")]
struct Confirm {
    here: Here,
    /// By the password alone, where nothing stands beside it.
    has_password: bool,
    factors: Factors,
    passkey: Option<Asked>,
    /// The agency whose provider vouches for this sign-in: by it, and by nothing of the account's own, it is shown again.
    again: Option<House>,
    next: String,
    problems: Problems,
}

async fn page(who: &SignedIn, next: String, problems: Problems) -> Result<Confirm, Error> {
    let (app, account) = (&who.app, who.found.person.account);
    let factors = store::factors(&app.db, account).await?;
    let has_password = !factors.any() && accounts::own_password(&app.db, account).await?.1.is_some();
    let ids = passkeys::ids(app, account, &factors.passkeys).await?;
    let passkey = if ids.is_empty() { None } else { passkeys::ask(app, Purpose::Confirm(account), &ids)? };
    let again = match who.found.person.proof.vouched_by {
        Some(agency) => sign_on::house_again(&app.db, &who.found.person, agency).await?,
        None => None,
    };
    Ok(Confirm { here: who.here(), has_password, factors, passkey, again, next, problems })
}

async fn show(who: SignedIn, Query(way): Query<Way>) -> Result<Page<Confirm>, Error> {
    Ok(Page(page(&who, way.next, Problems::default()).await?))
}

/// Whoever runs an agency's provider gets to try nothing of the account's own: a sign-in that it vouches for is shown by it again.
fn is_own(who: &SignedIn) -> Result<(), Error> {
    if who.found.person.proof.vouched_by.is_some() { Err(Error::Lacks(Lack::Own)) } else { Ok(()) }
}

async fn put(who: SignedIn, headers: HeaderMap, Form(form): Form<ConfirmForm>) -> Result<Response, Error> {
    is_own(&who)?;
    let field = if form.code().is_some() { "code" } else { "password" };
    let shown = match form.code() {
        Some(Ok(typed)) => by_code(&who, &headers, &typed).await,
        Some(Err(problems)) => Err(Error::Refused(problems)),
        None => by_password(&who, &form).await,
    };
    if let Err(Error::TooMany(wait)) = shown {
        return Ok(wait.told(Again(page(&who, form.next, wait.at(field)).await?)));
    }
    answer(&who, &headers, form.next, shown).await
}

async fn put_passkey(who: SignedIn, headers: HeaderMap, Form(form): Form<PasskeyForm>) -> Result<Response, Error> {
    is_own(&who)?;
    let account = who.found.person.account;
    let shown = match passkeys::answered(&who.app, Purpose::Confirm(account), form.said()).await {
        Ok(kept) if kept.account == account => Ok(true),
        Ok(_) => Err(Error::refused("", "Use a passkey of your own")),
        Err(error) => Err(error),
    };
    answer(&who, &headers, form.next, shown).await
}

/// On to where they were; `shown` says whether by more than a password.
async fn answer(who: &SignedIn, headers: &HeaderMap, next: String, shown: Result<bool, Error>) -> Result<Response, Error> {
    let person = &who.found.person;
    match shown {
        Ok(double) => {
            let token = accounts::renew(&who.app.db, person.account, person.session, Some(double)).await?;
            Ok(carrying(&token, Done::at(on_to(headers, &next), "")))
        }
        Err(Error::Refused(problems)) => Ok(Again(page(who, next, problems).await?).into_response()),
        Err(error) => Err(error),
    }
}

async fn by_code(who: &SignedIn, headers: &HeaderMap, typed: &super::Typed) -> Result<bool, Error> {
    let (app, account) = (&who.app, who.found.person.account);
    let tried = try_code(app, headers, account).await?;
    if !takes(app, account, typed).await? {
        return Err(refusal(app, account, typed).await?);
    }
    accounts::forget(&app.db, &tried).await?;
    Ok(true)
}

async fn by_password(who: &SignedIn, form: &ConfirmForm) -> Result<bool, Error> {
    if form.password.is_empty() || form.password.chars().count() > password::MOST {
        return Err(Error::refused("password", "Enter the password you sign in with"));
    }
    let (app, account) = (&who.app, who.found.person.account);
    // A password is no second factor: whoever has one gives that.
    if store::factors(&app.db, account).await?.any() {
        return Err(Error::refused("code", "Enter the code that your app shows, or use a passkey: your password alone is not enough here"));
    }
    let (_, stored) = accounts::own_password(&app.db, account).await?;
    let tried = by_account(app, account).await?;
    if !password::matches(app, form.password.clone(), stored, true).await? {
        return Err(Error::refused("password", "Check the password: it is not the one you sign in with"));
    }
    accounts::forget(&app.db, &tried).await?;
    Ok(false)
}
