//! What was promised, what became of it, and what is shown of the words of those who were asked.

use crate::platform::{
    ids::{PartnerId, SubjectId},
    subject::Kind,
    words,
};
use chrono::{DateTime, NaiveDate, Utc};

crate::id!(
    /// A promise of what answers can change.
    InfluenceId
);

labels! {
    /// What those who were asked say of it.
    pub enum Word {
        Kept = "kept", "Kept";
        Partly = "partly", "Kept in part";
        NotKept = "not_kept", "Not kept";
    }
}

/// Of so many people who speak for themselves, and of so many words in all, nobody is known by a sum.
pub(super) const FEWEST: i32 = 5;

/// Sums of words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sums {
    pub(super) asked: i64,
    pub(super) kept: i64,
    pub(super) partly: i64,
    pub(super) not_kept: i64,
}

impl Sums {
    fn said(&self) -> i64 {
        self.kept + self.partly + self.not_kept
    }

    /// The headline: the share that was kept, and how many have not said.
    pub(super) fn headline(&self) -> String {
        if self.said() < i64::from(FEWEST) {
            return "Fewer than five have said so far whether such promises were kept.".to_owned();
        }
        let silent = self.asked - self.said();
        let share = (self.kept * 100 + self.said() / 2) / self.said();
        format!(
            "Kept, say {} of {} ({share}%). {} kept in part, {} not kept. {}.",
            self.kept,
            words::count(self.said(), "answer", "answers"),
            self.partly,
            self.not_kept,
            if silent == 0 { "Everybody asked has said".to_owned() } else { format!("{silent} asked have not said") },
        )
    }
}

/// One promise, with the record about which people were asked.
#[derive(Debug, Clone)]
pub(super) struct Promise {
    pub(super) id: InfluenceId,
    pub(super) about: SubjectId,
    pub(super) about_kind: Kind,
    pub(super) about_title: String,
    pub(super) about_path: String,
    /// What is asked.
    pub(super) question: String,
    pub(super) may_change: String,
    pub(super) cannot_change: String,
    pub(super) decided_by: String,
    pub(super) decide_on: NaiveDate,
    pub(super) made_by: String,
    pub(super) created_at: DateTime<Utc>,
    /// What was decided; empty until then.
    pub(super) outcome: String,
    pub(super) outcome_by: Option<String>,
    pub(super) outcome_at: Option<DateTime<Utc>>,
    pub(super) version: i32,
    /// The reader was asked, or the body that they speak for.
    pub(super) asked_me: bool,
    /// What they say.
    pub(super) my_word: Option<Word>,
    pub(super) my_note: String,
}

/// Proof that it was decided or its day is over, and that the reader was asked.
#[derive(Debug)]
pub(super) struct Asked(pub(super) InfluenceId);

impl Promise {
    /// Nothing was decided, and the day is over.
    pub(super) fn is_late(&self, today: NaiveDate) -> bool {
        self.outcome_at.is_none() && self.decide_on < today
    }

    /// Where it stands, in words.
    pub(super) fn state_words(&self, today: NaiveDate) -> &'static str {
        match (self.outcome_at, self.is_late(today)) {
            (Some(_), _) => "decided",
            (None, true) => "late: nothing was decided",
            (None, false) => "not decided yet",
        }
    }

    /// What is said to whoever wrote what was decided, or added to it.
    pub(super) fn told_words(&self) -> &'static str {
        if self.outcome_at.is_none() { "Told to those who were asked" } else { "Added, and told to those who were asked" }
    }

    /// Those who were asked say whether it was kept once it was decided, or once its day is over without.
    pub(super) fn may_say(&self, today: NaiveDate) -> Option<Asked> {
        (self.asked_me && (self.outcome_at.is_some() || self.is_late(today))).then_some(Asked(self.id))
    }

    /// The reader's word is wanted.
    pub(super) fn wants_my_word(&self, today: NaiveDate) -> bool {
        self.my_word.is_none() && self.may_say(today).is_some()
    }
}

/// What a body was asked and said.
#[derive(Debug, Clone)]
pub(super) struct Said {
    pub(super) body: String,
    pub(super) word: Option<Word>,
    pub(super) note: String,
    pub(super) at: Option<DateTime<Utc>>,
}

/// What is about to be promised.
#[derive(Debug)]
pub(super) struct NewPromise {
    pub(super) about: SubjectId,
    pub(super) question: String,
    pub(super) may_change: String,
    pub(super) cannot_change: String,
    pub(super) decided_by: String,
    pub(super) decide_on: NaiveDate,
    pub(super) bodies: Vec<PartnerId>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_words_make_no_share() {
        let sums = |kept, partly, not_kept, asked| Sums { asked, kept, partly, not_kept };
        assert!(sums(4, 0, 0, 9).headline().starts_with("Fewer than five"));
        assert_eq!(sums(4, 1, 1, 9).headline(), "Kept, say 4 of 6 answers (67%). 1 kept in part, 1 not kept. 3 asked have not said.");
        assert!(sums(5, 0, 0, 5).headline().ends_with("Everybody asked has said."));
    }
}
