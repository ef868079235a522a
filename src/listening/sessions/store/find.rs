//! Finding sessions: the list, one of them, and whether the reader has a duty in it.

use crate::{
    listening::sessions::model::{Brief, OnDuty, Recording, SeriesId, Session, State},
    platform::{
        db::AgencyTx,
        error::Error,
        ids::{PartnerId, SessionId, SubjectId},
        paging::Paging,
    },
};
use chrono::{DateTime, Utc};
use sqlx::types::Json;

/// What a list is narrowed to; empty texts narrow nothing.
#[derive(Debug, Default)]
pub(in super::super) struct Narrowed<'a> {
    pub(in super::super) state: &'a str,
    pub(in super::super) community: &'a str,
    /// "ahead", "past" or all.
    pub(in super::super) time: &'a str,
    pub(in super::super) series: Option<SeriesId>,
    pub(in super::super) id: Option<SubjectId>,
}

/// A page of the list: what lies ahead first, the nearest on top, then what is past, the latest on top; and, unless one series
/// or session is asked for, the communities that occur, for the filter.
pub(in super::super) async fn list(
    tx: &mut AgencyTx,
    narrowed: &Narrowed<'_>,
    paging: Paging,
) -> Result<(Vec<Session>, Vec<String>), Error> {
    select(tx, narrowed, paging.limit(), paging.offset()).await
}

/// One session, or nothing when the reader may not see it.
pub(in super::super) async fn find(tx: &mut AgencyTx, id: SubjectId) -> Result<Option<Session>, Error> {
    Ok(select(tx, &Narrowed { id: Some(id), ..Narrowed::default() }, 1, 0).await?.0.pop())
}

async fn select(tx: &mut AgencyTx, narrowed: &Narrowed<'_>, limit: i64, offset: i64) -> Result<(Vec<Session>, Vec<String>), Error> {
    let (agency, now, me) = (tx.agency(), tx.now(), tx.standing().membership.map(|one| one.0));
    let row = sqlx::query!(
        r#"select (select coalesce(json_agg(o), '[]')
           from (select l.id, l.series_id as series,
                  (select s.name from series s where s.agency_id = l.agency_id and s.id = l.series_id) as series_name,
                  l.title, l.topic, l.community, l.cohost_id as cohost,
                  (select p.name from partner p where p.agency_id = l.agency_id and p.id = l.cohost_id) as cohost_name,
                  l.starts_at, l.minutes, l.zone, l.place, l.languages, l.food, l.child_care, l.travel, l.interpreter, l.pay,
                  l.support_person, l.stop_rule, l.checkin_on, l.checkin_done_at, l.recording, l.for_minors,
                  l.invitation, l.state, l.notice_read_at,
                  (select m.name from membership m where m.agency_id = l.agency_id and m.id = l.notice_read_by) as notice_read_by,
                  l.stopped_at, l.held_at, l.closed_at, l.closed_word, l.cancelled_because, l.summary, l.summary_agreed_with,
                  l.summary_agreed_at,
                  (select m.name from membership m where m.agency_id = l.agency_id and m.id = l.cohost_agreed_by) as cohost_agreed_by,
                  l.cohost_agreed_at,
                  (select m.name from membership m where m.agency_id = l.agency_id and m.id = l.cohost_closes_by) as cohost_closes_by,
                  l.cohost_closes_at, l.version,
                  array(select m.name from session_duty d join membership m on m.agency_id = d.agency_id and m.id = d.membership_id
                        where d.agency_id = l.agency_id and d.session_id = l.id and d.duty = 'facilitator' order by m.name) as facilitators,
                  array(select m.name from session_duty d join membership m on m.agency_id = d.agency_id and m.id = d.membership_id
                        where d.agency_id = l.agency_id and d.session_id = l.id and d.duty = 'note_taker' order by m.name) as note_takers,
                  exists (select 1 from agency a where a.id = l.agency_id and coalesce(a.minors_rule, '') <> '') as minors_rule_set,
                  exists (select 1 from session_duty d
                          where d.agency_id = l.agency_id and d.session_id = l.id and d.membership_id = $2) as mine,
                  coalesce(l.created_by = $2, false) and (select current_hat()) in ('director', 'staff') or exists (select 1 from session_duty d
                          where d.agency_id = l.agency_id and d.session_id = l.id and d.membership_id = $2 and d.duty = 'facilitator') as invites,
                  exists (select 1 from session_invitee i
                          where i.agency_id = l.agency_id and i.session_id = l.id and i.membership_id = $2) as asked,
                  exists (select 1 from session_invitee i where i.agency_id = l.agency_id and i.session_id = l.id
                          and i.membership_id = $2 and i.answer is not null and i.answered_about = l.sequence) as replied,
                  (select count(*) from statement t
                   where t.agency_id = l.agency_id and t.session_id = l.id and t.state in ('draft', 'with_speaker')
                     and exists (select 1 from session_duty d
                                 where d.agency_id = l.agency_id and d.session_id = l.id and d.membership_id = $2)) as waiting
           from listening_session l
           where l.agency_id = $1
             and ($4::uuid is null or l.id = $4)
             and ($5::uuid is null or l.series_id = $5)
             and ($6 = '' or l.state = $6)
             and ($7 = '' or l.community = $7)
             and ($8 not in ('ahead', 'past') or ($8 = 'ahead') = (l.starts_at >= $3))
           order by l.starts_at < $3, case when l.starts_at >= $3 then l.starts_at end, l.starts_at desc, l.id
           limit $9 offset $10) o) as "sessions!: Json<Vec<Session>>",
           case when $4::uuid is null and $5::uuid is null then
           array(select distinct l.community from listening_session l where l.agency_id = $1 and l.community <> '' order by l.community limit 200)
           end as communities"#,
        agency.0,
        me,
        now,
        narrowed.id.map(|id| id.0),
        narrowed.series.map(|id| id.0),
        narrowed.state,
        narrowed.community,
        narrowed.time,
        limit,
        offset,
    )
    .fetch_one(tx.conn())
    .await?;
    Ok((row.sessions.0, row.communities.unwrap_or_default()))
}

/// One session in brief, or nothing when the reader may not see it.
///
/// # Errors
/// When the database refuses.
pub async fn brief(tx: &mut AgencyTx, id: SubjectId) -> Result<Option<Brief>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Brief,
        r#"select id as "id: SubjectId", title, community, cohost_id as "cohost: PartnerId", starts_at, zone, state as "state: State",
                  recording as "recording: Recording", notice_read_at is not null as "notice_read!", stopped_at is not null as "stopped!"
           from listening_session where agency_id = $1 and id = $2"#,
        agency.0,
        id.0,
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Whether the person asking facilitates this session or takes its notes.
///
/// # Errors
/// When the database refuses.
pub async fn is_mine(tx: &mut AgencyTx, id: SubjectId) -> Result<bool, Error> {
    let (agency, me) = (tx.agency(), tx.standing().membership.map(|one| one.0));
    Ok(sqlx::query_scalar!(
        r#"select exists (select 1 from session_duty where agency_id = $1 and session_id = $2 and membership_id = $3) as "mine!""#,
        agency.0,
        id.0,
        me,
    )
    .fetch_one(tx.conn())
    .await?)
}

/// When this sign-in ends, where that is before a session is over which begins within the hour or has begun: whoever keeps the room signs
/// in anew before people come.
///
/// # Errors
/// When the database refuses.
pub async fn ends_within(tx: &mut AgencyTx, id: SubjectId, sign_in: Option<SessionId>) -> Result<Option<DateTime<Utc>>, Error> {
    let (agency, now) = (tx.agency(), tx.now());
    Ok(sqlx::query_scalar!(
        "select s.expires_at from listening_session l join session s on s.id = $3
         where l.agency_id = $1 and l.id = $2 and l.state = 'announced' and l.starts_at - interval '1 hour' <= $4
           and s.expires_at < l.starts_at + make_interval(mins => l.minutes::integer)",
        agency.0,
        id.0,
        sign_in.map(|one| one.0),
        now,
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// The proof that the person asking facilitates this session or takes its notes.
///
/// # Errors
/// `NotFound` when they may not see the session, and when they have no duty in it: its room does not exist for them.
pub async fn on_duty(tx: &mut AgencyTx, session: SubjectId) -> Result<OnDuty, Error> {
    if is_mine(tx, session).await? { Ok(OnDuty { session }) } else { Err(Error::NotFound) }
}
