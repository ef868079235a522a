//! Whom to reach, tries, and the words for a sheet. Row security shows them to those on duty in the session alone.

mod room;

pub(super) use room::{room, share};

use super::model::{OnSheet, Outcome, Own, Shown, ToReach, Try};
use crate::{
    audit::{self, Change},
    consent::{self, WordingId},
    listening::{
        sessions::OnDuty,
        speakers::{self, Reach, Speaker, SpeakerId},
        statements::{self, Added},
    },
    platform::{access::Can, db::AgencyTx, error::Error, ids::SubjectId, labels::Label as _, policy::WriteStatements},
};
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::types::Json;
use std::collections::HashMap;

/// What is known of a speaker whose words wait.
struct Row {
    speaker: SpeakerId,
    waiting: i64,
    link_until: Option<DateTime<Utc>>,
    tries: Json<Vec<Try>>,
}

/// The speakers of a session whose words wait for their word, in the order in which their cards came in.
pub(super) async fn to_reach(tx: &mut AgencyTx, session: SubjectId) -> Result<Vec<ToReach>, Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let rows = sqlx::query_as!(
        Row,
        r#"select k.id as "speaker: SpeakerId", count(st.id) as "waiting!",
                  (select max(l.expires_at) from return_link l
                   where l.agency_id = $1 and l.speaker_id = k.id and l.spent_at is null and l.expires_at > $3) as link_until,
                  (select coalesce(json_agg(json_build_object('at', t.at, 'by', m.name, 'outcome', t.outcome) order by t.at desc, t.id desc), '[]')
                   from reach_try t join membership m on m.agency_id = t.agency_id and m.id = t.by_id
                   where t.agency_id = $1 and t.speaker_id = k.id) as "tries!: Json<Vec<Try>>"
           from speaker k
           join statement st on st.agency_id = k.agency_id and st.speaker_id = k.id and st.state in ('draft', 'with_speaker')
           where k.agency_id = $1 and k.session_id = $2
           group by k.agency_id, k.id"#,
        agency.0,
        session.0,
        now,
    )
    .fetch_all(tx.conn())
    .await?;
    let mut known: HashMap<SpeakerId, Row> = rows.into_iter().map(|row| (row.speaker, row)).collect();
    let all = speakers::of_session(tx, session).await?;
    let joined = all.into_iter().filter_map(|speaker| {
        let Row { waiting, link_until, tries, speaker: _ } = known.remove(&speaker.id)?;
        Some(ToReach { speaker, waiting, link_until, tries: tries.0 })
    });
    Ok(joined.collect())
}

/// One of them.
pub(super) async fn find(tx: &mut AgencyTx, session: SubjectId, speaker: SpeakerId) -> Result<ToReach, Error> {
    to_reach(tx, session).await?.into_iter().find(|one| one.speaker.id == speaker).ok_or(Error::NotFound)
}

/// Notes that somebody tried, in the way that the card says. What was said is not noted.
pub(super) async fn note(
    tx: &mut AgencyTx,
    can: &Can<WriteStatements>,
    duty: &OnDuty,
    (tried, way, outcome): (&ToReach, Reach, Outcome),
) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    sqlx::query!(
        "insert into reach_try (agency_id, id, session_id, speaker_id, way, outcome, by_id, at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        agency.0,
        crate::platform::ids::fresh(),
        duty.session().0,
        tried.speaker.id.0,
        way as Reach,
        outcome as Outcome,
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await?;
    let change = Change { subject: Some(duty.session()), ..Change::about("tried to reach", "speaker") };
    audit::record(tx, change.saying(outcome.label().to_owned())).await
}

/// Says until when all who spoke in the session are asked.
pub(super) async fn ask_until(tx: &mut AgencyTx, _: &Can<WriteStatements>, duty: &OnDuty, day: NaiveDate) -> Result<(), Error> {
    let agency = tx.agency();
    sqlx::query!("update speaker set asked_until = $3 where agency_id = $1 and session_id = $2", agency.0, duty.session().0, day)
        .execute(tx.conn())
        .await?;
    audit::record(tx, Change { subject: Some(duty.session()), ..Change::about("said until when they are asked", "speaker") }).await
}

/// What of a speaker's own words waits, for those who bring them back; and what is shown before they choose, in a language.
pub(super) async fn on_sheet(tx: &mut AgencyTx, speaker: SpeakerId, language: &str) -> Result<OnSheet, Error> {
    let agency = tx.agency();
    let words = sqlx::query_as!(
        Own,
        r#"select id as "id: SubjectId", words as "words!", language from statement
           where agency_id = $1 and speaker_id = $2 and state in ('draft', 'with_speaker') and words is not null order by created_at, id limit 100"#,
        agency.0,
        speaker.0,
    )
    .fetch_all(tx.conn())
    .await?;
    tx.shows(words.iter().map(|one| one.id));
    let spoken = if language.is_empty() { words.first().map_or("en", |one| one.language.as_str()) } else { language };
    let wording = wording(tx, spoken).await?;
    Ok(OnSheet { words, wording })
}

/// What is shown before somebody chooses, in a language, or in the agency's own where there is none in it.
pub(super) async fn wording(tx: &mut AgencyTx, language: &str) -> Result<Option<Shown>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Shown,
        r#"select id as "id: WordingId", language, words from consent_wording where agency_id = $1 and id = wording_in($2)"#,
        agency.0,
        language,
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Keeps what a speaker adds; whoever signs in is told where it is somebody else's.
pub(super) async fn add_own(tx: &mut AgencyTx, slug: &str, card: &Speaker, added: &Added) -> Result<SubjectId, Error> {
    consent::no_copied_words(tx, "words", &added.words).await?;
    statements::add_own(tx, slug, card, added).await
}
