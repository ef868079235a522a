//! Tries of a password: counted before anything is compared, forgotten once one is right. Beside them what else is counted within an hour.

use super::super::model::{Account, Tried};
use crate::platform::{
    db::{Db, SystemTx},
    error::Error,
    events,
    ids::AccountId,
    network::Network,
    session::Token,
};
use chrono::Duration;
use sha2::{Digest as _, Sha256};

/// How many tries are free.
const FREE: i32 = 5;
/// How long the next one waits at most, in seconds.
const LONGEST: i64 = 15 * 60;

/// After so many tries the wait grows no more.
const STEPS: i32 = 13;

/// So many letters go to one address within an hour.
pub(super) const MOST_LETTERS: i32 = 3;

/// How long after this many tries the next one may come.
fn wait(tries: i32) -> Duration {
    let doubled = (tries >= FREE).then(|| 2_i64.saturating_pow(u32::try_from(tries - FREE).unwrap_or_default()).saturating_mul(4));
    Duration::seconds(doubled.unwrap_or(0).min(LONGEST))
}

/// The key under which the tries of this address are counted: its own for a browser that signed in to it before, and for all others
/// that of their network. The same question is put for an address without an account and a browser without a mark.
pub(in super::super) async fn tried(
    db: &Db,
    (email, account): (&str, Option<AccountId>),
    device: Option<&Token>,
    network: Option<Network>,
) -> Result<Tried, Error> {
    let (account, token) = (account.unwrap_or_else(AccountId::fresh), device.cloned().unwrap_or_else(Token::fresh));
    let mut tx = db.begin_account(account).await?;
    let known = sqlx::query_scalar!(
        r#"select exists (select from known_device where token_hash = $1 and account_id = $2) as "known!""#,
        &token.hash(),
        account.0,
    )
    .fetch_one(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(if known { Tried::from_device(email, &token) } else { Tried::from_network(email, network) })
}

/// Counts a try. Answers how long to wait instead when it comes too early; then nothing was counted. One statement that locks the row
/// and asks it: of many who try at once each sees what the others did.
pub(in super::super) async fn count(db: &Db, tried: &Tried) -> Result<Option<Duration>, Error> {
    let mut tx = db.begin_account(AccountId::fresh()).await?;
    let now = tx.now();
    let waits: Vec<i64> = (0..=STEPS).map(|tries| wait(tries).num_seconds()).collect();
    let counted = sqlx::query!(
        "insert into sign_in_try as t (key, last_at) values ($1, $2)
         on conflict (key) do update set tries = t.tries + 1, last_at = greatest(t.last_at, excluded.last_at)
             where ($3::bigint[])[least(t.tries, $4) + 1] = 0
                or t.last_at + make_interval(secs => ($3::bigint[])[least(t.tries, $4) + 1]) <= $2",
        &tried.key,
        now,
        &waits,
        STEPS,
    )
    .execute(tx.conn())
    .await?;
    if counted.rows_affected() == 1 {
        tx.commit().await?;
        return Ok(None);
    }
    let row = sqlx::query!("select tries, last_at from sign_in_try where key = $1", &tried.key).fetch_optional(tx.conn()).await?;
    tx.commit().await?;
    events::password_too_soon();
    Ok(Some(row.map_or(Duration::seconds(1), |row| (row.last_at + wait(row.tries) - now).max(Duration::seconds(1)))))
}

/// The password was right: what was tried under this key is forgotten, and the browser is known from now on. Answers the token
/// by which it is known, where it is new.
pub(in super::super) async fn right(db: &Db, tried: &Tried, account: AccountId) -> Result<Option<Token>, Error> {
    let mut tx = db.begin_account(account).await?;
    let (now, fresh) = (tx.now(), Token::fresh());
    sqlx::query!("delete from sign_in_try where key = $1", &tried.key).execute(tx.conn()).await?;
    let known = match &tried.device {
        Some(token) => {
            sqlx::query!("update known_device set last_at = $2 where token_hash = $1", &token.hash(), now).execute(tx.conn()).await?
        }
        None => {
            sqlx::query!("insert into known_device (token_hash, account_id, last_at) values ($1, $2, $3)", &fresh.hash(), account.0, now)
                .execute(tx.conn())
                .await?
        }
    };
    tx.commit().await?;
    Ok((tried.device.is_none() && known.rows_affected() == 1).then_some(fresh))
}

/// The hash of the same password with today's figures, in place of the one that it was compared with; not where another took that
/// one's place meanwhile.
pub(in super::super) async fn renew_hash(db: &Db, account: &Account, new: &str) -> Result<(), Error> {
    let mut tx = db.begin_system().await?;
    let same = sqlx::query_scalar!(
        r#"select exists (select from account where id = $1 and password_hash = $2) as "same!""#,
        account.id.0,
        account.password_hash.as_deref(),
    )
    .fetch_one(tx.conn())
    .await?;
    if same {
        tx.become_account(account.id).await?;
        sqlx::query!("update account set password_hash = $2 where id = $1", account.id.0, new).execute(tx.conn()).await?;
    }
    tx.commit().await
}

/// Forgets what was tried under this key.
pub(in super::super) async fn forget(db: &Db, tried: &Tried) -> Result<(), Error> {
    let mut tx = db.begin_account(AccountId::fresh()).await?;
    sqlx::query!("delete from sign_in_try where key = $1", &tried.key).execute(tx.conn()).await?;
    tx.commit().await
}

/// Counts one more within the hour, and answers how many there were with it. The row is locked until the end: of many who ask at once
/// each is counted before anything is done for it.
pub(super) async fn counted(tx: &mut SystemTx, what: &str) -> Result<i32, Error> {
    let now = tx.now();
    Ok(sqlx::query_scalar!(
        r#"insert into sign_in_try (key, last_at) values ($1, $2)
           on conflict (key) do update set
               tries = case when sign_in_try.last_at <= $3 then 1 else sign_in_try.tries + 1 end,
               last_at = case when sign_in_try.last_at <= $3 then $2 else sign_in_try.last_at end
           returning tries"#,
        &Sha256::digest(what).to_vec(),
        now,
        now - Duration::hours(1),
    )
    .fetch_one(tx.conn())
    .await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_tries_are_free_and_then_each_waits_longer_up_to_a_quarter_of_an_hour() {
        let seconds: Vec<i64> = [0, 4, 5, 6, 7, 12, 13, 40, i32::MAX].iter().map(|tries| wait(*tries).num_seconds()).collect();
        assert_eq!(seconds, [0, 0, 4, 8, 16, 512, 900, 900, 900]);
        assert_eq!(wait(STEPS).num_seconds(), LONGEST);
        assert!(wait(STEPS - 1).num_seconds() < LONGEST);
    }
}
