//! A lent duty.

use crate::platform::ids::MembershipId;
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;

labels! {
    /// What a director may lend.
    pub enum Duty {
        Answers = "answers", "Review answers that go out";
        Landscape = "landscape", "See how both sides rate every relationship";
        Outreach = "outreach", "Keep relationships in the director’s place";
    }
}

/// A duty lent, then or now.
#[derive(Debug, Deserialize)]
pub struct Lent {
    pub(super) id: uuid::Uuid,
    pub(super) duty: Duty,
    pub(super) lent_by: String,
    pub(super) lent_to: String,
    pub(super) reason: String,
    pub(super) until: NaiveDate,
    pub(super) created_at: DateTime<Utc>,
    pub(super) ended_at: Option<DateTime<Utc>>,
}

impl Lent {
    pub(super) fn holds_on(&self, day: NaiveDate) -> bool {
        self.ended_at.is_none() && self.until >= day
    }
}

/// A duty about to be lent.
#[derive(Debug)]
pub struct Lending {
    pub(super) duty: Duty,
    pub(super) to: MembershipId,
    pub(super) until: NaiveDate,
    pub(super) reason: String,
}
