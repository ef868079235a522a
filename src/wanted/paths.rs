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
