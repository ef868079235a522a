//! What a theme is and what it rests on.

use crate::platform::{ids::SubjectId, subject::Kind};

/// A theme on the list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its id.
    pub id: SubjectId,
    /// Its name.
    pub name: String,
    /// What it means.
    pub description: String,
    /// Known in the field before anybody here spoke of it.
    pub from_field: bool,
    /// Sources that the reader may see.
    pub sources: i64,
    /// It lost a source and has not been read again.
    pub is_to_reread: bool,
}

/// One theme.
#[derive(Debug, Clone)]
pub struct Theme {
    /// Its id.
    pub id: SubjectId,
    /// Its name.
    pub name: String,
    /// What it means.
    pub description: String,
    /// Known in the field before anybody here spoke of it.
    pub from_field: bool,
    /// Who made it here.
    pub made_by: Option<String>,
    /// Counts every change.
    pub version: i32,
}

/// One thing a theme rests on.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its id.
    pub id: SubjectId,
    /// A statement, or a session with its summary.
    pub kind: Kind,
    /// Its name.
    pub title: String,
    /// Its page.
    pub path: String,
    /// The words, while they may be quoted and read.
    pub words: Option<String>,
    /// Whose.
    pub shown_as: String,
    /// What a reader should know before they read; may be empty.
    pub sensitivity: String,
    /// Who joined it, each once.
    pub coders: Vec<String>,
    /// The reader is one of them.
    pub is_mine: bool,
}

/// A theme parsed from its form.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) description: String,
    pub(super) sources: Vec<SubjectId>,
}
