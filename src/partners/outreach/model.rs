//! What an entry says.

use crate::{
    partners::model::Rhythm,
    platform::ids::{MembershipId, PartnerId, SubjectId},
};
use chrono::NaiveDate;
use serde::Deserialize;

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
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Entry {
    pub(super) id: SubjectId,
    pub(super) partner: PartnerId,
    pub(super) partner_name: String,
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
    /// A contact with a Tribe as a government; never counted as engagement.
    pub(super) between_governments: bool,
    pub(super) spoke_for_agency: String,
    pub(super) spoke_for_tribe: String,
    pub(super) version: i32,
}

impl Entry {
    /// What kind of contact it is, as headings call it.
    pub(super) fn called(&self) -> &'static str {
        called(self.between_governments)
    }

    /// "Rosalind Achterberg, director", "Marcus Tellwell for the director, because …".
    pub(super) fn who(&self) -> String {
        if self.delegate_reason.is_empty() {
            format!("{}, {}", self.went_name, self.went_role)
        } else {
            format!("{} for the director, because {}", self.went_name, self.delegate_reason)
        }
    }

    /// Somebody else went for the director.
    pub(super) fn by_delegate(&self) -> bool {
        !self.delegate_reason.is_empty()
    }

    /// A next step that nobody has done yet.
    pub(super) fn is_open(&self) -> bool {
        !self.done && !self.next_step.is_empty()
    }
}

/// What a contact is called, before the name of the body.
pub(super) fn called(between_governments: bool) -> &'static str {
    if between_governments { "Contact between governments with" } else { "Outreach to" }
}

/// How often a partner's relationship is kept, and when next.
#[derive(Debug)]
pub(super) struct Kept {
    pub(super) rhythm: Rhythm,
    pub(super) next: Option<NaiveDate>,
}

impl Kept {
    /// The next date to offer after an entry of that day; none while one stands that is later.
    pub(super) fn offered_after(&self, held_on: NaiveDate) -> Option<NaiveDate> {
        if self.next.is_some_and(|next| next > held_on) { None } else { self.rhythm.after(held_on) }
    }
}

labels! {
    /// In what order the log stands.
    pub enum Order {
        Next = "next", "By the day of the next step";
        Partner = "partner", "By partner";
        Oldest = "oldest", "Oldest first";
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
    /// With a Tribe as a government: who spoke with authority for the agency, and for the Tribe.
    pub(super) authority: Option<(String, String)>,
}

impl NewEntry {
    /// It is a contact with a Tribe as a government.
    pub(super) fn between_governments(&self) -> bool {
        self.authority.is_some()
    }

    /// Who spoke with authority for the agency and for the Tribe; empty for engagement.
    pub(super) fn spoke(&self) -> (&str, &str) {
        self.authority.as_ref().map_or(("", ""), |(ours, theirs)| (ours, theirs))
    }
}
