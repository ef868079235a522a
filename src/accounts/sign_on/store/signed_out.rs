//! Sign-ins that end here because they ended at the provider that vouched for them.

use super::super::{
    logout::{OLDEST, SignedOut},
    model::{Provider, SKEW},
};
use crate::platform::{
    db::Db,
    error::Error,
    events,
    ids::{AccountId, ProviderId, SessionId},
};
use chrono::Duration;

/// The provider in use of the agency at this address that is named so.
pub(in super::super) async fn provider_named(db: &Db, slug: &str, (issuer, application): (&str, &str)) -> Result<Option<Provider>, Error> {
    let mut tx = db.begin_system().await?;
    let found = sqlx::query_scalar!(
        r#"select p.id as "id: ProviderId" from sign_on_provider p join agency g on g.id = p.agency_id
           where g.slug = $1 and p.issuer = $2 and p.application = $3 and p.active"#,
        slug,
        issuer,
        application,
    )
    .fetch_optional(tx.conn())
    .await?;
    tx.commit().await?;
    match found {
        Some(id) => super::provider(db, Some(slug), id).await,
        None => Ok(None),
    }
}

/// Ends the sign-ins that a provider speaks of, as far as it vouched for them; where it names one of which is not known which it is, all
/// of that person that it might be. Answers whether it was said for the first time.
pub(in super::super) async fn end(db: &Db, provider: &Provider, said: &SignedOut) -> Result<bool, Error> {
    let mut tx = db.begin_system().await?;
    let now = tx.now();
    let ending = sqlx::query!(
        r#"select s.id as "session: SessionId", s.account_id as "account: AccountId" from session s
           where s.vouched_by = $1 and (s.provider_id is null or s.provider_id = $2) and s.ended_at is null and s.expires_at > $3
             and ($4::text is null or exists (select from sign_on_identity i where i.agency_id = $1 and i.account_id = s.account_id
                 and i.issuer = $5 and i.subject = $4 and i.ended_at is null))
             and ($6::bytea is null or s.provider_sid = $6 or s.provider_sid is null and $4 is not null)
           order by s.account_id, s.id"#,
        provider.agency.0,
        provider.id.0,
        now,
        said.subject.as_deref(),
        provider.issuer,
        said.sid.as_ref().map(<[u8; 32]>::as_slice),
    )
    .fetch_all(tx.conn())
    .await?;
    tx.become_account(ending.first().map_or_else(AccountId::fresh, |one| one.account)).await?;
    let first = sqlx::query!(
        "insert into sign_on_logout (id, expires_at) values ($1, $2) on conflict do nothing",
        said.number.as_slice(),
        now + OLDEST + Duration::seconds(2 * SKEW),
    )
    .execute(tx.conn())
    .await?;
    if first.rows_affected() == 0 {
        return Ok(false);
    }
    for of_one in ending.chunk_by(|one, next| one.account == next.account) {
        let Some(account) = of_one.first().map(|one| one.account) else { continue };
        let sessions: Vec<uuid::Uuid> = of_one.iter().map(|one| one.session.0).collect();
        tx.become_account(account).await?;
        sqlx::query!(
            "update session set ended_at = $3 where account_id = $1 and id = any($2) and ended_at is null",
            account.0,
            &sessions,
            now
        )
        .execute(tx.conn())
        .await?;
        events::signed_out_there(account, provider.agency, sessions.len());
    }
    tx.commit().await?;
    Ok(true)
}
