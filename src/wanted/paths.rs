//! The address of what waits.

use crate::platform::error::Error;
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// The page.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/wanted", rejection(Error))]
pub struct Wanted {
    /// The agency.
    pub agency: String,
}

/// The page, as an address.
#[must_use]
pub fn wanted(agency: &str) -> String {
    Wanted { agency: agency.to_owned() }.to_string()
}

/// The agency’s first page: where the agency’s own side finds what waits.
#[must_use]
pub(super) fn home(agency: &str) -> String {
    format!("/{agency}")
}

/// How often the letter about what waits may come; a POST keeps it.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/wanted/letter", rejection(Error))]
pub struct Pace {
    /// The agency.
    pub agency: String,
}

/// The same, as an address.
#[must_use]
pub fn pace(agency: &str) -> String {
    Pace { agency: agency.to_owned() }.to_string()
}

/// A line of a letter as it is handed out: leads to the one thing that it is about.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/word/{link}/{token}", rejection(Error))]
pub struct LineToken {
    /// The link.
    pub link: uuid::Uuid,
    /// The token.
    pub token: String,
}

/// For whoever is called by somebody with a letter: the code, and where it goes.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/word/telephone", rejection(Error))]
pub struct Telephone {
    /// The agency.
    pub agency: String,
}

/// The same, as an address.
#[must_use]
pub fn telephone(agency: &str) -> String {
    Telephone { agency: agency.to_owned() }.to_string()
}

/// After an answer by a line of a letter.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/word/thanks", rejection(Error))]
pub struct Thanks {
    /// The agency.
    pub agency: String,
}
