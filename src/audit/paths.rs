//! Addresses of the log.

use crate::platform::{error::Error, ids::SubjectId};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// Who changed what.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/audit", rejection(Error))]
pub struct Audit {
    /// The agency.
    pub agency: String,
}

/// The log of one record.
#[must_use]
pub fn of_record(agency: &str, record: impl Into<SubjectId>) -> String {
    format!("{}?record={}", Audit { agency: agency.to_owned() }, record.into())
}
