//! Somebody on the way in: what is known of them before they come, and how their link fares.

use super::{super::me::Channel, AgencyRole};
use crate::{mail::Language, platform::ids::MembershipId};
use chrono::{DateTime, Utc};

/// An invitation's link that may be used still.
#[derive(Debug)]
pub(in crate::members) struct OpenLink {
    /// For which address.
    pub(in crate::members) email: String,
    /// How long.
    pub(in crate::members) until: DateTime<Utc>,
    /// A letter brings it; otherwise it was handed over.
    pub(in crate::members) by_letter: bool,
    /// When the letter was sent.
    pub(in crate::members) sent_at: Option<DateTime<Utc>>,
    /// When it was given up.
    pub(in crate::members) failed_at: Option<DateTime<Utc>>,
    /// Why it was given up, or has to be tried again.
    pub(in crate::members) error: Option<String>,
}

impl OpenLink {
    /// How its letter fares, as a mark.
    pub(in crate::members) fn state(&self) -> &'static str {
        match (self.sent_at, self.failed_at, &self.error) {
            (Some(_), ..) => "sent",
            (_, Some(_), _) => "given up",
            (.., Some(_)) => "tried again soon",
            _ => "on its way",
        }
    }
}

/// Somebody to invite onto the agency's side, or as a person with lived experience.
#[derive(Debug)]
pub(in crate::members) struct Invited {
    pub(in crate::members) name: String,
    pub(in crate::members) email: String,
    /// None: a person with lived experience, without a body.
    pub(in crate::members) role: Option<AgencyRole>,
    /// Of a person with lived experience: the facilitators who come to know who they are.
    pub(in crate::members) readers: Vec<MembershipId>,
    /// Of a person with lived experience: how they are reached, where somebody asked them.
    pub(in crate::members) channel: Option<Channel>,
    /// And whether a letter may name the agency.
    pub(in crate::members) may_name_agency: bool,
    /// In which they are written to; none: as the agency writes.
    pub(in crate::members) language: Option<Language>,
    /// Whoever invites knows that somebody of this name or address is here already.
    pub(in crate::members) again: bool,
}

impl Invited {
    /// Whether the letter with the invitation names the agency; none where no letter goes because nobody asked whether one may come.
    pub(in crate::members) fn letter_may_name(&self) -> Option<bool> {
        (self.role.is_none() && self.channel == Some(Channel::Email)).then_some(self.may_name_agency)
    }
}
