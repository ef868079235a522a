//! What is done with hand-overs: each act wants the proof that this person may.

use super::{
    super::{
        forms::Contact,
        model::{Answer, HandOver, HandOverId, Meets, NewHandOver, Reader, State, Writer, Written},
        paths,
    },
    read::find,
};
use crate::{
    audit::{self, Change},
    commitments::Side,
    consent,
    notices::{self, Notice},
    platform::{
        access::Can,
        asker::Asker,
        db::AgencyTx,
        error::Error,
        form::Problems,
        ids::{MembershipId, PartnerId, SubjectId},
        policy::EditPartners,
        subject::Kind,
    },
};

async fn noted(tx: &mut AgencyTx, partner: PartnerId, action: &str, fields: &[(&'static str, &str)]) -> Result<(), Error> {
    let change = Change::of(action, Kind::Partner, SubjectId(partner.0));
    audit::record(tx, fields.iter().fold(change, |change, &(name, text)| change.field(name, text))).await
}

/// Somebody else saved it meanwhile, where nothing was changed.
fn changed(rows: u64) -> Result<(), Error> {
    if rows == 0 { Err(Error::Refused(Problems::stale())) } else { Ok(()) }
}

fn notice(said: String, path: String) -> Notice {
    Notice { kind: "hand_over", said, path }
}

async fn in_own_words(tx: &mut AgencyTx, letter: &Written) -> Result<(), Error> {
    consent::in_own_words(tx, &[("story", &letter.story), ("preferences", &letter.preferences)]).await
}

/// Begins a letter; nobody but its writer and the directors read it yet.
pub(in super::super) async fn add(
    tx: &mut AgencyTx,
    can: &Can<EditPartners>,
    partner: PartnerId,
    new: &NewHandOver,
) -> Result<HandOverId, Error> {
    let (agency, now, id) = (tx.agency(), tx.now(), HandOverId::fresh());
    in_own_words(tx, &new.letter).await?;
    sqlx::query!(
        "insert into handover (agency_id, id, partner_id, side, leaver_id, representative_id, leaver_name, successor_id, first_contact_on, created_by, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        agency.0,
        id.0,
        partner.0,
        new.leaver.side as Side,
        new.leaver.member.map(|id| id.0),
        new.leaver.representative,
        new.leaver.name,
        new.letter.successor.map(|id| id.0),
        new.letter.first_contact_on,
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "insert into handover_letter (agency_id, handover_id, story, preferences) values ($1, $2, $3, $4)",
        agency.0,
        id.0,
        new.letter.story,
        new.letter.preferences,
    )
    .execute(tx.conn())
    .await?;
    noted(tx, partner, "began a hand-over of", &[("story", &new.letter.story), ("preferences", &new.letter.preferences)]).await?;
    Ok(id)
}

/// Keeps its words while it is written.
pub(in super::super) async fn keep(tx: &mut AgencyTx, can: &Can<EditPartners>, Writer(id): Writer, letter: &Written) -> Result<(), Error> {
    in_own_words(tx, letter).await?;
    let agency = tx.agency();
    let kept = sqlx::query!(
        "update handover set successor_id = $4, first_contact_on = $5, version = version + 1
         where agency_id = $1 and id = $2 and version = $3 and state = 'begun'",
        agency.0,
        id.0,
        can.version(),
        letter.successor.map(|id| id.0),
        letter.first_contact_on,
    )
    .execute(tx.conn())
    .await?;
    changed(kept.rows_affected())?;
    sqlx::query!(
        "update handover_letter set story = $3, preferences = $4 where agency_id = $1 and handover_id = $2",
        agency.0,
        id.0,
        letter.story,
        letter.preferences,
    )
    .execute(tx.conn())
    .await?;
    let partner = find(tx, id).await?.partner;
    noted(tx, partner, "changed a hand-over of", &[("story", &letter.story), ("preferences", &letter.preferences)]).await
}

/// Sends it to the partner: whoever speaks for it reads and corrects it, before anybody else does.
pub(in super::super) async fn send(tx: &mut AgencyTx, can: &Can<EditPartners>, Writer(id): Writer) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let sent = sqlx::query!(
        "update handover set state = 'with_partner', sent_at = $4, version = version + 1
         where agency_id = $1 and id = $2 and version = $3 and state = 'begun'",
        agency.0,
        id.0,
        can.version(),
        now,
    )
    .execute(tx.conn())
    .await?;
    changed(sent.rows_affected())?;
    let letter = find(tx, id).await?;
    let voices = sqlx::query_scalar!(
        r#"select m.id as "id: MembershipId" from membership m
           join partner p on p.agency_id = m.agency_id and p.id = m.partner_id
           where m.agency_id = $1 and m.state = 'active' and (m.steward or m.speaks) and coalesce(p.merged_into, p.id) = $2"#,
        agency.0,
        letter.partner.0,
    )
    .fetch_all(tx.conn())
    .await?;
    let said = "A hand-over letter about your organization or Tribe waits for your word: is it right".to_owned();
    notices::tell(tx, &voices, &notice(said, paths::answer(can.slug(), id))).await?;
    noted(tx, letter.partner, "sent a hand-over to", &[]).await
}

/// Keeps the partner's word; with it the letter is passed on. A later word of theirs takes the place of the one before.
pub(in super::super) async fn answer(tx: &mut AgencyTx, asker: &Asker, Reader(id): Reader, answer: &Answer) -> Result<(), Error> {
    consent::in_own_words(tx, &[("correction", &answer.correction), ("reach", &answer.reach)]).await?;
    let (agency, moment) = (tx.agency(), tx.now());
    let before = find(tx, id).await?;
    sqlx::query!(
        "update handover_letter set correction = $3, reach = $4 where agency_id = $1 and handover_id = $2",
        agency.0,
        id.0,
        answer.correction,
        answer.reach,
    )
    .execute(tx.conn())
    .await?;
    let named = before.side == Side::Partner && answer.read_by.is_empty();
    let kept = sqlx::query!(
        "update handover set state = 'passed', answered_at = $4, answered_by = $5, read_by = $6,
             successor_id = case when $7 then $8::uuid else successor_id end, version = version + 1
         where agency_id = $1 and id = $2 and version = $3 and state in ('with_partner', 'passed')",
        agency.0,
        id.0,
        asker.version(),
        moment,
        asker.me().0,
        answer.read_by,
        named,
        answer.successor.map(|id| id.0),
    )
    .execute(tx.conn())
    .await?;
    changed(kept.rows_affected())?;
    let path = paths::letter(asker.slug(), id);
    notices::done(tx, &paths::answer(asker.slug(), id)).await?;
    let now = find(tx, id).await?;
    tell_next(tx, &now, before.state, path).await?;
    let action = if answer.read_by.is_empty() { "gave a word on a hand-over of" } else { "wrote down a word on a hand-over of" };
    noted(tx, before.partner, action, &[("correction", &answer.correction), ("reach", &answer.reach)]).await
}

/// Whoever comes next hears that the letter is there, its writer that the partner gave its word.
async fn tell_next(tx: &mut AgencyTx, letter: &HandOver, before: State, path: String) -> Result<(), Error> {
    let next: Vec<MembershipId> =
        [letter.successor, letter.keeper.filter(|_| letter.side == Side::Partner)].into_iter().flatten().collect();
    let said =
        if before == State::Passed { "A hand-over letter to you was corrected once more" } else { "A hand-over letter is there for you" };
    notices::tell(tx, &next, &notice(said.to_owned(), path.clone())).await?;
    let writer: Vec<MembershipId> = [letter.writer].into_iter().filter(|one| !next.contains(one)).collect();
    notices::tell(tx, &writer, &notice("The partner gave its word on a hand-over letter of yours".to_owned(), path)).await
}

/// Notes that they met or spoke, or by when they will.
pub(in super::super) async fn meet(tx: &mut AgencyTx, can: &Can<EditPartners>, Meets(id): Meets, contact: Contact) -> Result<(), Error> {
    let agency = tx.agency();
    let (done, by) = match contact {
        Contact::Made(day) => (Some(day), None),
        Contact::By(day) => (None, Some(day)),
    };
    let kept = sqlx::query!(
        "update handover set first_contact_done_on = $4, first_contact_on = coalesce($5, first_contact_on), version = version + 1
         where agency_id = $1 and id = $2 and version = $3 and first_contact_done_on is null",
        agency.0,
        id.0,
        can.version(),
        done,
        by,
    )
    .execute(tx.conn())
    .await?;
    changed(kept.rows_affected())?;
    if done.is_some() {
        notices::done(tx, &paths::letter(can.slug(), id)).await?;
    }
    let partner = find(tx, id).await?.partner;
    noted(tx, partner, if done.is_some() { "made the first contact with" } else { "moved the first contact with" }, &[]).await
}
