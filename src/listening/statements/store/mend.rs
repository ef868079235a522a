//! Mending what was written down before the speaker has given their word: the words, whose they are, or that they should not
//! have been written down at all.

use super::write::{shown, speaking};
use crate::{
    audit::{self, Change},
    consent::{self, Attribution, Uses},
    listening::{
        sessions,
        speakers::Speaker,
        statements::model::{Holds, Note, Statement, Told},
    },
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        fold::fold,
        form::Problems,
        ids::SubjectId,
        policy::WriteStatements,
        subject::{Audience, Kind},
    },
};

/// While a session is stopped nothing is written down, mended or answered in it.
///
/// # Errors
/// With the words that say so.
pub(in crate::listening::statements) async fn goes_on(tx: &mut AgencyTx, session: SubjectId) -> Result<(), Error> {
    if sessions::brief(tx, session).await?.is_some_and(|brief| brief.stopped) {
        return Err(Error::refused("", "The session is stopped: nothing is written down until people are ready to go on"));
    }
    Ok(())
}

/// Mends what was written down, while nobody else has read it. Former words are not kept: they were never the speaker's.
pub(in crate::listening::statements) async fn mend(
    tx: &mut AgencyTx,
    can: &Can<WriteStatements>,
    (holds, now): (Holds, &Statement),
    note: &Note,
) -> Result<(), Error> {
    let agency = tx.agency();
    goes_on(tx, now.session).await?;
    let speaker = speaking(tx, now.session, note).await?;
    let mended = sqlx::query!(
        "update statement set words = $4, folded = $5, language = $6, sensitivity = $7, wanted_audience = $8, told_how = $9, version = version + 1
         where agency_id = $1 and id = $2 and version = $3 and state in ('draft', 'with_speaker')",
        agency.0,
        holds.id.0,
        can.version(),
        note.words,
        fold(&note.words),
        note.language,
        note.sensitivity,
        note.wanted as Audience,
        note.told_how as Told,
    )
    .execute(tx.conn())
    .await?;
    if mended.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    if now.speaker != Some(speaker.id) {
        give_to(tx, holds, &speaker).await?;
    }
    consent::note_words(tx, holds.id, &note.words).await?;
    audit::record(tx, Change::of("changed", Kind::Statement, holds.id).field("words", &note.words)).await
}

/// The words were written down for somebody else: they are now under this speaker's card, and on this speaker's pages.
async fn give_to(tx: &mut AgencyTx, holds: Holds, speaker: &Speaker) -> Result<(), Error> {
    let agency = tx.agency();
    let (uses, (attribution, shown_as)) = (Uses::of(&speaker.uses), shown(speaker));
    tx.as_keeper("a draft for another speaker", async |tx| {
        sqlx::query!(
        "update statement set speaker_id = $3, body_id = $4, attribution = $5, shown_as = $6, may_keep = $7, may_quote = $8, may_name = $9,
             may_export = $10, may_publish = $11, may_research = $12, state = case when $13 then 'with_speaker' else 'draft' end,
             consent_version = consent_version + 1
         where agency_id = $1 and id = $2",
        agency.0,
        holds.id.0,
        speaker.id.0,
        speaker.body.map(|id| id.0),
        attribution as Attribution,
        shown_as,
        uses.kept,
        uses.quoted,
        uses.named,
        uses.exported,
        uses.published,
        uses.research,
        speaker.membership.is_some(),
    )
        .execute(tx.conn())
        .await?;
        sqlx::query!(
            "update subject set speaker_id = $3, body_id = $4, author_id = $5, version = version + 1 where agency_id = $1 and id = $2",
            agency.0,
            holds.id.0,
            speaker.id.0,
            speaker.body.map(|id| id.0),
            speaker.membership.map(|id| id.0),
        )
        .execute(tx.conn())
        .await?;
        Ok(())
    })
    .await
}

/// Throws a draft away that should not have been written down: the words go, a mark without content stays.
pub(in crate::listening::statements) async fn discard(tx: &mut AgencyTx, can: &Can<WriteStatements>, holds: Holds) -> Result<(), Error> {
    // As keeper, because what rested on the words may not be for those on duty to see.
    tx.as_keeper("a discarded draft", async |tx| super::answer::strike(tx, holds.id, can.version()).await).await?;
    consent::note_words(tx, holds.id, "").await?;
    audit::record(tx, Change::of("discarded", Kind::Statement, holds.id)).await
}
