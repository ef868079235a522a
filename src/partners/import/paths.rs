//! Addresses of imports and of the look-up of names.

use super::model::{ImportId, ListedId};
use crate::platform::error::Error;
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// The lists brought in so far and the form for another; a POST sends one in.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/partners/import", rejection(Error))]
pub struct Imports {
    /// The agency.
    pub agency: String,
}

/// What becomes of each row of one list.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/partners/import/{import}", rejection(Error))]
pub struct ImportPage {
    /// The agency.
    pub agency: String,
    /// The import.
    pub import: ImportId,
}

/// Which column is what; a POST compares the rows with the partners.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/partners/import/{import}/columns", rejection(Error))]
pub struct Columns {
    /// The agency.
    pub agency: String,
    /// The import.
    pub import: ImportId,
}

/// A POST keeps what a person decided on rows.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/partners/import/{import}/choices", rejection(Error))]
pub struct Choices {
    /// The agency.
    pub agency: String,
    /// The import.
    pub import: ImportId,
}

/// A POST brings the list in.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/partners/import/{import}/confirmation", rejection(Error))]
pub struct Confirmation {
    /// The agency.
    pub agency: String,
    /// The import.
    pub import: ImportId,
}

/// Asks before a list is dropped; a POST drops it.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/partners/import/{import}/delete", rejection(Error))]
pub struct DropImport {
    /// The agency.
    pub agency: String,
    /// The import.
    pub import: ImportId,
}

/// The look-up of names that the national lists fill.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/partners/names", rejection(Error))]
pub struct Names {
    /// The agency.
    pub agency: String,
}

/// A POST says which partner a name of the look-up is.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/partners/names/{listed}/partner", rejection(Error))]
pub struct NamedPartner {
    /// The agency.
    pub agency: String,
    /// The name.
    pub listed: ListedId,
}

/// A POST says which partner a name of the look-up is.
#[must_use]
pub fn named_partner(agency: &str, listed: impl Into<ListedId>) -> String {
    NamedPartner { agency: agency.to_owned(), listed: listed.into() }.to_string()
}

/// The lists brought in so far.
#[must_use]
pub fn imports(agency: &str) -> String {
    Imports { agency: agency.to_owned() }.to_string()
}

/// What becomes of each row of one list.
#[must_use]
pub fn import(agency: &str, import: impl Into<ImportId>) -> String {
    ImportPage { agency: agency.to_owned(), import: import.into() }.to_string()
}

/// Which column is what.
#[must_use]
pub fn columns(agency: &str, import: impl Into<ImportId>) -> String {
    Columns { agency: agency.to_owned(), import: import.into() }.to_string()
}

/// Keeps what a person decided on rows.
#[must_use]
pub fn choices(agency: &str, import: impl Into<ImportId>) -> String {
    Choices { agency: agency.to_owned(), import: import.into() }.to_string()
}

/// Brings the list in.
#[must_use]
pub fn confirmation(agency: &str, import: impl Into<ImportId>) -> String {
    Confirmation { agency: agency.to_owned(), import: import.into() }.to_string()
}

/// Asks before a list is dropped.
#[must_use]
pub fn drop_import(agency: &str, import: impl Into<ImportId>) -> String {
    DropImport { agency: agency.to_owned(), import: import.into() }.to_string()
}

/// The look-up of names.
#[must_use]
pub fn names(agency: &str) -> String {
    Names { agency: agency.to_owned() }.to_string()
}
