//! The forms of how long consent holds and of the wording, as typed.

use super::model::{LANGUAGES, RUN_OUT, Terms};
use crate::platform::{form::Problems, labels::Label as _};
use serde::{Deserialize, Serialize};

/// For how many months each use holds; what is empty has no end.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct TermsForm {
    pub(super) quoted: String,
    pub(super) exported: String,
    pub(super) published: String,
    pub(super) research: String,
}

impl TermsForm {
    pub(super) fn of(terms: &Terms) -> Self {
        let [quoted, exported, published, research] = terms.0.map(|months| months.map(|one| one.to_string()).unwrap_or_default());
        Self { quoted, exported, published, research }
    }

    pub(super) fn parse(&self) -> Result<Terms, Problems> {
        let mut p = Problems::default();
        let typed = [&self.quoted, &self.exported, &self.published, &self.research];
        let mut terms = Terms::default();
        for ((used, typed), months) in RUN_OUT.into_iter().zip(typed).zip(&mut terms.0) {
            if !typed.trim().is_empty() {
                *months = i16::try_from(p.whole(used.as_str(), typed, 1..=120, "Enter a number of months, or leave it empty")).ok();
            }
        }
        p.or(terms)
    }
}

/// What a speaker is to be shown, in one language.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct WordingForm {
    pub(super) language: String,
    pub(super) words: String,
}

impl WordingForm {
    pub(super) fn parse(&self) -> Result<(String, String), Problems> {
        let mut p = Problems::default();
        let language = self.language.trim().to_owned();
        if !LANGUAGES.iter().any(|(code, _)| *code == language) {
            p.add("language", "Choose a language of the list");
        }
        let words = p.prose("words", &self.words, 3000, "Enter what is shown before a speaker chooses");
        p.or((language, words))
    }
}
