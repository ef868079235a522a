//! Whether an export still rests on the consent it was made under, asked in one query; and what ends an export.

use super::{super::model::ExportId, exports::told_of};
use crate::{
    audit::{self, Change},
    platform::{db::AgencyTx, error::Error, files, ids::FileId},
};

/// How many records of the export are no longer what was allowed: the consent changed, the words were taken back, or whoever
/// asks may not read them any more.
///
/// # Errors
/// When the database refuses.
pub(in crate::reports) async fn changed(tx: &mut AgencyTx, export: ExportId) -> Result<i64, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "changed!"
           from export_row r
           left join subject s on s.agency_id = r.agency_id and s.id = r.subject_id
           left join statement t on t.agency_id = r.agency_id and t.id = r.subject_id
           left join loop o on o.agency_id = r.agency_id and o.id = r.subject_id
           left join obstacle b on b.agency_id = r.agency_id and b.id = r.subject_id
           where r.agency_id = $1 and r.export_id = $2 and not coalesce(s.withdrawn_at is null and case s.kind
               when 'statement' then exportable(t) and t.consent_version = r.consent_version and t.withdrawn_at is null
                   and t.state in ('confirmed', 'corrected') and t.words is not null
               when 'loop' then consent_place(s.audience) = r.consent_version and o.state <> 'withdrawn' and o.words is not null
               when 'obstacle' then consent_place(s.audience) = r.consent_version and b.name is not null
               else false end, false)"#,
        agency.0,
        export.0,
    )
    .fetch_one(tx.conn())
    .await?)
}

/// Waits until no withdrawal is under way, and lets none begin before this transaction ends.
///
/// # Errors
/// When the database refuses.
pub(in crate::reports) async fn stand_still(tx: &mut AgencyTx) -> Result<(), Error> {
    sqlx::query!("select exports_wait()").execute(tx.conn()).await?;
    Ok(())
}

/// Voids an export and destroys its file.
///
/// # Errors
/// When the database refuses.
pub(in crate::reports) async fn void(tx: &mut AgencyTx, export: ExportId, because: &str) -> Result<(), Error> {
    let now = tx.now();
    let agency = tx.agency();
    let file = let_go(tx, export).await?;
    sqlx::query!(
        "update export set state = 'void', void_at = $3, void_because = $4 where agency_id = $1 and id = $2",
        agency.0,
        export.0,
        now,
        because,
    )
    .execute(tx.conn())
    .await?;
    if let Some(file) = file {
        files::delete(tx, file).await?;
    }
    let told = told_of(tx, export).await?;
    audit::record(tx, Change::about("voided", "export").saying(format!("{told}. {because}"))).await
}

/// The export no longer refers to its file; answers which it was.
async fn let_go(tx: &mut AgencyTx, export: ExportId) -> Result<Option<FileId>, Error> {
    let agency = tx.agency();
    let file = sqlx::query_scalar!(r#"select file_id as "file: FileId" from export where agency_id = $1 and id = $2"#, agency.0, export.0,)
        .fetch_optional(tx.conn())
        .await?
        .flatten();
    sqlx::query!("update export set file_id = null where agency_id = $1 and id = $2", agency.0, export.0).execute(tx.conn()).await?;
    Ok(file)
}

/// As the keeper: voids every ready export whose consent changed.
///
/// # Errors
/// When the database refuses.
pub(in crate::reports) async fn void_changed(tx: &mut AgencyTx, because: &str) -> Result<(), Error> {
    let agency = tx.agency();
    let ready = sqlx::query_scalar!(
        r#"select id as "id: ExportId" from export where agency_id = $1 and state = 'ready' order by id limit 1000"#,
        agency.0,
    )
    .fetch_all(tx.conn())
    .await?;
    for export in ready {
        if changed(tx, export).await? > 0 {
            void(tx, export, because).await?;
        }
    }
    for export in under_another_hat(tx).await? {
        void(tx, export, "Whoever asked for it has another role now").await?;
    }
    Ok(())
}

/// Ready exports that hold what their asker could read under a role that is not theirs any more.
async fn under_another_hat(tx: &mut AgencyTx) -> Result<Vec<ExportId>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_scalar!(
        r#"select e.id as "id: ExportId" from export e
           join membership m on m.agency_id = e.agency_id and m.id = e.asked_by
           where e.agency_id = $1 and e.state = 'ready' and e.made_as <> m.role
           order by e.id
           limit 1000"#,
        agency.0,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// As the keeper: takes away the files whose time is over, and says so.
///
/// # Errors
/// When the database refuses.
pub(in crate::reports) async fn expire(tx: &mut AgencyTx) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    sqlx::query!(
        "with gone as (
             update export e set state = 'expired', file_id = null
             from file f
             where e.agency_id = $1 and e.state = 'ready' and f.agency_id = e.agency_id and f.id = e.file_id and f.expires_at <= $2
             returning f.id)
         delete from file where agency_id = $1 and id in (select id from gone)",
        agency.0,
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
