//! What a merge is, and what it waits for.

use crate::platform::ids::PartnerId;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

crate::id!(
    /// Two entries joined, or proposed to be.
    MergeId
);

/// How long a merge can be undone, in days.
pub(super) const UNDO_DAYS: i64 = 30;

labels! {
    /// How far a merge has come.
    pub enum State {
        Proposed = "proposed", "waits for a steward’s word";
        Done = "done", "joined";
        Undone = "undone", "taken back";
        Refused = "refused", "refused by a steward";
    }
}

labels! {
    /// A steward's word.
    pub enum Said {
        Given = "given", "Yes, both entries are the same body";
        Refused = "refused", "No, keep them apart";
    }
}

/// Two entries joined, or proposed to be.
#[derive(Debug, Clone)]
pub(in crate::partners) struct Merge {
    /// Its id.
    pub(in crate::partners) id: MergeId,
    /// The entry that stays.
    pub(in crate::partners) kept: PartnerId,
    /// And its name.
    pub(in crate::partners) kept_name: String,
    /// The entry that goes.
    pub(in crate::partners) gone: PartnerId,
    /// And its name.
    pub(in crate::partners) gone_name: String,
    /// How far it has come.
    pub(in crate::partners) state: State,
    pub(super) asker: String,
    pub(super) created_at: DateTime<Utc>,
    pub(super) done_at: Option<DateTime<Utc>>,
    pub(super) undo_until: Option<DateTime<Utc>>,
    pub(super) undone_at: Option<DateTime<Utc>>,
}

impl Merge {
    /// Waits for a word.
    pub(in crate::partners) fn waits(&self) -> bool {
        self.state == State::Proposed
    }

    /// Joined, and can still be taken apart.
    pub(super) fn can_be_undone(&self, now: DateTime<Utc>) -> bool {
        self.state == State::Done && self.undo_until.is_some_and(|until| now <= until)
    }
}

/// The word of one body.
#[derive(Debug, Clone)]
pub(super) struct Word {
    pub(super) body: PartnerId,
    pub(super) body_name: String,
    pub(super) said: Option<Said>,
    pub(super) steward: Option<String>,
    pub(super) said_at: Option<DateTime<Utc>>,
    /// A steward serves who could say it.
    pub(super) can_be_said: bool,
}

/// What a merge wrote, by ids only, so that an undo takes away exactly that.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Moved {
    /// Copies of names, recorded with the entry that stays.
    pub(super) names: Vec<uuid::Uuid>,
    /// Entries that had been joined to the one that goes.
    pub(super) entries: Vec<uuid::Uuid>,
}

/// What came of asking for a merge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Came {
    /// The entries are one.
    Joined,
    /// A steward is asked.
    Asked,
}

/// An entry beside another, with how much hangs on it.
#[derive(Debug, Clone)]
pub(super) struct Side {
    pub(super) id: PartnerId,
    pub(super) name: String,
    pub(super) facts: Vec<(&'static str, String)>,
    pub(super) outreach: i64,
    /// Contacts between governments, which are no outreach.
    pub(super) governments: i64,
    pub(super) members: i64,
    /// The body has or had a steward: it is asked.
    pub(super) is_asked: bool,
}

/// An entry that was joined to another.
#[derive(Debug, Clone)]
pub(in crate::partners) struct Joined {
    pub(in crate::partners) id: PartnerId,
    pub(in crate::partners) name: String,
    /// Comments on it that the reader can see.
    pub(in crate::partners) comments: i64,
}
