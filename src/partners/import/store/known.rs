//! The partners that rows are compared with.

use super::super::{Known, Particulars, model::facts};
use crate::{
    partners::model::{Kind, Stage},
    platform::{db::AgencyTx, error::Error, ids::PartnerId},
};

/// How all partners stand, as one text: it changes whenever one is added, changed or joined with another.
pub(in super::super) async fn mark(tx: &mut AgencyTx) -> Result<String, Error> {
    let agency = tx.agency();
    let row = sqlx::query!(
        r#"select count(*) filter (where merged_into is null) as "here!", coalesce(sum(version), 0) as "changes!",
                  (select count(*) from partner_name n where n.agency_id = $1) as "names!"
           from partner where agency_id = $1"#,
        agency.0,
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(format!("{}:{}:{}", row.here, row.changes, row.names))
}

/// Every partner with what is recorded of it. A partner that another entry was joined
/// to answers to that entry's official id as well.
pub(in crate::partners) async fn known(tx: &mut AgencyTx) -> Result<Vec<Known<PartnerId>>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select p.id as "id: PartnerId", p.name, p.kind as "kind: Kind", p.contracted, p.stage as "stage: Stage", p.communities, p.brings, p.languages, p.counties, p.description,
                  p.city, p.state, p.website, p.email, p.phone,
                  coalesce(nullif(p.official_id, ''), (select max(g.official_id) from partner g
                      where g.agency_id = p.agency_id and g.merged_into = p.id and g.official_id <> ''), '') as "official_id!",
                  coalesce((select array_agg(n.name order by n.created_at, n.name) from partner_name n
                      where n.agency_id = p.agency_id and n.partner_id = p.id), '{}') as "former_names!",
                  coalesce((select array_agg(n.name) from partner_name n where n.agency_id = p.agency_id and n.partner_id = p.id
                      and exists (select from import i where i.agency_id = n.agency_id and i.file_name = n.source)), '{}') as "of_lists!",
                  words_are_its_own(p.id) as "keeps_itself!"
           from partner p
           where p.agency_id = $1 and p.merged_into is null
           order by p.id"#,
        agency.0,
    )
    .fetch_all(tx.conn())
    .await?;
    let known = rows.into_iter().map(|row| {
        let particulars = Particulars {
            name: row.name,
            official_id: row.official_id,
            former_names: row.former_names,
            kind: Some(row.kind),
            city: row.city,
            state: row.state,
            counties: row.counties,
            languages: row.languages,
            website: row.website,
            email: row.email,
            phone: row.phone,
            description: row.description,
            contracted: Some(row.contracted),
            stage: Some(row.stage),
            communities: row.communities,
            brings: row.brings,
        };
        Known { id: row.id, particulars, of_lists: row.of_lists, keeps_itself: row.keeps_itself }
    });
    Ok(known.collect())
}

/// A partner beside a row that may be the same.
#[derive(Debug, Clone)]
pub(in crate::partners) struct Candidate {
    pub(in crate::partners) id: PartnerId,
    pub(in crate::partners) name: String,
    pub(in crate::partners) facts: Vec<(&'static str, String)>,
}

/// These partners, for reading.
pub(in crate::partners) async fn candidates(tx: &mut AgencyTx, ids: &[PartnerId]) -> Result<Vec<Candidate>, Error> {
    let agency = tx.agency();
    let ids: Vec<uuid::Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        r#"select p.id as "id: PartnerId", p.name, p.kind as "kind: Kind", p.contracted, p.stage as "stage: Stage", p.communities, p.brings, p.languages, p.counties, p.description,
                  p.city, p.state, p.website, p.email, p.phone,
                  coalesce((select array_agg(n.name order by n.created_at, n.name) from partner_name n
                      where n.agency_id = p.agency_id and n.partner_id = p.id), '{}') as "former_names!"
           from partner p where p.agency_id = $1 and p.id = any($2) order by p.id"#,
        agency.0,
        &ids,
    )
    .fetch_all(tx.conn())
    .await?;
    let read = rows.into_iter().map(|row| {
        let particulars = Particulars {
            name: String::new(),
            official_id: String::new(),
            former_names: row.former_names,
            kind: Some(row.kind),
            city: row.city,
            state: row.state,
            counties: row.counties,
            languages: row.languages,
            website: row.website,
            email: row.email,
            phone: row.phone,
            description: row.description,
            contracted: Some(row.contracted),
            stage: Some(row.stage),
            communities: row.communities,
            brings: row.brings,
        };
        Candidate { id: row.id, name: row.name, facts: facts(&particulars) }
    });
    Ok(read.collect())
}
