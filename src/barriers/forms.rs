//! The forms of this slice, as typed.

use super::model::{Barrier, Entry, State};
use crate::{
    commitments::Sides,
    platform::{form::Problems, ids::SubjectId, labels::Label as _, subject::Audience},
};
use serde::{Deserialize, Serialize};

/// A barrier.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct BarrierForm {
    pub(super) name: String,
    pub(super) description: String,
    pub(super) level: String,
    pub(super) groups: String,
    pub(super) owner: String,
    pub(super) partner_owner: String,
    pub(super) audience: String,
    pub(super) themes: Vec<String>,
}

impl BarrierForm {
    /// A new one: a draft, until somebody opens it.
    pub(super) fn begun() -> Self {
        Self { audience: Audience::Agency.as_str().to_owned(), ..Self::default() }
    }

    pub(super) fn of(now: &Barrier, themes: &[SubjectId]) -> Self {
        Self {
            name: now.name.clone(),
            description: now.description.clone(),
            level: now.level.as_str().to_owned(),
            groups: now.groups.join(", "),
            owner: now.owner_id.map(|id| id.to_string()).unwrap_or_default(),
            partner_owner: now.partner_owner_id.map(|id| id.to_string()).unwrap_or_default(),
            audience: now.audience.as_str().to_owned(),
            themes: themes.iter().map(ToString::to_string).collect(),
        }
    }

    pub(super) fn parse(&self, sides: &Sides) -> Result<Entry, Problems> {
        let mut p = Problems::default();
        let entry = Entry {
            name: p.prose("name", &self.name, 200, "Enter what stands in the way"),
            description: p.optional_prose("description", &self.description, 4000),
            level: p.one_of("level", &self.level, "Choose where it sits: practice, policy or structure"),
            groups: p.list_of("groups", &self.groups),
            owner: sides.agency_owner(&mut p, "owner", &self.owner),
            partner_owner: sides.partner_owner(&mut p, "partner_owner", &self.partner_owner),
            audience: Sides::audience(&self.audience),
            themes: self.themes.iter().filter_map(|one| one.parse().ok()).collect(),
        };
        if entry.themes.len() != self.themes.len() {
            p.add("themes", "Choose themes of the list");
        }
        p.or(entry)
    }
}

/// What became of it.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct StateForm {
    pub(super) state: String,
    pub(super) happened: String,
}

impl StateForm {
    pub(super) fn parse(&self) -> Result<(State, String), Problems> {
        let mut p = Problems::default();
        let state = p.one_of("state", &self.state, "Choose what became of it");
        let happened = p.optional_prose("happened", &self.happened, 2000);
        if matches!(state, State::Removed | State::Remains) && happened.is_empty() && p.is_empty() {
            p.add("happened", "Enter what happened to it");
        }
        p.or((state, happened))
    }
}

/// What shows it: statements and themes.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct EvidenceForm {
    pub(super) sources: Vec<String>,
}

impl EvidenceForm {
    pub(super) fn parse(&self) -> Result<Vec<SubjectId>, Problems> {
        let mut p = Problems::default();
        let sources: Vec<SubjectId> = self.sources.iter().filter_map(|one| one.parse().ok()).collect();
        if sources.is_empty() || sources.len() != self.sources.len() {
            p.add("sources", "Choose at least one statement or theme of the list");
        }
        p.or(sources)
    }
}
