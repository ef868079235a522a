//! An agency's providers, and who of its own side comes in through them.

use super::{
    super::model::{Button, Entered, House, Kept, Person, Provider, purpose_of},
    rule::one_at_a_time,
};
use crate::{
    accounts::paths,
    audit::{self, Change},
    notices::{self, Notice},
    platform::{
        access::Can,
        db::{AgencyTx, Db},
        error::{Error, OnConstraint as _},
        form::Problems,
        ids::{AccountId, AgencyId, IdentityId, MembershipId, ProviderId},
        paging::Paging,
        policy::ManageSettings,
        seal::Keys,
    },
};
use sqlx::types::Json;

/// The agency that is typed or stands in an address, with the ways in that it offers.
pub(in crate::accounts) async fn house(db: &Db, typed: &str) -> Result<Option<House>, Error> {
    let mut tx = db.begin_system().await?;
    let rows = sqlx::query!(
        r#"select g.name, g.slug, g.contact, g.is_demo, p.id as "provider: ProviderId", p.label
           from agency g join sign_on_provider p on p.agency_id = g.id and p.active
           where g.slug = lower($1) or lower(g.name) = lower($1)
           order by g.slug = lower($1) desc, g.id, p.label, p.id"#,
        typed.trim(),
    )
    .fetch_all(tx.conn())
    .await?;
    tx.commit().await?;
    let mut found: Option<House> = None;
    for row in rows {
        let house = found.get_or_insert(House {
            name: row.name,
            slug: row.slug.clone(),
            contact: row.contact,
            is_demo: row.is_demo,
            buttons: Vec::new(),
        });
        if house.slug == row.slug {
            house.buttons.push(Button { provider: row.provider, label: row.label });
        }
    }
    Ok(found)
}

/// The agency with the ways in that it offers.
pub(in crate::accounts) async fn house_of(db: &Db, agency: AgencyId) -> Result<Option<House>, Error> {
    let mut tx = db.begin_system().await?;
    let slug = sqlx::query_scalar!("select slug from agency where id = $1", agency.0).fetch_optional(tx.conn()).await?;
    tx.commit().await?;
    match slug {
        Some(slug) => house(db, &slug).await,
        None => Ok(None),
    }
}

/// The agencies on whose own side the account serves, with the ways in that it has not joined yet.
pub(in super::super) async fn to_be_joined(db: &Db, account: AccountId) -> Result<Vec<House>, Error> {
    let mut tx = db.begin_system().await?;
    let rows = sqlx::query!(
        r#"select g.name, g.slug, g.contact, g.is_demo, p.id as "provider: ProviderId", p.label
           from agency g join sign_on_provider p on p.agency_id = g.id and p.active
           where exists (select 1 from membership m where m.agency_id = g.id and m.account_id = $1 and m.role <> 'partner' and m.state = 'active')
             and not exists (select 1 from sign_on_identity i where i.agency_id = g.id and i.account_id = $1 and i.issuer = p.issuer and i.ended_at is null)
           order by g.name, g.id, p.label, p.id"#,
        account.0,
    )
    .fetch_all(tx.conn())
    .await?;
    tx.commit().await?;
    let mut houses: Vec<House> = Vec::new();
    for row in rows {
        let button = Button { provider: row.provider, label: row.label };
        match houses.last_mut().filter(|house| house.slug == row.slug) {
            Some(house) => house.buttons.push(button),
            None => {
                houses.push(House { name: row.name, slug: row.slug, contact: row.contact, is_demo: row.is_demo, buttons: vec![button] });
            }
        }
    }
    Ok(houses)
}

/// An active provider, of a certain agency if one is named.
pub(in super::super) async fn provider(db: &Db, slug: Option<&str>, id: ProviderId) -> Result<Option<Provider>, Error> {
    let mut tx = db.begin_system().await?;
    let found = sqlx::query_as!(
        Provider,
        r#"select p.id as "id: ProviderId", g.id as "agency: AgencyId", g.name as agency_name, g.slug, g.is_demo, p.issuer,
                  p.application, p.secret, p.label
           from sign_on_provider p join agency g on g.id = p.agency_id
           where ($1::text is null or g.slug = $1) and p.id = $2 and p.active"#,
        slug,
        id.0,
    )
    .fetch_optional(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(found)
}

/// The agency's providers.
pub(in super::super) async fn list(tx: &mut AgencyTx) -> Result<Vec<Kept>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Kept,
        r#"select p.id as "id: ProviderId", p.issuer, p.application, p.secret is not null as "has_secret!", p.label, p.active, p.version,
                  (select count(distinct i.account_id) from sign_on_identity i
                   join membership m on m.agency_id = i.agency_id and m.account_id = i.account_id and m.role <> 'partner' and m.state <> 'ended'
                   where i.agency_id = p.agency_id and i.issuer = p.issuer and i.ended_at is null) as "people!"
           from sign_on_provider p where p.agency_id = $1 order by p.label, p.id"#,
        agency.0,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// One of them.
pub(in super::super) async fn find(tx: &mut AgencyTx, id: ProviderId) -> Result<Kept, Error> {
    list(tx).await?.into_iter().find(|one| one.id == id).ok_or(Error::NotFound)
}

const ONCE: (&str, &str, &str) = ("sign_on_provider_once", "issuer", "This provider is here already. Change the one that is");

/// Seals a secret for the provider that it belongs to.
fn sealed(keys: Option<&Keys>, agency: AgencyId, id: ProviderId, secret: &str) -> Result<Vec<u8>, Error> {
    keys.and_then(|keys| keys.seal(&purpose_of(agency, id), secret.as_bytes())).ok_or_else(|| {
        Error::refused("application_password", "Ask whoever runs this site to give it a key (SITE_KEY): without one no secret is kept")
    })
}

/// Adds a provider.
pub(in super::super) async fn add(
    tx: &mut AgencyTx,
    _: &Can<ManageSettings>,
    keys: Option<&Keys>,
    new: &Entered,
) -> Result<ProviderId, Error> {
    let (agency, now, id) = (tx.agency(), tx.now(), ProviderId::fresh());
    let secret = new.secret.as_ref().map(|secret| sealed(keys, agency, id, secret)).transpose()?;
    sqlx::query!(
        "insert into sign_on_provider (agency_id, id, issuer, application, secret, label, active, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        agency.0,
        id.0,
        new.issuer,
        new.application,
        secret,
        new.label,
        new.active,
        now,
    )
    .execute(tx.conn())
    .await
    .on_constraint(ONCE.0, ONCE.1, ONCE.2)?;
    audit::record(tx, Change::about("added a provider to", "single sign-on").field("issuer", &new.issuer).saying(state(new.active)))
        .await?;
    Ok(id)
}

fn state(active: bool) -> String {
    if active { "in use" } else { "not in use" }.to_owned()
}

/// Changes a provider; without another secret the one that is there stays.
pub(in super::super) async fn keep(
    tx: &mut AgencyTx,
    can: &Can<ManageSettings>,
    keys: Option<&Keys>,
    (before, new): (&Kept, &Entered),
) -> Result<(), Error> {
    let agency = tx.agency();
    if !new.active {
        may_go_out_of_use(tx, before.id).await?;
    }
    let secret = new.secret.as_ref().map(|secret| sealed(keys, agency, before.id, secret)).transpose()?;
    let kept = sqlx::query!(
        "update sign_on_provider set issuer = $4, application = $5, secret = coalesce($6, secret), label = $7, active = $8, version = version + 1
         where agency_id = $1 and id = $2 and version = $3",
        agency.0,
        before.id.0,
        can.version(),
        new.issuer,
        new.application,
        secret,
        new.label,
        new.active,
    )
    .execute(tx.conn())
    .await
    .on_constraint(ONCE.0, ONCE.1, ONCE.2)?;
    if kept.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    // What it vouched for before rests on nothing any more.
    if before.active && !new.active || before.issuer != new.issuer || before.application != new.application {
        end_vouched(tx, None).await?;
    }
    let fields = [
        ("issuer", before.issuer.clone(), new.issuer.clone()),
        ("application", before.application.clone(), new.application.clone()),
        ("label", before.label.clone(), new.label.clone()),
        ("in use", before.active.to_string(), new.active.to_string()),
    ];
    let change = Change::about("changed a provider of", "single sign-on").differing(fields).saying(state(new.active));
    audit::record(tx, if secret.is_some() { change.field("another secret", "") } else { change }).await
}

/// While the agency asks its own side for its single sign-on, one provider stays in use: or nobody of it could come in any more.
async fn may_go_out_of_use(tx: &mut AgencyTx, id: ProviderId) -> Result<(), Error> {
    one_at_a_time(tx).await?;
    let agency = tx.agency();
    let needed = sqlx::query_scalar!(
        r#"select (g.sign_in_rule = 'sso' or (g.sign_in_rule_before = 'sso' and coalesce(g.sign_in_rule_from > $3, false)))
                  and not exists (select 1 from sign_on_provider o where o.agency_id = g.id and o.id <> $2 and o.active) as "needed!"
           from agency g where g.id = $1"#,
        agency.0,
        id.0,
        tx.today(),
    )
    .fetch_one(tx.conn())
    .await?;
    if needed {
        return Err(Error::refused(
            "active",
            "Leave it in use: the agency asks its own side for its single sign-on, and this is the only one",
        ));
    }
    Ok(())
}

/// Takes a provider away. Who people are there stays joined, in case it comes back; without a provider it opens nothing.
pub(in super::super) async fn remove(tx: &mut AgencyTx, _: &Can<ManageSettings>, id: ProviderId) -> Result<(), Error> {
    let agency = tx.agency();
    may_go_out_of_use(tx, id).await?;
    let gone = sqlx::query!("delete from sign_on_provider where agency_id = $1 and id = $2", agency.0, id.0).execute(tx.conn()).await?;
    if gone.rows_affected() == 0 {
        return Err(Error::NotFound);
    }
    end_vouched(tx, None).await?;
    audit::record(tx, Change::about("took a provider away from", "single sign-on")).await
}

/// The sign-ins for which this agency's providers vouched end: those of one account, or all.
async fn end_vouched(tx: &mut AgencyTx, account: Option<AccountId>) -> Result<(), Error> {
    tx.as_keeper("end the sign-ins that rest on what was taken off", async |tx| {
        let (agency, now) = (tx.agency(), tx.now());
        sqlx::query!(
            "update session set ended_at = $3 where vouched_by = $1 and ($2::uuid is null or account_id = $2) and ended_at is null",
            agency.0,
            account.map(|id| id.0),
            now,
        )
        .execute(tx.conn())
        .await?;
        Ok(())
    })
    .await
}

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
        r#"select i.account_id as "account: AccountId", m.id as "membership: MembershipId"
           from sign_on_identity i
           join membership m on m.agency_id = i.agency_id and m.account_id = i.account_id and m.role <> 'partner' and m.state <> 'ended'
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
    end_vouched(tx, Some(row.account)).await?;
    let said = "The administrator took the agency’s single sign-on off your account".to_owned();
    notices::tell(tx, &[row.membership], &Notice { kind: "sign_on_taken_off", said, path: paths::ACCOUNT.to_owned() }).await?;
    audit::record(tx, Change::of_member("took the single sign-on off", row.membership, None)).await
}
