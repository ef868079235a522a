//! Addresses of one's own page.

use crate::platform::error::Error;
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// One’s own page.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/me", rejection(Error))]
pub struct Me {
    /// The agency.
    pub agency: String,
}

/// How one may be reached safely.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/me/reach", rejection(Error))]
pub struct Reach {
    /// The agency.
    pub agency: String,
}

/// Who may know that one speaks from lived experience.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/me/readers", rejection(Error))]
pub struct Readers {
    /// The agency.
    pub agency: String,
}

/// Asks, and leaves.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/me/leaving", rejection(Error))]
pub struct Leaving {
    /// The agency.
    pub agency: String,
}

/// One’s own page.
#[must_use]
pub fn me(agency: &str) -> String {
    Me { agency: agency.to_owned() }.to_string()
}

/// How one may be reached safely.
#[must_use]
pub fn reach(agency: &str) -> String {
    Reach { agency: agency.to_owned() }.to_string()
}

/// Who may know that one speaks from lived experience.
#[must_use]
pub fn readers(agency: &str) -> String {
    Readers { agency: agency.to_owned() }.to_string()
}

/// Asks, and leaves.
#[must_use]
pub fn leaving(agency: &str) -> String {
    Leaving { agency: agency.to_owned() }.to_string()
}
