//! Which column is what: proposed from the headings, decided by a person, with the first rows beside it.

use super::super::{
    Field, NationalList,
    checking::{self, Checked, Preview},
    forms::ColumnsForm,
    model::{Chosen, Import, State, What},
    paths, store,
};
use crate::{
    partners::model::Kind,
    platform::{aside, policy::ImportPartners, prelude::*, tables::Table, words},
};
use askama::Template;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sheet {
    sheet: String,
}

#[derive(Template)]
#[template(path = "partners/import/columns.html")]
pub(super) struct Show {
    here: Here,
    import: Import,
    preview: Preview,
    sheets: Vec<Choice>,
    form: ColumnsForm,
    problems: Problems,
}

impl Show {
    fn of(can: &Can<ImportPartners>, import: Import, table: &Table, chosen: &Chosen, problems: Problems) -> Self {
        let preview = checking::preview(table, chosen);
        let sheets = preview.sheets.iter().map(|one| Choice::new(one.clone(), one.clone())).collect();
        let form = ColumnsForm { sheet: preview.sheet.clone(), ..ColumnsForm::of(chosen) };
        Self { here: can.here(), import, preview, sheets, form, problems }
    }

    /// "587 rows".
    fn row_count(&self) -> String {
        words::count(i64::try_from(self.preview.rows).unwrap_or(i64::MAX), "row", "rows")
    }

    /// The cells that were read of each column, row by row.
    fn first_rows(&self) -> Vec<Vec<&str>> {
        let most = self.preview.columns.iter().map(|(_, _, cells)| cells.len()).max().unwrap_or(0);
        let cell = |at: usize| self.preview.columns.iter().map(|(_, _, cells)| cells.get(at).map_or("", String::as_str)).collect();
        (0..most).map(cell).collect()
    }

    /// The whole list fills the look-up of names; its columns are known.
    fn is_national(&self) -> bool {
        self.preview.what.is_national()
    }
}

/// The import, while its columns may still be chosen, and its table.
async fn open(can: &Can<ImportPartners>, at: &paths::Columns, sheet: Option<String>) -> Result<(Import, Table), Error> {
    let (import, bytes) = can.read(async |tx| store::file(tx, can, at.import).await).await?;
    let (name, sheet) = (import.file_name.clone(), sheet.unwrap_or_else(|| import.chosen.sheet.clone()));
    let table = aside::run(move || checking::read(&bytes, &name, &sheet).or_else(|_| checking::read(&bytes, &name, ""))).await?;
    Ok((import, table.map_err(|refusal| Error::refused("", refusal.to_string()))?))
}

pub(super) async fn show(can: Can<ImportPartners>, at: paths::Columns, Query(query): Query<Sheet>) -> Result<Page<Show>, Error> {
    let (import, table) = open(&can, &at, (!query.sheet.is_empty()).then_some(query.sheet)).await?;
    let chosen = import.chosen.clone();
    Ok(Page(Show::of(&can, import, &table, &chosen, Problems::default())))
}

pub(super) async fn check(can: Can<ImportPartners>, at: paths::Columns, Form(form): Form<ColumnsForm>) -> Result<Response, Error> {
    let (import, table) = open(&can, &at, Some(form.sheet.clone())).await?;
    let typed = Chosen { sheet: table.sheet.clone().unwrap_or_default(), columns: form.column.clone(), kind: form.kind.clone() };
    let again = Show::of(&can, import, &table, &typed, Problems::default());
    let written = match form.parse(table.headings.len(), again.is_national()) {
        Ok(chosen) => compare(&can, &at, table, Chosen { sheet: typed.sheet, ..chosen }).await,
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Show { problems, ..again })
}

async fn compare(can: &Can<ImportPartners>, at: &paths::Columns, table: Table, chosen: Chosen) -> Result<Response, Error> {
    let (checked, mark) = match checking::what(&table) {
        What::Partners => {
            let (mark, known) = can.read(async |tx| Ok((store::mark(tx).await?, store::known(tx).await?))).await?;
            (aside::run(move || checking::check_partners(&table, chosen, &known)).await?, mark)
        }
        what => (against_names(can, table, chosen, what).await?, String::new()),
    };
    let keep = async |tx: &mut AgencyTx| {
        store::keep_check(tx, can, at.import, &checked, &mark).await?;
        Ok(Done::at(paths::import(can.slug(), at.import), "List checked. Nothing is written yet"))
    };
    can.write(keep).await
}

async fn against_names(can: &Can<ImportPartners>, table: Table, chosen: Chosen, what: What) -> Result<Checked, Error> {
    let list = if what == What::Bia { NationalList::Bia } else { NationalList::Epa };
    let there = can.read(async |tx| store::listed_all(tx, what).await).await?;
    aside::run(move || checking::check_names(&table, list, chosen, &there)).await
}
