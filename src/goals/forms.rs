//! The forms of this slice, as typed.

use super::model::{Entry, Goal, Measured, State, Word};
use crate::{
    commitments::Sides,
    platform::{form::Problems, ids::SubjectId, labels::Label as _, subject::Audience},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A goal.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct GoalForm {
    pub(super) text: String,
    pub(super) owner: String,
    pub(super) partner_owner: String,
    pub(super) indicator: String,
    pub(super) unit: String,
    pub(super) baseline: String,
    pub(super) baseline_on: String,
    pub(super) target: String,
    pub(super) target_on: String,
    pub(super) barriers: Vec<String>,
    pub(super) audience: String,
}

fn number(value: Option<f64>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// A part of a whole is at most all of it. What can be more, such as a change in percent, says so in its unit.
fn within_the_whole<const N: usize>(p: &mut Problems, unit: &str, values: [(&'static str, Option<f64>); N]) {
    let unit = unit.trim().to_lowercase();
    let is_share = ["percent", "per cent", "%"].iter().any(|word| unit == *word || unit.starts_with(&format!("{word} of")));
    for (field, value) in values {
        if is_share && value.is_some_and(|value| !(0.0..=100.0).contains(&value)) && p.of(field).is_none() {
            p.add(field, "Enter a number from 0 to 100, or write another unit where it can be more, such as “percent more than in 2026”");
        }
    }
}

fn day(value: Option<NaiveDate>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

impl GoalForm {
    /// A new one: a draft, until somebody opens it.
    pub(super) fn begun() -> Self {
        Self { audience: Audience::Agency.as_str().to_owned(), ..Self::default() }
    }

    pub(super) fn of(now: &Goal, barriers: &[SubjectId]) -> Self {
        Self {
            text: now.text.clone(),
            owner: now.owner_id.map(|id| id.to_string()).unwrap_or_default(),
            partner_owner: now.partner_owner_id.map(|id| id.to_string()).unwrap_or_default(),
            indicator: now.indicator.clone(),
            unit: now.unit.clone(),
            baseline: number(now.baseline),
            baseline_on: day(now.baseline_on),
            target: number(now.target),
            target_on: day(now.target_on),
            barriers: barriers.iter().map(ToString::to_string).collect(),
            audience: now.audience.as_str().to_owned(),
        }
    }

    pub(super) fn parse(&self, sides: &Sides, today: NaiveDate) -> Result<Entry, Problems> {
        let mut p = Problems::default();
        let entry = Entry {
            text: p.prose("text", &self.text, 300, "Enter what you want to reach together"),
            owner: sides.agency_owner(&mut p, "owner", &self.owner),
            partner_owner: sides.partner_owner(&mut p, "partner_owner", &self.partner_owner),
            indicator: p.optional("indicator", &self.indicator, 200),
            unit: p.optional("unit", &self.unit, 60),
            baseline: p.optional_number("baseline", &self.baseline),
            baseline_on: p.optional_day("baseline_on", &self.baseline_on),
            target: p.optional_number("target", &self.target),
            target_on: p.optional_day("target_on", &self.target_on),
            audience: Sides::audience(&self.audience),
            barriers: self.barriers.iter().filter_map(|one| one.parse().ok()).collect(),
        };
        within_the_whole(&mut p, &entry.unit, [("baseline", entry.baseline), ("target", entry.target)]);
        if entry.barriers.len() != self.barriers.len() {
            p.add("barriers", "Choose barriers of the list");
        }
        for (value, on, field) in [(entry.baseline, entry.baseline_on, "baseline_on"), (entry.target, entry.target_on, "target_on")] {
            if value.is_some() && on.is_none() && p.of(field).is_none() {
                p.add(field, "Enter the day that belongs to this value");
            }
        }
        if entry.baseline.is_some() && entry.baseline_on.is_some_and(|day| day > today) {
            p.add("baseline_on", "Enter a day that has come: the baseline is measured, not expected");
        }
        if entry.baseline_on.zip(entry.target_on).is_some_and(|(baseline, target)| target <= baseline) {
            p.add("target_on", "Enter a day after the day of the baseline");
        }
        if (entry.baseline.is_some() || entry.target.is_some()) && entry.indicator.is_empty() {
            p.add("indicator", "Enter what is measured");
        }
        p.or(entry)
    }
}

/// A measured value.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ValueForm {
    pub(super) on_day: String,
    pub(super) value: String,
    pub(super) source: String,
}

impl ValueForm {
    /// `unit`: that of the goal.
    pub(super) fn parse(&self, unit: &str, today: NaiveDate) -> Result<Measured, Problems> {
        let mut p = Problems::default();
        let on_day = p.day("on_day", &self.on_day, "Enter the day that the value is of");
        if on_day > today {
            p.add("on_day", "Enter a day that has come: a value is measured, not expected");
        }
        let value = p.optional_number("value", &self.value);
        if value.is_none() && p.of("value").is_none() {
            p.add("value", "Enter the value, such as 31.5");
        }
        within_the_whole(&mut p, unit, [("value", value)]);
        let source = p.text("source", &self.source, 200, "Enter where the value is from");
        p.or(Measured { on_day, value: value.unwrap_or_default(), source })
    }
}

/// The story behind the curve.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct StoryForm {
    pub(super) story: String,
}

impl StoryForm {
    pub(super) fn parse(&self) -> Result<String, Problems> {
        let mut p = Problems::default();
        let story = p.optional_prose("story", &self.story, 4000);
        p.or(story)
    }
}

/// A word on this version.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct WordForm {
    pub(super) word: String,
    pub(super) note: String,
}

impl WordForm {
    pub(super) fn parse(&self) -> Result<(Word, String), Problems> {
        let mut p = Problems::default();
        let word = p.one_of("word", &self.word, "Choose whether you agree");
        let note = p.optional_prose("note", &self.note, 1000);
        p.or((word, note))
    }
}

/// Where the goal stands.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct StateForm {
    pub(super) state: String,
    pub(super) why: String,
}

impl StateForm {
    pub(super) fn of(goal: &Goal) -> Self {
        Self { state: goal.state.as_str().to_owned(), why: String::new() }
    }

    pub(super) fn parse(&self) -> Result<(State, String), Problems> {
        let mut p = Problems::default();
        let state = p.one_of("state", &self.state, "Choose where the goal stands");
        let why = p.optional_prose("why", &self.why, 1000);
        if state == State::SetAside && why.is_empty() && p.is_empty() {
            p.add("why", "Enter why it is set aside");
        }
        p.or((state, why))
    }
}
