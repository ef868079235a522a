//! A promise as a line of a list, and where it stands in a few words. Says nothing of what somebody may do with it.

use super::{Side, State};
use crate::platform::{ids::SubjectId, words};
use chrono::NaiveDate;

/// A promise in a list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its id.
    pub id: SubjectId,
    /// What.
    pub what: String,
    /// Which side promised.
    pub side: Side,
    /// Who promised, as the agency shows them.
    pub by: String,
    /// To whom.
    pub to: String,
    /// Who carries it on the partners' side.
    pub partner_owner: Option<String>,
    /// Who was asked to carry it out instead.
    pub delegate: Option<String>,
    /// By when.
    pub due_on: NaiveDate,
    /// Where it stands.
    pub state: State,
    /// The plan's name, where the reader may see it.
    pub plan: Option<String>,
    /// It waits for the reader's word.
    pub wanted: bool,
}

impl Listed {
    /// Promised, not reported, and the day is over.
    #[must_use]
    pub fn is_late(&self, today: NaiveDate) -> bool {
        is_late(self.state, self.due_on, today)
    }

    /// Where it stands, in a few words.
    #[must_use]
    pub fn standing(&self, today: NaiveDate) -> String {
        standing_for(self.wanted, self.state, self.due_on, today)
    }

    /// Who promised whom, or is said to have.
    #[must_use]
    pub fn between(&self) -> String {
        between(self.state, &self.by, &self.to)
    }

    /// Nothing more is to be done.
    #[must_use]
    pub fn is_over(&self) -> bool {
        is_over(self.state)
    }
}

pub(super) fn is_over(state: State) -> bool {
    matches!(state, State::Confirmed | State::Released | State::NotPromised)
}

pub(super) fn between(state: State, by: &str, to: &str) -> String {
    match state {
        State::Told => format!("{by} is said to have promised {to}"),
        State::NotPromised => format!("{by} did not promise this to {to}"),
        _ => format!("{by} promised {to}"),
    }
}

/// Promised, not reported, and the day is over.
pub(super) fn is_late(state: State, due_on: NaiveDate, today: NaiveDate) -> bool {
    matches!(state, State::Open | State::Returned) && due_on < today
}

/// A promise in a few words: its day while it is open, its state afterwards.
#[must_use]
pub fn standing(state: State, due_on: NaiveDate, today: NaiveDate) -> String {
    match state {
        State::Open => words::due(due_on, today),
        State::Returned => format!("returned, {}", words::due(due_on, today)),
        State::Reported => "waiting for their word".to_owned(),
        State::Told | State::Confirmed | State::Released | State::NotPromised => state.to_string(),
    }
}

/// The same, for somebody whose word is wanted or not.
pub(in super::super) fn standing_for(wanted: bool, state: State, due_on: NaiveDate, today: NaiveDate) -> String {
    match state {
        State::Told if wanted => "written down as told, waiting for your word".to_owned(),
        State::Reported if wanted => "waiting for your word".to_owned(),
        _ => standing(state, due_on, today),
    }
}

/// How one side keeps its promises.
#[derive(Debug, Clone)]
pub struct Tally {
    /// Whose: the director's own, the agency's others, the partners'.
    pub whose: &'static str,
    /// All but those no longer needed.
    pub all: i64,
    /// Confirmed by the one promised.
    pub kept: i64,
    /// Late today.
    pub late: i64,
    /// Reported done, waiting for a word.
    pub waiting: i64,
    /// Handed to a delegate.
    pub delegated: i64,
}
