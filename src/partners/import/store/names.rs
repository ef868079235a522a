//! The look-up of names that the national lists fill.

use super::super::model::{Alike, Listed, ListedId, What};
use crate::{
    audit::{self, Change},
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        fold::fold,
        ids::{self, PartnerId, SubjectId},
        labels::Label as _,
        paging::Paging,
        policy::EditPartners,
        subject::Kind,
    },
};

/// All names of one list, to compare a newer one with.
pub(in super::super) async fn listed_all(tx: &mut AgencyTx, list: What) -> Result<Vec<Listed>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Listed,
        r#"select id as "id: ListedId", list as "list: What", official_id, name, states, alternates, partner_id as "partner: PartnerId"
           from listed_name where agency_id = $1 and list = $2 order by official_id"#,
        agency.0,
        list as What,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// One name.
pub(in crate::partners) async fn listed(tx: &mut AgencyTx, id: ListedId) -> Result<Option<Listed>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Listed,
        r#"select id as "id: ListedId", list as "list: What", official_id, name, states, alternates, partner_id as "partner: PartnerId"
           from listed_name where agency_id = $1 and id = $2"#,
        agency.0,
        id.0,
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Names whose current or other name holds these words. The partner is the one that was made of the name, or any with the
/// same official id.
pub(in super::super) async fn search(tx: &mut AgencyTx, words: &str, list: &str, paging: Paging) -> Result<Vec<Listed>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Listed,
        r#"select n.id as "id: ListedId", n.list as "list: What", n.official_id, n.name, n.states, n.alternates,
                  (select coalesce(p.merged_into, p.id) from partner p where p.agency_id = n.agency_id
                      and (p.id = n.partner_id or p.official_id = n.official_id) order by p.id limit 1) as "partner: PartnerId"
           from listed_name n
           where n.agency_id = $1 and ($2 = '%%' or n.folded like $2) and ($3 = '' or n.list = $3)
           order by n.folded, n.id
           limit $4 offset $5"#,
        agency.0,
        format!("%{}%", fold(words)),
        list,
        paging.limit(),
        paging.offset(),
    )
    .fetch_all(tx.conn())
    .await?)
}

/// How many names there are.
pub(in super::super) async fn names_count(tx: &mut AgencyTx) -> Result<i64, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_scalar!(r#"select count(*) as "count!" from listed_name where agency_id = $1"#, agency.0).fetch_one(tx.conn()).await?)
}

/// Gives a new partner the official id and the other names of the name it was begun with. Its recognition stays unsaid.
///
/// # Errors
/// A problem at the name, when there is a partner with that official id already.
pub(in crate::partners) async fn take_name(tx: &mut AgencyTx, partner: PartnerId, id: ListedId, called: &str) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let one = listed(tx, id).await?.ok_or(Error::NotFound)?;
    let given = sqlx::query!(
        "update partner set official_id = $3 where agency_id = $1 and id = $2
             and not exists (select 1 from partner o where o.agency_id = $1 and o.official_id = $3)",
        agency.0,
        partner.0,
        one.official_id,
    )
    .execute(tx.conn())
    .await?;
    if given.rows_affected() == 0 {
        return Err(Error::refused("name", "This name of the national list is already a partner. Open that entry instead"));
    }
    let names: Vec<String> =
        one.alternates.into_iter().chain([one.name]).filter(|name| !name.is_empty() && fold(name) != fold(called)).collect();
    sqlx::query!(
        "insert into partner_name (agency_id, id, partner_id, name, folded, source, created_at)
         select $1, n.id, $2, n.name, n.folded, $3, $4 from unnest($5::uuid[], $6::text[], $7::text[]) as n(id, name, folded)",
        agency.0,
        partner.0,
        one.list.label(),
        now,
        &names.iter().map(|_| ids::fresh()).collect::<Vec<_>>(),
        &names,
        &names.iter().map(|name| fold(name)).collect::<Vec<_>>(),
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!("update listed_name set partner_id = $3 where agency_id = $1 and id = $2", agency.0, id.0, partner.0)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Partners that are called as one of these names is, now or formerly; never those whose names are only alike.
pub(in super::super) async fn called_alike(tx: &mut AgencyTx, names: &[Listed]) -> Result<Vec<Alike>, Error> {
    let agency = tx.agency();
    let open: Vec<&Listed> = names.iter().filter(|name| name.partner.is_none()).collect();
    Ok(sqlx::query_as!(
        Alike,
        r#"select f.id as "listed!: ListedId", p.id as "partner: PartnerId", p.name
           from unnest($2::uuid[], $3::text[]) as f(id, folded)
           join partner p on p.agency_id = $1 and p.is_tribe and p.merged_into is null
               and (p.sort_name::text collate "C" = f.folded collate "C" or exists (select 1 from partner_name n
                   where n.agency_id = $1 and n.partner_id = p.id and n.folded collate "C" = f.folded collate "C"))
           order by p.name, p.id"#,
        agency.0,
        &open.iter().map(|name| name.id.0).collect::<Vec<_>>(),
        &open.iter().map(|name| fold(&name.name)).collect::<Vec<_>>(),
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Says that a partner is the one of this name: the look-up leads to it, and the id is its official one where it has none.
pub(in super::super) async fn name_is(tx: &mut AgencyTx, _: &Can<EditPartners>, id: ListedId, partner: PartnerId) -> Result<(), Error> {
    let agency = tx.agency();
    let one = listed(tx, id).await?.ok_or(Error::NotFound)?;
    if !called_alike(tx, std::slice::from_ref(&one)).await?.iter().any(|alike| alike.partner == partner) {
        return Err(Error::NotFound);
    }
    sqlx::query!(
        "update listed_name set partner_id = $3 where agency_id = $1 and id = $2 and partner_id is null",
        agency.0,
        id.0,
        partner.0
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "update partner set official_id = $3, version = version + 1 where agency_id = $1 and id = $2 and official_id = ''
             and not exists (select 1 from partner o where o.agency_id = $1 and o.official_id = $3)",
        agency.0,
        partner.0,
        one.official_id,
    )
    .execute(tx.conn())
    .await?;
    let change = Change::of("added an id of a national list to", Kind::Partner, SubjectId(partner.0));
    audit::record(tx, change.field("official id", &one.official_id)).await
}
