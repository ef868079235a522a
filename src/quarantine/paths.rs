//! The address of the page about files.

use crate::platform::error::Error;
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// The room that files take, and what was found harmful.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/settings/files", rejection(Error))]
pub struct Files {
    /// The agency.
    pub agency: String,
}

/// The page of an agency.
#[must_use]
pub fn files(agency: &str) -> String {
    Files { agency: agency.to_owned() }.to_string()
}
