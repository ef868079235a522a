//! Addresses of the recall list.

use super::model::RecallId;
use crate::platform::error::Error;
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// What already carries words that were taken back.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/recalls", rejection(Error))]
pub struct Recalls {
    /// The agency.
    pub agency: String,
}

/// One task of the list; a POST says what became of it.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/recalls/{recall}", rejection(Error))]
pub struct RecallPage {
    /// The agency.
    pub agency: String,
    /// The task.
    pub recall: RecallId,
}

/// The list.
#[must_use]
pub fn recalls(agency: &str) -> String {
    Recalls { agency: agency.to_owned() }.to_string()
}

/// One task.
#[must_use]
pub fn recall(agency: &str, recall: impl Into<RecallId>) -> String {
    RecallPage { agency: agency.to_owned(), recall: recall.into() }.to_string()
}
