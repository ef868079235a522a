//! What is read of meetings. Somebody with lived experience is a community member to everybody whom they have not told their name.

use super::super::model::{Dated, Decided, How, Item, Listed, Meeting, State, Up, Voter};
use crate::platform::{
    db::AgencyTx,
    error::Error,
    form::Choice,
    ids::{MembershipId, PartnerId, SubjectId},
    paging::Paging,
    subject::{self, Audience, Kind},
};
use chrono::NaiveDate;

/// What a list is narrowed to; empty texts narrow nothing.
#[derive(Debug, Default)]
pub(in super::super) struct Narrowed<'a> {
    pub(in super::super) words: &'a str,
    pub(in super::super) group: Option<SubjectId>,
    /// Those that stand alone.
    pub(in super::super) forums: bool,
    /// `ahead` or `past`.
    pub(in super::super) time: &'a str,
    pub(in super::super) state: &'a str,
}

/// A page of the list: what is ahead first, the next one at the top; then what is past, the latest first.
pub(in super::super) async fn list(tx: &mut AgencyTx, narrowed: &Narrowed<'_>, paging: Paging) -> Result<Vec<Listed>, Error> {
    let (agency, now) = (tx.agency(), tx.now());
    Ok(sqlx::query_as!(
        Listed,
        r#"select m.id as "id: SubjectId", m.title, (select g.name from joint_group g where g.agency_id = m.agency_id and g.id = m.group_id) as "group",
                  m.starts_at, m.place, m.state as "state: State", s.audience = 'agency' as "draft!",
                  (select count(*) from agenda_item i where i.agency_id = m.agency_id and i.meeting_id = m.id) as "items!"
           from meeting m join subject s on s.agency_id = m.agency_id and s.id = m.id
           where m.agency_id = $1
             and ($3 = '' or position(lower($3) in lower(concat_ws(' ', m.title, m.purpose, m.notes))) > 0
                 or exists (select 1 from agenda_item i where i.agency_id = m.agency_id and i.meeting_id = m.id
                            and position(lower($3) in lower(i.text)) > 0)
                 or exists (select 1 from meeting_decision d where d.agency_id = m.agency_id and d.meeting_id = m.id
                            and position(lower($3) in lower(concat_ws(' ', d.what, d.reasons, d.dissent))) > 0)
                 or exists (select 1 from sent_up u where u.agency_id = m.agency_id and u.meeting_id = m.id
                            and position(lower($3) in lower(concat_ws(' ', u.what, u.back))) > 0))
             and ($4::uuid is null or m.group_id = $4)
             and (not $5 or m.group_id is null)
             and ($6 not in ('ahead', 'past') or (m.starts_at > $2) = ($6 = 'ahead'))
             and ($7 = '' or m.state = $7)
           order by m.starts_at <= $2, case when m.starts_at > $2 then m.starts_at end, m.starts_at desc, m.id
           limit $8 offset $9"#,
        agency.0,
        now,
        narrowed.words.trim(),
        narrowed.group.map(|id| id.0),
        narrowed.forums,
        narrowed.time,
        narrowed.state,
        paging.limit(),
        paging.offset(),
    )
    .fetch_all(tx.conn())
    .await?)
}

/// One meeting, with what the reader may do there.
pub(in super::super) async fn find(tx: &mut AgencyTx, id: SubjectId) -> Result<Option<Meeting>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Meeting,
        r#"select m.id as "id: SubjectId", m.group_id as "group_id: SubjectId", g.name as "group?", coalesce(g.open_law, false) as "open_law!",
                  coalesce(g.agenda_days, 0::smallint) as "agenda_days!", m.cohost_id as "cohost_id: PartnerId", p.name as "cohost?",
                  m.title, m.purpose, m.starts_at, m.minutes, m.zone, m.place, m.state as "state: State", m.sequence, m.told_at,
                  m.agenda_published_at as published_at, m.cancelled_because, m.came_agency, m.came_lived, m.came_others, m.notes,
                  m.sent_at, m.sent_by as "sent_by: MembershipId", o.name as "sender?", m.word,
                  case when w.lived_experience then coalesce(i.name, 'community member') else w.name end as word_by, m.word_at,
                  s.audience as "audience: Audience", confirms_minutes(m) as "my_word!",
                  agenda_is_open(m.id) and adds_to_agenda(m.id) as "adds!", m.series_id as "series: SubjectId",
                  (select count(*) from meeting n where n.agency_id = m.agency_id and n.series_id = m.series_id and n.state = 'planned'
                      and n.starts_at > m.starts_at) as "following!", m.version
           from meeting m
           join subject s on s.agency_id = m.agency_id and s.id = m.id
           left join joint_group g on g.agency_id = m.agency_id and g.id = m.group_id
           left join partner p on p.agency_id = m.agency_id and p.id = m.cohost_id
           left join membership o on o.agency_id = m.agency_id and o.id = m.sent_by
           left join membership w on w.agency_id = m.agency_id and w.id = m.word_by
           left join member_identity i on i.agency_id = w.agency_id and i.membership_id = w.id
           where m.agency_id = $1 and m.id = $2"#,
        agency.0,
        id.0,
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// The meetings of a group that lie ahead, and those that were called off; none where the group is not to be seen.
pub(in super::super) async fn dated(tx: &mut AgencyTx, group: SubjectId) -> Result<Option<Vec<Dated>>, Error> {
    if subject::find(tx, group).await?.is_none_or(|one| one.kind != Kind::Group) {
        return Ok(None);
    }
    let (agency, now) = (tx.agency(), tx.now());
    let all = sqlx::query_as!(
        Dated,
        r#"select m.id as "id: SubjectId", m.starts_at, m.minutes, m.zone, m.place, m.sequence, m.told_at, m.state = 'cancelled' as "off!"
           from meeting m where m.agency_id = $1 and m.group_id = $2 and m.starts_at > $3 and m.state in ('planned', 'cancelled')
           order by m.starts_at, m.id limit 200"#,
        agency.0,
        group.0,
        now,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(Some(all))
}

/// What is to be talked about, in the order in which it was added.
pub(in super::super) async fn agenda(tx: &mut AgencyTx, id: SubjectId) -> Result<Vec<Item>, Error> {
    let (agency, me) = (tx.agency(), tx.standing().membership);
    Ok(sqlx::query_as!(
        Item,
        r#"select a.id, a.text,
                  case when m.lived_experience then coalesce(i.name, 'community member') else coalesce(m.name || ', ' || p.name, m.name) end as "by!",
                  coalesce(a.by_id = $3, false) as "mine!"
           from agenda_item a
           join membership m on m.agency_id = a.agency_id and m.id = a.by_id
           left join partner p on p.agency_id = m.agency_id and p.id = m.partner_id
           left join member_identity i on i.agency_id = m.agency_id and i.membership_id = m.id
           where a.agency_id = $1 and a.meeting_id = $2
           order by a.created_at, a.id limit 100"#,
        agency.0,
        id.0,
        me.map(|id| id.0),
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Which organizations came, Tribal governments first: their ids and names.
pub(in super::super) async fn bodies(tx: &mut AgencyTx, id: SubjectId) -> Result<Vec<(PartnerId, String)>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select p.id as "id: PartnerId", p.name from meeting_body b join partner p on p.agency_id = b.agency_id and p.id = b.partner_id
           where b.agency_id = $1 and b.meeting_id = $2 order by not p.is_tribe, p.sort_name, p.id limit 500"#,
        agency.0,
        id.0,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

/// What was decided, with the votes by name.
pub(in super::super) async fn decisions(tx: &mut AgencyTx, id: SubjectId) -> Result<Vec<Decided>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Decided,
        r#"select d.id, d.what, d.how as "how: How", d.reasons, d.dissent,
                  coalesce((select array_agg(coalesce(case when m.lived_experience then coalesce(i.name, 'community member') else m.name end
                          || case when p.name is null then '' else ', for ' || p.name end, p.name, '') || ': ' || v.vote order by s.constituency, v.term_id)
                      from decision_vote v
                      join seat_term t on t.agency_id = v.agency_id and t.id = v.term_id
                      join group_seat s on s.agency_id = t.agency_id and s.id = t.seat_id
                      left join partner p on p.agency_id = t.agency_id and p.id = t.partner_id
                      left join membership m on m.agency_id = t.agency_id and m.id = t.membership_id
                      left join member_identity i on i.agency_id = m.agency_id and i.membership_id = m.id
                      where v.agency_id = d.agency_id and v.decision_id = d.id), '{}') as "votes!"
           from meeting_decision d where d.agency_id = $1 and d.meeting_id = $2
           order by d.created_at, d.id limit 100"#,
        agency.0,
        id.0,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// What went up from it, and what came back.
pub(in super::super) async fn sent_up(tx: &mut AgencyTx, id: SubjectId) -> Result<Vec<Up>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Up,
        r#"select u.id, u.what, u.to_group_id as "to_id: SubjectId",
                  coalesce((select g.name from joint_group g where g.agency_id = u.agency_id and g.id = u.to_group_id), 'a group of the agency') as "to!",
                  u.back, u.back_at
           from sent_up u where u.agency_id = $1 and u.meeting_id = $2 order by u.created_at, u.id limit 100"#,
        agency.0,
        id.0,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Who sat in the group on a day.
pub(in super::super) async fn voters(tx: &mut AgencyTx, group: Option<SubjectId>, on: NaiveDate) -> Result<Vec<Voter>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Voter,
        r#"select t.id as term, coalesce(case when m.lived_experience then coalesce(i.name, 'community member') else m.name end
                      || case when p.name is null then '' else ', for ' || p.name end, p.name, '') as "name!"
           from seat_term t
           join group_seat s on s.agency_id = t.agency_id and s.id = t.seat_id
           left join partner p on p.agency_id = t.agency_id and p.id = t.partner_id
           left join membership m on m.agency_id = t.agency_id and m.id = t.membership_id
           left join member_identity i on i.agency_id = m.agency_id and i.membership_id = m.id
           where t.agency_id = $1 and t.group_id = $2 and t.from_on <= $3 and (t.until_on is null or t.until_on >= $3)
             and (t.ended_on is null or t.ended_on >= $3)
           order by array_position(array['agency', 'tribes', 'community_partners', 'lived_experience'], s.constituency), s.created_at, t.id
           limit 200"#,
        agency.0,
        group.map(|id| id.0),
        on,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Groups that meet, as choices of a form; leadership and implementation teams first.
pub(in super::super) async fn groups(tx: &mut AgencyTx, but: Option<SubjectId>) -> Result<Vec<Choice>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        "select g.id, g.name from joint_group g where g.agency_id = $1 and g.state = 'active' and g.id is distinct from $2
         order by g.kind not in ('leadership', 'implementation'), lower(g.name), g.id limit 500",
        agency.0,
        but.map(|id| id.0),
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| Choice::new(row.id.to_string(), row.name)).collect())
}
