//! The forms of this slice, as typed.

use super::model::{Named, Names, NewRepresentative};
use crate::platform::form::{Problems, ticked};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A new representative.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct RepresentativeForm {
    pub(super) member: String,
    pub(super) name: String,
    pub(super) position: String,
    pub(super) mandate: String,
    pub(super) may_bind: String,
    pub(super) starts_on: String,
    pub(super) ends_on: String,
}

impl RepresentativeForm {
    /// A body names its members; the agency writes down whom it was told of, and on whose mandate.
    pub(super) fn parse(&self, names: Names) -> Result<NewRepresentative, Problems> {
        let mut p = Problems::default();
        let (who, mandate) = if names == Names::TheBody {
            let member = p.id("member", &self.member, "Choose one of your members");
            (Named::Member(member), p.optional("mandate", &self.mandate, 300))
        } else {
            let name = p.text("name", &self.name, 100, "Enter the person’s name");
            let mandate = p.text("mandate", &self.mandate, 300, "Enter on whose mandate, for example “named by the council on 3 March”");
            (Named::Told { name, may_bind: ticked(&self.may_bind) }, mandate)
        };
        let new = NewRepresentative {
            who,
            position: p.optional("position", &self.position, 100),
            mandate,
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
    /// `starts_on`: the first day of the time that ends.
    pub(super) fn parse(&self, starts_on: NaiveDate) -> Result<(NaiveDate, String, bool), Problems> {
        let mut p = Problems::default();
        let end = p.day("ends_on", &self.ends_on, "Enter the last day");
        if p.of("ends_on").is_none() && end < starts_on {
            p.add("ends_on", "Enter a last day that is not before the first");
        }
        let note = p.optional_prose("handover_note", &self.handover_note, 5000);
        p.or((end, note, ticked(&self.handed_over)))
    }
}
