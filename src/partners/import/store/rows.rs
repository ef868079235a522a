//! The rows of an import: written in batches, shown in pages, decided on by a person.

use super::{
    super::model::{Choice, Counts, ImportId, NewRow, ReportRow, RowState},
    lists,
};
use crate::audit::{self, Change};
use crate::platform::{access::Can, db::AgencyTx, error::Error, form::Problems, ids::PartnerId, paging::Paging, policy::ImportPartners};

/// Rows in one statement.
const BATCH: usize = 2_000;

/// Puts these rows in place of those there were.
pub(super) async fn replace(tx: &mut AgencyTx, import: ImportId, rows: &[NewRow]) -> Result<(), Error> {
    let agency = tx.agency();
    sqlx::query!("delete from import_row where agency_id = $1 and import_id = $2", agency.0, import.0).execute(tx.conn()).await?;
    for batch in rows.chunks(BATCH) {
        put(tx, import, batch).await?;
    }
    note_said(tx, import).await
}

/// What a list says stood here before anybody repeats it.
async fn note_said(tx: &mut AgencyTx, import: ImportId) -> Result<(), Error> {
    tx.as_keeper("what a list said first", async |tx| {
        sqlx::query!("select note_listed_runs($1)", import.0).execute(tx.conn()).await?;
        Ok(())
    })
    .await
}

async fn put(tx: &mut AgencyTx, import: ImportId, rows: &[NewRow]) -> Result<(), Error> {
    let agency = tx.agency();
    let details: Vec<serde_json::Value> =
        rows.iter().map(|row| serde_json::to_value(&row.details)).collect::<Result<_, _>>().map_err(Error::internal)?;
    sqlx::query!(
        "insert into import_row (agency_id, import_id, number, name, outcome, reason, fields, partner_id, same_row)
         select $1, $2, r.number, r.name, r.outcome, r.reason, r.fields, r.partner_id, r.same_row
         from unnest($3::int[], $4::text[], $5::text[], $6::text[], $7::jsonb[], $8::uuid[], $9::int[])
             as r(number, name, outcome, reason, fields, partner_id, same_row)",
        agency.0,
        import.0,
        &rows.iter().map(|row| row.number).collect::<Vec<_>>(),
        &rows.iter().map(|row| row.name.clone()).collect::<Vec<_>>(),
        &rows.iter().map(|row| row.outcome.to_owned()).collect::<Vec<_>>(),
        &rows.iter().map(|row| row.reason.clone()).collect::<Vec<_>>(),
        &details,
        &rows.iter().map(|row| row.partner.map(|id| id.0)).collect::<Vec<_>>() as &[Option<uuid::Uuid>],
        &rows.iter().map(|row| row.same_row).collect::<Vec<_>>() as &[Option<i32>],
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// How many rows have which outcome.
pub(in super::super) async fn counts(tx: &mut AgencyTx, import: ImportId) -> Result<Counts, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select outcome as "outcome: RowState", count(*) as "count!" from import_row
           where agency_id = $1 and import_id = $2 group by outcome order by outcome"#,
        agency.0,
        import.0,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.outcome, row.count)).collect())
}

/// Likely doubles that nobody has decided on.
pub(in super::super) async fn undecided(tx: &mut AgencyTx, import: ImportId) -> Result<i64, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "count!" from import_row where agency_id = $1 and import_id = $2 and outcome = 'double' and choice is null"#,
        agency.0,
        import.0,
    )
    .fetch_one(tx.conn())
    .await?)
}

/// A page of rows, of one outcome or of all, in the order of the file; without a page, all of them.
pub(in super::super) async fn page(
    tx: &mut AgencyTx,
    import: ImportId,
    outcome: Option<RowState>,
    paging: Option<Paging>,
) -> Result<Vec<ReportRow>, Error> {
    select(tx, import, outcome, None, paging).await
}

/// The rows with these numbers.
pub(in super::super) async fn rows_with(tx: &mut AgencyTx, import: ImportId, numbers: &[i32]) -> Result<Vec<ReportRow>, Error> {
    select(tx, import, None, Some(numbers), None).await
}

async fn select(
    tx: &mut AgencyTx,
    import: ImportId,
    outcome: Option<RowState>,
    numbers: Option<&[i32]>,
    paging: Option<Paging>,
) -> Result<Vec<ReportRow>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select r.number, r.name, r.outcome as "outcome: RowState", r.reason, r.fields, r.partner_id as "partner: PartnerId",
                  (select p.name from partner p where p.agency_id = r.agency_id and p.id = r.partner_id) as partner_name,
                  r.choice as "choice: Choice", r.same_row
           from import_row r
           where r.agency_id = $1 and r.import_id = $2 and ($3::text is null or r.outcome = $3) and ($4::int[] is null or r.number = any($4))
           order by r.number limit $5 offset $6"#,
        agency.0,
        import.0,
        outcome as Option<RowState>,
        numbers as Option<&[i32]>,
        paging.map(|paging| paging.limit()),
        paging.map_or(0, |paging| paging.offset()),
    )
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(ReportRow {
                number: row.number,
                name: row.name,
                outcome: row.outcome,
                reason: row.reason,
                details: serde_json::from_value(row.fields).map_err(Error::internal)?,
                partner: row.partner,
                partner_name: row.partner_name,
                choice: row.choice,
                same_row: row.same_row,
            })
        })
        .collect()
}

/// Decisions on rows, as arrays side by side.
#[derive(Debug, Default)]
pub(in super::super) struct Decisions {
    pub(in super::super) numbers: Vec<i32>,
    pub(in super::super) choices: Vec<String>,
    pub(in super::super) partners: Vec<Option<uuid::Uuid>>,
    pub(in super::super) rows: Vec<Option<i32>>,
}

/// Keeps what a person decided on rows. "The same as" counts only for one of those that the check named; anything else
/// leaves the row as it was.
pub(in super::super) async fn choose(
    tx: &mut AgencyTx,
    can: &Can<ImportPartners>,
    import: ImportId,
    decided: &Decisions,
) -> Result<u64, Error> {
    // After another check the same numbers are other rows.
    if lists::find(tx, import).await?.version != can.version() {
        return Err(Error::Refused(Problems::stale()));
    }
    let agency = tx.agency();
    let kept = sqlx::query!(
        r#"update import_row r set choice = nullif(d.choice, 'take'),
               partner_id = case when r.outcome = 'double' then d.partner_id else r.partner_id end,
               same_row = case when r.outcome = 'double' then d.same_row else r.same_row end
           from unnest($3::int[], $4::text[], $5::uuid[], $6::int[]) as d(number, choice, partner_id, same_row)
           where r.agency_id = $1 and r.import_id = $2 and r.number = d.number
             and exists (select 1 from import i where i.agency_id = $1 and i.id = $2 and i.state = 'checked')
             and (r.outcome = 'double' or (r.outcome in ('added', 'changed') and d.choice in ('leave', 'take')))
             and (d.choice <> 'merge'
                  or r.fields->'same' @> jsonb_build_array(jsonb_build_object('partner', d.partner_id))
                  or r.fields->'same' @> jsonb_build_array(jsonb_build_object('row', d.same_row)))"#,
        agency.0,
        import.0,
        &decided.numbers,
        &decided.choices,
        &decided.partners as &[Option<uuid::Uuid>],
        &decided.rows as &[Option<i32>],
    )
    .execute(tx.conn())
    .await?;
    audit::record(tx, Change::about("decided", "rows of a list")).await?;
    Ok(kept.rows_affected())
}
