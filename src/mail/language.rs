//! In which language a letter is written: a file of messages for each (`words/en.ftl`), inside the program. A letter speaks one language:
//! where a message is missing, or lacks something that it names, there is no letter.

use crate::platform::{
    error::Error,
    form::{Choice, Problems},
};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use rust_embed::RustEmbed;
use std::{collections::BTreeMap, sync::LazyLock};
use unic_langid::LanguageIdentifier;

/// The language of the house: its stored sentences are written in it, and so is whatever nobody chose otherwise.
const ENGLISH: &str = "en";

#[derive(RustEmbed)]
#[folder = "src/mail/words/"]
#[include = "*.ftl"]
struct Files;

/// Every language by its code, as its file is called.
static BOOKS: LazyLock<BTreeMap<String, FluentBundle<FluentResource>>> = LazyLock::new(|| {
    let named = |file: &str| file.strip_suffix(".ftl").map(str::to_owned);
    Files::iter().filter_map(|file| named(&file)).filter_map(|code| Some((code.clone(), book(&code)?))).collect()
});

/// The messages of a file. What is not well formed in it is missing; a test reads each of them.
fn book(code: &str) -> Option<FluentBundle<FluentResource>> {
    let tag: LanguageIdentifier = code.parse().ok()?;
    let text = String::from_utf8(Files::get(&format!("{code}.ftl"))?.data.into_owned()).ok()?;
    let messages = FluentResource::try_new(text).unwrap_or_else(|(messages, _)| messages);
    let mut book = FluentBundle::new_concurrent(vec![tag]);
    // No marks around what is put in: an address is to be copied as it stands.
    book.set_use_isolating(false);
    book.add_resource(messages).ok()?;
    Some(book)
}

/// A language in which letters are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Language(&'static str);

impl Default for Language {
    fn default() -> Self {
        Self(ENGLISH)
    }
}

impl Language {
    /// The one with this code, if there is a file for it.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        BOOKS.get_key_value(code).map(|(code, _)| Self(code))
    }

    /// The one that the database says; where nobody said, or its file is gone, English.
    #[must_use]
    pub fn known(code: Option<&str>) -> Self {
        code.and_then(Self::parse).unwrap_or_default()
    }

    /// The one that was chosen in a form; a problem of its field where there is none such.
    pub fn chosen(problems: &mut Problems, typed: &str) -> Option<Self> {
        let language = Self::parse(typed);
        if language.is_none() {
            problems.add("language", "Choose one of these languages");
        }
        language
    }

    /// Such as `es`, as stored and sent.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.0
    }

    /// All of them as choices of a form, each by its own name.
    #[must_use]
    pub fn choices() -> Vec<Choice> {
        let languages = BOOKS.keys().map(|code| Self(code));
        languages.map(|one| Choice::new(one.0, one.say("language", &[]).unwrap_or_else(|_| one.0.to_owned()))).collect()
    }

    /// A message with what stands in it.
    ///
    /// # Errors
    /// When this language lacks it, or it names something that is not given.
    pub fn say(self, message: &str, with: &[(&'static str, &str)]) -> Result<String, Error> {
        // What is put in is somebody's; an error names the message alone.
        let lacking = || Error::internal(format!("{} has no message {message}, or more stands in it than is given", self.0));
        let book = BOOKS.get(self.0).ok_or_else(lacking)?;
        let pattern = book.get_message(message).and_then(|found| found.value()).ok_or_else(lacking)?;
        let mut given = FluentArgs::new();
        for (name, value) in with {
            given.set(*name, *value);
        }
        let mut faults = Vec::new();
        let said = book.format_pattern(pattern, Some(&given), &mut faults).into_owned();
        if faults.is_empty() { Ok(said) } else { Err(lacking()) }
    }

    /// "3 March 2027", "3 de marzo de 2027".
    ///
    /// # Errors
    /// As with [`Self::say`].
    pub fn day(self, day: NaiveDate) -> Result<String, Error> {
        let part = |format: &str| day.format(format).to_string();
        self.say("day", &[("day", &part("%-d")), ("month", &part("%B").to_lowercase()), ("year", &part("%Y"))])
    }

    /// "Wednesday 3 March 2027, 6:30 pm CST" and its like, in the zone of the place.
    ///
    /// # Errors
    /// As with [`Self::say`].
    pub fn moment(self, at: DateTime<Utc>, zone: Tz) -> Result<String, Error> {
        let at = at.with_timezone(&zone);
        let part = |format: &str| at.format(format).to_string();
        let (month, weekday) = (part("%B").to_lowercase(), part("%A").to_lowercase());
        self.say(
            "moment",
            &[
                ("weekday", &weekday),
                ("day", &part("%-d")),
                ("month", &month),
                ("year", &part("%Y")),
                ("clock", &part("%-I:%M")),
                ("half", &part("%P")),
                ("zone", &part("%Z")),
            ],
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_file_is_well_formed_and_speaks() {
        assert!(BOOKS.len() >= 2 && BOOKS.contains_key(ENGLISH));
        for file in Files::iter() {
            let text = String::from_utf8(Files::get(&file).unwrap().data.into_owned()).unwrap();
            assert!(FluentResource::try_new(text).is_ok(), "{file}");
            assert!(Language::parse(file.trim_end_matches(".ftl")).is_some(), "{file} is loaded");
        }
        let names: Vec<String> = Language::choices().into_iter().map(|choice| choice.label.into_owned()).collect();
        assert_eq!(names, ["English", "Español"]);
        assert_eq!(Language::known(Some("tlh")), Language::default());
    }

    #[test]
    fn a_day_is_written_as_its_reader_writes_it() {
        let (english, spanish) = (Language::default(), Language::known(Some("es")));
        let at = DateTime::from_timestamp(1_805_306_400, 0).unwrap();
        let day = at.with_timezone(&chrono_tz::America::Chicago).naive_local().date();
        assert_eq!((english.day(day).unwrap(), english.moment(at, chrono_tz::America::Chicago).unwrap()), {
            use crate::platform::words;
            (words::day(day), words::moment(at, chrono_tz::America::Chicago))
        });
        assert_eq!(spanish.day(day).unwrap(), "17 de marzo de 2027");
        assert_eq!(spanish.moment(at, chrono_tz::America::Chicago).unwrap(), "miércoles 17 de marzo de 2027, 1:00 p. m. (CDT)");
    }

    #[test]
    fn what_is_missing_is_an_error_and_never_half_a_sentence() {
        let spanish = Language::known(Some("es"));
        assert!(spanish.say("no-such-message", &[]).is_err());
        assert!(spanish.say("notice-subject", &[]).is_err(), "the agency is named in it");
        assert_eq!(spanish.say("notice-subject", &[("agency", "Río Cedro")]).unwrap(), "Novedades para usted en Río Cedro");
    }
}
