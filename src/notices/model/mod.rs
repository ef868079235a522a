//! What a notice is.

mod wishes;

pub(super) use wishes::{Hours, Pace, Quiet, Topic, When, Wishes, zone_of};

use chrono::{DateTime, Utc};

/// The kind of a letter about a notice.
pub(super) const NOTICE: &str = "notice";

/// The kind of a letter that says together what was told meanwhile.
pub(super) const COLLECTED: &str = "collected_news";

/// What somebody is told.
#[derive(Debug, Clone)]
pub struct Notice {
    /// Of which kind it is: a name of the house, in small letters and low lines.
    pub kind: &'static str,
    /// One sentence without a full stop: who did what, never what a record says. At most 500 characters.
    pub said: String,
    /// Where it leads: an address of ours that the person may open.
    pub path: String,
}

impl Notice {
    /// The record to which it leads, if it is one.
    pub(super) fn record(&self) -> Option<uuid::Uuid> {
        self.path.split(['/', '?', '#']).rev().find_map(|part| part.parse().ok())
    }
}

/// A notice as its reader finds it.
#[derive(Debug, Clone)]
pub struct Told {
    /// Its id.
    pub id: uuid::Uuid,
    /// What was said.
    pub said: String,
    /// Where it leads.
    pub path: String,
    /// Since when.
    pub made_at: DateTime<Utc>,
    /// It was marked as read.
    pub is_read: bool,
    /// What the promise says of which it is, as far as its reader may see it now. No letter says it.
    pub about: Option<String>,
}

/// What a first page shows of the notices that were not read: the latest few, and how many there are.
#[derive(Debug, Clone, Default)]
pub struct Unread {
    /// The latest.
    pub few: Vec<Told>,
    /// All of them.
    pub all: i64,
    /// The moment up to which they stand here: what came later stays unread.
    pub until: Option<DateTime<Utc>>,
}

impl Unread {
    /// The moment as a form carries it.
    #[must_use]
    pub fn until_text(&self) -> String {
        self.until.map(|at| at.timestamp_micros().to_string()).unwrap_or_default()
    }
}
