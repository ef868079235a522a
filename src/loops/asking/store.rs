//! What is asked without an account, in and out. Nothing of whoever asks is kept: their record has an id that tells no moment, and their
//! code is a hash.

use super::{
    super::{
        called::title_of,
        model::Kind,
        paths,
        proofs::Raiser,
        store::{note, reopen, rules},
    },
    model::{Asked, MOST_A_DAY, MOST_ADDED, Setting},
};
use crate::{
    audit::{self, Change},
    consent,
    mail::Language,
    notices::{self, Notice},
    platform::{
        access::Can,
        db::AgencyTx,
        error::{Error, OnConstraint as _},
        form::Problems,
        ids::{MembershipId, SubjectId},
        policy::OpenAsking,
        said,
        subject::{self, Kind as RecordKind, NewSubject},
    },
};

/// Whether anybody may ask, and who set it so.
pub(super) async fn setting(tx: &mut AgencyTx) -> Result<Setting, Error> {
    let agency = tx.agency();
    let row = sqlx::query!(
        r#"select k.open as "open?", k.set_at as "at?", k.version as "version?", m.name as "by?",
                  (select count(*) from loop l where l.agency_id = $1 and l.raised_by is null) as "asked!"
           from agency a
           left join asking k on k.agency_id = a.id
           left join membership m on m.agency_id = k.agency_id and m.id = k.set_by
           where a.id = $1"#,
        agency.0,
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(Setting {
        open: row.open.unwrap_or(false),
        by: row.by.unwrap_or_default(),
        at: row.at,
        version: row.version.unwrap_or(0),
        asked: row.asked,
    })
}

/// Opens the door to anybody, or closes it: what was asked goes on either way.
pub(super) async fn set(tx: &mut AgencyTx, can: &Can<OpenAsking>, before: &Setting, open: bool) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let set = sqlx::query!(
        "insert into asking as k (agency_id, open, set_by, set_at) values ($1, $2, $3, $4)
         on conflict (agency_id) do update set open = $2, set_by = $3, set_at = $4, version = k.version + 1 where k.version = $5",
        agency.0,
        open,
        can.me().0,
        now,
        can.version(),
    )
    .execute(tx.conn())
    .await?;
    if set.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    let told = |open: bool| if open { "open" } else { "closed" }.to_owned();
    let fields = [("asking without an account", told(before.open), told(open))];
    audit::note_settings(tx, &fields).await?;
    audit::record(tx, Change::about("changed", "settings").from_to(&fields)).await
}

/// Keeps what somebody asks, with the hash of their code. Both clocks start today, as for everybody.
pub(super) async fn ask(tx: &mut AgencyTx, (slug, language): (&str, Language), id: SubjectId, new: &Asked) -> Result<(), Error> {
    few_enough(tx, language).await?;
    // Whoever is unknown is told of nobody's words: none are theirs to read.
    consent::in_own_words(tx, &[("words", &new.words), ("about", &new.about)]).await?;
    let (acknowledge_by, answer_by) = rules(tx).await?.clocks(tx.today());
    let (agency, now) = (tx.agency(), tx.now());
    let subject = NewSubject {
        id,
        kind: RecordKind::Loop,
        title: &title_of(&new.words),
        path: paths::question(slug, id),
        audience: new.audience,
        body: None,
        author: None,
    };
    subject::add(tx, subject).await?;
    sqlx::query!(
        "insert into loop (agency_id, id, kind, words, about, acknowledge_by, answer_by, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        agency.0,
        id.0,
        new.kind as Kind,
        new.words,
        new.about,
        acknowledge_by,
        answer_by,
        now,
    )
    .execute(tx.conn())
    .await?;
    let again = language.say("ask-mend-seed", &[])?;
    sqlx::query!("insert into return_code (agency_id, loop_id, code_hash) values ($1, $2, $3)", agency.0, id.0, &new.code.hash())
        .execute(tx.conn())
        .await
        .on_constraint("return_code_agency_id_code_hash_key", "", &again)?;
    said::note(tx, &[new.words.clone(), new.about.clone()], Some(id.0)).await?;
    note(tx, id, "raised", "").await?;
    let change = Change::of("raised", RecordKind::Loop, id).field("words", &new.words).field("about", &new.about);
    audit::record(tx, change.saying(BY_NOBODY_KNOWN.to_owned())).await
}

/// What the log says of whoever did it.
const BY_NOBODY_KNOWN: &str = "by somebody without an account";

/// Somebody who sends without end would bury what people ask.
async fn few_enough(tx: &mut AgencyTx, language: Language) -> Result<(), Error> {
    let (agency, since) = (tx.agency(), tx.first_moment(tx.today()));
    let refused = language.say("ask-mend-many", &[])?;
    tx.as_keeper("how much was asked today without an account", async |tx| {
        let today = sqlx::query_scalar!(
            r#"select count(*) as "today!" from loop where agency_id = $1 and raised_by is null and created_at >= $2"#,
            agency.0,
            since,
        )
        .fetch_one(tx.conn())
        .await?;
        if today < MOST_A_DAY { Ok(()) } else { Err(Error::refused("", refused)) }
    })
    .await
}

/// Adds to what was asked; whoever said that it was received is told that there is more.
pub(super) async fn add(tx: &mut AgencyTx, (slug, language): (&str, Language), raiser: Raiser, more: &str) -> Result<(), Error> {
    consent::no_copied_words(tx, "more", more).await?;
    let (agency, id, refused) = (tx.agency(), raiser.0, language.say("ask-mend-enough", &[])?);
    let added = sqlx::query_scalar!(
        r#"select count(*) as "added!" from happening where agency_id = $1 and subject_id = $2 and what = 'added to'"#,
        agency.0,
        id.0,
    );
    if added.fetch_one(tx.conn()).await? >= MOST_ADDED {
        return Err(Error::refused("more", refused));
    }
    sqlx::query!("update loop set version = version + 1 where agency_id = $1 and id = $2", agency.0, id.0).execute(tx.conn()).await?;
    said::note(tx, &[more.to_owned()], Some(id.0)).await?;
    note(tx, id, "added to", more).await?;
    tx.as_keeper("more about a question without an account", async |tx| {
        let who = sqlx::query_scalar!(
            r#"select l.acknowledged_by as "who!: MembershipId" from loop l
               join membership m on m.agency_id = l.agency_id and m.id = l.acknowledged_by and m.state = 'active'
               where l.agency_id = $1 and l.id = $2"#,
            agency.0,
            id.0,
        )
        .fetch_all(tx.conn())
        .await?;
        let said = "Somebody without an account added to what they asked".to_owned();
        notices::tell(tx, &who, &Notice { kind: "question_more", said, path: paths::question(slug, id) }).await
    })
    .await?;
    audit::record(tx, Change::of("added to", RecordKind::Loop, id).field("words", more).saying(BY_NOBODY_KNOWN.to_owned())).await
}

/// The answer does not answer: it stays in the history, and both clocks start anew.
pub(super) async fn open_again(tx: &mut AgencyTx, slug: &str, raiser: Raiser, why: &str) -> Result<(), Error> {
    consent::no_copied_words(tx, "why", why).await?;
    reopen(tx, slug, raiser, why).await
}
