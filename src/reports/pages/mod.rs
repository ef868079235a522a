//! The year in numbers, what can be exported, and exports with who took them.

mod exports;
mod taking;

use super::{
    model::{What, Year},
    paths, sheets,
    store::year,
};
use crate::{
    influence,
    platform::{policy::ViewReports, prelude::*},
};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use chrono::{Days, NaiveDate};

/// The routes of this slice.
#[must_use]
pub fn routes() -> Routes {
    let example = |path, form| Example { who: "analyst", path, form };
    Routes::new()
        .get(paths::Reports::PATH, index)
        .get(paths::Exports::PATH, exports::index)
        .post(paths::Exports::PATH, exports::create, example("", "what=statements&format=xlsx"))
        .limited(&limits::EXPORTS)
        .get(paths::NewExport::PATH, exports::new)
        .get(paths::ExportPage::PATH, exports::show)
        .post(paths::Downloads::PATH, taking::create, example("export=@statements_export", ""))
        .limited(&limits::EXPORTS)
        .post(paths::Copies::PATH, taking::deleted, example("export=@called_back_export", ""))
        .get(paths::ExportFile::PATH, taking::file)
        .get(paths::Dictionary::PATH, taking::dictionary)
}

#[derive(Template)]
#[template(path = "reports/index.html")]
struct Index {
    here: Here,
    year: Year,
    since: NaiveDate,
    /// Whether what was promised of partners’ answers was kept.
    influence: String,
}

impl Index {
    /// Every table, with its words.
    fn tables(&self) -> impl Iterator<Item = (&'static What, &'static sheets::Table)> {
        What::ALL.iter().map(|what| (what, sheets::table(*what)))
    }
}

async fn index(can: Can<ViewReports>, _: paths::Reports) -> Result<Page<Index>, Error> {
    let today = can.today();
    let since = today.checked_sub_days(Days::new(365)).unwrap_or(today);
    let read = async |tx: &mut AgencyTx| Ok((year::year(tx, since, today).await?, influence::headline(tx).await?));
    let (year, influence) = can.read(read).await?;
    Ok(Page(Index { here: can.here(), year, since, influence }))
}
