//! A person who speaks for a partner.

use chrono::NaiveDate;

/// A representative as the list shows them.
#[derive(Debug, Clone)]
pub(super) struct Representative {
    pub(super) id: uuid::Uuid,
    pub(super) name: String,
    pub(super) position: String,
    pub(super) mandate: String,
    pub(super) may_bind: bool,
    pub(super) starts_on: NaiveDate,
    pub(super) ends_on: Option<NaiveDate>,
    pub(super) handover_note: String,
    pub(super) handed_over: bool,
    pub(super) version: i32,
}

impl Representative {
    /// In office on a day.
    pub(super) fn serves(&self, today: NaiveDate) -> bool {
        self.starts_on <= today && self.ends_on.is_none_or(|end| end >= today)
    }

    /// Gone, and nobody has taken over yet.
    pub(super) fn awaits_handover(&self, today: NaiveDate) -> bool {
        self.ends_on.is_some_and(|end| end < today) && !self.handed_over
    }
}

/// One, parsed.
#[derive(Debug)]
pub(super) struct NewRepresentative {
    pub(super) name: String,
    pub(super) position: String,
    pub(super) mandate: String,
    pub(super) may_bind: bool,
    pub(super) starts_on: NaiveDate,
    pub(super) ends_on: Option<NaiveDate>,
}
