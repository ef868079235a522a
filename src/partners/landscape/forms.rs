//! The form of a rating, as typed.

use crate::platform::form::{Problems, ticked};
use serde::{Deserialize, Serialize};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct RatingForm {
    pub(super) value: String,
    pub(super) note: String,
    pub(super) kept: String,
}

/// A rating, parsed.
#[derive(Debug)]
pub(super) struct NewRating {
    pub(super) value: i16,
    pub(super) note: String,
    pub(super) kept: bool,
}

impl RatingForm {
    /// `steps`: how many steps the agency's scale has.
    pub(super) fn parse(&self, steps: usize) -> Result<NewRating, Problems> {
        let mut p = Problems::default();
        let value = self.value.parse::<i16>().ok().filter(|value| *value >= 1 && usize::try_from(*value).is_ok_and(|value| value <= steps));
        if value.is_none() {
            p.add("value", "Choose how the relationship works");
        }
        let note = p.optional_prose("note", &self.note, 2000);
        p.or(NewRating { value: value.unwrap_or(1), note, kept: ticked(&self.kept) })
    }
}
