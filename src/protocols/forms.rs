//! Forms of protocols, labels and notices, as typed.

use super::model::{GuestRole, Guests, NewLabel, NewProtocol, NoticeKind, OwnPeople, Protocol, Word};
use crate::platform::{
    form::{Problems, ticked},
    ids::{MembershipId, PartnerId},
    labels::Label as _,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A protocol's own words, and who of the body's people and of others is in it.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ProtocolForm {
    pub(super) name: String,
    pub(super) words: String,
    pub(super) reasons: String,
    pub(super) shows_reasons: String,
    pub(super) own_people: String,
}

/// What a steward says of a protocol in its own words, apart from who is let in.
#[derive(Debug)]
pub(super) struct Said {
    pub(super) name: String,
    pub(super) words: String,
    pub(super) reasons: String,
    pub(super) shows_reasons: bool,
    pub(super) own_people: OwnPeople,
}

impl ProtocolForm {
    /// The form that would change this protocol.
    pub(super) fn of(protocol: &Protocol) -> Self {
        Self {
            name: protocol.name.clone(),
            words: protocol.words.clone(),
            reasons: protocol.reasons.clone(),
            shows_reasons: if protocol.shows_reasons { "yes".to_owned() } else { String::new() },
            own_people: protocol.own_people.as_str().to_owned(),
        }
    }

    pub(super) fn parse(&self) -> Result<Said, Problems> {
        let mut p = Problems::default();
        let said = Said {
            name: p.text("name", &self.name, 100, "Enter what you call the protocol"),
            words: p.optional_prose("words", &self.words, 2000),
            reasons: p.optional_prose("reasons", &self.reasons, 2000),
            shows_reasons: ticked(&self.shows_reasons),
            own_people: p.one_of("own_people", &self.own_people, "Choose who of your people is in it"),
        };
        p.or(said)
    }
}

/// Letting somebody in.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct GuestsForm {
    pub(super) own: Vec<String>,
    pub(super) roles: Vec<String>,
    pub(super) guest: String,
    pub(super) guest_body: String,
    pub(super) until: String,
}

impl GuestsForm {
    /// The guest and the body that were chosen, which stay in their lists.
    pub(super) fn chosen(&self) -> (&str, &str) {
        (&self.guest, &self.guest_body)
    }

    pub(super) fn parse(&self, today: NaiveDate) -> Result<Guests, Problems> {
        let mut p = Problems::default();
        let mut members: Vec<MembershipId> = self.own.iter().filter_map(|one| one.parse().ok()).collect();
        members.extend(p.optional_id::<MembershipId>("guest", &self.guest));
        members.sort_unstable();
        members.dedup();
        let roles = self.roles.iter().filter(|one| GuestRole::parse(one).is_some()).cloned().collect();
        let bodies = p.optional_id::<PartnerId>("guest_body", &self.guest_body).into_iter().collect();
        let guests = Guests { members, roles, bodies, until: p.optional_day("until", &self.until) };
        if guests.until.is_some_and(|until| until < today) {
            p.add("until", "Enter a last day that is not over");
        }
        p.or(guests)
    }

    /// The same where somebody must be named.
    pub(super) fn parse_some(&self, today: NaiveDate) -> Result<Guests, Problems> {
        let guests = self.parse(today)?;
        if guests.is_empty() {
            let mut p = Problems::default();
            p.add("guest", "Choose whom to let in");
            return Err(p);
        }
        Ok(guests)
    }
}

/// Making a protocol: its words and its first readers.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct NewForm {
    pub(super) name: String,
    pub(super) words: String,
    pub(super) reasons: String,
    pub(super) shows_reasons: String,
    pub(super) own_people: String,
    pub(super) own: Vec<String>,
    pub(super) roles: Vec<String>,
    pub(super) guest: String,
    pub(super) guest_body: String,
    pub(super) until: String,
}

impl NewForm {
    /// The guest and the body that were chosen, which stay in their lists.
    pub(super) fn chosen(&self) -> (&str, &str) {
        (&self.guest, &self.guest_body)
    }

    fn halves(&self) -> (ProtocolForm, GuestsForm) {
        let one = self.clone();
        let said = ProtocolForm {
            name: one.name,
            words: one.words,
            reasons: one.reasons,
            shows_reasons: one.shows_reasons,
            own_people: one.own_people,
        };
        (said, GuestsForm { own: one.own, roles: one.roles, guest: one.guest, guest_body: one.guest_body, until: one.until })
    }

    pub(super) fn parse(&self, today: NaiveDate) -> Result<NewProtocol, Problems> {
        let (said, guests) = self.halves();
        match (said.parse(), guests.parse(today)) {
            (Ok(said), Ok(guests)) => Ok(NewProtocol {
                name: said.name,
                words: said.words,
                reasons: said.reasons,
                shows_reasons: said.shows_reasons,
                named_only: said.own_people == OwnPeople::Named,
                guests,
            }),
            (Err(problems), Ok(_)) | (Ok(_), Err(problems)) => Err(problems),
            (Err(mut problems), Err(more)) => {
                for one in more.list() {
                    problems.add(&one.field, one.message.clone());
                }
                Err(problems)
            }
        }
    }
}

labels! {
    /// What is done with an item's protocols.
    pub enum Deed {
        Put = "put", "put on";
        TakeOff = "take_off", "take off";
        All = "all", "all of them";
        Any = "any", "any of them";
    }
}

/// One button on an item's page.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ItemForm {
    pub(super) deed: String,
    pub(super) protocol: String,
}

/// A second steward's word.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct WordForm {
    pub(super) word: String,
    pub(super) because: String,
}

impl WordForm {
    /// `mine`: whoever asked says it, and can only take it back.
    pub(super) fn parse(&self, mine: bool) -> Result<Word, Problems> {
        let mut p = Problems::default();
        if mine {
            if self.word != "take_back" {
                p.add("", "Leave the second word to another steward: you asked for it");
            }
            return p.or(Word::TakeBack);
        }
        let because = p.optional_prose("because", &self.because, 1000);
        let word = match self.word.as_str() {
            "approve" => Word::Approve,
            "refuse" if because.is_empty() => {
                p.add("because", "Enter why you refuse it");
                Word::Refuse(because)
            }
            "refuse" => Word::Refuse(because),
            _ => {
                p.add("word", "Choose yes or no");
                Word::Approve
            }
        };
        p.or(word)
    }
}

/// Setting a label.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct LabelForm {
    pub(super) item: String,
    pub(super) name: String,
    pub(super) words: String,
    pub(super) link: String,
}

impl LabelForm {
    pub(super) fn parse(&self) -> Result<NewLabel, Problems> {
        let mut p = Problems::default();
        let label = NewLabel {
            item: p.optional_id("item", &self.item),
            name: p.text("name", &self.name, 100, "Enter the label’s name as your community has it"),
            words: p.prose("words", &self.words, 2000, "Enter the label’s text in your community’s own words"),
            link: p.optional_link("link", &self.link),
        };
        if label.link.is_empty() && p.of("link").is_none() {
            p.add("link", "Enter the address of the label’s own page");
        }
        p.or(label)
    }
}

/// Putting a notice of the agency.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct NoticeForm {
    pub(super) item: String,
    pub(super) kind: String,
    pub(super) words: String,
}

/// A notice about to be put.
#[derive(Debug)]
pub(super) struct NewNotice {
    pub(super) item: uuid::Uuid,
    pub(super) kind: NoticeKind,
    pub(super) words: String,
}

impl NoticeForm {
    pub(super) fn parse(&self) -> Result<NewNotice, Problems> {
        let mut p = Problems::default();
        let notice = NewNotice {
            item: p.id("item", &self.item, "Choose what it stands beside"),
            kind: p.one_of("kind", &self.kind, "Choose the notice"),
            words: p.optional_prose("words", &self.words, 500),
        };
        p.or(notice)
    }
}
