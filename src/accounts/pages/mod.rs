//! Signing in and out, changing hats, taking an invitation up; one's own account stands apart.

mod own;
mod reset;

use super::{
    forms::{AcceptForm, SignInForm},
    model::{Code, HatOnOffer, KNOWN_DAYS, OpenInvitation, Over, TakenHat, Tried},
    parked, password, paths, store,
};
use crate::platform::{
    ids::{AccountId, MembershipId},
    prelude::*,
    session::{COOKIE_HOURS, SESSION_COOKIE, Token, cookie, set_cookie},
};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use http::{HeaderMap, HeaderValue, header};
use serde::Deserialize;

/// By this a browser is known that signed in before.
const KNOWN_COOKIE: &str = "__Host-known";

/// The routes of this slice.
#[must_use]
pub fn routes() -> Routes {
    let example = |who, path, form| Example { who, path, form };
    Routes::new()
        .get(paths::ROOT, root)
        .get(paths::SIGN_IN, sign_in)
        .post(paths::SIGN_IN, begin, example("", "", "email=staff@demo.example&password=common-table-demo"))
        .post(paths::SIGN_OUT, end, example("staff", "", ""))
        .get(paths::HATS, hats)
        .post(paths::HATS, wear, example("director", "", "membership=@director"))
        .get(paths::PARKED, nothing_kept)
        .get(paths::Invitation::PATH, invitation)
        .post(paths::Invitation::PATH, accept, example("", "token=@invitation", "name=New+Person&password=correct-horse-battery-staple"))
        .join(own::routes())
        .join(reset::routes())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Way {
    next: String,
    again: String,
}

#[derive(Template)]
#[template(path = "accounts/sign_in.html")]
struct SignInPage {
    here: Here,
    form: SignInForm,
    problems: Problems,
    again: bool,
    demo: bool,
}

#[derive(Template)]
#[template(path = "accounts/hats.html")]
struct HatsPage {
    here: Here,
    hats: Vec<HatOnOffer>,
    /// Those that were taken from them until further notice.
    suspended: Vec<TakenHat>,
    next: String,
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
    token: String,
}

#[derive(Template)]
#[template(path = "accounts/over.html")]
struct OverPage {
    here: Here,
    over: Over,
}

/// Leads on: to the one agency, or to the choice of hats, where somebody also reads which was taken from them, and why.
async fn root(who: SignedIn) -> Result<Response, Error> {
    let (db, account) = (&who.app.db, who.found.person.account);
    let hats = store::hats(db, account).await?;
    Ok(match hats.as_slice() {
        [only] if store::taken(db, account).await?.is_empty() => Done::at(format!("/{}", only.slug), ""),
        _ => Done::at(paths::HATS, ""),
    }
    .into_response())
}

async fn sign_in(anyone: Anyone, Query(way): Query<Way>) -> Page<SignInPage> {
    let form = SignInForm { next: way.next, ..SignInForm::default() };
    Page(SignInPage { here: anyone.here(), form, problems: Problems::default(), again: way.again == "yes", demo: anyone.demo_may_come_in })
}

async fn begin(anyone: Anyone, headers: HeaderMap, Form(form): Form<SignInForm>) -> Result<Response, Error> {
    let again = |form, problems| Again(SignInPage { here: anyone.here(), form, problems, again: false, demo: anyone.demo_may_come_in });
    let (email, typed) = match form.parse() {
        Ok(parsed) => parsed,
        Err(problems) => return Ok(again(form, problems).into_response()),
    };
    let account = store::account_of(&anyone.app.db, &email).await?.filter(|account| !account.is_demo || anyone.demo_may_come_in);
    let tried = match try_of(&anyone.app, &headers, &email, account.as_ref().map(|account| account.id)).await {
        Err(Error::Refused(problems)) => return Ok(again(form, problems).into_response()),
        tried => tried?,
    };
    let stored = account.as_ref().and_then(|account| account.password_hash.clone());
    let right = password::matches(&anyone.app, typed, stored).await?;
    let Some(account) = account.filter(|_| right) else {
        let mut problems = Problems::default();
        problems.add("email", "Check the email address and the password: they do not go together");
        return Ok(again(form, problems).into_response());
    };
    let known = store::right(&anyone.app.db, &tried, account.id).await?;
    let token = store::begin_session(&anyone.app.db, account.id, &device(&headers)).await?;
    let on = if parked::waits(&headers) { paths::PARKED } else { paths::own(&form.next) };
    Ok(knowing(known, signed_in(&token, on)))
}

/// Counts a try of a password for this address. One that comes too early is refused in the same words for every address.
async fn try_of(app: &App, headers: &HeaderMap, email: &str, account: Option<AccountId>) -> Result<Tried, Error> {
    let device = cookie(headers, KNOWN_COOKIE).and_then(Token::from_text);
    let tried = store::tried(&app.db, email, account, device.as_ref()).await?;
    match store::count(&app.db, &tried).await? {
        None => Ok(tried),
        Some(left) => {
            let minutes = (left.num_seconds() + 59) / 60;
            let wait = if minutes <= 1 { "a minute".to_owned() } else { format!("{minutes} minutes") };
            Err(Error::refused("password", format!("Wait {wait} before you try again: several passwords were tried for this address")))
        }
    }
}

/// The answer lets the browser be known from now on.
fn knowing(known: Option<Token>, mut response: Response) -> Response {
    if let Some(token) = known {
        response.headers_mut().append(header::SET_COOKIE, set_cookie(KNOWN_COOKIE, token.reveal(), KNOWN_DAYS * 86_400));
    }
    response
}

/// The answer that carries a new sign-in.
fn signed_in(token: &Token, on: &str) -> Response {
    let mut response = Done::at(on, "").into_response();
    response.headers_mut().append(header::SET_COOKIE, set_cookie(SESSION_COOKIE, token.reveal(), COOKIE_HOURS * 3600));
    response
}

/// What the browser calls itself, shortened.
fn device(headers: &HeaderMap) -> String {
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let browser =
        ["Edg/", "Firefox/", "Chrome/", "Safari/"].into_iter().find(|name| agent.contains(name)).map_or("a browser", |name| match name {
            "Edg/" => "Edge",
            other => other.trim_end_matches('/'),
        });
    let system = ["Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux"]
        .into_iter()
        .find(|name| agent.contains(name))
        .unwrap_or("an unknown device");
    format!("{browser} on {system}")
}

async fn end(who: SignedIn) -> Result<Response, Error> {
    store::end_session(&who.app.db, who.found.person.account, who.found.person.session).await?;
    let mut response = Done::at(paths::SIGN_IN, "You have signed out").into_response();
    response.headers_mut().append(header::SET_COOKIE, set_cookie(SESSION_COOKIE, "", 0));
    response.headers_mut().insert("clear-site-data", HeaderValue::from_static("\"cache\", \"storage\""));
    Ok(response)
}

/// Nothing is kept for whoever asks, or it was another person's text: their browser forgets it.
async fn nothing_kept(_: SignedIn) -> Response {
    Done::at(paths::ROOT, "").with_cookie(parked::gone()).into_response()
}

async fn hats(who: SignedIn, Query(way): Query<Way>) -> Result<Page<HatsPage>, Error> {
    let hats = store::hats(&who.app.db, who.found.person.account).await?;
    let suspended = store::taken(&who.app.db, who.found.person.account).await?;
    Ok(Page(HatsPage { here: who.here(), hats, suspended, next: way.next }))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Choose {
    membership: String,
    next: String,
}

async fn wear(who: SignedIn, headers: HeaderMap, Form(choice): Form<Choose>) -> Result<Response, Error> {
    let person = &who.found.person;
    let wanted: MembershipId = choice.membership.parse().map_err(|_| Error::NotFound)?;
    let hats = store::hats(&who.app.db, person.account).await?;
    let hat = hats.iter().find(|hat| hat.membership == wanted).ok_or(Error::NotFound)?;
    store::wear(&who.app.db, person.account, person.session, hat).await?;
    let home = format!("/{}", hat.slug);
    let within = |address: &&str| address.strip_prefix(&home).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']));
    let on = Some(paths::own(&choice.next)).filter(within).unwrap_or(&home);
    Ok(Done::at(if parked::waits(&headers) { paths::PARKED } else { on }, "You have changed your role").into_response())
}

async fn open_invitation(anyone: &Anyone, token: &str) -> Result<OpenInvitation, Error> {
    let token = Token::from_text(token).ok_or(Error::NotFound)?;
    let open = store::invitation(&anyone.app.db, &token).await?.ok_or(Error::NotFound)?;
    if open.is_demo && !anyone.demo_may_come_in { Err(Error::NotFound) } else { Ok(open) }
}

/// An invitation that is over says how, and nothing of who it was for.
fn over_page(anyone: &Anyone, over: Over) -> Response {
    (http::StatusCode::GONE, Page(OverPage { here: anyone.here(), over })).into_response()
}

async fn invitation(anyone: Anyone, at: paths::Invitation) -> Result<Response, Error> {
    let open = open_invitation(&anyone, &at.token).await?;
    if let Some(over) = open.over {
        return Ok(over_page(&anyone, over));
    }
    let wants_code = store::wants_code(&anyone.app.db, &open).await?;
    let form = AcceptForm { name: open.invited.clone(), ..AcceptForm::default() };
    let problems = Problems::default();
    Ok(Page(InvitationPage { here: anyone.here(), open, wants_code, form, problems, token: at.token }).into_response())
}

async fn accept(anyone: Anyone, at: paths::Invitation, headers: HeaderMap, Form(form): Form<AcceptForm>) -> Result<Response, Error> {
    let open = open_invitation(&anyone, &at.token).await?;
    if let Some(over) = open.over {
        return match come_in_again(&anyone, &at.token, form, &device(&headers)).await {
            Err(Error::NotFound) => Ok(over_page(&anyone, over)),
            answer => answer,
        };
    }
    match take_up(&anyone, &open, &form, &headers).await {
        Ok(token) => Ok(signed_in(&token, &format!("/{}", open.slug))),
        Err(Error::Refused(problems)) => {
            let wants_code = store::wants_code(&anyone.app.db, &open).await?;
            Ok(Again(InvitationPage { here: anyone.here(), open, wants_code, form, problems, token: at.token }).into_response())
        }
        Err(error) => Err(error),
    }
}

/// The same form sent twice: the invitation is taken up already, and its password signs that person in as the first time.
/// Everybody else reads that it is over.
async fn come_in_again(anyone: &Anyone, token: &str, form: AcceptForm, device: &str) -> Result<Response, Error> {
    let token = Token::from_text(token).filter(|_| !form.key.is_empty()).ok_or(Error::NotFound)?;
    let taken = store::taken_up(&anyone.app.db, &token, &form.key).await?;
    let (account, slug) = taken.filter(|(account, _)| !account.is_demo || anyone.demo_may_come_in).ok_or(Error::NotFound)?;
    if !password::matches(&anyone.app, form.password, account.password_hash).await? {
        return Err(Error::NotFound);
    }
    Ok(signed_in(&store::begin_session(&anyone.app.db, account.id, device).await?, &format!("/{slug}")))
}

/// What to do about a password that is easy to guess, and not the one of this address either.
const EASY_OR_OTHER: &str = "Enter the password that you sign in with. If you have none yet, choose another one: this one is easy to guess. \
                             Four or five words that have nothing to do with each other, or with you, hold well";

/// The sign-in of whoever takes an invitation up: a new account, or the one of that address with its own password.
async fn take_up(anyone: &Anyone, open: &OpenInvitation, form: &AcceptForm, headers: &HeaderMap) -> Result<Token, Error> {
    let (name, typed) = form.parse().map_err(Error::Refused)?;
    let code = code_of(anyone, open, form).await?;
    let tried = try_of(&anyone.app, headers, &open.email, open.account).await?;
    let new = with_password(anyone, open, (&name, typed)).await?;
    store::forget(&anyone.app.db, &tried).await?;
    if open.on_both_sides {
        return Err(Error::refused("password", "Ask the body to name somebody else: a steward may not also have a role in the agency"));
    }
    let new = new.as_ref().map(|hash| (name.as_str(), hash.as_str()));
    store::accept(&anyone.app.db, open, new, code.as_ref(), (&device(headers), &form.key)).await
}

/// Nothing where the address has an account and this is its password; the hash of a new password where it has none. An easy one is
/// refused in the same words, and after as long, whether or not it has.
async fn with_password(anyone: &Anyone, open: &OpenInvitation, (name, typed): (&str, String)) -> Result<Option<String>, Error> {
    let known = vec![open.email.clone(), name.to_owned(), open.agency_name.clone()];
    let easy = password::is_easy(&anyone.app, typed.clone(), known).await?;
    let refused = |why: &'static str| Error::refused("password", if easy { EASY_OR_OTHER } else { why });
    if open.account.is_none() && !easy {
        return password::hash(&anyone.app, typed).await.map(Some);
    }
    let stored = if open.account.is_some() { store::password_of(&anyone.app.db, &open.email).await? } else { None };
    if password::matches(&anyone.app, typed, stored).await? {
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
