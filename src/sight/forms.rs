//! The question, as typed.

use crate::platform::{
    form::Problems,
    ids::{MembershipId, SubjectId},
};
use serde::{Deserialize, Serialize};

/// About whom, and which record.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct QuestionForm {
    pub(super) person: String,
    /// The address of a record’s page, or its id.
    pub(super) record: String,
}

impl QuestionForm {
    pub(super) fn parse(&self) -> Result<(MembershipId, SubjectId), Problems> {
        let mut p = Problems::default();
        let person = p.id("person", &self.person, "Choose about whom you ask");
        let mut ids = self.record.split(|c: char| !(c.is_ascii_hexdigit() || c == '-')).filter(|part| part.len() == 36);
        let record = p.id("record", ids.next_back().unwrap_or_default(), "Enter the address of the record’s page");
        p.or((person, record))
    }
}
