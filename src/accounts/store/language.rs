//! In which language somebody is written to.

use crate::{
    mail::Language,
    platform::{db::Db, error::Error, ids::AccountId},
};

/// What the owner of an account has chosen, else English.
pub(in super::super) async fn language(db: &Db, account: AccountId) -> Result<Language, Error> {
    let mut tx = db.begin_account(account).await?;
    let code = sqlx::query_scalar!("select language from account where id = $1", account.0).fetch_optional(tx.conn()).await?.flatten();
    tx.commit().await?;
    Ok(Language::known(code.as_deref()))
}

/// Writes to the account in this language from now on, letters that wait included.
pub(in super::super) async fn choose_language(db: &Db, account: AccountId, language: Language) -> Result<(), Error> {
    let mut tx = db.begin_account(account).await?;
    sqlx::query!("update account set language = $2 where id = $1", account.0, language.code()).execute(tx.conn()).await?;
    tx.commit().await
}

/// Where and how an account that is open is written to.
pub(in super::super) async fn address_of(db: &Db, account: AccountId) -> Result<Option<(String, Language)>, Error> {
    let mut tx = db.begin_system().await?;
    let row = sqlx::query!("select email, language from account where id = $1 and closed_at is null", account.0)
        .fetch_optional(tx.conn())
        .await?;
    tx.commit().await?;
    Ok(row.map(|row| (row.email, Language::known(row.language.as_deref()))))
}
