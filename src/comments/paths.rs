//! Addresses of comments.

use super::model::CommentId;
use crate::platform::{acting::ActingId, error::Error, ids::SubjectId};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// A POST adds a comment to a record.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/comments/{subject}", rejection(Error))]
pub struct Comments {
    /// The agency.
    pub agency: String,
    /// The record.
    pub subject: SubjectId,
}

/// A POST adds a comment to a record for the member for whom one enters just now.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/acting/{acting}/comments/{subject}", rejection(Error))]
pub struct EnteredComments {
    /// The agency.
    pub agency: String,
    /// The time in which one enters for them.
    pub acting: ActingId,
    /// The record.
    pub subject: SubjectId,
}

/// Comments that are hidden, those whose authors asked for a second look first.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/comments/moderation", rejection(Error))]
pub struct Moderated {
    /// The agency.
    pub agency: String,
}

/// Everything that one has written as comments oneself.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/comments/mine", rejection(Error))]
pub struct Mine {
    /// The agency.
    pub agency: String,
}

/// Everything that one has written as comments oneself.
#[must_use]
pub fn mine(agency: &str) -> String {
    Mine { agency: agency.to_owned() }.to_string()
}

macro_rules! of_comment {
    ($(#[$meta:meta] $name:ident $address:literal $way:ident;)+) => {
        $(
            #[$meta]
            #[derive(Debug, Clone, TypedPath, Deserialize)]
            #[typed_path($address, rejection(Error))]
            pub struct $name {
                /// The agency.
                pub agency: String,
                /// The comment.
                pub comment: CommentId,
            }

            #[$meta]
            #[must_use]
            pub fn $way(agency: &str, comment: impl Into<CommentId>) -> String {
                $name { agency: agency.to_owned(), comment: comment.into() }.to_string()
            }
        )+
    };
}

of_comment! {
    /// The form for an answer to a comment.
    Reply "/{agency}/comments/{comment}/reply" reply;
    /// The words of a comment: the form to edit them, and where it goes.
    Words "/{agency}/comments/{comment}/words" words;
    /// Who may read a comment: the question, and where it goes.
    ReadersOf "/{agency}/comments/{comment}/readers" readers;
    /// Former texts.
    History "/{agency}/comments/{comment}/history" history;
    /// Whether what was entered for its author is what they said: the question, and where their word goes.
    EnteredWord "/{agency}/comments/{comment}/entered" entered_word;
    /// Taking a comment back: the question, and where it goes.
    Withdrawal "/{agency}/comments/{comment}/withdrawal" withdrawal;
    /// Hiding a comment or a passage: the form, and where it goes.
    Moderation "/{agency}/comments/{comment}/moderation" moderation;
    /// Showing hidden words again.
    ShowAgain "/{agency}/comments/{comment}/moderation/delete" show_again;
    /// The author's wish that a moderator from the partners' side looks.
    SecondLookRequest "/{agency}/comments/{comment}/second-look/request" second_look_request;
    /// That moderator's page and finding.
    SecondLook "/{agency}/comments/{comment}/second-look" second_look;
}

/// Where a comment on a record goes.
#[must_use]
pub fn comments(agency: &str, subject: impl Into<SubjectId>) -> String {
    Comments { agency: agency.to_owned(), subject: subject.into() }.to_string()
}

/// Hidden comments.
#[must_use]
pub fn moderated(agency: &str) -> String {
    Moderated { agency: agency.to_owned() }.to_string()
}

/// A comment on its record's page.
#[must_use]
pub fn on_page(record: &str, comment: impl Into<CommentId>) -> String {
    format!("{record}#comment-{}", comment.into())
}
