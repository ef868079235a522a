//! A meeting is planned, changed and called off. Whatever its calendar file says anew counts one up.

use super::super::{
    model::{Meeting, Plan},
    paths,
};
use super::{
    read::find,
    telling::{News, tell},
};
use crate::{
    audit::{self, Change},
    chain, consent,
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        form::Problems,
        ids::SubjectId,
        policy::EditGroups,
        subject::{self, Audience, Kind, NewSubject},
        words,
    },
};
use chrono::{DateTime, NaiveDate, Utc};

/// Who reads it: of a group, whoever reads the group.
async fn audience(tx: &mut AgencyTx, plan: &Plan) -> Result<Audience, Error> {
    match plan.group {
        Some(group) => Ok(subject::find(tx, group).await?.ok_or(Error::NotFound)?.audience),
        None => Ok(plan.audience),
    }
}

/// Plans a meeting, or one for each of its days; answers the first.
pub(in super::super) async fn add(tx: &mut AgencyTx, can: &Can<EditGroups>, plan: &Plan) -> Result<SubjectId, Error> {
    consent::in_own_words(tx, &[("purpose", &plan.purpose)]).await?;
    let (audience, mut first) = (audience(tx, plan).await?, None);
    for begins in &plan.begins {
        let id = one(tx, can, plan, audience, (*begins, first)).await?;
        first.get_or_insert(id);
    }
    let first = first.ok_or(Error::NotFound)?;
    let of = find(tx, first).await?.ok_or(Error::NotFound)?;
    tell(tx, can.slug(), &of, if of.series.is_some() { News::PlannedAgain } else { News::Planned }).await?;
    Ok(first)
}

/// One of them. `first`: the one with which its series begins, where there is one already.
async fn one(
    tx: &mut AgencyTx,
    can: &Can<EditGroups>,
    plan: &Plan,
    audience: Audience,
    (begins, first): (DateTime<Utc>, Option<SubjectId>),
) -> Result<SubjectId, Error> {
    let (agency, now, id, zone) = (tx.agency(), tx.now(), SubjectId::fresh(), tx.zone());
    let series = (plan.begins.len() > 1).then(|| first.unwrap_or(id));
    let path = paths::meeting(can.slug(), id);
    subject::add(tx, NewSubject { id, kind: Kind::Meeting, title: &plan.title, path, audience, body: None, author: None }).await?;
    sqlx::query!(
        "insert into meeting (agency_id, id, group_id, cohost_id, title, purpose, starts_at, minutes, zone, place, told_at, created_by, created_at, series_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $11, $13)",
        agency.0,
        id.0,
        plan.group.map(|id| id.0),
        plan.cohost.map(|id| id.0),
        plan.title,
        plan.purpose,
        begins,
        plan.minutes,
        zone,
        plan.place,
        now,
        can.me().0,
        series.map(|id| id.0),
    )
    .execute(tx.conn())
    .await?;
    chain::happened(tx, id, "planned", "").await?;
    audit::record(tx, Change::of("planned", Kind::Meeting, id).field("title", &plan.title).field("purpose", &plan.purpose)).await?;
    Ok(id)
}

/// Keeps the plan of a meeting that lies ahead. What was published under the law holds for its day and its place.
pub(in super::super) async fn keep(tx: &mut AgencyTx, can: &Can<EditGroups>, id: SubjectId, plan: &Plan) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    consent::in_own_words(tx, &[("purpose", &plan.purpose)]).await?;
    let before = find(tx, id).await?.filter(Meeting::is_planned).ok_or(Error::NotFound)?;
    let begins = plan.begins.first().copied().ok_or(Error::NotFound)?;
    let told_anew = (before.starts_at, before.minutes, &before.place) != (begins, plan.minutes, &plan.place);
    if before.published_at.is_some() && (before.starts_at, &before.place) != (begins, &plan.place) {
        return Err(Error::refused(
            "day",
            "The agenda is published and holds for its day and place: call this meeting off and plan another",
        ));
    }
    let kept = sqlx::query!(
        "update meeting set cohost_id = $4, title = $5, purpose = $6, starts_at = $7, minutes = $8, place = $9,
             sequence = sequence + $10::integer, told_at = case when $10 = 1 then $11 else told_at end, version = version + 1
         where agency_id = $1 and id = $2 and version = $3 and state = 'planned'",
        agency.0,
        id.0,
        can.version(),
        plan.cohost.map(|id| id.0),
        plan.title,
        plan.purpose,
        begins,
        plan.minutes,
        plan.place,
        i32::from(told_anew),
        now,
    )
    .execute(tx.conn())
    .await?;
    if kept.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    subject::rename(tx, id, &plan.title).await?;
    if before.starts_at != begins {
        let (from, to) = (words::moment(before.starts_at, before.tz()), words::moment(begins, before.tz()));
        chain::happened(tx, id, "moved", &format!("From {from} to {to}.")).await?;
    }
    let was = (before.starts_at, before.day());
    let fields = [
        ("title", before.title, plan.title.clone()),
        ("purpose", before.purpose, plan.purpose.clone()),
        ("begins", before.starts_at.to_rfc3339(), begins.to_rfc3339()),
        ("place", before.place, plan.place.clone()),
    ];
    audit::record(tx, Change::of("changed", Kind::Meeting, id).differing(fields)).await?;
    let now_is = find(tx, id).await?.ok_or(Error::NotFound)?;
    if plan.following {
        follow(tx, was, &now_is).await?;
    }
    if told_anew || plan.following { tell(tx, can.slug(), &now_is, News::Moved).await } else { Ok(()) }
}

/// Those that follow in its series take its hour, length and place, and move by as many days as it did; what was published stays.
async fn follow(tx: &mut AgencyTx, (was_at, was_on): (DateTime<Utc>, NaiveDate), one: &Meeting) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let days = i32::try_from((one.day() - was_on).num_days()).map_err(|error| Error::Internal(Box::new(error)))?;
    let moved = sqlx::query_scalar!(
        r#"update meeting set starts_at = ((starts_at at time zone zone)::date + $5::integer + $6::time) at time zone zone, minutes = $7, place = $8,
               sequence = sequence + 1, told_at = $9, version = version + 1
           where agency_id = $1 and series_id = $2 and id <> $3 and starts_at > $4 and state = 'planned' and agenda_published_at is null
           returning id as "id: SubjectId""#,
        agency.0,
        one.series.map(|id| id.0),
        one.id.0,
        was_at,
        days,
        one.starts_at.with_timezone(&one.tz()).time(),
        one.minutes,
        one.place,
        now,
    )
    .fetch_all(tx.conn())
    .await?;
    for id in moved {
        chain::happened(tx, id, "moved", "With the one before it.").await?;
        audit::record(tx, Change::of("changed", Kind::Meeting, id)).await?;
    }
    Ok(())
}

/// Calls it off, with the reason; `following`: those that follow in its series as well.
pub(in super::super) async fn call_off(
    tx: &mut AgencyTx,
    can: &Can<EditGroups>,
    id: SubjectId,
    (because, following): &(String, bool),
) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    consent::in_own_words(tx, &[("because", because)]).await?;
    let of = find(tx, id).await?.filter(Meeting::is_planned).ok_or(Error::NotFound)?;
    let off = sqlx::query_scalar!(
        r#"update meeting set state = 'cancelled', cancelled_because = $3, sequence = sequence + 1, told_at = $4, version = version + 1
           where agency_id = $1 and state = 'planned' and (id = $2 or $5 and series_id = $6 and starts_at > $7)
           returning id as "id: SubjectId""#,
        agency.0,
        id.0,
        because,
        now,
        *following,
        of.series.map(|id| id.0),
        of.starts_at,
    )
    .fetch_all(tx.conn())
    .await?;
    if off.is_empty() {
        return Err(Error::NotFound);
    }
    for id in off {
        chain::happened(tx, id, "called off", because).await?;
        audit::record(tx, Change::of("called off", Kind::Meeting, id).field("because", because)).await?;
    }
    tell(tx, can.slug(), &of, News::CalledOff).await
}
