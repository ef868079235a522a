//! Barriers in and out of the database.

use super::{
    model::{Barrier, Entry, Level, Listed, State},
    paths,
};
use crate::{
    audit::{self, Change},
    chain::{self, Join, Neighbour},
    consent,
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        form::Problems,
        ids::{MembershipId, PartnerId, SubjectId},
        labels::Label as _,
        paging::Paging,
        policy::EditFramework,
        subject::{self, Audience, Kind, NewSubject},
    },
};

/// What may show a barrier.
pub(super) const EVIDENCE: &[Kind] = &[Kind::Theme, Kind::Statement];

/// What a list is narrowed to; empty texts narrow nothing.
#[derive(Debug, Default)]
pub(super) struct Narrowed<'a> {
    pub(super) words: &'a str,
    pub(super) level: &'a str,
    pub(super) state: &'a str,
    /// `all` drafts, or `mine` alone; anything else is every record.
    pub(super) drafts: &'a str,
    pub(super) me: Option<MembershipId>,
    pub(super) reread: bool,
    pub(super) theme: Option<SubjectId>,
    /// `name`, `old` or `level`; anything else is what is open and in work first.
    pub(super) sort: &'a str,
}

/// A page of the list: what is open and in work first.
pub(super) async fn list(tx: &mut AgencyTx, narrowed: &Narrowed<'_>, paging: Paging) -> Result<Vec<Listed>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Listed,
        r#"select b.id as "id: SubjectId", d.audience = 'agency' as "draft!", b.name, b.level as "level: Level", b.state as "state: State", b.groups,
                  (select m.name from membership m where m.agency_id = b.agency_id and m.id = b.owner_id) as owner,
                  (select p.name from partner p where p.agency_id = b.agency_id and p.id = b.owner_partner_id) as partner_owner,
                  coalesce((select array_agg(distinct s.title order by s.title) from edge e
                     join subject s on s.agency_id = e.agency_id and s.id = e.to_id and s.kind = 'theme'
                     where e.agency_id = b.agency_id and e.from_id = b.id and e.kind = 'evidence'), '{}') as "themes!",
                  (select count(distinct e.to_id) from edge e where e.agency_id = b.agency_id and e.from_id = b.id and e.kind = 'evidence') as "evidence!",
                  (select count(distinct e.from_id) from edge e join plan p on p.agency_id = e.agency_id and p.id = e.from_id
                   where e.agency_id = b.agency_id and e.to_id = b.id and e.kind = 'addresses') as "plans!",
                  exists (select 1 from rereading r where r.agency_id = b.agency_id and r.subject_id = b.id and r.done_at is null) as "reread!"
           from barrier b
           join subject d on d.agency_id = b.agency_id and d.id = b.id
           where b.agency_id = $1
             and ($2 = '' or position(lower($2) in lower(b.name)) > 0)
             and ($3 = '' or b.level = $3)
             and ($4 = '' or b.state = $4)
             and (not $5 or exists (select 1 from rereading r where r.agency_id = b.agency_id and r.subject_id = b.id and r.done_at is null))
             and ($6::uuid is null or exists (select 1 from edge e where e.agency_id = b.agency_id and e.from_id = b.id and e.to_id = $6 and e.kind = 'evidence'))
             and ($10 not in ('all', 'mine') or d.audience = 'agency' and ($10 = 'all' or b.created_by = $11))
           order by case when $7 = 'name' then lower(b.name) end, case when $7 = 'level' then b.level end, case when $7 = 'old' then b.created_at end,
                    b.state in ('removed', 'remains'), b.created_at desc, b.id
           limit $8 offset $9"#,
        agency.0,
        narrowed.words.trim(),
        narrowed.level,
        narrowed.state,
        narrowed.reread,
        narrowed.theme.map(|id| id.0),
        narrowed.sort,
        paging.limit(),
        paging.offset(),
        narrowed.drafts,
        narrowed.me.map(|id| id.0),
    )
    .fetch_all(tx.conn())
    .await?)
}

/// One barrier.
pub(super) async fn find(tx: &mut AgencyTx, id: SubjectId) -> Result<Option<Barrier>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Barrier,
        r#"select b.id as "id: SubjectId", b.name, b.description, b.level as "level: Level", b.groups, b.owner_id as "owner_id: MembershipId",
                  (select m.name from membership m where m.agency_id = b.agency_id and m.id = b.owner_id) as owner,
                  b.owner_partner_id as "partner_owner_id: PartnerId",
                  (select p.name from partner p where p.agency_id = b.agency_id and p.id = b.owner_partner_id) as partner_owner,
                  b.state as "state: State", b.happened, s.audience as "audience: Audience",
                  coalesce((select m.name from membership m where m.agency_id = b.agency_id and m.id = b.created_by), '') as "written_by!",
                  b.created_at, b.version
           from barrier b join subject s on s.agency_id = b.agency_id and s.id = b.id
           where b.agency_id = $1 and b.id = $2"#,
        agency.0,
        id.0,
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// The themes that it rests on, as far as this person sees them.
pub(super) async fn themes(tx: &mut AgencyTx, id: SubjectId) -> Result<Vec<Neighbour>, Error> {
    let joined = chain::neighbours(tx, id).await?;
    Ok(joined.into_iter().filter(|one| one.outgoing && one.join == Join::Evidence && one.kind == Kind::Theme).collect())
}

/// Nobody's own words may be copied into it.
async fn in_own_words(tx: &mut AgencyTx, entry: &Entry) -> Result<(), Error> {
    consent::no_copied_words(tx, "name", &entry.name).await?;
    consent::no_copied_words(tx, "description", &entry.description).await
}

/// Adds a barrier.
pub(super) async fn add(tx: &mut AgencyTx, can: &Can<EditFramework>, entry: &Entry) -> Result<SubjectId, Error> {
    let (agency, now, id) = (tx.agency(), tx.now(), SubjectId::fresh());
    in_own_words(tx, entry).await?;
    let path = paths::barrier(can.slug(), id);
    let audience = entry.audience;
    subject::add(tx, NewSubject { id, kind: Kind::Barrier, title: &entry.name, path, audience, body: None, author: None }).await?;
    sqlx::query!(
        "insert into barrier (agency_id, id, name, description, level, groups, owner_id, owner_partner_id, created_by, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        agency.0,
        id.0,
        entry.name,
        entry.description,
        entry.level as Level,
        &entry.groups,
        entry.owner.map(|id| id.0),
        entry.partner_owner.map(|id| id.0),
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await?;
    chain::join(tx, id, Join::Evidence, &entry.themes, &[Kind::Theme]).await?;
    chain::happened(tx, id, "written down", "").await?;
    audit::record(tx, Change::of("added", Kind::Barrier, id).field("name", &entry.name).field("description", &entry.description)).await?;
    Ok(id)
}

/// Keeps a barrier; a draft may be opened to the partnership, never closed again.
pub(super) async fn keep(tx: &mut AgencyTx, can: &Can<EditFramework>, id: SubjectId, entry: &Entry) -> Result<(), Error> {
    let agency = tx.agency();
    in_own_words(tx, entry).await?;
    let before = find(tx, id).await?.ok_or(Error::NotFound)?;
    let kept = sqlx::query!(
        "update barrier set name = $4, description = $5, level = $6, groups = $7, owner_id = $8, owner_partner_id = $9, version = version + 1
         where agency_id = $1 and id = $2 and version = $3",
        agency.0,
        id.0,
        can.version(),
        entry.name,
        entry.description,
        entry.level as Level,
        &entry.groups,
        entry.owner.map(|id| id.0),
        entry.partner_owner.map(|id| id.0),
    )
    .execute(tx.conn())
    .await?;
    if kept.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    subject::rename(tx, id, &entry.name).await?;
    chain::open_draft(tx, id, entry.audience).await?;
    for theme in themes(tx, id).await?.iter().map(|theme| theme.id).filter(|theme| !entry.themes.contains(theme)) {
        chain::unjoin(tx, id, Join::Evidence, theme).await?;
    }
    chain::join(tx, id, Join::Evidence, &entry.themes, &[Kind::Theme]).await?;
    audit::record(tx, Change::of("changed", Kind::Barrier, id).differing(differing(&before, entry))).await
}

/// The fields before and after, for the log.
fn differing(before: &Barrier, entry: &Entry) -> Vec<(&'static str, String, String)> {
    let id = |id: Option<uuid::Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
    vec![
        ("name", before.name.clone(), entry.name.clone()),
        ("description", before.description.clone(), entry.description.clone()),
        ("level", before.level.as_str().to_owned(), entry.level.as_str().to_owned()),
        ("groups", before.groups.join(", "), entry.groups.join(", ")),
        ("owner", id(before.owner_id.map(|one| one.0)), id(entry.owner.map(|one| one.0))),
        ("partner’s owner", id(before.partner_owner_id.map(|one| one.0)), id(entry.partner_owner.map(|one| one.0))),
    ]
}

/// Notes what became of it.
pub(super) async fn put_state(
    tx: &mut AgencyTx,
    can: &Can<EditFramework>,
    id: SubjectId,
    (state, happened): &(State, String),
) -> Result<(), Error> {
    let agency = tx.agency();
    consent::no_copied_words(tx, "happened", happened).await?;
    let kept = sqlx::query!(
        "update barrier set state = $4, happened = case when $5 = '' then happened else $5 end, version = version + 1
         where agency_id = $1 and id = $2 and version = $3",
        agency.0,
        id.0,
        can.version(),
        *state as State,
        happened,
    )
    .execute(tx.conn())
    .await?;
    if kept.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    chain::happened(tx, id, state.label(), happened).await?;
    audit::record(tx, Change::of("changed the state of", Kind::Barrier, id).field("happened", happened)).await
}

/// Joins statements and themes that show it.
pub(super) async fn add_evidence(tx: &mut AgencyTx, _: &Can<EditFramework>, id: SubjectId, sources: &[SubjectId]) -> Result<(), Error> {
    subject::find(tx, id).await?.filter(|one| one.kind == Kind::Barrier).ok_or(Error::NotFound)?;
    chain::join(tx, id, Join::Evidence, sources, EVIDENCE).await?;
    audit::record(tx, Change::of("joined evidence to", Kind::Barrier, id)).await
}

/// Takes a source away.
pub(super) async fn drop_evidence(tx: &mut AgencyTx, _: &Can<EditFramework>, id: SubjectId, source: SubjectId) -> Result<(), Error> {
    if !chain::unjoin(tx, id, Join::Evidence, source).await? {
        return Err(Error::NotFound);
    }
    audit::record(tx, Change::of("took evidence from", Kind::Barrier, id)).await
}

/// Notes that it was read again after it lost a source.
pub(super) async fn read_again(tx: &mut AgencyTx, _: &Can<EditFramework>, id: SubjectId) -> Result<(), Error> {
    subject::find(tx, id).await?.filter(|one| one.kind == Kind::Barrier).ok_or(Error::NotFound)?;
    consent::read_again(tx, id).await?;
    chain::happened(tx, id, "read again", "").await?;
    audit::record(tx, Change::of("read again", Kind::Barrier, id)).await
}
