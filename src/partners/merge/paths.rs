//! Addresses of merges.

use super::model::MergeId;
use crate::platform::{error::Error, ids::PartnerId};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// Looks for another entry of the same body; a POST joins the two, or asks for the word of their stewards.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/partners/{partner}/merge", rejection(Error))]
pub struct Merging {
    /// The agency.
    pub agency: String,
    /// One of the two entries.
    pub partner: PartnerId,
}

/// One merge.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/partners/merges/{merge}", rejection(Error))]
pub struct MergePage {
    /// The agency.
    pub agency: String,
    /// The merge.
    pub merge: MergeId,
}

/// A POST gives, or takes back, a steward's word.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/partners/merges/{merge}/word", rejection(Error))]
pub struct MergeWord {
    /// The agency.
    pub agency: String,
    /// The merge.
    pub merge: MergeId,
}

/// Asks before a merge is undone; a POST undoes it.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/partners/merges/{merge}/delete", rejection(Error))]
pub struct UndoMerge {
    /// The agency.
    pub agency: String,
    /// The merge.
    pub merge: MergeId,
}

/// Looks for another entry of the same body.
#[must_use]
pub fn merging(agency: &str, partner: impl Into<PartnerId>) -> String {
    Merging { agency: agency.to_owned(), partner: partner.into() }.to_string()
}

/// The two entries side by side.
#[must_use]
pub fn compared(agency: &str, partner: impl Into<PartnerId>, other: impl Into<PartnerId>) -> String {
    format!("{}?with={}", merging(agency, partner), other.into())
}

/// One merge.
#[must_use]
pub fn merge(agency: &str, merge: impl Into<MergeId>) -> String {
    MergePage { agency: agency.to_owned(), merge: merge.into() }.to_string()
}

/// A steward's word.
#[must_use]
pub fn word(agency: &str, merge: impl Into<MergeId>) -> String {
    MergeWord { agency: agency.to_owned(), merge: merge.into() }.to_string()
}

/// Asks before a merge is undone.
#[must_use]
pub fn undo(agency: &str, merge: impl Into<MergeId>) -> String {
    UndoMerge { agency: agency.to_owned(), merge: merge.into() }.to_string()
}
