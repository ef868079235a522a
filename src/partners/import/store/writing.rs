//! A checked list becomes partners, or names of the look-up, all or nothing. One audit entry for the file, and one for each partner
//! that it added or changed; each row and each new partner names its import.

use super::{
    super::{
        model::{Import, ImportId, ReportRow, RowState, State, Tally, What},
        taking::{self, NewName, RowDone, Standing, Taken, Told},
    },
    known, lists, rows,
};
use crate::{
    audit::{self, Change},
    partners::paths,
    platform::{
        access::Can,
        aside,
        db::AgencyTx,
        error::Error,
        fold::fold,
        form::Problems,
        ids::{self, SubjectId},
        policy::ImportPartners,
        subject::Kind as RecordKind,
    },
};

/// Rows in one statement.
const BATCH: usize = 2_000;

/// Any number: it stands for the one list that may be brought into an agency at a time.
const TURN: i32 = 80;

/// Writes the partners of a checked list.
pub(in super::super) async fn bring_in(tx: &mut AgencyTx, can: &Can<ImportPartners>, id: ImportId) -> Result<Tally, Error> {
    let import = ready(tx, can, id).await?;
    if !stands_as_checked(tx, id).await? {
        return Err(Error::refused("", "Partners were changed since this list was checked. Check it again, then bring it in"));
    }
    let rows = rows::page(tx, id, None, None).await?;
    let known = known::known(tx).await?;
    let taken = aside::run(move || taking::take(&rows, known)).await?;
    for batch in taken.new.chunks(BATCH) {
        add(tx, can, id, batch).await?;
    }
    for batch in taken.changed.chunks(BATCH) {
        change(tx, batch).await?;
    }
    for batch in taken.names.chunks(BATCH) {
        add_names(tx, &import, batch).await?;
    }
    for batch in taken.rows.chunks(BATCH) {
        settle(tx, id, batch).await?;
    }
    for batch in taken.told.chunks(BATCH) {
        tell(tx, batch).await?;
    }
    finish(tx, &import, &taken).await
}

async fn finish(tx: &mut AgencyTx, import: &Import, taken: &Taken) -> Result<Tally, Error> {
    lists::end(tx, import, State::Done).await?;
    let tally = taken.tally();
    let mut change = Change::about("brought in", "list of partners");
    change.fields.extend([("added", tally.added), ("changed", tally.changed), ("left_out", tally.left)]);
    audit::record(tx, change).await?;
    Ok(tally)
}

/// Every partner's own history says what the list changed of it.
async fn tell(tx: &mut AgencyTx, batch: &[Told]) -> Result<(), Error> {
    let change = |one: &Told| {
        let action = if one.added { "added by an import" } else { "changed by an import" };
        Change { fields: one.fields.clone(), ..Change::of(action, RecordKind::Partner, SubjectId(one.id.0)) }
    };
    audit::record_each(tx, &batch.iter().map(change).collect::<Vec<_>>()).await
}

/// The import, when its report is the one that the person saw and nobody else brings a list in just now.
async fn ready(tx: &mut AgencyTx, can: &Can<ImportPartners>, id: ImportId) -> Result<Import, Error> {
    let mut import = lists::find(tx, id).await?;
    if import.state != State::Checked {
        return Err(Error::Refused(lists::closed(import.state)));
    }
    if can.version() != import.version {
        return Err(Error::Refused(Problems::stale()));
    }
    import.version = can.version();
    let agency = tx.agency();
    let mine = sqlx::query_scalar!(r#"select pg_try_advisory_xact_lock($1, hashtext($2)) as "mine!""#, TURN, agency.to_string())
        .fetch_one(tx.conn())
        .await?;
    if mine { Ok(import) } else { Err(Error::refused("", "Another list is being brought in just now. Try again in a minute")) }
}

async fn stands_as_checked(tx: &mut AgencyTx, id: ImportId) -> Result<bool, Error> {
    let agency = tx.agency();
    let then = sqlx::query_scalar!("select checked_against from import where agency_id = $1 and id = $2", agency.0, id.0)
        .fetch_one(tx.conn())
        .await?;
    Ok(then == known::mark(tx).await?)
}

fn json<T: serde::Serialize>(batch: &[T]) -> Result<serde_json::Value, Error> {
    serde_json::to_value(batch).map_err(Error::internal)
}

async fn add(tx: &mut AgencyTx, can: &Can<ImportPartners>, import: ImportId, batch: &[Standing]) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    sqlx::query!(
        "insert into partner (agency_id, id, name, sort_name, folded, is_tribe, kind, contracted, languages, counties, description, city, state,
             website, email, phone, official_id, stage, communities, brings, import_id, created_at, updated_at)
         select $1, n.id, n.name, n.sort_name, n.folded, n.is_tribe, n.kind, n.contracted, n.languages, n.counties, n.description, n.city, n.state,
             n.website, n.email, n.phone, n.official_id, n.stage, n.communities, n.brings, $2, $3, $3
         from jsonb_to_recordset($4::jsonb) as n(id uuid, name text, sort_name text, folded text, is_tribe boolean, kind text, contracted boolean,
             languages text[], counties text[], description text, city text, state text, website text, email text, phone text, official_id text,
             stage text, communities text[], brings text[])",
        agency.0,
        import.0,
        now,
        json(batch)?,
    )
    .execute(tx.conn())
    .await?;
    let titles: Vec<String> = batch.iter().map(|one| one.name.clone()).collect();
    sqlx::query!(
        "insert into subject (agency_id, id, kind, title, path, audience, body_id, created_at)
         select $1, s.id, 'partner', s.title, s.path, 'partnership', s.id, $2
         from unnest($3::uuid[], $4::text[], $5::text[]) as s(id, title, path)",
        agency.0,
        now,
        &batch.iter().map(|one| one.id.0).collect::<Vec<_>>(),
        &titles,
        &batch.iter().map(|one| paths::partner(can.slug(), one.id)).collect::<Vec<_>>(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

async fn change(tx: &mut AgencyTx, batch: &[Standing]) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    sqlx::query!(
        "update partner p set name = n.name, sort_name = n.sort_name, folded = n.folded, kind = n.kind, contracted = n.contracted,
             languages = n.languages, counties = n.counties, description = n.description, city = n.city, state = n.state, website = n.website,
             email = n.email, phone = n.phone, official_id = n.official_id, stage = n.stage, communities = n.communities, brings = n.brings, updated_at = $2, version = p.version + 1
         from jsonb_to_recordset($3::jsonb) as n(id uuid, name text, sort_name text, folded text, kind text, contracted boolean,
             languages text[], counties text[], description text, city text, state text, website text, email text, phone text, official_id text,
             stage text, communities text[], brings text[])
         where p.agency_id = $1 and p.id = n.id",
        agency.0,
        now,
        json(batch)?,
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "update subject s set title = p.name, version = s.version + 1 from partner p
         where s.agency_id = $1 and p.agency_id = $1 and p.id = s.id and s.id = any($2) and s.title <> p.name",
        agency.0,
        &batch.iter().map(|one| one.id.0).collect::<Vec<_>>(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

async fn add_names(tx: &mut AgencyTx, import: &Import, batch: &[NewName]) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    sqlx::query!(
        "insert into partner_name (agency_id, id, partner_id, name, folded, source, created_at)
         select $1, n.id, n.partner_id, n.name, n.folded, $2, $3
         from jsonb_to_recordset($4::jsonb) as n(id uuid, partner_id uuid, name text, folded text)",
        agency.0,
        import.file_name,
        now,
        json(batch)?,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

async fn settle(tx: &mut AgencyTx, import: ImportId, batch: &[RowDone]) -> Result<(), Error> {
    let agency = tx.agency();
    sqlx::query!(
        "update import_row r set outcome = d.outcome, partner_id = d.partner_id
         from jsonb_to_recordset($3::jsonb) as d(number int, outcome text, partner_id uuid)
         where r.agency_id = $1 and r.import_id = $2 and r.number = d.number",
        agency.0,
        import.0,
        json(batch)?,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Writes the names of a checked national list into the look-up: new ones, and those that read otherwise now.
pub(in super::super) async fn bring_in_names(tx: &mut AgencyTx, can: &Can<ImportPartners>, id: ImportId) -> Result<Tally, Error> {
    let import = ready(tx, can, id).await?;
    let rows = rows::page(tx, id, None, None).await?;
    let taken: Vec<&ReportRow> = rows.iter().filter(|row| row.choice.is_none() && is_name(row)).collect();
    for batch in taken.chunks(BATCH) {
        put_names(tx, &import, batch).await?;
    }
    lists::end(tx, &import, State::Done).await?;
    let changed = taken.iter().filter(|row| row.outcome == RowState::Changed).count();
    let tally = Tally { added: taken.len() - changed, changed, left: 0 };
    let mut change = Change::about("brought in", "look-up of names");
    change.fields.extend([("added", tally.added), ("changed", tally.changed)]);
    audit::record(tx, change).await?;
    Ok(tally)
}

fn is_name(row: &ReportRow) -> bool {
    matches!(row.outcome, RowState::Listed | RowState::Changed)
}

async fn put_names(tx: &mut AgencyTx, import: &Import, batch: &[&ReportRow]) -> Result<(), Error> {
    let agency = tx.agency();
    let names: Vec<serde_json::Value> = batch
        .iter()
        .map(|row| {
            let one = &row.details.particulars;
            serde_json::json!({
                "id": ids::fresh(), "official_id": one.official_id, "name": one.name, "states": one.state, "alternates": one.former_names,
                "folded": fold(&format!("{} {}", one.name, one.former_names.join(" "))),
            })
        })
        .collect();
    sqlx::query!(
        "insert into listed_name (agency_id, id, list, official_id, name, folded, states, alternates, import_id)
         select $1, n.id, $2, n.official_id, n.name, n.folded, n.states, n.alternates, $3
         from jsonb_to_recordset($4::jsonb) as n(id uuid, official_id text, name text, folded text, states text, alternates text[])
         on conflict (agency_id, list, official_id) do update set name = excluded.name, folded = excluded.folded, states = excluded.states,
             alternates = excluded.alternates, import_id = excluded.import_id",
        agency.0,
        import.what as What,
        import.id.0,
        serde_json::Value::Array(names),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
