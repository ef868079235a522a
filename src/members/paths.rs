//! Addresses of members, bodies' own people, one's own page and lent duties.

pub use super::by_hand::paths::{Told, told};
pub use super::lost::paths::{LostFactors, LostFactorsWord, NoLostFactors, lost_factors, lost_factors_word, no_lost_factors};
pub use super::sign_ins::paths::{EndedSignIn, SignIns, ended_sign_in, sign_ins};
use crate::platform::{error::Error, ids::MembershipId};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// The list; a POST invites somebody.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/members", rejection(Error))]
pub struct Members {
    /// The agency.
    pub agency: String,
}

/// The form that invites somebody.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/members/new", rejection(Error))]
pub struct NewMember {
    /// The agency.
    pub agency: String,
}

/// One membership.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/members/{member}", rejection(Error))]
pub struct MemberPage {
    /// The agency.
    pub agency: String,
    /// The membership.
    pub member: MembershipId,
}

/// Another role.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/members/{member}/role", rejection(Error))]
pub struct Role {
    /// The agency.
    pub agency: String,
    /// The membership.
    pub member: MembershipId,
}

/// A POST suspends.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/members/{member}/suspension", rejection(Error))]
pub struct Suspension {
    /// The agency.
    pub agency: String,
    /// The membership.
    pub member: MembershipId,
}

/// A POST takes up again.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/members/{member}/suspension/delete", rejection(Error))]
pub struct TakingUp {
    /// The agency.
    pub agency: String,
    /// The membership.
    pub member: MembershipId,
}

/// Asks, and ends a membership.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/members/{member}/ending", rejection(Error))]
pub struct Ending {
    /// The agency.
    pub agency: String,
    /// The membership.
    pub member: MembershipId,
}

/// The link, shown once; a POST makes it anew.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/members/{member}/invitation", rejection(Error))]
pub struct InvitationLink {
    /// The agency.
    pub agency: String,
    /// The membership.
    pub member: MembershipId,
}

/// Opens the landscape to somebody, or closes it.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/members/{member}/landscape", rejection(Error))]
pub struct Landscape {
    /// The agency.
    pub agency: String,
    /// The membership.
    pub member: MembershipId,
}

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

/// The list; a POST invites somebody.
#[must_use]
pub fn members(agency: &str) -> String {
    Members { agency: agency.to_owned() }.to_string()
}

/// The form that invites somebody.
#[must_use]
pub fn new(agency: &str) -> String {
    NewMember { agency: agency.to_owned() }.to_string()
}

/// One membership.
#[must_use]
pub fn member(agency: &str, member: impl Into<MembershipId>) -> String {
    MemberPage { agency: agency.to_owned(), member: member.into() }.to_string()
}

/// Another role.
#[must_use]
pub fn role(agency: &str, member: impl Into<MembershipId>) -> String {
    Role { agency: agency.to_owned(), member: member.into() }.to_string()
}

/// A POST suspends.
#[must_use]
pub fn suspension(agency: &str, member: impl Into<MembershipId>) -> String {
    Suspension { agency: agency.to_owned(), member: member.into() }.to_string()
}

/// A POST takes up again.
#[must_use]
pub fn taking_up(agency: &str, member: impl Into<MembershipId>) -> String {
    TakingUp { agency: agency.to_owned(), member: member.into() }.to_string()
}

/// Asks, and ends a membership.
#[must_use]
pub fn ending(agency: &str, member: impl Into<MembershipId>) -> String {
    Ending { agency: agency.to_owned(), member: member.into() }.to_string()
}

/// The link, shown once; a POST makes it anew.
#[must_use]
pub fn invitation(agency: &str, member: impl Into<MembershipId>) -> String {
    InvitationLink { agency: agency.to_owned(), member: member.into() }.to_string()
}

/// Opens the landscape to somebody, or closes it.
#[must_use]
pub fn landscape(agency: &str, member: impl Into<MembershipId>) -> String {
    Landscape { agency: agency.to_owned(), member: member.into() }.to_string()
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
