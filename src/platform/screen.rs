//! Stops text that looks as if it identified a child or family: no field is meant for that, and this keeps it out of free text.
//! Only patterns, no guessing at names; a person may always mend the text and send it again.

use regex::Regex;
use std::sync::LazyLock;

/// What a text seems to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// A Social Security number.
    SocialSecurityNumber,
    /// A date of birth beside a name.
    DateOfBirth,
    /// A court or agency case number.
    CaseNumber,
}

impl Found {
    /// What to do about it.
    #[must_use]
    pub fn message(self) -> &'static str {
        match self {
            Self::SocialSecurityNumber => "Take out the Social Security number: nothing here may identify a child or a family",
            Self::DateOfBirth => "Take out the date of birth: nothing here may identify a child or a family",
            Self::CaseNumber => "Take out the file number: nothing here may identify a child or a family",
        }
    }
}

#[expect(clippy::unwrap_used, reason = "the patterns are constants and the tests compile them")]
fn pattern(text: &str) -> Regex {
    Regex::new(text).unwrap()
}

static SSN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|[^\d-])(?:\d{3}-\d{2}-\d{4}|\d{3} \d{2} \d{4})(?:$|[^\d-])|(?i:\bssn\b|social security (?:number|no\.?))\D{0,15}\d{3}[- ]?\d{2}[- ]?\d{4}",
    )
});
static BORN: LazyLock<Regex> = LazyLock::new(|| {
    let day = r"(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{2}-\d{2}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2},? \d{4}|\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d{4})";
    pattern(&format!(r"(?i)(?:\bd\.?\s?o\.?\s?b\b\.?|date of birth|\bborn(?: on)?|birthday)\W{{0,8}}(?:\w+\W+){{0,2}}?{day}"))
});
/// A name and then, after a comma or in brackets, a day: "Maria Lopez, 03/04/2015".
static NAMED_DAY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\b(\p{Lu}[\p{Ll}’'-]+) (\p{Lu}[\p{Ll}’'-]+)(?:, | \(|,? - )(\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2})\b")
});

/// Words that stand before a day and are no part of anybody's name.
const NO_NAMES: &[&str] = &[
    "act",
    "agenda",
    "agreement",
    "board",
    "bulletin",
    "circle",
    "committee",
    "conference",
    "council",
    "county",
    "court",
    "day",
    "directory",
    "draft",
    "federal",
    "forum",
    "gathering",
    "group",
    "hearing",
    "institute",
    "letter",
    "list",
    "meeting",
    "minutes",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "nation",
    "notice",
    "office",
    "order",
    "plan",
    "policy",
    "register",
    "report",
    "resolution",
    "review",
    "round",
    "rule",
    "school",
    "section",
    "session",
    "summary",
    "summit",
    "survey",
    "team",
    "training",
    "tribe",
    "tribal",
    "version",
    "visit",
    "workshop",
];

fn is_named_day(text: &str) -> bool {
    NAMED_DAY.captures_iter(text).any(|found| {
        let word = |place: usize| found.get(place).map_or("", |part| part.as_str()).to_lowercase();
        ![word(1), word(2)].iter().any(|word| NO_NAMES.contains(&word.as_str()))
    })
}

static CASE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:case|docket|file|cause|petition)\s*(?:number|num\.?|no\.?|id|#|№)\s*[:#]?\s*[A-Z]{0,4}[-\s]?\d[\w/-]{2,}|\b(?:case|docket)\s*#?\s*\d{4,}|\b\d{2,4}-?(?:JV|JC|JD|DP|CW|NA)-?\d{2,}\b",
    )
});

/// What the text seems to hold that must not be kept, if anything.
#[must_use]
pub fn identifying(text: &str) -> Option<Found> {
    if SSN.is_match(text) {
        Some(Found::SocialSecurityNumber)
    } else if BORN.is_match(text) || is_named_day(text) {
        Some(Found::DateOfBirth)
    } else if CASE.is_match(text) {
        Some(Found::CaseNumber)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_identifies_is_found() {
        for (text, found) in [
            ("her number is 123-45-6789.", Found::SocialSecurityNumber),
            ("SSN 123 45 6789", Found::SocialSecurityNumber),
            ("it is 123 45 6789, she says", Found::SocialSecurityNumber),
            ("Maria Lopez, 03/04/2015", Found::DateOfBirth),
            ("with José Núñez (2015-03-04)", Found::DateOfBirth),
            ("Maria, born 3/4/2015, came", Found::DateOfBirth),
            ("DOB: 2015-03-04", Found::DateOfBirth),
            ("date of birth was March 4, 2015", Found::DateOfBirth),
            ("Case No. 22-JV-0117", Found::CaseNumber),
            ("see case #104432", Found::CaseNumber),
            ("the file number: CW-20331", Found::CaseNumber),
        ] {
            assert_eq!(identifying(text), Some(found), "{text}");
        }
    }

    #[test]
    fn what_people_say_is_not() {
        for text in [
            "Call 555-0142 after 6 pm",
            "In 2015 we lost touch; on 3/4/2025 nobody came",
            "in any case 12 families waited",
            "She was born here and so was I",
            "Council Resolution, 3/4/2026; Listening Session, 2026-03-04",
            "call 605 555 0142 or 1 605 555 0142",
            "The case worker came twice; ask for ext. 2204",
            "ZIP 55401-1234, room 104432",
        ] {
            assert_eq!(identifying(text), None, "{text}");
        }
    }
}
