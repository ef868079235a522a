//! What an entry says.

use crate::platform::{
    ids::{MembershipId, SubjectId},
    subject::Kind,
};
use chrono::{DateTime, Utc};

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
}

impl<'a> Change<'a> {
    /// A change of a record.
    #[must_use]
    pub fn of(action: &'a str, kind: Kind, subject: SubjectId) -> Self {
        use crate::platform::labels::Label as _;
        Self { action, kind: kind.as_str(), subject: Some(subject), member: None, fields: Vec::new() }
    }

    /// A change of something that is no record of its own.
    #[must_use]
    pub fn about(action: &'a str, kind: &'a str) -> Self {
        Self { action, kind, subject: None, member: None, fields: Vec::new() }
    }

    /// A change of a membership; of a body's people it stands on the body's record, where its stewards see it.
    #[must_use]
    pub fn of_member(action: &'a str, member: MembershipId, body: Option<SubjectId>) -> Self {
        Self { action, kind: "member", subject: body, member: Some(member), fields: Vec::new() }
    }

    /// Notes a field and the length of its text.
    #[must_use]
    pub fn field(mut self, name: &'a str, text: &str) -> Self {
        self.fields.push((name, text.chars().count()));
        self
    }
}

/// An entry as the log shows it.
#[derive(Debug, Clone)]
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
    /// Fields with lengths, such as "words (120)".
    pub fields: String,
}
