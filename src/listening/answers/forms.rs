//! What those who spoke are told, and what they say of it, as typed.

use super::model::{Offered, Said};
use crate::{
    consent::LANGUAGES,
    platform::{
        error::Error,
        form::{Choice, Problems, ticked},
        ids::SubjectId,
        labels::Label as _,
        subject::Kind,
    },
};
use serde::{Deserialize, Serialize};

/// The longest answer, in characters.
const LONGEST: usize = 1500;

/// What is told.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct AnswerForm {
    pub(super) record: String,
    pub(super) words: String,
    pub(super) language: String,
    pub(super) asks: String,
}

/// The same, parsed.
#[derive(Debug)]
pub(super) struct NewAnswer {
    pub(super) subject: SubjectId,
    pub(super) words: String,
    pub(super) language: String,
    pub(super) asks: bool,
}

impl AnswerForm {
    pub(super) fn begun() -> Self {
        Self { language: "en".to_owned(), ..Self::default() }
    }

    pub(super) fn languages() -> Vec<Choice> {
        LANGUAGES.iter().map(|(code, name)| Choice::new(*code, *name)).collect()
    }

    pub(super) fn parse(&self, offered: &[Offered]) -> Result<NewAnswer, Problems> {
        let mut p = Problems::default();
        let record = offered.iter().find(|one| one.subject.to_string() == self.record);
        if record.is_none() {
            p.add("record", "Choose what came of it");
        }
        let words = p.prose("words", &self.words, LONGEST, "Enter what you tell those who spoke");
        let language = if self.language.is_empty() { "en" } else { self.language.as_str() };
        if !LANGUAGES.iter().any(|(code, _)| *code == language) {
            p.add("language", "Choose a language of the list");
        }
        let asks = ticked(&self.asks);
        if asks && record.is_some_and(|one| one.kind != Kind::Commitment) {
            p.add("asks", "Leave this out, or choose a promise: only of a promise can people say whether it was kept");
        }
        let subject = record.map_or(SubjectId(uuid::Uuid::nil()), |one| one.subject);
        p.or(NewAnswer { subject, words, language: language.to_owned(), asks })
    }
}

/// What a speaker says: one of two buttons.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct SaidForm {
    pub(super) said: String,
}

impl SaidForm {
    pub(super) fn parse(&self) -> Result<Said, Error> {
        Said::parse(&self.said).ok_or_else(|| Error::refused("said", "Choose one of the two answers"))
    }
}
