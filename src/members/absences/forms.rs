//! The forms of an absence, as typed. Why somebody is away is asked nowhere.

use super::model::{NewAbsence, Takes};
use crate::platform::form::Problems;
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// Saying that one is away.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct AbsenceForm {
    pub(super) deputy: String,
    pub(super) from: String,
    pub(super) until: String,
}

impl AbsenceForm {
    pub(super) fn parse(&self, today: NaiveDate) -> Result<NewAbsence, Problems> {
        let mut p = Problems::default();
        let new = NewAbsence {
            deputy: p.id("deputy", &self.deputy, "Choose who stands in for you"),
            from_on: p.day("from", &self.from, "Enter the first day on which you are away"),
            until: p.day("until", &self.until, "Enter the last day on which you are away"),
        };
        let year_from = |day: NaiveDate| day.checked_add_days(Days::new(366)).unwrap_or(day);
        if p.of("from").is_none() && (new.from_on < today || new.from_on > year_from(today)) {
            p.add("from", "Enter a first day from today on, within the coming year");
        }
        if p.of("from").is_none() && p.of("until").is_none() && (new.until < new.from_on || new.until > year_from(new.from_on)) {
            p.add("until", "Enter a last day that is not before the first one, within a year of it");
        }
        p.or(new)
    }
}

/// The word of whoever was asked.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct TakesForm {
    pub(super) word: String,
}

impl TakesForm {
    pub(super) fn parse(&self) -> Result<Takes, Problems> {
        let mut p = Problems::default();
        let word = p.one_of("word", &self.word, "Choose whether you stand in");
        p.or(word)
    }
}
