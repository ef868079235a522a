//! Addresses of absences.

use crate::platform::error::Error;
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// Who is away, and who stands in; a POST says that one is away.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/absences", rejection(Error))]
pub struct Absences {
    /// The agency.
    pub agency: String,
}

/// Whether one stands in: the question, and the answer.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/absences/{absence}/answer", rejection(Error))]
pub struct StandingIn {
    /// The agency.
    pub agency: String,
    /// The absence.
    pub absence: uuid::Uuid,
}

/// A POST ends an absence before its day.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/absences/{absence}/ending", rejection(Error))]
pub struct EndedAbsence {
    /// The agency.
    pub agency: String,
    /// The absence.
    pub absence: uuid::Uuid,
}

/// Who is away, and who stands in.
#[must_use]
pub fn absences(agency: &str) -> String {
    Absences { agency: agency.to_owned() }.to_string()
}

/// Where whoever was asked answers.
#[must_use]
pub fn standing_in(agency: &str, absence: &uuid::Uuid) -> String {
    StandingIn { agency: agency.to_owned(), absence: *absence }.to_string()
}

/// Where it is ended before its day.
#[must_use]
pub fn ended_absence(agency: &str, absence: &uuid::Uuid) -> String {
    EndedAbsence { agency: agency.to_owned(), absence: *absence }.to_string()
}
