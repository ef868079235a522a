//! Merges as they stand, and which entries may be one body.

use super::super::model::{Joined, Merge, MergeId, Said, Side, State, Word};
use crate::{
    partners::{import, model::Partner},
    platform::{aside, db::AgencyTx, error::Error, fold::fold, form::Choice, ids::PartnerId},
};

/// The entry that this one was joined to.
pub(in crate::partners) async fn merged_into(tx: &mut AgencyTx, id: PartnerId) -> Result<Option<PartnerId>, Error> {
    let agency = tx.agency();
    let found = sqlx::query_scalar!(
        r#"select merged_into as "merged_into: PartnerId" from partner where agency_id = $1 and id = $2"#,
        agency.0,
        id.0,
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(found.flatten())
}

/// The entries that were joined to this one, each with how many of its comments the reader can see.
pub(in crate::partners) async fn joined(tx: &mut AgencyTx, kept: PartnerId) -> Result<Vec<Joined>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Joined,
        r#"select p.id as "id: PartnerId", p.name,
                  (select count(*) from comment c where c.agency_id = p.agency_id and c.subject_id = p.id and c.withdrawn_at is null) as "comments!"
           from partner p where p.agency_id = $1 and p.merged_into = $2 order by p.sort_name, p.id limit 50"#,
        agency.0,
        kept.0,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// A partner's entry, as long as it leads to no other.
pub(in crate::partners) async fn standing(tx: &mut AgencyTx, id: PartnerId) -> Result<Partner, Error> {
    if merged_into(tx, id).await?.is_some() {
        return Err(Error::NotFound);
    }
    crate::partners::store::find(tx, id).await?.ok_or(Error::NotFound)
}

/// One merge, for a reader who may see it.
pub(in super::super) async fn find(tx: &mut AgencyTx, id: MergeId) -> Result<Option<Merge>, Error> {
    Ok(select(tx, Some(id), None).await?.pop())
}

/// The merges of a partner that wait or were done, latest first, as far as the reader may see them.
pub(in crate::partners) async fn of(tx: &mut AgencyTx, partner: PartnerId) -> Result<Vec<Merge>, Error> {
    select(tx, None, Some(partner)).await
}

async fn select(tx: &mut AgencyTx, id: Option<MergeId>, partner: Option<PartnerId>) -> Result<Vec<Merge>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Merge,
        r#"select m.id as "id: MergeId", m.kept_id as "kept: PartnerId", k.name as kept_name, m.gone_id as "gone: PartnerId", g.name as gone_name,
                  m.state as "state: State", a.name as asker, m.created_at, m.done_at, m.undo_until, m.undone_at
           from merge m
           join partner k on k.agency_id = m.agency_id and k.id = m.kept_id
           join partner g on g.agency_id = m.agency_id and g.id = m.gone_id
           join membership a on a.agency_id = m.agency_id and a.id = m.asked_by
           where m.agency_id = $1
             and ($2::uuid is null or m.id = $2)
             and ($3::uuid is null or (m.state in ('proposed', 'done') and (m.kept_id = $3 or m.gone_id = $3)))
           order by m.created_at desc, m.id desc
           limit 20"#,
        agency.0,
        id.map(|id| id.0),
        partner.map(|id| id.0),
    )
    .fetch_all(tx.conn())
    .await?)
}

/// The word of each body that is asked.
pub(in super::super) async fn words(tx: &mut AgencyTx, id: MergeId) -> Result<Vec<Word>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Word,
        r#"select w.partner_id as "body: PartnerId", p.name as body_name, w.word as "said: Said",
                  (select m.name from membership m where m.agency_id = w.agency_id and m.id = w.steward_id) as steward, w.said_at,
                  exists (select 1 from membership m where m.agency_id = w.agency_id and m.partner_id = w.partner_id and m.steward
                      and m.state = 'active') as "can_be_said!"
           from merge_word w
           join partner p on p.agency_id = w.agency_id and p.id = w.partner_id
           where w.agency_id = $1 and w.merge_id = $2
           order by p.name, p.id"#,
        agency.0,
        id.0,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// The entries whose word a merge of these two wants, those that were joined to them before among them.
pub(super) async fn asked(tx: &mut AgencyTx, kept: PartnerId, gone: PartnerId) -> Result<Vec<PartnerId>, Error> {
    Ok(sqlx::query_scalar!(r#"select asked_to_join($1) as "body!: PartnerId" union select asked_to_join($2) order by 1"#, kept.0, gone.0,)
        .fetch_all(tx.conn())
        .await?)
}

/// Whether somebody's word is wanted by now who was not asked when the merge was proposed.
pub(super) async fn unasked(tx: &mut AgencyTx, merge: &Merge) -> Result<bool, Error> {
    let (wanted, told) = (asked(tx, merge.kept, merge.gone).await?, words(tx, merge.id).await?);
    Ok(wanted.iter().any(|body| !told.iter().any(|word| word.body == *body)))
}

/// These entries, to be laid side by side; those that are gone or not there are left out.
pub(in super::super) async fn sides(tx: &mut AgencyTx, ids: &[PartnerId]) -> Result<Vec<Side>, Error> {
    let entries = import::candidates(tx, ids).await?;
    let agency = tx.agency();
    let counted = sqlx::query!(
        r#"select p.id as "id: PartnerId",
                  (select count(*) from outreach o where o.agency_id = p.agency_id and o.partner_id = p.id and not o.between_governments) as "outreach!",
                  (select count(*) from outreach o where o.agency_id = p.agency_id and o.partner_id = p.id and o.between_governments) as "governments!",
                  (select count(*) from membership m where m.agency_id = p.agency_id and m.partner_id = p.id and m.state <> 'ended') as "members!",
                  exists (select asked_to_join(p.id)) as "is_asked!"
           from partner p where p.agency_id = $1 and p.id = any($2) and p.merged_into is null order by p.id"#,
        agency.0,
        &ids.iter().map(|id| id.0).collect::<Vec<_>>(),
    )
    .fetch_all(tx.conn())
    .await?;
    let mut sides = Vec::new();
    for id in ids {
        let (entry, count) = (entries.iter().find(|one| one.id == *id), counted.iter().find(|one| one.id == *id));
        if let (Some(entry), Some(count)) = (entry, count) {
            sides.push(Side {
                id: *id,
                name: entry.name.clone(),
                facts: entry.facts.clone(),
                outreach: count.outreach,
                governments: count.governments,
                members: count.members,
                is_asked: count.is_asked,
            });
        }
    }
    Ok(sides)
}

/// Entries that may be the same body: by official id, by name or former name, and, where no Tribe is concerned, by likeness.
pub(in super::super) async fn likely(tx: &mut AgencyTx, this: PartnerId) -> Result<Vec<PartnerId>, Error> {
    let known = import::known(tx).await?;
    aside::run(move || import::likely_same(known, this)).await
}

/// Other entries by name, as choices.
pub(in super::super) async fn search(tx: &mut AgencyTx, this: PartnerId, words: &str) -> Result<Vec<Choice>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        "select p.id, p.name, p.city from partner p
         where p.agency_id = $1 and p.id <> $2 and p.merged_into is null
           and (p.folded like $3 or exists (select 1 from partner_name n
               where n.agency_id = p.agency_id and n.partner_id = p.id and n.folded like $3))
         order by p.sort_name, p.id limit 30",
        agency.0,
        this.0,
        format!("%{}%", fold(words)),
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| Choice::new(row.id.to_string(), row.name).hint(row.city)).collect())
}
