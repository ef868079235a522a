//! The forms of this slice, as typed.

use super::model::{NewPromise, Word};
use crate::platform::{
    form::Problems,
    ids::{PartnerId, SubjectId},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What is promised when partners are asked.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct PromiseForm {
    pub(super) about: String,
    pub(super) question: String,
    pub(super) may_change: String,
    pub(super) cannot_change: String,
    pub(super) decided_by: String,
    pub(super) decide_on: String,
    pub(super) bodies: Vec<String>,
}

impl PromiseForm {
    pub(super) fn parse(&self, today: NaiveDate) -> Result<NewPromise, Problems> {
        let mut p = Problems::default();
        let about: SubjectId = p.id("about", &self.about, "Choose what partners are asked about");
        let bodies: BTreeSet<PartnerId> = self.bodies.iter().filter_map(|one| one.parse().ok()).collect();
        if bodies.is_empty() {
            p.add("bodies", "Choose whom you ask");
        }
        let new = NewPromise {
            about,
            question: p.prose("question", &self.question, 500, "Write what you ask"),
            may_change: p.prose("may_change", &self.may_change, 1000, "Write what may change because of the answers"),
            cannot_change: p.prose("cannot_change", &self.cannot_change, 1000, "Write what cannot change, and why"),
            decided_by: p.text("decided_by", &self.decided_by, 200, "Enter who decides"),
            decide_on: p.day("decide_on", &self.decide_on, "Enter the day by which it is decided"),
            bodies: bodies.into_iter().collect(),
        };
        if new.decide_on < today && p.of("decide_on").is_none() {
            p.add("decide_on", "Enter a day that is still ahead");
        }
        p.or(new)
    }
}

/// What was decided.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct OutcomeForm {
    pub(super) outcome: String,
}

impl OutcomeForm {
    pub(super) fn parse(&self) -> Result<String, Problems> {
        let mut p = Problems::default();
        let outcome = p.prose("outcome", &self.outcome, 2000, "Write what was decided, and what changed by what was said");
        p.or(outcome)
    }
}

/// Whether it was kept.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct WordForm {
    pub(super) word: String,
    pub(super) note: String,
}

impl WordForm {
    pub(super) fn parse(&self) -> Result<(Word, String), Problems> {
        let mut p = Problems::default();
        let word = p.one_of("word", &self.word, "Choose whether it was kept");
        let note = p.optional_prose("note", &self.note, 1000);
        p.or((word, note))
    }
}
