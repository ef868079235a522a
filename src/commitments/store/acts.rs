//! What is done with promises: each act wants the proof that this person may.

use super::{
    super::{
        forms::{Edited, Shown},
        model::{Avowal, Avower, Changer, Giver, Party, Promise, Promised, Promiser, Side, State, Word},
        paths,
    },
    read::{find, me},
};
use crate::{
    audit::{self, Change},
    chain::{self, Join},
    consent,
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        form::Problems,
        ids::{MembershipId, SubjectId},
        labels::Label as _,
        policy::{EditCommitments, GiveWord, NameSuccessors},
        subject::{self, Audience, Kind, NewSubject},
        words,
    },
};
use chrono::NaiveDate;

/// What a promise may be made in: anything that is said or decided together.
const MADE_IN: &[Kind] =
    &[Kind::Session, Kind::Meeting, Kind::Loop, Kind::Obstacle, Kind::Outreach, Kind::Barrier, Kind::Goal, Kind::Plan, Kind::Theme];

/// Writes a promise down; `slug` is the agency's part of the address. A partner's promise that somebody else writes down is only
/// told: it waits for the partner's own word.
///
/// # Errors
/// `NotFound` when its plan or the record it was made in is not there for this person.
pub async fn promise(tx: &mut AgencyTx, slug: &str, new: &Promise) -> Result<SubjectId, Error> {
    let (agency, now, id, author) = (tx.agency(), tx.now(), SubjectId::fresh(), tx.standing().membership);
    let narrow = match new.plan {
        Some(plan) => subject::find(tx, plan).await?.ok_or(Error::NotFound)?.audience == Audience::Agency,
        None => false,
    };
    let audience = if narrow { Audience::Agency } else { new.audience };
    consent::no_copied_words(tx, "what", &new.what).await?;
    let path = paths::commitment(slug, id);
    subject::add(tx, NewSubject { id, kind: Kind::Commitment, title: &new.what, path, audience, body: new.concerned(), author: None })
        .await?;
    for reader in [new.by.member(), new.to.member()].into_iter().flatten() {
        subject::add_reader(tx, id, reader).await?;
    }
    let speaker = match new.by {
        Party::Member(id) => Some(id),
        Party::Body(body) => author.filter(|_| tx.standing().body == Some(body)),
    };
    let state = if new.side == Side::Partner && !is_own(tx, new.by) { State::Told } else { State::Open };
    let partner_owner = new.partner_owner.or(new.by.body()).or(new.to.body());
    sqlx::query!(
        "insert into commitment (agency_id, id, what, side, promised_by, promiser_partner_id, promised_to_partner_id, promised_to,
             partner_owner_id, plan_id, due_on, state, created_by, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $14, $12, $13)",
        agency.0,
        id.0,
        new.what,
        new.side as Side,
        speaker.map(|id| id.0),
        new.by.body().map(|id| id.0),
        new.to.body().map(|id| id.0),
        new.to.member().map(|id| id.0),
        partner_owner.map(|id| id.0),
        new.plan.map(|id| id.0),
        new.due_on,
        author.map(|id| id.0),
        now,
        state as State,
    )
    .execute(tx.conn())
    .await?;
    chain::join(tx, id, Join::StepOf, new.plan.as_slice(), &[Kind::Plan]).await?;
    chain::join(tx, id, Join::PromisedIn, new.promised_in.as_slice(), MADE_IN).await?;
    let what = if state == State::Told { "written down as told" } else { "promised" };
    chain::happened(tx, id, what, &new.in_full).await?;
    audit::record(tx, Change::of(what, Kind::Commitment, id).field("what", &new.what)).await?;
    Ok(id)
}

/// Whether whoever writes promises themselves, or their own body does. Row security asks for the mandate.
fn is_own(tx: &AgencyTx, by: Party) -> bool {
    match by {
        Party::Member(id) => tx.standing().membership == Some(id),
        Party::Body(body) => tx.standing().body == Some(body),
    }
}

/// Keeps the word of the one who is said to have promised: from now on it is a promise, or it is none.
pub(in super::super) async fn avow(tx: &mut AgencyTx, can: &Can<GiveWord>, Avower(id): Avower, word: Avowal) -> Result<(), Error> {
    let agency = tx.agency();
    let state = if word == Avowal::Ours { State::Open } else { State::Released };
    let kept = sqlx::query!(
        "update commitment set state = $4, promised_by = $5, version = version + 1
         where agency_id = $1 and id = $2 and version = $3 and state = 'told'",
        agency.0,
        id.0,
        can.version(),
        state as State,
        can.me().0,
    )
    .execute(tx.conn())
    .await?;
    if kept.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    let told = if word == Avowal::Ours { "promised" } else { "not promised" };
    chain::happened(tx, id, told, "").await?;
    audit::record(tx, Change::of(told, Kind::Commitment, id)).await
}

/// Gives a promise made in an answer its new words and day when the same question is answered again; answers whether it was
/// still open. `in_full`: the answer.
///
/// # Errors
/// When the database refuses.
pub async fn promise_anew(tx: &mut AgencyTx, id: SubjectId, (what, in_full): (&str, &str), due_on: NaiveDate) -> Result<bool, Error> {
    let agency = tx.agency();
    let Some(before) = find(tx, id).await? else { return Ok(false) };
    let kept = sqlx::query!(
        "update commitment set what = $3, due_on = $4, version = version + 1,
             soon_told_at = null, day_told_at = null, late_told_at = null, week_told_at = null
         where agency_id = $1 and id = $2 and state in ('open', 'returned')",
        agency.0,
        id.0,
        what,
        due_on,
    )
    .execute(tx.conn())
    .await?;
    if kept.rows_affected() == 0 {
        return Ok(false);
    }
    subject::rename(tx, id, what).await?;
    let told = format!("From {} to {}.\n{in_full}", words::day(before.due_on), words::day(due_on));
    chain::happened(tx, id, "promised anew in another answer", &told).await?;
    audit::record(tx, Change::of("promised anew", Kind::Commitment, id).field("what", what)).await?;
    Ok(true)
}

/// Keeps a promise's words and day; a changed day is told with its reason.
pub(in super::super) async fn edit(
    tx: &mut AgencyTx,
    can: &Can<EditCommitments>,
    Changer(id): Changer,
    edited: &Edited,
) -> Result<(), Error> {
    let agency = tx.agency();
    let before = find(tx, id).await?.ok_or(Error::NotFound)?;
    consent::no_copied_words(tx, "what", &edited.what).await?;
    consent::no_copied_words(tx, "why", &edited.why).await?;
    let kept = sqlx::query!(
        "update commitment set what = $4, due_on = $5, version = version + 1,
             soon_told_at = case when due_on = $5 then soon_told_at end, day_told_at = case when due_on = $5 then day_told_at end,
             late_told_at = case when due_on = $5 then late_told_at end, week_told_at = case when due_on = $5 then week_told_at end
         where agency_id = $1 and id = $2 and version = $3 and state in ('open', 'returned')",
        agency.0,
        id.0,
        can.version(),
        edited.what,
        edited.due_on,
    )
    .execute(tx.conn())
    .await?;
    if kept.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    subject::rename(tx, id, &edited.what).await?;
    if before.due_on != edited.due_on {
        let told = format!("From {} to {}. {}", words::day(before.due_on), words::day(edited.due_on), edited.why);
        chain::happened(tx, id, "day changed", &told).await?;
    }
    if before.what != edited.what {
        chain::happened(tx, id, "reworded", &format!("Before: {}", before.what)).await?;
    }
    let fields = [("what", before.what, edited.what.clone()), ("due", before.due_on.to_string(), edited.due_on.to_string())];
    audit::record(tx, Change::of("changed", Kind::Commitment, id).differing(fields).field("why", &edited.why)).await
}

/// Reports a promise done; from now on the word is with the one promised.
pub(in super::super) async fn report(
    tx: &mut AgencyTx,
    can: &Can<EditCommitments>,
    Promiser(id): Promiser,
    shown: &Shown,
) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    consent::no_copied_words(tx, "evidence", &shown.evidence).await?;
    let kept = sqlx::query!(
        "update commitment set state = 'reported', evidence = $4, reported_at = $5, reported_by = $6, evidence_link = $7, delegate_asked = null,
             version = version + 1
         where agency_id = $1 and id = $2 and version = $3 and state in ('open', 'returned')",
        agency.0,
        id.0,
        can.version(),
        shown.evidence,
        now,
        can.me().0,
        shown.link,
    )
    .execute(tx.conn())
    .await?;
    if kept.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    let told = format!("{}\n{}", shown.evidence, shown.link);
    chain::happened(tx, id, State::Reported.label(), told.trim_end()).await?;
    audit::record(tx, Change::of("reported done", Kind::Commitment, id).field("evidence", &shown.evidence).field("link", &shown.link)).await
}

/// Gives the word of the one promised on what was reported; released also while it is open.
pub(in super::super) async fn give_word(
    tx: &mut AgencyTx,
    can: &Can<GiveWord>,
    Promised(id): Promised,
    (word, note): &(Word, String),
) -> Result<(), Error> {
    crate::consent::in_own_words(tx, &[("note", note)]).await?;
    let (agency, now) = (tx.agency(), tx.now());
    let state = match word {
        Word::Kept => State::Confirmed,
        Word::Returned => State::Returned,
        Word::Released => State::Released,
    };
    let kept = sqlx::query!(
        "update commitment set state = $4, confirmed_at = case when $4 = 'confirmed' then $5::timestamptz end,
             confirmed_by = case when $4 = 'confirmed' then $6::uuid end, version = version + 1
         where agency_id = $1 and id = $2 and version = $3
           and (state = 'reported' or ($4 = 'released' and state in ('open', 'returned')))",
        agency.0,
        id.0,
        can.version(),
        state as State,
        now,
        can.me().0,
    )
    .execute(tx.conn())
    .await?;
    if kept.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    let told = match word {
        Word::Kept => "confirmed as kept",
        Word::Returned => "returned",
        Word::Released => "released from the promise",
    };
    chain::happened(tx, id, told, note).await?;
    audit::record(tx, Change::of(told, Kind::Commitment, id).field("note", note)).await
}

/// Names who of the agency gives the word on a promise from now on.
pub(in super::super) async fn name_successor(
    tx: &mut AgencyTx,
    can: &Can<NameSuccessors>,
    Giver(id): Giver,
    to: MembershipId,
) -> Result<(), Error> {
    let agency = tx.agency();
    let named = sqlx::query!(
        "update commitment set promised_to = $4, version = version + 1
         where agency_id = $1 and id = $2 and version = $3 and state in ('open', 'returned', 'reported')",
        agency.0,
        id.0,
        can.version(),
        to.0,
    )
    .execute(tx.conn())
    .await?;
    if named.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    subject::add_reader(tx, id, to).await?;
    let name = find(tx, id).await?.ok_or(Error::NotFound)?.to;
    chain::happened(tx, id, "handed the word on it over", &format!("To {name}.")).await?;
    audit::record(tx, Change::of("named who gives the word on", Kind::Commitment, id)).await
}

/// Who asks and the promise, inside one transaction.
pub(in super::super) async fn asked(
    tx: &mut AgencyTx,
    id: SubjectId,
    today: chrono::NaiveDate,
) -> Result<(super::super::model::Commitment, super::super::model::Me), Error> {
    Ok((find(tx, id).await?.ok_or(Error::NotFound)?, me(tx, today).await?))
}
