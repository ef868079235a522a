//! What is told to those who spoke, in and out of the database. A speaker's link sees none of the records behind it: the keeper looks for
//! what their own words led to, and only through what the whole partnership reads.

use super::{
    forms::NewAnswer,
    model::{AnswerId, Offered, Said, Sent, Told},
    paths,
};
use crate::{
    audit::{self, Change},
    consent,
    listening::speakers::SpeakerId,
    loops::Answer,
    notices::{self, Notice},
    platform::{
        access::Can,
        db::AgencyTx,
        error::{Error, OnConstraint as _},
        ids::{MembershipId, SubjectId},
        policy::{AnswerStatements, SeeToStatements},
        subject::Kind,
    },
};

/// What those who spoke in a session were told, the latest first.
pub(super) async fn list(tx: &mut AgencyTx, session: SubjectId) -> Result<Vec<Sent>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Sent,
        r#"select a.id as "id: AnswerId", s.kind as "kind: Kind", s.title, s.path, a.words, a.language, a.asks, m.name as by, a.told_at, a.said_kept,
                  a.said_missing, not may_be_told(a.subject_id) as "is_closed!"
           from session_answer a
           join subject s on s.agency_id = a.agency_id and s.id = a.subject_id
           join membership m on m.agency_id = a.agency_id and m.id = a.by_id
           where a.agency_id = $1 and a.session_id = $2
           order by a.told_at desc, a.id
           limit 200"#,
        agency.0,
        session.0,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// What came of a session, as far as the asker sees it and the whole partnership reads it, and was not told yet.
pub(super) async fn offered(tx: &mut AgencyTx, session: SubjectId) -> Result<Vec<Offered>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Offered,
        r#"with recursive forth (id, depth) as (
               (select $2::uuid, 0 union select st.id, 0 from statement st where st.agency_id = $1 and st.session_id = $2 and st.state in ('confirmed', 'corrected'))
               union
               select e.from_id, f.depth + 1 from forth f
               join edge e on e.agency_id = $1 and e.to_id = f.id and e.kind in ('source', 'evidence', 'addresses', 'step_of', 'raised_from', 'promised_in')
               where f.depth < 6)
           select s.id as "subject: SubjectId", s.kind as "kind: Kind", s.title
           from (select distinct id from forth where depth > 0) f join subject s on s.agency_id = $1 and s.id = f.id
           where may_be_told(s.id) and not exists (select 1 from session_answer a where a.agency_id = $1 and a.session_id = $2 and a.subject_id = s.id)
           order by array_position(array['commitment', 'loop', 'plan', 'barrier', 'goal', 'theme'], s.kind), s.created_at desc, s.id
           limit 100"#,
        agency.0,
        session.0,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Tells those who spoke.
pub(super) async fn tell(tx: &mut AgencyTx, can: &Can<SeeToStatements>, session: SubjectId, new: &NewAnswer) -> Result<(), Error> {
    consent::no_copied_words(tx, "words", &new.words).await?;
    let (agency, now) = (tx.agency(), tx.now());
    sqlx::query!(
        "insert into session_answer (agency_id, id, session_id, subject_id, words, language, asks, by_id, told_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        agency.0,
        AnswerId::fresh().0,
        session.0,
        new.subject.0,
        new.words,
        new.language,
        new.asks,
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await
    .on_constraint("session_answer_agency_id_session_id_subject_id_key", "record", "Choose something else: this was told meanwhile")?;
    let change = Change { subject: Some(session), ..Change::about("told those who spoke what came of", "session") };
    audit::record(tx, change.field("words", &new.words)).await
}

/// Takes back what was told, with what was said of it.
pub(super) async fn take_back(tx: &mut AgencyTx, _: &Can<SeeToStatements>, session: SubjectId, id: AnswerId) -> Result<(), Error> {
    let agency = tx.agency();
    let gone = sqlx::query!("delete from session_answer where agency_id = $1 and id = $2 and session_id = $3", agency.0, id.0, session.0)
        .execute(tx.conn())
        .await?;
    if gone.rows_affected() == 0 {
        return Err(Error::NotFound);
    }
    audit::record(tx, Change { subject: Some(session), ..Change::about("took back what was told of", "session") }).await
}

/// What a speaker is told about one statement of theirs. That the asker is the speaker is the caller's to prove.
///
/// # Errors
/// When the database refuses.
pub async fn told_to(tx: &mut AgencyTx, speaker: SpeakerId, said: SubjectId) -> Result<Vec<Told>, Error> {
    let mut found = Vec::new();
    tx.as_keeper("what came of a speaker’s words", async |tx| {
        found = sqlx::query_as!(
            Told,
            r#"select id as "id!: AnswerId", kind as "kind!: Kind", title as "title!", state as "state!", answer as "answer: Answer", due_on,
                      words as "words!", language as "language!", told_at as "told_at!", asks as "asks!", kept
               from answers_to($1, $2)"#,
            speaker.0,
            said.0,
        )
        .fetch_all(tx.conn())
        .await?;
        Ok(())
    })
    .await?;
    Ok(found)
}

/// The card under which a member said something: theirs, or nothing.
pub(super) async fn own_card(tx: &mut AgencyTx, can: &Can<AnswerStatements>, statement: SubjectId) -> Result<SpeakerId, Error> {
    let agency = tx.agency();
    let card = sqlx::query_scalar!(
        r#"select st.speaker_id as "speaker!: SpeakerId" from statement st join subject s on s.agency_id = st.agency_id and s.id = st.id
           where st.agency_id = $1 and st.id = $2 and s.author_id = $3 and st.speaker_id is not null"#,
        agency.0,
        statement.0,
        can.me().0,
    );
    card.fetch_optional(tx.conn()).await?.ok_or(Error::NotFound)
}

/// Keeps what a speaker says of a promise that was made to those who spoke: once for each, and the last word counts. Whoever promised it is
/// told that somebody said so, and not who.
pub(super) async fn keep_word(tx: &mut AgencyTx, (speaker, id): (SpeakerId, AnswerId), said: Said) -> Result<(), Error> {
    let (agency, today) = (tx.agency(), tx.today());
    audit::record(tx, Change::about("said whether it was kept", "session").by_speaker()).await?;
    tx.as_keeper("a speaker’s word on a promise", async |tx| {
        let asked = asked_of(tx, speaker).await?.into_iter().find(|one| one.id == id && one.is_asked(today)).ok_or(Error::NotFound)?;
        put(tx, speaker, asked.id, said == Said::Kept).await?;
        let promised = sqlx::query!(
            r#"select c.promised_by as "by: MembershipId", c.delegate_id as "delegate: MembershipId", a.session_id as "session: SubjectId", g.slug
               from session_answer a
               join commitment c on c.agency_id = a.agency_id and c.id = a.subject_id
               join agency g on g.id = a.agency_id
               where a.agency_id = $1 and a.id = $2"#,
            agency.0,
            id.0,
        )
        .fetch_one(tx.conn())
        .await?;
        let to: Vec<MembershipId> = [promised.by, promised.delegate].into_iter().flatten().collect();
        let told = "Somebody who spoke in a session said whether a promise was kept".to_owned();
        notices::tell(tx, &to, &Notice { kind: "speaker_word", said: told, path: paths::answers(&promised.slug, promised.session) }).await
    })
    .await
}

/// All that a speaker is told. For the keeper.
async fn asked_of(tx: &mut AgencyTx, speaker: SpeakerId) -> Result<Vec<Told>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Told,
        r#"select distinct on (t.id) t.id as "id!: AnswerId", t.kind as "kind!: Kind", t.title as "title!", t.state as "state!", t.answer as "answer: Answer",
                  t.due_on, t.words as "words!", t.language as "language!", t.told_at as "told_at!", t.asks as "asks!", t.kept
           from statement st, lateral answers_to($2, st.id) t
           where st.agency_id = $1 and st.speaker_id = $2
           order by t.id"#,
        agency.0,
        speaker.0,
    )
    .fetch_all(tx.conn())
    .await?)
}

async fn put(tx: &mut AgencyTx, speaker: SpeakerId, answer: AnswerId, kept: bool) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    sqlx::query!(
        "insert into answer_word (agency_id, answer_id, speaker_id, kept, at) values ($1, $2, $3, $4, $5)
         on conflict (agency_id, answer_id, speaker_id) do update set kept = excluded.kept, at = excluded.at",
        agency.0,
        answer.0,
        speaker.0,
        kept,
        now,
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "update session_answer a set said_kept = w.kept, said_missing = w.missing
         from (select count(*) filter (where kept)::integer as kept, count(*) filter (where not kept)::integer as missing
               from answer_word where agency_id = $1 and answer_id = $2) w
         where a.agency_id = $1 and a.id = $2",
        agency.0,
        answer.0,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
