//! Addresses of a body's own people.

use crate::platform::{error::Error, ids::MembershipId};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// A POST proposes a member of a body.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/members/proposals", rejection(Error))]
pub struct Proposals {
    /// The agency.
    pub agency: String,
}

/// The form that proposes a member of a body.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/members/proposals/new", rejection(Error))]
pub struct NewProposal {
    /// The agency.
    pub agency: String,
}

/// A POST invites somebody into one’s own body.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/members/admissions", rejection(Error))]
pub struct Admissions {
    /// The agency.
    pub agency: String,
}

/// The form that invites somebody into one’s own body.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/members/admissions/new", rejection(Error))]
pub struct NewAdmission {
    /// The agency.
    pub agency: String,
}

/// Admits somebody who was proposed.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/members/{member}/admission", rejection(Error))]
pub struct Admission {
    /// The agency.
    pub agency: String,
    /// The membership.
    pub member: MembershipId,
}

/// What a body lets one of its people do in its name.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/members/{member}/mandate", rejection(Error))]
pub struct Mandate {
    /// The agency.
    pub agency: String,
    /// The membership.
    pub member: MembershipId,
}

/// A POST records the act by which a body names its first steward.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/members/first-stewards", rejection(Error))]
pub struct FirstStewards {
    /// The agency.
    pub agency: String,
}

/// The one who received a body's act confirms that it came.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/members/{member}/first-steward", rejection(Error))]
pub struct ActConfirmation {
    /// The agency.
    pub agency: String,
    /// The steward whom the act names.
    pub member: MembershipId,
}

/// The one who received a body's act confirms that it came.
#[must_use]
pub fn act_confirmation(agency: &str, member: impl Into<MembershipId>) -> String {
    ActConfirmation { agency: agency.to_owned(), member: member.into() }.to_string()
}

/// The code with which a body's first steward comes in, shown once to the one who wrote the act down; a POST makes it anew.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/members/{member}/first-steward/code", rejection(Error))]
pub struct StewardCode {
    /// The agency.
    pub agency: String,
    /// The steward’s membership.
    pub member: MembershipId,
}

/// The address of a first steward's code.
#[must_use]
pub fn steward_code(agency: &str, member: impl Into<MembershipId>) -> String {
    StewardCode { agency: agency.to_owned(), member: member.into() }.to_string()
}

/// The form that records such an act.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/members/first-stewards/new", rejection(Error))]
pub struct NewFirstSteward {
    /// The agency.
    pub agency: String,
}

/// Every change in one’s own body’s memberships.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/members/changes", rejection(Error))]
pub struct Changes {
    /// The agency.
    pub agency: String,
}

/// A POST proposes a member of a body.
#[must_use]
pub fn proposals(agency: &str) -> String {
    Proposals { agency: agency.to_owned() }.to_string()
}

/// The form that proposes a member of a body.
#[must_use]
pub fn new_proposal(agency: &str) -> String {
    NewProposal { agency: agency.to_owned() }.to_string()
}

/// A POST invites somebody into one’s own body.
#[must_use]
pub fn admissions(agency: &str) -> String {
    Admissions { agency: agency.to_owned() }.to_string()
}

/// The form that invites somebody into one’s own body.
#[must_use]
pub fn new_admission(agency: &str) -> String {
    NewAdmission { agency: agency.to_owned() }.to_string()
}

/// Admits somebody who was proposed.
#[must_use]
pub fn admission(agency: &str, member: impl Into<MembershipId>) -> String {
    Admission { agency: agency.to_owned(), member: member.into() }.to_string()
}

/// What a body lets one of its people do in its name.
#[must_use]
pub fn mandate(agency: &str, member: impl Into<MembershipId>) -> String {
    Mandate { agency: agency.to_owned(), member: member.into() }.to_string()
}

/// A POST records the act by which a body names its first steward.
#[must_use]
pub fn first_stewards(agency: &str) -> String {
    FirstStewards { agency: agency.to_owned() }.to_string()
}

/// The form that records such an act.
#[must_use]
pub fn new_first_steward(agency: &str) -> String {
    NewFirstSteward { agency: agency.to_owned() }.to_string()
}

/// Every change in one’s own body’s memberships.
#[must_use]
pub fn changes(agency: &str) -> String {
    Changes { agency: agency.to_owned() }.to_string()
}
