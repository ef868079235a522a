//! Links for speakers: one about all that a speaker said in a session, stored hashed, spent by the answer, made anew whenever
//! the speaker asks for it.

use crate::{
    audit::{self, Change},
    listening::{sessions::OnDuty, speakers::SpeakerId},
    platform::{access::Can, bearer::Bearer, db::AgencyTx, error::Error, ids::SubjectId, policy::WriteStatements, session::Token},
};
use chrono::Duration;

/// How long a speaker may take to use the link that was handed to them.
const ANSWER_DAYS: i64 = 30;
/// How long the link lives that only the speaker holds, by which words can be taken back.
const LATER_DAYS: i64 = 5 * 366;

/// A link for one speaker of the session; former ones lapse. Drafts of theirs are then with the speaker. That it was made, and
/// by whom, is told to the readers of each of their statements.
///
/// # Errors
/// When the database refuses.
pub async fn make(tx: &mut AgencyTx, can: &Can<WriteStatements>, duty: &OnDuty, speaker: SpeakerId) -> Result<Token, Error> {
    let (agency, now, token) = (tx.agency(), tx.now(), Token::fresh());
    sqlx::query!(
        "update return_link set spent_at = $3 where agency_id = $1 and speaker_id = $2 and spent_at is null",
        agency.0,
        speaker.0,
        now
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "update statement set state = 'with_speaker' where agency_id = $1 and speaker_id = $2 and state = 'draft'",
        agency.0,
        speaker.0
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "insert into return_link (agency_id, id, token_hash, subject_id, speaker_id, purpose, made_by, created_at, expires_at)
         values ($1, $2, $3, $4, $5, 'confirm', $6, $7, $8)",
        agency.0,
        crate::platform::ids::fresh(),
        &token.hash(),
        duty.session().0,
        speaker.0,
        can.me().0,
        now,
        now + Duration::days(ANSWER_DAYS),
    )
    .execute(tx.conn())
    .await?;
    audit::record(tx, Change { subject: Some(duty.session()), ..Change::about("link made", "speaker") }).await?;
    audit::record_on_words_of(tx, speaker.0, "link made for the speaker of").await?;
    Ok(token)
}

/// The link that the bearer holds after the first thing they did with the one that was handed to them, so that they can see
/// what became of their words and take them back. Nobody else ever sees it: not even whoever made the first one.
///
/// # Errors
/// When the database refuses.
pub async fn next(tx: &mut AgencyTx, bearer: &Bearer) -> Result<(), Error> {
    if !bearer.is_first() {
        return Ok(());
    }
    let (agency, now, hash) = (tx.agency(), tx.now(), bearer.next.hash());
    tx.as_keeper("a speaker’s own link", async |tx| {
        sqlx::query!(
            "insert into return_link (agency_id, id, token_hash, subject_id, speaker_id, purpose, made_by, created_at, expires_at, first_id)
             select l.agency_id, $3, $4, l.subject_id, l.speaker_id, 'withdraw', l.made_by, $5, $6, coalesce(l.first_id, l.id)
             from return_link l where l.agency_id = $1 and l.id = $2",
            agency.0,
            bearer.link,
            crate::platform::ids::fresh(),
            &hash,
            now,
            now + Duration::days(LATER_DAYS),
        )
        .execute(tx.conn())
        .await?;
        sqlx::query!(
            "update return_link set spent_at = $3 where agency_id = $1 and id = $2 and spent_at is null",
            agency.0,
            bearer.link,
            now
        )
        .execute(tx.conn())
        .await?;
        Ok(())
    })
    .await
}

/// How many waiting words of a session have no way back to their speaker yet: no sign-in and no live link.
///
/// # Errors
/// When the database refuses.
pub async fn without_way_back(tx: &mut AgencyTx, session: SubjectId) -> Result<i64, Error> {
    let (agency, now) = (tx.agency(), tx.now());
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "without!"
           from statement st join speaker sp on sp.agency_id = st.agency_id and sp.id = st.speaker_id
           where st.agency_id = $1 and st.session_id = $2 and st.state in ('draft', 'with_speaker') and sp.membership_id is null
             and not exists (select 1 from return_link l where l.agency_id = st.agency_id and l.speaker_id = sp.id
                             and l.spent_at is null and l.expires_at > $3)"#,
        agency.0,
        session.0,
        now,
    )
    .fetch_one(tx.conn())
    .await?)
}
