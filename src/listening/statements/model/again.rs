//! Speakers who are asked once more whether what they allowed may go on.

use crate::{
    consent::Use,
    listening::speakers::SpeakerId,
    platform::{
        ids::{MembershipId, SubjectId},
        labels::Label as _,
    },
};
use chrono::{DateTime, Utc};

crate::id!(
    /// One time that a speaker is asked again.
    RenewalId
);

labels! {
    /// What a speaker says when they are asked whether what they allowed may go on.
    pub enum AgainAnswer {
        Again = "again", "They allow it again";
        No = "no", "They do not allow it any more";
        Unreached = "unreached", "They could not be reached";
    }
}

/// Somebody whom those on duty are to ask again.
#[derive(Debug, Clone)]
pub(in crate::listening::statements) struct Renewal {
    pub(in crate::listening::statements) id: RenewalId,
    pub(in crate::listening::statements) session: SubjectId,
    pub(in crate::listening::statements) speaker: SpeakerId,
    /// As their card calls them.
    pub(in crate::listening::statements) label: String,
    pub(in crate::listening::statements) session_title: String,
    /// What runs out, as it is stored.
    pub(in crate::listening::statements) uses: Vec<String>,
    /// A moment of the last day on which the first of it holds.
    pub(in crate::listening::statements) last: DateTime<Utc>,
    /// Everything that ends up to then was asked about.
    pub(in crate::listening::statements) asked_up_to: DateTime<Utc>,
    pub(in crate::listening::statements) version: i32,
}

impl Renewal {
    /// What runs out, in words.
    pub(in crate::listening::statements) fn what(&self) -> String {
        let told: Vec<String> =
            Use::ALL.iter().filter(|one| self.uses.iter().any(|used| used == one.as_str())).map(|one| one.label().to_owned()).collect();
        format!("that their words may {}", crate::platform::words::listed(&told))
    }
}

/// Who was just noted to be asked: a member, or whoever was on duty in the session does it.
#[derive(Debug)]
pub(in crate::listening::statements) struct ToTell {
    pub(in crate::listening::statements) session: SubjectId,
    pub(in crate::listening::statements) member: Option<MembershipId>,
}
