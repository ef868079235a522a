//! Addresses of the schedule, of proposals to destroy and of legal holds.

use super::model::{DestructionId, HoldId};
use crate::platform::{error::Error, ids::SubjectId};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// The schedule, and what was proposed and decided.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/retention", rejection(Error))]
pub struct Retention {
    /// The agency.
    pub agency: String,
}

/// How long one kind is kept; a POST sets it.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/retention/rules/{kept}", rejection(Error))]
pub struct RulePage {
    /// The agency.
    pub agency: String,
    /// The kind, as stored.
    pub kept: String,
}

/// What of a kind is due; a POST proposes to destroy it.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/retention/due/{kept}", rejection(Error))]
pub struct DuePage {
    /// The agency.
    pub agency: String,
    /// The kind, as stored.
    pub kept: String,
}

/// How long people who were invited are known; a POST sets it.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/retention/invited", rejection(Error))]
pub struct InvitedPage {
    /// The agency.
    pub agency: String,
}

/// A proposal.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/retention/destructions/{destruction}", rejection(Error))]
pub struct DestructionPage {
    /// The agency.
    pub agency: String,
    /// The proposal.
    pub destruction: DestructionId,
}

/// A POST takes one's own proposal back.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/retention/destructions/{destruction}/taking-back", rejection(Error))]
pub struct ProposalTakenBack {
    /// The agency.
    pub agency: String,
    /// The proposal.
    pub destruction: DestructionId,
}

/// A POST decides.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/retention/destructions/{destruction}/decision", rejection(Error))]
pub struct DecisionOn {
    /// The agency.
    pub agency: String,
    /// The proposal.
    pub destruction: DestructionId,
}

/// A POST gives a body's word, or refuses it.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/retention/destructions/{destruction}/word", rejection(Error))]
pub struct WordOn {
    /// The agency.
    pub agency: String,
    /// The proposal.
    pub destruction: DestructionId,
}

/// The legal holds; a POST sets one.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/retention/holds", rejection(Error))]
pub struct Holds {
    /// The agency.
    pub agency: String,
}

/// The form that sets one.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/retention/holds/new", rejection(Error))]
pub struct NewHold {
    /// The agency.
    pub agency: String,
}

/// A hold.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/retention/holds/{hold}", rejection(Error))]
pub struct HoldPage {
    /// The agency.
    pub agency: String,
    /// The hold.
    pub hold: HoldId,
}

/// A POST confirms it, as a second person.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/retention/holds/{hold}/confirmation", rejection(Error))]
pub struct HoldConfirmation {
    /// The agency.
    pub agency: String,
    /// The hold.
    pub hold: HoldId,
}

/// A POST decides, as a second person, on the end that was proposed.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/retention/holds/{hold}/lifting/decision", rejection(Error))]
pub struct LiftingDecision {
    /// The agency.
    pub agency: String,
    /// The hold.
    pub hold: HoldId,
}

/// A POST proposes that it ends.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/retention/holds/{hold}/lifting", rejection(Error))]
pub struct Lifting {
    /// The agency.
    pub agency: String,
    /// The hold.
    pub hold: HoldId,
}

/// The schedule.
#[must_use]
pub fn retention(agency: &str) -> String {
    Retention { agency: agency.to_owned() }.to_string()
}

/// The rule of a kind.
#[must_use]
pub fn rule(agency: &str, kept: &str) -> String {
    RulePage { agency: agency.to_owned(), kept: kept.to_owned() }.to_string()
}

/// How long people who were invited are known.
#[must_use]
pub fn invited(agency: &str) -> String {
    InvitedPage { agency: agency.to_owned() }.to_string()
}

/// What of a kind is due.
#[must_use]
pub fn due(agency: &str, kept: &str) -> String {
    DuePage { agency: agency.to_owned(), kept: kept.to_owned() }.to_string()
}

/// A proposal.
#[must_use]
pub fn destruction(agency: &str, id: impl Into<DestructionId>) -> String {
    DestructionPage { agency: agency.to_owned(), destruction: id.into() }.to_string()
}

/// Where it is decided on.
#[must_use]
pub fn decision(agency: &str, id: impl Into<DestructionId>) -> String {
    DecisionOn { agency: agency.to_owned(), destruction: id.into() }.to_string()
}

/// Where it is taken back.
#[must_use]
pub fn proposal_taken_back(agency: &str, id: impl Into<DestructionId>) -> String {
    ProposalTakenBack { agency: agency.to_owned(), destruction: id.into() }.to_string()
}

/// Where a body's word goes.
#[must_use]
pub fn word(agency: &str, id: impl Into<DestructionId>) -> String {
    WordOn { agency: agency.to_owned(), destruction: id.into() }.to_string()
}

/// The legal holds.
#[must_use]
pub fn holds(agency: &str) -> String {
    Holds { agency: agency.to_owned() }.to_string()
}

/// The form of a new one.
#[must_use]
pub fn new_hold(agency: &str) -> String {
    NewHold { agency: agency.to_owned() }.to_string()
}

/// The same for one record.
#[must_use]
pub fn hold_on(agency: &str, record: impl Into<SubjectId>) -> String {
    format!("{}?record={}", new_hold(agency), record.into())
}

/// A hold.
#[must_use]
pub fn hold(agency: &str, id: impl Into<HoldId>) -> String {
    HoldPage { agency: agency.to_owned(), hold: id.into() }.to_string()
}

/// Where a second person confirms it.
#[must_use]
pub fn hold_confirmation(agency: &str, id: impl Into<HoldId>) -> String {
    HoldConfirmation { agency: agency.to_owned(), hold: id.into() }.to_string()
}

/// Where its end is decided on.
#[must_use]
pub fn lifting_decision(agency: &str, id: impl Into<HoldId>) -> String {
    LiftingDecision { agency: agency.to_owned(), hold: id.into() }.to_string()
}

/// Where its end is proposed.
#[must_use]
pub fn lifting(agency: &str, id: impl Into<HoldId>) -> String {
    Lifting { agency: agency.to_owned(), hold: id.into() }.to_string()
}
