//! Another password for an account. What was typed is never here, only its hash.

use super::{
    super::{
        factors,
        model::{FACTORS_CHANGED, HatOnOffer, PAPER_USED, PASSKEY_DOUBTED, PASSWORD_CHANGED},
        password::LEAST,
    },
    sessions::{end_others_in, hats},
};
use crate::{
    audit::{self, Change},
    mail,
    platform::{
        db::{Db, Standing, SystemTx},
        error::Error,
        ids::{AccountId, SessionId, SubjectId},
    },
};

/// Puts the hash of a new password in place of the old one, and ends every other sign-in of the account, and
/// every way to a new one that a letter opened. Each agency
/// in which the person serves has an entry that only they read.
pub(in super::super) async fn change(db: &Db, account: AccountId, session: SessionId, new: New<'_>) -> Result<(), Error> {
    let hats = hats(db, account).await?;
    let mut tx = db.begin_account(account).await?;
    let now = tx.now();
    put(&mut tx, account, new).await?;
    end_others_in(&mut tx, account, session).await?;
    sqlx::query!("update password_reset set used_at = $2 where account_id = $1 and used_at is null", account.0, now)
        .execute(tx.conn())
        .await?;
    note_change(db, tx, account, &hats, PASSWORD).await
}

/// A new password's hash, and whether it is too short to stand alone.
pub(in super::super) type New<'a> = (&'a str, bool);

/// What the log says of a changed password.
pub(super) const PASSWORD: &str = "changed their password";
/// What it says of a code on paper that was used.
pub(in super::super) const PAPER: &str = "signed in with a recovery code";
/// What it says of a passkey of which there may be a second one.
pub(in super::super) const DOUBTED: &str = "had a passkey refused of which there may be a second one";

/// Puts it in place. One that is too short to stand alone is refused where nothing stands beside it any more: what stood there may have
/// been taken away since it was typed.
pub(super) async fn put(tx: &mut SystemTx, account: AccountId, (hash, is_short): New<'_>) -> Result<(), Error> {
    if is_short && !factors::stand_beside(tx, account).await? {
        return Err(Error::refused(
            "new_password",
            format!("Choose one of at least {LEAST} characters; a few words in a row are easy to remember"),
        ));
    }
    sqlx::query!("update account set password_hash = $2, password_is_short = $3 where id = $1", account.0, hash, is_short)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Whether the account's password is too short to stand alone.
pub(in super::super) async fn is_short(db: &Db, account: AccountId) -> Result<bool, Error> {
    let mut tx = db.begin_account(account).await?;
    let short = sqlx::query_scalar!("select password_is_short from account where id = $1", account.0).fetch_optional(tx.conn()).await?;
    tx.commit().await?;
    Ok(short.unwrap_or_default())
}

/// Ends the transaction in which somebody changed how they sign in: a letter tells them, and each agency in which they serve has an
/// entry that only they read.
pub(in super::super) async fn note_change(
    db: &Db,
    mut tx: SystemTx,
    account: AccountId,
    hats: &[HatOnOffer],
    action: &'static str,
) -> Result<(), Error> {
    let letter = match action {
        PASSWORD => PASSWORD_CHANGED,
        PAPER => PAPER_USED,
        DOUBTED => PASSKEY_DOUBTED,
        _ => FACTORS_CHANGED,
    };
    mail::enqueue_outside(&mut tx, letter, account.0).await?;
    note_in_each(db, tx, account, hats, |hat| Change::of_member(action, hat.membership, None).for_oneself()).await
}

/// Ends the transaction in which all was forgotten by which somebody signs in besides their password. In each agency those who see
/// to its members read of it; of a body's people its stewards do.
pub(in super::super) async fn note_forgotten(
    db: &Db,
    tx: SystemTx,
    account: AccountId,
    hats: &[HatOnOffer],
    by: &'static str,
) -> Result<(), Error> {
    let change = |hat: &HatOnOffer| {
        Change::of_member("had their second factors taken away", hat.membership, hat.body.map(|body| SubjectId(body.0)))
            .saying(by.to_owned())
    };
    note_in_each(db, tx, account, hats, change).await
}

async fn note_in_each<'a>(
    db: &Db,
    tx: SystemTx,
    account: AccountId,
    hats: &[HatOnOffer],
    change: impl Fn(&HatOnOffer) -> Change<'a>,
) -> Result<(), Error> {
    let mut left = hats.iter();
    match left.next() {
        None => tx.commit().await?,
        Some(hat) => {
            let mut tx = tx.become_member(Standing::plain(hat.agency, account, hat.membership)).await?;
            audit::record(&mut tx, change(hat)).await?;
            tx.end().await?;
        }
    }
    for hat in left {
        let mut tx = db.begin_account(account).await?.become_member(Standing::plain(hat.agency, account, hat.membership)).await?;
        audit::record(&mut tx, change(hat)).await?;
        tx.end().await?;
    }
    Ok(())
}
