//! The second step of signing in. That the password was right is kept in the database for ten minutes, and the browser carries only
//! by what it is found; nothing of the site opens by it.

use super::{
    super::{
        forms::{CodeForm, PasskeyForm},
        model::Factors,
        passkeys::{self, Asked, Purpose},
        store::{self, Half},
    },
    fingerprint, refusal, takes, try_code,
};
use crate::{
    accounts::{
        model::{Shown, Tried},
        pages::{knowing, on_to, signed_in},
        paths, store as accounts,
    },
    platform::{
        ids::AccountId,
        prelude::*,
        session::{Token, cookie, set_cookie},
    },
};
use askama::Template;
use http::{HeaderMap, HeaderValue, header};

const COOKIE: &str = "__Host-half";
const SECONDS: i64 = 600;

pub(super) fn routes() -> Routes {
    let example = |form| Example { who: "", path: "", form };
    Routes::new()
        .get(paths::SECOND_STEP, show)
        .post(paths::SECOND_STEP, put, example("code=@code_second"))
        .limited(&limits::SIGN_INS)
        .post(paths::SECOND_STEP_BY_PASSKEY, put_passkey, example("credential=@passkey_second&state=@passkey_second_state"))
        .limited(&limits::SIGN_INS)
}

/// By whom a lost second step was taken away.
const BY_EACH_PLACE: &str = "two people of each agency or body in which they serve";

/// The password was right: on to the second step. Where that is lost, as was confirmed, it goes now, when somebody has shown that they
/// know the password, and no sooner.
pub(in crate::accounts) async fn begin_second_step(app: &App, account: AccountId, (device, next): (&str, &str)) -> Result<Response, Error> {
    if store::forget_lost(&app.db, account, BY_EACH_PLACE).await? {
        return Ok(Done::at(paths::sign_in_then(paths::own(next)), "Your lost second step is gone. Sign in once more").into_response());
    }
    let token = store::begin_half(&app.db, account, (device, paths::own(next))).await?;
    Ok(Done::at(paths::SECOND_STEP, "").with_cookie(set_cookie(COOKIE, token.reveal(), SECONDS)).into_response())
}

/// Whose passkey signs in by itself.
pub(in crate::accounts) async fn by_passkey(anyone: &Anyone, form: &PasskeyForm) -> Result<AccountId, Error> {
    let kept = passkeys::answered(&anyone.app, Purpose::SignIn, form.said()).await?;
    if kept.is_demo && !anyone.demo_may_come_in { Err(Error::NotFound) } else { Ok(kept.account) }
}

#[derive(Template)]
#[template(path = "accounts/second_step.html")]
struct SecondStep {
    here: Here,
    factors: Factors,
    passkey: Option<Asked>,
    problems: Problems,
}

async fn page(anyone: &Anyone, half: &Half, problems: Problems) -> Result<SecondStep, Error> {
    let app = &anyone.app;
    let factors = store::factors(&app.db, half.account).await?;
    let ids = passkeys::ids(app, half.account, &factors.passkeys).await?;
    let passkey = if ids.is_empty() { None } else { passkeys::ask(app, Purpose::Second(half.id), &ids)? };
    Ok(SecondStep { here: anyone.here(), factors, passkey, problems })
}

async fn half_of(app: &App, headers: &HeaderMap) -> Result<Option<Half>, Error> {
    let Some(token) = cookie(headers, COOKIE).and_then(Token::from_text) else { return Ok(None) };
    store::find_half(&app.db, &token).await
}

fn gone() -> HeaderValue {
    set_cookie(COOKIE, "", 0)
}

/// Nobody's second step is waited for: from the beginning.
fn start_again() -> Response {
    Done::at(paths::SIGN_IN, "Sign in once more: the second step is waited for ten minutes, and for five codes")
        .with_cookie(gone())
        .into_response()
}

async fn show(anyone: Anyone, headers: HeaderMap) -> Result<Response, Error> {
    match half_of(&anyone.app, &headers).await?.filter(|half| !half.has_ended) {
        Some(half) => Ok(Page(page(&anyone, &half, Problems::default()).await?).into_response()),
        None => Ok(start_again()),
    }
}

async fn put(anyone: Anyone, headers: HeaderMap, Form(form): Form<CodeForm>) -> Result<Response, Error> {
    let Some(half) = half_of(&anyone.app, &headers).await? else { return Ok(start_again()) };
    if half.has_ended {
        return pressed_again(&anyone, &headers, &half, &form.key).await;
    }
    match by_code(&anyone.app, &headers, &half, &form).await {
        Ok(Some(tried)) => come_in(&anyone, &headers, &half, (Some(tried), &form.key)).await,
        Ok(None) => Ok(start_again()),
        // Another press of this form may have been the first, with this very code.
        Err(Error::Refused(problems)) => {
            let by = fingerprint("second step", &form.key);
            let before = !form.key.is_empty() && store::ended_before(&anyone.app.db, &half, &by).await?;
            if before { begun(&anyone, &headers, &half).await } else { Ok(Again(page(&anyone, &half, problems).await?).into_response()) }
        }
        Err(Error::TooMany(wait)) => Ok(wait.told(Again(page(&anyone, &half, wait.at("code")).await?))),
        Err(error) => Err(error),
    }
}

async fn put_passkey(anyone: Anyone, headers: HeaderMap, Form(form): Form<PasskeyForm>) -> Result<Response, Error> {
    let Some(half) = half_of(&anyone.app, &headers).await? else { return Ok(start_again()) };
    if half.has_ended {
        return pressed_again(&anyone, &headers, &half, &form.key).await;
    }
    match passkeys::answered(&anyone.app, Purpose::Second(half.id), form.said()).await {
        Ok(kept) if kept.account == half.account => come_in(&anyone, &headers, &half, (None, &form.key)).await,
        Ok(_) => Ok(start_again()),
        Err(Error::Refused(problems)) => Ok(Again(page(&anyone, &half, problems).await?).into_response()),
        Err(error) => Err(error),
    }
}

/// The try that was right, or nothing when this half has none left.
async fn by_code(app: &App, headers: &HeaderMap, half: &Half, form: &CodeForm) -> Result<Option<Tried>, Error> {
    let typed = form.parse().map_err(Error::Refused)?;
    let tried = try_code(app, headers, half.account).await?;
    if !store::count_try(&app.db, half).await? {
        return Ok(None);
    }
    if takes(app, half.account, &typed).await? { Ok(Some(tried)) } else { Err(refusal(app, half.account, &typed).await?) }
}

/// Both steps are done. The browser is known from now on where a code was typed: its tries are counted apart from everybody else’s.
async fn come_in(anyone: &Anyone, headers: &HeaderMap, half: &Half, (tried, key): (Option<Tried>, &str)) -> Result<Response, Error> {
    if !store::end_half(&anyone.app.db, half, &fingerprint("second step", key)).await? {
        return pressed_again(anyone, headers, half, key).await;
    }
    let known = match tried {
        Some(tried) => accounts::right(&anyone.app.db, &tried, half.account).await?,
        None => None,
    };
    Ok(knowing(known, begun(anyone, headers, half).await?))
}

/// The same form sent twice: it answers as the first time.
async fn pressed_again(anyone: &Anyone, headers: &HeaderMap, half: &Half, key: &str) -> Result<Response, Error> {
    let before = !key.is_empty() && store::ended_before(&anyone.app.db, half, &fingerprint("second step", key)).await?;
    if before { begun(anyone, headers, half).await } else { Ok(start_again()) }
}

async fn begun(anyone: &Anyone, headers: &HeaderMap, half: &Half) -> Result<Response, Error> {
    let token = accounts::begin_session(&anyone.app.db, half.account, &half.device, Shown::BOTH).await?;
    let mut response = signed_in(anyone, &token, on_to(headers, &half.goes_on_to)).await?;
    response.headers_mut().append(header::SET_COOKIE, gone());
    Ok(response)
}
