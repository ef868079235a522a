//! Stops text that looks as if it identified a child or family: no field is meant for that, and this keeps it out of free text.
//! Only patterns, no guessing at names; a person may always mend the text and send it again.

use super::clock::Clock;
use chrono::{Months, NaiveDate};
use regex::{Captures, Regex};
use std::{ops::Range, sync::LazyLock};

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
        r"(?:^|[^\d-])(?:\d{3}-\d{2}-\d{4}|\d{3} \d{2} \d{4}|\d{3}\.\d{2}\.\d{4})(?:$|[^\d-])|(?i:\bssn\b|\bsocial\b)\D{0,30}\d{3}[-. ]?\d{2}[-. ]?\d{4}\b",
    )
});
static BORN: LazyLock<Regex> = LazyLock::new(|| {
    let day = r"(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{2}-\d{2}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2},? \d{4}|\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d{4})";
    pattern(&format!(
        r"(?i)(?:\bd\.?\s?o\.?\s?b\b\.?|date of birth|\bborn(?: on)?|birth ?da(?:y|te))\W{{0,8}}(?:\w+\W+){{0,2}}?{day}|\bbirth\W{{1,4}}(?:on |in |was )?{day}|\bb\.\s{{0,2}}{day}"
    ))
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

/// Words of something that took place, by which a day beside a name is that of a meeting.
static MEETING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:meet|meets|met|meetings?|sessions?|visit(?:s|ed)?|hearings?|call(?:s|ed)?|phoned|talk(?:s|ed)?|spoke|conversations?|interview(?:s|ed)?|forums?|gatherings?|circles?|councils?|trainings?|workshops?|conferences?|attended|hosted|signed|agreed|letters?|minutes|wrote|emailed)\b",
    )
});
/// Words by which it may be a child's all the same.
static CHILD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:bab(?:y|ies)|infants?|newborns?|toddlers?|child|children|kids?|sons?|daughters?|boys?|girls?|grand(?:child|children|sons?|daughters?)|nieces?|nephews?|birth|old|aged?)\b",
    )
});

/// A name with a day that may be that of a birth: it lies in the past and, where it is of these two years, beside no words of a
/// meeting.
fn is_named_day(text: &str, today: NaiveDate) -> bool {
    NAMED_DAY.captures_iter(text).any(|found| {
        let word = |place: usize| found.get(place).map_or("", |part| part.as_str()).to_lowercase();
        let is_name = ![word(1), word(2)].iter().any(|word| NO_NAMES.contains(&word.as_str()));
        is_name && may_be_of_a_birth(&found, text, today)
    })
}

fn may_be_of_a_birth(found: &Captures<'_>, text: &str, today: NaiveDate) -> bool {
    let Some(day) = day(found.get(3).map_or("", |part| part.as_str()), today).filter(|day| *day <= today) else { return false };
    let recent = day.checked_add_months(Months::new(24)).is_some_and(|until| until >= today);
    let around = sentence(text, found.get(0).map_or(0..0, |whole| whole.range()));
    !(recent && MEETING.is_match(around) && !CHILD.is_match(around))
}

/// The day that is written, the month first as is usual here, and the day first where it cannot be otherwise or dots say so. Two
/// figures are a year not after this one.
fn day(written: &str, today: NaiveDate) -> Option<NaiveDate> {
    use chrono::Datelike as _;
    let parts: Vec<u32> = written.split(['/', '.', '-']).filter_map(|part| part.parse().ok()).collect();
    let [first, second, third] = parts[..] else { return None };
    let (year, month, day) = match written {
        _ if first > 31 => (first, second, third),
        _ if written.contains('.') || first > 12 => (third, second, first),
        _ => (third, first, second),
    };
    let year = match i32::try_from(year).ok()? {
        short @ 0..100 if 2000 + short > today.year() => 1900 + short,
        short @ 0..100 => 2000 + short,
        whole => whole,
    };
    NaiveDate::from_ymd_opt(year, month, day).or_else(|| NaiveDate::from_ymd_opt(year, day, month))
}

/// What stands around a place, to the ends of its sentence or line.
fn sentence(text: &str, place: Range<usize>) -> &str {
    let from = text[..place.start].rfind(['\n', '!', '?', ';']).map_or(0, |end| end + 1);
    let from = text[from..place.start].rfind(". ").map_or(from, |end| from + end + 2);
    let rest = &text[place.end..];
    let to = rest.find(['\n', '!', '?', ';']).unwrap_or(rest.len());
    let to = rest.find(". ").map_or(to, |end| end.min(to));
    &text[from..place.end + to]
}

static CASE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:case|docket|file|cause|petition)\s*(?:number|num\.?|no\.?|id|#|№)\s*[:#]?\s*[A-Z]{0,4}[-\s]?\d[\w/-]{2,}|\b(?:case|docket)\s*#?\s*\d{4,}|\b\d{2,4}-?(?:JV|JC|JD|DP|CW|NA)-?\d{2,}\b",
    )
});

/// What the text seems to hold that must not be kept, if anything. The day is the machine's: forms are read before anybody knows
/// where they were typed, and a day more or less makes no difference here.
#[must_use]
pub fn identifying(text: &str) -> Option<Found> {
    identifying_on(text, Clock::default().today(chrono_tz::Tz::UTC))
}

fn identifying_on(text: &str, today: NaiveDate) -> Option<Found> {
    if SSN.is_match(text) {
        Some(Found::SocialSecurityNumber)
    } else if BORN.is_match(text) || is_named_day(text, today) {
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

    fn on(text: &str) -> Option<Found> {
        identifying_on(text, NaiveDate::from_ymd_opt(2026, 11, 26).unwrap())
    }

    #[test]
    fn a_day_beside_a_name_is_a_birthday_unless_they_met() {
        for (text, is_one) in [
            ("Maria Lopez, 03/04/2015", true),
            ("Maria Lopez, 3/4/15", true),
            ("Maria Lopez, 3/4/87", true),
            ("Maria Lopez, 13.4.2015", true),
            ("with José Núñez (2015-03-04)", true),
            // An old day is one even where people met: nobody keeps those here.
            ("We met Maria Lopez, 3/4/2015", true),
            // A young child's.
            ("Maria Lopez, 3/4/2026", true),
            ("We visited the baby Maria Lopez, 3/4/2026", true),
            ("Her daughter Maria Lopez, 3/4/2026, came to the session", true),
            ("We met on Monday. Maria Lopez, 3/4/2026", true),
            // Said to be one, whatever else is said.
            ("We met Maria Lopez, born 3/4/2026", true),
            ("Lopez, b. 3/4/2015", true),
            ("birth: 2015-03-04", true),
            ("Birthdate 3/4/2026", true),
            // Meetings.
            ("Meeting with Maria Lopez, 3/4/2026", false),
            ("Maria Lopez, 3/4/2026: talked about rides", false),
            ("Call with Maria Lopez (2026-03-04)", false),
            ("The hearing was moved by Ana Ruiz, 11/2/2026", false),
            ("Session hosted by Maria Lopez, 11/26/2024", false),
            ("Session hosted by Maria Lopez, 11/25/2024", true),
            // Nobody is born tomorrow.
            ("Maria Lopez, 3/4/2027", false),
            ("Ana Ruiz, 12/31/2026, by noon", false),
            ("Ana Ruiz, 12/1/2026, by noon", false),
            ("Ana Ruiz, 12.1.2026, by noon", true),
        ] {
            assert_eq!(on(text), is_one.then_some(Found::DateOfBirth), "{text}");
        }
    }

    #[test]
    fn what_identifies_is_found() {
        for (text, found) in [
            ("her number is 123-45-6789.", Found::SocialSecurityNumber),
            ("SSN 123 45 6789", Found::SocialSecurityNumber),
            ("My social is 123456789", Found::SocialSecurityNumber),
            ("Her SSN is 123.45.6789", Found::SocialSecurityNumber),
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
