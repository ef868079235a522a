//! Codes on paper: only their hashes are kept, and each is good once.

use super::super::super::store::{note, serving};
use crate::platform::{
    db::{Db, SystemTx},
    error::Error,
    ids::AccountId,
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

/// Where no factor is left the codes on paper go too: they are good beside one only. It does not come to that while the password is too
/// short to stand alone; the account’s row is locked until the end, so that of two factors taken away at once one stays.
pub(super) async fn go_with_the_last(tx: &mut SystemTx, account: AccountId) -> Result<(), Error> {
    let is_short =
        sqlx::query_scalar!("select password_is_short from account where id = $1 for update", account.0).fetch_one(tx.conn()).await?;
    let left = sqlx::query_scalar!(
        r#"select exists (select from passkey where account_id = $1)
                  or exists (select from code_seed where account_id = $1 and confirmed_at is not null) as "left!""#,
        account.0,
    )
    .fetch_one(tx.conn())
    .await?;
    if left {
        return Ok(());
    }
    if is_short {
        return Err(Error::refused("", "Choose a longer password first: yours is enough only beside a second step"));
    }
    sqlx::query!("delete from recovery_code where account_id = $1", account.0).execute(tx.conn()).await?;
    Ok(())
}

/// Puts these in place of all others.
pub(in super::super) async fn make_anew(db: &Db, account: AccountId, hashes: &[Vec<u8>]) -> Result<(), Error> {
    let hats = serving(db, account).await?;
    let mut tx = db.begin_account(account).await?;
    insert_fresh(&mut tx, account, hashes, true).await?;
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
    note(db, tx, account, &hats, "signed in with a recovery code").await?;
    Ok(true)
}
