//! Text typed after a sign-in had ended, or under a hat that may not send it: kept for an hour, sealed with a key that only the
//! browser holds, for the account that had the sign-in. It is shown again in its form, never sent by itself. Passwords and files
//! are not kept.

use super::store;
use crate::platform::{
    app::App,
    error::Error,
    extract::FORM_LIMIT,
    ids::AccountId,
    session::{self, SESSION_COOKIE, Token, cookie, set_cookie},
};
use bytes::Bytes;
use chacha20poly1305::{ChaCha20Poly1305, Key, KeyInit as _, Nonce, aead::Aead as _};
use chrono::Duration;
use http::{HeaderMap, HeaderValue};
use sha2::{Digest as _, Sha256};

const COOKIE: &str = "__Host-parked";
const HOURS: i64 = 1;
const MOST: usize = FORM_LIMIT;

/// Whether the browser carries one.
#[must_use]
pub fn waits(headers: &HeaderMap) -> bool {
    cookie(headers, COOKIE).is_some()
}

/// Takes the cookie away.
#[must_use]
pub fn gone() -> HeaderValue {
    set_cookie(COOKIE, "", 0)
}

/// Keeps a form's fields for whoever had the sign-in that this browser still carries; answers the cookie that opens them.
///
/// # Errors
/// When the database is away.
pub async fn keep(app: &App, headers: &HeaderMap, path: &str, body: &[u8]) -> Result<Option<HeaderValue>, Error> {
    let Some(token) = cookie(headers, SESSION_COOKIE).and_then(Token::from_text) else { return Ok(None) };
    let Some(account) = store::whose(&app.db, &token).await? else { return Ok(None) };
    let Ok(fields) = serde_html_form::from_bytes::<Vec<(String, String)>>(body) else { return Ok(None) };
    let kept: Vec<_> = fields
        .into_iter()
        .filter(|(name, _)| !name.contains("password") && !matches!(name.as_str(), "key" | "hat" | "draft" | "find"))
        .collect();
    let Ok(text) = serde_html_form::to_string(&kept) else { return Ok(None) };
    if text.len() > MOST {
        return Ok(None);
    }
    let secret = Token::fresh();
    let Some(sealed) = seal(&secret, format!("{path}\n{text}").as_bytes()) else { return Ok(None) };
    store::park(&app.db, account, &secret.hash(), &sealed, Duration::hours(HOURS)).await?;
    Ok(Some(set_cookie(COOKIE, secret.reveal(), HOURS * 3600)))
}

/// The form that the browser's cookie opens, for the account now signed in.
///
/// # Errors
/// When the database is away.
pub async fn find(app: &App, headers: &HeaderMap) -> Result<Option<(String, Bytes)>, Error> {
    Ok(held(app, headers).await?.map(|(_, _, path, fields)| (path, fields)))
}

/// A form to this address was taken: what was kept of it goes. Answers whether it was that one.
///
/// # Errors
/// When the database is away.
pub async fn accepted(app: &App, headers: &HeaderMap, path: &str) -> Result<bool, Error> {
    let Some((account, id, _, _)) = held(app, headers).await?.filter(|(_, _, kept, _)| kept == path) else { return Ok(false) };
    store::discard(&app.db, account, &id).await?;
    Ok(true)
}

async fn held(app: &App, headers: &HeaderMap) -> Result<Option<(AccountId, Vec<u8>, String, Bytes)>, Error> {
    let Some(secret) = cookie(headers, COOKIE).and_then(Token::from_text) else { return Ok(None) };
    let Some(token) = cookie(headers, SESSION_COOKIE).and_then(Token::from_text) else { return Ok(None) };
    let Some(found) = session::look_up(&app.db, &token, "").await? else { return Ok(None) };
    let (account, id) = (found.person.account, secret.hash());
    let sealed = store::parked(&app.db, account, &id).await?;
    let Some(opened) = sealed.and_then(|sealed| open(&secret, &sealed)) else { return Ok(None) };
    let Some((path, fields)) = opened.split_once('\n') else { return Ok(None) };
    Ok(Some((account, id, path.to_owned(), Bytes::from(fields.to_owned()))))
}

fn cipher(secret: &Token) -> ChaCha20Poly1305 {
    let key: [u8; 32] = Sha256::digest(format!("parked form {}", secret.reveal())).into();
    ChaCha20Poly1305::new(&Key::from(key))
}

/// Each secret seals one text only, so the nonce may stand still.
fn seal(secret: &Token, text: &[u8]) -> Option<Vec<u8>> {
    cipher(secret).encrypt(&Nonce::default(), text).ok()
}

fn open(secret: &Token, sealed: &[u8]) -> Option<String> {
    String::from_utf8(cipher(secret).decrypt(&Nonce::default(), sealed).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_browser_that_holds_the_secret_can_read_it() {
        let secret = Token::fresh();
        let sealed = seal(&secret, b"words").unwrap();
        assert_eq!(open(&secret, &sealed).as_deref(), Some("words"));
        assert_eq!(open(&Token::fresh(), &sealed), None);
    }
}
