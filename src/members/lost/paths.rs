//! Addresses of a member's lost second factors.

use crate::platform::{error::Error, ids::MembershipId};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// Whether somebody has lost their second step; a POST asks that they may sign in without.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/members/{member}/lost-factors", rejection(Error))]
pub struct LostFactors {
    /// The agency.
    pub agency: String,
    /// The membership.
    pub member: MembershipId,
}

/// A POST is a second person's word on it.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/members/{member}/lost-factors/word", rejection(Error))]
pub struct LostFactorsWord {
    /// The agency.
    pub agency: String,
    /// The membership.
    pub member: MembershipId,
}

/// A POST declines it.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/members/{member}/lost-factors/delete", rejection(Error))]
pub struct NoLostFactors {
    /// The agency.
    pub agency: String,
    /// The membership.
    pub member: MembershipId,
}

/// Lost second factors of a member.
#[must_use]
pub fn lost_factors(agency: &str, member: impl Into<MembershipId>) -> String {
    LostFactors { agency: agency.to_owned(), member: member.into() }.to_string()
}

/// A second person's word on it.
#[must_use]
pub fn lost_factors_word(agency: &str, member: impl Into<MembershipId>) -> String {
    LostFactorsWord { agency: agency.to_owned(), member: member.into() }.to_string()
}

/// Declining it.
#[must_use]
pub fn no_lost_factors(agency: &str, member: impl Into<MembershipId>) -> String {
    NoLostFactors { agency: agency.to_owned(), member: member.into() }.to_string()
}
