//! The address of the relationships that are kept.

use crate::platform::error::Error;
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// All of them, the reader’s own first, by their next date.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/partners/rhythm", rejection(Error))]
pub struct Kept {
    /// The agency.
    pub agency: String,
}

/// The same, as an address.
#[must_use]
pub fn kept(agency: &str) -> String {
    Kept { agency: agency.to_owned() }.to_string()
}
