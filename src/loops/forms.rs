//! The forms of this slice, as typed.

use super::model::{Answer, Answered, Kind, Loop, Raised};
use crate::platform::{
    form::Problems,
    ids::{MembershipId, SubjectId},
    labels::Label as _,
    subject::Audience,
    widening,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Something raised.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct LoopForm {
    pub(super) kind: String,
    pub(super) words: String,
    pub(super) audience: String,
    pub(super) from: String,
    pub(super) comment: String,
}

impl LoopForm {
    pub(super) fn parse(&self) -> Result<Raised, Problems> {
        let mut p = Problems::default();
        let kind: Kind = p.one_of("kind", &self.kind, "Choose whether this is a question, a concern or an idea");
        let words = p.prose("words", &self.words, 4000, "Write what you want to raise");
        let audience = readers(&mut p, &self.audience);
        let (from, comment) = (p.optional_id("from", &self.from), p.optional_id("comment", &self.comment));
        p.or(Raised { kind, words, audience, from, comment })
    }
}

/// Somebody of the agency has to read it, or nobody could answer.
fn readers(p: &mut Problems, text: &str) -> Audience {
    let chosen = Audience::parse(text).filter(|level| !matches!(level, Audience::Author | Audience::Body));
    chosen.unwrap_or_else(|| {
        p.add("audience", "Choose who may read it");
        Audience::Leadership
    })
}

/// The agency's answer.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct AnswerForm {
    pub(super) answer: String,
    pub(super) answer_words: String,
    pub(super) reason: String,
    pub(super) due: String,
}

impl AnswerForm {
    /// The form that would change this answer.
    pub(super) fn of(found: &Loop) -> Self {
        Self {
            answer: found.answer.map(|answer| answer.as_str().to_owned()).unwrap_or_default(),
            answer_words: found.answer_words.clone(),
            reason: found.answer_reason.clone(),
            due: found.answer_due.map(|day| day.to_string()).unwrap_or_default(),
        }
    }

    pub(super) fn parse(&self, today: NaiveDate) -> Result<Answered, Problems> {
        let mut p = Problems::default();
        let answered = self.answered(&mut p, today);
        p.or(answered)
    }

    fn answered(&self, p: &mut Problems, today: NaiveDate) -> Answered {
        let answer: Answer = p.one_of("answer", &self.answer, "Choose what you answer");
        let words = p.prose("answer_words", &self.answer_words, 4000, "Write the answer");
        let reason = p.optional_prose("reason", &self.reason, 2000);
        if answer == Answer::NotPossible && reason.is_empty() && p.of("reason").is_none() {
            p.add("reason", "Say why it is not possible: an answer of “not possible” always has its reason");
        }
        if answer != Answer::NotPossible && !reason.is_empty() {
            p.add("reason", format!("Choose “{}”, or leave this empty: it would not be shown", Answer::NotPossible.label()));
        }
        let due = p.optional_day("due", &self.due);
        if answer != Answer::Will && due.is_some() {
            p.add("due", format!("Choose “{}”, or leave this empty: no promise would be made", Answer::Will.label()));
        }
        if answer == Answer::Will && p.of("due").is_none() {
            match due {
                None => p.add("due", "Enter the day by which it will be done"),
                Some(day) if day < today => p.add("due", "Enter a day that is still ahead"),
                Some(_) => {}
            }
        }
        Answered {
            answer,
            words,
            reason: if answer == Answer::NotPossible { reason } else { String::new() },
            due: due.filter(|_| answer == Answer::Will),
        }
    }
}

/// One answer to several.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct TogetherForm {
    /// The questions that were chosen.
    pub(super) of: Vec<String>,
    pub(super) answer: String,
    pub(super) answer_words: String,
    pub(super) reason: String,
    pub(super) due: String,
    /// What the list was narrowed to.
    pub(super) seek: String,
    pub(super) kind: String,
    pub(super) page: String,
}

impl TogetherForm {
    /// So many get one answer at once: each has a history, a promise and a letter of its own.
    const MOST: usize = 50;

    /// The questions, each once.
    pub(super) fn chosen(&self) -> Vec<SubjectId> {
        self.of.iter().filter_map(|one| one.parse().ok()).collect::<BTreeSet<SubjectId>>().into_iter().collect()
    }

    /// What is answered to which of them.
    pub(super) fn parse(&self, today: NaiveDate) -> Result<(Vec<SubjectId>, Answered), Problems> {
        let mut p = Problems::default();
        let known = self.chosen();
        if known.len() < 2 {
            p.add("of", "Choose two or more. A single one is answered on its own page");
        }
        if known.len() > Self::MOST {
            p.add("of", format!("Choose at most {} at once, and give the rest the same answer after that", Self::MOST));
        }
        let answer = AnswerForm {
            answer: self.answer.clone(),
            answer_words: self.answer_words.clone(),
            reason: self.reason.clone(),
            due: self.due.clone(),
        };
        let answered = answer.answered(&mut p, today);
        p.or((known, answered))
    }
}

/// What the director decides about an answer.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ReviewForm {
    pub(super) decision: String,
    pub(super) note: String,
}

impl ReviewForm {
    /// Whether the answer goes out, and what the one who wrote it is told.
    pub(super) fn parse(&self) -> Result<(bool, String), Problems> {
        let mut p = Problems::default();
        let release = self.decision == "release";
        let note = p.optional_prose("note", &self.note, 1000);
        if !release && self.decision != "return" {
            p.add("decision", "Choose whether the answer goes out");
        }
        if release && !note.is_empty() {
            p.add("note", "A note goes back with the answer. Empty it to send the answer, or return the answer");
        }
        if self.decision == "return" && note.is_empty() {
            p.add("note", "Say what the answer still needs");
        }
        p.or((release, note))
    }
}

/// "Not yet, because …"
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct WhyForm {
    pub(super) why: String,
}

impl WhyForm {
    pub(super) fn parse(&self) -> Result<String, Problems> {
        let mut p = Problems::default();
        let why = p.prose("why", &self.why, 2000, "Say what is still open");
        p.or(why)
    }
}

/// Who may read a loop from now on.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ReadersForm {
    pub(super) audience: String,
    /// Ticked: these are to read it, who are more than now.
    pub(super) sure: String,
}

impl ReadersForm {
    pub(super) fn of(found: &Loop) -> Self {
        Self { audience: found.audience.as_str().to_owned(), sure: String::new() }
    }

    pub(super) fn parse(&self, found: &Loop) -> Result<Audience, Problems> {
        let mut p = Problems::default();
        let chosen = readers(&mut p, &self.audience);
        widening::ask_once_more(&mut p, found.audience, chosen, &self.sure);
        p.or(chosen)
    }
}

/// Who inherits.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct HeirForm {
    pub(super) heir: String,
}

impl HeirForm {
    pub(super) fn parse(&self) -> Result<MembershipId, Problems> {
        let mut p = Problems::default();
        let heir = p.id("heir", &self.heir, "Choose who inherits it");
        p.or(heir)
    }
}
