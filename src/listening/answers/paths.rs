//! Addresses of what those who spoke are told: below their session, and below their link.

use super::model::AnswerId;
use crate::platform::{error::Error, ids::SubjectId};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// What those who spoke in a session were told; a POST tells them something.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/sessions/{session}/answers", rejection(Error))]
pub struct Answers {
    /// The agency.
    pub agency: String,
    /// The session.
    pub session: SubjectId,
}

/// A POST takes back what was told.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/sessions/{session}/answers/{answer}/delete", rejection(Error))]
pub struct NoAnswer {
    /// The agency.
    pub agency: String,
    /// The session.
    pub session: SubjectId,
    /// What was told.
    pub answer: AnswerId,
}

/// A speaker says by their link whether a promise was kept.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/return/answers/{answer}", rejection(Error))]
pub struct ReturnAnswer {
    /// The agency.
    pub agency: String,
    /// What they were told.
    pub answer: AnswerId,
}

/// The same signed in, on the page of what they said.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/statements/{statement}/answers/{answer}", rejection(Error))]
pub struct OwnAnswer {
    /// The agency.
    pub agency: String,
    /// The speaker’s own statement.
    pub statement: SubjectId,
    /// What they were told.
    pub answer: AnswerId,
}

/// What those who spoke in a session were told.
#[must_use]
pub fn answers(agency: &str, session: impl Into<SubjectId>) -> String {
    Answers { agency: agency.to_owned(), session: session.into() }.to_string()
}

/// Where what was told is taken back.
#[must_use]
pub fn no_answer(agency: &str, session: impl Into<SubjectId>, answer: impl Into<AnswerId>) -> String {
    NoAnswer { agency: agency.to_owned(), session: session.into(), answer: answer.into() }.to_string()
}

/// Where a speaker says whether a promise was kept.
#[must_use]
pub fn link_answer(agency: &str, answer: impl Into<AnswerId>) -> String {
    ReturnAnswer { agency: agency.to_owned(), answer: answer.into() }.to_string()
}

/// The same signed in.
#[must_use]
pub fn own_answer(agency: &str, statement: impl Into<SubjectId>, answer: impl Into<AnswerId>) -> String {
    OwnAnswer { agency: agency.to_owned(), statement: statement.into(), answer: answer.into() }.to_string()
}
