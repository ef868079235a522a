//! Addresses of sessions.

use crate::platform::{error::Error, ids::SubjectId};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// The list; a POST plans a session.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/sessions", rejection(Error))]
pub struct Sessions {
    /// The agency.
    pub agency: String,
}

/// One session; a POST keeps its plan.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/sessions/{session}", rejection(Error))]
pub struct SessionPage {
    /// The agency.
    pub agency: String,
    /// The session.
    pub session: SubjectId,
}

/// The page that is open in the room while people speak.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/sessions/{session}/room", rejection(Error))]
pub struct Room {
    /// The agency.
    pub agency: String,
    /// The session.
    pub session: SubjectId,
}

/// The list.
#[must_use]
pub fn sessions(agency: &str) -> String {
    Sessions { agency: agency.to_owned() }.to_string()
}

/// One session's page.
#[must_use]
pub fn session(agency: &str, session: impl Into<SubjectId>) -> String {
    SessionPage { agency: agency.to_owned(), session: session.into() }.to_string()
}

/// The room of one session.
#[must_use]
pub fn room(agency: &str, session: impl Into<SubjectId>) -> String {
    Room { agency: agency.to_owned(), session: session.into() }.to_string()
}
