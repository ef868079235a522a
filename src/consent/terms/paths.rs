//! Addresses of how long consent holds.

use crate::platform::error::Error;
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// For how long consent holds, and what is shown; a POST keeps how long.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/settings/consent", rejection(Error))]
pub struct TermsPage {
    /// The agency.
    pub agency: String,
}

/// What is shown to a speaker; a POST adds the next version in a language.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/settings/consent/wordings", rejection(Error))]
pub struct Wordings {
    /// The agency.
    pub agency: String,
}

/// For how long consent holds, and what is shown.
#[must_use]
pub fn terms(agency: &str) -> String {
    TermsPage { agency: agency.to_owned() }.to_string()
}

/// What is shown to a speaker.
#[must_use]
pub fn wordings(agency: &str) -> String {
    Wordings { agency: agency.to_owned() }.to_string()
}
