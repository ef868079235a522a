//! The question, as typed.

use crate::platform::{
    form::Problems,
    ids::{MembershipId, SubjectId},
};
use serde::{Deserialize, Serialize};

/// What is said of an address that shows the asker nothing.
pub(super) const NO_RECORD: &str = "Enter the address of a page that you can open: there is no such record";

/// About whom, and which record.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct QuestionForm {
    pub(super) person: String,
    /// The address of a record’s page, or its id.
    pub(super) record: String,
}

impl QuestionForm {
    /// `agency`: whose records are asked about; the page of another agency is no record here.
    pub(super) fn parse(&self, agency: &str) -> Result<(MembershipId, SubjectId), Problems> {
        let mut p = Problems::default();
        let person = p.id("person", &self.person, "Choose about whom you ask");
        let mut ids = self.record.split(|c: char| !(c.is_ascii_hexdigit() || c == '-')).filter(|part| part.len() == 36);
        let record = p.id("record", ids.next_back().unwrap_or_default(), "Enter the address of the record’s page");
        if p.of("record").is_none() && self.names_another(agency) {
            p.add("record", NO_RECORD);
        }
        p.or((person, record))
    }

    /// The address is a page of another agency.
    fn names_another(&self, agency: &str) -> bool {
        let typed = self.record.trim();
        let path = typed.split_once("://").map_or(typed, |(_, rest)| rest.find('/').map_or("", |at| &rest[at..]));
        path.strip_prefix('/').is_some_and(|path| path.split('/').next() != Some(agency))
    }
}
