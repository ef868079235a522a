//! Addresses of commitments.

use super::model::EvidenceId;
use crate::platform::{error::Error, ids::SubjectId};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// The list; a POST writes a promise down.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/commitments", rejection(Error))]
pub struct Commitments {
    /// The agency.
    pub agency: String,
}

/// The form for a new promise.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/commitments/new", rejection(Error))]
pub struct NewCommitment {
    /// The agency.
    pub agency: String,
}

/// One promise; a POST keeps its words and its day.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/commitments/{commitment}", rejection(Error))]
pub struct CommitmentPage {
    /// The agency.
    pub agency: String,
    /// The promise.
    pub commitment: SubjectId,
}

/// The form for its words and its day.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/commitments/{commitment}/edit", rejection(Error))]
pub struct EditCommitment {
    /// The agency.
    pub agency: String,
    /// The promise.
    pub commitment: SubjectId,
}

/// Whether a promise to oneself was kept, for the bearer of a line of the letter.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/word/{link}/promise", rejection(Error))]
pub struct LetterWord {
    /// The agency.
    pub agency: String,
    /// The link.
    pub link: uuid::Uuid,
}

/// The same, as an address.
#[must_use]
pub fn letter_word(agency: &str, link: &uuid::Uuid) -> String {
    LetterWord { agency: agency.to_owned(), link: *link }.to_string()
}

/// Whether somebody promised what was written down for them, for the bearer of a line of the letter.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/word/{link}/avowal", rejection(Error))]
pub struct LetterAvowal {
    /// The agency.
    pub agency: String,
    /// The link.
    pub link: uuid::Uuid,
}

/// The same, as an address.
#[must_use]
pub fn letter_avowal(agency: &str, link: &uuid::Uuid) -> String {
    LetterAvowal { agency: agency.to_owned(), link: *link }.to_string()
}

/// Who carries it out instead.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/commitments/{commitment}/delegate", rejection(Error))]
pub struct Delegate {
    /// The agency.
    pub agency: String,
    /// The promise.
    pub commitment: SubjectId,
}

/// Asks whoever is to carry it out; a POST keeps their word.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/commitments/{commitment}/delegation", rejection(Error))]
pub struct Delegation {
    /// The agency.
    pub agency: String,
    /// The promise.
    pub commitment: SubjectId,
}

/// Attaches a file that shows that it is done.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/commitments/{commitment}/evidence", rejection(Error))]
pub struct Attaching {
    /// The agency.
    pub agency: String,
    /// The promise.
    pub commitment: SubjectId,
}

/// Such a file.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/commitments/evidence/{evidence}", rejection(Error))]
pub struct EvidenceFile {
    /// The agency.
    pub agency: String,
    /// The file.
    pub evidence: EvidenceId,
}

/// Asks before it is taken off; a POST takes it off.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/commitments/evidence/{evidence}/delete", rejection(Error))]
pub struct NoEvidence {
    /// The agency.
    pub agency: String,
    /// The file.
    pub evidence: EvidenceId,
}

/// The report that it is done.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/commitments/{commitment}/report", rejection(Error))]
pub struct Report {
    /// The agency.
    pub agency: String,
    /// The promise.
    pub commitment: SubjectId,
}

/// The word of the one promised.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/commitments/{commitment}/word", rejection(Error))]
pub struct TheirWord {
    /// The agency.
    pub agency: String,
    /// The promise.
    pub commitment: SubjectId,
}

/// Who of the agency gives the word from now on.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/commitments/{commitment}/successor", rejection(Error))]
pub struct Successor {
    /// The agency.
    pub agency: String,
    /// The promise.
    pub commitment: SubjectId,
}

/// Asks the one who is said to have promised; a POST keeps their word.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/commitments/{commitment}/avowal", rejection(Error))]
pub struct OwnWord {
    /// The agency.
    pub agency: String,
    /// The promise.
    pub commitment: SubjectId,
}

/// The page that asks the one who is said to have promised.
#[must_use]
pub fn avowal(agency: &str, commitment: impl Into<SubjectId>) -> String {
    OwnWord { agency: agency.to_owned(), commitment: commitment.into() }.to_string()
}

/// The list.
#[must_use]
pub fn commitments(agency: &str) -> String {
    Commitments { agency: agency.to_owned() }.to_string()
}

/// The list, narrowed: `mine`, `to_us`, `my_word`, `late`, `waiting` or `kept`.
#[must_use]
pub fn shown(agency: &str, show: &str) -> String {
    crate::platform::paging::with_filters(&commitments(agency), &[("show", show)])
}

/// The list of what one person promised or carries.
#[must_use]
pub fn owned_by(agency: &str, member: impl std::fmt::Display) -> String {
    crate::platform::paging::with_filters(&commitments(agency), &[("owner", &member.to_string())])
}

/// The form for a new promise.
#[must_use]
pub fn new(agency: &str) -> String {
    NewCommitment { agency: agency.to_owned() }.to_string()
}

/// The form for a new step of a plan.
#[must_use]
pub fn new_step(agency: &str, plan: impl Into<SubjectId>) -> String {
    crate::platform::paging::with_filters(&new(agency), &[("plan", &plan.into().to_string())])
}

/// The form for a promise made in a session, an answer or any other record.
#[must_use]
pub fn new_promised_in(agency: &str, record: impl Into<SubjectId>) -> String {
    crate::platform::paging::with_filters(&new(agency), &[("promised_in", &record.into().to_string())])
}

/// One promise's page.
#[must_use]
pub fn commitment(agency: &str, commitment: impl Into<SubjectId>) -> String {
    CommitmentPage { agency: agency.to_owned(), commitment: commitment.into() }.to_string()
}

/// The form for its words and its day.
#[must_use]
pub fn edit(agency: &str, commitment: impl Into<SubjectId>) -> String {
    EditCommitment { agency: agency.to_owned(), commitment: commitment.into() }.to_string()
}

/// Who carries it out instead.
#[must_use]
pub fn delegate(agency: &str, commitment: impl Into<SubjectId>) -> String {
    Delegate { agency: agency.to_owned(), commitment: commitment.into() }.to_string()
}

/// Asks whoever is to carry it out.
#[must_use]
pub fn delegation(agency: &str, commitment: impl Into<SubjectId>) -> String {
    Delegation { agency: agency.to_owned(), commitment: commitment.into() }.to_string()
}

/// Attaches a file that shows that it is done.
#[must_use]
pub fn attaching(agency: &str, commitment: impl Into<SubjectId>) -> String {
    Attaching { agency: agency.to_owned(), commitment: commitment.into() }.to_string()
}

/// Such a file.
#[must_use]
pub fn evidence(agency: &str, evidence: impl Into<EvidenceId>) -> String {
    EvidenceFile { agency: agency.to_owned(), evidence: evidence.into() }.to_string()
}

/// Asks before it is taken off.
#[must_use]
pub fn no_evidence(agency: &str, evidence: impl Into<EvidenceId>) -> String {
    NoEvidence { agency: agency.to_owned(), evidence: evidence.into() }.to_string()
}

/// The report that it is done.
#[must_use]
pub fn report(agency: &str, commitment: impl Into<SubjectId>) -> String {
    Report { agency: agency.to_owned(), commitment: commitment.into() }.to_string()
}

/// The word of the one promised.
#[must_use]
pub fn word(agency: &str, commitment: impl Into<SubjectId>) -> String {
    TheirWord { agency: agency.to_owned(), commitment: commitment.into() }.to_string()
}

/// Who of the agency gives the word from now on.
#[must_use]
pub fn successor(agency: &str, commitment: impl Into<SubjectId>) -> String {
    Successor { agency: agency.to_owned(), commitment: commitment.into() }.to_string()
}
