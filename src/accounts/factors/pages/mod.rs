//! Setting second factors up and taking them away, the second step of signing in, and showing once more that it is oneself.

mod codes;
mod confirm;
mod lost;
mod passkeys;
mod recovery;
mod second;

pub(in super::super) use second::{begin_second_step, by_passkey};

use super::{
    model::{RECOVERY_CODES, RecoveryCode, Seed, Typed, place},
    sealed, store,
};
use crate::{
    accounts::{model::Tried, pages::KNOWN_COOKIE, store as accounts},
    platform::{
        ids::AccountId,
        limits::Wait,
        prelude::*,
        session::{Token, cookie},
    },
};
use http::HeaderMap;
use sha2::{Digest as _, Sha256};

/// The routes of this slice.
pub(in super::super) fn routes() -> Routes {
    second::routes().join(confirm::routes()).join(codes::routes()).join(recovery::routes()).join(passkeys::routes()).join(lost::routes())
}

/// The seed of an account, opened.
fn opened(app: &App, account: AccountId, sealed: &[u8]) -> Result<Seed, Error> {
    sealed::open(app, &place(account), sealed)
        .map(Seed::of)
        .ok_or_else(|| Error::internal("a seed does not open: is SITE_KEY another one?"))
}

/// By what a form is known that is sent twice.
fn fingerprint(of: &str, key: &str) -> Vec<u8> {
    Sha256::digest(format!("{of} {key}")).to_vec()
}

/// New codes on paper, and what is kept of them.
fn fresh_paper(account: AccountId) -> (Vec<RecoveryCode>, Vec<Vec<u8>>) {
    let codes: Vec<RecoveryCode> = (0..RECOVERY_CODES).map(|_| RecoveryCode::fresh()).collect();
    let hashes = codes.iter().map(|code| code.hash(account)).collect();
    (codes, hashes)
}

/// Counts a try of a code for this account, before anything is compared. One that comes too early is refused.
async fn try_code(app: &App, headers: &HeaderMap, account: AccountId) -> Result<Tried, Error> {
    let device = cookie(headers, KNOWN_COOKIE).and_then(Token::from_text);
    // For the account alone, wherever from: whoever tries knows its password.
    let tried = accounts::tried(&app.db, (&format!("second step of {account}"), Some(account)), device.as_ref(), None).await?;
    match accounts::count(&app.db, &tried).await? {
        None => Ok(tried),
        Some(left) => Err(Error::TooMany(Wait::of(left))),
    }
}

/// Whether it is a code that stands now and was not taken before, or one from paper that is left: then it is used up.
async fn takes(app: &App, account: AccountId, typed: &Typed) -> Result<bool, Error> {
    match typed {
        Typed::Recovery(code) => store::use_up(&app.db, account, &code.hash(account)).await,
        Typed::Code(code) => {
            let Some(kept) = store::seed(&app.db, account).await?.filter(|kept| kept.is_confirmed) else { return Ok(false) };
            let seed = opened(app, account, &kept.sealed)?;
            match seed.step_of(code, app.now()) {
                Some(step) => store::take_step(&app.db, account, step).await,
                None => Ok(false),
            }
        }
    }
}

/// What to do about a code that is not taken.
const WRONG_CODE: &str = "Check the code: it is not the one that your app shows now, or it was used already. Wait for the next one";

/// The same of the one that was typed: whether a recovery code was theirs is told to whoever knows their password.
async fn refusal(app: &App, account: AccountId, typed: &Typed) -> Result<Error, Error> {
    let Typed::Recovery(code) = typed else { return Ok(Error::refused("code", WRONG_CODE)) };
    let said = if store::is_used_up(&app.db, account, &code.hash(account)).await? {
        "This recovery code was used already: each is good once. Enter another of yours"
    } else {
        "Check the recovery code: it is not one of those that you were given last"
    };
    Ok(Error::refused("code", said))
}
