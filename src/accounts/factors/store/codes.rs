//! The seed of somebody's codes, and which of its codes was taken last.

use super::{
    super::super::store::{end_others_in, note, serving},
    recovery::{go_with_the_last, insert_fresh},
};
use crate::platform::{
    db::Db,
    error::Error,
    ids::{AccountId, SessionId},
};

/// A seed as it is kept.
#[derive(Debug)]
pub(in super::super) struct KeptSeed {
    pub(in super::super) sealed: Vec<u8>,
    pub(in super::super) is_confirmed: bool,
    pub(in super::super) made_at: chrono::DateTime<chrono::Utc>,
}

/// The account's seed.
pub(in super::super) async fn seed(db: &Db, account: AccountId) -> Result<Option<KeptSeed>, Error> {
    let mut tx = db.begin_account(account).await?;
    let kept = sqlx::query_as!(
        KeptSeed,
        r#"select sealed, confirmed_at is not null as "is_confirmed!", made_at from code_seed where account_id = $1"#,
        account.0,
    )
    .fetch_optional(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(kept)
}

/// Puts a seed that waits to be confirmed, in place of another that waits. One that is confirmed stays.
pub(in super::super) async fn put_seed(db: &Db, account: AccountId, sealed: &[u8]) -> Result<(), Error> {
    let mut tx = db.begin_account(account).await?;
    let now = tx.now();
    sqlx::query!(
        "insert into code_seed (account_id, sealed, made_at) values ($1, $2, $3)
         on conflict (account_id) do update set sealed = excluded.sealed, made_at = excluded.made_at where code_seed.confirmed_at is null",
        account.0,
        sealed,
        now,
    )
    .execute(tx.conn())
    .await?;
    tx.commit().await
}

/// A first code was right: from now on one is asked for, and every other sign-in ends. Without codes on paper, some are made: their
/// hashes are `paper`. Answers whether they were, or nothing when another form was first.
pub(in super::super) async fn confirm(
    db: &Db,
    (account, session): (AccountId, SessionId),
    (step, by): (i64, &[u8]),
    paper: &[Vec<u8>],
) -> Result<Option<bool>, Error> {
    let hats = serving(db, account).await?;
    let mut tx = db.begin_account(account).await?;
    let now = tx.now();
    let confirmed = sqlx::query!(
        "update code_seed set confirmed_at = $2, confirmed_by = $3, last_step = $4 where account_id = $1 and confirmed_at is null",
        account.0,
        now,
        by,
        step,
    )
    .execute(tx.conn())
    .await?;
    if confirmed.rows_affected() == 0 {
        return Ok(None);
    }
    let made = insert_fresh(&mut tx, account, paper, false).await?;
    sqlx::query!("update session set second_factor = true where id = $1", session.0).execute(tx.conn()).await?;
    end_others_in(&mut tx, account, session).await?;
    note(db, tx, account, &hats, "set up codes for their sign-in").await?;
    Ok(Some(made))
}

/// Whether this very form confirmed them.
pub(in super::super) async fn confirmed_before(db: &Db, account: AccountId, by: &[u8]) -> Result<bool, Error> {
    let mut tx = db.begin_account(account).await?;
    let before = sqlx::query_scalar!(
        r#"select exists (select from code_seed where account_id = $1 and confirmed_by = $2) as "before!""#,
        account.0,
        by,
    )
    .fetch_one(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(before)
}

/// Takes the code of a step, once: no code of it or of one before is taken afterwards.
pub(in super::super) async fn take_step(db: &Db, account: AccountId, step: i64) -> Result<bool, Error> {
    let mut tx = db.begin_account(account).await?;
    let taken = sqlx::query!(
        "update code_seed set last_step = $2 where account_id = $1 and confirmed_at is not null and last_step < $2",
        account.0,
        step,
    )
    .execute(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(taken.rows_affected() == 1)
}

/// Takes the seed away; every other sign-in ends. Answers whether there was one.
pub(in super::super) async fn remove(db: &Db, (account, session): (AccountId, SessionId)) -> Result<bool, Error> {
    let hats = serving(db, account).await?;
    let mut tx = db.begin_account(account).await?;
    let gone = sqlx::query!("delete from code_seed where account_id = $1", account.0).execute(tx.conn()).await?;
    if gone.rows_affected() == 0 {
        return Ok(false);
    }
    go_with_the_last(&mut tx, account).await?;
    end_others_in(&mut tx, account, session).await?;
    note(db, tx, account, &hats, "took the codes of their sign-in away").await?;
    Ok(true)
}
