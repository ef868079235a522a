//! What a barrier is.

use crate::platform::{
    ids::{MembershipId, PartnerId, SubjectId},
    subject::Audience,
};
use chrono::{DateTime, Utc};

labels! {
    /// Where a barrier sits.
    pub enum Level {
        Practice = "practice", "practice";
        Policy = "policy", "policy";
        Structure = "structure", "structure";
    }
}

labels! {
    /// What became of it.
    pub enum State {
        Open = "open", "open";
        InWork = "in_work", "in work";
        Removed = "removed", "removed";
        Remains = "remains", "remains";
    }
}

impl State {
    /// How its mark looks; the words carry the meaning.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Open => "",
            Self::InWork => "wait",
            Self::Removed => "good",
            Self::Remains => "late",
        }
    }
}

/// A barrier on the list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its id.
    pub id: SubjectId,
    /// Read by the agency alone, until somebody opens it.
    pub draft: bool,
    /// What stands in the way.
    pub name: String,
    /// Where it sits.
    pub level: Level,
    /// What became of it.
    pub state: State,
    /// Groups it affects most.
    pub groups: Vec<String>,
    /// Owner on the agency’s side.
    pub owner: Option<String>,
    /// Owner on the partners’ side.
    pub partner_owner: Option<String>,
    /// Its themes, as far as the reader sees them.
    pub themes: Vec<String>,
    /// What it rests on, as far as the reader sees it.
    pub evidence: i64,
    /// Plans that address it, as far as the reader sees them.
    pub plans: i64,
    /// It lost a source and must be read again.
    pub reread: bool,
}

/// Everything about one barrier.
#[derive(Debug, Clone)]
pub(super) struct Barrier {
    pub(super) id: SubjectId,
    pub(super) name: String,
    pub(super) description: String,
    pub(super) level: Level,
    pub(super) groups: Vec<String>,
    pub(super) owner_id: Option<MembershipId>,
    pub(super) owner: Option<String>,
    pub(super) partner_owner_id: Option<PartnerId>,
    pub(super) partner_owner: Option<String>,
    pub(super) state: State,
    pub(super) happened: String,
    pub(super) audience: Audience,
    pub(super) written_by: String,
    pub(super) created_at: DateTime<Utc>,
    pub(super) version: i32,
}

/// A barrier, parsed from a form.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) description: String,
    pub(super) level: Level,
    pub(super) groups: Vec<String>,
    pub(super) owner: Option<MembershipId>,
    pub(super) partner_owner: Option<PartnerId>,
    pub(super) audience: Audience,
    pub(super) themes: Vec<SubjectId>,
}
