//! What one speaker said in a session: for the bearer of their link, and for those on duty who enter their word.

use crate::{
    audit::{self, Change},
    consent::{self, How},
    listening::{
        sessions::OnDuty,
        speakers::SpeakerId,
        statements::model::{Spoken, State},
    },
    platform::{db::AgencyTx, error::Error, ids::SubjectId, subject::Audience},
};
use chrono::{DateTime, Utc};

/// All words of a speaker that the asker may read: those that wait first.
pub(in crate::listening::statements) async fn of_speaker(tx: &mut AgencyTx, speaker: SpeakerId) -> Result<Vec<Spoken>, Error> {
    let agency = tx.agency();
    let all = sqlx::query_as!(
        Spoken,
        r#"select id as "id: SubjectId", words, state as "state: State" from statement
           where agency_id = $1 and speaker_id = $2
           order by state in ('draft', 'with_speaker') desc, state in ('confirmed', 'corrected') desc, id limit 200"#,
        agency.0,
        speaker.0,
    )
    .fetch_all(tx.conn())
    .await?;
    tx.shows(all.iter().filter(|one| one.words.is_some()).map(|one| one.id));
    Ok(all)
}

/// Who may read what the speaker decided about last: what is asked of them next proposes no more.
pub(in crate::listening::statements) async fn chosen_last(tx: &mut AgencyTx, speaker: SpeakerId) -> Result<Option<Audience>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_scalar!(
        r#"select s.audience as "audience: Audience"
           from statement st join subject s on s.agency_id = st.agency_id and s.id = st.id
           where st.agency_id = $1 and st.speaker_id = $2 and st.state in ('confirmed', 'corrected')
           order by greatest(st.confirmed_at, (select max(c.created_at) from consent_change c where c.agency_id = $1 and c.statement_id = st.id)) desc nulls last,
                    st.id
           limit 1"#,
        agency.0,
        speaker.0,
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// When words were last opened in an emergency, as far as their speaker may know of it.
pub(in crate::listening::statements) async fn opened_at(tx: &mut AgencyTx, id: SubjectId) -> Result<Option<DateTime<Utc>>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_scalar!(
        "select starts_at from emergency_opening
         where agency_id = $1 and subject_id = $2 and comment_id is null order by starts_at desc, id limit 1",
        agency.0,
        id.0,
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// When it was last asked whether somebody sees these words, as far as the speaker may know.
pub(in crate::listening::statements) async fn sight_asked_at(tx: &mut AgencyTx, id: SubjectId) -> Result<Option<DateTime<Utc>>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_scalar!("select max(at) from sight_question where agency_id = $1 and subject_id = $2", agency.0, id.0)
        .fetch_one(tx.conn())
        .await?)
}

/// The speaker told those on duty that they take back one statement, or everything they said in the session. Of what those on
/// duty may no longer read they learn nothing here.
pub(in crate::listening::statements) async fn take_back(
    tx: &mut AgencyTx,
    duty: &OnDuty,
    (speaker, one): (SpeakerId, Option<SubjectId>),
    how: How,
) -> Result<(), Error> {
    audit::record(tx, Change::about("withdrawal entered", "speaker")).await?;
    let Some(one) = one else {
        return take_all_back(tx, duty, speaker, how).await;
    };
    let all = of_speaker(tx, speaker).await?;
    if !all.iter().any(|other| other.id == one && other.words.is_some()) {
        return Err(Error::refused("statement", "Choose one of the list"));
    }
    consent::withdraw(tx, one, how).await
}

async fn take_all_back(tx: &mut AgencyTx, duty: &OnDuty, speaker: SpeakerId, how: How) -> Result<(), Error> {
    let (agency, session) = (tx.agency(), duty.session());
    tx.as_keeper("a speaker’s withdrawal, entered", async |tx| {
        let all = sqlx::query_scalar!(
            r#"select id as "id: SubjectId" from statement
               where agency_id = $1 and session_id = $2 and speaker_id = $3 and words is not null order by id"#,
            agency.0,
            session.0,
            speaker.0,
        )
        .fetch_all(tx.conn())
        .await?;
        for one in all {
            consent::withdraw(tx, one, how).await?;
        }
        Ok(())
    })
    .await
}
