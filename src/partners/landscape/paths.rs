//! Addresses of the landscape.

use crate::platform::{error::Error, ids::PartnerId};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// All relationships.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/partners/landscape", rejection(Error))]
pub struct Landscape {
    /// The agency.
    pub agency: String,
}

/// One relationship's ratings; a POST adds one.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/partners/{partner}/ratings", rejection(Error))]
pub struct Ratings {
    /// The agency.
    pub agency: String,
    /// The partner.
    pub partner: PartnerId,
}

/// The landscape.
#[must_use]
pub fn landscape(agency: &str) -> String {
    Landscape { agency: agency.to_owned() }.to_string()
}

/// One relationship's ratings.
#[must_use]
pub fn ratings(agency: &str, partner: impl Into<PartnerId>) -> String {
    Ratings { agency: agency.to_owned(), partner: partner.into() }.to_string()
}
