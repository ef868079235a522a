//! Words that a speaker adds themselves: by their link, or signed in. With them comes the speaker's word, so that they stand at once, as
//! chosen. Runs as keeper, because the bearer of a link sees no session; whoever has a duty in it learns of them what the speaker lets them.

use super::answer::{note_consent, show_as_chosen};
use crate::{
    audit::{self, Change},
    consent::{self, Attribution, How, Uses, WordingId},
    listening::{
        speakers::{self, Card, Speaker},
        statements::{model::Choices, paths},
    },
    platform::{
        clock,
        db::AgencyTx,
        error::Error,
        fold::fold,
        ids::SubjectId,
        subject::{Audience, Kind},
        words,
    },
};

/// What a speaker adds, with what they allow for it.
#[derive(Debug)]
pub struct Added {
    /// Their words.
    pub words: String,
    /// In which language.
    pub language: String,
    /// What may be done with them.
    pub uses: Uses,
    /// How readers see who spoke.
    pub attribution: Attribution,
    /// Who may read them.
    pub audience: Audience,
    /// The wording that was shown.
    pub wording: Option<WordingId>,
}

/// Keeps what a speaker adds to what they said in the session of their card.
///
/// # Errors
/// With the words that say why it cannot be kept, or the database's refusal.
pub async fn add_own(tx: &mut AgencyTx, slug: &str, card: &Speaker, added: &Added) -> Result<SubjectId, Error> {
    may_be_kept(tx, card, added).await?;
    let how = if tx.standing().link.is_some() { How::Link } else { How::Member };
    let id = SubjectId(crate::platform::ids::anonymous());
    tx.as_keeper("words that a speaker adds", async |tx| {
        put(tx, slug, id, card, added).await?;
        insert(tx, id, card, (added, how)).await?;
        show_as_chosen(tx, id).await?;
        let Added { uses, attribution, audience, wording, .. } = *added;
        note_consent(tx, (id, true), &Choices { uses, attribution, audience, wording }, how).await
    })
    .await?;
    consent::note_words(tx, id, &added.words).await?;
    audit::record(tx, Change::of("added by the speaker", Kind::Statement, id).by_speaker().field("words", &added.words)).await?;
    Ok(id)
}

/// The card allows notes, the agency has a rule where it needs one, and the words do not stand there already.
async fn may_be_kept(tx: &mut AgencyTx, card: &Speaker, added: &Added) -> Result<(), Error> {
    if card.card == Card::DoNotWrite {
        return Err(Error::refused("words", "Your card says that nothing is written down. Tell whoever listened if that has changed"));
    }
    if card.minor && speakers::minors_rule(tx).await?.is_none() {
        return Err(Error::refused("words", "Nothing can be kept here yet: the agency has not set its rule for people under 18"));
    }
    let agency = tx.agency();
    let there = sqlx::query_scalar!(
        r#"select exists (select from statement where agency_id = $1 and speaker_id = $2 and words = $3) as "there!""#,
        agency.0,
        card.id.0,
        added.words,
    )
    .fetch_one(tx.conn())
    .await?;
    if there { Err(Error::refused("words", "These words of yours are there already")) } else { Ok(()) }
}

/// The record, with the readers that the speaker chose; it stands where its session does.
async fn put(tx: &mut AgencyTx, slug: &str, id: SubjectId, card: &Speaker, added: &Added) -> Result<(), Error> {
    let agency = tx.agency();
    let session = sqlx::query!(
        r#"select starts_at, zone, recording = 'notes' and state in ('held', 'with_speakers', 'confirmed') as "open!"
           from listening_session where agency_id = $1 and id = $2"#,
        agency.0,
        card.session.0,
    )
    .fetch_one(tx.conn())
    .await?;
    if !session.open {
        return Err(Error::refused("words", "The work on this session is over: talk to whoever listened to you"));
    }
    let day = clock::day_in(session.zone.parse().unwrap_or(chrono_tz::Tz::UTC), session.starts_at);
    sqlx::query!(
        "insert into subject (agency_id, id, kind, title, path, audience, body_id, author_id, speaker_id, for_analysts, analysts_until, created_at)
         values ($1, $2, 'statement', $3, $4, $5, $6, $7, $8, $9, case when $9 then consent_until('exported', $11) end, $10)",
        agency.0,
        id.0,
        format!("Statement, {} session", words::day(day)),
        paths::statement(slug, id),
        added.audience as Audience,
        card.body.map(|one| one.0),
        card.membership.map(|one| one.0),
        card.id.0,
        added.uses.exported,
        session.starts_at,
        tx.now(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

async fn insert(tx: &mut AgencyTx, id: SubjectId, card: &Speaker, (added, how): (&Added, How)) -> Result<(), Error> {
    let (agency, now, me) = (tx.agency(), tx.now(), tx.standing().membership.map(|one| one.0));
    sqlx::query!(
        "insert into statement (agency_id, id, session_id, speaker_id, body_id, words, folded, language, attribution, wanted_audience, may_keep, may_quote,
             may_name, may_export, may_publish, may_research, quote_until, export_until, publish_until, research_until, state, confirmed_how,
             confirmed_at, written_by, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, true, $11, $12, $13, $14, $15, case when $11 then consent_until('quoted', $18) end,
             case when $13 then consent_until('exported', $18) end, case when $14 then consent_until('published', $18) end,
             case when $15 then consent_until('research', $18) end, 'confirmed', $16, $18, $17, $18)",
        agency.0, id.0, card.session.0, card.id.0, card.body.map(|one| one.0), added.words, fold(&added.words), added.language,
        added.attribution as Attribution, added.audience as Audience, added.uses.quoted, added.uses.named, added.uses.exported,
        added.uses.published, added.uses.research, how as How, me, now,
    )
    .execute(tx.conn())
    .await?;
    // Joined to the session by the speaker, or by whoever made the link that they came by.
    sqlx::query!(
        "insert into edge (agency_id, from_id, to_id, kind, by_id, created_at)
         select $1, $2, $3, 'heard_in', coalesce($4, (select l.made_by from return_link l
             where l.agency_id = $1 and l.speaker_id = $5 order by l.created_at desc, l.id limit 1)), $6",
        agency.0,
        id.0,
        card.session.0,
        me,
        card.id.0,
        now,
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "update speaker set word_given_at = coalesce(word_given_at, $3) where agency_id = $1 and id = $2",
        agency.0,
        card.id.0,
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
