//! Ways to a provider and back: each is good once, for ten minutes, in the browser that began it.

use super::super::model::{Attempt, WAY_MINUTES};
use crate::platform::{
    db::Db,
    error::Error,
    ids::{AccountId, AgencyId},
    session::Token,
};
use chacha20poly1305::{ChaCha20Poly1305, Key, KeyInit as _, Nonce, aead::Aead as _};
use chrono::Duration;
use sha2::{Digest as _, Sha256};

/// Notes a way that begins. The same one noted again stays as it was.
pub(in super::super) async fn begin(db: &Db, agency: AgencyId, (browser, state): (&Token, &Token), attempt: &Attempt) -> Result<(), Error> {
    let text = serde_json::to_vec(attempt).map_err(Error::internal)?;
    let sealed = cipher(browser, state).encrypt(&Nonce::default(), text.as_slice()).map_err(|_| Error::internal("it cannot be sealed"))?;
    let mut tx = db.begin_account(AccountId::fresh()).await?;
    let now = tx.now();
    sqlx::query!(
        "insert into sign_on_attempt (id, for_agency, provider_id, sealed, made_at, expires_at) values ($1, $2, $3, $4, $5, $6)
         on conflict (id) do nothing",
        &state.hash(),
        agency.0,
        attempt.provider.0,
        &sealed,
        now,
        now + Duration::minutes(WAY_MINUTES),
    )
    .execute(tx.conn())
    .await?;
    tx.commit().await
}

/// The way that this browser began, and the agency that it was begun for, while it lasts and was not gone to its end.
pub(in super::super) async fn find_attempt(db: &Db, browser: &Token, state: &Token) -> Result<Option<(AgencyId, Attempt)>, Error> {
    let mut tx = db.begin_account(AccountId::fresh()).await?;
    let now = tx.now();
    let row = sqlx::query!(
        r#"select for_agency as "agency: AgencyId", sealed from sign_on_attempt where id = $1 and used_at is null and expires_at > $2"#,
        &state.hash(),
        now,
    )
    .fetch_optional(tx.conn())
    .await?;
    tx.commit().await?;
    let Some(row) = row else { return Ok(None) };
    let opened = cipher(browser, state).decrypt(&Nonce::default(), row.sealed.as_slice()).ok();
    Ok(opened.and_then(|text| serde_json::from_slice(&text).ok()).map(|attempt| (row.agency, attempt)))
}

/// Goes a way to its end: nobody goes it again. Answers whether this was the first.
pub(in super::super) async fn use_up(db: &Db, state: &Token) -> Result<bool, Error> {
    let mut tx = db.begin_account(AccountId::fresh()).await?;
    let now = tx.now();
    let used =
        sqlx::query!("update sign_on_attempt set used_at = $2 where id = $1 and used_at is null and expires_at > $2", &state.hash(), now,)
            .execute(tx.conn())
            .await?;
    tx.commit().await?;
    Ok(used.rows_affected() == 1)
}

/// Each pair seals one text only, so the nonce may stand still.
fn cipher(browser: &Token, state: &Token) -> ChaCha20Poly1305 {
    let key: [u8; 32] = Sha256::digest(format!("a way to a provider {} {}", browser.reveal(), state.reveal())).into();
    ChaCha20Poly1305::new(&Key::from(key))
}
