//! When and where would suit those who are to be invited.

use super::{
    super::model::{Asked, Offered, TimeId},
    kept,
    reply::follow,
};
use crate::{
    audit::{self, Change},
    platform::{
        access::Can,
        bearer::Bearer,
        db::AgencyTx,
        error::{Error, OnConstraint as _},
        ids::SubjectId,
        policy::{KeepInvitees, PlanSessions},
        subject::Kind,
    },
};
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

/// At most so many are asked about.
const MOST: i64 = 8;

/// The times and places that are asked about, the earliest first.
pub(in super::super) async fn times(tx: &mut AgencyTx, session: SubjectId) -> Result<Vec<Offered>, Error> {
    let (agency, link) = (tx.agency(), tx.standing().link);
    Ok(sqlx::query_as!(
        Offered,
        r#"select t.id as "id: TimeId", t.starts_at, l.zone, t.place, count(w.time_id) as "suits!", coalesce(bool_or(w.invitee_id = $3), false) as "mine!"
           from session_time t
           join listening_session l on l.agency_id = t.agency_id and l.id = t.session_id and l.state = 'planned'
           left join session_time_word w on w.agency_id = t.agency_id and w.time_id = t.id
           where t.agency_id = $1 and t.session_id = $2
           group by t.id, t.starts_at, l.zone, t.place
           order by t.starts_at, t.id limit 50"#,
        agency.0,
        session.0,
        link,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// How many said what suits them, of how many who were asked.
pub(in super::super) async fn heard(tx: &mut AgencyTx, session: SubjectId) -> Result<(i64, i64), Error> {
    let agency = tx.agency();
    let row = sqlx::query!(
        r#"select count(times_at) as "heard!", count(times_asked_at) as "asked!" from session_invitee
           where agency_id = $1 and session_id = $2 and keeps_invitees($2)"#,
        agency.0,
        session.0,
    )
    .fetch_one(tx.conn())
    .await?;
    Ok((row.heard, row.asked))
}

/// Adds one.
pub(in super::super) async fn add_time(
    tx: &mut AgencyTx,
    _: &Can<KeepInvitees>,
    session: SubjectId,
    (starts_at, place): &(DateTime<Utc>, String),
) -> Result<(), Error> {
    kept(tx, session).await?;
    let (agency, now) = (tx.agency(), tx.now());
    let added = sqlx::query!(
        "insert into session_time (agency_id, id, session_id, starts_at, place, created_at)
         select $1, $2, l.id, $3, $4, $5 from listening_session l
         where l.agency_id = $1 and l.id = $6 and l.state = 'planned'
           and (select count(*) from session_time t where t.agency_id = $1 and t.session_id = $6) < $7",
        agency.0,
        TimeId::fresh().0,
        starts_at,
        place,
        now,
        session.0,
        MOST,
    )
    .execute(tx.conn())
    .await
    .on_constraint(
        "session_time_agency_id_session_id_starts_at_place_key",
        "day",
        "Enter another one: this time and place is asked about already",
    )?;
    if added.rows_affected() == 0 {
        return Err(Error::refused("", format!("At most {MOST} times are asked about, and none once the session is announced")));
    }
    audit::record(tx, Change::of("a time put up for choice for", Kind::Session, session)).await
}

/// Takes one back.
pub(in super::super) async fn drop_time(tx: &mut AgencyTx, _: &Can<KeepInvitees>, (session, id): (SubjectId, TimeId)) -> Result<(), Error> {
    kept(tx, session).await?;
    let agency = tx.agency();
    let gone = sqlx::query!("delete from session_time where agency_id = $1 and session_id = $2 and id = $3", agency.0, session.0, id.0)
        .execute(tx.conn())
        .await?;
    if gone.rows_affected() == 0 {
        return Err(Error::NotFound);
    }
    audit::record(tx, Change::of("a time taken back for", Kind::Session, session)).await
}

/// Asks everybody who is on the list.
pub(in super::super) async fn ask_times(tx: &mut AgencyTx, _: &Can<KeepInvitees>, session: SubjectId) -> Result<(), Error> {
    kept(tx, session).await?;
    if times(tx, session).await?.is_empty() {
        return Err(Error::refused("", "Enter the times and places first, while the session is planned"));
    }
    super::tell_all(tx, session).await?;
    audit::record(tx, Change::of("asked which time would suit for", Kind::Session, session)).await
}

/// Makes one the session's time and place. A check-in that would come before it is set anew.
pub(in super::super) async fn take_time(tx: &mut AgencyTx, _: &Can<PlanSessions>, (session, id): (SubjectId, TimeId)) -> Result<(), Error> {
    kept(tx, session).await?;
    let agency = tx.agency();
    let taken = sqlx::query!(
        "update listening_session l set starts_at = t.starts_at, place = t.place, version = l.version + 1,
             checkin_on = case when l.checkin_on >= (t.starts_at at time zone l.zone)::date then l.checkin_on end
         from session_time t
         where l.agency_id = $1 and l.id = $2 and l.state = 'planned' and t.agency_id = $1 and t.session_id = $2 and t.id = $3",
        agency.0,
        session.0,
        id.0,
    )
    .execute(tx.conn())
    .await?;
    if taken.rows_affected() == 0 {
        return Err(Error::NotFound);
    }
    audit::record(tx, Change::of("time and place taken from what suits most for", Kind::Session, session)).await
}

/// Which would suit, said by a link, which it spends. Said again it stands in place of what was said before.
pub(in super::super) async fn suits(tx: &mut AgencyTx, bearer: &Bearer, asked: &Asked, chosen: &BTreeSet<TimeId>) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let chosen: Vec<uuid::Uuid> = chosen.iter().map(|one| one.0).collect();
    // First, so that the same link sent twice at one moment is answered one after the other.
    sqlx::query!("update session_invitee set times_at = $3 where agency_id = $1 and id = $2", agency.0, asked.id.0, now)
        .execute(tx.conn())
        .await?;
    sqlx::query!("delete from session_time_word where agency_id = $1 and invitee_id = $2", agency.0, asked.id.0).execute(tx.conn()).await?;
    let kept = sqlx::query!(
        "insert into session_time_word (agency_id, time_id, invitee_id)
         select $1, t.id, $2 from session_time t where t.agency_id = $1 and t.session_id = $3 and t.id = any($4)",
        agency.0,
        asked.id.0,
        asked.plan.session.0,
        &chosen,
    )
    .execute(tx.conn())
    .await?;
    if kept.rows_affected() != chosen.len() as u64 {
        return Err(Error::refused("times", "Choose from the list"));
    }
    follow(tx, bearer).await?;
    audit::record(tx, Change::of("said which time would suit for", Kind::Session, asked.plan.session).for_oneself()).await
}
