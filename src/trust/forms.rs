//! The forms of this slice, as typed.

use super::model::Wording;
use crate::platform::{
    form::{Choice, Problems, ticked},
    ids::SubjectId,
};
use serde::{Deserialize, Serialize};

/// One answer.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct AnswerForm {
    pub(super) step: String,
    pub(super) words: String,
}

impl AnswerForm {
    /// The five words, the least first.
    pub(super) fn steps(words: &[String]) -> Vec<Choice> {
        words.iter().zip(1..).map(|(word, step): (_, i32)| Choice::new(step.to_string(), word.clone())).collect()
    }

    pub(super) fn parse(&self) -> Result<(i16, String), Problems> {
        let mut p = Problems::default();
        let step = self.step.trim().parse::<i16>().ok().filter(|step| (1..=5).contains(step));
        if step.is_none() {
            p.add("step", "Choose one of the five");
        }
        let words = p.optional_prose("words", &self.words, 500);
        p.or((step.unwrap_or(1), words))
    }
}

/// Which session it is asked after; none: the quarter.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct AskForm {
    pub(super) session: String,
}

impl AskForm {
    pub(super) fn parse(&self, sessions: &[Choice]) -> Result<Option<SubjectId>, Problems> {
        let mut p = Problems::default();
        let session: Option<SubjectId> = p.optional_id("session", &self.session);
        if session.is_some_and(|id| !sessions.iter().any(|one| one.value == id.to_string())) {
            p.add("session", "Choose one of the list");
        }
        p.or(session)
    }
}

/// What was going on.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct AccountForm {
    pub(super) words: String,
}

impl AccountForm {
    pub(super) fn parse(&self) -> Result<String, Problems> {
        let mut p = Problems::default();
        let words = p.prose("words", &self.words, 2000, "Write what was going on, and what you did");
        p.or(words)
    }
}

/// What is asked.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct WordingForm {
    pub(super) question: String,
    pub(super) steps: String,
    pub(super) smallest: String,
    pub(super) by_itself: String,
}

impl WordingForm {
    pub(super) fn of(now: &Wording) -> Self {
        Self {
            question: now.question.clone(),
            steps: now.steps.join(", "),
            smallest: now.smallest.to_string(),
            by_itself: if now.by_itself { "yes" } else { "" }.to_owned(),
        }
    }

    pub(super) fn parse(&self) -> Result<Wording, Problems> {
        let mut p = Problems::default();
        let question = p.text("question", &self.question, 200, "Enter the question");
        let steps = p.list_of("steps", &self.steps);
        if steps.len() != 5 || steps.iter().any(|step| step.chars().count() > 30) {
            p.add("steps", "Enter five words, the least first, each of at most 30 characters");
        }
        let smallest = i16::try_from(p.whole("smallest", &self.smallest, 5..=50, "Enter how many have to answer")).unwrap_or(5);
        p.or(Wording { version: 0, question, steps, smallest, by_itself: ticked(&self.by_itself) })
    }
}
