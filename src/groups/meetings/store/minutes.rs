//! Minutes: who came, what was talked about and decided, sent to the other side, and its word.

use super::super::{
    model::{Decision, How, Meeting, Minutes, State, Vote, Word},
    paths,
};
use super::read::find;
use crate::{
    audit::{self, Change},
    chain, consent,
    notices::{self, Notice},
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        form::Problems,
        ids::{MembershipId, PartnerId, SubjectId, fresh},
        policy::{ConfirmMinutes, EditGroups},
        subject::Kind,
    },
};
use uuid::Uuid;

async fn open(tx: &mut AgencyTx, id: SubjectId) -> Result<Meeting, Error> {
    find(tx, id).await?.filter(Meeting::is_open).ok_or(Error::NotFound)
}

/// Notes who came and what was talked about; with it the meeting was held.
pub(in super::super) async fn keep_minutes(tx: &mut AgencyTx, can: &Can<EditGroups>, id: SubjectId, new: &Minutes) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    consent::in_own_words(tx, &[("notes", &new.notes)]).await?;
    let of = find(tx, id).await?.filter(|of| of.is_planned() || of.is_open()).ok_or(Error::NotFound)?;
    if of.starts_at > now {
        return Err(Error::refused("", format!("It has not begun yet: it begins on {}", of.when())));
    }
    if of.is_closed_to_comments() && of.published_at.is_none() {
        let said =
            "Call this meeting off and plan another: its agenda was not published, and under the open-meeting law it could not be held";
        return Err(Error::refused("", said));
    }
    let kept = sqlx::query!(
        "update meeting set state = case when state = 'planned' then 'held' else state end, held_at = coalesce(held_at, $4),
             came_agency = $5, came_lived = $6, came_others = $7, notes = $8, version = version + 1
         where agency_id = $1 and id = $2 and version = $3 and state in ('planned', 'held', 'returned')",
        agency.0,
        id.0,
        can.version(),
        now,
        new.agency,
        new.lived,
        new.others,
        new.notes,
    )
    .execute(tx.conn())
    .await?;
    if kept.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    count(tx, id, new).await?;
    if of.is_planned() {
        chain::happened(tx, id, "held", "").await?;
    }
    let did = if of.is_planned() { "held" } else { "changed the minutes of" };
    audit::record(tx, Change::of(did, Kind::Meeting, id).field("notes", &new.notes)).await
}

/// Which organizations came: these and no others.
async fn count(tx: &mut AgencyTx, id: SubjectId, new: &Minutes) -> Result<(), Error> {
    let agency = tx.agency();
    let bodies: Vec<Uuid> = new.bodies.iter().map(|id| id.0).collect();
    sqlx::query!("delete from meeting_body where agency_id = $1 and meeting_id = $2 and partner_id <> all($3)", agency.0, id.0, &bodies)
        .execute(tx.conn())
        .await?;
    sqlx::query!(
        "insert into meeting_body (agency_id, meeting_id, partner_id) select $1, $2, one from unnest($3::uuid[]) one on conflict do nothing",
        agency.0,
        id.0,
        &bodies,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Adds a decision to minutes that are open.
pub(in super::super) async fn decide(tx: &mut AgencyTx, can: &Can<EditGroups>, id: SubjectId, new: &Decision) -> Result<(), Error> {
    let (agency, now, decision) = (tx.agency(), tx.now(), fresh());
    consent::in_own_words(tx, &[("what", &new.what), ("reasons", &new.reasons), ("dissent", &new.dissent)]).await?;
    open(tx, id).await?;
    sqlx::query!(
        "insert into meeting_decision (agency_id, id, meeting_id, what, how, reasons, dissent, created_by, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        agency.0,
        decision,
        id.0,
        new.what,
        new.how as How,
        new.reasons,
        new.dissent,
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await?;
    let (terms, votes): (Vec<Uuid>, Vec<Vote>) = new.votes.iter().copied().unzip();
    sqlx::query!(
        "insert into decision_vote (agency_id, decision_id, meeting_id, term_id, vote)
         select $1, $2, $3, v.term, v.vote from unnest($4::uuid[], $5::text[]) as v (term, vote)",
        agency.0,
        decision,
        id.0,
        &terms,
        &votes as &[Vote],
    )
    .execute(tx.conn())
    .await?;
    let change = Change::of("noted a decision of", Kind::Meeting, id).field("what", &new.what).field("reasons", &new.reasons);
    audit::record(tx, change.field("dissent", &new.dissent)).await
}

/// Takes a decision out of minutes that are open.
pub(in super::super) async fn drop_decision(tx: &mut AgencyTx, _: &Can<EditGroups>, id: SubjectId, decision: Uuid) -> Result<(), Error> {
    let agency = tx.agency();
    open(tx, id).await?;
    sqlx::query!("delete from decision_vote where agency_id = $1 and meeting_id = $2 and decision_id = $3", agency.0, id.0, decision)
        .execute(tx.conn())
        .await?;
    let gone = sqlx::query!("delete from meeting_decision where agency_id = $1 and meeting_id = $2 and id = $3", agency.0, id.0, decision)
        .execute(tx.conn())
        .await?;
    if gone.rows_affected() == 0 {
        return Err(Error::NotFound);
    }
    audit::record(tx, Change::of("took a decision out of the minutes of", Kind::Meeting, id)).await
}

/// The partners' side's chairs of its group today.
async fn chairs(tx: &mut AgencyTx, of: &Meeting) -> Result<Vec<MembershipId>, Error> {
    let (agency, today) = (tx.agency(), tx.today());
    Ok(sqlx::query_scalar!(
        r#"select t.membership_id as "id!: MembershipId" from seat_term t
           join group_seat s on s.agency_id = t.agency_id and s.id = t.seat_id and s.is_chair and s.constituency <> 'agency'
           join membership m on m.agency_id = t.agency_id and m.id = t.membership_id and m.state = 'active'
           where t.agency_id = $1 and t.group_id = $2 and t.ended_on is null
             and t.from_on <= $3 and (t.until_on is null or t.until_on >= $3)"#,
        agency.0,
        of.group_id.map(|id| id.0),
        today,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Nobody's minutes wait for a word that nobody could give.
async fn has_voice(tx: &mut AgencyTx, cohost: PartnerId) -> Result<(), Error> {
    let has = sqlx::query_scalar!(r#"select body_has_voice($1) as "has!""#, cohost.0).fetch_one(tx.conn()).await?;
    let nobody = "Nobody speaks for the co-host here, and so nobody could confirm the minutes: invite somebody of theirs first";
    if has { Ok(()) } else { Err(Error::refused("", nobody)) }
}

/// Sends the minutes to the other side: the chair of the partners' side, or the co-host of a forum.
pub(in super::super) async fn send(tx: &mut AgencyTx, can: &Can<EditGroups>, id: SubjectId) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let of = open(tx, id).await?;
    let notice = Notice {
        kind: "minutes",
        said: "Minutes of a meeting wait for your word: are they right".to_owned(),
        path: paths::word(can.slug(), id),
    };
    if of.group_id.is_some() {
        let chairs = chairs(tx, &of).await?;
        if chairs.is_empty() {
            return Err(Error::refused("", "Fill the seat of a chair on the partners’ side first: the minutes go to whoever sits there"));
        }
        notices::tell(tx, &chairs, &notice).await?;
    } else if let Some(cohost) = of.cohost_id {
        has_voice(tx, cohost).await?;
        notices::tell_voices(tx, cohost, &notice).await?;
    } else {
        return Err(Error::refused("", "This forum has no co-host, and nobody on the other side could confirm its minutes"));
    }
    sqlx::query!(
        "update meeting set state = 'sent', sent_at = $3, sent_by = $4, version = version + 1
         where agency_id = $1 and id = $2 and state in ('held', 'returned')",
        agency.0,
        id.0,
        now,
        can.me().0,
    )
    .execute(tx.conn())
    .await?;
    chain::happened(tx, id, "minutes sent to the other side", "").await?;
    audit::record(tx, Change::of("sent the minutes of", Kind::Meeting, id)).await
}

/// Keeps the other side's word on the minutes that were read: what came back, was mended and was sent again is read first.
pub(in super::super) async fn give_word(
    tx: &mut AgencyTx,
    can: &Can<ConfirmMinutes>,
    id: SubjectId,
    (word, note): &(Word, String),
) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    consent::in_own_words(tx, &[("note", note)]).await?;
    let of = find(tx, id).await?.ok_or(Error::NotFound)?;
    if !of.my_word {
        return Err(Error::NotAllowed);
    }
    let (state, told) = match word {
        Word::Confirmed => (State::Confirmed, "confirmed the minutes of"),
        Word::Returned => (State::Returned, "returned the minutes of"),
    };
    let kept = sqlx::query!(
        "update meeting set state = $3, word = $4, word_by = $5, word_at = $6, version = version + 1
         where agency_id = $1 and id = $2 and state = 'sent' and version = $7",
        agency.0,
        id.0,
        state as State,
        note,
        can.me().0,
        now,
        can.version(),
    )
    .execute(tx.conn())
    .await?;
    if kept.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    if let Some(sender) = of.sent_by {
        let said = if *word == Word::Confirmed { "The minutes that you sent are confirmed" } else { "The minutes that you sent came back" };
        let path = paths::meeting(can.slug(), id);
        notices::tell(tx, &[sender], &Notice { kind: "minutes", said: said.to_owned(), path }).await?;
    }
    chain::happened(tx, id, if *word == Word::Confirmed { "minutes confirmed" } else { "minutes returned" }, note).await?;
    audit::record(tx, Change::of(told, Kind::Meeting, id).field("note", note)).await
}
