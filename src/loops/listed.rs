//! A loop on the list, and how many there are of each sort.

use super::model::{Kind, Loop, State, clock_words, due, state_words};
use crate::{
    platform::ids::{MembershipId, SubjectId},
    protocols::Mark,
};
use chrono::{DateTime, NaiveDate, Utc};

/// A loop on the list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its id.
    pub id: SubjectId,
    /// What it is.
    pub kind: Kind,
    /// Its first words.
    pub title: String,
    /// How far it is.
    pub state: State,
    /// Who raised it, with their body.
    pub by: String,
    /// When.
    pub created_at: DateTime<Utc>,
    /// The first clock.
    pub acknowledge_by: NaiveDate,
    /// The second clock.
    pub answer_by: NaiveDate,
    /// When it was answered.
    pub answered_at: Option<DateTime<Utc>>,
    /// When it was closed.
    pub closed_at: Option<DateTime<Utc>>,
    /// How often it was reopened.
    pub reopened: i16,
    /// Its word is the reader's to give.
    pub mine: bool,
    /// That somebody entered it for its raiser, and whether they confirmed it.
    pub entered: Option<String>,
    /// What stands beside it: labels, protocols, notices.
    pub beside: Vec<Mark>,
}

impl Listed {
    /// The running clock in words: "answer due in 6 days".
    #[must_use]
    pub fn clock_words(&self, today: NaiveDate) -> String {
        clock_words(self.state, self.due(), today)
    }

    /// Past the running clock.
    #[must_use]
    pub fn is_late(&self, today: NaiveDate) -> bool {
        self.due().is_some_and(|day| day < today)
    }

    /// How its mark is drawn once no clock runs.
    #[must_use]
    pub fn tone(&self) -> &'static str {
        match self.state {
            State::Answered => "wait",
            State::Closed => "good",
            _ => "quiet",
        }
    }

    /// The clock that runs, if one does.
    #[must_use]
    pub fn due(&self) -> Option<NaiveDate> {
        due(self.state, self.acknowledge_by, self.answer_by)
    }

    /// The state in words, for this reader.
    #[must_use]
    pub fn state_words(&self) -> &'static str {
        state_words(self.state, self.reopened, self.mine)
    }
}

impl Loop {
    /// The answer of this writer has gone out.
    pub(super) fn was_answered_by(&self, writer: MembershipId) -> bool {
        self.is_answered() && self.answerer == Some(writer)
    }
}

/// How many loops there are of each sort, as far as the reader may see them.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counts {
    /// Without an answer.
    pub open: i64,
    /// Of those, past a clock.
    pub late: i64,
    /// Answered, and the raiser has not said anything yet.
    pub no_word: i64,
    /// Closed by those who raised them.
    pub closed: i64,
    /// Answers that wait for the director.
    pub review: i64,
}

impl Counts {
    /// What is over is counted up to here: a list of many years need not be read for its first page.
    pub(super) const MOST: i64 = 1000;

    /// "12", "more than 999".
    #[must_use]
    pub fn told(number: &i64) -> String {
        if *number < Self::MOST { number.to_string() } else { format!("more than {}", Self::MOST - 1) }
    }
}
