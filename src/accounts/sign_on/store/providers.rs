//! An agency's providers, as its administrator keeps them and as a way to one needs them.

use super::{
    super::model::{Entered, Kept, Provider, purpose_of},
    people::end_vouched,
    rule::one_at_a_time,
};
use crate::{
    audit::{self, Change},
    platform::{
        access::Can,
        db::{AgencyTx, Db},
        error::{Error, OnConstraint as _},
        form::Problems,
        ids::{AgencyId, ProviderId},
        policy::ManageSettings,
        seal::Keys,
    },
};

/// An active provider, of a certain agency if one is named.
pub(in super::super) async fn provider(db: &Db, slug: Option<&str>, id: ProviderId) -> Result<Option<Provider>, Error> {
    let mut tx = db.begin_system().await?;
    let found = sqlx::query_as!(
        Provider,
        r#"select p.id as "id: ProviderId", g.id as "agency: AgencyId", g.name as agency_name, g.slug, g.is_demo, p.issuer,
                  p.application, p.secret, p.label, p.levels, p.counts_methods, p.needs_second
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
                  p.levels, p.counts_methods, p.needs_second,
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
        "insert into sign_on_provider (agency_id, id, issuer, application, secret, label, active, created_at, levels, counts_methods, needs_second)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        agency.0,
        id.0,
        new.issuer,
        new.application,
        secret,
        new.label,
        new.active,
        now,
        new.levels,
        new.counts_methods,
        new.needs_second,
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
        "update sign_on_provider set issuer = $4, application = $5, secret = coalesce($6, secret), label = $7, active = $8,
             levels = $9, counts_methods = $10, needs_second = $11, version = version + 1
         where agency_id = $1 and id = $2 and version = $3",
        agency.0,
        before.id.0,
        can.version(),
        new.issuer,
        new.application,
        secret,
        new.label,
        new.active,
        new.levels,
        new.counts_methods,
        new.needs_second,
    )
    .execute(tx.conn())
    .await
    .on_constraint(ONCE.0, ONCE.1, ONCE.2)?;
    if kept.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    // What it vouched for before rests on nothing any more.
    if before.is_outdone_by(new) {
        end_vouched(tx, Some(before.id), None).await?;
    }
    let fields = [
        ("issuer", before.issuer.clone(), new.issuer.clone()),
        ("application", before.application.clone(), new.application.clone()),
        ("label", before.label.clone(), new.label.clone()),
        ("in use", before.active.to_string(), new.active.to_string()),
        ("levels", before.levels.clone(), new.levels.clone()),
        ("ways of signing in count", before.counts_methods.to_string(), new.counts_methods.to_string()),
        ("two factors needed", before.needs_second.to_string(), new.needs_second.to_string()),
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
    end_vouched(tx, Some(id), None).await?;
    audit::record(tx, Change::about("took a provider away from", "single sign-on")).await
}
