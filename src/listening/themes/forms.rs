//! The forms of themes, as typed.

use super::model::{Entry, Merge, Read, Settlement, Theme};
use crate::platform::{form::Problems, ids::SubjectId};
use serde::{Deserialize, Serialize};

/// A theme.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ThemeForm {
    pub(super) name: String,
    pub(super) description: String,
    pub(super) sources: Vec<String>,
}

impl ThemeForm {
    pub(super) fn of(theme: &Theme) -> Self {
        Self { name: theme.name.clone(), description: theme.description.clone(), sources: Vec::new() }
    }

    fn entry(&self, p: &mut Problems) -> Entry {
        let name = p.text("name", &self.name, 120, "Enter a name for the theme");
        if let Some(found) = crate::platform::screen::identifying(&name) {
            p.add("name", found.message());
        }
        Entry { name, description: p.optional_prose("description", &self.description, 1000), sources: ids(&self.sources) }
    }

    /// A theme as it is made: with at least one source.
    pub(super) fn parse_new(&self) -> Result<Entry, Problems> {
        let mut p = Problems::default();
        let entry = self.entry(&mut p);
        if entry.sources.is_empty() {
            p.add("sources", "Choose at least one source: a theme rests on what was heard");
        }
        p.or(entry)
    }

    /// A theme as it is edited: its sources stay as they are.
    pub(super) fn parse(&self) -> Result<Entry, Problems> {
        let mut p = Problems::default();
        let entry = self.entry(&mut p);
        p.or(entry)
    }
}

/// Sources to be joined to a theme.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct SourcesForm {
    pub(super) sources: Vec<String>,
}

impl SourcesForm {
    pub(super) fn parse(&self) -> Result<Vec<SubjectId>, Problems> {
        let mut p = Problems::default();
        let sources = ids(&self.sources);
        if sources.is_empty() {
            p.add("sources", "Choose at least one source");
        }
        p.or(sources)
    }
}

/// The theme that a source is joined to, from the source's own page.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct JoinForm {
    pub(super) theme: String,
}

impl JoinForm {
    pub(super) fn parse(&self) -> Result<SubjectId, Problems> {
        let mut p = Problems::default();
        let theme = p.id("theme", &self.theme, "Choose a theme");
        p.or(theme)
    }
}

/// The theme that another is merged into.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct MergeForm {
    pub(super) into: String,
    pub(super) reason: String,
}

impl MergeForm {
    pub(super) fn parse(&self) -> Result<Merge, Problems> {
        let mut p = Problems::default();
        let merge =
            Merge { into: p.id("into", &self.into, "Choose the theme that it becomes part of"), reason: reason(&mut p, &self.reason) };
        p.or(merge)
    }
}

/// The part of a theme that becomes one of its own.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct SplitForm {
    pub(super) name: String,
    pub(super) description: String,
    pub(super) sources: Vec<String>,
    pub(super) reason: String,
}

impl SplitForm {
    pub(super) fn parse(&self) -> Result<(Entry, String), Problems> {
        let mut p = Problems::default();
        let form = ThemeForm { name: self.name.clone(), description: self.description.clone(), sources: self.sources.clone() };
        let entry = form.entry(&mut p);
        if entry.sources.is_empty() {
            p.add("sources", "Choose at least one source of this theme");
        }
        let why = reason(&mut p, &self.reason);
        p.or((entry, why))
    }
}

/// Where a source belongs that people read differently.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct SettleForm {
    pub(super) themes: Vec<String>,
    pub(super) reason: String,
}

impl SettleForm {
    pub(super) fn parse(&self, read: &Read) -> Result<Settlement, Problems> {
        let mut p = Problems::default();
        let offered = read.themes();
        let themes: Vec<SubjectId> = ids(&self.themes).into_iter().filter(|one| offered.iter().any(|(id, _)| id == one)).collect();
        if themes.is_empty() {
            p.add("themes", "Choose at least one theme of the list");
        }
        let why = reason(&mut p, &self.reason);
        p.or(Settlement { themes, reason: why })
    }
}

fn reason(p: &mut Problems, typed: &str) -> String {
    p.prose("reason", typed, 500, "Enter why, so that others can follow it later")
}

/// At most a hundred at once; what is no id is left out.
fn ids(typed: &[String]) -> Vec<SubjectId> {
    typed.iter().filter_map(|one| one.trim().parse().ok()).take(100).collect()
}
