//! Forms about second factors, as typed. Codes are never given back.

use super::model::Typed;
use crate::platform::form::Problems;
use serde::{Deserialize, Serialize};

/// What the browser says for a passkey, beside what it was asked.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(in super::super) struct PasskeyForm {
    #[serde(skip_serializing)]
    pub(in super::super) key: String,
    #[serde(skip_serializing)]
    pub(in super::super) credential: String,
    #[serde(skip_serializing)]
    pub(in super::super) state: String,
    /// How its person calls it; only where one is added.
    pub(in super::super) name: String,
    pub(in super::super) next: String,
}

/// The part of it that a passkey's own answer is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Said<'a> {
    pub(super) key: &'a str,
    pub(super) state: &'a str,
    pub(super) credential: &'a str,
}

impl PasskeyForm {
    pub(super) fn said(&self) -> Said<'_> {
        Said { key: &self.key, state: &self.state, credential: &self.credential }
    }

    pub(super) fn parse_name(&self) -> Result<String, Problems> {
        let mut problems = Problems::default();
        let name = problems.text("name", &self.name, 60, "Enter a name by which you will know it, such as “my phone”");
        problems.or(name)
    }
}

/// A code: from an app, or from paper.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct CodeForm {
    #[serde(skip_serializing)]
    pub(super) key: String,
    #[serde(skip_serializing)]
    pub(super) code: String,
}

/// What to do about a code that is none.
const NO_CODE: &str = "Enter the six digits that your app shows now, or one of your recovery codes";

impl CodeForm {
    pub(super) fn parse(&self) -> Result<Typed, Problems> {
        read(&self.code)
    }
}

/// The word that it is still the same person: their password, or a code.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ConfirmForm {
    #[serde(skip_serializing)]
    pub(super) password: String,
    #[serde(skip_serializing)]
    pub(super) code: String,
    pub(super) next: String,
}

impl ConfirmForm {
    /// The code, where one was typed.
    pub(super) fn code(&self) -> Option<Result<Typed, Problems>> {
        (!self.code.trim().is_empty()).then(|| read(&self.code))
    }
}

fn read(text: &str) -> Result<Typed, Problems> {
    Typed::read(text).ok_or_else(|| {
        let mut problems = Problems::default();
        problems.add("code", NO_CODE);
        problems
    })
}
