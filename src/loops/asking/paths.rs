//! Addresses of asking without an account. The agency's part alone stands in them, and in which language they are read.

use crate::{
    mail::Language,
    platform::{error::Error, paging::with_filters},
};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

macro_rules! doors {
    ($(#[$meta:meta] $name:ident $address:literal $way:ident;)+) => {
        $(
            #[$meta]
            #[derive(Debug, Clone, TypedPath, Deserialize)]
            #[typed_path($address, rejection(Error))]
            pub struct $name {
                /// The agency.
                pub agency: String,
            }

            #[$meta]
            #[must_use]
            pub fn $way(agency: &str, language: impl Into<Spoken>) -> String {
                with_filters(&$name { agency: agency.to_owned() }.to_string(), &[("language", language.into().0)])
            }
        )+
    };
}

/// The language of a page, where it is not that of the house.
#[derive(Debug, Clone, Copy)]
pub struct Spoken(&'static str);

impl From<Language> for Spoken {
    fn from(language: Language) -> Self {
        Self(if language == Language::default() { "" } else { language.code() })
    }
}

/// Templates hand references.
impl From<&Language> for Spoken {
    fn from(language: &Language) -> Self {
        (*language).into()
    }
}

impl From<&&Language> for Spoken {
    fn from(language: &&Language) -> Self {
        (**language).into()
    }
}

doors! {
    /// Asking: what happens with it, and the form.
    Ask "/{agency}/ask" ask;
    /// The code, once.
    Sent "/{agency}/ask/sent" sent;
    /// Coming back with a code.
    Return "/{agency}/ask/return" back;
    /// What was asked, for whoever holds its code.
    Question "/{agency}/ask/question" question;
    /// A POST says whether the answer answers.
    Word "/{agency}/ask/question/word" word;
    /// A POST adds to what was asked.
    Words "/{agency}/ask/question/words" words;
    /// Taking it back: the question, and where it goes.
    Withdrawal "/{agency}/ask/question/withdrawal" withdrawal;
}

/// The page again, saying what was done.
#[must_use]
pub fn done(agency: &str, language: Language, what: &str) -> String {
    with_filters(&Question { agency: agency.to_owned() }.to_string(), &[("language", Spoken::from(language).0), ("done", what)])
}

/// Whether anybody may ask; a POST by a director changes it.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/settings/asking", rejection(Error))]
pub struct Setting {
    /// The agency.
    pub agency: String,
}

/// Whether anybody may ask.
#[must_use]
pub fn setting(agency: &str) -> String {
    Setting { agency: agency.to_owned() }.to_string()
}
