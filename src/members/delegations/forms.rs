//! The form that lends a duty, as typed.

use super::model::Lending;
use crate::platform::form::Problems;
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// Lending a duty.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct LendForm {
    pub(super) duty: String,
    pub(super) to: String,
    pub(super) until: String,
    pub(super) reason: String,
}

impl LendForm {
    pub(super) fn parse(&self, today: NaiveDate) -> Result<Lending, Problems> {
        let mut p = Problems::default();
        let lending = Lending {
            duty: p.one_of("duty", &self.duty, "Choose the duty"),
            to: p.id("to", &self.to, "Choose to whom"),
            until: p.day("until", &self.until, "Enter the last day"),
            reason: p.prose("reason", &self.reason, 500, "Enter why you lend it"),
        };
        let latest = today.checked_add_days(Days::new(366)).unwrap_or(today);
        if lending.until < today || lending.until > latest {
            p.add("until", "Enter a last day within the coming year");
        }
        p.or(lending)
    }
}

/// Opening the landscape to somebody, or closing it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct LandscapeForm {
    pub(super) open: String,
}
