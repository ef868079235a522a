//! What stands in a calendar, and what it is called there.

use crate::platform::calendar::{Event, When};
use chrono::{DateTime, Duration, NaiveDate, Utc};

/// What was is in it for so long.
pub(super) const BEHIND: Duration = Duration::days(30);
/// What comes is in it for so long ahead.
pub(super) const AHEAD: Duration = Duration::days(400);

labels! {
    /// What stands in it; each with what anybody may read over one's shoulder.
    pub enum Kept {
        Meeting = "meeting", "Meeting";
        Due = "due", "Something is due";
    }
}

/// One row of it.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) id: uuid::Uuid,
    pub(super) kept: Kept,
    pub(super) starts_at: Option<DateTime<Utc>>,
    pub(super) due_on: Option<NaiveDate>,
    pub(super) minutes: i32,
    pub(super) zone: String,
    pub(super) place: String,
    pub(super) sequence: i32,
    pub(super) told_at: DateTime<Utc>,
    pub(super) off: bool,
}

impl Entry {
    /// As a calendar has it; nothing where it has no time.
    pub(super) fn event(self) -> Option<Event> {
        use crate::platform::labels::Label as _;
        let zone = self.zone.parse().unwrap_or(chrono_tz::Tz::UTC);
        let when = match (self.starts_at, self.due_on) {
            (Some(begins), _) => When::Hours { begins, minutes: self.minutes, zone },
            (None, Some(day)) => When::Day(day),
            (None, None) => return None,
        };
        let (subject, sequence, told_at, off) = (self.kept.label(), self.sequence, self.told_at, self.off);
        Some(Event { id: self.id, subject, when, place: self.place, sequence, told_at, off })
    }
}
