//! What a session is and in which order its states follow.

use crate::platform::ids::{PartnerId, SubjectId};
use chrono::{DateTime, Utc};

labels! {
    /// Where a session stands.
    pub enum State {
        Planned = "planned", "planned";
        Announced = "announced", "announced";
        Held = "held", "held";
        WithSpeakers = "with_speakers", "with the speakers";
        Confirmed = "confirmed", "confirmed";
        Closed = "closed", "closed";
        Cancelled = "cancelled", "cancelled";
    }
}

labels! {
    /// How a session is recorded; chosen before it.
    pub enum Recording {
        Notes = "notes", "Notes with consent";
        Summary = "summary", "Summary only";
        None = "none", "No notes";
    }
}

/// What others need to know of a session.
#[derive(Debug, Clone)]
pub struct Brief {
    /// Its id.
    pub id: SubjectId,
    /// What it is called.
    pub title: String,
    /// With which community.
    pub community: String,
    /// The body that hosts it with the agency.
    pub cohost: Option<PartnerId>,
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// The zone of its place, as IANA text.
    pub zone: String,
    /// Where it stands.
    pub state: State,
    /// How it is recorded.
    pub recording: Recording,
    /// Whether the reporting notice was read aloud and noted.
    pub notice_read: bool,
    /// Whether it was stopped so that somebody could get help.
    pub stopped: bool,
}

impl Brief {
    /// Whether words may be written down now: notes were agreed, the notice was read, and the session is under way or held.
    #[must_use]
    pub fn takes_words(&self) -> bool {
        self.recording == Recording::Notes && self.notice_read && matches!(self.state, State::Announced | State::Held | State::WithSpeakers)
    }
}
