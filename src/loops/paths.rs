//! Addresses of loops.

use crate::platform::{
    acting::ActingId,
    error::Error,
    ids::{PartnerId, SubjectId},
    paging::with_filters,
};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// The list; a POST raises one.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/loops", rejection(Error))]
pub struct Loops {
    /// The agency.
    pub agency: String,
}

/// The form that raises one.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/loops/new", rejection(Error))]
pub struct NewLoop {
    /// The agency.
    pub agency: String,
}

/// The answer to one’s own question, for the bearer of a line of the letter: reading it, and one’s word on it.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/word/{link}/answer", rejection(Error))]
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

/// Several questions without an answer, to choose from; a POST gives one answer to those that were chosen.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/loops/together", rejection(Error))]
pub struct Together {
    /// The agency.
    pub agency: String,
}

/// A POST raises something for the member for whom one enters just now.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/acting/{acting}/questions", rejection(Error))]
pub struct EnteredQuestions {
    /// The agency.
    pub agency: String,
    /// The time in which one enters for them.
    pub acting: ActingId,
}

/// Where what is entered for a member goes.
#[must_use]
pub fn entered_questions(agency: &str, acting: impl Into<ActingId>) -> String {
    EnteredQuestions { agency: agency.to_owned(), acting: acting.into() }.to_string()
}

/// What was raised beside what was answered.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/answers", rejection(Error))]
pub struct Answers {
    /// The agency.
    pub agency: String,
}

macro_rules! of_loop {
    ($(#[$meta:meta] $name:ident $address:literal $way:ident;)+) => {
        $(
            #[$meta]
            #[derive(Debug, Clone, TypedPath, Deserialize)]
            #[typed_path($address, rejection(Error))]
            pub struct $name {
                /// The agency.
                pub agency: String,
                /// What was raised.
                pub question: SubjectId,
            }

            #[$meta]
            #[must_use]
            pub fn $way(agency: &str, question: impl Into<SubjectId>) -> String {
                $name { agency: agency.to_owned(), question: question.into() }.to_string()
            }
        )+
    };
}

of_loop! {
    /// One loop.
    LoopPage "/{agency}/loops/{question}" question;
    /// A POST tells the raiser that it was received.
    Acknowledgement "/{agency}/loops/{question}/acknowledgement" acknowledgement;
    /// The agency's answer: the form, and where it goes.
    AnswerPage "/{agency}/loops/{question}/answer" answer;
    /// A POST lets an answer go, or returns it.
    Review "/{agency}/loops/{question}/review" review;
    /// A POST by the raiser closes it.
    Closure "/{agency}/loops/{question}/closure" closure;
    /// "Not yet, because …": the form, and where it goes.
    Reopening "/{agency}/loops/{question}/closure/delete" reopening;
    /// Taking it back: the question, and where it goes.
    Withdrawal "/{agency}/loops/{question}/withdrawal" withdrawal;
    /// Who may read it: the form, and where it goes.
    Readers "/{agency}/loops/{question}/readers" readers;
    /// Whether what was entered for its raiser is what they said: the question, and where their word goes.
    EnteredWord "/{agency}/loops/{question}/entered" entered_word;
    /// Who inherits it: the form, and where it goes.
    Heir "/{agency}/loops/{question}/heir" heir;
}

/// The list.
#[must_use]
pub fn loops(agency: &str) -> String {
    Loops { agency: agency.to_owned() }.to_string()
}

/// The list narrowed to one state, or to what is late (`late`).
#[must_use]
pub fn loops_that_are(agency: &str, state: &str) -> String {
    with_filters(&loops(agency), &[("state", state)])
}

/// The form that raises one.
#[must_use]
pub fn new(agency: &str) -> String {
    NewLoop { agency: agency.to_owned() }.to_string()
}

/// Where one answer is given to several.
#[must_use]
pub fn together(agency: &str) -> String {
    Together { agency: agency.to_owned() }.to_string()
}

/// The same, with one chosen already.
#[must_use]
pub fn together_with(agency: &str, question: impl Into<SubjectId>) -> String {
    with_filters(&together(agency), &[("of", &question.into().to_string())])
}

/// What was raised beside what was answered.
#[must_use]
pub fn answers(agency: &str) -> String {
    Answers { agency: agency.to_owned() }.to_string()
}

/// The same of one body.
#[must_use]
pub fn answers_to(agency: &str, body: impl Into<PartnerId>) -> String {
    with_filters(&answers(agency), &[("partner", &body.into().to_string())])
}

/// Whether anybody may ask without an account.
#[must_use]
pub fn asking_setting(agency: &str) -> String {
    super::asking::paths::setting(agency)
}
