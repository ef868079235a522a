//! Writing down what is heard, and mending it before the speaker has given their word.

use crate::{
    audit::{self, Change},
    consent::{self, Attribution, Uses},
    listening::{
        sessions::{self, Brief},
        speakers::{self, Card, Speaker},
        statements::{
            model::{Note, State, Told},
            paths,
        },
    },
    platform::{
        access::Can,
        clock,
        db::AgencyTx,
        error::Error,
        fold::fold,
        ids::SubjectId,
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
    let speaker = speaking(tx, session, note).await?;
    refuse_the_same_again(tx, &speaker, &note.words).await?;
    // Ids that sort by time would tell which anonymous words were written down one after another.
    let id = SubjectId(crate::platform::ids::anonymous());
    put_subject(tx, can.slug(), id, &brief, &speaker).await?;
    insert(tx, id, session, &speaker, note).await?;
    consent::note_words(tx, id, &note.words).await?;
    audit::record(tx, Change::of("added", Kind::Statement, id).field("words", &note.words)).await?;
    Ok(id)
}

/// Pressed again after going back: the words would stand twice, and taken back once they would still be there.
async fn refuse_the_same_again(tx: &mut AgencyTx, speaker: &Speaker, words: &str) -> Result<(), Error> {
    let agency = tx.agency();
    let there = sqlx::query_scalar!(
        r#"select exists (select from statement where agency_id = $1 and speaker_id = $2 and words = $3 and withdrawn_at is null) as "there!""#,
        agency.0,
        speaker.id.0,
        words,
    )
    .fetch_one(tx.conn())
    .await?;
    if there { Err(Error::refused("words", "Leave it: these words of theirs are written down already")) } else { Ok(()) }
}

/// What the agency's table made of the speaker's card when it was taken in.
fn allowed(speaker: &Speaker) -> Result<Uses, Error> {
    let uses = Uses::of(&speaker.uses);
    if speaker.card == Card::DoNotWrite || !uses.kept {
        return Err(Error::refused("speaker", "This person asked that their words are not written down. Listen, and write nothing"));
    }
    Ok(uses)
}

/// How everybody sees whose words they are, before the speaker says otherwise.
pub(super) fn shown(speaker: &Speaker) -> (Attribution, String) {
    let attribution = speaker.attribution();
    (attribution, speaker.shown_as(attribution))
}

/// The speaker, when words of theirs may be written down in this session now.
pub(super) async fn speaking(tx: &mut AgencyTx, session: SubjectId, note: &Note) -> Result<Speaker, Error> {
    let speaker = speakers::find(tx, note.speaker).await?.filter(|one| one.session == session);
    let speaker = speaker.ok_or_else(|| Error::refused("speaker", "Choose who spoke"))?;
    allowed(&speaker)?;
    if speaker.minor && speakers::minors_rule(tx).await?.is_none() {
        return Err(Error::refused(
            "speaker",
            "Write nothing down: the agency has no rule for people under 18, and until then it is closed",
        ));
    }
    if note.wanted == Audience::Body && speaker.body.is_none() {
        return Err(Error::refused("wanted", "Choose another answer: this person speaks for themselves alone"));
    }
    Ok(speaker)
}

/// A draft is read by its speaker and by those named: the session's facilitators and note-takers.
async fn put_subject(tx: &mut AgencyTx, slug: &str, id: SubjectId, brief: &Brief, speaker: &Speaker) -> Result<(), Error> {
    let zone = brief.zone.parse().unwrap_or(chrono_tz::Tz::UTC);
    let title = format!("Statement, {} session", words::day(clock::day_in(zone, brief.starts_at)));
    let new = NewSubject {
        id,
        kind: Kind::Statement,
        title: &title,
        path: paths::statement(slug, id),
        audience: Audience::Author,
        body: speaker.body,
        author: speaker.membership,
    };
    subject::add_as_of(tx, new, brief.starts_at).await?;
    let agency = tx.agency();
    tx.as_keeper("readers of a draft", async |tx| {
        sqlx::query!(
            "insert into subject_reader (agency_id, subject_id, membership_id)
             select distinct $1::uuid, $2::uuid, d.membership_id from session_duty d where d.agency_id = $1 and d.session_id = $3",
            agency.0,
            id.0,
            brief.id.0,
        )
        .execute(tx.conn())
        .await?;
        Ok(())
    })
    .await?;
    sqlx::query!(
        "update subject set for_analysts = false, speaker_id = $3 where agency_id = $1 and id = $2",
        agency.0,
        id.0,
        speaker.id.0,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

async fn insert(tx: &mut AgencyTx, id: SubjectId, session: SubjectId, speaker: &Speaker, note: &Note) -> Result<(), Error> {
    let (agency, now, me) = (tx.agency(), tx.now(), tx.standing().membership.map(|one| one.0));
    let (uses, (attribution, shown_as)) = (Uses::of(&speaker.uses), shown(speaker));
    let state = if speaker.membership.is_some() { State::WithSpeaker } else { State::Draft };
    sqlx::query!(
        "insert into statement (agency_id, id, session_id, speaker_id, body_id, words, folded, language, attribution, shown_as, sensitivity,
             wanted_audience, may_keep, may_quote, may_name, may_export, may_publish, may_research, state, written_by, created_at, told_how)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)",
        agency.0, id.0, session.0, speaker.id.0, speaker.body.map(|one| one.0), note.words, fold(&note.words), note.language,
        attribution as Attribution, shown_as, note.sensitivity, note.wanted as Audience, uses.kept, uses.quoted, uses.named,
        uses.exported, uses.published, uses.research, state as State, me, now, note.told_how as Told,
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "insert into consent_change (agency_id, id, statement_id, version, uses, audience, how, by_id, created_at, wording_id)
         values ($1, $2, $3, 1, $4, $5, 'card', $6, $7, $8)",
        agency.0,
        crate::platform::ids::fresh(),
        id.0,
        &uses.list(),
        note.wanted as Audience,
        me,
        now,
        speaker.wording.map(|one| one.0),
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
