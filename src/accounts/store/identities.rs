//! Who people are at their agencies' providers of single sign-on: agency, issuer and subject together, never an address.

use super::super::{
    model::HatOnOffer,
    sign_on::{Identity, Joined},
};
use crate::{
    audit::{self, Change},
    platform::{
        db::{AgencyTx, Db, Standing},
        error::{Error, OnConstraint as _},
        ids::{AccountId, AgencyId, IdentityId, MembershipId, ProviderId},
    },
};

/// The open account to which somebody at a provider is joined in this agency, and whether it is one of the demonstration's.
pub(in super::super) async fn account_at(db: &Db, agency: AgencyId, identity: &Identity) -> Result<Option<(AccountId, bool)>, Error> {
    let mut tx = db.begin_system().await?;
    let row = sqlx::query!(
        r#"select a.id as "account: AccountId", a.is_demo
           from sign_on_identity i join account a on a.id = i.account_id and a.closed_at is null
           where i.agency_id = $1 and i.issuer = $2 and i.subject = $3 and i.ended_at is null"#,
        agency.0,
        identity.issuer,
        identity.subject,
    )
    .fetch_optional(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(row.map(|row| (row.account, row.is_demo)))
}

/// Joins who somebody is at a provider to the account that the transaction runs for.
pub(super) async fn insert(tx: &mut AgencyTx, account: AccountId, member: MembershipId, identity: &Identity) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    sqlx::query!(
        "insert into sign_on_identity (agency_id, id, account_id, issuer, subject, joined_at) values ($1, $2, $3, $4, $5, $6)",
        agency.0,
        crate::platform::ids::fresh(),
        account.0,
        identity.issuer,
        identity.subject,
        now,
    )
    .execute(tx.conn())
    .await
    .on_constraint("sign_on_identity_once", "", "Somebody else here uses this sign-in")?;
    audit::record(tx, Change::of_member("joined the single sign-on to the account of", member, None)).await
}

/// The same as a deed of its own, by somebody who is signed in. Another identity of theirs at that provider gives way.
pub(in super::super) async fn join(
    db: &Db,
    account: AccountId,
    hat: &HatOnOffer,
    (provider, identity): (ProviderId, &Identity),
) -> Result<(), Error> {
    let mut tx = db.begin_account(account).await?.become_member(Standing::plain(hat.agency, account, hat.membership)).await?;
    let now = tx.now();
    let gave_way = sqlx::query!(
        "update sign_on_identity set ended_at = $4 where agency_id = $1 and account_id = $2 and issuer = $3 and ended_at is null",
        hat.agency.0,
        account.0,
        identity.issuer,
        now,
    )
    .execute(tx.conn())
    .await?;
    if gave_way.rows_affected() > 0 {
        end_vouched(&mut tx, Some(account), Some(provider)).await?;
    }
    insert(&mut tx, account, hat.membership, identity).await?;
    tx.end().await
}

/// Notes that an identity was used.
pub(in super::super) async fn note_used(db: &Db, account: AccountId, hat: &HatOnOffer, identity: &Identity) -> Result<(), Error> {
    let mut tx = db.begin_account(account).await?.become_member(Standing::plain(hat.agency, account, hat.membership)).await?;
    let now = tx.now();
    sqlx::query!(
        "update sign_on_identity set used_at = $4 where agency_id = $1 and issuer = $2 and subject = $3 and ended_at is null",
        hat.agency.0,
        identity.issuer,
        identity.subject,
        now,
    )
    .execute(tx.conn())
    .await?;
    tx.end().await
}

/// What is joined to the account, in all agencies.
pub(in super::super) async fn joined(db: &Db, account: AccountId) -> Result<Vec<Joined>, Error> {
    let mut tx = db.begin_system().await?;
    let rows = sqlx::query_as!(
        Joined,
        r#"select i.id as "id: _", g.name as agency_name, g.slug, g.place, coalesce(p.label, i.issuer) as "label!", i.joined_at
           from sign_on_identity i join agency g on g.id = i.agency_id
           left join sign_on_provider p on p.agency_id = i.agency_id and p.issuer = i.issuer
           where i.account_id = $1 and i.ended_at is null order by g.name, i.id"#,
        account.0,
    )
    .fetch_all(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(rows)
}

/// Takes one off the account, and ends what rests on it. One that is off stays so. Answers whether it is the account's.
pub(in super::super) async fn take_off(db: &Db, account: AccountId, id: IdentityId) -> Result<bool, Error> {
    let mut tx = db.begin_system().await?;
    let found = sqlx::query!(
        r#"select i.agency_id as "agency: AgencyId", i.ended_at is not null as "is_off!", m.id as "membership?: MembershipId",
                  p.id as "provider?: ProviderId"
           from sign_on_identity i
           left join sign_on_provider p on p.agency_id = i.agency_id and p.issuer = i.issuer
           left join lateral (select o.id from membership o where o.agency_id = i.agency_id and o.account_id = i.account_id and o.role <> 'partner'
                              order by o.state = 'active' desc, o.created_at, o.id limit 1) m on true
           where i.id = $1 and i.account_id = $2"#,
        id.0,
        account.0,
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(found) = found else { return Ok(false) };
    if found.is_off {
        return Ok(true);
    }
    let (agency, member) = (found.agency, found.membership.unwrap_or_else(MembershipId::fresh));
    let mut tx = tx.become_member(Standing::plain(agency, account, member)).await?;
    let now = tx.now();
    sqlx::query!("update sign_on_identity set ended_at = $3 where agency_id = $1 and id = $2", agency.0, id.0, now)
        .execute(tx.conn())
        .await?;
    end_vouched(&mut tx, Some(account), found.provider).await?;
    if found.membership.is_some() {
        audit::record(&mut tx, Change::of_member("took the single sign-on off their account", member, None)).await?;
    }
    tx.end().await?;
    Ok(true)
}

/// The sign-ins end for which this provider of the agency vouched (any of its providers, where none is named): those of one account, or
/// all that the transaction may see. One of which is not known through which it came ends with any.
pub(in super::super) async fn end_vouched(
    tx: &mut AgencyTx,
    account: Option<AccountId>,
    provider: Option<ProviderId>,
) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    sqlx::query!(
        "update session set ended_at = $3
         where vouched_by = $1 and ($2::uuid is null or account_id = $2)
           and ($4::uuid is null or provider_id is null or provider_id = $4) and ended_at is null",
        agency.0,
        account.map(|id| id.0),
        now,
        provider.map(|id| id.0),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Whether the account opens without any provider.
pub(in super::super) async fn has_another_way_in(db: &Db, account: AccountId) -> Result<bool, Error> {
    let mut tx = db.begin_system().await?;
    let has = sqlx::query_scalar!(
        r#"select (password_hash is not null or exists (select 1 from passkey p where p.account_id = account.id)) as "has!"
           from account where id = $1"#,
        account.0,
    )
    .fetch_optional(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(has.unwrap_or(false))
}
