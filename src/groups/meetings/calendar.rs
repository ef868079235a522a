//! The calendar file of a meeting.

use super::model::{Meeting, State};
use crate::platform::calendar::{self, Event, When};

/// The file.
pub(super) fn file(of: &Meeting) -> String {
    let when = When::Hours { begins: of.starts_at, minutes: of.minutes, zone: of.tz() };
    let (sequence, told_at, off) = (of.sequence, of.told_at, of.state == State::Cancelled);
    calendar::file(&Event { id: of.id.0, subject: "Meeting", when, place: of.place.clone(), sequence, told_at, off }, None)
}
