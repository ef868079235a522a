//! Planning: a session is made, its plan is kept.

use super::{
    duties::{follow_cohost, give},
    find,
};
use crate::{
    audit::{self, Change},
    listening::{
        invitees,
        sessions::{
            forms::Plan,
            model::{Recording, Session, State},
            paths,
        },
    },
    platform::{
        access::Can,
        db::AgencyTx,
        error::{Error, OnConstraint as _},
        form::Problems,
        ids::{PartnerId, SubjectId},
        labels::Label as _,
        policy::PlanSessions,
        subject::{self, Audience, Kind, NewSubject},
    },
};
use std::collections::BTreeSet;

/// Why people under 18 cannot be invited yet.
pub(super) const NO_RULE: &str = "The agency has not set its consent rule for people under 18: ask the administrator to set it first";
/// Why a session without notes needs somebody beside the agency.
pub(super) const NO_COHOST: &str = "Name the co-host first: without notes only their word closes the session";

const OF_THE_LIST: &str = "Choose one of the list";

/// Makes a session. Until it is announced the agency and the co-host read it.
pub(in super::super) async fn add(tx: &mut AgencyTx, can: &Can<PlanSessions>, plan: &Plan) -> Result<SubjectId, Error> {
    crate::consent::in_own_words(tx, &[("title", &plan.title), ("topic", &plan.topic)]).await?;
    let (agency, now, id) = (tx.agency(), tx.now(), SubjectId::fresh());
    known_cohost(tx, plan.cohost).await?;
    let path = paths::session(can.slug(), id);
    let subject =
        NewSubject { id, kind: Kind::Session, title: &plan.title, path, audience: Audience::Agency, body: plan.cohost, author: None };
    subject::add(tx, subject).await?;
    sqlx::query!(
        "insert into listening_session (agency_id, id, series_id, title, topic, community, cohost_id, starts_at, minutes, zone, place, languages,
             food, child_care, travel, interpreter, pay, support_person, stop_rule, checkin_on, recording, for_minors, state, created_by, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, 'planned', $23, $24)",
        agency.0, id.0, plan.series.map(|id| id.0), plan.title, plan.topic, plan.community, plan.cohost.map(|id| id.0), plan.starts_at,
        plan.minutes, plan.zone, plan.place, &plan.supports.languages, plan.supports.food, plan.supports.child_care, plan.supports.travel, plan.supports.interpreter, plan.supports.pay,
        plan.supports.support_person, plan.supports.stop_rule, plan.supports.checkin_on, plan.recording as Recording, plan.for_minors, can.me().0, now,
    )
    .execute(tx.conn())
    .await
    .on_constraint("listening_session_agency_id_series_id_fkey", "series", OF_THE_LIST)?;
    invite(tx, id, &plan.invited).await?;
    give(tx, id, &plan.duties).await?;
    audit::record(tx, Change::of("planned", Kind::Session, id).field("title", &plan.title).field("topic", &plan.topic)).await?;
    Ok(id)
}

/// Keeps the plan of a session that still lies ahead. Once it is announced its recording may only become narrower: people
/// decided to come because of what they were told.
pub(in super::super) async fn keep(tx: &mut AgencyTx, can: &Can<PlanSessions>, id: SubjectId, plan: &Plan) -> Result<(), Error> {
    crate::consent::in_own_words(tx, &[("title", &plan.title), ("topic", &plan.topic)]).await?;
    let (agency, now) = (tx.agency(), tx.now());
    let before = find(tx, id).await?.ok_or(Error::NotFound)?;
    if !before.is_ahead() {
        return Err(Error::refused("", "The plan of a session that was held or called off stays as it was"));
    }
    if before.recording != plan.recording && before.notice_read_at.is_some() {
        return Err(Error::refused("recording", "Keep how it is recorded: the session has begun"));
    }
    if before.state == State::Announced && plan.recording < before.recording {
        return Err(Error::refused("recording", "Choose the same or less: people were told how it would be recorded"));
    }
    if before.state == State::Announced {
        stays_announceable(tx, plan).await?;
    }
    known_cohost(tx, plan.cohost).await?;
    let moved = before.is_moved_by((plan.starts_at, plan.minutes, &plan.place));
    let kept = sqlx::query!(
        "update listening_session set series_id = $4, title = $5, topic = $6, community = $7, cohost_id = $8, starts_at = $9, minutes = $10,
             zone = $11, place = $12, languages = $13, food = $14, child_care = $15, travel = $16, interpreter = $17, pay = $18,
             support_person = $19, stop_rule = $20, checkin_on = $21, recording = $22, for_minors = $23,
             sequence = sequence + $24::integer, told_at = case when $24 = 1 then $25 else told_at end, version = version + 1
         where agency_id = $1 and id = $2 and version = $3",
        agency.0, id.0, can.version(), plan.series.map(|id| id.0), plan.title, plan.topic, plan.community, plan.cohost.map(|id| id.0),
        plan.starts_at, plan.minutes, plan.zone, plan.place, &plan.supports.languages, plan.supports.food, plan.supports.child_care, plan.supports.travel, plan.supports.interpreter,
        plan.supports.pay, plan.supports.support_person, plan.supports.stop_rule, plan.supports.checkin_on, plan.recording as Recording, plan.for_minors,
        i32::from(moved), now,
    )
    .execute(tx.conn())
    .await
    .on_constraint("listening_session_agency_id_series_id_fkey", "series", OF_THE_LIST)?;
    if kept.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    sqlx::query!("delete from session_invited where agency_id = $1 and session_id = $2", agency.0, id.0).execute(tx.conn()).await?;
    invite(tx, id, &plan.invited).await?;
    if plan.cohost != before.cohost {
        hand_to(tx, id, plan.cohost).await?;
        follow_cohost(tx, id).await?;
    }
    subject::rename(tx, id, &plan.title).await?;
    if moved && before.state == State::Announced {
        invitees::tell_all(tx, id).await?;
    }
    audit::record(tx, Change::of("changed", Kind::Session, id).differing(differing(&before, plan))).await
}

/// The fields of the plan before and after, for the log.
fn differing(before: &Session, plan: &Plan) -> Vec<(&'static str, String, String)> {
    let supports = &plan.supports;
    let text = |name, was: &str, is: &str| (name, was.to_owned(), is.to_owned());
    let id = |id: Option<String>| id.unwrap_or_default();
    vec![
        text("title", &before.title, &plan.title),
        text("topic", &before.topic, &plan.topic),
        text("community", &before.community, &plan.community),
        ("series", id(before.series.map(|one| one.to_string())), id(plan.series.map(|one| one.to_string()))),
        ("co-host", id(before.cohost.map(|one| one.to_string())), id(plan.cohost.map(|one| one.to_string()))),
        ("begins", before.starts_at.to_rfc3339(), plan.starts_at.to_rfc3339()),
        ("minutes", before.minutes.to_string(), plan.minutes.to_string()),
        text("zone", &before.zone, &plan.zone),
        text("place", &before.place, &plan.place),
        ("languages", before.languages.join(", "), supports.languages.join(", ")),
        text("food", &before.food, &supports.food),
        text("child care", &before.child_care, &supports.child_care),
        text("travel", &before.travel, &supports.travel),
        text("interpreter", &before.interpreter, &supports.interpreter),
        text("pay", &before.pay, &supports.pay),
        text("support person", &before.support_person, &supports.support_person),
        text("stop rule", &before.stop_rule, &supports.stop_rule),
        ("check-in", id(before.checkin_on.map(|on| on.to_string())), id(supports.checkin_on.map(|on| on.to_string()))),
        text("recording", before.recording.as_str(), plan.recording.as_str()),
        ("for people under 18", before.for_minors.to_string(), plan.for_minors.to_string()),
    ]
}

/// Another co-host reads the session from now on, and the one before no longer does, as long as nobody there has spoken under it.
async fn hand_to(tx: &mut AgencyTx, id: SubjectId, cohost: Option<PartnerId>) -> Result<(), Error> {
    let give = async |tx: &mut AgencyTx| {
        let stays = "Keep the co-host: somebody on the partners’ side has spoken under this session. Call it off and plan another";
        if subject::give_to(tx, id, cohost).await? { Ok(()) } else { Err(Error::refused("cohost", stays)) }
    };
    tx.as_keeper("a session goes to its co-host", give).await
}

/// What had to be so for the announcement stays so afterwards.
async fn stays_announceable(tx: &mut AgencyTx, plan: &Plan) -> Result<(), Error> {
    if plan.for_minors && super::rules(tx).await?.minors.is_none() {
        return Err(Error::refused("for_minors", NO_RULE));
    }
    if plan.recording == Recording::None && plan.cohost.is_none() {
        return Err(Error::refused("cohost", NO_COHOST));
    }
    Ok(())
}

async fn invite(tx: &mut AgencyTx, id: SubjectId, bodies: &BTreeSet<PartnerId>) -> Result<(), Error> {
    let agency = tx.agency();
    let bodies: Vec<uuid::Uuid> = bodies.iter().map(|one| one.0).collect();
    let invited = sqlx::query!(
        "insert into session_invited (agency_id, session_id, partner_id)
         select $1, $2, p.id from partner p where p.agency_id = $1 and p.id = any($3)",
        agency.0,
        id.0,
        &bodies,
    )
    .execute(tx.conn())
    .await?;
    if invited.rows_affected() == bodies.len() as u64 { Ok(()) } else { Err(Error::refused("invited", "Choose from the list")) }
}

async fn known_cohost(tx: &mut AgencyTx, cohost: Option<PartnerId>) -> Result<(), Error> {
    match cohost {
        Some(id) if crate::partners::find_name(tx, id).await?.is_none() => Err(Error::refused("cohost", OF_THE_LIST)),
        _ => Ok(()),
    }
}
