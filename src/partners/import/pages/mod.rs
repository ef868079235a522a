//! The steps of an import: send a list in, say which column is what, see what becomes of each row, bring it in or drop it.
//! Every step is a page that works without script.

mod columns;
mod names;
mod report;
mod upload;

use super::paths;
use crate::platform::{
    limits,
    routes::{Example, Routes},
};
use axum_extra::routing::TypedPath as _;

/// The routes of this slice.
#[must_use]
pub fn routes() -> Routes {
    let example = |path, form| Example { who: "staff", path, form };
    Routes::new()
        .get(paths::Imports::PATH, upload::index)
        .post(paths::Imports::PATH, upload::create, example("", "file=@@partners.csv"))
        .limited(&limits::UPLOADS)
        .get(paths::Columns::PATH, columns::show)
        .post(
            paths::Columns::PATH,
            columns::check,
            example("import=@import_uploaded", "column=name&column=kind&column=city&kind=community"),
        )
        .get(paths::ImportPage::PATH, report::show)
        .post(paths::Choices::PATH, report::choose, example("import=@import_checked", "row-2=leave&version=@version&then=keep"))
        .post(paths::Confirmation::PATH, report::confirm, example("import=@import_checked", "version=@version"))
        .get(paths::DropImport::PATH, report::ask)
        .post(paths::DropImport::PATH, report::delete, example("import=@import_dropped", ""))
        .get(paths::Names::PATH, names::index)
        .limited(&limits::SEARCHES)
        .post(paths::NamedPartner::PATH, names::name, example("listed=@listed_pine", "partner=@tallpine"))
}
