//! Addresses of questions about who sees what.

use super::model::QuestionId;
use crate::platform::{error::Error, ids::SubjectId};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// The form; a POST asks.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/who-sees", rejection(Error))]
pub struct WhoSees {
    /// The agency.
    pub agency: String,
}

/// The answer.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/who-sees/{sight_question}", rejection(Error))]
pub struct AnswerPage {
    /// The agency.
    pub agency: String,
    /// The question.
    pub sight_question: QuestionId,
}

/// The form.
#[must_use]
pub fn who_sees(agency: &str) -> String {
    WhoSees { agency: agency.to_owned() }.to_string()
}

/// The form about one record.
#[must_use]
pub fn who_sees_it(agency: &str, record: impl Into<SubjectId>) -> String {
    format!("{}?record={}", who_sees(agency), record.into())
}

/// The answer.
#[must_use]
pub fn answer(agency: &str, question: impl Into<QuestionId>) -> String {
    AnswerPage { agency: agency.to_owned(), sight_question: question.into() }.to_string()
}
