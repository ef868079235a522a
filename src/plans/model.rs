//! What an action plan is.

use crate::platform::{
    ids::{PartnerId, SubjectId},
    subject::Audience,
};
use chrono::{DateTime, Utc};

labels! {
    /// Where a plan stands.
    pub enum State {
        InWork = "in_work", "in work";
        Done = "done", "done";
        SetAside = "set_aside", "set aside";
    }
}

impl State {
    /// How its mark looks; the words carry the meaning.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::InWork => "wait",
            Self::Done => "good",
            Self::SetAside => "quiet",
        }
    }
}

labels! {
    /// What somebody brings.
    pub enum MeansKind {
        Money = "money", "money";
        Staff = "staff", "staff time";
        Space = "space", "space";
        Data = "data", "data";
        Other = "other", "something else";
    }
}

/// A plan on the list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its id.
    pub id: SubjectId,
    /// Read by the agency alone, until somebody opens it.
    pub draft: bool,
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub state: State,
    /// How far it is, as last noted.
    pub percent: Option<i16>,
    /// Its steps.
    pub steps: i64,
    /// Steps that the one promised has confirmed.
    pub kept: i64,
    /// Steps that are late today.
    pub late: i64,
    /// The goal it serves, where the reader may see it.
    pub goal: Option<String>,
}

/// Everything about one plan.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub(super) id: SubjectId,
    pub(super) name: String,
    pub(super) purpose: String,
    pub(super) resources: String,
    pub(super) state: State,
    pub(super) outcome: String,
    pub(super) audience: Audience,
    pub(super) written_by: String,
    pub(super) created_at: DateTime<Utc>,
    pub(super) version: i32,
}

/// How far it was on a day.
#[derive(Debug, Clone)]
pub(super) struct Noted {
    pub(super) percent: i16,
    pub(super) note: String,
    pub(super) by: String,
    pub(super) at: DateTime<Utc>,
}

/// Something that one side brings, and what it gains.
#[derive(Debug, Clone)]
pub(super) struct Means {
    pub(super) id: uuid::Uuid,
    /// The partner; none for the agency.
    pub(super) partner: Option<String>,
    pub(super) kind: MeansKind,
    pub(super) what: String,
    pub(super) gain: String,
}

/// A plan, parsed from a form.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) purpose: String,
    pub(super) resources: String,
    pub(super) barriers: Vec<SubjectId>,
    pub(super) goal: Option<SubjectId>,
    pub(super) audience: Audience,
}

/// Means, parsed from a form.
#[derive(Debug)]
pub(super) struct Brought {
    pub(super) partner: Option<PartnerId>,
    pub(super) kind: MeansKind,
    pub(super) what: String,
    pub(super) gain: String,
}
