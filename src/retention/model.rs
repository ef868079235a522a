//! What the schedule speaks of, what is due, what was decided, what is held.

use crate::platform::{ids::SubjectId, words};
use chrono::{DateTime, NaiveDate, Utc};

crate::id!(
    /// A proposal to destroy, and what was decided on it.
    DestructionId
);
crate::id!(
    /// A legal hold.
    HoldId
);

labels! {
    /// The kinds of record that a schedule may let go. What else there is, partners, themes, goals, barriers and plans, is kept.
    pub enum Kept {
        Statement = "statement", "Statements";
        Loop = "loop", "Questions and their answers";
        Session = "session", "Listening sessions and their consent cards";
        Outreach = "outreach", "Outreach entries";
        Commitment = "commitment", "Commitments";
    }
}

impl Kept {
    /// The event from which the years are counted.
    pub(super) fn closing(self) -> &'static str {
        match self {
            Self::Statement => "the session in which it was heard is closed or was cancelled",
            Self::Loop => "it is closed by the one who raised it",
            Self::Session => "it is closed or was cancelled, and no words heard in it are left",
            Self::Outreach => "its day, once no next step is open",
            Self::Commitment => "it is confirmed, or was no longer needed",
        }
    }
}

labels! {
    /// How much a hold keeps.
    pub enum Scope {
        Record = "record", "This record alone";
        Matter = "matter", "Everything about it";
        Everything = "everything", "Everything that the agency keeps";
    }
}

labels! {
    /// What a director decides on a proposal.
    pub enum Decision {
        Destroy = "destroy", "Destroy it";
        Keep = "keep", "Keep it";
    }
}

labels! {
    /// A steward's word on what is their body's.
    pub enum Word {
        Given = "given", "It may be destroyed";
        Refused = "refused", "Keep what is ours";
    }
}

/// How long one kind is kept.
#[derive(Debug, Clone)]
pub(super) struct Rule {
    pub(super) kind: Kept,
    /// None: until somebody decides.
    pub(super) years: Option<i16>,
    /// The law or schedule that says so.
    pub(super) source: String,
    pub(super) set_at: Option<DateTime<Utc>>,
    pub(super) set_by: Option<String>,
    /// How many are due that the reader may see.
    pub(super) due: i64,
    /// 0 where nothing was set.
    pub(super) version: i32,
}

impl Rule {
    /// "7 years"; empty until somebody decides.
    pub(super) fn years_words(&self) -> String {
        self.years.map(|years| words::count(years.into(), "year", "years")).unwrap_or_default()
    }
}

/// A record whose years are over.
#[derive(Debug, Clone)]
pub(super) struct Due {
    pub(super) title: String,
    pub(super) path: String,
    pub(super) closed_on: NaiveDate,
    pub(super) held: bool,
}

/// A proposal to destroy.
#[derive(Debug, Clone)]
pub(super) struct Destruction {
    pub(super) id: DestructionId,
    pub(super) kind: Kept,
    /// What was closed before this day.
    pub(super) closed_before: NaiveDate,
    pub(super) source: String,
    pub(super) proposed_by: String,
    pub(super) proposed_at: DateTime<Utc>,
    pub(super) decision: Option<Decision>,
    pub(super) because: String,
    pub(super) decided_by: Option<String>,
    pub(super) decided_at: Option<DateTime<Utc>>,
    /// Another person than the reader proposed it.
    pub(super) by_another: bool,
    /// Records that went by it, of those that the reader may see a mark of.
    pub(super) gone: i64,
    /// The reader decides for a body that was asked.
    pub(super) asked: bool,
    /// What they said.
    pub(super) word: Option<Word>,
    pub(super) version: i32,
}

/// A legal hold.
#[derive(Debug, Clone)]
pub(super) struct Hold {
    pub(super) id: HoldId,
    pub(super) scope: Scope,
    pub(super) title: Option<String>,
    pub(super) path: Option<String>,
    pub(super) reason: String,
    pub(super) authority: String,
    pub(super) from_on: NaiveDate,
    pub(super) set_by: String,
    pub(super) set_at: DateTime<Utc>,
    pub(super) lifted_by: Option<String>,
    pub(super) lifted_at: Option<DateTime<Utc>>,
    pub(super) lifted_because: String,
    pub(super) version: i32,
}

/// A hold about to be set.
#[derive(Debug)]
pub(super) struct NewHold {
    pub(super) scope: Scope,
    pub(super) record: Option<SubjectId>,
    pub(super) reason: String,
    pub(super) authority: String,
    pub(super) from_on: NaiveDate,
}
