//! Withdrawal: the words go from every place at once, a mark stays, and what had already left becomes a list of tasks.
//! Runs as keeper because it reaches rows that the person taking their words back may not see; nothing read comes back.

use crate::{
    audit::{self, Change},
    consent::{
        model::How,
        store::{rereading::lost_statement, sealing::seal},
    },
    platform::{db::AgencyTx, error::Error, ids::SubjectId, labels::Label as _, subject::Kind},
};

/// Takes a statement's words back. Who may ask for it is the caller's to prove.
///
/// # Errors
/// When the database refuses.
pub async fn withdraw(tx: &mut AgencyTx, statement: SubjectId, how: How) -> Result<(), Error> {
    audit::record(tx, Change::of("withdrawn", Kind::Statement, statement).by_speaker()).await?;
    tx.as_keeper("withdrawal", async |tx| {
        let words = words_of(tx, statement).await?;
        seal(tx, statement, None, words.as_slice()).await?;
        take_back(tx, statement, words.as_deref()).await?;
        lost_statement(tx, statement).await?;
        erase(tx, statement, how.as_str()).await
    })
    .await
}

/// Destroys a statement's words as if they were taken back, where the retention schedule lets them go. For the keeper.
///
/// # Errors
/// When the database refuses.
pub async fn destroy(tx: &mut AgencyTx, statement: SubjectId) -> Result<(), Error> {
    let words = words_of(tx, statement).await?;
    take_back(tx, statement, words.as_deref()).await?;
    lost_statement(tx, statement).await?;
    erase(tx, statement, "retention").await
}

async fn words_of(tx: &mut AgencyTx, statement: SubjectId) -> Result<Option<String>, Error> {
    let agency = tx.agency();
    let words = sqlx::query_scalar!("select words from statement where agency_id = $1 and id = $2", agency.0, statement.0);
    Ok(words.fetch_optional(tx.conn()).await?.flatten())
}

/// Takes a record's words out of everything but the record itself: copies in other texts, in waiting work and in former
/// versions, answers to forms, stored exports; what had left becomes the recall list. For the keeper.
///
/// # Errors
/// When the database refuses.
pub async fn take_back(tx: &mut AgencyTx, record: SubjectId, words: Option<&str>) -> Result<(), Error> {
    let agency = tx.agency();
    sqlx::query!("update revision set fields = '{}' where agency_id = $1 and subject_id = $2", agency.0, record.0)
        .execute(tx.conn())
        .await?;
    sqlx::query!("delete from idempotency where agency_id = $1 and position($2::text in redirect) > 0", agency.0, record.0.to_string())
        .execute(tx.conn())
        .await?;
    drop_drafts(tx, record).await?;
    // What certainly carried them is noted before what may hold a copy.
    call_back(tx, record).await?;
    erase_copies(tx, &words.map(str::to_owned).into_iter().collect::<Vec<_>>(), record.0).await
}

/// Forms about a record that were begun and not sent go with its words, however short these are. For the keeper.
///
/// # Errors
/// When the database refuses.
pub async fn drop_drafts(tx: &mut AgencyTx, record: SubjectId) -> Result<(), Error> {
    let agency = tx.agency();
    sqlx::query!("delete from draft where agency_id = $1 and position($2::text in page || action) > 0", agency.0, record.0.to_string())
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Masks every passage of eight or more words in a row that came from these texts of a statement, a comment or a question,
/// wherever it was copied to. What stood here before stays, and so does what is others' own (`docs/decisions/0016-what-came-from-it.md`).
/// Each sort of place is noted on the recall list, with the tables that held such texts meanwhile; each record in the log. For the keeper.
///
/// # Errors
/// When the database refuses.
pub async fn erase_copies(tx: &mut AgencyTx, texts: &[String], of: uuid::Uuid) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!("select erase_copies($1, $2, $3)", texts, of, now).execute(tx.conn()).await?;
    Ok(())
}

/// Why copies are called back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    /// The words were taken back.
    TakenBack,
    /// Fewer may read them, or less may be done with them.
    Narrowed,
    /// The body whose people said them asks for it.
    Asked,
}

impl Why {
    /// What the task says after where the words had gone.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::TakenBack => "",
            Self::Narrowed => ", before less was allowed",
            Self::Asked => ", asked back by whose words they are",
        }
    }

    /// Why a file that waits is void; empty where it depends on what is in it.
    fn voids(self) -> &'static str {
        match self {
            Self::TakenBack => "",
            Self::Narrowed => "Consent or audience of something in it changed",
            Self::Asked => "The body whose people’s words are in it asked for its copies to be deleted",
        }
    }
}

/// One task for each person who took an export that carries or counts the words, once for each file and taker; whoever has said
/// already that it is deleted is not asked again. When less is allowed, files that nobody took need none: they are made void.
pub(super) async fn note_copies(tx: &mut AgencyTx, record: SubjectId, why: Why) -> Result<(), Error> {
    // An export that becomes ready at this moment is either seen here, or sees what was done.
    sqlx::query!("select words_wait()").execute(tx.conn()).await?;
    let (agency, now, only_taken) = (tx.agency(), tx.now(), why != Why::TakenBack);
    sqlx::query!(
        "insert into recall (agency_id, id, subject_id, export_id, what, taken_by, taken_by_name, taken_at, state, because, done_by, done_at, created_at)
         select $1, gen_random_uuid(), $2, e.id,
                'Export of ' || case e.what when 'loops' then 'questions' else e.what end || ' (' || case e.format when 'package' then 'data package' when 'xlsx' then 'Excel' else upper(e.format) end || '), made ' || to_char(e.created_at at time zone a.zone, 'FMDD FMMonth YYYY')
                    || case when r.words then '' else ', which counted it and held no word of it' end
                    || $5,
                t.taken_by, coalesce(m.name, ''), t.taken_at,
                case when t.taken_by is null or t.deleted_at is not null then 'deleted' else 'open' end,
                case when t.taken_by is null then 'nobody had taken it; the stored file was deleted' else '' end,
                case when t.deleted_at is not null then t.taken_by end, case when t.taken_by is null then $3::timestamptz else t.deleted_at end, $3
         from export_row r
         join agency a on a.id = r.agency_id
         join export e on e.agency_id = r.agency_id and e.id = r.export_id
         left join (select export_id, taken_by, min(created_at) as taken_at, case when bool_and(deleted_at is not null) then max(deleted_at) end as deleted_at
                    from export_taken where agency_id = $1 group by export_id, taken_by) t
           on t.export_id = e.id
         left join membership m on m.agency_id = r.agency_id and m.id = t.taken_by
         where r.agency_id = $1 and r.subject_id = $2 and not ($4 and t.taken_by is null)
           and not exists (select 1 from recall o where o.agency_id = $1 and o.subject_id = $2 and o.export_id = e.id
                           and o.taken_by is not distinct from t.taken_by)",
        agency.0,
        record.0,
        now,
        only_taken,
        why.words(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Every copy is called back; the stored files go.
async fn call_back(tx: &mut AgencyTx, record: SubjectId) -> Result<(), Error> {
    let agency = tx.agency();
    // What was called back before because less was allowed, is called back because the words are gone.
    sqlx::query!(
        "update recall set what = replace(replace(what, ', before less was allowed', ''), ', asked back by whose words they are', '') where agency_id = $1 and subject_id = $2 and of_comment is null",
        agency.0,
        record.0,
    )
    .execute(tx.conn())
    .await?;
    note_copies(tx, record, Why::TakenBack).await?;
    super::bodies::recall_from_bodies(tx, record, None).await?;
    destroy_files(tx, record, Why::TakenBack).await
}

/// The stored files of exports that carry or count the record go, and those exports are void from now on.
pub(super) async fn destroy_files(tx: &mut AgencyTx, record: SubjectId, why: Why) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let files = sqlx::query_scalar!(
        r#"select e.file_id as "file!" from export e
           where e.agency_id = $1 and e.file_id is not null
             and exists (select 1 from export_row r where r.agency_id = $1 and r.export_id = e.id and r.subject_id = $2)"#,
        agency.0,
        record.0,
    )
    .fetch_all(tx.conn())
    .await?;
    sqlx::query!(
        "update export e set state = 'void', file_id = null, void_at = $3, void_because = case
                 when $4 <> '' then $4
                 when exists (select 1 from export_row r where r.agency_id = $1 and r.export_id = e.id and r.subject_id = $2 and r.words)
                 then 'Words in it were taken back by the person who gave them'
                 else 'Words that it counts were taken back by the person who gave them' end
         where e.agency_id = $1 and e.state in ('ready', 'waiting')
           and exists (select 1 from export_row r where r.agency_id = $1 and r.export_id = e.id and r.subject_id = $2)",
        agency.0,
        record.0,
        now,
        why.voids(),
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!("update export set file_id = null where agency_id = $1 and file_id = any($2)", agency.0, &files)
        .execute(tx.conn())
        .await?;
    sqlx::query!("delete from file where agency_id = $1 and id = any($2)", agency.0, &files).execute(tx.conn()).await?;
    Ok(())
}

/// Fewer people may read a statement, or less may be done with it: each file that somebody took with it goes on the recall list, once,
/// and what waits to be taken is destroyed. For the keeper.
///
/// # Errors
/// When the database refuses.
pub async fn recall_taken(tx: &mut AgencyTx, record: SubjectId) -> Result<(), Error> {
    note_copies(tx, record, Why::Narrowed).await?;
    super::bodies::recall_closed(tx, record).await?;
    destroy_files(tx, record, Why::Narrowed).await
}

/// The words themselves; a mark without content stays.
async fn erase(tx: &mut AgencyTx, statement: SubjectId, how: &str) -> Result<(), Error> {
    let (agency, now, me) = (tx.agency(), tx.now(), tx.standing().membership.map(|id| id.0));
    sqlx::query!("delete from spoken_run where agency_id = $1 and statement_id = $2", agency.0, statement.0).execute(tx.conn()).await?;
    sqlx::query!(
        "update statement set words = null, folded = null, state = 'withdrawn', withdrawn_at = $3, attribution = 'anonymous', shown_as = '',
             sensitivity = '', next_step = '', next_on = null, owner_id = null, witness = '', may_keep = false, may_quote = false, may_name = false,
             may_export = false, may_publish = false, may_research = false, consent_version = consent_version + 1, version = version + 1
         where agency_id = $1 and id = $2",
        agency.0,
        statement.0,
        now,
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "update subject set withdrawn_at = $3, for_analysts = false, version = version + 1 where agency_id = $1 and id = $2",
        agency.0,
        statement.0,
        now
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "update return_link set spent_at = $3 where agency_id = $1 and subject_id = $2 and spent_at is null",
        agency.0,
        statement.0,
        now
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "insert into consent_change (agency_id, id, statement_id, version, uses, audience, how, by_id, created_at)
         select st.agency_id, $3, st.id, st.consent_version, '{}', s.audience, $4, $5, $6
         from statement st join subject s on s.agency_id = st.agency_id and s.id = st.id
         where st.agency_id = $1 and st.id = $2",
        agency.0,
        statement.0,
        crate::platform::ids::fresh(),
        how,
        me,
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
