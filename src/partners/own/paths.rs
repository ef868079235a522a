//! The address of a body's own entry.

use crate::platform::error::Error;
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// The form for the own entry; a POST keeps it.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/our-entry", rejection(Error))]
pub struct OwnEntry {
    /// The agency.
    pub agency: String,
}

/// The form for the own entry.
#[must_use]
pub fn own(agency: &str) -> String {
    OwnEntry { agency: agency.to_owned() }.to_string()
}
