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

labels! {
    /// What a speaker says who is asked by a line of the letter.
    pub enum OwnAgain {
        Again = "again", "Yes, I allow it again";
        No = "no", "No, it ends now";
    }
}

/// Somebody who is asked again: by those on duty, or by a line of the letter.
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
        format!("that their words may {}", self.used())
    }

    /// The same, said to the speaker.
    pub(in crate::listening::statements) fn own(&self) -> String {
        format!("that your words may {}", self.used())
    }

    fn used(&self) -> String {
        let told: Vec<String> =
            Use::ALL.iter().filter(|one| self.uses.iter().any(|used| used == one.as_str())).map(|one| one.label().to_owned()).collect();
        crate::platform::words::listed(&told)
    }
}

/// Who was just noted to be asked: a member, or whoever was on duty in the session does it.
#[derive(Debug)]
pub(in crate::listening::statements) struct ToTell {
    pub(in crate::listening::statements) session: SubjectId,
    pub(in crate::listening::statements) member: Option<MembershipId>,
}
