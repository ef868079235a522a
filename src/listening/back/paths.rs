//! Addresses of what brings words back: below their session.

use crate::{
    listening::speakers::SpeakerId,
    platform::{error::Error, ids::SubjectId},
};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// Whom to reach, and how; a POST says until when they are asked.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/sessions/{session}/speakers/back", rejection(Error))]
pub struct Back {
    /// The agency.
    pub agency: String,
    /// The session.
    pub session: SubjectId,
}

/// The times that somebody tried to reach one speaker; a POST adds one.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/sessions/{session}/speakers/{speaker}/tries", rejection(Error))]
pub struct Tries {
    /// The agency.
    pub agency: String,
    /// The session.
    pub session: SubjectId,
    /// The speaker.
    pub speaker: SpeakerId,
}

/// One speaker's own words on paper.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/sessions/{session}/speakers/{speaker}/sheet", rejection(Error))]
pub struct SheetPage {
    /// The agency.
    pub agency: String,
    /// The session.
    pub session: SubjectId,
    /// The speaker.
    pub speaker: SpeakerId,
}

/// What a speaker adds, signed in: below their card.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/sessions/{session}/speakers/{speaker}/words", rejection(Error))]
pub struct OwnWords {
    /// The agency.
    pub agency: String,
    /// The session.
    pub session: SubjectId,
    /// The speaker.
    pub speaker: SpeakerId,
}

/// The same by their link.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/return/words", rejection(Error))]
pub struct ReturnWords {
    /// The agency.
    pub agency: String,
}

/// What a speaker adds, signed in.
#[must_use]
pub fn own_words(agency: &str, session: impl Into<SubjectId>, speaker: impl Into<SpeakerId>) -> String {
    OwnWords { agency: agency.to_owned(), session: session.into(), speaker: speaker.into() }.to_string()
}

/// The same by their link.
#[must_use]
pub fn link_words(agency: &str) -> String {
    ReturnWords { agency: agency.to_owned() }.to_string()
}

/// What those who spoke in a session let each other read, for a member: below their card.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/sessions/{session}/speakers/{speaker}/room", rejection(Error))]
pub struct OwnRoom {
    /// The agency.
    pub agency: String,
    /// The session.
    pub session: SubjectId,
    /// The speaker.
    pub speaker: SpeakerId,
}

/// The same by their link.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/return/room", rejection(Error))]
pub struct ReturnRoom {
    /// The agency.
    pub agency: String,
}

/// What those who spoke in a session let each other read, for a member.
#[must_use]
pub fn own_room(agency: &str, session: impl Into<SubjectId>, speaker: impl Into<SpeakerId>) -> String {
    OwnRoom { agency: agency.to_owned(), session: session.into(), speaker: speaker.into() }.to_string()
}

/// The same by their link.
#[must_use]
pub fn link_room(agency: &str) -> String {
    ReturnRoom { agency: agency.to_owned() }.to_string()
}

/// Whom to reach, and how.
#[must_use]
pub fn back(agency: &str, session: impl Into<SubjectId>) -> String {
    Back { agency: agency.to_owned(), session: session.into() }.to_string()
}

/// The times that somebody tried to reach one speaker.
#[must_use]
pub fn tries(agency: &str, session: impl Into<SubjectId>, speaker: impl Into<SpeakerId>) -> String {
    Tries { agency: agency.to_owned(), session: session.into(), speaker: speaker.into() }.to_string()
}

/// One speaker's own words on paper.
#[must_use]
pub fn sheet(agency: &str, session: impl Into<SubjectId>, speaker: impl Into<SpeakerId>) -> String {
    SheetPage { agency: agency.to_owned(), session: session.into(), speaker: speaker.into() }.to_string()
}
