//! The form of an entry, as typed.

use super::model::{Entry, NewEntry};
use crate::platform::{
    form::{Problems, ticked},
    labels::Label as _,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// An entry.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct OutreachForm {
    pub(super) partner: String,
    pub(super) held_on: String,
    pub(super) went: String,
    pub(super) delegate_reason: String,
    pub(super) how: String,
    pub(super) said: String,
    pub(super) next_step: String,
    pub(super) next_on: String,
    pub(super) government: String,
    pub(super) spoke_ours: String,
    pub(super) spoke_theirs: String,
}

impl OutreachForm {
    /// The form that would edit this entry.
    pub(super) fn of(entry: &Entry) -> Self {
        Self {
            partner: entry.partner.to_string(),
            held_on: entry.held_on.to_string(),
            went: entry.went.to_string(),
            delegate_reason: entry.delegate_reason.clone(),
            how: entry.how.as_str().to_owned(),
            said: entry.said.clone(),
            next_step: entry.next_step.clone(),
            next_on: entry.next_on.map(|day| day.to_string()).unwrap_or_default(),
            government: if entry.between_governments { "yes".to_owned() } else { String::new() },
            spoke_ours: entry.spoke_for_agency.clone(),
            spoke_theirs: entry.spoke_for_tribe.clone(),
        }
    }

    pub(super) fn parse(&self, today: NaiveDate) -> Result<NewEntry, Problems> {
        let mut p = Problems::default();
        let entry = NewEntry {
            partner: p.id("partner", &self.partner, "Choose the partner"),
            held_on: p.day("held_on", &self.held_on, "Enter the day"),
            went: p.id("went", &self.went, "Choose who went"),
            delegate_reason: p.optional_prose("delegate_reason", &self.delegate_reason, 500),
            how: p.one_of("how", &self.how, "Choose how the partner was reached"),
            said: p.optional_prose("said", &self.said, 5000),
            next_step: p.optional_prose("next_step", &self.next_step, 500),
            next_on: p.optional_day("next_on", &self.next_on),
            authority: self.authority(&mut p),
        };
        if p.of("held_on").is_none() && entry.held_on > today {
            p.add("held_on", "Enter a day that has been; what comes next stands under “Next step”");
        }
        if p.of("held_on").is_none() && entry.next_on.is_some_and(|next| next < entry.held_on) {
            p.add("next_on", "Enter a day that does not come before the entry’s own day");
        }
        if entry.next_on.is_some() && entry.next_step.is_empty() {
            p.add("next_step", "Enter what is to be done on that day");
        }
        p.or(entry)
    }

    /// Who spoke with authority for each side, where two governments spoke; names without that mark are asked about.
    fn authority(&self, p: &mut Problems) -> Option<(String, String)> {
        if ticked(&self.government) {
            let ours = p.text("spoke_ours", &self.spoke_ours, 200, "Enter who spoke with authority for the agency");
            let theirs = p.text("spoke_theirs", &self.spoke_theirs, 200, "Enter who spoke with authority for the Tribe");
            return Some((ours, theirs));
        }
        if !self.spoke_ours.trim().is_empty() || !self.spoke_theirs.trim().is_empty() {
            p.add("government", "Tick this if the two governments spoke; if not, empty the two lines below it");
        }
        None
    }
}

/// The next date of a relationship.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct NextDateForm {
    pub(super) rhythm_next: String,
}

impl NextDateForm {
    pub(super) fn parse(&self) -> Result<NaiveDate, Problems> {
        let mut p = Problems::default();
        let next = p.day("rhythm_next", &self.rhythm_next, "Enter the next date");
        p.or(next)
    }
}
