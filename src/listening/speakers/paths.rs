//! Addresses of speakers: below their session.

use super::model::SpeakerId;
use crate::platform::{error::Error, ids::SubjectId};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// A session's speakers; a POST adds a card.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/sessions/{session}/speakers", rejection(Error))]
pub struct Speakers {
    /// The agency.
    pub agency: String,
    /// The session.
    pub session: SubjectId,
}

/// An empty card.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/sessions/{session}/speakers/new", rejection(Error))]
pub struct NewSpeaker {
    /// The agency.
    pub agency: String,
    /// The session.
    pub session: SubjectId,
}

/// One speaker's card; a POST keeps it.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/sessions/{session}/speakers/{speaker}", rejection(Error))]
pub struct SpeakerPage {
    /// The agency.
    pub agency: String,
    /// The session.
    pub session: SubjectId,
    /// The speaker.
    pub speaker: SpeakerId,
}

/// The form for one card.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/sessions/{session}/speakers/{speaker}/edit", rejection(Error))]
pub struct EditSpeaker {
    /// The agency.
    pub agency: String,
    /// The session.
    pub session: SubjectId,
    /// The speaker.
    pub speaker: SpeakerId,
}

/// How a speaker may be reached, set by the speaker.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/sessions/{session}/speakers/{speaker}/reach", rejection(Error))]
pub struct SpeakerReach {
    /// The agency.
    pub agency: String,
    /// The session.
    pub session: SubjectId,
    /// The speaker.
    pub speaker: SpeakerId,
}

/// An empty card to print.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/sessions/{session}/speakers/printed-card", rejection(Error))]
pub struct PrintedCard {
    /// The agency.
    pub agency: String,
    /// The session.
    pub session: SubjectId,
}

/// A link for the speaker, shown once; a POST makes it.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/sessions/{session}/speakers/{speaker}/link", rejection(Error))]
pub struct SpeakerLink {
    /// The agency.
    pub agency: String,
    /// The session.
    pub session: SubjectId,
    /// The speaker.
    pub speaker: SpeakerId,
}

/// Cards that speakers fill in on their own telephone; a POST makes one, with its link.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/sessions/{session}/speakers/own-cards", rejection(Error))]
pub struct OwnCards {
    /// The agency.
    pub agency: String,
    /// The session.
    pub session: SubjectId,
}

/// The card of whoever holds the link; a POST fills it in.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/return/card", rejection(Error))]
pub struct LinkCard {
    /// The agency.
    pub agency: String,
}

/// The speaker takes words back, as they told those on duty.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/sessions/{session}/speakers/{speaker}/withdrawal", rejection(Error))]
pub struct SpeakerWithdrawal {
    /// The agency.
    pub agency: String,
    /// The session.
    pub session: SubjectId,
    /// The speaker.
    pub speaker: SpeakerId,
}

/// A session's speakers.
#[must_use]
pub fn speakers(agency: &str, session: impl Into<SubjectId>) -> String {
    Speakers { agency: agency.to_owned(), session: session.into() }.to_string()
}

/// An empty card.
#[must_use]
pub fn new(agency: &str, session: impl Into<SubjectId>) -> String {
    NewSpeaker { agency: agency.to_owned(), session: session.into() }.to_string()
}

/// One speaker's card.
#[must_use]
pub fn speaker(agency: &str, session: impl Into<SubjectId>, speaker: impl Into<SpeakerId>) -> String {
    SpeakerPage { agency: agency.to_owned(), session: session.into(), speaker: speaker.into() }.to_string()
}

/// The form for one card.
#[must_use]
pub fn edit(agency: &str, session: impl Into<SubjectId>, speaker: impl Into<SpeakerId>) -> String {
    EditSpeaker { agency: agency.to_owned(), session: session.into(), speaker: speaker.into() }.to_string()
}

/// How a speaker may be reached.
#[must_use]
pub fn reach(agency: &str, session: impl Into<SubjectId>, speaker: impl Into<SpeakerId>) -> String {
    SpeakerReach { agency: agency.to_owned(), session: session.into(), speaker: speaker.into() }.to_string()
}

/// An empty card to print.
#[must_use]
pub fn printed_card(agency: &str, session: impl Into<SubjectId>) -> String {
    PrintedCard { agency: agency.to_owned(), session: session.into() }.to_string()
}

/// A link for the speaker.
#[must_use]
pub fn link(agency: &str, session: impl Into<SubjectId>, speaker: impl Into<SpeakerId>) -> String {
    SpeakerLink { agency: agency.to_owned(), session: session.into(), speaker: speaker.into() }.to_string()
}

/// The speaker takes words back, as they told those on duty.
#[must_use]
pub fn withdrawal(agency: &str, session: impl Into<SubjectId>, speaker: impl Into<SpeakerId>) -> String {
    SpeakerWithdrawal { agency: agency.to_owned(), session: session.into(), speaker: speaker.into() }.to_string()
}

/// Cards that speakers fill in on their own telephone.
#[must_use]
pub fn own_cards(agency: &str, session: impl Into<SubjectId>) -> String {
    OwnCards { agency: agency.to_owned(), session: session.into() }.to_string()
}

/// The card of whoever holds the link.
#[must_use]
pub fn link_card(agency: &str) -> String {
    LinkCard { agency: agency.to_owned() }.to_string()
}
