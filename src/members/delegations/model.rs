//! A lent duty.

use crate::platform::{ids::MembershipId, words};
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

/// A duty that ends today or tomorrow, or did while nobody could be told.
#[derive(Debug)]
pub(super) struct Ending {
    pub(super) id: uuid::Uuid,
    pub(super) duty: Duty,
    pub(super) until: NaiveDate,
    pub(super) lent_by: MembershipId,
    pub(super) lent_to: MembershipId,
    pub(super) lender: String,
    pub(super) holder: String,
    /// It ran for more than a week, and nobody was told the evening before.
    pub(super) has_eve: bool,
}

impl Ending {
    /// What is said now of when it ends, and whether that is the evening before; nothing while it is too early.
    pub(super) fn said_on(&self, today: NaiveDate, is_evening: bool) -> Option<(String, bool)> {
        match self.until {
            day if day == today => Some(("ends today".to_owned(), false)),
            day if day < today => Some((format!("ended on {}", words::day(day)), false)),
            day if Some(day) == today.succ_opt() && self.has_eve && is_evening => Some(("ends tomorrow".to_owned(), true)),
            _ => None,
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_said_on_the_last_day_and_for_a_long_one_the_evening_before() {
        let day = |number| NaiveDate::from_ymd_opt(2026, 3, number).unwrap();
        let ending = |has_eve| Ending {
            id: uuid::Uuid::nil(),
            duty: Duty::Answers,
            until: day(10),
            lent_by: MembershipId::fresh(),
            lent_to: MembershipId::fresh(),
            lender: String::new(),
            holder: String::new(),
            has_eve,
        };
        let said = |one: &Ending, on, evening| one.said_on(day(on), evening).map(|(said, _)| said);
        assert_eq!(said(&ending(true), 8, true), None);
        assert_eq!(said(&ending(true), 9, false), None);
        assert_eq!(said(&ending(true), 9, true).as_deref(), Some("ends tomorrow"));
        assert_eq!(said(&ending(false), 9, true), None, "a short one says nothing before its last day");
        assert_eq!(said(&ending(false), 10, false).as_deref(), Some("ends today"));
        assert_eq!(said(&ending(true), 12, false).as_deref(), Some("ended on 10 March 2026"));
    }
}
