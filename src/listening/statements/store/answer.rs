//! A speaker's word on what was written down. Runs as keeper, because the words may leave the sight of whoever enters it:
//! afterwards only those read them whom the speaker chose.

use crate::{
    audit::{self, Change},
    consent::{self, Attribution, How},
    listening::statements::model::{Answer, Choices, State, Word},
    platform::{
        db::AgencyTx,
        error::Error,
        fold::fold,
        form::Problems,
        ids::SubjectId,
        labels::Label as _,
        subject::{Audience, Kind},
    },
};

/// Who brings the word: the speaker themselves, or those who hold the draft.
#[derive(Debug, Clone, Copy)]
pub(in crate::listening::statements) struct Brings {
    /// The statement.
    pub(in crate::listening::statements) id: SubjectId,
    /// The version that was read.
    pub(in crate::listening::statements) version: i32,
}

/// Takes the speaker's word.
pub(in crate::listening::statements) async fn take(tx: &mut AgencyTx, brings: Brings, answer: &Answer) -> Result<(), Error> {
    let action = match answer.word {
        Word::Confirm => "confirmed",
        Word::Correct => "corrected",
        Word::Strike => "struck",
    };
    audit::record(tx, Change::of(action, Kind::Statement, brings.id).by_speaker().field("words", &answer.words)).await?;
    tx.as_keeper("a speaker’s word", async |tx| match answer.word {
        Word::Strike => {
            let words = words_of(tx, brings.id).await?;
            strike(tx, brings.id, brings.version).await?;
            consent::take_back(tx, brings.id, words.as_deref()).await
        }
        Word::Confirm | Word::Correct => confirm(tx, brings, answer).await,
    })
    .await?;
    match answer.word {
        Word::Confirm => Ok(()),
        Word::Correct | Word::Strike => consent::note_words(tx, brings.id, &answer.words).await,
    }
}

async fn confirm(tx: &mut AgencyTx, brings: Brings, answer: &Answer) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let (choices, corrected) = (&answer.choices, answer.word == Word::Correct);
    let state = if corrected { State::Corrected } else { State::Confirmed };
    let taken = sqlx::query!(
        "update statement st set words = case when $4 then $5 else st.words end, folded = case when $4 then $6 else st.folded end, state = $7,
             attribution = $8, wanted_audience = $9, may_keep = true, may_quote = $10, may_name = $11, may_export = $12, may_publish = $13,
             may_research = $14, confirmed_how = $15, confirmed_at = $16, witness = $17,
             quote_until = case when $10 then consent_until('quoted', $16) end, export_until = case when $12 then consent_until('exported', $16) end,
             publish_until = case when $13 then consent_until('published', $16) end,
             research_until = case when $14 then consent_until('research', $16) end,
             consent_version = consent_version + 1, version = version + 1
         where st.agency_id = $1 and st.id = $2 and st.version = $3 and st.state in ('draft', 'with_speaker')",
        agency.0, brings.id.0, brings.version, corrected, answer.words, fold(&answer.words), state as State,
        choices.attribution as Attribution, choices.audience as Audience, choices.uses.quoted, choices.uses.named, choices.uses.exported,
        choices.uses.published, choices.uses.research, answer.how as How, now, answer.witness,
    )
    .execute(tx.conn())
    .await?;
    if taken.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    sqlx::query!(
        "update speaker sp set word_given_at = coalesce(sp.word_given_at, $3) from statement st
         where sp.agency_id = $1 and st.agency_id = $1 and st.id = $2 and sp.id = st.speaker_id",
        agency.0,
        brings.id.0,
        now,
    )
    .execute(tx.conn())
    .await?;
    show_as_chosen(tx, brings.id).await?;
    sqlx::query!(
        "update subject s set audience = $3, for_analysts = $4, analysts_until = st.export_until, version = s.version + 1
         from statement st where s.agency_id = $1 and s.id = $2 and st.agency_id = s.agency_id and st.id = s.id",
        agency.0,
        brings.id.0,
        choices.audience as Audience,
        choices.uses.exported,
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!("delete from subject_reader where agency_id = $1 and subject_id = $2", agency.0, brings.id.0).execute(tx.conn()).await?;
    note_consent(tx, (brings.id, true), choices, answer.how).await
}

/// The attribution as everybody sees it, from the speaker's own card. For the keeper, who alone sees every card.
pub(super) async fn show_as_chosen(tx: &mut AgencyTx, id: SubjectId) -> Result<(), Error> {
    let agency = tx.agency();
    sqlx::query!(
        "update statement st set shown_as = case st.attribution
             when 'named' then coalesce(nullif(sp.name, ''), sp.label)
             when 'role' then sp.label
             when 'community' then case when sp.community = '' then 'a community member' else 'somebody of ' || sp.community end
             else 'somebody who spoke' end
         from speaker sp
         where st.agency_id = $1 and st.id = $2 and sp.agency_id = st.agency_id and sp.id = st.speaker_id",
        agency.0,
        id.0,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Every change of consent is kept, with the version it made and the wording that was shown; and the speaker's link, where the `first` word or each one since came
/// by it.
pub(super) async fn note_consent(tx: &mut AgencyTx, (id, first): (SubjectId, bool), choices: &Choices, how: How) -> Result<(), Error> {
    let (agency, now, me, link) = (tx.agency(), tx.now(), tx.standing().membership.map(|one| one.0), tx.standing().link);
    sqlx::query!(
        "insert into consent_change (agency_id, id, statement_id, version, uses, audience, how, by_id, created_at, link_id, wording_id)
         select st.agency_id, $3, st.id, st.consent_version, $4, $5, $6, $7, $8,
                case when $10 or decided_by_link(st.id, $9) then live_link_of($9) end,
                (select w.id from consent_wording w where w.agency_id = $1 and w.id = $11)
         from statement st where st.agency_id = $1 and st.id = $2",
        agency.0,
        id.0,
        crate::platform::ids::fresh(),
        &choices.uses.list(),
        choices.audience as Audience,
        how.as_str(),
        me,
        now,
        link,
        first,
        choices.wording.map(|one| one.0),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

async fn words_of(tx: &mut AgencyTx, id: SubjectId) -> Result<Option<String>, Error> {
    let agency = tx.agency();
    let words = sqlx::query_scalar!("select words from statement where agency_id = $1 and id = $2", agency.0, id.0);
    Ok(words.fetch_optional(tx.conn()).await?.flatten())
}

/// The words go; a mark without content stays.
pub(super) async fn strike(tx: &mut AgencyTx, id: SubjectId, version: i32) -> Result<(), Error> {
    let agency = tx.agency();
    let struck = sqlx::query!(
        "update statement set words = null, folded = null, state = 'struck', attribution = 'anonymous', shown_as = '', sensitivity = '',
             wanted_audience = 'author', may_keep = false, may_quote = false, may_name = false, may_export = false, may_publish = false,
             may_research = false, consent_version = consent_version + 1, version = version + 1
         where agency_id = $1 and id = $2 and version = $3 and state in ('draft', 'with_speaker')",
        agency.0,
        id.0,
        version,
    )
    .execute(tx.conn())
    .await?;
    if struck.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    consent::drop_drafts(tx, id).await?;
    consent::lost_statement(tx, id).await
}
