//! Forms: what was typed stays as typed, problems are collected field by field, and only parsed values go on.
//! Never stops at the first problem and never throws typed text away.

use super::{labels::Label, screen, submission::BroughtBack};
use chrono::NaiveDate;
use std::{borrow::Cow, collections::BTreeMap};

/// One choice of a list.
#[derive(Debug, Clone, serde::Deserialize)]
pub struct Choice {
    /// What is sent.
    pub value: Cow<'static, str>,
    /// What is read.
    pub label: Cow<'static, str>,
    /// A line below it.
    pub hint: Option<String>,
}

impl Choice {
    /// A choice without a hint.
    pub fn new(value: impl Into<Cow<'static, str>>, label: impl Into<Cow<'static, str>>) -> Self {
        Self { value: value.into(), label: label.into(), hint: None }
    }

    /// The same with a line below it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The field's name.
    pub field: String,
    /// What to do, beginning with a verb.
    pub message: String,
    /// Nothing is wrong with it: a question is asked beside it before anything is done.
    pub is_question: bool,
}

/// Everything that keeps a form from being taken.
#[derive(Debug, Clone, Default)]
pub struct Problems {
    pub(super) list: Vec<Problem>,
    theirs: BTreeMap<String, Vec<String>>,
    stale: bool,
    parked: bool,
    draft: bool,
}

impl Problems {
    /// Somebody else saved the record meanwhile; the handler fills in their text with [`Problems::with_theirs`].
    #[must_use]
    pub fn stale() -> Self {
        Self { stale: true, ..Self::default() }
    }

    /// The text is back, from before a sign-in ended or from a draft, and nothing was sent.
    #[must_use]
    pub fn brought_back(why: BroughtBack) -> Self {
        Self { parked: why == BroughtBack::Parked, draft: why == BroughtBack::Draft, ..Self::default() }
    }

    /// Adds a problem.
    pub fn add(&mut self, field: &str, message: impl Into<String>) {
        self.list.push(Problem { field: field.to_owned(), message: message.into(), is_question: false });
    }

    /// Nothing keeps the form from being taken.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty() && !self.stale && !self.parked
    }

    /// Whether somebody else saved the record meanwhile.
    #[must_use]
    pub fn is_stale(&self) -> bool {
        self.stale
    }

    /// Whether the text came back after a session had ended.
    #[must_use]
    pub fn is_parked(&self) -> bool {
        self.parked
    }

    /// Whether this is a draft.
    #[must_use]
    pub fn is_draft(&self) -> bool {
        self.draft
    }

    /// The first problem of a field.
    #[must_use]
    pub fn of(&self, field: &str) -> Option<&str> {
        self.list.iter().find(|one| one.field == field).map(|one| one.message.as_str())
    }

    /// All problems, in the order of the fields.
    #[must_use]
    pub fn list(&self) -> &[Problem] {
        &self.list
    }

    /// What somebody else saved in this field meanwhile, where it differs from what was typed.
    #[must_use]
    pub fn theirs(&self, field: &str) -> Option<String> {
        self.theirs.get(field).map(|values| values.join(", "))
    }

    /// The same for a field whose values are chosen: what they chose, as it is read.
    pub fn chosen_by_them<'a>(&self, field: &str, offered: impl Iterator<Item = &'a Choice> + Clone) -> Option<String> {
        let label = |value: &String| match offered.clone().find(|choice| choice.value == *value) {
            Some(choice) => choice.label.to_string(),
            None if value.parse::<uuid::Uuid>().is_ok() => "something that is not offered here".to_owned(),
            None => value.clone(),
        };
        let chosen = self.theirs.get(field)?;
        Some(chosen.iter().filter(|value| !value.is_empty()).map(label).collect::<Vec<_>>().join(", "))
    }

    /// A form that was begun with one version of a record (`begun`) while another is there now: somebody saved meanwhile,
    /// whatever else keeps the form from being taken. A form that names no version (0) was begun afresh.
    #[must_use]
    pub fn since(mut self, begun: i32, now: i32) -> Self {
        self.stale |= begun != 0 && begun != now;
        self
    }

    /// For a stale form: the record as it is now (`theirs`, as the form that would edit it) beside what was typed (`mine`).
    #[must_use]
    pub fn with_theirs(mut self, theirs: &impl serde::Serialize, mine: &impl serde::Serialize) -> Self {
        if self.stale {
            let (mine, mut theirs) = (fields(mine), fields(theirs));
            for name in mine.keys() {
                theirs.entry(name.clone()).or_default();
            }
            let plain = |values: &Vec<String>| values.iter().map(|value| value.replace("\r\n", "\n")).collect::<Vec<_>>();
            let same = |name: &String, theirs: &Vec<String>| mine.get(name).is_some_and(|mine| plain(mine) == plain(theirs));
            self.theirs = theirs.into_iter().filter(|(name, values)| !same(name, values)).collect();
        }
        self
    }

    /// `value`, unless there are problems.
    ///
    /// # Errors
    /// The problems.
    pub fn or<T>(self, value: T) -> Result<T, Self> {
        if self.is_empty() { Ok(value) } else { Err(self) }
    }
}

fn fields(form: &impl serde::Serialize) -> BTreeMap<String, Vec<String>> {
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let sent = serde_html_form::to_string(form).unwrap_or_default();
    for (name, value) in serde_html_form::from_str::<Vec<(String, String)>>(&sent).unwrap_or_default() {
        all.entry(name).or_default().push(value);
    }
    all
}

/// The parsers of fields. Each trims, notes a problem when there is one, and always answers a value, so that a form's
/// `parse` reads straight down and ends in [`Problems::or`]; after a problem the value is never used.
impl Problems {
    /// A short text that must be there: one line, at most `most` characters.
    pub fn text(&mut self, field: &str, value: &str, most: usize, missing: &str) -> String {
        let line = self.optional(field, value, most);
        if line.is_empty() && self.of(field).is_none() {
            self.add(field, missing);
        }
        line
    }

    /// A short text that may be empty, screened like free text.
    pub fn optional(&mut self, field: &str, value: &str, most: usize) -> String {
        let line = self.number_or_address(field, value, most);
        self.screen(field, &line);
        line
    }

    /// A line that may be empty and holds a telephone number or an address, which are not screened: both are full of digits.
    pub fn number_or_address(&mut self, field: &str, value: &str, most: usize) -> String {
        let line = value.split_whitespace().collect::<Vec<_>>().join(" ");
        self.length(field, &line, most);
        line
    }

    /// Free text that must be there: screened for what identifies a child or family.
    pub fn prose(&mut self, field: &str, value: &str, most: usize, missing: &str) -> String {
        let text = self.optional_prose(field, value, most);
        if text.is_empty() && self.of(field).is_none() {
            self.add(field, missing);
        }
        text
    }

    /// Free text that may be empty, screened in the same way.
    pub fn optional_prose(&mut self, field: &str, value: &str, most: usize) -> String {
        let text = value.replace("\r\n", "\n").trim().to_owned();
        self.length(field, &text, most);
        self.screen(field, &text);
        text
    }

    /// A day written as `2027-03-31` that must be there.
    pub fn day(&mut self, field: &str, value: &str, missing: &str) -> NaiveDate {
        match self.optional_day(field, value) {
            Some(day) => day,
            None => {
                if self.of(field).is_none() {
                    self.add(field, missing);
                }
                NaiveDate::default()
            }
        }
    }

    /// A day that may be empty.
    pub fn optional_day(&mut self, field: &str, value: &str) -> Option<NaiveDate> {
        let value = value.trim();
        if value.is_empty() {
            return None;
        }
        let Ok(day) = NaiveDate::parse_from_str(value, "%Y-%m-%d") else {
            self.add(field, "Enter a day that exists, such as 2027-03-31");
            return None;
        };
        let known = (1900..=2200).contains(&chrono::Datelike::year(&day));
        if !known {
            self.add(field, "Enter a day with a year from 1900 to 2200");
        }
        known.then_some(day)
    }

    /// One of a closed list that must be chosen.
    pub fn one_of<L: Label>(&mut self, field: &str, value: &str, missing: &str) -> L {
        L::parse(value).unwrap_or_else(|| {
            self.add(field, missing);
            L::ALL[0]
        })
    }

    /// One of a closed list, or none.
    pub fn optional_one_of<L: Label>(&mut self, field: &str, value: &str) -> Option<L> {
        let found = L::parse(value);
        if found.is_none() && !value.is_empty() {
            self.add(field, "Choose one of the list");
        }
        found
    }

    /// A whole number between two bounds.
    pub fn whole(&mut self, field: &str, value: &str, bounds: std::ops::RangeInclusive<i32>, missing: &str) -> i32 {
        match value.trim().parse::<i32>() {
            Ok(number) if bounds.contains(&number) => number,
            Ok(_) => {
                self.add(field, format!("Enter a number from {} to {}", bounds.start(), bounds.end()));
                0
            }
            Err(_) => {
                self.add(field, missing);
                0
            }
        }
    }

    /// A number that may be empty, such as `31.5`. Commas may part thousands, as in `1,240`; any other comma could mean two
    /// numbers and is asked about.
    pub fn optional_number(&mut self, field: &str, value: &str) -> Option<f64> {
        let value = value.trim();
        if value.is_empty() {
            return None;
        }
        let number = without_thousands(value).and_then(|plain| plain.parse::<f64>().ok());
        let number = number.filter(|number| number.is_finite() && number.abs() < 1e15);
        if number.is_none() {
            self.add(field, "Enter a number, such as 31.5 or 1,240");
        }
        number
    }

    /// The id of a record that must be chosen. Whether it is there for this person, the store finds out.
    pub fn id<T: std::str::FromStr + From<uuid::Uuid>>(&mut self, field: &str, value: &str, missing: &str) -> T {
        value.trim().parse().unwrap_or_else(|_| {
            self.add(field, missing);
            T::from(uuid::Uuid::nil())
        })
    }

    /// The id of a record that may be left out.
    pub fn optional_id<T: std::str::FromStr>(&mut self, field: &str, value: &str) -> Option<T> {
        let value = value.trim();
        if value.is_empty() {
            return None;
        }
        let id = value.parse().ok();
        if id.is_none() {
            self.add(field, "Choose one of the list");
        }
        id
    }

    /// An address for letters by email that may be empty.
    pub fn optional_email(&mut self, field: &str, value: &str) -> String {
        let address = self.number_or_address(field, value, 254);
        let good = address.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.') && !host.contains('@')
        });
        if !address.is_empty() && (!good || address.contains(char::is_whitespace)) {
            self.add(field, "Enter an email address such as name@example.org");
        }
        address
    }

    /// An address for letters by email that must be there, in lower case.
    pub fn email(&mut self, field: &str, value: &str, missing: &str) -> String {
        let address = self.optional_email(field, value).to_lowercase();
        if address.is_empty() && self.of(field).is_none() {
            self.add(field, missing);
        }
        address
    }

    /// The address of a web site that may be empty; only http and https.
    pub fn optional_link(&mut self, field: &str, value: &str) -> String {
        let link = self.number_or_address(field, value, 500);
        let lower = link.to_lowercase();
        let good =
            (lower.starts_with("https://") || lower.starts_with("http://")) && !link.contains([' ', '"', '<', '>']) && lower.contains('.');
        if !link.is_empty() && !good {
            self.add(field, "Enter a web address that begins with https:// or http://");
        }
        link
    }

    /// A list written with commas or on lines of its own: at most 50 entries of at most 100 characters.
    pub fn list_of(&mut self, field: &str, value: &str) -> Vec<String> {
        let list: Vec<String> = value
            .split([',', '\n', ';'])
            .map(|one| one.split_whitespace().collect::<Vec<_>>().join(" "))
            .filter(|one| !one.is_empty())
            .collect();
        if list.len() > 50 || list.iter().any(|one| one.chars().count() > 100) {
            self.add(field, "Shorten the list: at most 50 entries of at most 100 characters");
        }
        self.screen(field, value);
        list
    }

    fn screen(&mut self, field: &str, text: &str) {
        if let Some(found) = screen::identifying(text) {
            self.add(field, found.message());
        }
    }

    fn length(&mut self, field: &str, value: &str, most: usize) {
        let length = value.chars().count();
        if length > most {
            self.add(field, format!("Shorten this to {most} characters; it has {length} now"));
        }
    }
}

/// A check box: sent as `yes` when ticked, not at all when not.
#[must_use]
pub fn ticked(value: &str) -> bool {
    value == "yes"
}

/// The digits without the commas that part thousands; none where a comma stands elsewhere.
fn without_thousands(value: &str) -> Option<String> {
    let (whole, rest) = value.split_once('.').map_or((value, None), |(whole, rest)| (whole, Some(rest)));
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default().trim_start_matches(['-', '+']).len();
    let three = |group: &str| group.len() == 3 && group.bytes().all(|one| one.is_ascii_digit());
    let sound = !whole.contains(',') || ((1..=3).contains(&first) && groups.all(three));
    let rest = rest.map(|rest| format!(".{rest}")).unwrap_or_default();
    (sound && !rest.contains(',')).then(|| whole.replace(',', "") + &rest)
}

#[cfg(test)]
mod tests {
    use super::Problems;

    #[test]
    fn a_comma_parts_thousands_or_is_asked_about() {
        let number = |typed: &str| Problems::default().optional_number("value", typed);
        for (typed, meant) in [("1,240", 1240.0), ("12,500.5", 12500.5), ("-1,000,000", -1_000_000.0), ("31.5", 31.5), ("2500", 2500.0)] {
            assert_eq!(number(typed), Some(meant), "{typed}");
        }
        for typed in ["31,5", "1,24", "1,2400", "12,50.5", ",500", "1.5,000", "1234,567"] {
            assert_eq!(number(typed), None, "{typed}");
        }
    }
}
