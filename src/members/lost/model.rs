//! What was asked, and what its reader may do about it.

use crate::accounts::{LOST_HOLDS, LOST_WAITS};
use chrono::{DateTime, Utc};

/// Where a member's lost factors stand, for one reader.
#[derive(Debug, Clone)]
pub(super) struct Standing {
    /// A request that is not over.
    pub(super) asked: Option<Asked>,
    /// The reader may ask.
    pub(super) may_ask: bool,
    /// The reader may confirm what waits.
    pub(super) may_confirm: bool,
    /// Of a body's people, whose stewards confirm.
    pub(super) of_a_body: bool,
}

/// A request that is not over.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) id: uuid::Uuid,
    pub(super) by: String,
    pub(super) at: DateTime<Utc>,
    /// When a second person confirmed it.
    pub(super) confirmed_at: Option<DateTime<Utc>>,
}

impl Asked {
    /// From when on, and until when, it holds; once it is confirmed.
    pub(super) fn holds(&self) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        self.confirmed_at.map(|at| (at + LOST_WAITS, at + LOST_WAITS + LOST_HOLDS))
    }
}
