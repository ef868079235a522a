//! The seeds of people's codes, sealed anew once the site has another key: as the owner of the tables.

use super::super::model::place;
use crate::platform::{ids::AccountId, seal::Keys};
use sqlx::{Connection as _, PgConnection};

/// Seals anew by the newest key what an older one sealed. Answers how many were, and how many open by none of the keys: whoever has
/// one of those signs in with a recovery code, and sets their codes up again.
///
/// # Errors
/// When the database refuses; then nothing has changed.
#[expect(clippy::disallowed_methods, reason = "the operator’s own transaction, over all accounts")]
pub async fn reseal_seeds(owner: &mut PgConnection, keys: &Keys) -> Result<(usize, usize), sqlx::Error> {
    let (mut anew, mut lost, mut tx) = (0, 0, owner.begin().await?);
    let held = sqlx::query!(r#"select account_id as "account: AccountId", sealed from code_seed order by account_id for update"#)
        .fetch_all(&mut *tx)
        .await?;
    for one in held.iter().filter(|one| !keys.is_newest(&one.sealed)) {
        let place = place(one.account);
        let Some(sealed) = keys.open(&place, &one.sealed).and_then(|seed| keys.seal(&place, &seed)) else {
            lost += 1;
            continue;
        };
        sqlx::query!("update code_seed set sealed = $2 where account_id = $1", one.account.0, sealed).execute(&mut *tx).await?;
        anew += 1;
    }
    tx.commit().await?;
    Ok((anew, lost))
}
