//! The forms of this slice, as typed.

use super::model::NewRepresentative;
use crate::platform::form::{Problems, ticked};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A new representative.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct RepresentativeForm {
    pub(super) name: String,
    pub(super) position: String,
    pub(super) mandate: String,
    pub(super) may_bind: String,
    pub(super) starts_on: String,
    pub(super) ends_on: String,
}

impl RepresentativeForm {
    pub(super) fn parse(&self) -> Result<NewRepresentative, Problems> {
        let mut p = Problems::default();
        let new = NewRepresentative {
            name: p.text("name", &self.name, 100, "Enter the person’s name"),
            position: p.optional("position", &self.position, 100),
            mandate: p.text("mandate", &self.mandate, 300, "Enter on whose mandate, for example “named by the council on 3 March”"),
            may_bind: ticked(&self.may_bind),
            starts_on: p.day("starts_on", &self.starts_on, "Enter from what day"),
            ends_on: p.optional_day("ends_on", &self.ends_on),
        };
        if new.ends_on.is_some_and(|end| end < new.starts_on) {
            p.add("ends_on", "Enter a last day that is not before the first");
        }
        p.or(new)
    }
}

/// The end of somebody's time, or the hand-over after it.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct EndForm {
    pub(super) ends_on: String,
    pub(super) handover_note: String,
    pub(super) handed_over: String,
}

impl EndForm {
    pub(super) fn parse(&self) -> Result<(NaiveDate, String, bool), Problems> {
        let mut p = Problems::default();
        let end = p.day("ends_on", &self.ends_on, "Enter the last day");
        let note = p.optional_prose("handover_note", &self.handover_note, 5000);
        p.or((end, note, ticked(&self.handed_over)))
    }
}
