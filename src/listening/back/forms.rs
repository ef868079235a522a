//! How a try went, until when people are asked, what a speaker adds and what they let others read, as typed.

use super::model::{InRoom, Outcome, Room, ToReach, may_be_asked_until};
use crate::{
    consent::{Attribution, LANGUAGES, Uses},
    listening::{speakers::Speaker, statements::Added},
    platform::{
        form::{Problems, ticked},
        ids::SubjectId,
        labels::Label as _,
        subject::Audience,
    },
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// How it went.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct TryForm {
    pub(super) outcome: String,
}

impl TryForm {
    pub(super) fn parse(&self, to_reach: &ToReach) -> Result<Outcome, Problems> {
        const CHOOSE: &str = "Choose how it went";
        let mut p = Problems::default();
        let outcome: Outcome = p.one_of("outcome", &self.outcome, CHOOSE);
        if p.is_empty() && !to_reach.outcomes().iter().any(|one| one.value == outcome.as_str()) {
            p.add("outcome", CHOOSE);
        }
        p.or(outcome)
    }
}

/// Until when those who spoke are asked for their word.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct UntilForm {
    pub(super) asked_until: String,
}

impl UntilForm {
    pub(super) fn of(day: Option<NaiveDate>) -> Self {
        Self { asked_until: day.map(|day| day.to_string()).unwrap_or_default() }
    }

    pub(super) fn parse(&self, today: NaiveDate) -> Result<NaiveDate, Problems> {
        let mut p = Problems::default();
        let day = p.day("asked_until", &self.asked_until, "Enter the last day on which they are asked");
        if p.is_empty() && !may_be_asked_until(today, day) {
            p.add("asked_until", "Enter a day that is still ahead, within half a year");
        }
        p.or(day)
    }
}

/// Which of their words a speaker lets those in the room read.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct RoomForm {
    pub(super) statements: Vec<String>,
    /// Asked once more before more people read them.
    pub(super) sure: String,
}

impl RoomForm {
    pub(super) fn of(room: &Room) -> Self {
        let shared = room.own.iter().filter(|one| one.for_room).map(|one| one.id.to_string());
        Self { statements: shared.collect(), sure: String::new() }
    }

    pub(super) fn parse(&self, room: &Room) -> Result<Vec<SubjectId>, Problems> {
        let mut p = Problems::default();
        let wanted: Vec<&InRoom> = room.own.iter().filter(|one| self.statements.contains(&one.id.to_string())).collect();
        if wanted.len() != self.statements.len() {
            p.add("statements", "Choose from the list");
        }
        if wanted.iter().any(|one| !one.for_room) && !ticked(&self.sure) {
            p.add("sure", "Tick that those who spoke in the session may read what you chose");
        }
        p.or(wanted.iter().map(|one| one.id).collect())
    }
}

/// The longest statement, in characters.
const LONGEST: usize = 6000;

/// What a speaker adds to what they said.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct OwnForm {
    pub(super) words: String,
    pub(super) language: String,
    pub(super) uses: Vec<String>,
    pub(super) attribution: String,
    pub(super) audience: String,
    /// Which wording was shown with the questions.
    pub(super) wording: String,
}

impl OwnForm {
    /// For the speaker alone, shown as their card says, in English.
    pub(super) fn begun(card: &Speaker) -> Self {
        Self {
            language: "en".to_owned(),
            attribution: card.attribution().as_str().to_owned(),
            audience: Audience::Author.as_str().to_owned(),
            ..Self::default()
        }
    }

    pub(super) fn parse(&self, card: &Speaker) -> Result<Added, Problems> {
        let mut p = Problems::default();
        let words = p.prose("words", &self.words, LONGEST, "Enter what you want to say");
        let attribution = p.one_of("attribution", &self.attribution, "Choose how you want to be shown");
        let audience = p.one_of("audience", &self.audience, "Choose who may read it");
        if attribution == Attribution::Named && card.name.is_empty() {
            p.add("attribution", "Choose another answer: no name is on the card. Whoever facilitates can write it there when you say so");
        }
        if audience == Audience::Body && card.body.is_none() {
            p.add("audience", "Choose another answer: you spoke for yourself, and not as one of an organization or Tribe");
        }
        let language = if self.language.is_empty() { "en" } else { self.language.as_str() };
        if !LANGUAGES.iter().any(|(code, _)| *code == language) {
            p.add("language", "Choose a language of the list");
        }
        let named = attribution == Attribution::Named;
        let uses = Uses { kept: true, named, ..Uses::of(&self.uses) };
        p.or(Added { words, language: language.to_owned(), uses, attribution, audience, wording: self.wording.parse().ok() })
    }
}
