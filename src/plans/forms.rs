//! The forms of this slice, as typed.

use super::model::{Brought, Entry, Plan, State};
use crate::{
    commitments::Sides,
    platform::{form::Problems, ids::SubjectId, labels::Label as _, subject::Audience},
};
use serde::{Deserialize, Serialize};

/// A plan.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct PlanForm {
    pub(super) name: String,
    pub(super) purpose: String,
    pub(super) resources: String,
    pub(super) barriers: Vec<String>,
    pub(super) goal: String,
    pub(super) audience: String,
}

impl PlanForm {
    /// A new one: a draft, until somebody opens it.
    pub(super) fn begun() -> Self {
        Self { audience: Audience::Agency.as_str().to_owned(), ..Self::default() }
    }

    pub(super) fn of(now: &Plan, barriers: &[SubjectId], goal: Option<SubjectId>) -> Self {
        Self {
            name: now.name.clone(),
            purpose: now.purpose.clone(),
            resources: now.resources.clone(),
            barriers: barriers.iter().map(ToString::to_string).collect(),
            goal: goal.map(|id| id.to_string()).unwrap_or_default(),
            audience: now.audience.as_str().to_owned(),
        }
    }

    pub(super) fn parse(&self) -> Result<Entry, Problems> {
        let mut p = Problems::default();
        let entry = Entry {
            name: p.prose("name", &self.name, 200, "Enter the name of the plan"),
            purpose: p.optional_prose("purpose", &self.purpose, 4000),
            resources: p.optional_prose("resources", &self.resources, 2000),
            barriers: self.barriers.iter().filter_map(|one| one.parse().ok()).collect(),
            goal: p.optional_id("goal", &self.goal),
            audience: Sides::audience(&self.audience),
        };
        if entry.barriers.len() != self.barriers.len() {
            p.add("barriers", "Choose barriers of the list");
        }
        p.or(entry)
    }
}

/// How far it is.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ProgressForm {
    pub(super) percent: String,
    pub(super) note: String,
}

impl ProgressForm {
    pub(super) fn parse(&self) -> Result<(i16, String), Problems> {
        let mut p = Problems::default();
        let percent = p.whole("percent", &self.percent, 0..=100, "Enter how far it is, from 0 to 100");
        let note = p.prose("note", &self.note, 1000, "Enter what has happened since the last note");
        p.or((i16::try_from(percent).unwrap_or_default(), note))
    }
}

/// What came of it.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct StateForm {
    pub(super) state: String,
    pub(super) outcome: String,
}

impl StateForm {
    pub(super) fn of(now: &Plan) -> Self {
        Self { state: now.state.as_str().to_owned(), outcome: now.outcome.clone() }
    }

    pub(super) fn parse(&self) -> Result<(State, String), Problems> {
        let mut p = Problems::default();
        let state = p.one_of("state", &self.state, "Choose where the plan stands");
        let outcome = p.optional_prose("outcome", &self.outcome, 4000);
        if state != State::InWork && outcome.is_empty() && p.is_empty() {
            p.add("outcome", "Enter what came of it");
        }
        p.or((state, outcome))
    }
}

/// What somebody brings and gains.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct MeansForm {
    pub(super) partner: String,
    pub(super) kind: String,
    pub(super) what: String,
    pub(super) gain: String,
}

impl MeansForm {
    pub(super) fn parse(&self, sides: &Sides) -> Result<Brought, Problems> {
        let mut p = Problems::default();
        let brought = Brought {
            partner: sides.partner_owner(&mut p, "partner", &self.partner),
            kind: p.one_of("kind", &self.kind, "Choose what is brought"),
            what: p.prose("what", &self.what, 300, "Enter what exactly is brought"),
            gain: p.optional_prose("gain", &self.gain, 300),
        };
        p.or(brought)
    }
}
