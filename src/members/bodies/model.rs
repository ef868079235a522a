//! A body's recorded act, and what it lets its people do in its name.

use crate::platform::ids::{MembershipId, PartnerId};
use chrono::NaiveDate;

labels! {
    /// By what a body names its first steward.
    pub enum Document {
        Resolution = "resolution", "Resolution";
        Letter = "letter", "Letter";
    }
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
}

/// An act that was recorded.
#[derive(Debug)]
pub struct RecordedAct {
    pub(super) document: Document,
    pub(super) dated: NaiveDate,
    pub(super) reference: String,
    pub(super) steward: String,
    pub(super) received_by: String,
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
