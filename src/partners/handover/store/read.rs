//! What is read of hand-overs.

use super::super::model::{About, Between, HandOver, HandOverId, Leaver, Letter, Past, Shown, State};
use crate::{
    commitments::{Side, State as Promised},
    platform::{
        db::AgencyTx,
        error::Error,
        form::Choice,
        ids::{MembershipId, PartnerId, SubjectId},
    },
};

/// Which hand-overs a list holds.
#[derive(Debug, Default, Clone, Copy)]
pub(in super::super) struct Narrowed {
    pub(in super::super) one: Option<HandOverId>,
    pub(in super::super) partner: Option<PartnerId>,
}

/// Hand-overs that the asker may know of: those whose first contact is still to be made first, by its day; each with its letter as far as
/// the asker may read it.
pub(in super::super) async fn list(tx: &mut AgencyTx, of: Narrowed, (limit, offset): (i64, i64)) -> Result<Vec<HandOver>, Error> {
    let (agency, today) = (tx.agency(), tx.today());
    let rows = sqlx::query!(
        r#"select h.id as "id: HandOverId", p.id as "partner?: PartnerId", h.person_id as "person: MembershipId",
                  coalesce(p.name, y.name, o.name) as "partner_name!", h.side as "side: Side", h.leaver_name,
                  h.successor_id as "successor: MembershipId", n.name as "successor_name?", p.keeper_id as "keeper?: MembershipId",
                  k.name as "keeper_name?", h.first_contact_on, h.first_contact_done_on, h.state as "state: State", h.sent_at, h.answered_at,
                  a.name as "answered_by?", h.read_by, h.created_by as "writer: MembershipId", w.name as "writer_name!",
                  coalesce(p.languages, '{}') as "languages!", coalesce(p.communities, '{}') as "communities!",
                  coalesce(p.agenda_theirs, '') as "agenda_theirs!", h.created_at, h.version,
                  case when h.person_id is null then speaks_for(h.partner_id) and speaks_for_body($2) else h.person_id = current_membership() end as "speaks!",
                  h.person_id is not null or body_has_voice(h.partner_id) as "has_voice!", l.story as "story?", l.preferences as "preferences?",
                  l.correction as "correction?", l.reach as "reach?"
           from handover h
           left join partner g on g.agency_id = h.agency_id and g.id = h.partner_id
           left join partner p on p.agency_id = g.agency_id and p.id = coalesce(g.merged_into, g.id)
           left join membership o on o.agency_id = h.agency_id and o.id = h.person_id
           left join member_identity y on y.agency_id = h.agency_id and y.membership_id = h.person_id
           join membership w on w.agency_id = h.agency_id and w.id = h.created_by
           left join membership n on n.agency_id = h.agency_id and n.id = h.successor_id
           left join membership k on k.agency_id = p.agency_id and k.id = p.keeper_id
           left join membership a on a.agency_id = h.agency_id and a.id = h.answered_by
           left join handover_letter l on l.agency_id = h.agency_id and l.handover_id = h.id
           where h.agency_id = $1 and ($3::uuid is null or h.id = $3) and ($4::uuid is null or p.id = $4)
           order by h.first_contact_done_on is not null, case when h.first_contact_done_on is null then h.first_contact_on end,
                    h.first_contact_done_on desc, h.id
           limit $5 offset $6"#,
        agency.0,
        today,
        of.one.map(|id| id.0),
        of.partner.map(|id| id.0),
        limit,
        offset,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            Some(HandOver {
                id: row.id,
                about: row.person.map(About::Person).or(row.partner.map(About::Partner))?,
                partner_name: row.partner_name,
                side: row.side,
                leaver: row.leaver_name,
                successor: row.successor,
                successor_name: row.successor_name,
                keeper: row.keeper,
                keeper_name: row.keeper_name,
                first_contact_on: row.first_contact_on,
                first_contact_done_on: row.first_contact_done_on,
                state: row.state,
                sent_at: row.sent_at,
                answered_at: row.answered_at,
                answered_by: row.answered_by,
                read_by: row.read_by,
                writer: row.writer,
                writer_name: row.writer_name,
                languages: row.languages,
                communities: row.communities,
                agenda_theirs: row.agenda_theirs,
                created_at: row.created_at,
                version: row.version,
                speaks: row.speaks,
                has_voice: row.has_voice,
                letter: row.story.map(|story| Letter {
                    story,
                    preferences: row.preferences.unwrap_or_default(),
                    correction: row.correction.unwrap_or_default(),
                    reach: row.reach.unwrap_or_default(),
                }),
            })
        })
        .collect())
}

/// One of them.
pub(in super::super) async fn find(tx: &mut AgencyTx, id: HandOverId) -> Result<HandOver, Error> {
    let found = list(tx, Narrowed { one: Some(id), partner: None }, (1, 0)).await?;
    found.into_iter().next().ok_or(Error::NotFound)
}

/// Who can be said to leave: whoever keeps the relationship or did until lately, the asker, and those who speak or spoke for the partner.
pub(in super::super) async fn leavers(tx: &mut AgencyTx, partner: PartnerId) -> Result<Vec<Leaver>, Error> {
    let (agency, me) = (tx.agency(), tx.standing().membership);
    let rows = sqlx::query!(
        r#"select 'agency' as "side!: Side", m.id as "member?: MembershipId", null::uuid as "representative?", m.name as "name!", 0 as "place!"
           from membership m
           join partner p on p.agency_id = m.agency_id and p.id = $2 and m.id in (p.keeper_id, p.keeper_before, $3)
           where m.agency_id = $1
           union all
           select 'partner', r.membership_id, r.id, coalesce(m.name, r.name), 1
           from representative r
           left join membership m on m.agency_id = r.agency_id and m.id = r.membership_id
           where r.agency_id = $1 and (r.partner_id = $2
               or r.partner_id in (select g.id from partner g where g.agency_id = $1 and g.merged_into = $2))
           order by 5, 4, 2, 3 limit 100"#,
        agency.0,
        partner.0,
        me.map(|id| id.0),
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Leaver { side: row.side, member: row.member, representative: row.representative, name: row.name })
        .collect())
}

/// The partner's own people, of whom one can come next.
pub(in super::super) async fn people(tx: &mut AgencyTx, partner: PartnerId) -> Result<Vec<Choice>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select m.id, m.name from membership m
           join partner p on p.agency_id = m.agency_id and p.id = m.partner_id
           where m.agency_id = $1 and coalesce(p.merged_into, p.id) = standing_of($2) and m.state = 'active'
           order by m.name, m.id limit 200"#,
        agency.0,
        partner.0,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| Choice::new(row.id.to_string(), row.name)).collect())
}

/// People without a body about whom the asker may write: they are here, and let the asker know who they are.
pub(in super::super) async fn to_hand_on(tx: &mut AgencyTx) -> Result<Vec<Choice>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select m.id, coalesce(y.name, m.name) as "name!" from membership m
           left join member_identity y on y.agency_id = m.agency_id and y.membership_id = m.id
           where m.agency_id = $1 and m.role = 'partner' and m.partner_id is null and may_hand_on(m.id)
           order by 2, 1 limit 500"#,
        agency.0,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| Choice::new(row.id.to_string(), row.name)).collect())
}

/// What stands beside the letter's words: read anew each time, so that what was taken back is gone from it, and only what both the
/// partner and whoever comes next may read. No promise to or of somebody who speaks from lived experience, and nothing between governments.
pub(in super::super) async fn shown(tx: &mut AgencyTx, about: About) -> Result<Shown, Error> {
    match about {
        About::Partner(partner) => of_partner(tx, partner).await,
        About::Person(person) => of_person(tx, person).await,
    }
}

/// Of a person what is promised between them and the agency, where both they and whoever comes next may read it.
async fn of_person(tx: &mut AgencyTx, person: MembershipId) -> Result<Shown, Error> {
    let agency = tx.agency();
    let promises = sqlx::query_as!(
        Between,
        r#"select c.id as "id: SubjectId", c.what, c.side = 'agency' as "ours!",
                  coalesce((select coalesce(y.name, m.name) from membership m
                            left join member_identity y on y.agency_id = m.agency_id and y.membership_id = m.id
                            where m.agency_id = c.agency_id and m.id = c.promised_by), '') as "by!",
                  c.due_on, c.state as "state: Promised"
           from commitment c
           join subject s on s.agency_id = c.agency_id and s.id = c.id and s.withdrawn_at is null and s.audience in ('partnership', 'public')
           where c.agency_id = $1 and c.state in ('told', 'open', 'returned', 'reported') and $2 in (c.promised_by, c.promised_to)
           order by c.due_on, c.id limit 50"#,
        agency.0,
        person.0,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(Shown { promises, past: Vec::new() })
}

async fn of_partner(tx: &mut AgencyTx, partner: PartnerId) -> Result<Shown, Error> {
    let (agency, zone) = (tx.agency(), tx.zone());
    let promises = sqlx::query_as!(
        Between,
        r#"select c.id as "id: SubjectId", c.what, c.side = 'agency' as "ours!",
                  coalesce((select p.name from partner p where p.agency_id = c.agency_id and p.id = c.promiser_partner_id),
                           (select m.name from membership m where m.agency_id = c.agency_id and m.id = c.promised_by), '') as "by!",
                  c.due_on, c.state as "state: Promised"
           from commitment c
           join subject s on s.agency_id = c.agency_id and s.id = c.id and s.withdrawn_at is null and s.audience in ('agency', 'partnership', 'public')
           where c.agency_id = $1 and c.state in ('told', 'open', 'returned', 'reported') and $2 in (c.promiser_partner_id, c.promised_to_partner_id)
             and not exists (select 1 from membership m where m.agency_id = c.agency_id and m.id in (c.promised_by, c.promised_to) and m.lived_experience)
           order by c.due_on, c.id limit 50"#,
        agency.0,
        partner.0,
    )
    .fetch_all(tx.conn())
    .await?;
    let past = sqlx::query_as!(
        Past,
        r#"select q.on_day as "on!", q.title as "what!", q.path as "path!"
           from (select o.held_on as on_day, s.title, s.path, s.id
                 from outreach o
                 join subject s on s.agency_id = o.agency_id and s.id = o.id and s.withdrawn_at is null and s.audience in ('agency', 'partnership', 'public')
                 where o.agency_id = $1 and o.partner_id = $2 and not o.between_governments
                 union all
                 select (l.held_at at time zone $3)::date, l.title, s.path, s.id
                 from listening_session l
                 join subject s on s.agency_id = l.agency_id and s.id = l.id and s.withdrawn_at is null and s.audience in ('agency', 'partnership', 'public')
                 where l.agency_id = $1 and l.cohost_id = $2 and l.held_at is not null and l.state in ('held', 'with_speakers', 'confirmed', 'closed')) q
           order by q.on_day desc, q.id limit 12"#,
        agency.0,
        partner.0,
        zone,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(Shown { promises, past })
}
