//! A new password for somebody who does not know theirs, and the links in letters.

use super::{
    super::model::RESET,
    password::{New, PASSWORD, note_change, put},
    sessions::hats,
    tries::{MOST_LETTERS, counted},
};
use crate::{
    mail::{self, Language},
    platform::{
        db::Db,
        error::Error,
        ids::{AccountId, AgencyId},
        session::Token,
    },
};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use chrono_tz::Tz;
use sha2::{Digest as _, Sha256};

/// How long the way to a new password is open.
const OPEN: Duration = Duration::hours(1);

/// Queues the letter for an account. Where there is none a letter is queued that nobody is going to get: so both take as long. Beyond
/// a few an hour for one address, known or not, nothing more is queued, and nobody is told.
pub(in super::super) async fn ask_for_reset(db: &Db, email: &str, account: Option<AccountId>) -> Result<(), Error> {
    let mut tx = db.begin_account(account.unwrap_or_else(AccountId::fresh)).await?;
    let (id, now) = (crate::platform::ids::fresh(), tx.now());
    let asked = counted(&mut tx, &format!("reset {}", email.to_lowercase())).await?;
    if asked <= MOST_LETTERS {
        sqlx::query!(
            "insert into password_reset (id, account_id, made_at, expires_at) select $1, $2::uuid, $3, $4 where $2::uuid is not null",
            id,
            account.map(|account| account.0),
            now,
            now + OPEN,
        )
        .execute(tx.conn())
        .await?;
        mail::enqueue_outside(&mut tx, RESET, id).await?;
    }
    tx.commit().await
}

/// What a letter says of a way to a new password.
#[derive(Debug)]
pub(in super::super) struct ResetToSend {
    pub(in super::super) email: String,
    pub(in super::super) language: Language,
    /// Until when its link works.
    pub(in super::super) until: DateTime<Utc>,
    /// The zone of the agencies in which the person serves, where they have the same.
    pub(in super::super) zone: Tz,
}

/// The address for which a way to a new password is open still; from now on by this token, and by no other of that
/// account.
pub(in super::super) async fn reset_to_send(db: &Db, id: uuid::Uuid, token: &Token) -> Result<Option<ResetToSend>, Error> {
    let mut tx = db.begin_system().await?;
    let now = tx.now();
    let row = sqlx::query!(
        r#"update password_reset r set token_hash = $2 from account a
           where r.id = $1 and r.used_at is null and r.expires_at > $3 and a.id = r.account_id and a.closed_at is null
           returning a.email, a.language, r.account_id, r.expires_at,
                     (select case when count(distinct g.zone) = 1 then min(g.zone) end from membership m join agency g on g.id = m.agency_id
                      where m.account_id = r.account_id and m.state = 'active') as zone"#,
        id,
        &token.hash(),
        now,
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else { return Ok(None) };
    sqlx::query!(
        "update password_reset set token_hash = null where account_id = $1 and id <> $2 and used_at is null and token_hash is not null",
        row.account_id,
        id,
    )
    .execute(tx.conn())
    .await?;
    tx.commit().await?;
    let zone = row.zone.and_then(|zone| zone.parse().ok()).unwrap_or(Tz::UTC);
    Ok(Some(ResetToSend { email: row.email, language: Language::known(row.language.as_deref()), until: row.expires_at, zone }))
}

/// Whose new password a token leads to, while it does: the account, and its address.
pub(in super::super) async fn reset_of(db: &Db, token: &Token) -> Result<Option<(AccountId, String)>, Error> {
    let mut tx = db.begin_system().await?;
    let now = tx.now();
    let row = sqlx::query!(
        r#"select r.account_id as "account: AccountId", a.email from password_reset r join account a on a.id = r.account_id and a.closed_at is null
           where r.token_hash = $1 and r.used_at is null and r.expires_at > $2"#,
        &token.hash(),
        now,
    )
    .fetch_optional(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(row.map(|row| (row.account, row.email)))
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
pub(in super::super) async fn reset(db: &Db, account: AccountId, (token, key): (&Token, &str), new: New<'_>) -> Result<bool, Error> {
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
    put(&mut tx, account, new).await?;
    sqlx::query!("update session set ended_at = $2 where account_id = $1 and ended_at is null", account.0, now).execute(tx.conn()).await?;
    sqlx::query!("update half_sign_in set ended_at = $2 where account_id = $1 and ended_at is null", account.0, now)
        .execute(tx.conn())
        .await?;
    note_change(db, tx, account, &hats, PASSWORD).await?;
    Ok(true)
}

/// What a letter says of an invitation.
#[derive(Debug)]
pub(in super::super) struct ToSend {
    pub(in super::super) email: String,
    /// As the person has chosen it, else as whoever invites them says, else the agency's.
    pub(in super::super) language: Language,
    pub(in super::super) inviter: String,
    pub(in super::super) agency_name: String,
    pub(in super::super) contact: String,
    /// They come in as a body's first steward.
    pub(in super::super) wants_code: bool,
    /// The letter may name the agency.
    pub(in super::super) may_name: bool,
    /// The last day on which it may be taken up, at the agency.
    pub(in super::super) until: NaiveDate,
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
           returning i.email, by_whom.name as inviter, g.name as agency_name, g.contact, m.steward as "wants_code!", coalesce(i.letter_may_name, true) as "may_name!", (i.expires_at at time zone g.zone)::date as "until!",
                     coalesce((select a.language from account a where a.email = i.email and a.closed_at is null), i.language, g.language) as language"#,
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
        language: Language::known(row.language.as_deref()),
        inviter: row.inviter,
        agency_name: row.agency_name,
        contact: row.contact,
        wants_code: row.wants_code,
        may_name: row.may_name,
        until: row.until,
    }))
}
