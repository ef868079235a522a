//! Addresses of meetings.

use crate::platform::{error::Error, ids::SubjectId};
use axum_extra::routing::TypedPath;
use serde::Deserialize;
use uuid::Uuid;

/// The list; a POST plans a meeting.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/meetings", rejection(Error))]
pub struct Meetings {
    /// The agency.
    pub agency: String,
}

/// The form for a new meeting.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/meetings/new", rejection(Error))]
pub struct NewMeeting {
    /// The agency.
    pub agency: String,
}

/// One meeting; a POST keeps its plan.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/meetings/{meeting}", rejection(Error))]
pub struct MeetingPage {
    /// The agency.
    pub agency: String,
    /// The meeting.
    pub meeting: SubjectId,
}

/// The form for one meeting.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/meetings/{meeting}/edit", rejection(Error))]
pub struct EditMeeting {
    /// The agency.
    pub agency: String,
    /// The meeting.
    pub meeting: SubjectId,
}

/// Its calendar file.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/meetings/{meeting}/calendar", rejection(Error))]
pub struct Calendar {
    /// The agency.
    pub agency: String,
    /// The meeting.
    pub meeting: SubjectId,
}

/// The calendar file of all meetings of a group that lie ahead.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/groups/{group}/calendar", rejection(Error))]
pub struct GroupCalendar {
    /// The agency.
    pub agency: String,
    /// The group.
    pub group: SubjectId,
}

/// The form for an item of the agenda; a POST adds it.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/meetings/{meeting}/agenda", rejection(Error))]
pub struct Agenda {
    /// The agency.
    pub agency: String,
    /// The meeting.
    pub meeting: SubjectId,
}

/// Takes an item away.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/meetings/{meeting}/agenda/{item}/delete", rejection(Error))]
pub struct DropItem {
    /// The agency.
    pub agency: String,
    /// The meeting.
    pub meeting: SubjectId,
    /// The item.
    pub item: Uuid,
}

/// Whether the agenda is published and stays as it is.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/meetings/{meeting}/publication", rejection(Error))]
pub struct Publication {
    /// The agency.
    pub agency: String,
    /// The meeting.
    pub meeting: SubjectId,
}

/// Why it is called off; a POST calls it off.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/meetings/{meeting}/cancellation", rejection(Error))]
pub struct Cancellation {
    /// The agency.
    pub agency: String,
    /// The meeting.
    pub meeting: SubjectId,
}

/// Who came and what was talked about; a POST keeps it.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/meetings/{meeting}/minutes", rejection(Error))]
pub struct Minutes {
    /// The agency.
    pub agency: String,
    /// The meeting.
    pub meeting: SubjectId,
}

/// The form for a decision; a POST adds it.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/meetings/{meeting}/decisions", rejection(Error))]
pub struct Decisions {
    /// The agency.
    pub agency: String,
    /// The meeting.
    pub meeting: SubjectId,
}

/// Takes a decision out of the minutes.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/meetings/{meeting}/decisions/{decision}/delete", rejection(Error))]
pub struct DropDecision {
    /// The agency.
    pub agency: String,
    /// The meeting.
    pub meeting: SubjectId,
    /// The decision.
    pub decision: Uuid,
}

/// The form for what goes up to another group; a POST sends it.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/meetings/{meeting}/sent-up", rejection(Error))]
pub struct SendUp {
    /// The agency.
    pub agency: String,
    /// The meeting.
    pub meeting: SubjectId,
}

/// What came back; a POST says it.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/meetings/{meeting}/sent-up/{sent}", rejection(Error))]
pub struct CameBack {
    /// The agency.
    pub agency: String,
    /// The meeting.
    pub meeting: SubjectId,
    /// What went up.
    pub sent: Uuid,
}

/// Whether the minutes go to the other side to be confirmed.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/meetings/{meeting}/minutes/sending", rejection(Error))]
pub struct SendMinutes {
    /// The agency.
    pub agency: String,
    /// The meeting.
    pub meeting: SubjectId,
}

/// The other side’s word on the minutes.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/meetings/{meeting}/minutes/word", rejection(Error))]
pub struct MinutesWord {
    /// The agency.
    pub agency: String,
    /// The meeting.
    pub meeting: SubjectId,
}

/// A chair’s word on minutes, for the bearer of a line of the letter.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/word/{link}/minutes", rejection(Error))]
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

/// The list.
#[must_use]
pub fn meetings(agency: &str) -> String {
    Meetings { agency: agency.to_owned() }.to_string()
}

/// The form for a new meeting.
#[must_use]
pub fn new(agency: &str) -> String {
    NewMeeting { agency: agency.to_owned() }.to_string()
}

/// One meeting’s page.
#[must_use]
pub fn meeting(agency: &str, meeting: impl Into<SubjectId>) -> String {
    MeetingPage { agency: agency.to_owned(), meeting: meeting.into() }.to_string()
}

/// The form for one meeting.
#[must_use]
pub fn edit(agency: &str, meeting: impl Into<SubjectId>) -> String {
    EditMeeting { agency: agency.to_owned(), meeting: meeting.into() }.to_string()
}

/// Its calendar file.
#[must_use]
pub fn calendar(agency: &str, meeting: impl Into<SubjectId>) -> String {
    Calendar { agency: agency.to_owned(), meeting: meeting.into() }.to_string()
}

/// The calendar file of all meetings of a group that lie ahead.
#[must_use]
pub fn group_calendar(agency: &str, group: impl Into<SubjectId>) -> String {
    GroupCalendar { agency: agency.to_owned(), group: group.into() }.to_string()
}

/// The form for an item of the agenda.
#[must_use]
pub fn agenda(agency: &str, meeting: impl Into<SubjectId>) -> String {
    Agenda { agency: agency.to_owned(), meeting: meeting.into() }.to_string()
}

/// Takes an item away.
#[must_use]
pub fn drop_item(agency: &str, meeting: impl Into<SubjectId>, item: impl std::borrow::Borrow<Uuid>) -> String {
    DropItem { agency: agency.to_owned(), meeting: meeting.into(), item: *item.borrow() }.to_string()
}

/// The question whether the agenda is published.
#[must_use]
pub fn publication(agency: &str, meeting: impl Into<SubjectId>) -> String {
    Publication { agency: agency.to_owned(), meeting: meeting.into() }.to_string()
}

/// The form that calls it off.
#[must_use]
pub fn cancellation(agency: &str, meeting: impl Into<SubjectId>) -> String {
    Cancellation { agency: agency.to_owned(), meeting: meeting.into() }.to_string()
}

/// The form for who came and what was talked about.
#[must_use]
pub fn minutes(agency: &str, meeting: impl Into<SubjectId>) -> String {
    Minutes { agency: agency.to_owned(), meeting: meeting.into() }.to_string()
}

/// The form for a decision.
#[must_use]
pub fn decisions(agency: &str, meeting: impl Into<SubjectId>) -> String {
    Decisions { agency: agency.to_owned(), meeting: meeting.into() }.to_string()
}

/// The question whether a decision is taken out.
#[must_use]
pub fn drop_decision(agency: &str, meeting: impl Into<SubjectId>, decision: impl std::borrow::Borrow<Uuid>) -> String {
    DropDecision { agency: agency.to_owned(), meeting: meeting.into(), decision: *decision.borrow() }.to_string()
}

/// The form for what goes up.
#[must_use]
pub fn send_up(agency: &str, meeting: impl Into<SubjectId>) -> String {
    SendUp { agency: agency.to_owned(), meeting: meeting.into() }.to_string()
}

/// The form for what came back.
#[must_use]
pub fn came_back(agency: &str, meeting: impl Into<SubjectId>, sent: impl std::borrow::Borrow<Uuid>) -> String {
    CameBack { agency: agency.to_owned(), meeting: meeting.into(), sent: *sent.borrow() }.to_string()
}

/// The question whether the minutes are sent.
#[must_use]
pub fn sending(agency: &str, meeting: impl Into<SubjectId>) -> String {
    SendMinutes { agency: agency.to_owned(), meeting: meeting.into() }.to_string()
}

/// The form for the other side’s word.
#[must_use]
pub fn word(agency: &str, meeting: impl Into<SubjectId>) -> String {
    MinutesWord { agency: agency.to_owned(), meeting: meeting.into() }.to_string()
}

/// The form for a new meeting of a group.
#[must_use]
pub fn new_of(agency: &str, group: impl Into<SubjectId>) -> String {
    crate::platform::paging::with_filters(&new(agency), &[("group", group.into().to_string().as_str())])
}

/// The meetings of a group.
#[must_use]
pub fn of_group(agency: &str, group: impl Into<SubjectId>) -> String {
    crate::platform::paging::with_filters(&meetings(agency), &[("group", group.into().to_string().as_str())])
}
