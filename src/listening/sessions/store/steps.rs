//! The steps of a session, each taken once and in order.

use super::{find, rules};
use crate::{
    audit::{self, Change},
    listening::{
        invitees,
        sessions::{
            cleared::repeats,
            forms::Numbers,
            model::{OnDuty, Recording, Session, State, Step},
        },
    },
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        form::Problems,
        ids::SubjectId,
        policy::PlanSessions,
        subject::{Audience, Kind},
    },
};
use chrono::Duration;

/// So many days those who spoke are asked for their word, unless those on duty set another day.
const ASKED_DAYS: i64 = 30;

/// Announces the session: from now on every member of the partnership reads it. A session is the agency's own record, so the
/// agency may widen who reads it.
pub(in super::super) async fn announce(tx: &mut AgencyTx, _: &Can<PlanSessions>, id: SubjectId, invitation: &str) -> Result<(), Error> {
    let session = ready(tx, id, Step::Announcement).await?;
    if session.place.is_empty() {
        return Err(Error::refused("", "Add the place to the plan first: people need to know where to come"));
    }
    if session.facilitators.is_empty() {
        return Err(Error::refused("", "Name a facilitator first: people need to know who will listen"));
    }
    if session.for_minors && rules(tx).await?.minors.is_none() {
        return Err(Error::refused("", super::plan::NO_RULE));
    }
    if session.recording == Recording::None && session.cohost.is_none() {
        return Err(Error::refused("", super::plan::NO_COHOST));
    }
    let agency = tx.agency();
    only_cleared_words(tx, invitation).await?;
    sqlx::query!(
        "update listening_session set state = 'announced', invitation = $3, version = version + 1 where agency_id = $1 and id = $2 and state = 'planned'",
        agency.0,
        id.0,
        invitation,
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "update subject set audience = $3, version = version + 1 where agency_id = $1 and id = $2",
        agency.0,
        id.0,
        Audience::Partnership as Audience,
    )
    .execute(tx.conn())
    .await?;
    invitees::tell_all(tx, id).await?;
    audit::record(tx, Change::of(Step::Announcement.done(), Kind::Session, id).field("invitation", invitation)).await
}

/// Writes the invitation anew while the session lies ahead, under the same rule.
pub(in super::super) async fn reword(tx: &mut AgencyTx, can: &Can<PlanSessions>, id: SubjectId, invitation: &str) -> Result<(), Error> {
    let agency = tx.agency();
    let session = find(tx, id).await?.ok_or(Error::NotFound)?;
    if session.state != State::Announced || session.notice_read_at.is_some() {
        return Err(Error::refused("", "The invitation can be changed from the announcement until people have come"));
    }
    only_cleared_words(tx, invitation).await?;
    let kept = sqlx::query!(
        "update listening_session set invitation = $4, version = version + 1 where agency_id = $1 and id = $2 and version = $3",
        agency.0,
        id.0,
        can.version(),
        invitation,
    )
    .execute(tx.conn())
    .await?;
    if kept.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    audit::record(tx, Change::of("invitation changed", Kind::Session, id).field("invitation", invitation)).await
}

/// An invitation repeats nobody's words that are not cleared for everyone who reads it.
async fn only_cleared_words(tx: &mut AgencyTx, invitation: &str) -> Result<(), Error> {
    let agency = tx.agency();
    let kept_close = sqlx::query_scalar!(
        r#"select t.words as "words!" from statement t join subject s on s.agency_id = t.agency_id and s.id = t.id
           where t.agency_id = $1 and t.words is not null and not (quotable(t) and s.audience in ('partnership', 'public'))
           order by t.created_at desc, t.id limit 5000"#,
        agency.0,
    )
    .fetch_all(tx.conn())
    .await?;
    if kept_close.iter().any(|words| repeats(invitation, words)) {
        return Err(Error::refused(
            "invitation",
            "Take out the words of one person: eight or more in a row are not cleared for everyone invited",
        ));
    }
    Ok(())
}

/// Says that it was held, and how many came.
pub(in super::super) async fn hold(tx: &mut AgencyTx, duty: &OnDuty, numbers: &Numbers) -> Result<(), Error> {
    let (agency, now, id) = (tx.agency(), tx.now(), duty.session());
    let session = ready(tx, id, Step::Holding).await?;
    if session.notice_read_at.is_none() {
        return Err(Error::refused("", "Note first in the room that the reporting notice was read: it comes before anybody speaks"));
    }
    if session.starts_at > now + Duration::hours(1) {
        return Err(Error::refused("", "It has not begun yet: say that it was held once people have come"));
    }
    sqlx::query!(
        "update listening_session set state = 'held', held_at = $3, stopped_at = null, version = version + 1
         where agency_id = $1 and id = $2 and state = 'announced'",
        agency.0,
        id.0,
        now,
    )
    .execute(tx.conn())
    .await?;
    super::count_people(tx, duty, numbers).await?;
    audit::record(tx, Change::of(Step::Holding.done(), Kind::Session, id)).await
}

/// Brings it back to those who spoke.
pub(in super::super) async fn return_words(tx: &mut AgencyTx, duty: &OnDuty) -> Result<(), Error> {
    let agency = tx.agency();
    let session = ready(tx, duty.session(), Step::Return).await?;
    summary_agreed(&session)?;
    sqlx::query!(
        "update listening_session set state = 'with_speakers', version = version + 1 where agency_id = $1 and id = $2 and state = 'held'",
        agency.0,
        duty.session().0,
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "update speaker set asked_until = $3 where agency_id = $1 and session_id = $2",
        agency.0,
        duty.session().0,
        tx.today() + Duration::days(ASKED_DAYS),
    )
    .execute(tx.conn())
    .await?;
    audit::record(tx, Change::of(Step::Return.done(), Kind::Session, duty.session())).await
}

/// Says that the speakers have had their word. What nobody confirmed stays unread.
pub(in super::super) async fn confirm(tx: &mut AgencyTx, duty: &OnDuty) -> Result<(), Error> {
    let agency = tx.agency();
    ready(tx, duty.session(), Step::Confirmation).await?;
    sqlx::query!(
        "update listening_session set state = 'confirmed', version = version + 1 where agency_id = $1 and id = $2 and state = 'with_speakers'",
        agency.0,
        duty.session().0,
    )
    .execute(tx.conn())
    .await?;
    audit::record(tx, Change::of(Step::Confirmation.done(), Kind::Session, duty.session())).await
}

/// Closes it; without notes by the co-host's word.
pub(in super::super) async fn close(tx: &mut AgencyTx, duty: &OnDuty, word: &str) -> Result<(), Error> {
    crate::consent::in_own_words(tx, &[("word", word)]).await?;
    let (agency, now) = (tx.agency(), tx.now());
    let session = ready(tx, duty.session(), Step::Closing).await?;
    let cohosts = session.cohost_closes_by.as_deref().unwrap_or_default();
    let word = if word.is_empty() { cohosts } else { word };
    if session.recording == Recording::None && word.is_empty() {
        return Err(Error::refused("word", "Enter who of the co-host said that it may be closed"));
    }
    sqlx::query!(
        "update listening_session set state = 'closed', closed_at = $3, closed_word = $4, version = version + 1
         where agency_id = $1 and id = $2 and state in ('confirmed', 'held')",
        agency.0,
        duty.session().0,
        now,
        word,
    )
    .execute(tx.conn())
    .await?;
    audit::record(tx, Change::of(Step::Closing.done(), Kind::Session, duty.session()).field("closed_word", word)).await
}

/// Calls it off, as long as nobody has spoken.
pub(in super::super) async fn cancel(tx: &mut AgencyTx, _: &Can<PlanSessions>, id: SubjectId, because: &str) -> Result<(), Error> {
    crate::consent::in_own_words(tx, &[("because", because)]).await?;
    let (agency, now) = (tx.agency(), tx.now());
    let session = ready(tx, id, Step::Cancellation).await?;
    if session.notice_read_at.is_some() {
        return Err(Error::refused("", "People have come: say that it was held"));
    }
    sqlx::query!(
        "update listening_session set state = 'cancelled', cancelled_because = $3, sequence = sequence + 1, told_at = $4, version = version + 1
         where agency_id = $1 and id = $2 and state in ('planned', 'announced')",
        agency.0,
        id.0,
        because,
        now,
    )
    .execute(tx.conn())
    .await?;
    invitees::tell_all(tx, id).await?;
    audit::record(tx, Change::of(Step::Cancellation.done(), Kind::Session, id).field("cancelled_because", because)).await
}

/// The session, when this step can be taken from where it stands. The row is locked, so that two who press at the same
/// moment take one step.
async fn ready(tx: &mut AgencyTx, id: SubjectId, step: Step) -> Result<Session, Error> {
    let agency = tx.agency();
    sqlx::query!("select id from listening_session where agency_id = $1 and id = $2 for update", agency.0, id.0)
        .fetch_optional(tx.conn())
        .await?
        .ok_or(Error::NotFound)?;
    let session = find(tx, id).await?.ok_or(Error::NotFound)?;
    if session.can_take(step) {
        return Ok(session);
    }
    let state = session.state;
    Err(Error::refused(
        "",
        format!("This step cannot be taken now: the session is {state}. Steps follow one another, and none can be skipped"),
    ))
}

fn summary_agreed(session: &Session) -> Result<(), Error> {
    if session.recording == Recording::Summary && session.summary_agreed_at.is_none() {
        return Err(Error::refused("", "Write the summary of the room first, as it was agreed aloud with the co-host"));
    }
    Ok(())
}
