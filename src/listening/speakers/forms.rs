//! The consent card, as filled in.

use super::model::{Card, CardHow, Reach, Speaker};
use crate::{
    consent::WordingId,
    platform::{
        form::{Problems, ticked},
        ids::{MembershipId, PartnerId},
        labels::Label as _,
    },
};
use serde::{Deserialize, Serialize};

/// A speaker's card.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct CardForm {
    pub(super) label: String,
    pub(super) community: String,
    pub(super) card: String,
    pub(super) card_how: String,
    pub(super) wording: String,
    pub(super) name: String,
    pub(super) partner: String,
    pub(super) membership: String,
    pub(super) minor: String,
    pub(super) minor_consent: String,
    pub(super) reach_how: String,
    pub(super) reach_at: String,
    pub(super) reach_hours: String,
    pub(super) reach_through: String,
    pub(super) may_leave_message: String,
    pub(super) may_name_agency: String,
    /// In which language its speaker is asked, on their own telephone.
    pub(super) language: String,
}

/// The card, parsed.
#[derive(Debug)]
pub(super) struct NewCard {
    pub(super) label: String,
    pub(super) community: String,
    pub(super) card: Card,
    pub(super) card_how: CardHow,
    pub(super) wording: Option<WordingId>,
    pub(super) name: String,
    pub(super) partner: Option<PartnerId>,
    pub(super) membership: Option<MembershipId>,
    pub(super) minor: bool,
    pub(super) minor_consent: String,
    pub(super) reach: Reached,
}

/// How somebody may be reached safely, parsed.
#[derive(Debug)]
pub(super) struct Reached {
    pub(super) how: Option<Reach>,
    pub(super) at: String,
    pub(super) hours: String,
    pub(super) through: String,
    pub(super) may_leave_message: bool,
    pub(super) may_name_agency: bool,
}

fn yes(is: bool) -> String {
    if is { "yes".to_owned() } else { String::new() }
}

impl CardForm {
    /// The form that would edit this card.
    pub(super) fn of(speaker: &Speaker) -> Self {
        Self {
            label: speaker.label.clone(),
            community: speaker.community.clone(),
            card: speaker.card.as_str().to_owned(),
            card_how: speaker.card_how.as_str().to_owned(),
            wording: speaker.wording.map(|id| id.to_string()).unwrap_or_default(),
            name: speaker.name.clone(),
            partner: speaker.body.map(|id| id.to_string()).unwrap_or_default(),
            membership: speaker.membership.map(|id| id.to_string()).unwrap_or_default(),
            minor: yes(speaker.minor),
            minor_consent: speaker.minor_consent.clone(),
            reach_how: speaker.reach.map(|one| one.as_str().to_owned()).unwrap_or_default(),
            reach_at: speaker.reach_at.clone(),
            reach_hours: speaker.reach_hours.clone(),
            reach_through: speaker.reach_through.clone(),
            may_leave_message: yes(speaker.may_leave_message),
            may_name_agency: yes(speaker.may_name_agency),
            language: String::new(),
        }
    }

    /// `minors_rule`: the agency's rule for people under 18; without one they cannot be entered.
    pub(super) fn parse(&self, minors_rule: Option<&str>) -> Result<NewCard, Problems> {
        let mut p = Problems::default();
        let label = p.prose("label", &self.label, 120, "Enter how the speaker is shown, such as: a grandmother, the hill villages");
        let card = p.one_of("card", &self.card, "Choose what the speaker allows");
        let card_how = p.one_of("card_how", &self.card_how, "Choose how the card was given");
        let (name, minor) = (p.optional("name", &self.name, 120), ticked(&self.minor));
        if card == Card::WithName && name.is_empty() {
            p.add("name", "Enter the speaker’s name: their card says that it may be shown");
        }
        let minor_consent = p.optional_prose("minor_consent", &self.minor_consent, 300);
        if minor && minors_rule.is_none() {
            p.add("minor", "Leave this card out: the agency has not set its rule for people under 18, and until then it is closed");
        } else if minor && minor_consent.is_empty() {
            p.add("minor_consent", "Enter who consented and how, as the agency’s rule says");
        }
        let new = NewCard {
            label,
            community: p.optional("community", &self.community, 150),
            card,
            card_how,
            wording: p.optional_id("wording", &self.wording),
            // A name that may not be shown is not kept.
            name: if card == Card::WithName { name } else { String::new() },
            partner: p.optional_id("partner", &self.partner),
            membership: p.optional_id("membership", &self.membership),
            minor,
            minor_consent: if minor { minor_consent } else { String::new() },
            reach: self.reach(&mut p),
        };
        p.or(new)
    }

    /// What a speaker says on their own telephone. Of whoever is under 18 a card is taken in by those on duty alone, as the agency's rule says.
    pub(super) fn parse_own(&self) -> Result<NewCard, Problems> {
        let mut p = Problems::default();
        if ticked(&self.minor) {
            p.add("minor", "Give this back to whoever showed it to you: for somebody under 18 they fill in the card with you");
        }
        let own = Self {
            card_how: CardHow::Own.as_str().to_owned(),
            minor: String::new(),
            partner: String::new(),
            membership: String::new(),
            // It stands in no field of theirs: what is none is left out.
            wording: self.wording.parse::<WordingId>().map_or_else(|_| String::new(), |id| id.to_string()),
            ..self.clone()
        };
        match own.parse(None) {
            Ok(card) => p.or(card),
            Err(more) => {
                more.list().iter().for_each(|one| p.add(&one.field, one.message.clone()));
                Err(p)
            }
        }
    }

    /// Only how the speaker may be reached.
    pub(super) fn parse_reach(&self) -> Result<Reached, Problems> {
        let mut p = Problems::default();
        let reached = self.reach(&mut p);
        p.or(reached)
    }

    fn reach(&self, p: &mut Problems) -> Reached {
        let how = p.optional_one_of("reach_how", &self.reach_how);
        let at = p.number_or_address("reach_at", &self.reach_at, 254);
        let through = p.number_or_address("reach_through", &self.reach_through, 150);
        match how {
            Some(Reach::Through) if through.is_empty() => p.add("reach_through", "Enter the person they named"),
            Some(Reach::Telephone | Reach::Text | Reach::Email | Reach::Letter) if at.is_empty() => {
                p.add("reach_at", "Enter the number or address they gave");
            }
            _ => {}
        }
        Reached {
            how,
            at,
            hours: p.number_or_address("reach_hours", &self.reach_hours, 150),
            through,
            may_leave_message: ticked(&self.may_leave_message),
            may_name_agency: ticked(&self.may_name_agency),
        }
    }
}
