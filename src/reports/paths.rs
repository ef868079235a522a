//! Addresses of reports and exports.

use super::model::{ExportId, What};
use crate::platform::{error::Error, labels::Label as _};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// The year, and what can be exported.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/reports", rejection(Error))]
pub struct Reports {
    /// The agency.
    pub agency: String,
}

/// Every export; a POST asks for one.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/reports/exports", rejection(Error))]
pub struct Exports {
    /// The agency.
    pub agency: String,
}

/// The form that asks for an export.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/reports/exports/new", rejection(Error))]
pub struct NewExport {
    /// The agency.
    pub agency: String,
}

/// One export.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/reports/exports/{export}", rejection(Error))]
pub struct ExportPage {
    /// The agency.
    pub agency: String,
    /// The export.
    pub export: ExportId,
}

/// Downloads of an export; a POST takes it.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/reports/exports/{export}/downloads", rejection(Error))]
pub struct Downloads {
    /// The agency.
    pub agency: String,
    /// The export.
    pub export: ExportId,
}

/// Copies that were taken of an export; a POST says that one's own are deleted.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/reports/exports/{export}/copies", rejection(Error))]
pub struct Copies {
    /// The agency.
    pub agency: String,
    /// The export.
    pub export: ExportId,
}

/// The file, for whoever just took it.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/reports/exports/{export}/file", rejection(Error))]
pub struct ExportFile {
    /// The agency.
    pub agency: String,
    /// The export.
    pub export: ExportId,
}

/// The data dictionary of an export's table.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/reports/exports/{export}/dictionary", rejection(Error))]
pub struct Dictionary {
    /// The agency.
    pub agency: String,
    /// The export.
    pub export: ExportId,
}

/// The year.
#[must_use]
pub fn reports(agency: &str) -> String {
    Reports { agency: agency.to_owned() }.to_string()
}

/// Every export.
#[must_use]
pub fn exports(agency: &str) -> String {
    Exports { agency: agency.to_owned() }.to_string()
}

/// The form for an export of one kind.
#[must_use]
pub fn new(agency: &str, what: &What) -> String {
    format!("{}?what={}", NewExport { agency: agency.to_owned() }, what.as_str())
}

/// The form, with nothing chosen yet.
#[must_use]
pub fn new_any(agency: &str) -> String {
    NewExport { agency: agency.to_owned() }.to_string()
}

/// One export.
#[must_use]
pub fn export(agency: &str, export: impl Into<ExportId>) -> String {
    ExportPage { agency: agency.to_owned(), export: export.into() }.to_string()
}

/// Where it is taken.
#[must_use]
pub fn downloads(agency: &str, export: impl Into<ExportId>) -> String {
    Downloads { agency: agency.to_owned(), export: export.into() }.to_string()
}

/// Where whoever took it says that their copies are deleted.
#[must_use]
pub fn copies(agency: &str, export: impl Into<ExportId>) -> String {
    Copies { agency: agency.to_owned(), export: export.into() }.to_string()
}

/// Exports narrowed: "state=void&why=withdrawn".
#[must_use]
pub fn exports_that(agency: &str, narrowed: &str) -> String {
    format!("{}?{narrowed}", exports(agency))
}

/// The same, from which its file comes by itself: the door was just opened.
#[must_use]
pub fn taking(agency: &str, taken: impl Into<ExportId>) -> String {
    format!("{}?taking=yes", export(agency, taken))
}

/// Its file.
#[must_use]
pub fn file(agency: &str, export: impl Into<ExportId>) -> String {
    ExportFile { agency: agency.to_owned(), export: export.into() }.to_string()
}

/// Its data dictionary.
#[must_use]
pub fn dictionary(agency: &str, export: impl Into<ExportId>) -> String {
    Dictionary { agency: agency.to_owned(), export: export.into() }.to_string()
}
