//! The form of this slice, as typed.

use super::model::Pace;
use crate::{
    accounts::Code,
    platform::{form::Problems, labels::Label as _},
};
use serde::{Deserialize, Serialize};

/// The code that stands beside a line of a letter, as it was said.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct CodeForm {
    pub(super) code: String,
}

impl CodeForm {
    pub(super) fn parse(&self) -> Result<Code, Problems> {
        Code::from_text(&self.code).ok_or_else(|| {
            let mut p = Problems::default();
            p.add("code", "Enter the eight letters and numbers of the code");
            p
        })
    }
}

/// How often the letter may come.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct PaceForm {
    pub(super) pace: String,
}

impl PaceForm {
    pub(super) fn of(pace: Pace) -> Self {
        Self { pace: pace.as_str().to_owned() }
    }

    pub(super) fn parse(&self) -> Result<Pace, Problems> {
        let mut p = Problems::default();
        let pace = p.one_of("pace", &self.pace, "Choose how often");
        p.or(pace)
    }
}
