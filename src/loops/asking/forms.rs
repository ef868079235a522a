//! The forms of those whom nobody knows, as typed; what is to be mended is said in their language.

use super::{
    super::model::Kind,
    model::{Asked, LONGEST, LONGEST_ABOUT, ReturnCode},
};
use crate::{
    mail::Language,
    platform::{
        error::Error,
        form::{Problems, ticked},
        labels::Label as _,
        session::Token,
        subject::Audience,
    },
};
use serde::Deserialize;

/// Something asked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct AskForm {
    pub(super) language: String,
    pub(super) kind: String,
    pub(super) words: String,
    pub(super) about: String,
    pub(super) audience: String,
    /// Chance that the page put there: the code follows from it.
    pub(super) seed: String,
    /// Left empty by people, who do not see it.
    pub(super) website: String,
}

impl AskForm {
    pub(super) fn fresh(language: Language) -> Self {
        let audience = Audience::Agency.as_str().to_owned();
        Self { language: language.code().to_owned(), audience, ..Self::default() }.with_seed()
    }

    /// The same with chance of its own, so that it can be sent.
    pub(super) fn with_seed(self) -> Self {
        Self { seed: Token::fresh().reveal().to_owned(), ..self }
    }

    pub(super) fn parse(&self) -> Result<Asked, Error> {
        let mut p = Mending::of(Language::known(Some(&self.language)));
        let kind = p.chosen("kind", Kind::parse(&self.kind), "ask-mend-kind")?;
        let words = p.prose("words", &self.words, LONGEST)?;
        if words.is_empty() && p.problems.of("words").is_none() {
            p.add("words", "ask-mend-words")?;
        }
        let about = p.prose("about", &self.about, LONGEST_ABOUT)?.split_whitespace().collect::<Vec<_>>().join(" ");
        let audience = Audience::parse(&self.audience).filter(|one| matches!(one, Audience::Leadership | Audience::Agency));
        let audience = p.chosen("audience", audience, "ask-mend-audience")?;
        if !self.website.is_empty() {
            p.add("website", "ask-mend-website")?;
        }
        let seed = Token::from_text(&self.seed);
        if seed.is_none() {
            p.add("", "ask-mend-seed")?;
        }
        match (kind, audience, seed, p.problems.is_empty()) {
            (Some(kind), Some(audience), Some(seed), true) => Ok(Asked { kind, words, about, audience, code: ReturnCode::of(&seed) }),
            _ => Err(Error::Refused(p.problems)),
        }
    }
}

/// A code that was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ReturnForm {
    pub(super) language: String,
    pub(super) code: String,
}

impl ReturnForm {
    /// What is said of a code that opens nothing here, whatever is wrong with it.
    pub(super) fn opens_nothing(&self) -> Result<Problems, Error> {
        let mut p = Mending::of(Language::known(Some(&self.language)));
        p.add("code", if self.code.trim().is_empty() { "ask-mend-no-code" } else { "ask-mend-code" })?;
        Ok(p.problems)
    }
}

/// The raiser's word on the answer.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct WordForm {
    pub(super) language: String,
    pub(super) word: String,
    pub(super) why: String,
}

impl WordForm {
    /// What is still open; nothing where it is closed.
    pub(super) fn parse(&self) -> Result<Option<String>, Error> {
        let mut p = Mending::of(Language::known(Some(&self.language)));
        let closes = p.chosen(
            "word",
            match self.word.as_str() {
                "closes" => Some(true),
                "not_yet" => Some(false),
                _ => None,
            },
            "ask-mend-word",
        )?;
        let why = p.prose("why", &self.why, LONGEST)?;
        if closes == Some(false) && why.is_empty() && p.problems.is_empty() {
            p.add("why", "ask-mend-why")?;
        }
        if p.problems.is_empty() { Ok((closes == Some(false)).then_some(why)) } else { Err(Error::Refused(p.problems)) }
    }
}

/// Something more about what was asked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct MoreForm {
    pub(super) language: String,
    pub(super) more: String,
}

impl MoreForm {
    pub(super) fn parse(&self) -> Result<String, Error> {
        let mut p = Mending::of(Language::known(Some(&self.language)));
        let more = p.prose("more", &self.more, LONGEST)?;
        if more.is_empty() && p.problems.is_empty() {
            p.add("more", "ask-mend-more")?;
        }
        if p.problems.is_empty() { Ok(more) } else { Err(Error::Refused(p.problems)) }
    }
}

/// In which language what was asked is taken back.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct BackForm {
    pub(super) language: String,
}

/// Whether anybody may ask.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct SettingForm {
    pub(super) open: String,
}

impl SettingForm {
    pub(super) fn is_open(&self) -> bool {
        ticked(&self.open)
    }
}

/// Problems in one language.
struct Mending {
    language: Language,
    problems: Problems,
}

impl Mending {
    fn of(language: Language) -> Self {
        Self { language, problems: Problems::default() }
    }

    fn add(&mut self, field: &str, message: &str) -> Result<(), Error> {
        let said = self.language.say(message, &[])?;
        self.problems.add(field, said);
        Ok(())
    }

    fn chosen<T>(&mut self, field: &str, choice: Option<T>, missing: &str) -> Result<Option<T>, Error> {
        if choice.is_none() {
            self.add(field, missing)?;
        }
        Ok(choice)
    }

    /// Free text that may be empty, under the rules that hold for everybody's.
    fn prose(&mut self, field: &str, typed: &str, most: usize) -> Result<String, Error> {
        let mut ruled = Problems::default();
        let text = ruled.optional_prose(field, typed, most);
        if ruled.of(field).is_some() {
            self.add(field, if text.chars().count() > most { "ask-mend-long" } else { "ask-mend-known" })?;
        }
        Ok(text)
    }
}
