//! Addresses of themes.

use super::model::ChangeId;
use crate::platform::{error::Error, ids::SubjectId};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// The list; a POST makes a theme.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/themes", rejection(Error))]
pub struct Themes {
    /// The agency.
    pub agency: String,
}

/// The form for a new theme.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/themes/new", rejection(Error))]
pub struct NewTheme {
    /// The agency.
    pub agency: String,
}

macro_rules! of_theme {
    ($(#[$meta:meta])* $name:ident $pattern:literal $function:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone, TypedPath, Deserialize)]
        #[typed_path($pattern, rejection(Error))]
        pub struct $name {
            /// The agency.
            pub agency: String,
            /// The theme.
            pub theme: SubjectId,
        }

        $(#[$meta])*
        #[must_use]
        pub fn $function(agency: &str, theme: impl Into<SubjectId>) -> String {
            $name { agency: agency.to_owned(), theme: theme.into() }.to_string()
        }
    };
}

of_theme!(
    /// One theme; a POST keeps its name and meaning.
    ThemePage "/{agency}/themes/{theme}" theme
);
of_theme!(
    /// The form for its name and meaning.
    EditTheme "/{agency}/themes/{theme}/edit" edit
);
of_theme!(
    /// What it may rest on; a POST joins sources.
    Sources "/{agency}/themes/{theme}/sources" sources
);
of_theme!(
    /// That it has been read again.
    RereadingPage "/{agency}/themes/{theme}/rereading" rereading
);

of_theme!(
    /// The page that merges it into another; a POST does.
    MergePage "/{agency}/themes/{theme}/merge" merge
);
of_theme!(
    /// The page that makes a part of it a theme of its own; a POST does.
    SplitPage "/{agency}/themes/{theme}/split" split
);

/// Undoing a merge or a split.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/themes/{theme}/changes/{change}/delete", rejection(Error))]
pub struct UndoChange {
    /// The agency.
    pub agency: String,
    /// The theme from whose page it is undone.
    pub theme: SubjectId,
    /// The merge or the split.
    pub change: ChangeId,
}

/// What people put under different themes.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/themes/readings", rejection(Error))]
pub struct Readings {
    /// The agency.
    pub agency: String,
}

/// How one source was read; a POST settles where it belongs.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/themes/readings/{source}", rejection(Error))]
pub struct ReadingPage {
    /// The agency.
    pub agency: String,
    /// The source.
    pub source: SubjectId,
}

/// Taking one's own joining of a source back.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/themes/{theme}/sources/{source}/delete", rejection(Error))]
pub struct LeaveSource {
    /// The agency.
    pub agency: String,
    /// The theme.
    pub theme: SubjectId,
    /// The source.
    pub source: SubjectId,
}

/// Joining a statement to a theme, from the statement's page.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/statements/{statement}/themes", rejection(Error))]
pub struct StatementThemes {
    /// The agency.
    pub agency: String,
    /// The statement.
    pub statement: SubjectId,
}

/// The list.
#[must_use]
pub fn themes(agency: &str) -> String {
    Themes { agency: agency.to_owned() }.to_string()
}

/// The form for a new theme.
#[must_use]
pub fn new(agency: &str) -> String {
    NewTheme { agency: agency.to_owned() }.to_string()
}

/// The form for a new theme that begins with one source.
#[must_use]
pub fn new_from(agency: &str, source: impl Into<SubjectId>) -> String {
    crate::platform::paging::with_filters(&new(agency), &[("source", &source.into().to_string())])
}

/// Undoing a merge or a split.
#[must_use]
pub fn undo(agency: &str, theme: impl Into<SubjectId>, change: impl Into<ChangeId>) -> String {
    UndoChange { agency: agency.to_owned(), theme: theme.into(), change: change.into() }.to_string()
}

/// What people put under different themes.
#[must_use]
pub fn readings(agency: &str) -> String {
    Readings { agency: agency.to_owned() }.to_string()
}

/// How one source was read.
#[must_use]
pub fn reading(agency: &str, source: impl Into<SubjectId>) -> String {
    ReadingPage { agency: agency.to_owned(), source: source.into() }.to_string()
}

/// Taking one's own joining of a source back.
#[must_use]
pub fn leave(agency: &str, theme: impl Into<SubjectId>, source: impl Into<SubjectId>) -> String {
    LeaveSource { agency: agency.to_owned(), theme: theme.into(), source: source.into() }.to_string()
}

/// Joining a statement to a theme.
#[must_use]
pub fn of_statement(agency: &str, statement: impl Into<SubjectId>) -> String {
    StatementThemes { agency: agency.to_owned(), statement: statement.into() }.to_string()
}
