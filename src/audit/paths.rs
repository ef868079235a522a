//! Addresses of the log.

use crate::platform::error::Error;
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// Who changed what.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/audit", rejection(Error))]
pub struct Audit {
    /// The agency.
    pub agency: String,
}
