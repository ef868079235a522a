//! Writing down what is heard, and mending it before the speaker has given their word.

use crate::{
    audit::{self, Change},
    consent::{self, Attribution, Uses},
    listening::{
        sessions::{self, Brief},
        speakers::{self, Card, Speaker},
        statements::{
            model::{Holds, Note, State},
            paths,
        },
    },
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        fold::fold,
        form::Problems,
        ids::SubjectId,
        labels::Label as _,
        policy::WriteStatements,
        subject::{self, Audience, Kind, NewSubject},
        words,
    },
};

/// Writes a statement down for its speaker, under what the speaker's card allows and nothing more.
pub(in crate::listening::statements) async fn add(
    tx: &mut AgencyTx,
    can: &Can<WriteStatements>,
    session: SubjectId,
    note: &Note,
) -> Result<SubjectId, Error> {
    let brief = sessions::brief(tx, session).await?.ok_or(Error::NotFound)?;
    if !sessions::is_mine(tx, session).await? {
        return Err(Error::NotFound);
    }
    if !brief.takes_words() {
        return Err(Error::refused("", "Words can be written down only in a session with notes, after the notice was read aloud"));
    }
    let speaker = speakers::find(tx, note.speaker).await?.filter(|one| one.session == session);
    let speaker = speaker.ok_or_else(|| Error::refused("speaker", "Choose who spoke"))?;
    let uses = allowed(tx, &speaker).await?;
    if note.wanted == Audience::Body && speaker.body.is_none() {
        return Err(Error::refused("wanted", "Choose another answer: this person speaks for themselves alone"));
    }
    let id = SubjectId::fresh();
    put_subject(tx, can.slug(), id, &brief, &speaker).await?;
    insert(tx, id, session, &speaker, uses, note).await?;
    consent::note_words(tx, id, &note.words).await?;
    audit::record(tx, Change::of("added", Kind::Statement, id).field("words", &note.words)).await?;
    Ok(id)
}

/// What the agency's published table makes of the speaker's card.
async fn allowed(tx: &mut AgencyTx, speaker: &Speaker) -> Result<Uses, Error> {
    let agency = tx.agency();
    let list = sqlx::query_scalar!(
        r#"select coalesce(array(select jsonb_array_elements_text(card_table -> $2)), '{}') as "uses!" from agency where id = $1"#,
        agency.0,
        speaker.card.as_str(),
    )
    .fetch_one(tx.conn())
    .await?;
    let uses = Uses::of(&list);
    if speaker.card == Card::DoNotWrite || !uses.kept {
        return Err(Error::refused("speaker", "This person asked that their words are not written down. Listen, and write nothing"));
    }
    Ok(uses)
}

/// A draft is read by its speaker and by those named: the session's facilitators and note-takers.
async fn put_subject(tx: &mut AgencyTx, slug: &str, id: SubjectId, brief: &Brief, speaker: &Speaker) -> Result<(), Error> {
    let zone = brief.zone.parse().unwrap_or(chrono_tz::Tz::UTC);
    let title = format!("Statement, {} session", words::day(brief.starts_at.with_timezone(&zone).date_naive()));
    let new = NewSubject {
        id,
        kind: Kind::Statement,
        title: &title,
        path: paths::statement(slug, id),
        audience: Audience::Author,
        body: speaker.body,
        author: speaker.membership,
    };
    subject::add(tx, new).await?;
    let agency = tx.agency();
    sqlx::query!(
        "insert into subject_reader (agency_id, subject_id, membership_id)
         select distinct $1::uuid, $2::uuid, d.membership_id from session_duty d where d.agency_id = $1 and d.session_id = $3",
        agency.0,
        id.0,
        brief.id.0,
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!("update subject set for_analysts = false where agency_id = $1 and id = $2", agency.0, id.0).execute(tx.conn()).await?;
    Ok(())
}

async fn insert(tx: &mut AgencyTx, id: SubjectId, session: SubjectId, speaker: &Speaker, uses: Uses, note: &Note) -> Result<(), Error> {
    let (agency, now, me) = (tx.agency(), tx.now(), tx.standing().membership.map(|one| one.0));
    let (attribution, shown_as) = match speaker.card {
        Card::WithName if uses.named && !speaker.name.is_empty() => (Attribution::Named, &speaker.name),
        _ => (Attribution::Role, &speaker.label),
    };
    let state = if speaker.membership.is_some() { State::WithSpeaker } else { State::Draft };
    sqlx::query!(
        "insert into statement (agency_id, id, session_id, speaker_id, body_id, words, folded, language, attribution, shown_as, sensitivity,
             wanted_audience, may_keep, may_quote, may_name, may_export, may_publish, may_research, state, written_by, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)",
        agency.0, id.0, session.0, speaker.id.0, speaker.body.map(|one| one.0), note.words, fold(&note.words), note.language,
        attribution as Attribution, shown_as, note.sensitivity, note.wanted as Audience, uses.kept, uses.quoted, uses.named,
        uses.exported, uses.published, uses.research, state as State, me, now,
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "insert into consent_change (agency_id, id, statement_id, version, uses, audience, how, by_id, created_at)
         values ($1, $2, $3, 1, $4, $5, 'card', $6, $7)",
        agency.0,
        crate::platform::ids::fresh(),
        id.0,
        &uses.list(),
        note.wanted as Audience,
        me,
        now,
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "insert into edge (agency_id, from_id, to_id, kind, by_id, created_at) values ($1, $2, $3, 'heard_in', $4, $5)",
        agency.0,
        id.0,
        session.0,
        me,
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Mends what was written down, while nobody else has read it. Former words are not kept: they were never the speaker's.
pub(in crate::listening::statements) async fn mend(
    tx: &mut AgencyTx,
    can: &Can<WriteStatements>,
    holds: Holds,
    note: &Note,
) -> Result<(), Error> {
    let agency = tx.agency();
    let mended = sqlx::query!(
        "update statement set words = $4, folded = $5, language = $6, sensitivity = $7, wanted_audience = $8, version = version + 1
         where agency_id = $1 and id = $2 and version = $3 and state in ('draft', 'with_speaker')",
        agency.0,
        holds.id.0,
        can.version(),
        note.words,
        fold(&note.words),
        note.language,
        note.sensitivity,
        note.wanted as Audience,
    )
    .execute(tx.conn())
    .await?;
    if mended.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    consent::note_words(tx, holds.id, &note.words).await?;
    audit::record(tx, Change::of("changed", Kind::Statement, holds.id).field("words", &note.words)).await
}
