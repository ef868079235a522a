//! Another password for an account. What was typed is never here, only its hash.

use super::{
    super::model::HatOnOffer,
    sessions::{hats, plain},
};
use crate::{
    audit::{self, Change},
    platform::{
        db::{Db, SystemTx},
        error::Error,
        ids::{AccountId, SessionId},
    },
};

/// Puts the hash of a new password in place of the old one, and ends every other sign-in of the account, and
/// every way to a new one that a letter opened. Each agency
/// in which the person serves has an entry that only they read.
pub(in super::super) async fn change(db: &Db, account: AccountId, session: SessionId, new: &str) -> Result<(), Error> {
    let hats = hats(db, account).await?;
    let mut tx = db.begin_account(account).await?;
    let now = tx.now();
    sqlx::query!("update account set password_hash = $2 where id = $1", account.0, new).execute(tx.conn()).await?;
    sqlx::query!("update session set ended_at = $3 where account_id = $1 and id <> $2 and ended_at is null", account.0, session.0, now)
        .execute(tx.conn())
        .await?;
    sqlx::query!("update password_reset set used_at = $2 where account_id = $1 and used_at is null", account.0, now)
        .execute(tx.conn())
        .await?;
    note_change(db, tx, account, &hats).await
}

/// Ends the transaction that changed a password, with an entry in each agency in which the person serves.
pub(super) async fn note_change(db: &Db, tx: SystemTx, account: AccountId, hats: &[HatOnOffer]) -> Result<(), Error> {
    let mut left = hats.iter();
    match left.next() {
        None => tx.commit().await?,
        Some(hat) => {
            let mut tx = tx.become_member(plain(hat.agency, account, hat.membership)).await?;
            audit::record(&mut tx, changed_by(hat.membership)).await?;
            tx.end().await?;
        }
    }
    for hat in left {
        let mut tx = db.begin_account(account).await?.become_member(plain(hat.agency, account, hat.membership)).await?;
        audit::record(&mut tx, changed_by(hat.membership)).await?;
        tx.end().await?;
    }
    Ok(())
}

fn changed_by(me: crate::platform::ids::MembershipId) -> Change<'static> {
    Change::of_member("changed their password", me, None).for_oneself()
}
