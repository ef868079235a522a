//! What the raiser does: raise, close, reopen, take back; and who inherits their word.

use super::{
    super::{
        called::title_of,
        model::{Loop, Raised},
        paths,
        proofs::{Raiser, Steward},
    },
    note, rules, source,
};
use crate::{
    audit::{self, Change},
    consent, notices,
    platform::{
        access::Can,
        acting::{Period, ToldHow},
        db::AgencyTx,
        error::Error,
        form::Problems,
        ids::{MembershipId, PartnerId, SubjectId},
        policy::{NameHeirs, RaiseLoops},
        said,
        subject::{self, Audience, Kind as RecordKind, NewSubject},
    },
};

/// Raises a question, a concern or an idea. Both clocks start today.
pub(in super::super) async fn raise(tx: &mut AgencyTx, can: &Can<RaiseLoops>, new: &Raised) -> Result<SubjectId, Error> {
    let id = put_down(tx, can.slug(), new, (can.me(), can.body(), None)).await?;
    note(tx, id, "raised", "").await?;
    audit::record(tx, Change::of("raised", RecordKind::Loop, id).field("words", &new.words)).await?;
    Ok(id)
}

/// Puts down what somebody raises, with their body; where another enters it for them, with the mark of the time in which they do.
pub(super) async fn put_down(
    tx: &mut AgencyTx,
    slug: &str,
    new: &Raised,
    (raiser, body, entered): (MembershipId, Option<PartnerId>, Option<&Period>),
) -> Result<SubjectId, Error> {
    let from = source(tx, new.from, new.comment).await?;
    consent::no_copied_words(tx, "words", &new.words).await?;
    let (acknowledge_by, answer_by) = rules(tx).await?.clocks(tx.today());
    let (agency, now, me, id) = (tx.agency(), tx.now(), tx.standing().membership, SubjectId::fresh());
    let subject = NewSubject {
        id,
        kind: RecordKind::Loop,
        title: &title_of(&new.words),
        path: paths::question(slug, id),
        audience: new.audience,
        body,
        author: Some(raiser),
    };
    subject::add(tx, subject).await?;
    sqlx::query!(
        "insert into loop (agency_id, id, kind, words, raised_by, raised_for_partner_id, acknowledge_by, answer_by, comment_id, created_at,
             acting_id, entered_by, told_how)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        agency.0,
        id.0,
        new.kind as super::super::model::Kind,
        new.words,
        raiser.0,
        body.map(|id| id.0),
        acknowledge_by,
        answer_by,
        new.comment,
        now,
        entered.map(|period| period.id.0),
        me.filter(|_| entered.is_some()).map(|id| id.0),
        entered.map(|period| period.how) as Option<ToldHow>,
    )
    .execute(tx.conn())
    .await?;
    if let Some(from) = from {
        sqlx::query!(
            "insert into edge (agency_id, from_id, to_id, kind, by_id, created_at) values ($1, $2, $3, 'raised_from', $4, $5)",
            agency.0,
            id.0,
            from.record.id.0,
            raiser.0,
            now,
        )
        .execute(tx.conn())
        .await?;
    }
    said::note(tx, std::slice::from_ref(&new.words), Some(id.0)).await?;
    Ok(id)
}

/// Closes it: the answer answers.
pub(in super::super) async fn close(tx: &mut AgencyTx, slug: &str, raiser: Raiser) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    sqlx::query!(
        "update loop set state = 'closed', closed_at = $3, version = version + 1 where agency_id = $1 and id = $2 and state = 'answered'",
        agency.0,
        raiser.0.0,
        now,
    )
    .execute(tx.conn())
    .await?;
    note(tx, raiser.0, "closed", "").await?;
    notices::done(tx, &paths::question(slug, raiser.0)).await?;
    audit::record(tx, Change::of("closed", RecordKind::Loop, raiser.0)).await
}

/// Not yet: the answer stays in the history and both clocks start anew.
pub(in super::super) async fn reopen(tx: &mut AgencyTx, slug: &str, raiser: Raiser, why: &str) -> Result<(), Error> {
    consent::no_copied_words(tx, "why", why).await?;
    let ((acknowledge_by, answer_by), agency) = (rules(tx).await?.clocks(tx.today()), tx.agency());
    sqlx::query!(
        "update loop set state = 'raised', acknowledge_by = $3, answer_by = $4, acknowledged_at = null, acknowledged_by = null, answer = null,
             answer_words = '', answer_reason = '', answer_due = null, answered_at = null, answered_by = null, reviewed_by = null, closed_at = null,
             asked_again_at = null, together = null, escalated_at = null, reopened = reopened + 1, version = version + 1
         where agency_id = $1 and id = $2 and state in ('answered', 'closed')",
        agency.0,
        raiser.0.0,
        acknowledge_by,
        answer_by,
    )
    .execute(tx.conn())
    .await?;
    note(tx, raiser.0, "reopened", why).await?;
    notices::done(tx, &paths::question(slug, raiser.0)).await?;
    audit::record(tx, Change::of("reopened", RecordKind::Loop, raiser.0).field("why", why)).await
}

/// Takes it back: every word is gone, also from the history, from what the agency answered and from the promise that the
/// answer made, from copies and from stored exports; what had left is called back; a mark stays. A promise still open is no
/// longer needed.
pub(in super::super) async fn withdraw(tx: &mut AgencyTx, raiser: Raiser) -> Result<(), Error> {
    let id = raiser.0;
    tx.as_keeper("taking a loop back", async |tx| {
        let words = words_of(tx, id).await?;
        let texts = texts_of(tx, id).await?;
        consent::seal(tx, id, None, &texts).await?;
        erase(tx, id, words.as_deref(), "Taken back by the one who raised it").await
    })
    .await?;
    note(tx, id, "taken back", "").await?;
    audit::record(tx, Change::of("took back", RecordKind::Loop, id)).await
}

/// Destroys it as if it were taken back, where the retention schedule lets it go. For the keeper.
///
/// # Errors
/// When the database refuses.
pub async fn destroy(tx: &mut AgencyTx, id: SubjectId) -> Result<(), Error> {
    let words = words_of(tx, id).await?;
    erase(tx, id, words.as_deref(), consent::DESTROYED).await
}

async fn words_of(tx: &mut AgencyTx, id: SubjectId) -> Result<Option<String>, Error> {
    let agency = tx.agency();
    let words = sqlx::query_scalar!("select words from loop where agency_id = $1 and id = $2", agency.0, id.0);
    Ok(words.fetch_optional(tx.conn()).await?.flatten())
}

/// Every text that goes with it: its words and what its raiser added, the answer, and the promise that the answer made.
async fn texts_of(tx: &mut AgencyTx, id: SubjectId) -> Result<Vec<String>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_scalar!(
        r#"select t.words as "words!"
           from loop l left join commitment c on c.agency_id = l.agency_id and c.id = l.promise_id,
                unnest(array[l.words, l.about, l.answer_words, l.answer_reason, c.what]
                    || array(select h.text from happening h where h.agency_id = l.agency_id and h.subject_id = l.id and h.what in ('added to', 'reopened')
                             order by h.created_at, h.id)) with ordinality t(words, n)
           where l.agency_id = $1 and l.id = $2 and t.words <> '' order by t.n"#,
        agency.0,
        id.0,
    )
    .fetch_all(tx.conn())
    .await?)
}

async fn erase(tx: &mut AgencyTx, id: SubjectId, words: Option<&str>, title: &str) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    consent::take_back(tx, id, words).await?;
    let added = sqlx::query_scalar!(
        "select text from happening where agency_id = $1 and subject_id = $2 and what = 'added to' and text <> '' order by created_at, id",
        agency.0,
        id.0,
    )
    .fetch_all(tx.conn())
    .await?;
    if !added.is_empty() {
        consent::erase_copies(tx, &added, id.0).await?;
    }
    sqlx::query!(
        "update loop set state = 'withdrawn', words = null, about = '', answer_words = '', answer_reason = '', version = version + 1
         where agency_id = $1 and id = $2",
        agency.0,
        id.0,
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "update happening h set text = '' from loop l
         where h.agency_id = $1 and l.agency_id = $1 and l.id = $2 and h.subject_id in (l.id, l.promise_id)",
        agency.0,
        id.0,
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "update commitment c set what = 'Promised in an answer to something that was taken back', version = c.version + 1,
             state = case when c.state in ('open', 'returned') then 'released' else c.state end
         from loop l where c.agency_id = $1 and l.agency_id = $1 and l.id = $2 and c.id = l.promise_id",
        agency.0,
        id.0,
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "update subject s set title = c.what from loop l join commitment c on c.agency_id = l.agency_id and c.id = l.promise_id
         where s.agency_id = $1 and l.agency_id = $1 and l.id = $2 and s.id = l.promise_id",
        agency.0,
        id.0,
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "update subject set title = $4, withdrawn_at = $3, version = version + 1 where agency_id = $1 and id = $2",
        agency.0,
        id.0,
        now,
        title,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Lets others read it from now on, or fewer.
pub(in super::super) async fn set_readers(tx: &mut AgencyTx, version: i32, raiser: Raiser, audience: Audience) -> Result<(), Error> {
    let agency = tx.agency();
    let before = sqlx::query_scalar!(
        r#"select audience as "audience: Audience" from subject where agency_id = $1 and id = $2"#,
        agency.0,
        raiser.0.0,
    )
    .fetch_one(tx.conn())
    .await?;
    let set = sqlx::query!(
        "update subject set audience = $3, version = version + 1 where agency_id = $1 and id = $2 and version = $4",
        agency.0,
        raiser.0.0,
        audience as Audience,
        version,
    )
    .execute(tx.conn())
    .await?;
    if set.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    // The promise that its answer made is read by the same people from now on. What was taken of the question while more could
    // read it is called back; the promise is the agency's own words.
    tx.as_keeper("a promise read with its question", async |tx| {
        sqlx::query!(
            "update subject s set audience = case when $3 = 'public' then 'partnership' else $3 end
         from loop l where s.agency_id = $1 and l.agency_id = $1 and l.id = $2 and s.id = l.promise_id",
            agency.0,
            raiser.0.0,
            audience as Audience,
        )
        .execute(tx.conn())
        .await?;
        if audience < before { crate::consent::recall_taken(tx, raiser.0).await } else { Ok(()) }
    })
    .await?;
    audit::record(tx, Change::of("set who reads", RecordKind::Loop, raiser.0)).await
}

/// The body's steward names who inherits the word of somebody who has left.
pub(in super::super) async fn name_heir(
    tx: &mut AgencyTx,
    _: &Can<NameHeirs>,
    found: &Loop,
    steward: Steward,
    heir: MembershipId,
) -> Result<(), Error> {
    let agency = tx.agency();
    let named = sqlx::query!(
        "update loop set heir_id = $3, version = version + 1
         where agency_id = $1 and id = $2
           and exists (select 1 from membership m where m.agency_id = $1 and m.id = $3 and m.partner_id = $4 and m.state = 'active')",
        agency.0,
        steward.0.0,
        heir.0,
        steward.1.0,
    )
    .execute(tx.conn())
    .await?;
    if named.rows_affected() == 0 {
        return Err(Error::refused("heir", "Choose one of your own people who is a member now"));
    }
    note(tx, found.id, "heir named", "").await?;
    audit::record(tx, Change::of("named an heir of", RecordKind::Loop, found.id)).await
}
