//! Second factors in and out of the database.

mod codes;
mod forget;
mod half;
mod lost;
mod passkeys;
mod recovery;
mod resealing;
mod spent;

pub(super) use codes::{confirm, confirmed_before, put_seed, remove as remove_codes, seed, take_step};
pub use forget::forget_factors_of;
pub(super) use half::{Half, begin as begin_half, count_try, end as end_half, ended_before, find as find_half};
pub(in super::super) use lost::lost_asked;
pub use lost::lost_in_turn;
pub(super) use lost::{forget_lost, stop_lost};
pub(super) use passkeys::{
    Kept, add as add_passkey, by_credential, credential_ids, doubt, find as find_passkey, remove as remove_passkey, used,
};
pub(in super::super) use recovery::stand_beside;
pub(super) use recovery::{is_used_up, make_anew, use_up};
pub use resealing::reseal_seeds;
pub(super) use spent::{Spent, spend, spent};

use super::model::{Factors, PasskeyShown};
use crate::platform::{
    db::{AgencyTx, Db},
    error::Error,
    ids::AccountId,
};

/// What an account signs in with besides its password.
pub(in super::super) async fn factors(db: &Db, account: AccountId) -> Result<Factors, Error> {
    let mut tx = db.begin_account(account).await?;
    let row = sqlx::query!(
        r#"select (select confirmed_at from code_seed where account_id = $1) as codes_since,
                  (select count(*) from recovery_code where account_id = $1 and used_at is null) as "recovery_left!""#,
        account.0,
    )
    .fetch_one(tx.conn())
    .await?;
    let passkeys = sqlx::query_as!(
        PasskeyShown,
        "select id, name, made_at, last_used_at from passkey where account_id = $1 order by made_at, id",
        account.0,
    )
    .fetch_all(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(Factors { codes_since: row.codes_since, passkeys, recovery_left: row.recovery_left })
}

/// Takes away halves of sign-ins and challenges that are over, as keeper.
pub(in super::super) async fn sweep_in(tx: &mut AgencyTx) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!("delete from half_sign_in where expires_at < $1", now).execute(tx.conn()).await?;
    sqlx::query!("delete from spent where expires_at < $1", now).execute(tx.conn()).await?;
    Ok(())
}
