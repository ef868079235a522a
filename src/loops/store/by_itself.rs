//! What is done with loops while nobody asks, agency by agency, for the worker. It writes no words, and closes nothing for anybody.

use super::super::{clock::ASK_AGAIN_DAYS, paths};
use crate::{
    audit::{self, Change},
    notices::{self, Notice},
    platform::{db::AgencyTx, error::Error, ids::SubjectId, policy::Hat, subject::Kind as RecordKind, words},
};
use chrono::Duration;

/// So many are gone through in one round; the rest waits for the next.
const AT_ONCE: i64 = 200;

/// Asks every raiser whose answer has waited 30 days for their word once more, and never a third time; nobody can ask those without an
/// account. For the worker, agency by agency.
pub(in super::super) async fn ask_once_more(tx: &mut AgencyTx) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let before = now - Duration::days(ASK_AGAIN_DAYS);
    tx.as_keeper("asking raisers once more", async |tx| {
        sqlx::query!(
            "insert into happening (agency_id, id, subject_id, what, by_id, created_at)
             select l.agency_id, gen_random_uuid(), l.id, 'asked once more', l.answered_by, $2
             from loop l
             where l.agency_id = $1 and l.state = 'answered' and l.asked_again_at is null and l.answered_at <= $3 and l.answered_by is not null
               and l.raised_by is not null",
            agency.0,
            now,
            before,
        )
        .execute(tx.conn())
        .await?;
        sqlx::query!(
            "update loop set asked_again_at = $2
             where agency_id = $1 and state = 'answered' and asked_again_at is null and answered_at <= $3 and raised_by is not null",
            agency.0,
            now,
            before,
        )
        .execute(tx.conn())
        .await?;
        Ok(())
    })
    .await
}

/// Hands what is late by more days than the agency set to the directors, each question once. A notice counts only what every director
/// may read: what a body's protocol keeps from some of them stands on the pages of the others.
pub(in super::super) async fn hand_to_directors(tx: &mut AgencyTx) -> Result<(), Error> {
    let (agency, now, today) = (tx.agency(), tx.now(), tx.today());
    tx.as_keeper("handing late questions to the directors", async |tx| {
        let late = sqlx::query!(
            r#"with found as (
                   select l.id, a.slug from loop l join agency a on a.id = $1
                   where l.agency_id = $1 and l.state in ('raised', 'acknowledged') and l.escalated_at is null
                     and (l.state = 'raised' and least(l.acknowledge_by, l.answer_by) + a.escalate_days::int < $3
                          or l.answer_by + a.escalate_days::int < $3)
                   order by l.answer_by, l.id limit $4),
               late as (
                   update loop l set escalated_at = $2 from found f where l.agency_id = $1 and l.id = f.id returning l.id, f.slug)
               select f.slug as "slug!", f.id as "id!: SubjectId", s.protocols is null and s.audience <> 'author' and s.audience <> 'body' as "read_by_all!"
               from late f join subject s on s.agency_id = $1 and s.id = f.id
               order by f.id"#,
            agency.0,
            now,
            today,
            AT_ONCE,
        )
        .fetch_all(tx.conn())
        .await?;
        for one in &late {
            audit::record(tx, Change::of("handed to the director", RecordKind::Loop, one.id).by_itself()).await?;
        }
        let told = late.iter().filter(|one| one.read_by_all).count() as i64;
        let Some(slug) = late.first().filter(|_| told > 0).map(|one| &one.slug) else { return Ok(()) };
        let said = format!("{} without an answer for longer than the agency allows itself", words::count(told, "question is", "questions are"));
        let notice = Notice { kind: "question_late", said, path: paths::loops_that_are(slug, "escalated") };
        notices::tell_hats(tx, &[Hat::Director], None, &notice).await
    })
    .await
}

/// A person without a body who has left gives no word any more, and nobody inherits it: what was answered so long ago ends, and says so.
pub(in super::super) async fn end_without_anyone(tx: &mut AgencyTx) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let before = now - Duration::days(ASK_AGAIN_DAYS);
    tx.as_keeper("questions of which nobody is left", async |tx| {
        let ended = sqlx::query_scalar!(
            r#"with found as (
                   select l.id from loop l join membership m on m.agency_id = $1 and m.id = l.raised_by and m.state = 'ended'
                   where l.agency_id = $1 and l.state = 'answered' and l.raised_for_partner_id is null and l.heir_id is null
                     and l.answered_at <= $3
                   order by l.answered_at, l.id limit $4),
               ended as (
                   update loop l set state = 'left', closed_at = $2, version = l.version + 1
                   from found f where l.agency_id = $1 and l.id = f.id
                   returning l.id, l.answered_by),
               noted as (
                   insert into happening (agency_id, id, subject_id, what, by_id, created_at)
                   select $1, gen_random_uuid(), e.id, 'ended: nobody is left to give the word', e.answered_by, $2
                   from ended e where e.answered_by is not null)
               select id as "id: SubjectId" from ended order by id"#,
            agency.0,
            now,
            before,
            AT_ONCE,
        )
        .fetch_all(tx.conn())
        .await?;
        for id in ended {
            audit::record(tx, Change::of("ended, nobody is left to give the word", RecordKind::Loop, id).by_itself()).await?;
        }
        Ok(())
    })
    .await
}
