//! Addresses of invitations.

use super::model::{InviteeId, TimeId};
use crate::platform::{error::Error, ids::SubjectId};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// Who is invited; a POST invites more.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/sessions/{session}/invitees", rejection(Error))]
pub struct Invitees {
    /// The agency.
    pub agency: String,
    /// The session.
    pub session: SubjectId,
}

/// One of them; a POST corrects how they are reached, and asks them again.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/sessions/{session}/invitees/{invitee}", rejection(Error))]
pub struct InviteePage {
    /// The agency.
    pub agency: String,
    /// The session.
    pub session: SubjectId,
    /// Who is invited.
    pub invitee: InviteeId,
}

/// A POST makes a link that is handed over.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/sessions/{session}/invitees/{invitee}/link", rejection(Error))]
pub struct HandLink {
    /// The agency.
    pub agency: String,
    /// The session.
    pub session: SubjectId,
    /// Who is invited.
    pub invitee: InviteeId,
}

/// A POST writes down what they said otherwise.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/sessions/{session}/invitees/{invitee}/reply", rejection(Error))]
pub struct ToldReply {
    /// The agency.
    pub agency: String,
    /// The session.
    pub session: SubjectId,
    /// Who is invited.
    pub invitee: InviteeId,
}

/// A POST takes them off the list.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/sessions/{session}/invitees/{invitee}/delete", rejection(Error))]
pub struct DropInvitee {
    /// The agency.
    pub agency: String,
    /// The session.
    pub session: SubjectId,
    /// Who is invited.
    pub invitee: InviteeId,
}

/// The own invitation of somebody who signs in; a POST answers it.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/sessions/{session}/reply", rejection(Error))]
pub struct OwnReply {
    /// The agency.
    pub agency: String,
    /// The session.
    pub session: SubjectId,
}

/// A session’s calendar file.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/sessions/{session}/calendar", rejection(Error))]
pub struct SessionCalendar {
    /// The agency.
    pub agency: String,
    /// The session.
    pub session: SubjectId,
}

/// The invitation that a link shows; a POST answers it.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/reply", rejection(Error))]
pub struct Reply {
    /// The agency.
    pub agency: String,
}

/// Its calendar file.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/reply/calendar", rejection(Error))]
pub struct ReplyCalendar {
    /// The agency.
    pub agency: String,
}

/// A link as it is handed out.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/reply/{token}", rejection(Error))]
pub struct ReplyToken {
    /// The agency.
    pub agency: String,
    /// Its secret.
    pub token: String,
}

/// When and where is asked about before it is announced; a POST adds a time and place.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/sessions/{session}/times", rejection(Error))]
pub struct Times {
    /// The agency.
    pub agency: String,
    /// The session.
    pub session: SubjectId,
}

/// A POST asks everybody who is on the list.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/sessions/{session}/times/asking", rejection(Error))]
pub struct AskTimes {
    /// The agency.
    pub agency: String,
    /// The session.
    pub session: SubjectId,
}

/// A POST makes it the session’s time and place.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/sessions/{session}/times/{time}/choice", rejection(Error))]
pub struct TakeTime {
    /// The agency.
    pub agency: String,
    /// The session.
    pub session: SubjectId,
    /// The time and place.
    pub time: TimeId,
}

/// A POST takes it back.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/sessions/{session}/times/{time}/delete", rejection(Error))]
pub struct DropTime {
    /// The agency.
    pub agency: String,
    /// The session.
    pub session: SubjectId,
    /// The time and place.
    pub time: TimeId,
}

/// A POST says by a link which would suit.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/reply/times", rejection(Error))]
pub struct ReplyTimes {
    /// The agency.
    pub agency: String,
}

/// Who is invited; a POST invites more.
#[must_use]
pub fn invitees(agency: &str, session: impl Into<SubjectId>) -> String {
    Invitees { agency: agency.to_owned(), session: session.into() }.to_string()
}

/// One of them; a POST corrects how they are reached, and asks them again.
#[must_use]
pub fn invitee(agency: &str, session: impl Into<SubjectId>, invitee: impl Into<InviteeId>) -> String {
    InviteePage { agency: agency.to_owned(), session: session.into(), invitee: invitee.into() }.to_string()
}

/// A POST makes a link that is handed over.
#[must_use]
pub fn hand_link(agency: &str, session: impl Into<SubjectId>, invitee: impl Into<InviteeId>) -> String {
    HandLink { agency: agency.to_owned(), session: session.into(), invitee: invitee.into() }.to_string()
}

/// A POST writes down what they said otherwise.
#[must_use]
pub fn told_reply(agency: &str, session: impl Into<SubjectId>, invitee: impl Into<InviteeId>) -> String {
    ToldReply { agency: agency.to_owned(), session: session.into(), invitee: invitee.into() }.to_string()
}

/// A POST takes them off the list.
#[must_use]
pub fn drop_invitee(agency: &str, session: impl Into<SubjectId>, invitee: impl Into<InviteeId>) -> String {
    DropInvitee { agency: agency.to_owned(), session: session.into(), invitee: invitee.into() }.to_string()
}

/// The own invitation of somebody who signs in; a POST answers it.
#[must_use]
pub fn own_reply(agency: &str, session: impl Into<SubjectId>) -> String {
    OwnReply { agency: agency.to_owned(), session: session.into() }.to_string()
}

/// Whether somebody comes, for the bearer of a line of the letter about what waits.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/word/{link}/reply", rejection(Error))]
pub struct LetterReply {
    /// The agency.
    pub agency: String,
    /// The link.
    pub link: uuid::Uuid,
}

/// The same, as an address.
#[must_use]
pub fn letter_reply(agency: &str, link: &uuid::Uuid) -> String {
    LetterReply { agency: agency.to_owned(), link: *link }.to_string()
}

/// A session’s calendar file.
#[must_use]
pub fn session_calendar(agency: &str, session: impl Into<SubjectId>) -> String {
    SessionCalendar { agency: agency.to_owned(), session: session.into() }.to_string()
}

/// The invitation that a link shows; a POST answers it.
#[must_use]
pub fn reply(agency: &str) -> String {
    Reply { agency: agency.to_owned() }.to_string()
}

/// Its calendar file.
#[must_use]
pub fn reply_calendar(agency: &str) -> String {
    ReplyCalendar { agency: agency.to_owned() }.to_string()
}

/// A link as it is handed out.
#[must_use]
pub fn reply_token(agency: &str, token: &str) -> String {
    ReplyToken { agency: agency.to_owned(), token: token.to_owned() }.to_string()
}

/// When and where is asked about before it is announced; a POST adds a time and place.
#[must_use]
pub fn times(agency: &str, session: impl Into<SubjectId>) -> String {
    Times { agency: agency.to_owned(), session: session.into() }.to_string()
}

/// A POST asks everybody who is on the list.
#[must_use]
pub fn ask_times(agency: &str, session: impl Into<SubjectId>) -> String {
    AskTimes { agency: agency.to_owned(), session: session.into() }.to_string()
}

/// A POST makes it the session’s time and place.
#[must_use]
pub fn take_time(agency: &str, session: impl Into<SubjectId>, time: impl Into<TimeId>) -> String {
    TakeTime { agency: agency.to_owned(), session: session.into(), time: time.into() }.to_string()
}

/// A POST takes it back.
#[must_use]
pub fn drop_time(agency: &str, session: impl Into<SubjectId>, time: impl Into<TimeId>) -> String {
    DropTime { agency: agency.to_owned(), session: session.into(), time: time.into() }.to_string()
}

/// A POST says by a link which would suit.
#[must_use]
pub fn reply_times(agency: &str) -> String {
    ReplyTimes { agency: agency.to_owned() }.to_string()
}
