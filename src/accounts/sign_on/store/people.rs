//! Who of an agency's own side comes in through its providers, and whose sign-ins end with them.

use super::super::model::Person;
use crate::{
    accounts::{paths, store},
    audit::{self, Change},
    notices::{self, Notice},
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        ids::{AccountId, IdentityId, MembershipId, ProviderId},
        paging::Paging,
        policy::ManageSettings,
    },
};
use sqlx::types::Json;

/// Who of the agency's own side comes in through a provider. People with another role are not listed: that the same person has both
/// is theirs to say.
pub(in super::super) async fn people(tx: &mut AgencyTx, paging: Paging) -> Result<Vec<Person>, Error> {
    let agency = tx.agency();
    let row = sqlx::query_scalar!(
        r#"select coalesce(json_agg(l), '[]') as "people!: Json<Vec<Person>>"
           from (select i.id, m.name, m.role, p.label, i.joined_at, i.used_at
                 from sign_on_identity i
                 join lateral (select o.name, o.role from membership o
                               where o.agency_id = i.agency_id and o.account_id = i.account_id and o.role <> 'partner' and o.state <> 'ended'
                               order by o.created_at, o.id limit 1) m on true
                 left join sign_on_provider p on p.agency_id = i.agency_id and p.issuer = i.issuer
                 where i.agency_id = $1 and i.ended_at is null
                 order by m.name, i.id limit $2 offset $3) l"#,
        agency.0,
        paging.limit(),
        paging.offset(),
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(row.0)
}

/// Takes somebody's sign-in off, as the administrator: from now on it opens nothing here.
pub(in super::super) async fn take_off(tx: &mut AgencyTx, _: &Can<ManageSettings>, id: IdentityId) -> Result<(), Error> {
    let agency = tx.agency();
    let row = sqlx::query!(
        r#"select i.account_id as "account: AccountId", m.id as "membership: MembershipId", p.id as "provider?: ProviderId"
           from sign_on_identity i
           join membership m on m.agency_id = i.agency_id and m.account_id = i.account_id and m.role <> 'partner' and m.state <> 'ended'
           left join sign_on_provider p on p.agency_id = i.agency_id and p.issuer = i.issuer
           where i.agency_id = $1 and i.id = $2 and i.ended_at is null order by m.created_at, m.id limit 1"#,
        agency.0,
        id.0,
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(Error::NotFound)?;
    let now = tx.now();
    sqlx::query!("update sign_on_identity set ended_at = $3 where agency_id = $1 and id = $2", agency.0, id.0, now)
        .execute(tx.conn())
        .await?;
    end_vouched(tx, row.provider, Some(row.account)).await?;
    let said = "The administrator took the agency’s single sign-on off your account".to_owned();
    notices::tell(tx, &[row.membership], &Notice { kind: "sign_on_taken_off", said, path: paths::ACCOUNT.to_owned() }).await?;
    audit::record(tx, Change::of_member("took the single sign-on off", row.membership, None)).await
}

/// The same as `accounts/store`’s, of whoever it is: those of one account, or all.
pub(super) async fn end_vouched(tx: &mut AgencyTx, provider: Option<ProviderId>, account: Option<AccountId>) -> Result<(), Error> {
    tx.as_keeper("end the sign-ins that rest on what was taken off", async |tx| store::end_vouched(tx, account, provider).await).await
}
