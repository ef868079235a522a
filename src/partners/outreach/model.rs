//! What an entry says.

use crate::platform::ids::{MembershipId, PartnerId, SubjectId};
use chrono::NaiveDate;

labels! {
    /// How the partner was reached.
    pub enum How {
        Visit = "visit", "visit";
        Meeting = "meeting", "meeting";
        Telephone = "telephone", "telephone";
        Video = "video", "video call";
        Letter = "letter", "letter";
        Email = "email", "email";
        Event = "event", "event of theirs";
    }
}

/// An entry as lists and its page show it.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) id: SubjectId,
    pub(super) partner: PartnerId,
    pub(super) partner_name: String,
    pub(super) is_tribe: bool,
    pub(super) held_on: NaiveDate,
    pub(super) went: MembershipId,
    pub(super) went_name: String,
    pub(super) went_role: String,
    pub(super) delegate_reason: String,
    pub(super) how: How,
    pub(super) said: String,
    pub(super) next_step: String,
    pub(super) next_on: Option<NaiveDate>,
    pub(super) done: bool,
    pub(super) version: i32,
}

impl Entry {
    /// "Rosalind Achterberg, director", "Marcus Tellwell for the director, because …".
    pub(super) fn who(&self) -> String {
        if self.delegate_reason.is_empty() {
            format!("{}, {}", self.went_name, self.went_role)
        } else {
            format!("{} for the director, because {}", self.went_name, self.delegate_reason)
        }
    }

    /// A next step that nobody has done yet.
    pub(super) fn is_open(&self) -> bool {
        !self.done && !self.next_step.is_empty()
    }
}

/// An entry, parsed.
#[derive(Debug)]
pub(super) struct NewEntry {
    pub(super) partner: PartnerId,
    pub(super) held_on: NaiveDate,
    pub(super) went: MembershipId,
    pub(super) delegate_reason: String,
    pub(super) how: How,
    pub(super) said: String,
    pub(super) next_step: String,
    pub(super) next_on: Option<NaiveDate>,
}
