//! What is read of groups. Somebody with lived experience is a community member to everybody whom they have not told their name.

use super::super::model::{Brought, Charter, Former, Group, GroupKind, Listed, Met, Method, Seat, State};
use crate::{
    listening::sessions::Constituency,
    platform::{
        db::AgencyTx,
        error::Error,
        form::Choice,
        ids::{PartnerId, SubjectId},
        paging::Paging,
        subject::Audience,
    },
};
use chrono::NaiveDate;
use uuid::Uuid;

/// What a list is narrowed to; empty texts narrow nothing.
#[derive(Debug, Default)]
pub(in super::super) struct Narrowed<'a> {
    pub(in super::super) words: &'a str,
    pub(in super::super) kind: &'a str,
    /// `vacant`: with a seat in which nobody sits. `mine`: in which the reader or their body sits.
    pub(in super::super) seats: &'a str,
    /// `name`; anything else is by kind.
    pub(in super::super) sort: &'a str,
    pub(in super::super) today: NaiveDate,
}

/// A page of the list: those that meet first, by kind.
pub(in super::super) async fn list(tx: &mut AgencyTx, narrowed: &Narrowed<'_>, paging: Paging) -> Result<Vec<Listed>, Error> {
    let (agency, now) = (tx.agency(), tx.now());
    Ok(sqlx::query_as!(
        Listed,
        r#"select q.id as "id: SubjectId", q.name, q.kind as "kind: GroupKind", q.draft as "draft!", q.open_law, q.state as "state: State",
                  q.seats as "seats!", q.vacant as "vacant!",
                  (select min(m.starts_at) from meeting m where m.agency_id = $1 and m.group_id = q.id and m.state = 'planned' and m.starts_at > $2) as next
           from (select g.*, d.audience = 'agency' as draft,
                     (select count(*) from group_seat s where s.agency_id = g.agency_id and s.group_id = g.id) as seats,
                     (select count(*) from group_seat s where s.agency_id = g.agency_id and s.group_id = g.id
                      and not exists (select 1 from seat_term t left join membership m on m.agency_id = t.agency_id and m.id = t.membership_id
                          where t.agency_id = s.agency_id and t.seat_id = s.id and t.ended_on is null and (t.until_on is null or t.until_on >= $3)
                            and (t.partner_id is not null or m.state <> 'ended'))) as vacant
                 from joint_group g join subject d on d.agency_id = g.agency_id and d.id = g.id
                 where g.agency_id = $1) q
           where ($4 = '' or position(lower($4) in lower(concat_ws(' ', q.name, q.purpose))) > 0)
             and ($5 = '' or q.kind = $5)
             and ($6 <> 'vacant' or q.vacant > 0)
             and ($6 <> 'mine' or sits_in(q.id, $3))
           order by q.state, case when $7 = 'name' then lower(q.name) end,
                    array_position(array['board', 'leadership', 'implementation', 'council', 'network'], q.kind), lower(q.name), q.id
           limit $8 offset $9"#,
        agency.0,
        now,
        narrowed.today,
        narrowed.words.trim(),
        narrowed.kind,
        narrowed.seats,
        narrowed.sort,
        paging.limit(),
        paging.offset(),
    )
    .fetch_all(tx.conn())
    .await?)
}

/// One group.
pub(in super::super) async fn find(tx: &mut AgencyTx, id: SubjectId) -> Result<Option<Group>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Group,
        r#"select g.id as "id: SubjectId", g.name, g.kind as "kind: GroupKind", g.purpose, g.method as "method: Method", g.method_note,
                  g.reports_to as "reports_to_id: SubjectId",
                  (select o.name from joint_group o where o.agency_id = g.agency_id and o.id = g.reports_to) as reports_to,
                  g.open_law, g.agenda_days, g.state as "state: State", s.audience as "audience: Audience", g.version
           from joint_group g join subject s on s.agency_id = g.agency_id and s.id = g.id
           where g.agency_id = $1 and g.id = $2"#,
        agency.0,
        id.0,
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Groups that meet, as choices of a form.
pub(in super::super) async fn choices(tx: &mut AgencyTx, but: Option<SubjectId>) -> Result<Vec<Choice>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        "select g.id, g.name from joint_group g where g.agency_id = $1 and g.state = 'active' and g.id is distinct from $2
         order by lower(g.name), g.id limit 500",
        agency.0,
        but.map(|id| id.0),
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| Choice::new(row.id.to_string(), row.name)).collect())
}

/// All versions of its charter, the newest first.
pub(in super::super) async fn charters(tx: &mut AgencyTx, id: SubjectId) -> Result<Vec<Charter>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Charter,
        r#"select c.version, c.text, c.agreed,
                  coalesce((select m.name from membership m where m.agency_id = c.agency_id and m.id = c.by_id), '') as "by!", c.created_at as at
           from group_charter c where c.agency_id = $1 and c.group_id = $2
           order by c.version desc limit 50"#,
        agency.0,
        id.0,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Its seats, the chairs first, with who sits in them today: nobody who has left.
pub(in super::super) async fn seats(tx: &mut AgencyTx, group: SubjectId, today: NaiveDate) -> Result<Vec<Seat>, Error> {
    rows(tx, group, None, today).await
}

/// One of its seats.
pub(in super::super) async fn seat(tx: &mut AgencyTx, group: SubjectId, seat: Uuid, today: NaiveDate) -> Result<Option<Seat>, Error> {
    Ok(rows(tx, group, Some(seat), today).await?.pop())
}

async fn rows(tx: &mut AgencyTx, group: SubjectId, seat: Option<Uuid>, today: NaiveDate) -> Result<Vec<Seat>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Seat,
        r#"select s.id, s.constituency as "constituency: Constituency", s.title, s.is_chair,
                  t.partner_id as "body_id?: PartnerId", p.name as "body?",
                  case when m.lived_experience then coalesce(i.name, 'community member') else m.name end as person,
                  coalesce(t.mandate, '') as "mandate!", t.from_on as "from_on?", t.until_on as "until_on?"
           from group_seat s
           left join seat_term t on t.agency_id = s.agency_id and t.seat_id = s.id and t.ended_on is null and (t.until_on is null or t.until_on >= $4)
                and (t.partner_id is not null
                     or exists (select 1 from membership x where x.agency_id = t.agency_id and x.id = t.membership_id and x.state <> 'ended'))
           left join partner p on p.agency_id = t.agency_id and p.id = t.partner_id
           left join membership m on m.agency_id = t.agency_id and m.id = t.membership_id and m.state <> 'ended'
           left join member_identity i on i.agency_id = m.agency_id and i.membership_id = m.id
           where s.agency_id = $1 and s.group_id = $2 and ($3::uuid is null or s.id = $3)
           order by not s.is_chair, array_position(array['agency', 'tribes', 'community_partners', 'lived_experience'], s.constituency), s.created_at, s.id
           limit 200"#,
        agency.0,
        group.0,
        seat,
        today,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Who sat there before, the latest first.
pub(in super::super) async fn former(tx: &mut AgencyTx, group: SubjectId, today: NaiveDate) -> Result<Vec<Former>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Former,
        r#"select t.seat_id as seat, coalesce(case when m.lived_experience then coalesce(i.name, 'community member') else m.name end || case when p.name is null then '' else ', for ' || p.name end,
                      p.name, '') as "who!",
                  t.from_on, coalesce(t.ended_on, t.until_on, t.from_on) as "until_on!"
           from seat_term t
           left join partner p on p.agency_id = t.agency_id and p.id = t.partner_id
           left join membership m on m.agency_id = t.agency_id and m.id = t.membership_id
           left join member_identity i on i.agency_id = m.agency_id and i.membership_id = m.id
           where t.agency_id = $1 and t.group_id = $2 and (t.ended_on is not null or t.until_on < $3)
           order by 4 desc, t.id limit 100"#,
        agency.0,
        group.0,
        today,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// People of the reader's own body, as choices of a form.
pub(in super::super) async fn own_people(tx: &mut AgencyTx) -> Result<Vec<Choice>, Error> {
    let (agency, body) = (tx.agency(), tx.standing().body);
    let rows = sqlx::query!(
        "select m.id, m.name from membership m where m.agency_id = $1 and m.partner_id = $2 and m.state = 'active' order by m.name, m.id limit 500",
        agency.0,
        body.map(|id| id.0),
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| Choice::new(row.id.to_string(), row.name)).collect())
}

/// Its meetings: the next five, and the last five.
pub(in super::super) async fn met(tx: &mut AgencyTx, group: SubjectId) -> Result<Vec<Met>, Error> {
    let (agency, now) = (tx.agency(), tx.now());
    Ok(sqlx::query_as!(
        Met,
        r#"select q.path, q.title, q.starts_at, q.ahead as "ahead!", q.called_off as "called_off!" from (
               select s.path, m.title, m.starts_at, m.starts_at > $3 as ahead, m.state = 'cancelled' as called_off, m.id,
                      row_number() over (partition by m.starts_at > $3 order by abs(extract(epoch from m.starts_at - $3)), m.id) as place
               from meeting m join subject s on s.agency_id = m.agency_id and s.id = m.id
               where m.agency_id = $1 and m.group_id = $2) q
           where q.place <= 5
           order by q.ahead desc, q.starts_at, q.id"#,
        agency.0,
        group.0,
        now,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// What came up to it and what it sent up, what waits first.
pub(in super::super) async fn brought(tx: &mut AgencyTx, group: SubjectId) -> Result<Vec<Brought>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Brought,
        r#"select u.what, s.path, m.title, u.to_group_id = $2 as "came!", u.created_at as at, u.back
           from sent_up u
           join meeting m on m.agency_id = u.agency_id and m.id = u.meeting_id
           join subject s on s.agency_id = u.agency_id and s.id = u.meeting_id
           where u.agency_id = $1 and (u.to_group_id = $2 or m.group_id = $2)
           order by u.back_at is not null, u.created_at desc, u.id limit 50"#,
        agency.0,
        group.0,
    )
    .fetch_all(tx.conn())
    .await?)
}
