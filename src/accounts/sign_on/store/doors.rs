//! Agencies as whoever comes in knows them, with the ways in that they offer, and the way by which a sign-in came.

use super::super::model::{Button, House};
use crate::platform::{
    db::Db,
    error::Error,
    ids::{AccountId, AgencyId, ProviderId, SessionId},
    session::Person,
};

/// The agencies that are typed or stand in an address, with the ways in that they offer: one by its address, else all of that very name.
/// Nobody gets to see any whose name they do not know.
pub(in crate::accounts) async fn houses(db: &Db, typed: &str) -> Result<Vec<House>, Error> {
    let mut tx = db.begin_system().await?;
    let doors = sqlx::query_as!(
        Door,
        r#"select g.name, g.slug, g.place, g.contact, g.is_demo, p.id as "provider: ProviderId", p.label
           from agency g join sign_on_provider p on p.agency_id = g.id and p.active
           where g.slug = lower($1) or lower(g.name) = lower($1)
           order by g.slug = lower($1) desc, g.slug, p.label, p.id limit 100"#,
        typed.trim(),
    )
    .fetch_all(tx.conn())
    .await?;
    tx.commit().await?;
    let mut houses = by_house(doors);
    if houses.first().is_some_and(|first| first.slug == typed.trim().to_lowercase()) {
        houses.truncate(1);
    }
    Ok(houses)
}

/// One way in, and the agency it leads to.
struct Door {
    name: String,
    slug: String,
    place: String,
    contact: String,
    is_demo: bool,
    provider: ProviderId,
    label: String,
}

/// Each agency once, with its ways in; those of one agency stand in a row.
fn by_house(doors: Vec<Door>) -> Vec<House> {
    let mut houses: Vec<House> = Vec::new();
    for Door { name, slug, place, contact, is_demo, provider, label } in doors {
        let button = Button { provider, label };
        match houses.last_mut().filter(|last| last.slug == slug) {
            Some(last) => last.buttons.push(button),
            None => houses.push(House { name, slug, place, contact, is_demo, buttons: vec![button] }),
        }
    }
    houses
}

/// The agency at an address, with the ways in that it offers.
pub(in crate::accounts) async fn house(db: &Db, slug: &str) -> Result<Option<House>, Error> {
    Ok(houses(db, slug).await?.into_iter().find(|house| house.slug == slug))
}

/// The agency by whose provider somebody came in, with that one: another may not know them.
pub(in crate::accounts) async fn house_again(db: &Db, person: &Person, agency: AgencyId) -> Result<Option<House>, Error> {
    let through = vouched_through(db, person.account, person.session).await?;
    let mut found = house_of(db, agency).await?;
    if let (Some(house), Some(through)) = (&mut found, through) {
        house.buttons.retain(|button| button.provider == through);
    }
    Ok(found)
}

async fn house_of(db: &Db, agency: AgencyId) -> Result<Option<House>, Error> {
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
    let doors = sqlx::query_as!(
        Door,
        r#"select g.name, g.slug, g.place, g.contact, g.is_demo, p.id as "provider: ProviderId", p.label
           from agency g join sign_on_provider p on p.agency_id = g.id and p.active
           where exists (select 1 from membership m where m.agency_id = g.id and m.account_id = $1 and m.role <> 'partner' and m.state = 'active')
             and not exists (select 1 from sign_on_identity i where i.agency_id = g.id and i.account_id = $1 and i.issuer = p.issuer and i.ended_at is null)
           order by g.name, g.id, p.label, p.id"#,
        account.0,
    )
    .fetch_all(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(by_house(doors))
}

/// Through which provider one's own sign-in was vouched for.
pub(in super::super) async fn vouched_through(db: &Db, account: AccountId, session: SessionId) -> Result<Option<ProviderId>, Error> {
    let mut tx = db.begin_account(account).await?;
    let found = sqlx::query_scalar!(
        r#"select provider_id as "id: ProviderId" from session where id = $1 and account_id = $2"#,
        session.0,
        account.0,
    )
    .fetch_optional(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(found.flatten())
}
