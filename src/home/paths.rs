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
