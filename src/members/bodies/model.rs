//! A body's recorded act, and what it lets its people do in its name.

use super::super::model::State;
use crate::{
    mail::Language,
    platform::ids::{MembershipId, PartnerId},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;

labels! {
    /// By what a body names its first steward.
    pub enum Document {
        Resolution = "resolution", "Resolution";
        Letter = "letter", "Letter";
    }
}

/// One of a body's people whom its steward invites.
#[derive(Debug)]
pub struct Admitted {
    pub(super) name: String,
    pub(super) email: String,
    /// In which they are written to; none: as the agency writes.
    pub(super) language: Option<Language>,
}

/// The act by which a body names its first steward, as it is recorded.
#[derive(Debug)]
pub struct Act {
    pub(super) body: PartnerId,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) document: Document,
    pub(super) dated: NaiveDate,
    pub(super) reference: String,
    pub(super) received_by: MembershipId,
    /// In which the steward is written to; none: as the agency writes.
    pub(super) language: Option<Language>,
}

/// An act that was recorded.
#[derive(Debug, Deserialize)]
pub struct RecordedAct {
    pub(super) document: Document,
    pub(super) dated: NaiveDate,
    pub(super) reference: String,
    pub(super) steward: String,
    pub(super) received_by: String,
}

/// An act as the agency's side sees it, with how far it has come.
#[derive(Debug)]
pub struct ListedAct {
    pub(super) member: MembershipId,
    pub(super) body: String,
    /// The address that the link is for.
    pub(super) email: String,
    pub(super) recorder: Option<MembershipId>,
    pub(super) is_tribe: bool,
    pub(super) document: Document,
    pub(super) dated: NaiveDate,
    pub(super) reference: String,
    pub(super) steward: String,
    pub(super) state: State,
    pub(super) receiver: MembershipId,
    pub(super) received_by: String,
    pub(super) recorded_by: Option<String>,
    pub(super) created_at: DateTime<Utc>,
    pub(super) confirmed_at: Option<DateTime<Utc>>,
}

impl ListedAct {
    /// Waits for the word of the one who received it.
    pub(super) fn waits(&self) -> bool {
        self.confirmed_at.is_none() && self.state == State::Proposed
    }

    /// Its reference says what it is: “Letter of the elders’ circle”.
    pub(super) fn names_itself(&self) -> bool {
        self.reference.to_lowercase().starts_with(&self.document.to_string().to_lowercase())
    }

    /// The code can still be needed.
    pub(super) fn wants_code(&self) -> bool {
        matches!(self.state, State::Proposed | State::Invited)
    }
}

/// The act of whoever asks for its code.
#[derive(Debug)]
pub(super) struct OwnAct {
    pub(super) member: MembershipId,
    pub(super) body_id: PartnerId,
    pub(super) body: String,
    pub(super) steward: String,
    pub(super) state: State,
}

impl OwnAct {
    /// Its steward has not come in yet.
    pub(super) fn waits(&self) -> bool {
        matches!(self.state, State::Proposed | State::Invited)
    }
}

/// What a body lets one of its people do in its name.
#[derive(Debug)]
pub struct Mandate {
    pub(super) steward: bool,
    pub(super) speaks: bool,
    pub(super) binds: bool,
    pub(super) words: String,
    pub(super) from: Option<NaiveDate>,
    pub(super) until: Option<NaiveDate>,
}
