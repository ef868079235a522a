//! The forms of groups, as typed.

use super::model::{Entry, Group, NewSeat, NewTerm, Seat, Sitter, State};
use crate::{
    commitments::Sides,
    listening::sessions::Constituency,
    platform::{
        form::{Choice, Problems, ticked},
        labels::Label as _,
        subject::Audience,
    },
};
use serde::{Deserialize, Serialize};

/// A group.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct GroupForm {
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) purpose: String,
    pub(super) method: String,
    pub(super) method_note: String,
    pub(super) reports_to: String,
    pub(super) open_law: String,
    pub(super) agenda_days: String,
    pub(super) state: String,
    pub(super) audience: String,
}

impl GroupForm {
    /// A new one.
    pub(super) fn begun() -> Self {
        Self { agenda_days: "3".to_owned(), audience: Audience::Partnership.as_str().to_owned(), ..Self::default() }
    }

    pub(super) fn of(now: &Group) -> Self {
        Self {
            name: now.name.clone(),
            kind: now.kind.as_str().to_owned(),
            purpose: now.purpose.clone(),
            method: now.method.as_str().to_owned(),
            method_note: now.method_note.clone(),
            reports_to: now.reports_to_id.map(|id| id.to_string()).unwrap_or_default(),
            open_law: if now.open_law { "yes".to_owned() } else { String::new() },
            agenda_days: now.agenda_days.to_string(),
            state: now.state.as_str().to_owned(),
            audience: now.audience.as_str().to_owned(),
        }
    }

    /// `groups`: those to which it may report.
    pub(super) fn parse(&self, groups: &[Choice]) -> Result<Entry, Problems> {
        let mut p = Problems::default();
        let open_law = ticked(&self.open_law);
        let days = if self.agenda_days.trim().is_empty() && !open_law { "3" } else { self.agenda_days.as_str() };
        let entry = Entry {
            name: p.text("name", &self.name, 150, "Enter what the group is called"),
            kind: p.one_of("kind", &self.kind, "Choose what kind of group it is"),
            purpose: p.prose("purpose", &self.purpose, 4000, "Enter what the group is for"),
            method: p.one_of("method", &self.method, "Choose how it decides"),
            method_note: p.optional_prose("method_note", &self.method_note, 1000),
            reports_to: p.optional_id("reports_to", &self.reports_to),
            open_law,
            agenda_days: i16::try_from(p.whole("agenda_days", days, 1..=60, "Enter a number of days")).unwrap_or(3),
            state: p.optional_one_of("state", &self.state).unwrap_or(State::Active),
            audience: Sides::audience(&self.audience),
        };
        if entry.reports_to.is_some_and(|id| !groups.iter().any(|one| one.value == id.to_string())) {
            p.add("reports_to", "Choose one of the list");
        }
        if open_law && entry.audience == Audience::Agency {
            p.add("audience", "Choose every member: under an open-meeting law the group and its minutes are read by all");
        }
        p.or(entry)
    }
}

/// A new version of the charter.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct CharterForm {
    pub(super) text: String,
    pub(super) agreed: String,
}

impl CharterForm {
    /// The text, and who agreed to it.
    pub(super) fn parse(&self) -> Result<(String, String), Problems> {
        let mut p = Problems::default();
        let text = p.prose("text", &self.text, 20_000, "Enter the charter");
        let agreed = p.optional_prose("agreed", &self.agreed, 500);
        p.or((text, agreed))
    }
}

/// A seat.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct SeatForm {
    pub(super) constituency: String,
    pub(super) title: String,
    pub(super) chair: String,
}

impl SeatForm {
    pub(super) fn parse(&self) -> Result<NewSeat, Problems> {
        let mut p = Problems::default();
        let seat = NewSeat {
            constituency: p.one_of("constituency", &self.constituency, "Choose whose seat it is"),
            title: p.optional("title", &self.title, 100),
            is_chair: ticked(&self.chair),
        };
        if seat.constituency == Constituency::Other {
            p.add("constituency", "Choose one of the list");
        }
        p.or(seat)
    }
}

/// Who sits, from when until when, and on whose mandate.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct TermForm {
    pub(super) who: String,
    pub(super) mandate: String,
    pub(super) from_on: String,
    pub(super) until_on: String,
}

impl TermForm {
    /// Whom the agency may give a seat to.
    pub(super) fn offered(seat: &Seat, sides: &Sides) -> Vec<Choice> {
        match seat.constituency {
            Constituency::Agency => sides.agency.clone(),
            Constituency::LivedExperience => sides.people.clone(),
            _ => sides.partners.clone(),
        }
    }

    pub(super) fn parse(&self, offered: &[Choice], sides: &Sides) -> Result<NewTerm, Problems> {
        let mut p = Problems::default();
        let from_on = p.day("from_on", &self.from_on, "Enter from when");
        let until_on = p.optional_day("until_on", &self.until_on);
        if until_on.is_some_and(|until| until < from_on) && p.of("from_on").is_none() {
            p.add("until_on", "Enter a day that is not before the first one");
        }
        let mandate = p.optional_prose("mandate", &self.mandate, 500);
        let who = sides.party(&self.who).filter(|_| offered.iter().any(|one| one.value == self.who.trim()));
        let Some((_, who)) = who else {
            p.add("who", "Choose who has the seat");
            return Err(p);
        };
        p.or(NewTerm { who, mandate, from_on, until_on })
    }
}

/// Who sits for a body.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct SitterForm {
    pub(super) member: String,
    pub(super) mandate: String,
}

impl SitterForm {
    pub(super) fn parse(&self, people: &[Choice]) -> Result<Sitter, Problems> {
        let mut p = Problems::default();
        let sitter = Sitter {
            member: p.id("member", &self.member, "Choose who sits for you"),
            mandate: p.prose("mandate", &self.mandate, 500, "Enter on whose mandate: who decided it, and when"),
        };
        if p.of("member").is_none() && !people.iter().any(|one| one.value == sitter.member.to_string()) {
            p.add("member", "Choose one of the list");
        }
        p.or(sitter)
    }
}
