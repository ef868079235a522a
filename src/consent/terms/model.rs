//! How long consent holds, and what was shown when it was given.

use crate::{
    consent::{How, Use, Uses},
    platform::labels::Label as _,
};
use chrono::{DateTime, Duration, Utc};
use serde::Deserialize;
use std::collections::BTreeMap;

crate::id!(
    /// One version of what is shown, in one language.
    WordingId
);

/// The uses that can run out, in the order of the forms.
pub(super) const RUN_OUT: [Use; 4] = [Use::Quoted, Use::Exported, Use::Published, Use::Research];

/// The languages that are offered where somebody says which was spoken or written.
pub const LANGUAGES: [(&str, &str); 9] = [
    ("en", "English"),
    ("es", "Spanish"),
    ("hmn", "Hmong"),
    ("so", "Somali"),
    ("vi", "Vietnamese"),
    ("nv", "Diné bizaad (Navajo)"),
    ("oj", "Ojibwemowin"),
    ("dak", "Dakota"),
    ("und", "Another language"),
];

/// How a language is called; any other code as it is.
#[must_use]
pub(super) fn language_name(code: &str) -> &str {
    LANGUAGES.iter().find(|(known, _)| *known == code).map_or(code, |(_, name)| name)
}

/// Months as people say them.
#[must_use]
pub(super) fn time(months: i16) -> String {
    match months {
        1 => "one month".to_owned(),
        12 => "one year".to_owned(),
        n if n % 12 == 0 => format!("{} years", n / 12),
        n => format!("{n} months"),
    }
}

/// When each of what was allowed runs out: the first moment at which it does not hold any more.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ends {
    /// To be quoted.
    pub quoted: Option<DateTime<Utc>>,
    /// To be exported.
    pub exported: Option<DateTime<Utc>>,
    /// In public reports.
    pub published: Option<DateTime<Utc>>,
    /// For research.
    pub research: Option<DateTime<Utc>>,
}

/// One use and its last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ending {
    /// The use.
    pub used: Use,
    /// A moment of the last day on which it holds.
    pub last: DateTime<Utc>,
    /// That day has passed.
    pub is_over: bool,
}

impl Ends {
    /// What has an end, in the order of the forms; `uses` are those that hold now.
    #[must_use]
    pub fn of(&self, uses: &Uses) -> Vec<Ending> {
        let all = [self.quoted, self.exported, self.published, self.research];
        let ending = |(used, end): (Use, Option<DateTime<Utc>>)| {
            Some(Ending { used, last: end? - Duration::seconds(1), is_over: !uses.allows(used) })
        };
        RUN_OUT.into_iter().zip(all).filter_map(ending).collect()
    }
}

/// One version of what is shown.
#[derive(Debug, Clone, Deserialize)]
pub struct Wording {
    /// Its id.
    pub id: WordingId,
    /// In which language.
    pub language: String,
    /// Counts from 1 in its language.
    pub version: i32,
    /// The text.
    pub words: String,
}

impl Wording {
    /// The language as people call it.
    #[must_use]
    pub fn language_name(&self) -> &str {
        language_name(&self.language)
    }

    /// "Spanish, version 2", as it stands on a card.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}, version {}", self.language_name(), self.version)
    }
}

/// What stands beside the questions of consent.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    /// The agency's own words, where it wrote any.
    pub wording: Option<Wording>,
    /// For how many months each use holds, where that ends.
    #[serde(default)]
    pub months: BTreeMap<String, i16>,
}

impl Asked {
    /// For how long a use holds, in words; none where it has no end.
    #[must_use]
    pub fn holds(&self, used: Use) -> Option<String> {
        self.months.get(used.as_str()).map(|months| time(*months))
    }
}

/// How the consent that stands was given.
#[derive(Debug, Clone)]
pub struct Given {
    /// When.
    pub at: DateTime<Utc>,
    /// As it is stored: one of [`How`], or by the card.
    pub(super) how: String,
    /// Who entered it or handed the link over, where it was not the speaker by themselves.
    pub asked_by: Option<String>,
    /// The wording that was shown.
    pub language: Option<String>,
    /// Its version.
    pub version: Option<i32>,
    /// Its text.
    pub words: Option<String>,
}

impl Given {
    /// How, in words.
    #[must_use]
    pub fn how(&self) -> &'static str {
        How::ALL.iter().find(|how| how.as_str() == self.how).map_or("by the consent card", |how| how.label())
    }

    /// The wording's language, as people call it.
    #[must_use]
    pub fn language_name(&self) -> &str {
        self.language.as_deref().map_or("", language_name)
    }
}

/// For how many months each use holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Terms(pub(super) [Option<i16>; 4]);

impl Terms {
    /// From what is stored.
    pub(super) fn of(rows: impl IntoIterator<Item = (String, i16)>) -> Self {
        let mut terms = [None; 4];
        for (used, months) in rows {
            if let Some(place) = RUN_OUT.iter().position(|one| one.as_str() == used) {
                terms[place] = Some(months);
            }
        }
        Self(terms)
    }

    /// What a form was begun with, as one number: all four, each up to 120.
    pub(super) fn version(&self) -> i32 {
        self.0.iter().rev().fold(0, |sum, months| sum * 121 + i32::from(months.unwrap_or(0)))
    }

    /// Those that are set.
    pub(super) fn set(&self) -> impl Iterator<Item = (Use, i16)> + '_ {
        RUN_OUT.into_iter().zip(self.0).filter_map(|(used, months)| Some((used, months?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_told_apart_by_their_number() {
        let (none, most) = (Terms::default(), Terms([Some(120); 4]));
        assert_eq!(none.version(), 0);
        assert!(most.version() > 0, "it fits");
        assert_ne!(Terms([Some(12), None, None, None]).version(), Terms([None, Some(12), None, None]).version());
        assert_eq!(Terms::of([("exported".to_owned(), 6), ("nonsense".to_owned(), 3)]), Terms([None, Some(6), None, None]));
    }

    #[test]
    fn an_end_is_told_by_its_last_day() {
        let midnight: DateTime<Utc> = "2027-03-04T06:00:00Z".parse().unwrap();
        let ends = Ends { quoted: Some(midnight), ..Ends::default() };
        let told = |uses: &[&str]| ends.of(&Uses::of(uses));
        assert_eq!(told(&["quoted"]), [Ending { used: Use::Quoted, last: midnight - Duration::seconds(1), is_over: false }]);
        assert!(told(&["exported"])[0].is_over);
        assert!(Ends::default().of(&Uses::default()).is_empty());
    }

    #[test]
    fn time_is_said_as_people_say_it() {
        assert_eq!([1, 6, 12, 18, 24].map(time), ["one month", "6 months", "one year", "18 months", "2 years"]);
    }
}
