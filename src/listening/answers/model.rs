//! What is told, and what a speaker says of it.

use crate::{
    commitments,
    loops::Answer,
    platform::{ids::SubjectId, labels::Label as _, subject::Kind},
};
use chrono::{DateTime, NaiveDate, Utc};

crate::id!(
    /// One thing that those who spoke in a session are told.
    AnswerId
);

labels! {
    /// What a speaker says of a promise that was made to those who spoke.
    pub enum Said {
        Kept = "kept", "Yes, it was done";
        Missing = "missing", "Not yet: something is missing";
    }
}

/// What one speaker is told about words of theirs.
#[derive(Debug, Clone)]
pub struct Told {
    /// Its id.
    pub id: AnswerId,
    /// What kind of record it is about.
    pub kind: Kind,
    /// What that is called; empty for a question, which is somebody else’s.
    pub title: String,
    /// How far that is today, as stored.
    pub(super) state: String,
    /// What a question was answered.
    pub(super) answer: Option<Answer>,
    /// By when it was promised.
    pub(super) due_on: Option<NaiveDate>,
    /// The agency’s words to those who spoke.
    pub words: String,
    /// In which language they are.
    pub language: String,
    /// When it was told.
    pub told_at: DateTime<Utc>,
    /// It was promised to those who spoke.
    pub(super) asks: bool,
    /// What this speaker said of it.
    pub(super) kept: Option<bool>,
}

impl Told {
    /// How it is called for somebody who sees nothing of it but this.
    #[must_use]
    pub fn called(&self) -> &str {
        if self.title.is_empty() { "A question that came of it" } else { &self.title }
    }

    /// How far it is on that day, in words.
    #[must_use]
    pub fn standing(&self, today: NaiveDate) -> String {
        if let Some(answer) = self.answer {
            return format!("answered: {}", answer.label());
        }
        match (self.kind, commitments::State::parse(&self.state), self.due_on) {
            (Kind::Commitment, Some(state), Some(day)) => commitments::standing(state, day, today),
            _ => self.state.replace('_', " "),
        }
    }

    /// The speaker is asked whether it was kept: it was promised to them, and it was reported done or its day is over.
    #[must_use]
    pub fn is_asked(&self, today: NaiveDate) -> bool {
        use commitments::State as Of;
        let is_done = matches!(Of::parse(&self.state), Some(Of::Reported | Of::Confirmed));
        self.asks && self.state != Of::Released.as_str() && (is_done || self.due_on.is_some_and(|day| day < today))
    }

    /// What this speaker said last.
    #[must_use]
    pub fn said(&self) -> Option<Said> {
        self.kept.map(|kept| if kept { Said::Kept } else { Said::Missing })
    }
}

/// The same for those who tell it.
#[derive(Debug, Clone)]
pub(super) struct Sent {
    pub(super) id: AnswerId,
    pub(super) kind: Kind,
    pub(super) title: String,
    pub(super) path: String,
    pub(super) words: String,
    pub(super) language: String,
    pub(super) asks: bool,
    pub(super) by: String,
    pub(super) told_at: DateTime<Utc>,
    pub(super) said_kept: i32,
    pub(super) said_missing: i32,
    /// It is told to nobody any more: fewer than the partnership read it now.
    pub(super) is_closed: bool,
}

impl Sent {
    /// What those who spoke say of it: how many, and never who.
    pub(super) fn said(&self) -> Option<String> {
        let told = |number: i32, rest: &str| (number > 0).then(|| format!("{number} {rest}"));
        let all: Vec<String> =
            [told(self.said_kept, "of those who spoke say that it was done"), told(self.said_missing, "say that something is missing")]
                .into_iter()
                .flatten()
                .collect();
        match (self.asks, all.is_empty()) {
            (false, _) => None,
            (true, true) => Some("Nobody of those who spoke has said yet whether it was done.".to_owned()),
            (true, false) => Some(format!("{}.", all.join("; "))),
        }
    }
}

/// What can be told of: a record that the whole partnership reads and that rests on the session.
#[derive(Debug, Clone)]
pub(super) struct Offered {
    pub(super) subject: SubjectId,
    pub(super) kind: Kind,
    pub(super) title: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(state: &str, asks: bool) -> Told {
        Told {
            id: AnswerId::fresh(),
            kind: Kind::Commitment,
            title: "Open a window".to_owned(),
            state: state.to_owned(),
            answer: None,
            due_on: NaiveDate::from_ymd_opt(2027, 3, 5),
            words: String::new(),
            language: "en".to_owned(),
            told_at: DateTime::UNIX_EPOCH,
            asks,
            kept: None,
        }
    }

    #[test]
    fn a_promise_is_asked_about_once_it_was_reported_or_its_day_is_over() {
        let (on_the_day, after) = (NaiveDate::from_ymd_opt(2027, 3, 5).unwrap(), NaiveDate::from_ymd_opt(2027, 3, 6).unwrap());
        assert!(!told("open", true).is_asked(on_the_day) && told("open", true).is_asked(after));
        assert!(told("reported", true).is_asked(on_the_day));
        assert!(!told("reported", false).is_asked(after), "it was not promised to them");
        assert!(!told("released", true).is_asked(after), "it is no longer needed");
    }

    #[test]
    fn how_far_it_is_stands_in_words() {
        let day = NaiveDate::from_ymd_opt(2027, 3, 1).unwrap();
        assert_eq!(told("confirmed", false).standing(day), "kept");
        let barrier = Told { kind: Kind::Barrier, state: "in_work".to_owned(), due_on: None, ..told("", false) };
        assert_eq!(barrier.standing(day), "in work");
        let question = Told { kind: Kind::Loop, title: String::new(), answer: Some(Answer::NotPossible), ..told("", false) };
        assert_eq!((question.called(), question.standing(day)), ("A question that came of it", "answered: not possible".to_owned()));
    }
}
