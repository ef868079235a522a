//! What one speaker said in a session: for the bearer of their link, and for those on duty who enter their word.

use crate::{
    audit::{self, Change},
    consent::{self, How},
    listening::{
        sessions::OnDuty,
        speakers::SpeakerId,
        statements::model::{Spoken, State},
    },
    platform::{db::AgencyTx, error::Error, ids::SubjectId},
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
