//! Addresses of statements: their own pages, a session's, and the page a link leads to.

use super::model::RenewalId;
use crate::platform::{error::Error, ids::SubjectId, paging::with_filters};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

macro_rules! of_statement {
    ($(#[$meta:meta])* $name:ident $pattern:literal $function:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone, TypedPath, Deserialize)]
        #[typed_path($pattern, rejection(Error))]
        pub struct $name {
            /// The agency.
            pub agency: String,
            /// The statement.
            pub statement: SubjectId,
        }

        $(#[$meta])*
        #[must_use]
        pub fn $function(agency: &str, statement: impl Into<SubjectId>) -> String {
            $name { agency: agency.to_owned(), statement: statement.into() }.to_string()
        }
    };
}

/// All that one may read.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/statements", rejection(Error))]
pub struct Statements {
    /// The agency.
    pub agency: String,
}

of_statement!(
    /// One statement; a POST mends what was written down.
    StatementPage "/{agency}/statements/{statement}" statement
);
of_statement!(
    /// The form that mends what was written down, by itself.
    MendPage "/{agency}/statements/{statement}/mending" mending
);
of_statement!(
    /// The speaker's own word.
    AnswerPage "/{agency}/statements/{statement}/answer" answer
);
of_statement!(
    /// The speaker's word, entered by the facilitator.
    EnteredAnswer "/{agency}/statements/{statement}/entered-answer" entered_answer
);
of_statement!(
    /// Who may read it and what may be done with it.
    ConsentPage "/{agency}/statements/{statement}/consent" consent
);
of_statement!(
    /// Taking the words back.
    WithdrawalPage "/{agency}/statements/{statement}/withdrawal" withdrawal
);
of_statement!(
    /// Who sees to it and what comes next.
    NextStepPage "/{agency}/statements/{statement}/next-step" next_step
);
of_statement!(
    /// Throwing away a draft that should not have been written down.
    DiscardPage "/{agency}/statements/{statement}/discarding" discard
);

/// What is written down in a session; a POST writes down one statement.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/sessions/{session}/statements", rejection(Error))]
pub struct SessionStatements {
    /// The agency.
    pub agency: String,
    /// The session.
    pub session: SubjectId,
}

/// The key for what a note-taker types while the line is away.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/sessions/{session}/statements/key", rejection(Error))]
pub struct NotesKey {
    /// The agency.
    pub agency: String,
    /// The session.
    pub session: SubjectId,
}

/// Where a link's token is swapped for a cookie.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/return/{token}", rejection(Error))]
pub struct ReturnToken {
    /// The agency.
    pub agency: String,
    /// The token.
    pub token: String,
}

/// Whom those on duty are to ask again.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/renewals", rejection(Error))]
pub struct Renewals {
    /// The agency.
    pub agency: String,
}

/// One of them; a POST enters what they said.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/renewals/{renewal}", rejection(Error))]
pub struct RenewalPage {
    /// The agency.
    pub agency: String,
    /// The time they are asked.
    pub renewal: RenewalId,
}

/// What a link is about: all that the speaker said in the session.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/return", rejection(Error))]
pub struct Return {
    /// The agency.
    pub agency: String,
}

/// One’s own words as they were written down, for the bearer of a line of the letter; a POST gives one’s word on them.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/word/{link}/statement", rejection(Error))]
pub struct LetterWord {
    /// The agency.
    pub agency: String,
    /// The link.
    pub link: uuid::Uuid,
}

/// The same, as an address.
#[must_use]
pub fn letter_word(agency: &str, link: &uuid::Uuid) -> String {
    LetterWord { agency: agency.to_owned(), link: *link }.to_string()
}

/// Whether what somebody allowed may go on, for the bearer of a line of the letter.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/word/{link}/again", rejection(Error))]
pub struct LetterAgain {
    /// The agency.
    pub agency: String,
    /// The link.
    pub link: uuid::Uuid,
}

/// The same, as an address.
#[must_use]
pub fn letter_again(agency: &str, link: &uuid::Uuid) -> String {
    LetterAgain { agency: agency.to_owned(), link: *link }.to_string()
}

/// Who may read it and what may be done with it, for the bearer of a link.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/return/consent", rejection(Error))]
pub struct ReturnConsent {
    /// The agency.
    pub agency: String,
}

/// The page that asks before words are taken back by a link.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/return/withdrawal", rejection(Error))]
pub struct ReturnWithdrawal {
    /// The agency.
    pub agency: String,
}

/// All that one may read.
#[must_use]
pub fn statements(agency: &str) -> String {
    Statements { agency: agency.to_owned() }.to_string()
}

/// What oneself said.
#[must_use]
pub fn mine(agency: &str) -> String {
    with_filters(&statements(agency), &[("whose", "mine")])
}

/// Whom those on duty are to ask again.
#[must_use]
pub fn renewals(agency: &str) -> String {
    Renewals { agency: agency.to_owned() }.to_string()
}

/// One of them.
#[must_use]
pub fn renewal(agency: &str, renewal: impl Into<RenewalId>) -> String {
    RenewalPage { agency: agency.to_owned(), renewal: renewal.into() }.to_string()
}

/// What is written down in a session.
#[must_use]
pub fn of_session(agency: &str, session: impl Into<SubjectId>) -> String {
    SessionStatements { agency: agency.to_owned(), session: session.into() }.to_string()
}

/// The key for what a note-taker types while the line is away.
#[must_use]
pub fn notes_key(agency: &str, session: impl Into<SubjectId>) -> String {
    NotesKey { agency: agency.to_owned(), session: session.into() }.to_string()
}

/// The address that goes into a letter, with the secret in it.
#[must_use]
pub fn return_token(agency: &str, token: &str) -> String {
    ReturnToken { agency: agency.to_owned(), token: token.to_owned() }.to_string()
}

/// What a link is about, with one statement of the speaker's on top.
#[must_use]
pub fn of_link_about(agency: &str, statement: impl Into<SubjectId>) -> String {
    with_filters(&of_link(agency), &[("statement", &statement.into().to_string())])
}

/// The speaker's choices for one statement, by their link.
#[must_use]
pub fn link_consent(agency: &str, statement: impl Into<SubjectId>) -> String {
    with_filters(&ReturnConsent { agency: agency.to_owned() }.to_string(), &[("statement", &statement.into().to_string())])
}

/// What a link is about.
#[must_use]
pub fn of_link(agency: &str) -> String {
    Return { agency: agency.to_owned() }.to_string()
}

/// The page that asks before words are taken back by a link.
#[must_use]
pub fn link_withdrawal(agency: &str, statement: impl Into<SubjectId>) -> String {
    with_filters(&ReturnWithdrawal { agency: agency.to_owned() }.to_string(), &[("statement", &statement.into().to_string())])
}
