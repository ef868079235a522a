//! The lists themselves: sent in, checked, dropped.

use super::{
    super::{
        checking::Checked,
        model::{Chosen, Import, ImportId, Source, State, What},
    },
    rows,
};
use crate::{
    audit::{self, Change},
    platform::{
        access::Can,
        asker::Asker,
        db::AgencyTx,
        error::Error,
        files::{self, NewFile, Origin},
        form::Problems,
        ids::{FileId, PartnerId},
        paging::Paging,
        policy::ImportPartners,
    },
};

/// Keeps a file that was read once and found to be a list.
pub(in super::super) async fn add(
    tx: &mut AgencyTx,
    can: &Can<ImportPartners>,
    (file_name, origin): (&str, Origin),
    bytes: &[u8],
    (what, row_count): (What, usize),
) -> Result<ImportId, Error> {
    let new = NewFile { name: file_name, mime: "application/octet-stream", shared: false, expires_at: None, origin };
    let file = files::store_bytes(tx, new, bytes).await?;
    let (agency, now, id) = (tx.agency(), tx.now(), ImportId::fresh());
    sqlx::query!(
        "insert into import (agency_id, id, file_id, file_name, what, state, row_count, made_by, created_at)
         values ($1, $2, $3, $4, $5, 'uploaded', $6, $7, $8)",
        agency.0,
        id.0,
        file.0,
        file_name,
        what as What,
        i32::try_from(row_count).unwrap_or(i32::MAX),
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await?;
    audit::record(tx, Change::about("sent in", "list of partners").field("file", file_name)).await?;
    Ok(id)
}

/// One import.
pub(in super::super) async fn find(tx: &mut AgencyTx, id: ImportId) -> Result<Import, Error> {
    let agency = tx.agency();
    let row = sqlx::query!(
        r#"select i.file_id as "file: FileId", i.file_name, i.what as "what: What", i.mapping, i.notes, i.state as "state: State", i.row_count,
                  i.created_at, i.done_at, i.version,
                  (select m.name from membership m where m.agency_id = i.agency_id and m.id = i.made_by) as "maker!"
           from import i where i.agency_id = $1 and i.id = $2"#,
        agency.0,
        id.0,
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(Error::NotFound)?;
    Ok(Import {
        id,
        file: row.file,
        file_name: row.file_name,
        what: row.what,
        chosen: serde_json::from_value(row.mapping).unwrap_or_default(),
        notes: serde_json::from_value(row.notes).unwrap_or_default(),
        state: row.state,
        row_count: row.row_count,
        maker: row.maker,
        created_at: row.created_at,
        done_at: row.done_at,
        version: row.version,
    })
}

/// The imports, newest first.
pub(in super::super) async fn list(tx: &mut AgencyTx, paging: Paging) -> Result<Vec<Import>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select i.id as "id: ImportId", i.file_name, i.what as "what: What", i.state as "state: State", i.row_count,
                  i.created_at, i.done_at, i.version,
                  (select m.name from membership m where m.agency_id = i.agency_id and m.id = i.made_by) as "maker!"
           from import i where i.agency_id = $1 order by i.created_at desc, i.id desc limit $2 offset $3"#,
        agency.0,
        paging.limit(),
        paging.offset(),
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Import {
            id: row.id,
            file: None,
            file_name: row.file_name,
            what: row.what,
            chosen: Chosen::default(),
            notes: Vec::new(),
            state: row.state,
            row_count: row.row_count,
            maker: row.maker,
            created_at: row.created_at,
            done_at: row.done_at,
            version: row.version,
        })
        .collect())
}

/// The import with its file's bytes: only for whoever sent it in, and only until it is brought in or dropped.
pub(in super::super) async fn file(tx: &mut AgencyTx, asker: &Asker, id: ImportId) -> Result<(Import, Vec<u8>), Error> {
    let import = find(tx, id).await?;
    let bytes = files::load(tx, asker, import.file.ok_or(Error::NotFound)?).await?;
    Ok((import, bytes))
}

/// Keeps what the check found, in place of an earlier check.
pub(in super::super) async fn keep_check(
    tx: &mut AgencyTx,
    _: &Can<ImportPartners>,
    id: ImportId,
    checked: &Checked,
    mark: &str,
) -> Result<(), Error> {
    let agency = tx.agency();
    let kept = sqlx::query!(
        "update import set state = 'checked', what = $3, mapping = $4, notes = $5, row_count = $6, checked_against = $7, version = version + 1
         where agency_id = $1 and id = $2 and state in ('uploaded', 'checked')",
        agency.0,
        id.0,
        checked.what as What,
        serde_json::to_value(&checked.chosen).map_err(Error::internal)?,
        serde_json::to_value(&checked.notes).map_err(Error::internal)?,
        i32::try_from(checked.rows.len()).unwrap_or(i32::MAX),
        mark,
    )
    .execute(tx.conn())
    .await?;
    if kept.rows_affected() == 0 {
        return Err(Error::NotFound);
    }
    rows::replace(tx, id, &checked.rows).await?;
    audit::record(tx, Change::about("checked", "list of partners")).await
}

/// Drops a list: its rows and its file go, a line that there was one stays.
pub(in super::super) async fn drop_list(tx: &mut AgencyTx, _: &Can<ImportPartners>, id: ImportId) -> Result<(), Error> {
    let agency = tx.agency();
    let import = find(tx, id).await?;
    if matches!(import.state, State::Done | State::Dropped) {
        return Err(Error::Refused(closed(import.state)));
    }
    rows::replace(tx, id, &[]).await?;
    end(tx, &import, State::Dropped).await?;
    sqlx::query!("update import set notes = '[]', mapping = '{}' where agency_id = $1 and id = $2", agency.0, id.0)
        .execute(tx.conn())
        .await?;
    audit::record(tx, Change::about("dropped", "list of partners")).await
}

/// The import is over; its file goes. The file of somebody else goes too, though the person could not read it.
pub(super) async fn end(tx: &mut AgencyTx, import: &Import, state: State) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let ended = sqlx::query!(
        "update import set state = $3, file_id = null, done_at = $4, version = version + 1
         where agency_id = $1 and id = $2 and version = $5 and state in ('uploaded', 'checked')",
        agency.0,
        import.id.0,
        state as State,
        now,
        import.version,
    )
    .execute(tx.conn())
    .await?;
    if ended.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    let Some(file) = import.file else { return Ok(()) };
    tx.as_keeper("let go of an import’s file", async |tx| files::delete(tx, file).await).await
}

/// Why nothing more can be done with a list.
pub(super) fn closed(state: State) -> Problems {
    let mut problems = Problems::default();
    let said = if state == State::Done { "This list is already brought in" } else { "This list was dropped. Send it in again to use it" };
    problems.add("", said);
    problems
}

/// Which list a partner came with or was last changed by, as far as the reader may see imports.
pub(in crate::partners) async fn source_of(tx: &mut AgencyTx, partner: PartnerId) -> Result<Option<Source>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Source,
        r#"select i.id as "import: ImportId", i.file_name, r.number as row, r.outcome = 'changed' as "changed!", i.done_at
           from import_row r
           join import i on i.agency_id = r.agency_id and i.id = r.import_id and i.state = 'done'
           where r.agency_id = $1 and r.partner_id = $2 and r.outcome in ('added', 'changed')
           order by i.done_at desc, i.id desc, r.number limit 1"#,
        agency.0,
        partner.0,
    )
    .fetch_optional(tx.conn())
    .await?)
}
