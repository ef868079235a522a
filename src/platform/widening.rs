//! More people are let read what was said, by whoever said it or by their steward: whoever decides it is asked once more, with who reads
//! it then.

use super::{
    form::{Problem, Problems},
    labels::Label as _,
    subject::Audience,
};

/// Refuses a wider audience at the field `sure`, until exactly that audience was ticked there.
pub fn ask_once_more(problems: &mut Problems, now: Audience, wanted: Audience, sure: &str) {
    if wanted > now && sure != wanted.as_str() && problems.is_empty() {
        problems.ask(format!("Tick that from now on it is read by {}", wanted.label()));
    }
}

/// What stands beside the tick: who reads it then. Nothing where nothing is asked.
#[must_use]
pub fn who_reads_then(problems: &Problems, wanted: &str) -> Option<String> {
    problems.of("sure").and_then(|_| Audience::parse(wanted)).map(|wanted| format!("Yes, it may be read by {}", wanted.label()))
}

impl Problems {
    /// Asks before the form is taken; nothing in it is wrong.
    fn ask(&mut self, question: String) {
        self.list.push(Problem { field: "sure".to_owned(), message: question, is_question: true });
    }

    /// Nothing keeps the form from being taken but a question.
    #[must_use]
    pub fn is_only_asked(&self) -> bool {
        !self.list.is_empty() && !self.is_stale() && !self.is_parked() && self.list.iter().all(|one| one.is_question)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(now: Audience, wanted: Audience, sure: &str) -> bool {
        let mut problems = Problems::default();
        ask_once_more(&mut problems, now, wanted, sure);
        assert_eq!(problems.is_only_asked(), !problems.is_empty(), "a question is no mistake");
        who_reads_then(&problems, wanted.as_str()).is_some()
    }

    #[test]
    fn only_more_readers_are_asked_for_once_more_and_a_tick_holds_for_the_readers_it_named() {
        assert!(asked(Audience::Body, Audience::Partnership, ""));
        assert!(!asked(Audience::Body, Audience::Partnership, "partnership"));
        assert!(asked(Audience::Body, Audience::Public, "partnership"), "another audience is another question");
        assert!(!asked(Audience::Partnership, Audience::Body, ""));
        assert!(!asked(Audience::Agency, Audience::Agency, ""));
    }
}
