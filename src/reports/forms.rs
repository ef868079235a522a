//! The form that asks for an export, as typed.

use super::model::{Filters, Format, What};
use crate::platform::{form::Problems, labels::Label as _};
use serde::{Deserialize, Serialize};

/// What to export, how, and what it is narrowed to.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ExportForm {
    pub(super) what: String,
    pub(super) format: String,
    pub(super) since: String,
    pub(super) until: String,
    pub(super) state: String,
    pub(super) theme: String,
}

impl ExportForm {
    /// The kind chosen, if it is one.
    pub(super) fn chosen(&self) -> Option<What> {
        What::parse(&self.what)
    }

    pub(super) fn parse(&self) -> Result<(What, Format, Filters), Problems> {
        let mut p = Problems::default();
        let what = p.one_of("what", &self.what, "Choose what to export");
        let format = p.one_of("format", &self.format, "Choose the kind of file");
        let table = super::sheets::table(what);
        let (since, until) = (p.optional_day("since", &self.since), p.optional_day("until", &self.until));
        if let (Some(since), Some(until)) = (since, until)
            && until < since
        {
            p.add("until", "Enter a last day that is not before the first");
        }
        if !self.state.is_empty() && !table.states.1.iter().any(|(stored, _)| *stored == self.state) {
            p.add("state", "Choose one of the list");
        }
        let theme = p.optional_id("theme", &self.theme);
        let by_day = table.day.is_some();
        let filters = Filters {
            since: since.filter(|_| by_day),
            until: until.filter(|_| by_day),
            state: self.state.clone(),
            theme: theme.filter(|_| what == What::Statements),
        };
        p.or((what, format, filters))
    }
}
