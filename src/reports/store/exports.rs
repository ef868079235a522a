//! Exports: asked for, made, taken.

use super::super::model::{Export, ExportId, Filters, Format, LIFE, MOST_WAITING, State, Taken, What, told};
use super::rows::Noted;
use crate::{
    audit::{self, Change},
    consent, jobs,
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        ids::{FileId, MembershipId},
        paging::Paging,
        policy::{TakeExports, ViewReports},
    },
};

/// The kind of job that makes an export.
pub(in crate::reports) const JOB: &str = "export";

/// Asks for an export: its row and its job in one transaction.
///
/// # Errors
/// A problem when too many wait already, or the database's refusal.
pub(in crate::reports) async fn ask(
    tx: &mut AgencyTx,
    can: &Can<TakeExports>,
    what: What,
    format: Format,
    filters: &Filters,
) -> Result<ExportId, Error> {
    let (agency, now, id, me) = (tx.agency(), tx.now(), ExportId::fresh(), can.me());
    let waiting = sqlx::query_scalar!(
        r#"select count(*) as "waiting!" from export where agency_id = $1 and asked_by = $2 and state = 'waiting'"#,
        agency.0,
        me.0,
    )
    .fetch_one(tx.conn())
    .await?;
    if waiting >= MOST_WAITING {
        return Err(Error::refused("", format!("Wait until one of your {MOST_WAITING} exports is ready, then ask for the next")));
    }
    let narrowed = serde_json::to_value(filters).map_err(|error| Error::Internal(Box::new(error)))?;
    sqlx::query!(
        "insert into export (agency_id, id, what, format, filters, state, asked_by, created_at) values ($1, $2, $3, $4, $5, 'waiting', $6, $7)",
        agency.0,
        id.0,
        what as What,
        format as Format,
        narrowed,
        me.0,
        now,
    )
    .execute(tx.conn())
    .await?;
    jobs::enqueue(tx, JOB, &serde_json::json!({ "export": id.0 })).await?;
    audit::record(tx, Change::about("asked for", "export").saying(told(what, format, filters))).await?;
    Ok(id)
}

/// Which exports a list shows.
#[derive(Debug, Default, Clone, Copy)]
pub(in crate::reports) struct Which {
    /// One.
    pub(in crate::reports) id: Option<ExportId>,
    /// Those that stand so.
    pub(in crate::reports) state: Option<State>,
    /// Those of one kind.
    pub(in crate::reports) what: Option<What>,
    /// Those that this member asked for.
    pub(in crate::reports) asked_by: Option<MembershipId>,
    /// Those voided by a withdrawal, or those voided otherwise.
    pub(in crate::reports) withdrawn: Option<bool>,
}

/// Exports, newest first.
///
/// # Errors
/// When the database refuses.
pub(in crate::reports) async fn list(tx: &mut AgencyTx, which: Which, paging: Paging) -> Result<Vec<Export>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select e.id as "id: ExportId", e.what as "what: What", e.format as "format: Format", e.filters,
                  (select s.title from subject s where s.agency_id = e.agency_id and s.id = (e.filters ->> 'theme')::uuid) as theme,
                  e.state as "state: State", e.row_count, e.consent_state, e.file_id as "file: FileId", e.asked_by as "by: MembershipId",
                  m.name as asker, e.created_at, e.started_at, e.ready_at, e.void_at, e.void_because,
                  e.made_as, (select count(*) from export_taken t where t.agency_id = e.agency_id and t.export_id = e.id) as "taken!",
                  coalesce((select array_agg(distinct k.name order by k.name) from export_taken t
                      join membership k on k.agency_id = t.agency_id and k.id = t.taken_by
                      where t.agency_id = e.agency_id and t.export_id = e.id), '{}') as "takers!",
                  (select count(distinct t.taken_by) from export_taken t
                   where t.agency_id = e.agency_id and t.export_id = e.id and t.deleted_at is null) as "kept!",
                  exists (select 1 from recall r where r.agency_id = e.agency_id and r.export_id = e.id and r.taken_by is not null) as "called_back!"
           from export e
           join membership m on m.agency_id = e.agency_id and m.id = e.asked_by
           where e.agency_id = $1
             and ($2::uuid is null or e.id = $2)
             and ($3::text is null or e.state = $3)
             and ($4::text is null or e.what = $4)
             and ($7::uuid is null or e.asked_by = $7)
             and ($8::boolean is null or (e.state = 'void' and e.void_because like 'Words % were taken back%') = $8)
           order by e.created_at desc, e.id desc
           limit $5 offset $6"#,
        agency.0,
        which.id.map(|id| id.0),
        which.state as Option<State>,
        which.what as Option<What>,
        paging.limit(),
        paging.offset(),
        which.asked_by.map(|id| id.0),
        which.withdrawn,
    )
    .fetch_all(tx.conn())
    .await?;
    let exports = rows.into_iter().map(|row| Export {
        id: row.id,
        what: row.what,
        format: row.format,
        filters: serde_json::from_value(row.filters).unwrap_or_default(),
        theme: row.theme,
        state: row.state,
        rows: row.row_count,
        consent: row.consent_state,
        made_as: row.made_as,
        file: row.file,
        asked_by: row.by,
        asker: row.asker,
        asked_at: row.created_at,
        started_at: row.started_at,
        ready_at: row.ready_at,
        void_at: row.void_at,
        because: row.void_because,
        taken: row.taken,
        takers: row.takers,
        kept: row.kept,
        called_back: row.called_back,
    });
    Ok(exports.collect())
}

/// One export.
///
/// # Errors
/// When the database refuses.
pub(in crate::reports) async fn find(tx: &mut AgencyTx, id: ExportId) -> Result<Option<Export>, Error> {
    Ok(list(tx, Which { id: Some(id), ..Which::default() }, Paging::from_text("")).await?.pop())
}

/// Who took it, newest first.
///
/// # Errors
/// When the database refuses.
pub(in crate::reports) async fn taken(tx: &mut AgencyTx, id: ExportId) -> Result<Vec<Taken>, Error> {
    let (agency, me) = (tx.agency(), tx.standing().membership);
    Ok(sqlx::query_as!(
        Taken,
        r#"select m.name as by, t.created_at as at, coalesce(t.taken_by = $3, false) as "by_me!", t.deleted_at
           from export_taken t
           join membership m on m.agency_id = t.agency_id and m.id = t.taken_by
           where t.agency_id = $1 and t.export_id = $2
           order by t.created_at desc, t.id desc
           limit 200"#,
        agency.0,
        id.0,
        me.map(|id| id.0),
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Its making begins; false when it no longer waits.
///
/// # Errors
/// When the database refuses.
pub(in crate::reports) async fn begin(tx: &mut AgencyTx, id: ExportId) -> Result<bool, Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let begun = sqlx::query!(
        "update export set started_at = $3, row_count = 0 where agency_id = $1 and id = $2 and state = 'waiting'",
        agency.0,
        id.0,
        now,
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!("delete from export_row where agency_id = $1 and export_id = $2", agency.0, id.0).execute(tx.conn()).await?;
    Ok(begun.rows_affected() == 1)
}

/// So many rows so far.
///
/// # Errors
/// When the database refuses.
pub(in crate::reports) async fn progress(tx: &mut AgencyTx, id: ExportId, rows: i64) -> Result<(), Error> {
    let agency = tx.agency();
    sqlx::query!("update export set row_count = $3 where agency_id = $1 and id = $2 and state = 'waiting'", agency.0, id.0, rows)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Notes the contributed records and the consent each was taken under.
///
/// # Errors
/// When the database refuses.
pub(in crate::reports) async fn note(tx: &mut AgencyTx, id: ExportId, noted: &[Noted]) -> Result<(), Error> {
    let agency = tx.agency();
    let (subjects, versions): (Vec<uuid::Uuid>, Vec<i32>) = noted.iter().map(|one| (one.id, one.version)).unzip();
    let words: Vec<bool> = noted.iter().map(|one| one.words).collect();
    sqlx::query!(
        "insert into export_row (agency_id, export_id, subject_id, consent_version, words)
         select $1, $2, n.subject, n.version, n.words from unnest($3::uuid[], $4::int[], $5::boolean[]) n (subject, version, words)",
        agency.0,
        id.0,
        &subjects,
        &versions,
        &words,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// It is ready.
///
/// # Errors
/// When the database refuses.
pub(in crate::reports) async fn ready(tx: &mut AgencyTx, made: &Export, rows: i64, consent: &str, file: FileId) -> Result<(), Error> {
    let id = made.id;
    let (agency, now, hat) = (tx.agency(), tx.now(), tx.standing().hat.for_database());
    let kept = sqlx::query!(
        "update export set state = 'ready', ready_at = $3, row_count = $4, consent_state = $5, file_id = $6, made_as = $7
         where agency_id = $1 and id = $2 and state = 'waiting'",
        agency.0,
        id.0,
        now,
        rows,
        consent,
        file.0,
        hat,
    )
    .execute(tx.conn())
    .await?;
    if kept.rows_affected() == 0 {
        return Err(Error::internal("an export was ended while its file was made"));
    }
    read(tx, id, "exported").await?;
    audit::record(tx, Change::about("made", "export").saying(made.told()).rows(rows)).await
}

/// As the keeper: it could not be made.
///
/// # Errors
/// When the database refuses.
pub(in crate::reports) async fn fail(tx: &mut AgencyTx, id: ExportId, because: &str) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    sqlx::query!(
        "update export set state = 'failed', void_at = $3, void_because = $4 where agency_id = $1 and id = $2 and state = 'waiting'",
        agency.0,
        id.0,
        now,
        because,
    )
    .execute(tx.conn())
    .await?;
    let told = told_of(tx, id).await?;
    audit::record(tx, Change::about("gave up", "export").saying(told)).await
}

/// This member takes it now: on the export's page, and where those whose words are in it can read it.
///
/// # Errors
/// When the database refuses.
pub(in crate::reports) async fn take(tx: &mut AgencyTx, can: &Can<TakeExports>, export: &Export) -> Result<(), Error> {
    let id = export.id;
    let (agency, now) = (tx.agency(), tx.now());
    sqlx::query!(
        "insert into export_taken (agency_id, id, export_id, taken_by, created_at) values ($1, $2, $3, $4, $5)",
        agency.0,
        crate::platform::ids::fresh(),
        id.0,
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await?;
    read(tx, id, "downloaded").await?;
    audit::record(tx, Change::about("took", "export").saying(export.told()).rows(export.rows)).await
}

/// Whoever took it says that every copy is deleted; what is called back of it is settled by their word.
///
/// # Errors
/// Not found for somebody who took none, or the database's refusal.
pub(in crate::reports) async fn say_deleted(tx: &mut AgencyTx, can: &Can<ViewReports>, export: &Export) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let said = sqlx::query!(
        "update export_taken set deleted_at = coalesce(deleted_at, $4) where agency_id = $1 and export_id = $2 and taken_by = $3",
        agency.0,
        export.id.0,
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await?;
    if said.rows_affected() == 0 {
        return Err(Error::NotFound);
    }
    consent::deleted_by_holder(tx, export.id.0).await?;
    audit::record(tx, Change::about("deleted the copies taken of", "export").saying(export.told())).await
}

/// An export as the log has it.
pub(super) async fn told_of(tx: &mut AgencyTx, id: ExportId) -> Result<String, Error> {
    let agency = tx.agency();
    let row = sqlx::query!(
        r#"select what as "what: What", format as "format: Format", filters from export where agency_id = $1 and id = $2"#,
        agency.0,
        id.0,
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(told(row.what, row.format, &serde_json::from_value(row.filters).unwrap_or_default()))
}

/// Goes through the door that this member opened since `since`, and shuts it: each download that was written down is one file.
///
/// # Errors
/// When the database refuses.
pub(in crate::reports) async fn go_through(
    tx: &mut AgencyTx,
    can: &Can<ViewReports>,
    id: ExportId,
    since: chrono::DateTime<chrono::Utc>,
) -> Result<bool, Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let gone_through = sqlx::query!(
        "update export_taken set opened_at = $5
         where agency_id = $1 and export_id = $2 and taken_by = $3 and created_at >= $4 and opened_at is null",
        agency.0,
        id.0,
        can.me().0,
        since,
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(gone_through.rows_affected() > 0)
}

/// Notes, record by record, that contributed words left with this export.
async fn read(tx: &mut AgencyTx, id: ExportId, how: &str) -> Result<(), Error> {
    let (agency, now, reader) = (tx.agency(), tx.now(), tx.standing().membership);
    sqlx::query!(
        "insert into reading (agency_id, id, at, membership_id, subject_id, how)
         select r.agency_id, gen_random_uuid(), $3, $4, r.subject_id, $5
         from export_row r
         where r.agency_id = $1 and r.export_id = $2 and r.words",
        agency.0,
        id.0,
        now,
        reader.map(|id| id.0),
        how,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// When a file made now is swept away.
pub(in crate::reports) fn until(tx: &AgencyTx) -> chrono::DateTime<chrono::Utc> {
    tx.now() + LIFE
}
