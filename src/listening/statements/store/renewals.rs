//! Asking once more before what a speaker allowed runs out. Runs as keeper where it asks and where an answer is entered: those on duty
//! need not be able to read the words, and learn nothing of them here.

use crate::{
    audit::{self, Change},
    consent::{self, How},
    listening::{
        sessions::OnDuty,
        speakers::SpeakerId,
        statements::{
            model::{AgainAnswer, OwnAgain, Renewal, RenewalId, ToTell},
            paths,
        },
    },
    notices::{self, Notice},
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        form::Problems,
        ids::{MembershipId, SubjectId},
        labels::Label as _,
        paging::Paging,
        policy::{AnswerStatements, WriteStatements},
    },
};
use chrono::Duration;

/// So many days before an end a speaker is asked.
const BEFORE: i64 = 60;

/// As the keeper: notes everybody who is to be asked, each once for each end, and tells them, or those on duty in their session.
pub(in crate::listening::statements) async fn ask(tx: &mut AgencyTx) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let asked = sqlx::query_as!(
        ToTell,
        r#"with due as (
               select st.speaker_id, st.session_id, min(e.until) as first, array_agg(distinct e.used) as uses
               from statement st cross join lateral ends_of(st) e
               where st.agency_id = $1 and st.state in ('confirmed', 'corrected') and st.words is not null and st.speaker_id is not null and e.until <= $3
                 and not exists (select 1 from consent_renewal r
                                 where r.agency_id = $1 and r.speaker_id = st.speaker_id and r.asked_up_to >= e.until)
               group by st.speaker_id, st.session_id)
           insert into consent_renewal (agency_id, id, session_id, speaker_id, membership_id, uses, runs_out_at, asked_up_to, way, asked_at)
           select $1, gen_random_uuid(), d.session_id, d.speaker_id, m.id, d.uses, d.first, $3, case when m.id is null then 'hand' else 'page' end, $2
           from due d
           join speaker k on k.agency_id = $1 and k.id = d.speaker_id
           left join membership m on m.agency_id = $1 and m.id = k.membership_id and m.state = 'active' and m.account_id is not null
           on conflict do nothing
           returning session_id as "session: SubjectId", membership_id as "member: MembershipId""#,
        agency.0,
        now,
        now + Duration::days(BEFORE),
    )
    .fetch_all(tx.conn())
    .await?;
    if asked.is_empty() {
        return Ok(());
    }
    audit::record(tx, Change::about("asked again about consent", "speaker").rows(asked.len() as i64)).await?;
    tell(tx, &asked).await
}

async fn tell(tx: &mut AgencyTx, asked: &[ToTell]) -> Result<(), Error> {
    let agency = tx.agency();
    let slug = sqlx::query_scalar!("select slug from agency where id = $1", agency.0).fetch_one(tx.conn()).await?;
    let members: Vec<MembershipId> = asked.iter().filter_map(|one| one.member).collect();
    let said = "Some of what you allowed runs out soon. Say whether it may go on";
    notices::tell(tx, &members, &Notice { kind: "consent", said: said.to_owned(), path: paths::mine(&slug) }).await?;
    let sessions: Vec<uuid::Uuid> = asked.iter().filter(|one| one.member.is_none()).map(|one| one.session.0).collect();
    let on_duty = sqlx::query_scalar!(
        r#"select distinct d.membership_id as "member: MembershipId" from session_duty d
           join membership m on m.agency_id = d.agency_id and m.id = d.membership_id and m.state = 'active'
           where d.agency_id = $1 and d.session_id = any($2)"#,
        agency.0,
        &sessions,
    )
    .fetch_all(tx.conn())
    .await?;
    let said = "Somebody who spoke in your session is to be asked whether what they allowed may go on";
    notices::tell(tx, &on_duty, &Notice { kind: "consent_by_hand", said: said.to_owned(), path: paths::renewals(&slug) }).await
}

/// Those whom the asker is to ask by hand, the first to run out first.
pub(in crate::listening::statements) async fn list(tx: &mut AgencyTx, paging: Paging) -> Result<Vec<Renewal>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Renewal,
        r#"select r.id as "id: RenewalId", r.session_id as "session: SubjectId", r.speaker_id as "speaker: SpeakerId", k.label, ls.title as session_title,
                  r.uses, r.runs_out_at - interval '1 second' as "last!", r.asked_up_to, r.version
           from consent_renewal r
           join speaker k on k.agency_id = r.agency_id and k.id = r.speaker_id
           join listening_session ls on ls.agency_id = r.agency_id and ls.id = r.session_id
           where r.agency_id = $1 and r.way = 'hand' and r.answer is null
           order by r.runs_out_at, r.id
           limit $2 offset $3"#,
        agency.0,
        paging.limit(),
        paging.offset(),
    )
    .fetch_all(tx.conn())
    .await?)
}

/// One of them, while it waits.
pub(in crate::listening::statements) async fn find(tx: &mut AgencyTx, id: RenewalId) -> Result<Option<Renewal>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Renewal,
        r#"select r.id as "id: RenewalId", r.session_id as "session: SubjectId", r.speaker_id as "speaker: SpeakerId", k.label, ls.title as session_title,
                  r.uses, r.runs_out_at - interval '1 second' as "last!", r.asked_up_to, r.version
           from consent_renewal r
           join speaker k on k.agency_id = r.agency_id and k.id = r.speaker_id
           join listening_session ls on ls.agency_id = r.agency_id and ls.id = r.session_id
           where r.agency_id = $1 and r.id = $2 and r.way = 'hand' and r.answer is null"#,
        agency.0,
        id.0,
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Enters what the speaker said. “Again” lets go on what they had allowed and was asked about, and nothing else; “no” ends it at once.
pub(in crate::listening::statements) async fn enter(
    tx: &mut AgencyTx,
    can: &Can<WriteStatements>,
    _: &OnDuty,
    (renewal, answer, how): (&Renewal, AgainAnswer, Option<How>),
) -> Result<(), Error> {
    audit::record(tx, Change::about("answer about consent entered", "speaker").saying(answer.as_str().to_owned())).await?;
    tx.as_keeper("consent asked for again", async |tx| {
        close(tx, can, renewal, answer, how).await?;
        match (answer, how) {
            (AgainAnswer::Again, Some(how)) => go_on(tx, renewal, how).await,
            (AgainAnswer::No, Some(how)) => end(tx, renewal, how).await,
            _ => Ok(()),
        }
    })
    .await
}

/// What the reader is asked about by a line of the letter, while it waits.
pub(in crate::listening::statements) async fn own(tx: &mut AgencyTx, id: RenewalId) -> Result<Option<Renewal>, Error> {
    let (agency, now, me) = (tx.agency(), tx.now(), tx.standing().membership.map(|one| one.0));
    Ok(sqlx::query_as!(
        Renewal,
        r#"select r.id as "id: RenewalId", r.session_id as "session: SubjectId", r.speaker_id as "speaker: SpeakerId", '' as "label!",
                  coalesce(s.title, '') as "session_title!", r.uses, r.runs_out_at - interval '1 second' as "last!", r.asked_up_to, r.version
           from consent_renewal r
           left join subject s on s.agency_id = r.agency_id and s.id = r.session_id
           where r.agency_id = $1 and r.id = $2 and r.membership_id = $3 and r.way = 'page' and r.answer is null and r.asked_up_to > $4"#,
        agency.0,
        id.0,
        me,
        now,
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// What the speaker says by themselves of all that runs out: it goes on for the agency’s terms, or it ends at once.
pub(in crate::listening::statements) async fn say_oneself(
    tx: &mut AgencyTx,
    can: &Can<AnswerStatements>,
    renewal: &Renewal,
    word: OwnAgain,
) -> Result<(), Error> {
    let (agency, now, me, version) = (tx.agency(), tx.now(), can.me(), can.version());
    tx.as_keeper("consent asked for again", async |tx| {
        let closed = sqlx::query!(
            "update consent_renewal set answer = $5, how = 'link', answered_at = $6, answered_by = $4, version = version + 1
             where agency_id = $1 and id = $2 and version = $3 and membership_id = $4 and way = 'page' and answer is null",
            agency.0,
            renewal.id.0,
            version,
            me.0,
            word as OwnAgain,
            now,
        )
        .execute(tx.conn())
        .await?;
        if closed.rows_affected() == 0 {
            return Err(Error::Refused(Problems::stale()));
        }
        match word {
            OwnAgain::Again => go_on(tx, renewal, How::Link).await,
            OwnAgain::No => end(tx, renewal, How::Link).await,
        }
    })
    .await?;
    notices::done(tx, &paths::mine(can.slug())).await?;
    let told = if word == OwnAgain::Again { "allowed again what runs out" } else { "ended what runs out" };
    audit::record(tx, Change::about(told, "speaker").by_speaker()).await
}

async fn close(
    tx: &mut AgencyTx,
    can: &Can<WriteStatements>,
    renewal: &Renewal,
    answer: AgainAnswer,
    how: Option<How>,
) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let closed = sqlx::query!(
        "update consent_renewal set answer = $4, how = $5, answered_at = $6, answered_by = $7, version = version + 1
         where agency_id = $1 and id = $2 and version = $3 and answer is null",
        agency.0,
        renewal.id.0,
        can.version(),
        answer as AgainAnswer,
        how as Option<How>,
        now,
        can.me().0,
    )
    .execute(tx.conn())
    .await?;
    if closed.rows_affected() == 0 { Err(Error::Refused(Problems::stale())) } else { Ok(()) }
}

async fn go_on(tx: &mut AgencyTx, renewal: &Renewal, how: How) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let changed = sqlx::query_scalar!(
        r#"update statement set
               quote_until = case when may_quote and quote_until <= $3 then consent_until('quoted', $4) else quote_until end,
               export_until = case when may_export and export_until <= $3 then consent_until('exported', $4) else export_until end,
               publish_until = case when may_publish and publish_until <= $3 then consent_until('published', $4) else publish_until end,
               research_until = case when may_research and research_until <= $3 then consent_until('research', $4) else research_until end,
               consent_version = consent_version + 1, version = version + 1
           where agency_id = $1 and speaker_id = $2 and state in ('confirmed', 'corrected')
             and exists (select 1 from ends_of(statement) e where e.until <= $3)
           returning id as "id: SubjectId""#,
        agency.0,
        renewal.speaker.0,
        renewal.asked_up_to,
        now,
    )
    .fetch_all(tx.conn())
    .await?;
    note(tx, &changed, how).await
}

async fn end(tx: &mut AgencyTx, renewal: &Renewal, how: How) -> Result<(), Error> {
    let agency = tx.agency();
    let changed = sqlx::query_scalar!(
        r#"update statement set
               may_quote = may_quote and coalesce(quote_until > $3, true), may_export = may_export and coalesce(export_until > $3, true),
               may_publish = may_publish and coalesce(publish_until > $3, true), may_research = may_research and coalesce(research_until > $3, true),
               quote_until = case when quote_until > $3 then quote_until end, export_until = case when export_until > $3 then export_until end,
               publish_until = case when publish_until > $3 then publish_until end,
               research_until = case when research_until > $3 then research_until end,
               consent_version = consent_version + 1, version = version + 1
           where agency_id = $1 and speaker_id = $2 and state in ('confirmed', 'corrected')
             and exists (select 1 from ends_of(statement) e where e.until <= $3)
           returning id as "id: SubjectId""#,
        agency.0,
        renewal.speaker.0,
        renewal.asked_up_to,
    )
    .fetch_all(tx.conn())
    .await?;
    note(tx, &changed, how).await?;
    for statement in changed {
        consent::recall_taken(tx, statement).await?;
    }
    Ok(())
}

/// The records follow their statements, and every change of consent is kept.
async fn note(tx: &mut AgencyTx, changed: &[SubjectId], how: How) -> Result<(), Error> {
    let (agency, now, me) = (tx.agency(), tx.now(), tx.standing().membership.map(|one| one.0));
    let ids: Vec<uuid::Uuid> = changed.iter().map(|one| one.0).collect();
    sqlx::query!(
        "update subject s set for_analysts = st.may_export, analysts_until = st.export_until, version = s.version + 1
         from statement st where s.agency_id = $1 and s.id = any($2) and st.agency_id = s.agency_id and st.id = s.id",
        agency.0,
        &ids,
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "insert into consent_change (agency_id, id, statement_id, version, uses, audience, how, by_id, created_at, wording_id)
         select st.agency_id, gen_random_uuid(), st.id, st.consent_version,
                array_remove(array[case when st.may_keep then 'kept' end, case when quotable(st) then 'quoted' end,
                    case when st.may_name then 'named' end, case when exportable(st) then 'exported' end,
                    case when publishable(st) then 'published' end, case when researchable(st) then 'research' end], null),
                s.audience, $3, $4, $5, wording_in(st.language)
         from statement st join subject s on s.agency_id = st.agency_id and s.id = st.id
         where st.agency_id = $1 and st.id = any($2)",
        agency.0,
        &ids,
        how.as_str(),
        me,
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// As the keeper: a speaker who chose by themselves, for all that runs out, need not be asked any more.
pub(super) async fn answered_by_choosing(tx: &mut AgencyTx, statement: SubjectId) -> Result<(), Error> {
    let (agency, now, me) = (tx.agency(), tx.now(), tx.standing().membership.map(|one| one.0));
    sqlx::query!(
        "update consent_renewal r set answer = 'own', answered_at = $3, answered_by = $4, version = r.version + 1
         from statement st
         where r.agency_id = $1 and st.agency_id = $1 and st.id = $2 and r.speaker_id = st.speaker_id and r.answer is null
           and not exists (select 1 from statement o cross join lateral ends_of(o) e
                           where o.agency_id = $1 and o.speaker_id = r.speaker_id and o.state in ('confirmed', 'corrected') and e.until <= r.asked_up_to)",
        agency.0,
        statement.0,
        now,
        me,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
