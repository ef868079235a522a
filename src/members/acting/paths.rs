//! Addresses of times to enter for somebody.

use crate::platform::{acting::ActingId, error::Error, ids::MembershipId};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// Whether and how one begins to enter for a member: the form, and where it goes.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/members/{member}/acting", rejection(Error))]
pub struct BeginActing {
    /// The agency.
    pub agency: String,
    /// The membership.
    pub member: MembershipId,
}

/// One such time, with what was entered in it.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/acting/{acting}", rejection(Error))]
pub struct ActingPage {
    /// The agency.
    pub agency: String,
    /// The time.
    pub acting: ActingId,
}

/// A POST ends it at once.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/acting/{acting}/ending", rejection(Error))]
pub struct ActingEnded {
    /// The agency.
    pub agency: String,
    /// The time.
    pub acting: ActingId,
}

/// A POST says whether anybody may enter for oneself.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/me/acting", rejection(Error))]
pub struct ActingWish {
    /// The agency.
    pub agency: String,
}

/// Whether and how one begins to enter for a member.
#[must_use]
pub fn begin_acting(agency: &str, member: impl Into<MembershipId>) -> String {
    BeginActing { agency: agency.to_owned(), member: member.into() }.to_string()
}

/// One such time.
#[must_use]
pub fn acting(agency: &str, acting: impl Into<ActingId>) -> String {
    ActingPage { agency: agency.to_owned(), acting: acting.into() }.to_string()
}

/// Ends it at once.
#[must_use]
pub fn acting_ended(agency: &str, acting: impl Into<ActingId>) -> String {
    ActingEnded { agency: agency.to_owned(), acting: acting.into() }.to_string()
}

/// Says whether anybody may enter for oneself.
#[must_use]
pub fn acting_wish(agency: &str) -> String {
    ActingWish { agency: agency.to_owned() }.to_string()
}
