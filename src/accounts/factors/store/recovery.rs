//! Codes on paper: only their hashes are kept, and each is good once.

use super::super::super::store::{PAPER, end_others_in, note, serving};
use crate::platform::{
    db::{Db, SystemTx},
    error::Error,
    ids::{AccountId, SessionId},
};

/// Puts these in place of all others; where some are left and `anew` is not wanted, those stay. Answers whether it did.
pub(super) async fn insert_fresh(tx: &mut SystemTx, account: AccountId, hashes: &[Vec<u8>], anew: bool) -> Result<bool, Error> {
    let left = sqlx::query_scalar!(r#"select count(*) as "left!" from recovery_code where account_id = $1 and used_at is null"#, account.0)
        .fetch_one(tx.conn())
        .await?;
    if left > 0 && !anew {
        return Ok(false);
    }
    sqlx::query!("delete from recovery_code where account_id = $1", account.0).execute(tx.conn()).await?;
    sqlx::query!("insert into recovery_code (account_id, code_hash) select $1, unnest($2::bytea[])", account.0, hashes)
        .execute(tx.conn())
        .await?;
    Ok(true)
}

/// Whether a second factor stands beside the password. The account’s row is locked until the end: of what is taken away and what comes
/// to rest on it at once, the second finds what the first has done.
pub(in super::super::super) async fn stand_beside(tx: &mut SystemTx, account: AccountId) -> Result<bool, Error> {
    sqlx::query_scalar!(r#"select true as "there!" from account where id = $1 for update"#, account.0).fetch_one(tx.conn()).await?;
    let left = sqlx::query_scalar!(
        r#"select exists (select from passkey where account_id = $1)
                  or exists (select from code_seed where account_id = $1 and confirmed_at is not null) as "left!""#,
        account.0,
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(left)
}

/// Where no factor is left the codes on paper go too: they are good beside one only. It does not come to that while the password is too
/// short to stand alone.
pub(super) async fn go_with_the_last(tx: &mut SystemTx, account: AccountId) -> Result<(), Error> {
    if stand_beside(tx, account).await? {
        return Ok(());
    }
    let is_short = sqlx::query_scalar!("select password_is_short from account where id = $1", account.0).fetch_one(tx.conn()).await?;
    if is_short {
        return Err(Error::refused("", "Choose a longer password first: yours is enough only beside a second step"));
    }
    sqlx::query!("delete from recovery_code where account_id = $1", account.0).execute(tx.conn()).await?;
    Ok(())
}

/// Puts these in place of all others. Every other sign-in ends.
pub(in super::super) async fn make_anew(db: &Db, (account, session): (AccountId, SessionId), hashes: &[Vec<u8>]) -> Result<(), Error> {
    let hats = serving(db, account).await?;
    let mut tx = db.begin_account(account).await?;
    insert_fresh(&mut tx, account, hashes, true).await?;
    end_others_in(&mut tx, account, session).await?;
    note(db, tx, account, &hats, "made new recovery codes").await
}

/// Uses a code up. Answers whether it was one.
pub(in super::super) async fn use_up(db: &Db, account: AccountId, hash: &[u8]) -> Result<bool, Error> {
    let hats = serving(db, account).await?;
    let mut tx = db.begin_account(account).await?;
    let now = tx.now();
    let used = sqlx::query!(
        "update recovery_code set used_at = $3 where account_id = $1 and code_hash = $2 and used_at is null",
        account.0,
        hash,
        now,
    )
    .execute(tx.conn())
    .await?;
    if used.rows_affected() == 0 {
        return Ok(false);
    }
    note(db, tx, account, &hats, PAPER).await?;
    Ok(true)
}

/// Whether it is a code of theirs that was used up.
pub(in super::super) async fn is_used_up(db: &Db, account: AccountId, hash: &[u8]) -> Result<bool, Error> {
    let mut tx = db.begin_account(account).await?;
    let used = sqlx::query_scalar!(
        r#"select exists (select from recovery_code where account_id = $1 and code_hash = $2 and used_at is not null) as "used!""#,
        account.0,
        hash,
    )
    .fetch_one(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(used)
}
