//! Passkeys: their public halves, and how often each was used.

use super::super::super::store::{DOUBTED, end_others_in, note, serving};
use super::recovery::{go_with_the_last, insert_fresh};
use crate::platform::{
    db::Db,
    error::{Error, OnConstraint as _},
    ids::{AccountId, SessionId},
};
use webauthn_rs::prelude::Passkey;

/// A passkey as it is kept.
#[derive(Debug)]
pub(in super::super) struct Kept {
    id: uuid::Uuid,
    pub(in super::super) account: AccountId,
    pub(in super::super) passkey: Passkey,
    pub(in super::super) is_demo: bool,
}

/// The passkey by the id that a browser knows it by, of an account that is open.
pub(in super::super) async fn by_credential(db: &Db, credential: &[u8]) -> Result<Option<Kept>, Error> {
    let mut tx = db.begin_system().await?;
    let row = sqlx::query!(
        r#"select p.id, p.account_id as "account: AccountId", p.credential, a.is_demo from passkey p
           join account a on a.id = p.account_id and a.closed_at is null where p.credential_id = $1"#,
        credential,
    )
    .fetch_optional(tx.conn())
    .await?;
    tx.commit().await?;
    let Some(row) = row else { return Ok(None) };
    let passkey = serde_json::from_value(row.credential).map_err(Error::internal)?;
    Ok(Some(Kept { id: row.id, account: row.account, passkey, is_demo: row.is_demo }))
}

/// The ids by which browsers know the account's passkeys.
pub(in super::super) async fn credential_ids(db: &Db, account: AccountId) -> Result<Vec<Vec<u8>>, Error> {
    let mut tx = db.begin_account(account).await?;
    let ids = sqlx::query_scalar!("select credential_id from passkey where account_id = $1 order by made_at, id", account.0)
        .fetch_all(tx.conn())
        .await?;
    tx.commit().await?;
    Ok(ids)
}

/// It was used now, and counts on from what it said.
pub(in super::super) async fn used(db: &Db, kept: &Kept) -> Result<(), Error> {
    let mut tx = db.begin_account(kept.account).await?;
    let now = tx.now();
    let credential = serde_json::to_value(&kept.passkey).map_err(Error::internal)?;
    sqlx::query!("update passkey set last_used_at = $2, credential = $3 where id = $1", kept.id, now, credential)
        .execute(tx.conn())
        .await?;
    tx.commit().await
}

/// There may be a second one of it: its person hears of it.
pub(in super::super) async fn doubt(db: &Db, kept: &Kept) -> Result<(), Error> {
    let hats = serving(db, kept.account).await?;
    note(db, db.begin_account(kept.account).await?, kept.account, &hats, DOUBTED).await
}

/// One more passkey; every other sign-in ends. Without codes on paper, some are made: their hashes are `paper`. Answers whether they were.
pub(in super::super) async fn add(
    db: &Db,
    (account, session): (AccountId, SessionId),
    (name, passkey): (&str, &Passkey),
    paper: &[Vec<u8>],
) -> Result<bool, Error> {
    let hats = serving(db, account).await?;
    let credential = serde_json::to_value(passkey).map_err(Error::internal)?;
    let mut tx = db.begin_account(account).await?;
    let now = tx.now();
    sqlx::query!(
        "insert into passkey (id, account_id, credential_id, credential, name, made_at) values ($1, $2, $3, $4, $5, $6)",
        crate::platform::ids::fresh(),
        account.0,
        passkey.cred_id(),
        credential,
        name,
        now,
    )
    .execute(tx.conn())
    .await
    .on_constraint("passkey_credential_id_key", "", "Choose another passkey: this one signs somebody in already")?;
    let made = insert_fresh(&mut tx, account, paper, false).await?;
    sqlx::query!("update session set second_factor = true where id = $1", session.0).execute(tx.conn()).await?;
    end_others_in(&mut tx, account, session).await?;
    note(db, tx, account, &hats, "added a passkey to their sign-in").await?;
    Ok(made)
}

/// How its person calls a passkey of theirs.
pub(in super::super) async fn find(db: &Db, account: AccountId, id: uuid::Uuid) -> Result<Option<String>, Error> {
    let mut tx = db.begin_account(account).await?;
    let name =
        sqlx::query_scalar!("select name from passkey where id = $1 and account_id = $2", id, account.0).fetch_optional(tx.conn()).await?;
    tx.commit().await?;
    Ok(name)
}

/// Takes a passkey away; every other sign-in ends. Answers whether it was theirs.
pub(in super::super) async fn remove(db: &Db, (account, session): (AccountId, SessionId), id: uuid::Uuid) -> Result<bool, Error> {
    let hats = serving(db, account).await?;
    let mut tx = db.begin_account(account).await?;
    let gone = sqlx::query!("delete from passkey where id = $1 and account_id = $2", id, account.0).execute(tx.conn()).await?;
    if gone.rows_affected() == 0 {
        return Ok(false);
    }
    go_with_the_last(&mut tx, account).await?;
    end_others_in(&mut tx, account, session).await?;
    note(db, tx, account, &hats, "took a passkey of their sign-in away").await?;
    Ok(true)
}
