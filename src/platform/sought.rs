//! Looking for older records in the middle of a form: the button “Look for it” sends the form, which is shown again with what
//! was found, everything typed and chosen kept. Nothing is saved.

use serde::Deserialize;

/// What somebody looks for, out of the fields of `forms::finder`. No part of the record that the form is about.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Sought {
    /// These words.
    #[serde(rename = "seek")]
    pub words: String,
    /// What belongs to this record.
    #[serde(rename = "seek_in")]
    pub among: String,
    find: String,
}

impl Sought {
    /// Others are looked for: the form is shown again with them, and nothing is saved.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        !self.find.is_empty()
    }

    /// Whether what is offered was narrowed.
    #[must_use]
    pub fn narrows(&self) -> bool {
        !self.words.trim().is_empty() || !self.among.is_empty()
    }
}
