//! What the agency does with a loop: acknowledge, answer, review. It never closes one. An answer of "we will" is a promise
//! from the moment it goes out, and becomes late like any other.

use super::{
    super::{
        called::promise_of,
        model::{Answer, Answered, Loop, State},
        paths,
        proofs::Reviewer,
    },
    note, rules,
};
use crate::{
    audit::{self, Change, Readers},
    commitments::{self, Party, Promise, Side},
    consent,
    notices::{self, Notice},
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        form::Problems,
        ids::MembershipId,
        policy::{AnswerLoops, Hat, ReviewAnswers},
        subject::{Audience, Kind as RecordKind},
    },
};

/// Tells the raiser that it was received.
pub(in super::super) async fn acknowledge(tx: &mut AgencyTx, can: &Can<AnswerLoops>, found: &Loop) -> Result<(), Error> {
    if found.state != State::Raised {
        return Err(Error::NotFound);
    }
    let (agency, now) = (tx.agency(), tx.now());
    sqlx::query!(
        "update loop set state = 'acknowledged', acknowledged_at = $3, acknowledged_by = $4, version = version + 1
         where agency_id = $1 and id = $2 and state = 'raised'",
        agency.0,
        found.id.0,
        now,
        can.me().0,
    )
    .execute(tx.conn())
    .await?;
    note(tx, found.id, "acknowledged", "").await?;
    audit::record(tx, Change::of("acknowledged", RecordKind::Loop, found.id)).await
}

/// Answers. Answers of "not possible" and answers to Tribal governments wait for the director, where the agency set it so
/// and the director is not the one who answers. `together`: how many people raised what it is given to. Says whether the answer went
/// out.
pub(in super::super) async fn answer(
    tx: &mut AgencyTx,
    can: &Can<AnswerLoops>,
    (found, version): (&Loop, i32),
    new: &Answered,
    together: Option<i16>,
) -> Result<bool, Error> {
    if !found.may_answer(can.me()) {
        return Err(Error::NotFound);
    }
    consent::no_copied_words(tx, "answer_words", &new.words).await?;
    consent::no_copied_words(tx, "reason", &new.reason).await?;
    let waits = rules(tx).await?.director_reviews && can.hat() != Hat::Director && (new.answer == Answer::NotPossible || found.is_tribe);
    let (agency, now) = (tx.agency(), tx.now());
    let state = if waits { State::Review } else { State::Answered };
    let kept = sqlx::query!(
        "update loop set state = $4, answer = $5, answer_words = $6, answer_reason = $7, answer_due = $8, answered_at = $9, answered_by = $10::uuid,
             reviewed_by = case when $11 then $10::uuid end, acknowledged_at = coalesce(acknowledged_at, $9), acknowledged_by = coalesce(acknowledged_by, $10::uuid),
             asked_again_at = null, together = $12, version = version + 1
         where agency_id = $1 and id = $2 and version = $3",
        agency.0,
        found.id.0,
        version,
        state as State,
        new.answer as Answer,
        new.words,
        new.reason,
        new.due,
        now,
        can.me().0,
        can.hat() == Hat::Director,
        together,
    )
    .execute(tx.conn())
    .await?;
    if kept.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    if waits {
        note(tx, found.id, "sent for review", "").await?;
    } else {
        note(tx, found.id, "answered", &in_full(new.answer, &new.words, &new.reason)).await?;
        promise(tx, can.slug(), found, can.me(), new).await?;
        tell_raiser(tx, can.slug(), found).await?;
    }
    let (action, readers) = if waits { ("sent an answer for review", Readers::Desk) } else { ("answered", Readers::OfTheRecord) };
    let change = Change::of(action, RecordKind::Loop, found.id).field("answer", &new.words).field("reason", &new.reason);
    audit::record(tx, change.for_readers(readers)).await?;
    Ok(!waits)
}

/// Lets an answer go out, or returns it to the one who wrote it.
pub(in super::super) async fn review(
    tx: &mut AgencyTx,
    can: &Can<ReviewAnswers>,
    (reviewer, found): (Reviewer, &Loop),
    release: bool,
    said: &str,
) -> Result<(), Error> {
    let answer = found.answer.ok_or(Error::NotFound)?;
    consent::no_copied_words(tx, "note", said).await?;
    let writer = found.answerer.ok_or(Error::NotFound)?;
    let (agency, now) = (tx.agency(), tx.now());
    let decided = sqlx::query!(
        "update loop set state = case when $3 then 'answered' else 'acknowledged' end, answered_at = case when $3 then $4::timestamptz else answered_at end,
             reviewed_by = case when $3 then $5::uuid end, version = version + 1
         where agency_id = $1 and id = $2 and state = 'review' and version = $6",
        agency.0,
        reviewer.0.0,
        release,
        now,
        can.me().0,
        can.version(),
    )
    .execute(tx.conn())
    .await?;
    if decided.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    if release {
        note(tx, found.id, "answered", &in_full(answer, &found.answer_words, &found.answer_reason)).await?;
        let (words, reason) = (found.answer_words.clone(), found.answer_reason.clone());
        promise(tx, can.slug(), found, writer, &Answered { answer, words, reason, due: found.answer_due }).await?;
        tell_raiser(tx, can.slug(), found).await?;
    } else {
        note(tx, found.id, "returned by the director", said).await?;
    }
    let action = if release { "let an answer go out" } else { "returned an answer" };
    audit::record(tx, Change::of(action, RecordKind::Loop, found.id).field("note", said).for_readers(Readers::Desk)).await?;
    if release { audit::record(tx, Change::of("answered", RecordKind::Loop, found.id)).await } else { Ok(()) }
}

/// Whoever gives the word on the answer hears that it came; somebody without an account looks by themselves.
async fn tell_raiser(tx: &mut AgencyTx, slug: &str, found: &Loop) -> Result<(), Error> {
    let said = format!("Your {} was answered. Your word on the answer is wanted", found.kind);
    let Some(raiser) = found.word_of else { return Ok(()) };
    notices::tell(tx, &[raiser], &Notice { kind: "answer", said, path: paths::question(slug, found.id) }).await
}

/// Writes down what an answer of "we will, by …" promises: to the raiser's body, or to whoever gives the word on it. A promise
/// of an earlier answer that is still open is the same promise, with its new words and day. To somebody without an account there is
/// none: nobody could say that it was kept.
async fn promise(tx: &mut AgencyTx, slug: &str, found: &Loop, by: MembershipId, answered: &Answered) -> Result<(), Error> {
    let (Answer::Will, Some(due_on)) = (answered.answer, answered.due) else { return Ok(()) };
    let Some(to) = found.body.map(Party::Body).or(found.word_of.map(Party::Member)) else { return Ok(()) };
    let (what, in_full) = (promise_of(&answered.words), answered.words.clone());
    if let Some(before) = found.promise
        && commitments::promise_anew(tx, before, (&what, &in_full), due_on).await?
    {
        return Ok(());
    }
    let audience = match found.audience {
        Audience::Partnership | Audience::Public => Audience::Partnership,
        narrower => narrower,
    };
    let new = Promise {
        what,
        side: Side::Agency,
        by: Party::Member(by),
        to,
        partner_owner: None,
        plan: None,
        promised_in: Some(found.id),
        due_on,
        audience,
        in_full,
    };
    let (agency, made) = (tx.agency(), commitments::promise(tx, slug, &new).await?);
    sqlx::query!("update loop set promise_id = $3 where agency_id = $1 and id = $2", agency.0, found.id.0, made.0)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// An answer as the history keeps it, whatever is answered later.
fn in_full(answer: Answer, words: &str, reason: &str) -> String {
    let because = if reason.is_empty() { String::new() } else { format!("\nBecause: {reason}") };
    format!("{answer}: {words}{because}")
}
