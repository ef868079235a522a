//! Halves of sign-ins: the password was right, and the second step is waited for. Only the hash of a half's token is kept.

use crate::platform::{db::Db, error::Error, ids::AccountId, session::Token};
use chrono::Duration;

/// How long the second step is waited for.
const OPEN: Duration = Duration::minutes(10);
/// So many codes are tried with one half; then the password is asked for again.
const MOST_TRIES: i16 = 5;

/// A half that waits.
#[derive(Debug)]
pub(in super::super) struct Half {
    pub(in super::super) id: uuid::Uuid,
    pub(in super::super) account: AccountId,
    pub(in super::super) device: String,
    /// Where its person wanted to go.
    pub(in super::super) goes_on_to: String,
    pub(in super::super) has_ended: bool,
}

/// Begins one and answers its token.
pub(in super::super) async fn begin(db: &Db, account: AccountId, (device, goes_on_to): (&str, &str)) -> Result<Token, Error> {
    let mut tx = db.begin_account(account).await?;
    let (now, token) = (tx.now(), Token::fresh());
    sqlx::query!(
        "insert into half_sign_in (id, token_hash, account_id, device, goes_on_to, made_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7)",
        crate::platform::ids::fresh(),
        &token.hash(),
        account.0,
        device,
        goes_on_to,
        now,
        now + OPEN,
    )
    .execute(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(token)
}

/// The half of a token, while it is waited for, or was just ended.
pub(in super::super) async fn find(db: &Db, token: &Token) -> Result<Option<Half>, Error> {
    let mut tx = db.begin_system().await?;
    let now = tx.now();
    let half = sqlx::query_as!(
        Half,
        r#"select h.id, h.account_id as "account: AccountId", h.device, h.goes_on_to, h.ended_at is not null as "has_ended!"
           from half_sign_in h join account a on a.id = h.account_id and a.closed_at is null
           where h.token_hash = $1 and h.expires_at > $2"#,
        &token.hash(),
        now,
    )
    .fetch_optional(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(half)
}

/// Counts a try, before anything is compared. Answers whether there was one left; the last one ends the half.
pub(in super::super) async fn count_try(db: &Db, half: &Half) -> Result<bool, Error> {
    let mut tx = db.begin_account(half.account).await?;
    let counted =
        sqlx::query!("update half_sign_in set tries = tries + 1 where id = $1 and ended_at is null and tries < $2", half.id, MOST_TRIES,)
            .execute(tx.conn())
            .await?;
    tx.commit().await?;
    Ok(counted.rows_affected() == 1)
}

/// Ends a half by a form. Answers whether it was waited for still.
pub(in super::super) async fn end(db: &Db, half: &Half, by: &[u8]) -> Result<bool, Error> {
    let mut tx = db.begin_account(half.account).await?;
    let now = tx.now();
    let ended = sqlx::query!("update half_sign_in set ended_at = $2, ended_by = $3 where id = $1 and ended_at is null", half.id, now, by)
        .execute(tx.conn())
        .await?;
    tx.commit().await?;
    Ok(ended.rows_affected() == 1)
}

/// Whether this very form ended it.
pub(in super::super) async fn ended_before(db: &Db, half: &Half, by: &[u8]) -> Result<bool, Error> {
    let mut tx = db.begin_account(half.account).await?;
    let before =
        sqlx::query_scalar!(r#"select exists (select from half_sign_in where id = $1 and ended_by = $2) as "before!""#, half.id, by)
            .fetch_one(tx.conn())
            .await?;
    tx.commit().await?;
    Ok(before)
}
