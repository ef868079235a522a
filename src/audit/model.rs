//! What an entry says.

use crate::platform::{
    ids::{MembershipId, PartnerId, SubjectId},
    labels::Label as _,
    subject::{Audience, Kind},
    words,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// Who may read an entry. Nobody who may not read its record does; whoever made the change always does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readers {
    /// The agency's side as far as it may read the record, and of the partners those whose record it is. Without a record:
    /// directors and administrators.
    OfTheRecord,
    /// The agency's side alone, as far as it may read the record: what has not gone out yet.
    Desk,
    /// Those whom an audience names.
    Of(Audience),
}

impl Readers {
    pub(super) fn as_str(self) -> &'static str {
        use crate::platform::labels::Label as _;
        match self {
            Self::OfTheRecord => "record",
            Self::Desk => "desk",
            Self::Of(audience) => audience.as_str(),
        }
    }
}

/// The field that is a number of rows and no length.
const ROWS: &str = "rows";

/// A change about to be recorded.
#[derive(Debug)]
pub struct Change<'a> {
    /// What was done, in the past tense: "added", "confirmed".
    pub action: &'a str,
    /// What it was done to: a kind of record, or a word such as "member" for things that are no record.
    pub kind: &'a str,
    /// The record, if it is one.
    pub subject: Option<SubjectId>,
    /// The membership it is about, if it is about one.
    pub member: Option<MembershipId>,
    /// Names of the fields and the lengths of what was written.
    pub fields: Vec<(&'a str, usize)>,
    /// What it is about in closed words, where no record says it; never words that somebody gave.
    pub detail: String,
    /// The protocol of a body that it is about.
    pub protocol: Option<uuid::Uuid>,
    /// The label of a body that it is about.
    pub label: Option<uuid::Uuid>,
    /// Who may read the entry.
    pub readers: Readers,
    /// The body whose affair it is, where that is not the record's.
    pub body: Option<PartnerId>,
    /// Whose thing was changed, where that is not the record: a comment's author.
    pub author: Option<MembershipId>,
    /// Done by whoever the record's words belong to: the entry does not say who that is.
    pub by_speaker: bool,
    /// It followed from something else that stands in the log with its doer.
    pub by_itself: bool,
}

impl<'a> Change<'a> {
    /// A change of a record.
    #[must_use]
    pub fn of(action: &'a str, kind: Kind, subject: SubjectId) -> Self {
        use crate::platform::labels::Label as _;
        Self { subject: Some(subject), ..Self::about(action, kind.as_str()) }
    }

    /// A change of something that is no record of its own.
    #[must_use]
    pub fn about(action: &'a str, kind: &'a str) -> Self {
        Self {
            action,
            kind,
            subject: None,
            member: None,
            fields: Vec::new(),
            detail: String::new(),
            protocol: None,
            label: None,
            readers: Readers::OfTheRecord,
            body: None,
            author: None,
            by_speaker: false,
            by_itself: false,
        }
    }

    /// A change of a membership; of a body's people it stands on the body's record, where its stewards see it.
    #[must_use]
    pub fn of_member(action: &'a str, member: MembershipId, body: Option<SubjectId>) -> Self {
        Self { subject: body, member: Some(member), ..Self::about(action, "member") }
    }

    /// Only these may read the entry.
    #[must_use]
    pub fn for_readers(mut self, readers: Readers) -> Self {
        self.readers = readers;
        self
    }

    /// Only whoever makes the change reads of it.
    #[must_use]
    pub fn for_oneself(self) -> Self {
        self.for_readers(Readers::Of(Audience::Author))
    }

    /// Whose words it is about may stay unsaid: when the one who speaks or their body makes the change, the entry says only
    /// that, and who it was is known to themselves and to their body's stewards.
    #[must_use]
    pub fn by_speaker(mut self) -> Self {
        self.by_speaker = true;
        self
    }

    /// Nobody did it: it followed from something else.
    #[must_use]
    pub fn by_itself(mut self) -> Self {
        self.by_itself = true;
        self
    }

    /// Notes a field and the length of its text.
    #[must_use]
    pub fn field(mut self, name: &'a str, text: &str) -> Self {
        self.fields.push((name, text.chars().count()));
        self
    }

    /// Says which protocol or label it is about: its name is read where it stands, by whoever may know of it.
    #[must_use]
    pub fn naming(mut self, protocol: Option<uuid::Uuid>, label: Option<uuid::Uuid>) -> Self {
        (self.protocol, self.label) = (protocol, label);
        self
    }

    /// Says in closed words what it is about.
    #[must_use]
    pub fn saying(mut self, detail: String) -> Self {
        self.detail = detail;
        self
    }

    /// Says of what the agency sets (name, before, after) how it was and what it became, where it became something else.
    #[must_use]
    pub fn from_to(self, fields: &[(&'a str, String, String)]) -> Self {
        let changed: Vec<_> = fields.iter().filter(|(_, was, becomes)| was != becomes).cloned().collect();
        let told = changed.iter().map(from_to).collect::<Vec<_>>().join("; ");
        self.differing(changed).saying(told)
    }

    /// Notes how many rows a table has.
    #[must_use]
    pub fn rows(mut self, number: i64) -> Self {
        self.fields.push((ROWS, usize::try_from(number).unwrap_or(0)));
        self
    }

    /// Notes those of these fields (name, before, after) that differ, with the lengths of what stands there now.
    #[must_use]
    pub fn differing(self, fields: impl IntoIterator<Item = (&'a str, String, String)>) -> Self {
        fields.into_iter().filter(|(_, before, after)| before != after).fold(self, |change, (name, _, after)| change.field(name, &after))
    }
}

/// What of the agency's own is no contribution: it is told as it was and as it became, and not by its length.
fn is_told(kind: &str) -> bool {
    matches!(kind, "settings" | "retention" | "member" | "single sign-on")
}

/// So much of a text stands in the log as it was and as it became.
const SHORT: usize = 80;
/// So much of what longer texts have in common stands before where they differ.
const BEFORE: usize = 20;

/// "days to answer: 30 → 20": of longer texts a part, from where they differ.
fn from_to((name, was, becomes): &(&str, String, String)) -> String {
    let longest = was.chars().count().max(becomes.chars().count());
    let alike = was.chars().zip(becomes.chars()).take_while(|(one, other)| one == other).count();
    let start = if longest > SHORT { alike.saturating_sub(BEFORE) } else { 0 };
    format!("{name}: {} → {}", part(was, start), part(becomes, start))
}

/// At most so much of a text, from a letter on; what is left out shows.
fn part(text: &str, start: usize) -> String {
    let said: String = text.chars().skip(start).take(SHORT).collect();
    match (text.is_empty(), start > 0, text.chars().count() > start + SHORT) {
        (true, ..) => "nothing".to_owned(),
        (_, before, after) => format!("{}{}{}", if before { "… " } else { "" }, said.trim(), if after { " …" } else { "" }),
    }
}

/// What the log is narrowed to; empty texts narrow nothing.
#[derive(Debug, Default)]
pub(super) struct Narrowed<'a> {
    pub(super) who: &'a str,
    pub(super) kind: &'a str,
    pub(super) since: Option<NaiveDate>,
    pub(super) until: Option<NaiveDate>,
    pub(super) record: Option<SubjectId>,
}

/// An entry as the log shows it.
#[derive(Debug, Clone, Deserialize)]
pub struct Entry {
    /// When.
    pub at: DateTime<Utc>,
    /// Who, as they were called then.
    pub actor: String,
    /// What was done.
    pub action: String,
    /// To what kind of thing.
    pub kind: String,
    /// The record's title, where the reader may see it.
    pub title: Option<String>,
    /// The record's page, where the reader may see it.
    pub path: Option<String>,
    /// The member it is about, as members are called on lists.
    pub member: Option<String>,
    /// The protocol or label it is about, where the reader may know of it.
    #[serde(default)]
    pub named: Option<String>,
    /// Fields with lengths, such as "words (120)".
    #[serde(deserialize_with = "in_words")]
    pub fields: String,
    /// What it is about, where no record says it.
    #[serde(default)]
    pub detail: String,
}

impl Entry {
    /// The kind in words.
    #[must_use]
    pub fn kind_words(&self) -> &str {
        Kind::parse(&self.kind).map_or_else(|| self.kind.as_str(), |kind| kind.label())
    }

    /// The fields, where it is not said how each was and what it became.
    #[must_use]
    pub fn fields_left(&self) -> &str {
        if self.detail.contains('→') { "" } else { &self.fields }
    }

    /// How the record is called here. What partners raised begins with their words, and words are not repeated.
    #[must_use]
    pub fn shown<'a>(&'a self, title: &'a str) -> &'a str {
        let raised = [Kind::Loop, Kind::Obstacle].iter().any(|kind| self.kind == kind.as_str() || self.kind == kind.label());
        if raised { "what was raised" } else { title }
    }
}

fn in_words<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    Ok(said(&Value::deserialize(from)?, ""))
}

/// The fields of a stored entry in words.
pub(super) fn said(fields: &Value, kind: &str) -> String {
    let Some(fields) = fields.as_object() else { return String::new() };
    // Of what holds no text there is no length to tell.
    let one = |(name, length): (&String, &Value)| match length.as_i64() {
        Some(rows) if name == ROWS => words::count(rows, "row", "rows"),
        Some(0) => name.replace('_', " "),
        _ if is_told(kind) => name.replace('_', " "),
        _ => format!("{} ({length})", name.replace('_', " ")),
    };
    fields.iter().map(one).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(was: &str, becomes: &str) -> String {
        from_to(&("notice", was.to_owned(), becomes.to_owned()))
    }

    #[test]
    fn a_setting_is_told_as_it_was_and_as_it_became_and_a_long_one_from_where_it_differs() {
        assert_eq!(told("30", ""), "notice: 30 → nothing");
        let long = "a".repeat(100);
        assert_eq!(told("", &long), format!("notice: nothing → {} …", "a".repeat(80)));
        let (was, becomes) = (format!("{long}, on Mondays, é"), format!("{long}, on Tuesdays, é"));
        let same = format!("… {}, on ", "a".repeat(15));
        assert_eq!(told(&was, &becomes), format!("notice: {same}Mondays, é → {same}Tuesdays, é"));
        // What was only added to is told by what was added.
        assert_eq!(told(&long, &format!("{long}, and more")), format!("notice: … {0} → … {0}, and more", "a".repeat(20)));
    }
}
