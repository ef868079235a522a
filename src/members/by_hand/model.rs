//! What waits to be told.

use chrono::{DateTime, Utc};

/// How much waits for somebody, who is to be told by hand.
#[derive(Debug)]
pub struct Waits {
    pub(in crate::members) count: i64,
    /// The oldest of it.
    pub(in crate::members) since: DateTime<Utc>,
    /// The newest of it: what comes later is not told yet.
    pub(in crate::members) until: DateTime<Utc>,
}

impl Waits {
    /// The newest moment as a form carries it.
    pub(in crate::members) fn until_text(&self) -> String {
        self.until.timestamp_micros().to_string()
    }
}
