//! What the operator may do about somebody's sign-ins at a terminal, as the owner of the tables: the person's agencies have it in
//! their logs, in the same transaction.

use super::super::model::SignIn;
use crate::{
    audit::{self, Change},
    platform::ids::{AccountId, AgencyId, MembershipId, SessionId},
};
use chrono::{DateTime, Utc};
use sqlx::{Connection as _, PgConnection};

/// Why it cannot be done, for the person at the terminal.
#[derive(Debug, thiserror::Error)]
pub enum OperatorError {
    /// No such account.
    #[error("Nobody signs in with the address {0}.")]
    Nobody(String),
    /// No such sign-in.
    #[error("{0} has no sign-in of that number that is still open. See them with: common-table session list {0}")]
    NoSession(String),
    /// The database refused.
    #[error("The database refused: {0}")]
    Database(#[from] sqlx::Error),
}

/// Goes on as the site's role for one account.
async fn as_account(owner: &mut PgConnection, account: AccountId) -> Result<(), sqlx::Error> {
    sqlx::raw_sql("set local role app_login").execute(&mut *owner).await?;
    sqlx::query_scalar!(r#"select set_config('app.account', $1, true) as "set!""#, account.to_string()).fetch_one(owner).await?;
    Ok(())
}

async fn account_of(owner: &mut PgConnection, email: &str) -> Result<AccountId, OperatorError> {
    sqlx::raw_sql("set local role app_system").execute(&mut *owner).await?;
    let found = sqlx::query_scalar!(
        r#"select id as "id: AccountId" from account where email = $1 and closed_at is null"#,
        email.trim().to_lowercase(),
    )
    .fetch_optional(&mut *owner)
    .await?;
    sqlx::raw_sql("reset role").execute(owner).await?;
    found.ok_or_else(|| OperatorError::Nobody(email.trim().to_owned()))
}

/// The open sign-ins of an address, the latest used first: the number of each, its device, when it began and when it was last used.
///
/// # Errors
/// What cannot be done, in plain words.
#[expect(clippy::disallowed_methods, reason = "the operator’s own transaction, outside any agency")]
pub async fn sign_ins(
    owner: &mut PgConnection,
    email: &str,
    now: DateTime<Utc>,
) -> Result<Vec<(SessionId, String, DateTime<Utc>, DateTime<Utc>)>, OperatorError> {
    let mut tx = owner.begin().await?;
    let account = account_of(&mut tx, email).await?;
    as_account(&mut tx, account).await?;
    let rows = sqlx::query_as!(
        SignIn,
        r#"select id as "id: SessionId", device, created_at, last_seen_at from session
           where account_id = $1 and ended_at is null and expires_at > $2 order by last_seen_at desc, id"#,
        account.0,
        now,
    )
    .fetch_all(&mut *tx)
    .await?;
    tx.rollback().await?;
    Ok(rows.into_iter().map(|row| (row.id, row.device, row.created_at, row.last_seen_at)).collect())
}

/// Ends one open sign-in of an address, or all of them. Each agency in which the person serves has an entry in its log. Answers how
/// many ended.
///
/// # Errors
/// What cannot be done, in plain words.
#[expect(clippy::disallowed_methods, reason = "the operator’s own transaction, outside any agency")]
pub async fn end_sign_ins(
    owner: &mut PgConnection,
    email: &str,
    only: Option<SessionId>,
    now: DateTime<Utc>,
) -> Result<u64, OperatorError> {
    let mut tx = owner.begin().await?;
    let account = account_of(&mut tx, email).await?;
    as_account(&mut tx, account).await?;
    let ended = sqlx::query!(
        "update session set ended_at = $2
         where account_id = $1 and ended_at is null and expires_at > $2 and ($3::uuid is null or id = $3)",
        account.0,
        now,
        only.map(|id| id.0),
    )
    .execute(&mut *tx)
    .await?
    .rows_affected();
    // Nor does a sign-in go on that waits for its second step.
    sqlx::query!("update half_sign_in set ended_at = $2 where account_id = $1 and ended_at is null", account.0, now)
        .execute(&mut *tx)
        .await?;
    if ended == 0 && only.is_some() {
        return Err(OperatorError::NoSession(email.trim().to_owned()));
    }
    sqlx::raw_sql("reset role").execute(&mut *tx).await?;
    if ended > 0 {
        on_the_record(&mut tx, account, "ended the sign-ins of", now).await?;
    }
    tx.commit().await?;
    Ok(ended)
}

/// An entry about the person in every agency in which they serve, where its administrators and directors, or the stewards of the
/// person's body, read it.
pub(super) async fn on_the_record(
    owner: &mut PgConnection,
    account: AccountId,
    action: &str,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    sqlx::raw_sql("set local role app_system").execute(&mut *owner).await?;
    let served = sqlx::query!(
        r#"select agency_id as "agency: AgencyId", id as "membership: MembershipId", partner_id from membership
           where account_id = $1 and state in ('active', 'suspended') order by agency_id, id"#,
        account.0,
    )
    .fetch_all(&mut *owner)
    .await?;
    sqlx::raw_sql("reset role").execute(&mut *owner).await?;
    for one in served {
        sqlx::query_scalar!(r#"select set_config('app.agency', $1, true) as "set!""#, one.agency.to_string())
            .fetch_one(&mut *owner)
            .await?;
        let body = one.partner_id.map(crate::platform::ids::SubjectId);
        audit::record_of_operator(owner, one.agency, now, Change::of_member(action, one.membership, body)).await?;
    }
    Ok(())
}
