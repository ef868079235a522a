//! The form that says what became of a copy.

use super::model::{Recall, RecallState};
use crate::platform::{form::Problems, ids::MembershipId};
use serde::{Deserialize, Serialize};

/// What became of it, as typed.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct RecallForm {
    pub(super) state: String,
    pub(super) because: String,
}

impl RecallForm {
    /// What became of `recall`, as `me` says. Whether a copy is deleted its holder knows: anybody else says how they know.
    pub(super) fn parse(&self, recall: &Recall, me: MembershipId) -> Result<(RecallState, String), Problems> {
        let mut p = Problems::default();
        let state: RecallState = p.one_of("state", &self.state, "Choose what became of this copy");
        let because = p.optional_prose("because", &self.because, 500);
        if state == RecallState::Cannot && because.is_empty() && p.of("because").is_none() {
            p.add("because", "Enter why it cannot be called back: the person who gave the words reads this");
        }
        let gone = matches!(state, RecallState::Deleted | RecallState::Replaced);
        if gone && because.is_empty() && p.of("because").is_none() && recall.taken_by.is_some_and(|holder| holder != me) {
            p.add("because", format!("Enter how you know: {} has not said so", recall.taken_by_name));
        }
        p.or((state, because))
    }
}
