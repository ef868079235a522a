//! What a body asks of copies: that those which left with its people's words be deleted; and what is called back of the copies that
//! bodies took themselves.

use super::withdrawal::{Why, destroy_files, note_copies};
use crate::{
    audit::{self, Change},
    platform::{
        db::AgencyTx,
        error::Error,
        ids::SubjectId,
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
    let (agency, now, word) = (tx.agency(), tx.now(), comment.unwrap_or(record.0));
    sqlx::query!(
        "insert into recall (agency_id, id, subject_id, of_comment, copy_id, what, taken_by, taken_by_name, taken_at, state, because, done_at, created_at)
         select $1, gen_random_uuid(), $2, $3, c.id, 'Copy that a steward took of all that is their body’s, made ' || to_char(c.created_at at time zone a.zone, 'FMDD FMMonth YYYY'),
                t.taken_by, coalesce(m.name, ''), t.taken_at, case when t.taken_by is null then 'deleted' else 'open' end,
                case when t.taken_by is null then 'nobody had taken it; the stored file was deleted' else '' end,
                case when t.taken_by is null then $5::timestamptz end, $5
         from body_copy_row r
         join body_copy c on c.agency_id = r.agency_id and c.id = r.copy_id
         join agency a on a.id = r.agency_id
         left join (select copy_id, taken_by, min(created_at) as taken_at from body_copy_taken where agency_id = $1 group by copy_id, taken_by) t
           on t.copy_id = c.id
         left join membership m on m.agency_id = r.agency_id and m.id = t.taken_by
         where r.agency_id = $1 and r.word_id = $4
           and not exists (select 1 from recall o where o.agency_id = $1 and o.copy_id = c.id and o.subject_id = $2
                           and o.of_comment is not distinct from $3 and o.taken_by is not distinct from t.taken_by)",
        agency.0,
        record.0,
        comment,
        word,
        now,
    )
    .execute(tx.conn())
    .await?;
    let files = sqlx::query_scalar!(
        r#"update body_copy c set void_at = coalesce(c.void_at, $3), file_id = null
           from (select d.id, d.file_id from body_copy d join body_copy_row r on r.agency_id = d.agency_id and r.copy_id = d.id
                 where d.agency_id = $1 and r.word_id = $2) before
           where c.agency_id = $1 and c.id = before.id returning before.file_id"#,
        agency.0,
        word,
        now,
    )
    .fetch_all(tx.conn())
    .await?;
    let files: Vec<uuid::Uuid> = files.into_iter().flatten().collect();
    sqlx::query!("delete from file where agency_id = $1 and id = any($2)", agency.0, &files).execute(tx.conn()).await?;
    Ok(())
}
