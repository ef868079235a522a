//! The calendar file of a meeting, and of all that a group has ahead.

use super::model::{Dated, Meeting, State};
use crate::platform::calendar::{self, Event, When};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;

/// The file.
pub(super) fn file(of: &Meeting) -> String {
    let when = When::Hours { begins: of.starts_at, minutes: of.minutes, zone: of.tz() };
    let (sequence, told_at, off) = (of.sequence, of.told_at, of.state == State::Cancelled);
    calendar::file(&Event { id: of.id.0, subject: "Meeting", when, place: of.place.clone(), sequence, told_at, off }, None)
}

/// The file of all these; one that was called off says so. `zone`: the agency's.
pub(super) fn all(of: &[Dated], zone: Tz, now: DateTime<Utc>) -> String {
    let event = |one: &Dated| Event {
        id: one.id.0,
        subject: "Meeting",
        when: When::Hours { begins: one.starts_at, minutes: one.minutes, zone: one.zone.parse().unwrap_or(zone) },
        place: one.place.clone(),
        sequence: one.sequence,
        told_at: one.told_at,
        off: one.off,
    };
    calendar::feed(&of.iter().map(event).collect::<Vec<_>>(), zone, now)
}
