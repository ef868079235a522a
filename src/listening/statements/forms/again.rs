//! What a speaker who is asked again says by themselves, as typed.

use super::super::model::OwnAgain;
use crate::platform::form::Problems;
use serde::{Deserialize, Serialize};

/// Whether what they allowed may go on.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::listening::statements) struct OwnAgainForm {
    pub(in crate::listening::statements) word: String,
}

impl OwnAgainForm {
    pub(in crate::listening::statements) fn parse(&self) -> Result<OwnAgain, Problems> {
        let mut p = Problems::default();
        let word = p.one_of("word", &self.word, "Choose one of the two");
        p.or(word)
    }
}
