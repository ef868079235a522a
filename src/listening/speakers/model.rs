//! A speaker and their card.

use crate::{
    consent::{Attribution, Uses, WordingId},
    platform::ids::{MembershipId, PartnerId, SubjectId},
};

crate::id!(
    /// A speaker in one session.
    SpeakerId
);

labels! {
    /// What the speaker allowed on the card.
    pub enum Card {
        WithoutName = "without_name", "Write my words without my name";
        WithName = "with_name", "Write my words with my name";
        DoNotWrite = "do_not_write", "Do not write";
    }
}

labels! {
    /// How the card was given.
    pub enum CardHow {
        Paper = "paper", "On paper";
        Aloud = "aloud", "Read aloud and answered aloud";
        Own = "own", "By the speaker, on their own telephone";
    }
}

labels! {
    /// How somebody may be reached safely.
    pub enum Reach {
        Telephone = "telephone", "By telephone";
        Text = "text", "By text message";
        Email = "email", "By email";
        Letter = "letter", "By letter";
        Through = "through", "Through a person they named";
        InPerson = "in_person", "Only in person";
    }
}

/// A speaker in a session.
#[derive(Debug, Clone)]
pub struct Speaker {
    /// Their id.
    pub id: SpeakerId,
    /// The session.
    pub session: SubjectId,
    /// Their name, where they gave one.
    pub name: String,
    /// How they are shown: "a grandmother, the hill villages".
    pub label: String,
    /// Their community.
    pub community: String,
    /// What the card allows.
    pub card: Card,
    /// How it was given.
    pub card_how: CardHow,
    /// The wording that stood on it or was read aloud.
    pub wording: Option<WordingId>,
    /// It was handed to the speaker, who has not answered it yet.
    pub is_open: bool,
    /// The body they belong to.
    pub body: Option<PartnerId>,
    /// Their membership, if they have one.
    pub membership: Option<MembershipId>,
    /// Under 18.
    pub minor: bool,
    /// Who consented for somebody under 18, as the agency's rule says.
    pub minor_consent: String,
    /// How they may be reached.
    pub reach: Option<Reach>,
    /// Number or address.
    pub reach_at: String,
    /// Which hours.
    pub reach_hours: String,
    /// The person they named.
    pub reach_through: String,
    /// Whether a message may be left.
    pub may_leave_message: bool,
    /// Whether the agency may be named.
    pub may_name_agency: bool,
    /// What the agency's table made of the card on the day it was taken in.
    pub uses: Vec<String>,
    /// They have given their word on something that was written down: the card is joined to nobody else from then on.
    pub word_given: bool,
    /// Until when they are asked for their word on what was written down.
    pub asked_until: Option<chrono::NaiveDate>,
    /// Counts every change.
    pub version: i32,
}

/// The proof that a card is the asker’s own: how they may be reached is theirs to say.
#[derive(Debug, Clone, Copy)]
pub(super) struct OwnCard(pub(super) SpeakerId);

/// The proof that a card was handed over and is still to be answered by its speaker.
#[derive(Debug, Clone, Copy)]
pub(super) struct BlankCard(pub(super) SpeakerId);

impl Speaker {
    /// The proof for its speaker, while they have not answered it.
    #[must_use]
    pub(super) fn blank(&self) -> Option<BlankCard> {
        (self.card_how == CardHow::Own && self.is_open).then_some(BlankCard(self.id))
    }

    /// The proof for a member whose card it is.
    #[must_use]
    pub(super) fn own(&self, me: MembershipId) -> Option<OwnCard> {
        (self.membership == Some(me)).then_some(OwnCard(self.id))
    }

    /// How everybody sees whose words they are, before the speaker says otherwise.
    #[must_use]
    pub fn attribution(&self) -> Attribution {
        match self.card {
            Card::WithName if Uses::of(&self.uses).named && !self.name.is_empty() => Attribution::Named,
            _ => Attribution::Role,
        }
    }

    /// What stands beside their words when they are shown so; the database says the same (`show_as_chosen`).
    #[must_use]
    pub fn shown_as(&self, attribution: Attribution) -> String {
        shown_as((&self.name, &self.label, &self.community), attribution)
    }

    /// How those on duty find them in a list: as their words are shown, and how the card calls them beside a name.
    #[must_use]
    pub fn called(&self) -> String {
        let shown = self.shown_as(self.attribution());
        if shown == self.label { shown } else { format!("{shown} ({})", self.label) }
    }

    /// Whether they named a person who may speak with them about their words.
    #[must_use]
    pub fn named_somebody(&self) -> bool {
        !self.reach_through.is_empty()
    }

    /// How they may be reached, as one sentence.
    #[must_use]
    pub fn reach_words(&self) -> String {
        let Some(how) = self.reach else { return "Not to be reached".to_owned() };
        if how == Reach::InPerson {
            return if self.reach_hours.is_empty() { how.to_string() } else { format!("{how}, {}", self.reach_hours) };
        }
        let to = match how {
            Reach::Through => &self.reach_through,
            _ if self.reach_at.is_empty() => "where, is still to ask",
            _ => &self.reach_at,
        };
        let hours = if self.reach_hours.is_empty() { String::new() } else { format!(", {}", self.reach_hours) };
        let message = match (self.may_leave_message, self.may_name_agency) {
            (false, _) => "no message may be left",
            (true, false) => "a message may be left, without naming the agency",
            (true, true) => "a message may be left and name the agency",
        };
        format!("{how}: {to}{hours}; {message}")
    }
}

/// A speaker with this name, label and community, shown so.
#[must_use]
pub fn shown_as((name, label, community): (&str, &str, &str), attribution: Attribution) -> String {
    match attribution {
        Attribution::Named if !name.is_empty() => name.to_owned(),
        Attribution::Named | Attribution::Role => label.to_owned(),
        Attribution::Community if community.is_empty() => "a community member".to_owned(),
        Attribution::Community => format!("somebody of {community}"),
        Attribution::Anonymous => "somebody who spoke".to_owned(),
    }
}
