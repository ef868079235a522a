//! Plans in and out of the database.

use super::{
    model::{Brought, Entry, Listed, Means, MeansKind, Noted, Plan, State},
    paths,
};
use crate::{
    audit::{self, Change},
    chain::{self, Join},
    consent,
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        form::Problems,
        ids::{MembershipId, PartnerId, SubjectId, fresh},
        labels::Label as _,
        paging::Paging,
        policy::EditFramework,
        subject::{self, Audience, Kind, NewSubject},
    },
};
use chrono::NaiveDate;
use uuid::Uuid;

/// What a list is narrowed to; empty texts narrow nothing.
#[derive(Debug, Default)]
pub(super) struct Narrowed<'a> {
    pub(super) words: &'a str,
    pub(super) state: &'a str,
    /// `all` drafts, or `mine` alone; anything else is every record.
    pub(super) drafts: &'a str,
    pub(super) me: Option<MembershipId>,
    /// Has a step, or brings something.
    pub(super) partner: Option<PartnerId>,
    /// Of the agency, with a step of their own.
    pub(super) owner: Option<MembershipId>,
    /// `name` or `far`; anything else is what is in work first.
    pub(super) sort: &'a str,
    pub(super) today: NaiveDate,
}

/// A page of the list: what is in work first.
pub(super) async fn list(tx: &mut AgencyTx, narrowed: &Narrowed<'_>, paging: Paging) -> Result<Vec<Listed>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Listed,
        r#"select p.id as "id: SubjectId", d.audience = 'agency' as "draft!", p.name, p.state as "state: State",
                  far.percent as "percent?",
                  coalesce(step.all_of, 0) as "steps!", coalesce(step.kept, 0) as "kept!", coalesce(step.late, 0) as "late!",
                  (select min(s.title) from edge e join subject s on s.agency_id = e.agency_id and s.id = e.to_id
                   where e.agency_id = p.agency_id and e.from_id = p.id and e.kind = 'serves') as goal
           from plan p
           join subject d on d.agency_id = p.agency_id and d.id = p.id
           left join lateral (select g.percent from plan_progress g where g.agency_id = p.agency_id and g.plan_id = p.id
                              order by g.created_at desc, g.id desc limit 1) far on true
           left join lateral (
               select count(*) as all_of, count(*) filter (where c.state = 'confirmed') as kept,
                      count(*) filter (where c.state in ('open', 'returned') and c.due_on < $4) as late
               from commitment c where c.agency_id = p.agency_id and c.plan_id = p.id and c.state not in ('told', 'released')) step on true
           where p.agency_id = $1
             and ($2 = '' or position(lower($2) in lower(p.name)) > 0)
             and ($3 = '' or p.state = $3)
             and ($5::uuid is null
                  or exists (select 1 from commitment c where c.agency_id = p.agency_id and c.plan_id = p.id
                             and $5 in (c.promiser_partner_id, c.promised_to_partner_id, c.partner_owner_id))
                  or exists (select 1 from plan_means b where b.agency_id = p.agency_id and b.plan_id = p.id and b.partner_id = $5))
             and ($6::uuid is null
                  or exists (select 1 from commitment c where c.agency_id = p.agency_id and c.plan_id = p.id and $6 in (c.promised_by, c.delegate_id)))
             and ($10 not in ('all', 'mine') or d.audience = 'agency' and ($10 = 'all' or p.created_by = $11))
           order by case when $7 = 'name' then lower(p.name) end, case when $7 = 'far' then far.percent end desc nulls last,
                    p.state <> 'in_work', p.created_at desc, p.id
           limit $8 offset $9"#,
        agency.0,
        narrowed.words.trim(),
        narrowed.state,
        narrowed.today,
        narrowed.partner.map(|id| id.0),
        narrowed.owner.map(|id| id.0),
        narrowed.sort,
        paging.limit(),
        paging.offset(),
        narrowed.drafts,
        narrowed.me.map(|id| id.0),
    )
    .fetch_all(tx.conn())
    .await?)
}

/// One plan.
pub(super) async fn find(tx: &mut AgencyTx, id: SubjectId) -> Result<Option<Plan>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Plan,
        r#"select p.id as "id: SubjectId", p.name, p.purpose, p.resources, p.state as "state: State", p.outcome,
                  s.audience as "audience: Audience",
                  coalesce((select m.name from membership m where m.agency_id = p.agency_id and m.id = p.created_by), '') as "written_by!",
                  p.created_at, p.version
           from plan p join subject s on s.agency_id = p.agency_id and s.id = p.id
           where p.agency_id = $1 and p.id = $2"#,
        agency.0,
        id.0,
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// How far it was, the earliest first; at most the 200 latest notes.
pub(super) async fn notes(tx: &mut AgencyTx, id: SubjectId) -> Result<Vec<Noted>, Error> {
    let agency = tx.agency();
    let mut rows = sqlx::query_as!(
        Noted,
        r#"select g.percent, g.note, coalesce((select m.name from membership m where m.agency_id = g.agency_id and m.id = g.by_id), '') as "by!",
                  g.created_at as at
           from plan_progress g where g.agency_id = $1 and g.plan_id = $2 order by g.created_at desc, g.id desc limit 200"#,
        agency.0,
        id.0,
    )
    .fetch_all(tx.conn())
    .await?;
    rows.reverse();
    Ok(rows)
}

/// What each side brings, the agency first.
pub(super) async fn means(tx: &mut AgencyTx, id: SubjectId) -> Result<Vec<Means>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Means,
        r#"select m.id, (select p.name from partner p where p.agency_id = m.agency_id and p.id = m.partner_id) as partner,
                  m.kind as "kind: MeansKind", m.what, m.gain
           from plan_means m where m.agency_id = $1 and m.plan_id = $2
           order by m.partner_id is not null, m.created_at, m.id
           limit 100"#,
        agency.0,
        id.0,
    )
    .fetch_all(tx.conn())
    .await?)
}

async fn join(tx: &mut AgencyTx, id: SubjectId, entry: &Entry) -> Result<(), Error> {
    chain::picked(chain::rejoin(tx, id, Join::Addresses, &entry.barriers, &[Kind::Barrier]).await, "barriers")?;
    chain::picked(chain::rejoin(tx, id, Join::Serves, entry.goal.as_slice(), &[Kind::Goal]).await, "goal")
}

/// Nobody's own words may be copied into it.
async fn in_own_words(tx: &mut AgencyTx, entry: &Entry) -> Result<(), Error> {
    consent::no_copied_words(tx, "name", &entry.name).await?;
    consent::no_copied_words(tx, "purpose", &entry.purpose).await?;
    consent::no_copied_words(tx, "resources", &entry.resources).await
}

/// Adds a plan.
pub(super) async fn add(tx: &mut AgencyTx, can: &Can<EditFramework>, entry: &Entry) -> Result<SubjectId, Error> {
    let (agency, now, id) = (tx.agency(), tx.now(), SubjectId::fresh());
    in_own_words(tx, entry).await?;
    let path = paths::plan(can.slug(), id);
    let audience = entry.audience;
    subject::add(tx, NewSubject { id, kind: Kind::Plan, title: &entry.name, path, audience, body: None, author: None }).await?;
    sqlx::query!(
        "insert into plan (agency_id, id, name, purpose, resources, created_by, created_at) values ($1, $2, $3, $4, $5, $6, $7)",
        agency.0,
        id.0,
        entry.name,
        entry.purpose,
        entry.resources,
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await?;
    join(tx, id, entry).await?;
    audit::record(tx, Change::of("added", Kind::Plan, id).field("name", &entry.name).field("purpose", &entry.purpose)).await?;
    Ok(id)
}

/// Keeps a plan.
pub(super) async fn keep(tx: &mut AgencyTx, can: &Can<EditFramework>, id: SubjectId, entry: &Entry) -> Result<(), Error> {
    let agency = tx.agency();
    in_own_words(tx, entry).await?;
    let before = find(tx, id).await?.ok_or(Error::NotFound)?;
    let kept = sqlx::query!(
        "update plan set name = $4, purpose = $5, resources = $6, version = version + 1 where agency_id = $1 and id = $2 and version = $3",
        agency.0,
        id.0,
        can.version(),
        entry.name,
        entry.purpose,
        entry.resources,
    )
    .execute(tx.conn())
    .await?;
    if kept.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    subject::rename(tx, id, &entry.name).await?;
    chain::open_draft(tx, id, entry.audience).await?;
    join(tx, id, entry).await?;
    let fields = [
        ("name", before.name, entry.name.clone()),
        ("purpose", before.purpose, entry.purpose.clone()),
        ("resources", before.resources, entry.resources.clone()),
    ];
    audit::record(tx, Change::of("changed", Kind::Plan, id).differing(fields)).await
}

/// Notes how far it is; earlier notes stay.
pub(super) async fn note(tx: &mut AgencyTx, can: &Can<EditFramework>, id: SubjectId, (percent, note): &(i16, String)) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    find(tx, id).await?.ok_or(Error::NotFound)?;
    consent::no_copied_words(tx, "note", note).await?;
    sqlx::query!(
        "insert into plan_progress (agency_id, id, plan_id, percent, note, by_id, created_at) values ($1, $2, $3, $4, $5, $6, $7)",
        agency.0,
        fresh(),
        id.0,
        percent,
        note,
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await?;
    audit::record(tx, Change::of("noted progress of", Kind::Plan, id).field("note", note)).await
}

/// Notes what came of it.
pub(super) async fn put_state(
    tx: &mut AgencyTx,
    can: &Can<EditFramework>,
    id: SubjectId,
    (state, outcome): &(State, String),
) -> Result<(), Error> {
    let agency = tx.agency();
    consent::no_copied_words(tx, "outcome", outcome).await?;
    let kept = sqlx::query!(
        "update plan set state = $4, outcome = $5, version = version + 1 where agency_id = $1 and id = $2 and version = $3",
        agency.0,
        id.0,
        can.version(),
        *state as State,
        outcome,
    )
    .execute(tx.conn())
    .await?;
    if kept.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    chain::happened(tx, id, state.label(), outcome).await?;
    audit::record(tx, Change::of("changed the state of", Kind::Plan, id).field("outcome", outcome)).await
}

/// Adds what somebody brings.
pub(super) async fn bring(tx: &mut AgencyTx, can: &Can<EditFramework>, id: SubjectId, brought: &Brought) -> Result<(), Error> {
    crate::consent::in_own_words(tx, &[("what", &brought.what), ("gain", &brought.gain)]).await?;
    let (agency, now) = (tx.agency(), tx.now());
    find(tx, id).await?.ok_or(Error::NotFound)?;
    sqlx::query!(
        "insert into plan_means (agency_id, id, plan_id, partner_id, kind, what, gain, by_id, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        agency.0,
        fresh(),
        id.0,
        brought.partner.map(|id| id.0),
        brought.kind as MeansKind,
        brought.what,
        brought.gain,
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await?;
    audit::record(tx, Change::of("added means to", Kind::Plan, id).field("what", &brought.what).field("gain", &brought.gain)).await
}

/// Takes away what somebody was to bring.
pub(super) async fn drop_means(tx: &mut AgencyTx, _: &Can<EditFramework>, id: SubjectId, means: Uuid) -> Result<(), Error> {
    let agency = tx.agency();
    let gone = sqlx::query!("delete from plan_means where agency_id = $1 and plan_id = $2 and id = $3", agency.0, id.0, means)
        .execute(tx.conn())
        .await?;
    if gone.rows_affected() == 0 {
        return Err(Error::NotFound);
    }
    audit::record(tx, Change::of("took means from", Kind::Plan, id)).await
}

/// Notes that it was read again after it lost a source.
pub(super) async fn read_again(tx: &mut AgencyTx, _: &Can<EditFramework>, id: SubjectId) -> Result<(), Error> {
    find(tx, id).await?.ok_or(Error::NotFound)?;
    consent::read_again(tx, id).await?;
    chain::happened(tx, id, "read again", "").await?;
    audit::record(tx, Change::of("read again", Kind::Plan, id)).await
}
