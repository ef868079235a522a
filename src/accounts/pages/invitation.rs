//! Taking an invitation up: the link is swapped for a cookie, the person reads who invites them and as what, and comes in.

use super::{
    super::{
        factors,
        forms::{AcceptForm, too_short},
        model::{Code, HowIn, OpenInvitation, Over, Shown},
        password, paths,
        sign_on::{self, House},
        store,
    },
    carried, device, other_link, signed_in, swapped,
    trial::Trial,
};
use crate::platform::{
    ids::AccountId,
    prelude::*,
    proof::ProvedBy,
    session::{self, Token},
};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use http::HeaderMap;

/// The cookie that an invitation's token is swapped for.
pub(in super::super) const COOKIE: &str = "__Host-invitation";

pub(super) fn routes() -> Routes {
    let accepting = "name=New+Person&password=correct-horse-battery-staple";
    Routes::new()
        .get(paths::Invitation::PATH, swap)
        .get(paths::INVITED, invitation)
        .post(paths::INVITED, accept, Example { who: "@invitation", path: "", form: accepting })
        .limited(&limits::COMING_IN)
}

#[derive(Template)]
#[template(path = "accounts/invitation.html")]
struct InvitationPage {
    here: Here,
    open: OpenInvitation,
    /// They come in as a body’s first steward.
    wants_code: bool,
    form: AcceptForm,
    problems: Problems,
    /// By which link the form was opened.
    link: String,
    /// The way in through the agency's own provider, for its own side.
    house: Option<House>,
}

#[derive(Template)]
#[template(path = "accounts/over.html")]
struct OverPage {
    here: Here,
    over: Over,
}

async fn swap(_: Anyone, at: paths::Invitation) -> Result<Response, Error> {
    swapped(&at.token, COOKIE, paths::INVITED)
}

async fn open_invitation(anyone: &Anyone, token: &Token) -> Result<OpenInvitation, Error> {
    let found = store::invitation(&anyone.app.db, token).await?;
    match found.filter(|open| !open.is_demo || anyone.demo_may_come_in) {
        Some(open) => Ok(open),
        None => limits::missed(&anyone.app, anyone.network, Error::NotFound).await,
    }
}

/// An invitation that is over says how, and nothing of who it was for.
fn over_page(anyone: &Anyone, over: Over) -> Response {
    (http::StatusCode::GONE, Page(OverPage { here: anyone.here(), over })).into_response()
}

async fn invitation(anyone: Anyone, headers: HeaderMap) -> Result<Response, Error> {
    let token = carried(&headers, COOKIE)?;
    let open = open_invitation(&anyone, &token).await?;
    if let Some(over) = open.over {
        return Ok(over_page(&anyone, over));
    }
    let form = AcceptForm { name: open.invited.clone(), ..AcceptForm::default() };
    Ok(Page(page(&anyone, open, &token, (form, Problems::default())).await?).into_response())
}

async fn page(
    anyone: &Anyone,
    open: OpenInvitation,
    token: &Token,
    (form, problems): (AcceptForm, Problems),
) -> Result<InvitationPage, Error> {
    let wants_code = store::wants_code(&anyone.app.db, &open).await?;
    let house = if open.own_side { sign_on::house(&anyone.app.db, &open.slug).await? } else { None };
    Ok(InvitationPage { here: anyone.here(), open, wants_code, form, problems, link: token.mark(), house })
}

async fn accept(anyone: Anyone, headers: HeaderMap, Form(form): Form<AcceptForm>) -> Result<Response, Error> {
    let token = carried(&headers, COOKIE)?;
    let open = open_invitation(&anyone, &token).await?;
    if let Some(over) = open.over {
        return match come_in_again(&anyone, &token, form, &device(&headers)).await {
            Err(Error::NotFound) => Ok(over_page(&anyone, over)),
            answer => answer,
        };
    }
    match take_up(&anyone, (&open, &token), &form, &headers).await {
        Ok(Entered::In(session)) => signed_in(&anyone, &session, &format!("/{}", open.slug)).await,
        Ok(Entered::Half) => {
            let account = open.account.ok_or(Error::NotFound)?;
            factors::begin_second_step(&anyone.app, account, (&device(&headers), paths::INVITED)).await
        }
        Err(Error::Refused(problems)) => Ok(Again(page(&anyone, open, &token, (form, problems)).await?).into_response()),
        Err(Error::TooMany(wait)) => Ok(wait.told(Again(page(&anyone, open, &token, (form, wait.at("password"))).await?))),
        Err(error) => Err(error),
    }
}

/// The same form sent twice: the invitation is taken up already, and its password signs that person in as the first time.
/// Everybody else reads that it is over.
async fn come_in_again(anyone: &Anyone, token: &Token, form: AcceptForm, device: &str) -> Result<Response, Error> {
    if form.key.is_empty() {
        return Err(Error::NotFound);
    }
    let taken = store::taken_up(&anyone.app.db, token, &form.key).await?;
    let (account, slug) = taken.filter(|(account, _)| !account.is_demo || anyone.demo_may_come_in).ok_or(Error::NotFound)?;
    if !password::matches(&anyone.app, form.password, account.password_hash, false).await? {
        return Err(Error::NotFound);
    }
    let on = format!("/{slug}");
    match shown_by(anyone, Some(account.id)).await? {
        Some(shown) => signed_in(anyone, &store::begin_session(&anyone.app.db, account.id, device, shown).await?, &on).await,
        None => factors::begin_second_step(&anyone.app, account.id, (device, &on)).await,
    }
}

/// How far somebody came who knows the password.
enum Entered {
    In(Token),
    /// Their second step comes first. Until then the invitation waits: whoever knows a password alone takes up nothing with it.
    Half,
}

/// What whoever knows the password of this account has shown, or nothing where a second step is missing: it was taken lately, in
/// this browser.
async fn shown_by(anyone: &Anyone, known: Option<AccountId>) -> Result<Option<Shown>, Error> {
    let db = &anyone.app.db;
    let Some(account) = known else { return Ok(Some(Shown::PASSWORD)) };
    if !factors::factors(db, account).await?.any() {
        return Ok(Some(Shown::PASSWORD));
    }
    let Some(token) = &anyone.token else { return Ok(None) };
    let found = session::look_up(db, token, "").await?.map(|found| found.person);
    let own = found.filter(|person| person.account == account && person.proof.by != ProvedBy::Sso);
    Ok(own.filter(|person| person.proof.is_double() && person.proof.is_fresh(anyone.app.now())).map(|_| Shown::BOTH))
}

/// What to do about a password that is easy to guess, and not the one of this address either.
const EASY_OR_OTHER: &str = "Enter the password that you sign in with. If you have none yet, choose another one: this one is easy to guess. \
                             Four or five words that have nothing to do with each other, or with you, hold well";

/// The sign-in of whoever takes an invitation up: a new account, or the one of that address with its own password.
async fn take_up(
    anyone: &Anyone,
    (open, link): (&OpenInvitation, &Token),
    form: &AcceptForm,
    headers: &HeaderMap,
) -> Result<Entered, Error> {
    other_link(link, &form.link)?;
    let (name, typed) = form.parse().map_err(Error::Refused)?;
    let code = code_of(anyone, open, form).await?;
    let trial = Trial { app: &anyone.app, headers, network: anyone.network };
    let tried = trial.of(&open.email, open.account).await?;
    let new = with_password(anyone, open, (&name, typed)).await?;
    trial.forget(&open.email, &tried).await?;
    if open.on_both_sides {
        return Err(Error::refused("password", "Ask the body to name somebody else: a steward may not also have a role in the agency"));
    }
    let Some(shown) = shown_by(anyone, open.account).await? else { return Ok(Entered::Half) };
    let new = new.as_ref().map(|hash| (name.as_str(), Some(hash.as_str())));
    let how = HowIn { new, code: code.as_ref(), identity: None, vouching: None, shown, device: &device(headers), key: &form.key };
    store::accept(&anyone.app.db, open, how).await.map(Entered::In)
}

/// Nothing where the address has an account and this is its password; the hash of a new password where it has none. An easy one is
/// refused in the same words, and after as long, whether or not it has.
async fn with_password(anyone: &Anyone, open: &OpenInvitation, (name, typed): (&str, String)) -> Result<Option<String>, Error> {
    let known = vec![open.email.clone(), name.to_owned(), open.agency_name.clone()];
    // Somebody who has a second factor may have a shorter one.
    let short = password::is_short(&typed);
    let easy = password::is_easy(&anyone.app, typed.clone(), known, false).await?;
    let refused = |why: &'static str| {
        if short { Error::refused("password", too_short()) } else { Error::refused("password", if easy { EASY_OR_OTHER } else { why }) }
    };
    if open.account.is_none() && !easy && !short {
        return password::hash(&anyone.app, typed).await.map(Some);
    }
    let stored = if open.account.is_some() { store::password_of(&anyone.app.db, &open.email).await? } else { None };
    if password::matches(&anyone.app, typed, stored, false).await? {
        return Ok(None);
    }
    Err(refused("Enter the password that you sign in with: this is not the one of this address"))
}

/// The second half that a body's first steward comes in with. Each try is counted before anything is compared.
async fn code_of(anyone: &Anyone, open: &OpenInvitation, form: &AcceptForm) -> Result<Option<Code>, Error> {
    if !store::wants_code(&anyone.app.db, open).await? {
        return Ok(None);
    }
    let code = Code::from_text(&form.code).ok_or_else(|| Error::refused("code", "Enter the code of eight letters and numbers"))?;
    if store::count_try(&anyone.app.db, open).await? {
        Ok(Some(code))
    } else {
        Err(Error::refused(
            "code",
            "This code has ended. Ask the agency for a new one: the person who wrote the body’s document down makes it",
        ))
    }
}
