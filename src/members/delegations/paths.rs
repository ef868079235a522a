//! Addresses of lent duties.

use crate::platform::error::Error;
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// Duties lent; a POST lends one.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/delegations", rejection(Error))]
pub struct Delegations {
    /// The agency.
    pub agency: String,
}

/// Ends a lent duty before its day.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/delegations/{delegation}/ending", rejection(Error))]
pub struct EndedDelegation {
    /// The agency.
    pub agency: String,
    /// The lent duty.
    pub delegation: uuid::Uuid,
}

/// Duties lent; a POST lends one.
#[must_use]
pub fn delegations(agency: &str) -> String {
    Delegations { agency: agency.to_owned() }.to_string()
}

/// Ends a lent duty before its day.
#[must_use]
pub fn ended_delegation(agency: &str, delegation: &uuid::Uuid) -> String {
    EndedDelegation { agency: agency.to_owned(), delegation: *delegation }.to_string()
}
