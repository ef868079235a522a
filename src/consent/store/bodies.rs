//! What a body asks of copies: that those which left with its people's words be deleted; and what is called back of the copies that
//! bodies took themselves.

use super::withdrawal::{Why, destroy_files, note_copies};
use crate::{
    audit::{self, Change},
    notices::{self, Notice},
    platform::{
        db::AgencyTx,
        error::Error,
        ids::{MembershipId, SubjectId},
        subject::{self, Kind},
    },
};

/// Asks that every copy which left with a record's words be deleted: a task for each person who took one, and the files that wait are
/// destroyed. Who may ask is the caller's to prove.
///
/// # Errors
/// When the database refuses.
pub async fn ask_back(tx: &mut AgencyTx, record: SubjectId) -> Result<(), Error> {
    let kind = subject::find(tx, record).await?.map_or(Kind::Statement, |found| found.kind);
    tx.as_keeper("copies asked back", async |tx| {
        note_copies(tx, record, Why::Asked).await?;
        destroy_files(tx, record, Why::Asked).await
    })
    .await?;
    audit::record(tx, Change::of("asked for the copies to be deleted of", kind, record).by_speaker()).await
}

/// Words that are taken back are called back from the copies that bodies took: a task for each person who took one, and the files that
/// wait are destroyed. Of a comment with its id. For the keeper.
///
/// # Errors
/// When the database refuses.
pub async fn recall_from_bodies(tx: &mut AgencyTx, record: SubjectId, comment: Option<uuid::Uuid>) -> Result<(), Error> {
    call_back(tx, record, comment, Why::TakenBack).await
}

/// The same for words that their author keeps to themselves from now on: a body's steward who took them along may not read them any more.
/// What a body's stewards still read stays in their copies. For the keeper.
pub(super) async fn recall_closed(tx: &mut AgencyTx, record: SubjectId) -> Result<(), Error> {
    let agency = tx.agency();
    let closed = sqlx::query_scalar!(
        r#"select exists (select 1 from subject where agency_id = $1 and id = $2 and audience = 'author') as "closed!""#,
        agency.0,
        record.0,
    )
    .fetch_one(tx.conn())
    .await?;
    if closed { call_back(tx, record, None, Why::Narrowed).await } else { Ok(()) }
}

async fn call_back(tx: &mut AgencyTx, record: SubjectId, comment: Option<uuid::Uuid>, why: Why) -> Result<(), Error> {
    let (agency, now, word, closed) = (tx.agency(), tx.now(), comment.unwrap_or(record.0), why != Why::TakenBack);
    let asked = sqlx::query_scalar!(
        r#"with noted as (
               insert into recall (agency_id, id, subject_id, of_comment, copy_id, what, taken_by, taken_by_name, taken_at, state, because, done_by, done_at, created_at)
               select $1, gen_random_uuid(), $2, $3, c.id,
                      'Copy that a steward took of all that is their body’s, made ' || to_char(c.created_at at time zone a.zone, 'FMDD FMMonth YYYY') || $7,
                      t.taken_by, coalesce(m.name, ''), t.taken_at, case when t.taken_by is null or t.deleted_at is not null then 'deleted' else 'open' end,
                      case when t.taken_by is null then 'nobody had taken it; the stored file was deleted' else '' end,
                      case when t.deleted_at is not null then t.taken_by end, case when t.taken_by is null then $5::timestamptz else t.deleted_at end, $5
               from body_copy_row r
               join body_copy c on c.agency_id = r.agency_id and c.id = r.copy_id
               join agency a on a.id = r.agency_id
               join subject s on s.agency_id = r.agency_id and s.id = $2
               left join (select copy_id, taken_by, min(created_at) as taken_at, case when bool_and(deleted_at is not null) then max(deleted_at) end as deleted_at
                          from body_copy_taken where agency_id = $1 group by copy_id, taken_by) t
                 on t.copy_id = c.id
               left join membership m on m.agency_id = r.agency_id and m.id = t.taken_by
               where r.agency_id = $1 and r.word_id = $4 and not ($6 and (t.taken_by is null or t.taken_by is not distinct from s.author_id))
                 and not exists (select 1 from recall o where o.agency_id = $1 and o.copy_id = c.id and o.subject_id = $2
                                 and o.of_comment is not distinct from $3 and o.taken_by is not distinct from t.taken_by)
               returning taken_by, state)
           select distinct taken_by as "taken_by!: MembershipId" from noted where state = 'open'"#,
        agency.0,
        record.0,
        comment,
        word,
        now,
        closed,
        why.words(),
    )
    .fetch_all(tx.conn())
    .await?;
    destroy_copies(tx, record, word, closed).await?;
    tell_takers(tx, &asked).await
}

/// The files of copies that carry the word go, and those copies are void. Of closed words the author's own copies stay.
async fn destroy_copies(tx: &mut AgencyTx, record: SubjectId, word: uuid::Uuid, closed: bool) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let files = sqlx::query_scalar!(
        r#"update body_copy c set void_at = coalesce(c.void_at, $3), file_id = null
           from (select d.id, d.file_id from body_copy d join body_copy_row r on r.agency_id = d.agency_id and r.copy_id = d.id
                 join subject s on s.agency_id = d.agency_id and s.id = $4
                 where d.agency_id = $1 and r.word_id = $2 and not ($5 and d.made_by is not distinct from s.author_id)) before
           where c.agency_id = $1 and c.id = before.id returning before.file_id"#,
        agency.0,
        word,
        now,
        record.0,
        closed,
    )
    .fetch_all(tx.conn())
    .await?;
    let files: Vec<uuid::Uuid> = files.into_iter().flatten().collect();
    sqlx::query!("delete from file where agency_id = $1 and id = any($2)", agency.0, &files).execute(tx.conn()).await?;
    Ok(())
}

/// Whoever took a copy hears that it is asked back, and not whose words those are.
async fn tell_takers(tx: &mut AgencyTx, takers: &[MembershipId]) -> Result<(), Error> {
    if takers.is_empty() {
        return Ok(());
    }
    let agency = tx.agency();
    let path = sqlx::query_scalar!(r#"select '/' || slug || '/desk/copies' as "path!" from agency where id = $1"#, agency.0)
        .fetch_one(tx.conn())
        .await?;
    let said = "Words in a copy that you took for your body were taken back or closed: delete the copy, and say so".to_owned();
    notices::tell(tx, takers, &Notice { kind: "copy_called_back", said, path }).await
}
