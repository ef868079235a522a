//! A new password for somebody who does not know theirs, and the links in letters.

use super::{super::letters::RESET, password::note_change, sessions::hats};
use crate::{
    mail,
    platform::{
        db::Db,
        error::Error,
        ids::{AccountId, AgencyId},
        session::Token,
    },
};
use chrono::Duration;
use sha2::{Digest as _, Sha256};

/// How long the way to a new password is open.
const OPEN: Duration = Duration::hours(1);
/// So many letters go to one address within that time.
const MOST_LETTERS: i64 = 3;

/// Queues the letter for an account. Where there is none a letter is queued that nobody is going to get: so both take as long. Beyond a
/// few an hour nothing more is queued, and nobody is told.
pub(in super::super) async fn ask_for_reset(db: &Db, account: Option<AccountId>) -> Result<(), Error> {
    let mut tx = db.begin_account(account.unwrap_or_else(AccountId::fresh)).await?;
    let (id, now) = (crate::platform::ids::fresh(), tx.now());
    let sent = sqlx::query_scalar!(
        r#"select count(*) as "sent!" from password_reset where account_id = $1 and made_at > $2"#,
        account.map(|id| id.0),
        now - OPEN,
    )
    .fetch_one(tx.conn())
    .await?;
    if let Some(account) = account.filter(|_| sent < MOST_LETTERS) {
        sqlx::query!(
            "insert into password_reset (id, account_id, made_at, expires_at) values ($1, $2, $3, $4)",
            id,
            account.0,
            now,
            now + OPEN,
        )
        .execute(tx.conn())
        .await?;
    }
    mail::enqueue_outside(&mut tx, RESET, id).await?;
    tx.commit().await
}

/// The address for which a way to a new password is open still; from now on by this token.
pub(in super::super) async fn reset_to_send(db: &Db, id: uuid::Uuid, token: &Token) -> Result<Option<String>, Error> {
    let mut tx = db.begin_system().await?;
    let now = tx.now();
    let email = sqlx::query_scalar!(
        "update password_reset r set token_hash = $2 from account a
         where r.id = $1 and r.used_at is null and r.expires_at > $3 and a.id = r.account_id and a.closed_at is null
         returning a.email",
        id,
        &token.hash(),
        now,
    )
    .fetch_optional(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(email)
}

/// Whose new password a token leads to, while it does.
pub(in super::super) async fn reset_of(db: &Db, token: &Token) -> Result<Option<AccountId>, Error> {
    let mut tx = db.begin_system().await?;
    let now = tx.now();
    let account = sqlx::query_scalar!(
        r#"select r.account_id as "account: AccountId" from password_reset r join account a on a.id = r.account_id and a.closed_at is null
           where r.token_hash = $1 and r.used_at is null and r.expires_at > $2"#,
        &token.hash(),
        now,
    )
    .fetch_optional(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(account)
}

/// Whether this very form spent the token already.
pub(in super::super) async fn reset_before(db: &Db, token: &Token, key: &str) -> Result<bool, Error> {
    let mut tx = db.begin_system().await?;
    let before = sqlx::query_scalar!(
        r#"select exists (select from password_reset where token_hash = $1 and used_at is not null and used_by = $2) as "before!""#,
        &token.hash(),
        &fingerprint(key),
    )
    .fetch_one(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(before && !key.is_empty())
}

fn fingerprint(key: &str) -> Vec<u8> {
    Sha256::digest(key).to_vec()
}

/// Puts a new password in place by a token, which is spent with every other of that account; all sign-ins end. Answers whether the
/// token still led there.
pub(in super::super) async fn reset(db: &Db, account: AccountId, (token, key): (&Token, &str), new: &str) -> Result<bool, Error> {
    let hats = hats(db, account).await?;
    let mut tx = db.begin_account(account).await?;
    let now = tx.now();
    let spent = sqlx::query!(
        "update password_reset set used_at = $3, used_by = case when token_hash = $2 then $4::bytea end
         where account_id = $1 and used_at is null
           and exists (select from password_reset r where r.account_id = $1 and r.token_hash = $2 and r.used_at is null and r.expires_at > $3)",
        account.0,
        &token.hash(),
        now,
        &fingerprint(key),
    )
    .execute(tx.conn())
    .await?;
    if spent.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query!("update account set password_hash = $2 where id = $1", account.0, new).execute(tx.conn()).await?;
    sqlx::query!("update session set ended_at = $2 where account_id = $1 and ended_at is null", account.0, now).execute(tx.conn()).await?;
    note_change(db, tx, account, &hats).await?;
    Ok(true)
}

/// What a letter says of an invitation.
#[derive(Debug)]
pub(in super::super) struct ToSend {
    pub(in super::super) email: String,
    pub(in super::super) inviter: String,
    pub(in super::super) agency_name: String,
    pub(in super::super) contact: String,
    /// They come in as a body's first steward.
    pub(in super::super) wants_code: bool,
    /// For so many days from now on, at least.
    pub(in super::super) days: i64,
}

/// An invitation that may be taken up still; from now on by this token.
pub(in super::super) async fn invitation_to_send(
    db: &Db,
    agency: AgencyId,
    id: uuid::Uuid,
    token: &Token,
) -> Result<Option<ToSend>, Error> {
    let mut tx = db.begin_system().await?;
    let now = tx.now();
    let row = sqlx::query!(
        r#"update invitation i set token_hash = $3
           from agency g, membership m, membership by_whom
           where i.agency_id = $1 and i.id = $2 and i.accepted_at is null and i.expires_at > $4
             and g.id = i.agency_id and m.agency_id = i.agency_id and m.id = i.membership_id and m.state = 'invited'
             and by_whom.agency_id = i.agency_id and by_whom.id = i.made_by
           returning i.email, by_whom.name as inviter, g.name as agency_name, g.contact, m.steward as "wants_code!", i.expires_at"#,
        agency.0,
        id,
        &token.hash(),
        now,
    )
    .fetch_optional(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(row.map(|row| ToSend {
        email: row.email,
        inviter: row.inviter,
        agency_name: row.agency_name,
        contact: row.contact,
        wants_code: row.wants_code,
        days: (row.expires_at - now).num_days(),
    }))
}
