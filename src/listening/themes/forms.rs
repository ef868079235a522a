//! The forms of themes, as typed.

use super::model::{Entry, Theme};
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

/// At most a hundred at once; what is no id is left out.
fn ids(typed: &[String]) -> Vec<SubjectId> {
    typed.iter().filter_map(|one| one.trim().parse().ok()).take(100).collect()
}
