//! Addresses of representatives.

use crate::platform::{error::Error, ids::PartnerId};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// Who speaks for a partner; a POST adds a person.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/partners/{partner}/representatives", rejection(Error))]
pub struct Representatives {
    /// The agency.
    pub agency: String,
    /// The partner.
    pub partner: PartnerId,
}

/// The end of one person's time.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/partners/{partner}/representatives/{person}/end", rejection(Error))]
pub struct End {
    /// The agency.
    pub agency: String,
    /// The partner.
    pub partner: PartnerId,
    /// The representative.
    pub person: uuid::Uuid,
}

/// Hand-overs that are still to be done.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/partners/hand-overs", rejection(Error))]
pub struct HandOvers {
    /// The agency.
    pub agency: String,
}

/// Hand-overs that are still to be done.
#[must_use]
pub fn handovers(agency: &str) -> String {
    HandOvers { agency: agency.to_owned() }.to_string()
}

/// Who speaks for a partner.
#[must_use]
pub fn representatives(agency: &str, partner: impl Into<PartnerId>) -> String {
    Representatives { agency: agency.to_owned(), partner: partner.into() }.to_string()
}

/// The end of one person's time.
#[must_use]
pub fn end(agency: &str, partner: impl Into<PartnerId>, person: &uuid::Uuid) -> String {
    End { agency: agency.to_owned(), partner: partner.into(), person: *person }.to_string()
}
