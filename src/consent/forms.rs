//! The form that says what became of a copy.

use super::model::RecallState;
use crate::platform::form::Problems;
use serde::{Deserialize, Serialize};

/// What became of it, as typed.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct RecallForm {
    pub(super) state: String,
    pub(super) because: String,
}

impl RecallForm {
    pub(super) fn parse(&self) -> Result<(RecallState, String), Problems> {
        let mut p = Problems::default();
        let state: RecallState = p.one_of("state", &self.state, "Choose what became of this copy");
        let because = p.optional_prose("because", &self.because, 500);
        if state == RecallState::Cannot && because.is_empty() && p.of("because").is_none() {
            p.add("because", "Enter why it cannot be called back: the person who took the words back reads this");
        }
        p.or((state, because))
    }
}
