//! A person who speaks for a partner.

use crate::platform::ids::{MembershipId, PartnerId};
use chrono::NaiveDate;

/// A representative as the list shows them.
#[derive(Debug, Clone)]
pub(super) struct Representative {
    pub(super) id: uuid::Uuid,
    pub(super) name: String,
    pub(super) position: String,
    pub(super) mandate: String,
    pub(super) may_bind: bool,
    pub(super) starts_on: NaiveDate,
    pub(super) ends_on: Option<NaiveDate>,
    pub(super) handover_note: String,
    pub(super) handed_over: bool,
    /// They are a member here: what they may do is what the body lets its member do.
    pub(super) is_member: bool,
    pub(super) version: i32,
}

impl Representative {
    /// In office on a day.
    pub(super) fn serves(&self, today: NaiveDate) -> bool {
        self.starts_on <= today && self.ends_on.is_none_or(|end| end >= today)
    }

    /// Gone, and nobody has taken over yet.
    pub(super) fn awaits_handover(&self, today: NaiveDate) -> bool {
        self.ends_on.is_some_and(|end| end < today) && !self.handed_over
    }
}

/// One, parsed.
#[derive(Debug)]
pub(super) struct NewRepresentative {
    pub(super) who: Named,
    pub(super) position: String,
    pub(super) mandate: String,
    pub(super) starts_on: NaiveDate,
    pub(super) ends_on: Option<NaiveDate>,
}

/// Who is named.
#[derive(Debug)]
pub(super) enum Named {
    /// One of the body's own members: name, mandate and whether they may bind it come from their membership.
    Member(MembershipId),
    /// Somebody of whom the agency was told.
    Told {
        /// What they are called.
        name: String,
        /// They may bind the body, as it was told.
        may_bind: bool,
    },
}

/// Who may name people for a body, as the asker stands to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Names {
    /// The body itself, by a person who decides or speaks for it.
    TheBody,
    /// The agency, which writes down what it was told as long as the body has no steward.
    TheAgency,
    /// Nobody on the asker's side.
    Nobody,
}

/// A hand-over that is still to be done: somebody who spoke for a partner is gone, or whoever kept the relationship.
#[derive(Debug)]
pub(super) struct HandOver {
    pub(super) partner: PartnerId,
    pub(super) partner_name: String,
    pub(super) is_tribe: bool,
    pub(super) name: String,
    pub(super) since: Option<NaiveDate>,
    /// The representative; none where the agency's own keeper is gone.
    pub(super) person: Option<uuid::Uuid>,
    /// Of whom a letter would be: the representative, or the member.
    pub(super) leaver: Option<uuid::Uuid>,
    /// Somebody else keeps the relationship already.
    pub(super) changed: bool,
}

impl HandOver {
    /// As the form of a letter sends it.
    pub(super) fn leaver_value(&self) -> String {
        self.leaver.map(|id| id.to_string()).unwrap_or_default()
    }
}
