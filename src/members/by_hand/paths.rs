//! Addresses of telling by hand.

use crate::platform::{error::Error, ids::MembershipId};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// A POST says that a member was told that something waits for them.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/members/{member}/told", rejection(Error))]
pub struct Told {
    /// The agency.
    pub agency: String,
    /// The membership.
    pub member: MembershipId,
}

/// Saying that a member was told.
#[must_use]
pub fn told(agency: &str, member: impl Into<MembershipId>) -> String {
    Told { agency: agency.to_owned(), member: member.into() }.to_string()
}
