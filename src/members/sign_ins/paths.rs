//! Addresses of a member's sign-ins.

use super::model::SignInId;
use crate::platform::{error::Error, ids::MembershipId};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// Where somebody of the agency's own side is signed in, as far as they were here.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/members/{member}/sign-ins", rejection(Error))]
pub struct SignIns {
    /// The agency.
    pub agency: String,
    /// The membership.
    pub member: MembershipId,
}

/// A POST ends the way of one into this agency.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/members/{member}/sign-ins/{sign_in}/ending", rejection(Error))]
pub struct EndedSignIn {
    /// The agency.
    pub agency: String,
    /// The membership.
    pub member: MembershipId,
    /// The sign-in.
    pub sign_in: SignInId,
}

/// Where a member is signed in.
#[must_use]
pub fn sign_ins(agency: &str, member: impl Into<MembershipId>) -> String {
    SignIns { agency: agency.to_owned(), member: member.into() }.to_string()
}

/// The end of one.
#[must_use]
pub fn ended_sign_in(agency: &str, member: impl Into<MembershipId>, sign_in: impl Into<SignInId>) -> String {
    EndedSignIn { agency: agency.to_owned(), member: member.into(), sign_in: sign_in.into() }.to_string()
}
