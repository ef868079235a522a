//! Addresses of traces.

use crate::platform::{error::Error, ids::SubjectId};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// The trace of one record.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/trace/{kind}/{id}", rejection(Error))]
pub struct Trace {
    /// The agency.
    pub agency: String,
    /// What kind of record, as stored.
    pub kind: String,
    /// The record.
    pub id: SubjectId,
}
