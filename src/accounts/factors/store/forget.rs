//! Everything beside the password is forgotten: for somebody who lost it all. Never by one employee of an agency alone.

use super::super::super::{
    model::{FACTORS_FORGOTTEN, HatOnOffer},
    store::{account_of, note_forgotten, serving},
};
use crate::{
    mail,
    platform::{
        db::{Db, SystemTx},
        error::Error,
        ids::AccountId,
    },
};

/// The same by the address that somebody signs in with. Answers nothing where nobody does.
///
/// # Errors
/// When the database is away.
pub async fn forget_factors_of(db: &Db, email: &str, by: &'static str) -> Result<Option<bool>, Error> {
    match account_of(db, &email.trim().to_lowercase()).await? {
        Some(account) => forget_factors(db, account.id, by).await.map(Some),
        None => Ok(None),
    }
}

/// Takes away every second factor of an account and ends its sign-ins. A password that is too short to stand alone goes too: a new
/// one is chosen by a letter. The person has a letter about it, and each agency in which they serve an entry, which says `by` whom
/// it was done (in closed words, such as “the operator”). Answers whether there was anything to forget.
async fn forget_factors(db: &Db, account: AccountId, by: &'static str) -> Result<bool, Error> {
    let hats = serving(db, account).await?;
    let tx = db.begin_account(account).await?;
    forget_in(db, tx, (account, &hats), by).await
}

/// The same at the end of a transaction of that account.
pub(super) async fn forget_in(
    db: &Db,
    mut tx: SystemTx,
    (account, hats): (AccountId, &[HatOnOffer]),
    by: &'static str,
) -> Result<bool, Error> {
    let now = tx.now();
    let codes = sqlx::query!("delete from code_seed where account_id = $1", account.0).execute(tx.conn()).await?;
    let passkeys = sqlx::query!("delete from passkey where account_id = $1", account.0).execute(tx.conn()).await?;
    sqlx::query!("delete from recovery_code where account_id = $1", account.0).execute(tx.conn()).await?;
    if codes.rows_affected() + passkeys.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query!("update account set password_hash = null, password_is_short = false where id = $1 and password_is_short", account.0)
        .execute(tx.conn())
        .await?;
    sqlx::query!("update session set ended_at = $2 where account_id = $1 and ended_at is null", account.0, now).execute(tx.conn()).await?;
    sqlx::query!("update half_sign_in set ended_at = $2 where account_id = $1 and ended_at is null", account.0, now)
        .execute(tx.conn())
        .await?;
    mail::enqueue_outside(&mut tx, FACTORS_FORGOTTEN, account.0).await?;
    note_forgotten(db, tx, account, hats, by).await?;
    Ok(true)
}
