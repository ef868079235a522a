//! In the room and after it: the notice, a stop, numbers, acknowledgements, the summary, the check-in.

use super::{find, on_duty};
use crate::{
    audit::{self, Change},
    listening::sessions::{
        cleared::repeats,
        forms::{NewAcknowledgement, Numbers},
        model::{OnDuty, State},
    },
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        form::Problems,
        ids::{SubjectId, fresh},
        labels::Label as _,
        policy::{Hat, KeepRoom},
        subject::Kind,
    },
};

/// Notes that the reporting notice was read aloud. Somebody to turn to, and a way to stop, must be there first.
pub(in super::super) async fn note_notice(tx: &mut AgencyTx, can: &Can<KeepRoom>, duty: &OnDuty) -> Result<(), Error> {
    let (agency, now, id) = (tx.agency(), tx.now(), duty.session());
    let session = find(tx, id).await?.ok_or(Error::NotFound)?;
    if session.state != State::Announced {
        return Err(Error::refused("", "The notice is read while the session is announced and people have come"));
    }
    if !session.is_at_hand(now) {
        return Err(Error::refused("", "It has not begun yet: the notice is read to those who came, at most an hour before"));
    }
    if session.for_minors && !session.minors_rule_set {
        return Err(Error::refused("", super::plan::NO_RULE));
    }
    if session.support_person.is_empty() || session.stop_rule.is_empty() {
        return Err(Error::refused(
            "",
            "Add the support person and the stop rule to the plan first: both must be there before anybody speaks",
        ));
    }
    sqlx::query!(
        "update listening_session set notice_read_at = $3, notice_read_by = $4, version = version + 1 where agency_id = $1 and id = $2",
        agency.0,
        id.0,
        now,
        can.me().0,
    )
    .execute(tx.conn())
    .await?;
    audit::record(tx, Change::of("notice read", Kind::Session, id)).await
}

/// Stops: no words are stored, only since when.
pub(in super::super) async fn stop(tx: &mut AgencyTx, duty: &OnDuty) -> Result<(), Error> {
    let (agency, now, id) = (tx.agency(), tx.now(), duty.session());
    sqlx::query!(
        "update listening_session set stopped_at = coalesce(stopped_at, $3), version = version + 1 where agency_id = $1 and id = $2",
        agency.0,
        id.0,
        now,
    )
    .execute(tx.conn())
    .await?;
    audit::record(tx, Change::about("stopped", "session")).await
}

/// Goes on after a stop.
pub(in super::super) async fn go_on(tx: &mut AgencyTx, duty: &OnDuty) -> Result<(), Error> {
    let (agency, id) = (tx.agency(), duty.session());
    sqlx::query!("update listening_session set stopped_at = null, version = version + 1 where agency_id = $1 and id = $2", agency.0, id.0,)
        .execute(tx.conn())
        .await?;
    audit::record(tx, Change::about("went on", "session")).await
}

/// How many came, by constituency; replaces what was said before.
pub(in super::super) async fn count_people(tx: &mut AgencyTx, duty: &OnDuty, numbers: &Numbers) -> Result<(), Error> {
    let (agency, id) = (tx.agency(), duty.session());
    if !find(tx, id).await?.is_some_and(|session| session.was_held()) {
        return Err(Error::refused("", "Say first that the session was held"));
    }
    let (which, how_many): (Vec<String>, Vec<i32>) = numbers.iter().map(|(one, n)| (one.as_str().to_owned(), *n)).unzip();
    // Two who count at one moment do so one after the other.
    sqlx::query!("select id from listening_session where agency_id = $1 and id = $2 for update", agency.0, id.0)
        .fetch_optional(tx.conn())
        .await?
        .ok_or(Error::NotFound)?;
    sqlx::query!("delete from attendance where agency_id = $1 and session_id = $2", agency.0, id.0).execute(tx.conn()).await?;
    sqlx::query!(
        "insert into attendance (agency_id, session_id, constituency, number) select $1, $2, t.one, t.n from unnest($3::text[], $4::int[]) t (one, n)",
        agency.0,
        id.0,
        &which,
        &how_many,
    )
    .execute(tx.conn())
    .await?;
    audit::record(tx, Change::of("people counted", Kind::Session, id)).await
}

/// Writes down what the agency acknowledged.
pub(in super::super) async fn acknowledge(
    tx: &mut AgencyTx,
    can: &Can<KeepRoom>,
    duty: &OnDuty,
    new: &NewAcknowledgement,
) -> Result<(), Error> {
    crate::consent::in_own_words(tx, &[("what", &new.what)]).await?;
    let (agency, now, id) = (tx.agency(), tx.now(), duty.session());
    let session = find(tx, id).await?.ok_or(Error::NotFound)?;
    if !session.was_held() && session.notice_read_at.is_none() {
        return Err(Error::refused("", "An acknowledgement is said in the room: open the room first"));
    }
    if session.stopped_at.is_some() {
        return Err(Error::refused("", "The session is stopped: nothing is written down until people are ready to go on"));
    }
    sqlx::query!(
        "insert into acknowledgement (agency_id, id, session_id, what, said_by, said_to, created_by, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        agency.0,
        fresh(),
        id.0,
        new.what,
        new.said_by,
        new.said_to,
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await?;
    audit::record(tx, Change::of("acknowledged", Kind::Session, id).field("what", &new.what)).await
}

/// Keeps the summary of the room as it was agreed aloud. It holds nobody's words, and a new text needs a new agreement.
pub(in super::super) async fn summarize(
    tx: &mut AgencyTx,
    can: &Can<KeepRoom>,
    duty: &OnDuty,
    (summary, with): &(String, String),
) -> Result<(), Error> {
    crate::consent::in_own_words(tx, &[("summary", summary)]).await?;
    let (agency, now, id) = (tx.agency(), tx.now(), duty.session());
    let session = find(tx, id).await?.ok_or(Error::NotFound)?;
    if session.recording == crate::listening::sessions::Recording::None {
        return Err(Error::refused("", "No notes were agreed for this session, and so there is no summary"));
    }
    if !session.was_held() || session.state == State::Closed {
        return Err(Error::refused("", "The summary is agreed once the session was held, and before it is closed"));
    }
    let words = sqlx::query_scalar!(
        r#"select words as "words!" from statement where agency_id = $1 and session_id = $2 and words is not null order by id limit 1000"#,
        agency.0,
        id.0,
    )
    .fetch_all(tx.conn())
    .await?;
    if words.iter().any(|one| repeats(summary, one)) {
        return Err(Error::refused("summary", "Say it in the room’s words: this repeats eight or more words of one person in a row"));
    }
    let kept = sqlx::query!(
        "update listening_session set summary = $4, summary_agreed_with = $5, summary_agreed_at = $6,
             cohost_agreed_by = case when summary = $4 then cohost_agreed_by end,
             cohost_agreed_at = case when summary = $4 then cohost_agreed_at end, version = version + 1
         where agency_id = $1 and id = $2 and version = $3",
        agency.0,
        id.0,
        can.version(),
        summary,
        with,
        now,
    )
    .execute(tx.conn())
    .await?;
    if kept.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    audit::record(tx, Change::of("summary agreed", Kind::Session, id).field("summary", summary)).await
}

/// Those who came were asked how they are, as somebody with a duty there notes it, or the director, before whom it stands when it is late.
pub(in super::super) async fn check_in(tx: &mut AgencyTx, can: &Can<KeepRoom>, id: SubjectId) -> Result<(), Error> {
    if can.hat() != Hat::Director {
        on_duty(tx, id).await?;
    }
    let (agency, now) = (tx.agency(), tx.now());
    if !find(tx, id).await?.ok_or(Error::NotFound)?.was_held() {
        return Err(Error::refused("", "The check-in comes after the session was held"));
    }
    sqlx::query!(
        "update listening_session set checkin_done_at = coalesce(checkin_done_at, $3), version = version + 1 where agency_id = $1 and id = $2",
        agency.0,
        id.0,
        now,
    )
    .execute(tx.conn())
    .await?;
    audit::record(tx, Change::of("checked in", Kind::Session, id)).await
}
