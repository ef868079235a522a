//! Codes from an app: a seed is made, scanned or typed, and asked for from the first right code on.

use super::{
    super::{
        forms::CodeForm,
        model::{Factors, Seed, Typed},
        sealed, store,
    },
    fingerprint, fresh_paper, opened, place, recovery,
};
use crate::{
    accounts::{password, paths, store as accounts},
    platform::prelude::*,
};
use askama::Template;
use http::{HeaderValue, header};

pub(super) fn routes() -> Routes {
    let example = |who, form| Example { who, path: "", form };
    Routes::new()
        .get(paths::CODES, show)
        .post(paths::CODES_SEED, make_seed, example("staff", ""))
        .get(paths::CODES_PICTURE, picture)
        .post(paths::CODES, confirm, example("facilitator", "code=@code_first"))
        .get(paths::NO_CODES, ask_take_away)
        .post(paths::NO_CODES, take_away, example("director", ""))
}

#[derive(Template)]
#[template(path = "accounts/codes.html")]
struct Codes {
    here: Here,
    factors: Factors,
    /// The seed that waits to be confirmed, to be typed.
    seed: Option<String>,
    /// This site has a key to seal a seed with.
    can_be: bool,
    problems: Problems,
}

/// The seed that waits to be confirmed.
async fn waiting(who: &SignedIn) -> Result<Option<Seed>, Error> {
    let account = who.found.person.account;
    match store::seed(&who.app.db, account).await?.filter(|kept| !kept.is_confirmed) {
        Some(kept) => opened(&who.app, account, &kept.sealed).map(Some),
        None => Ok(None),
    }
}

async fn page(who: &SignedIn, problems: Problems) -> Result<Codes, Error> {
    let factors = store::factors(&who.app.db, who.found.person.account).await?;
    let seed = waiting(who).await?.map(|seed| seed.written());
    Ok(Codes { here: who.here(), factors, seed, can_be: sealed::can_be(&who.app), problems })
}

async fn show(who: Confirmed) -> Result<Page<Codes>, Error> {
    Ok(Page(page(&who, Problems::default()).await?))
}

async fn make_seed(who: Confirmed) -> Result<Response, Error> {
    let account = who.found.person.account;
    let sealed = sealed::seal(&who.app, &place(account), Seed::fresh().bytes())?;
    store::put_seed(&who.app.db, account, &sealed).await?;
    Ok(Done::at(paths::CODES, "").into_response())
}

/// Nothing is asked between the picture and the code: whoever began in this sign-in goes on in it.
async fn goes_on(who: &Fresh) -> Result<(), Error> {
    let person = &who.found.person;
    let began = store::seed(&who.app.db, person.account).await?.is_some_and(|kept| kept.made_at >= person.proof.at);
    if began || who.is_confirmed().await? { Ok(()) } else { Err(Error::ConfirmationRequired) }
}

/// Only while the seed waits: afterwards nobody is shown it again.
async fn picture(who: Fresh) -> Result<Response, Error> {
    goes_on(&who).await?;
    let seed = waiting(&who).await?.ok_or(Error::NotFound)?;
    let (email, _) = accounts::own_password(&who.app.db, who.found.person.account).await?;
    let picture = seed.picture(&email).ok_or_else(|| Error::internal("a seed does not fit into a picture"))?;
    let told = [
        (header::CONTENT_TYPE, HeaderValue::from_static("image/svg+xml")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((told, picture).into_response())
}

async fn confirm(who: Fresh, Form(form): Form<CodeForm>) -> Result<Response, Error> {
    goes_on(&who).await?;
    match confirmed(&who, &form).await {
        Ok(done) => Ok(done.into_response()),
        Err(Error::Refused(problems)) => Ok(Again(page(&who, problems).await?).into_response()),
        Err(error) => Err(error),
    }
}

async fn confirmed(who: &SignedIn, form: &CodeForm) -> Result<Done, Error> {
    let (app, person) = (&who.app, &who.found.person);
    let by = fingerprint("codes", &form.key);
    let Typed::Code(code) = form.parse().map_err(Error::Refused)? else {
        return Err(Error::refused("code", "Enter the six digits that your app shows now"));
    };
    let Some(seed) = waiting(who).await? else {
        let before = store::confirmed_before(&app.db, person.account, &by).await?;
        return if before { Ok(recovery::shown_at(person.account, None)) } else { Ok(Done::at(paths::CODES, "")) };
    };
    let wrong = || Error::refused("code", "Check the code: it is not the one that your app shows now. Is the clock of your phone right?");
    let step = seed.step_of(&code, app.now()).ok_or_else(wrong)?;
    let (paper, hashes) = fresh_paper(person.account);
    let made = store::confirm(&app.db, (person.account, person.session), (step, &by), &hashes).await?;
    if made == Some(false) {
        // The codes on paper from before are good beside this as well.
        return Ok(Done::at(paths::ACCOUNT, "Codes are asked for from now on. Every other sign-in of yours has ended"));
    }
    Ok(recovery::shown_at(person.account, Some(paper).filter(|_| made == Some(true))))
}

async fn ask_take_away(who: Confirmed) -> Result<Page<Question>, Error> {
    let factors = store::factors(&who.app.db, who.found.person.account).await?;
    factors.codes_since.ok_or(Error::NotFound)?;
    Ok(Page(Question {
        here: who.here(),
        heading: "Take the codes away?",
        about: "You are no longer asked for a code from your app when you sign in.".to_owned(),
        note: TAKEN_AWAY,
        action: paths::NO_CODES.to_owned(),
        button: "Take the codes away",
        back: paths::ACCOUNT.to_owned(),
    }))
}

/// What taking a second step away means besides.
pub(super) const TAKEN_AWAY: &str = "An agency that asks for a second step lets you in only with another one. Wherever else you are signed in, \
     that ends. A letter tells you of the change.";

async fn take_away(who: Confirmed) -> Result<Response, Error> {
    let (account, session) = (who.found.person.account, who.found.person.session);
    may_go(&who, &store::factors(&who.app.db, account).await?).await?;
    store::remove_codes(&who.app.db, (account, session)).await?;
    Ok(Done::at(paths::ACCOUNT, "Codes are no longer asked for. Every other sign-in of yours has ended").into_response())
}

/// A password that is too short to stand alone does not lose the last thing that stands beside it.
pub(super) async fn may_go(who: &SignedIn, factors: &Factors) -> Result<(), Error> {
    if factors.is_last() && accounts::is_short(&who.app.db, who.found.person.account).await? {
        let least = password::LEAST;
        return Err(Error::refused(
            "",
            format!("Choose a password of at least {least} characters first: yours is enough only beside a second step"),
        ));
    }
    Ok(())
}
