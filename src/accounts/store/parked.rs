//! Sealed forms that wait for their writer, in and out.

use crate::platform::{db::Db, error::Error, ids::AccountId};
use chrono::Duration;

/// Keeps a sealed form for an account.
pub(in super::super) async fn park(db: &Db, account: AccountId, id: &[u8], sealed: &[u8], lasts: Duration) -> Result<(), Error> {
    let mut tx = db.begin_account(account).await?;
    let (now, expires) = (tx.now(), tx.now() + lasts);
    sqlx::query!("delete from parked_form where expires_at <= $1", now).execute(tx.conn()).await?;
    sqlx::query!("insert into parked_form (id, account_id, sealed, expires_at) values ($1, $2, $3, $4)", id, account.0, sealed, expires)
        .execute(tx.conn())
        .await?;
    tx.commit().await
}

/// A sealed form, while its hour lasts.
pub(in super::super) async fn parked(db: &Db, account: AccountId, id: &[u8]) -> Result<Option<Vec<u8>>, Error> {
    let mut tx = db.begin_account(account).await?;
    let now = tx.now();
    let sealed =
        sqlx::query_scalar!("select sealed from parked_form where id = $1 and expires_at > $2", id, now).fetch_optional(tx.conn()).await?;
    tx.commit().await?;
    Ok(sealed)
}

/// Takes a sealed form away; those past their hour go with it.
pub(in super::super) async fn discard(db: &Db, account: AccountId, id: &[u8]) -> Result<(), Error> {
    let mut tx = db.begin_account(account).await?;
    let now = tx.now();
    sqlx::query!("delete from parked_form where id = $1 or expires_at <= $2", id, now).execute(tx.conn()).await?;
    tx.commit().await
}
