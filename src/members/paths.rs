//! Addresses of members, bodies' own people, one's own page and lent duties.

pub use super::absences::paths::{Absences, EndedAbsence, StandingIn, absences, ended_absence, standing_in};
pub use super::acting::paths::{ActingEnded, ActingPage, ActingWish, BeginActing, acting, acting_ended, acting_wish, begin_acting};
pub use super::bodies::paths::{
    ActConfirmation, Admission, Admissions, Changes, FirstStewards, Mandate, NewAdmission, NewFirstSteward, NewProposal, Proposals,
    StewardCode, act_confirmation, admission, admissions, changes, first_stewards, mandate, new_admission, new_first_steward, new_proposal,
    proposals, steward_code,
};
pub use super::by_hand::paths::{Told, told};
pub use super::delegations::paths::{Delegations, EndedDelegation, delegations, ended_delegation};
pub use super::lost::paths::{LostFactors, LostFactorsWord, NoLostFactors, lost_factors, lost_factors_word, no_lost_factors};
pub use super::me::paths::{Leaving, Me, Reach, Readers, leaving, me, reach, readers};
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
