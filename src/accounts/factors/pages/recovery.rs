//! Codes on paper: how many are left, and new ones. They are shown once, from a cookie of their person's own browser, and are
//! nowhere else.

use super::{
    super::{
        model::{Factors, RecoveryCode},
        store,
    },
    fingerprint, fresh_paper,
};
use crate::{
    accounts::paths,
    platform::{
        ids::AccountId,
        prelude::*,
        session::{cookie, set_cookie},
    },
};
use askama::Template;
use chrono::Duration;
use http::{HeaderMap, header};
use serde::Deserialize;

const COOKIE: &str = "__Host-paper";
const SECONDS: i64 = 600;

pub(super) fn routes() -> Routes {
    Routes::new().get(paths::RECOVERY_CODES, show).post(paths::RECOVERY_CODES, make_anew, Example { who: "director", path: "", form: "" })
}

/// On to the page that shows new codes once, or how many are left.
pub(super) fn shown_at(account: AccountId, made: Option<Vec<RecoveryCode>>) -> Done {
    let done = Done::at(paths::RECOVERY_CODES, "Your sign-in has a second step now. Every other sign-in of yours has ended");
    carrying(done, account, made)
}

/// The cookie says whose they are: whoever uses the browser next is not shown them.
fn carrying(done: Done, account: AccountId, made: Option<Vec<RecoveryCode>>) -> Done {
    match made {
        Some(codes) => {
            let written: Vec<String> = codes.iter().map(RecoveryCode::written).collect();
            done.with_cookie(set_cookie(COOKIE, &format!("{}.{}", account.0, written.join(".")), SECONDS))
        }
        None => done,
    }
}

#[derive(Template)]
#[template(path = "accounts/recovery_codes.html")]
struct Paper {
    here: Here,
    factors: Factors,
    /// New ones, shown this once.
    codes: Vec<String>,
}

async fn show(who: Fresh, headers: HeaderMap) -> Result<Response, Error> {
    let account = who.found.person.account;
    let factors = store::factors(&who.app.db, account).await?;
    let (whose, carried) = cookie(&headers, COOKIE).and_then(|text| text.split_once('.')).unwrap_or_default();
    let carried = if whose == account.0.to_string() { carried } else { "" };
    let codes = carried.split('.').filter_map(RecoveryCode::from_text).map(|code| code.written()).collect();
    let mut response = Page(Paper { here: who.here(), factors, codes }).into_response();
    response.headers_mut().append(header::SET_COOKIE, set_cookie(COOKIE, "", 0));
    Ok(response)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Anew {
    key: String,
}

async fn make_anew(who: Confirmed, Form(form): Form<Anew>) -> Result<Response, Error> {
    let (app, account, session) = (&who.app, who.found.person.account, who.found.person.session);
    if !store::factors(&app.db, account).await?.any() {
        return Err(Error::NotFound);
    }
    let done = Done::at(paths::RECOVERY_CODES, "The codes that you had before open nothing now");
    let form = fingerprint(&format!("recovery codes of {account}"), &form.key);
    if !store::spend(&app.db, &form, (&form, app.now() + Duration::days(1))).await?.is_first() {
        return Ok(done.into_response());
    }
    let (paper, hashes) = fresh_paper(account);
    store::make_anew(&app.db, (account, session), &hashes).await?;
    Ok(carrying(done, account, Some(paper)).into_response())
}
