//! A day on which the agency is closed, as typed, and holidays that were chosen.

use super::model::{Holiday, federal};
use crate::platform::form::Problems;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// One day.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct DayForm {
    pub(super) day: String,
    pub(super) name: String,
}

impl DayForm {
    /// The day, which is still ahead, and what it is called.
    pub(super) fn parse(&self, today: NaiveDate) -> Result<(NaiveDate, String), Problems> {
        let mut p = Problems::default();
        let day = p.day("day", &self.day, "Enter the day on which you are closed");
        if day < today && p.of("day").is_none() {
            p.add("day", "Enter today or a later day: clocks that ran before stay as they were");
        }
        let name = p.text("name", &self.name, 100, "Enter why you are closed, such as the name of the holiday");
        p.or((day, name))
    }
}

/// Federal holidays of a year.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct HolidaysForm {
    pub(super) year: String,
    pub(super) days: Vec<String>,
}

impl HolidaysForm {
    /// The holidays that were chosen.
    pub(super) fn parse(&self, today: NaiveDate) -> Result<Vec<Holiday>, Problems> {
        let mut p = Problems::default();
        let offered = offered(&self.year, today).1;
        let chosen: Vec<Holiday> = offered.into_iter().filter(|one| self.days.contains(&one.day.to_string())).collect();
        if chosen.is_empty() {
            p.add("days", "Choose the days on which you are closed");
        }
        p.or(chosen)
    }
}

/// The year that is offered, this one or one of the next five, and its holidays that are not over.
pub(super) fn offered(typed: &str, today: NaiveDate) -> (i32, Vec<Holiday>) {
    use chrono::Datelike as _;
    let this = today.year();
    let year = typed.trim().parse().ok().filter(|year| (this..=this + 5).contains(year)).unwrap_or(this);
    (year, federal(year).into_iter().filter(|one| one.day >= today).collect())
}
