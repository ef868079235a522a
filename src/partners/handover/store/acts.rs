//! What is done with hand-overs: each act wants the proof that this person may.

use super::{
    super::{
        forms::Contact,
        model::{About, Answer, HandOver, HandOverId, Meets, NewHandOver, Reader, State, Writer, Written},
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
        ids::{MembershipId, SubjectId},
        policy::EditPartners,
        subject::Kind,
        words,
    },
};

/// Of a person the entry stands for whoever did it alone: that there is a letter about them is nobody else's to read.
async fn noted(tx: &mut AgencyTx, about: About, action: &str, fields: &[(&'static str, &str)]) -> Result<(), Error> {
    let change = match about {
        About::Partner(partner) => Change::of(action, Kind::Partner, SubjectId(partner.0)),
        About::Person(person) => Change::of_member(action, person, None).for_oneself(),
    };
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
pub(in super::super) async fn add(tx: &mut AgencyTx, can: &Can<EditPartners>, new: &NewHandOver) -> Result<HandOverId, Error> {
    let (agency, now, id) = (tx.agency(), tx.now(), HandOverId::fresh());
    let (partner, person) = match new.about {
        About::Partner(partner) => (Some(partner.0), None),
        About::Person(person) => (None, Some(person.0)),
    };
    in_own_words(tx, &new.letter).await?;
    sqlx::query!(
        "insert into handover (agency_id, id, partner_id, side, leaver_id, representative_id, leaver_name, successor_id, first_contact_on, created_by, created_at, person_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        agency.0,
        id.0,
        partner,
        new.leaver.side as Side,
        new.leaver.member.map(|id| id.0),
        new.leaver.representative,
        new.leaver.name,
        new.letter.successor.map(|id| id.0),
        new.letter.first_contact_on,
        can.me().0,
        now,
        person,
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
    noted(tx, new.about, "began a hand-over of", &[("story", &new.letter.story), ("preferences", &new.letter.preferences)]).await?;
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
    let about = find(tx, id).await?.about;
    noted(tx, about, "changed a hand-over of", &[("story", &letter.story), ("preferences", &letter.preferences)]).await
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
    let (whom, said) = match letter.about {
        About::Person(person) => (vec![person], "A hand-over letter about you waits for your word: is it right, and may it be passed on"),
        About::Partner(partner) => {
            let voices = sqlx::query_scalar!(
                r#"select m.id as "id: MembershipId" from membership m
                   join partner p on p.agency_id = m.agency_id and p.id = m.partner_id
                   where m.agency_id = $1 and speaks_on(m, $3) and coalesce(p.merged_into, p.id) = $2"#,
                agency.0,
                partner.0,
                tx.today(),
            )
            .fetch_all(tx.conn())
            .await?;
            (voices, "A hand-over letter about your organization or Tribe waits for your word: is it right")
        }
    };
    notices::tell(tx, &whom, &notice(said.to_owned(), paths::answer(can.slug(), id))).await?;
    noted(tx, letter.about, "sent a hand-over to", &[]).await
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
    let state = if answer.passes { State::Passed } else { State::KeptBack };
    let kept = sqlx::query!(
        "update handover set state = $9, answered_at = $4, answered_by = $5, read_by = $6,
             successor_id = case when $7 then $8::uuid else successor_id end, version = version + 1
         where agency_id = $1 and id = $2 and version = $3 and state in ('with_partner', 'passed', 'kept_back')",
        agency.0,
        id.0,
        asker.version(),
        moment,
        asker.me().0,
        answer.read_by,
        named,
        answer.successor.map(|id| id.0),
        state as State,
    )
    .execute(tx.conn())
    .await?;
    changed(kept.rows_affected())?;
    let path = paths::letter(asker.slug(), id);
    notices::done(tx, &paths::answer(asker.slug(), id)).await?;
    let now = find(tx, id).await?;
    if answer.named {
        lets_know(tx, asker.me(), now.successor).await?;
    }
    if now.state == State::Passed {
        tell_next(tx, &now, before.state, path).await?;
    } else {
        notices::closed_to(tx, before.successor.as_slice(), &path, &paths::all_letters(asker.slug())).await?;
        let said = "A hand-over letter of yours is not passed on: the person whom it is about keeps it back".to_owned();
        notices::tell(tx, &[now.writer], &notice(said, path)).await?;
    }
    let action = if answer.read_by.is_empty() { "gave a word on a hand-over of" } else { "wrote down a word on a hand-over of" };
    noted(tx, before.about, action, &[("correction", &answer.correction), ("reach", &answer.reach)]).await
}

/// Lets whoever comes next know who one is.
async fn lets_know(tx: &mut AgencyTx, me: MembershipId, next: Option<MembershipId>) -> Result<(), Error> {
    let (Some(next), agency) = (next, tx.agency()) else { return Ok(()) };
    sqlx::query!(
        "insert into identity_reader (agency_id, membership_id, reader_id) values ($1, $2, $3) on conflict do nothing",
        agency.0,
        me.0,
        next.0,
    )
    .execute(tx.conn())
    .await?;
    audit::record(tx, Change::of_member("changed who may know", me, None).for_oneself()).await
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
    let about = find(tx, id).await?.about;
    noted(tx, about, if done.is_some() { "made the first contact with" } else { "moved the first contact with" }, &[]).await
}

/// Reminds of every first contact whose day has come and that was not made, once for each day that was set. For the keeper.
pub(in super::super) async fn remind(tx: &mut AgencyTx) -> Result<(), Error> {
    let (agency, today) = (tx.agency(), tx.today());
    let due = sqlx::query!(
        r#"with due as (
               update handover h set contact_told_for = h.first_contact_on
               from (select o.id, o.partner_id from handover o
                     where o.agency_id = $1 and o.state = 'passed' and o.first_contact_done_on is null and o.first_contact_on <= $2
                       and o.contact_told_for is distinct from o.first_contact_on
                     order by o.first_contact_on, o.id limit 500
                     for update skip locked) ripe
               left join partner p on p.agency_id = $1 and p.id = ripe.partner_id
               where h.agency_id = $1 and h.id = ripe.id
               returning h.id, h.first_contact_on, case h.side when 'agency' then h.successor_id else p.keeper_id end as whom)
           select d.id as "id!: HandOverId", d.first_contact_on as "on!", d.whom as "whom!: MembershipId", g.slug
           from due d join agency g on g.id = $1
           where d.whom is not null
           order by d.first_contact_on, d.id"#,
        agency.0,
        today,
    )
    .fetch_all(tx.conn())
    .await?;
    for one in &due {
        let said = format!("A first contact was to be made by {}: note when you met, or by when you will", words::day(one.on));
        notices::tell(tx, &[one.whom], &notice(said, paths::letter(&one.slug, one.id))).await?;
    }
    if due.is_empty() {
        Ok(())
    } else {
        audit::record(tx, Change::about("reminded of first contacts with", "partner").rows(due.len() as i64)).await
    }
}
