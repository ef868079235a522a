//! The address of the first page.

use crate::platform::error::Error;
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// The first page of an agency.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}", rejection(Error))]
pub struct Home {
    /// The agency.
    pub agency: String,
}

/// All that the first page shows the beginning of.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/open", rejection(Error))]
pub struct Open {
    /// The agency.
    pub agency: String,
}

/// The first page.
#[must_use]
pub fn home(slug: &str) -> String {
    Home { agency: slug.to_owned() }.to_string()
}

/// All that it shows the beginning of.
#[must_use]
pub fn open(slug: &str) -> String {
    Open { agency: slug.to_owned() }.to_string()
}
