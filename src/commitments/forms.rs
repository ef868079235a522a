//! The forms of this slice, as typed.

use super::{
    model::{Avowal, Carries, Commitment, Promise, State, Word},
    sides::Sides,
};
use crate::platform::{
    form::{Choice, Problems, ticked},
    ids::{MembershipId, SubjectId},
    labels::Label as _,
    subject::Audience,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A new promise.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct PromiseForm {
    pub(super) what: String,
    pub(super) promised_by: String,
    pub(super) promised_to: String,
    pub(super) partner_owner: String,
    pub(super) due_on: String,
    pub(super) audience: String,
    pub(super) plan: String,
    pub(super) promised_in: String,
    /// It was promised earlier and is written down afterwards.
    pub(super) earlier: String,
}

/// A promise that is made now lies ahead; one that was made earlier may have passed.
fn ahead_or_earlier(p: &mut Problems, due_on: NaiveDate, earlier: &str, today: NaiveDate) {
    if p.of("due_on").is_none() && due_on < today && !ticked(earlier) {
        p.add("due_on", "Enter a day that is still ahead, or tick below that it was promised earlier and is written down afterwards");
    }
}

/// Whether a day that was typed has passed.
fn has_passed(typed: &str, today: NaiveDate) -> bool {
    typed.trim().parse::<NaiveDate>().is_ok_and(|day| day < today)
}

impl PromiseForm {
    /// It is asked whether it was promised earlier.
    pub(super) fn asks_earlier(&self, today: NaiveDate) -> bool {
        has_passed(&self.due_on, today)
    }

    pub(super) fn audiences() -> Vec<Choice> {
        vec![
            Choice::new(Audience::Partnership.as_str(), "Every member of the partnership"),
            Choice::new(Audience::Agency.as_str(), "The agency’s staff and the partner it concerns"),
        ]
    }

    /// `promisers`: who this person may write down promises of.
    pub(super) fn parse(&self, sides: &Sides, promisers: &[Choice], today: NaiveDate) -> Result<Promise, Problems> {
        let mut p = Problems::default();
        let what = p.prose("what", &self.what, 300, "Enter what is promised");
        let by = sides.party(&self.promised_by).filter(|_| promisers.iter().any(|one| one.value == self.promised_by.trim()));
        let to = sides.party(&self.promised_to);
        if by.is_none() {
            p.add("promised_by", "Choose who promises");
        }
        match (&by, &to) {
            (_, None) => p.add("promised_to", "Choose to whom it is promised"),
            (Some((mine, _)), Some((theirs, _))) if mine == theirs => {
                p.add("promised_to", "Choose somebody on the other side of the table");
            }
            _ => {}
        }
        let partner_owner = sides.partner_owner(&mut p, "partner_owner", &self.partner_owner);
        let due_on = p.day("due_on", &self.due_on, "Enter the day by which it will be done");
        ahead_or_earlier(&mut p, due_on, &self.earlier, today);
        let audience = if self.audience == Audience::Agency.as_str() { Audience::Agency } else { Audience::Partnership };
        let plan = p.optional_id("plan", &self.plan);
        let promised_in = p.optional_id("promised_in", &self.promised_in);
        let (Some((side, by)), Some((_, to))) = (by, to) else { return Err(p) };
        p.or(Promise { what, side, by, to, partner_owner, plan, promised_in, due_on, audience, in_full: String::new() })
    }
}

/// A promise's words and day.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct EditForm {
    pub(super) what: String,
    pub(super) due_on: String,
    pub(super) why: String,
    /// It was promised earlier and is written down afterwards.
    pub(super) earlier: String,
}

/// The same, parsed.
#[derive(Debug)]
pub(super) struct Edited {
    pub(super) what: String,
    pub(super) due_on: NaiveDate,
    pub(super) why: String,
}

impl EditForm {
    pub(super) fn of(now: &Commitment) -> Self {
        Self { what: now.what.clone(), due_on: now.due_on.to_string(), why: String::new(), earlier: String::new() }
    }

    /// It is asked whether it was promised earlier: another day was typed, and has passed.
    pub(super) fn asks_earlier(&self, now: &Commitment, today: NaiveDate) -> bool {
        has_passed(&self.due_on, today) && self.due_on.trim() != now.due_on.to_string()
    }

    pub(super) fn parse(&self, now: &Commitment, today: NaiveDate) -> Result<Edited, Problems> {
        let mut p = Problems::default();
        let edited = Edited {
            what: p.prose("what", &self.what, 300, "Enter what is promised"),
            due_on: p.day("due_on", &self.due_on, "Enter the day by which it will be done"),
            why: p.optional_prose("why", &self.why, 500),
        };
        if edited.due_on != now.due_on {
            ahead_or_earlier(&mut p, edited.due_on, &self.earlier, today);
        }
        if edited.due_on != now.due_on && edited.why.is_empty() && p.is_empty() {
            p.add("why", "Enter why the day changes: the other side will read it");
        }
        p.or(edited)
    }
}

/// Who is asked to carry it out instead, and why.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct DelegateForm {
    pub(super) delegate: String,
    pub(super) why: String,
}

impl DelegateForm {
    pub(super) fn of(now: &Commitment) -> Self {
        Self { delegate: now.asked_id.or(now.delegate_id).map(|id| id.to_string()).unwrap_or_default(), why: String::new() }
    }

    /// Nobody chosen takes it back.
    pub(super) fn parse(&self, sides: &Sides) -> Result<(Option<MembershipId>, String), Problems> {
        let mut p = Problems::default();
        let delegate = sides.agency_owner(&mut p, "delegate", &self.delegate);
        let why = p.optional_prose("why", &self.why, 500);
        if delegate.is_some() && why.is_empty() && p.is_empty() {
            p.add("why", "Enter why somebody else carries it out");
        }
        p.or((delegate, why))
    }
}

/// The word of whoever was asked to carry it out.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct CarriesForm {
    pub(super) word: String,
    pub(super) note: String,
}

impl CarriesForm {
    pub(super) fn parse(&self) -> Result<(Carries, String), Problems> {
        let mut p = Problems::default();
        let word = p.one_of("word", &self.word, "Choose one of the answers");
        let note = p.optional_prose("note", &self.note, 500);
        if word == Carries::No && note.is_empty() && p.is_empty() {
            p.add("note", "Enter why not: whoever asked can then ask somebody else");
        }
        p.or((word, note))
    }
}

/// Who of the agency gives the word from now on.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct SuccessorForm {
    pub(super) successor: String,
}

impl SuccessorForm {
    pub(super) fn parse(&self, sides: &Sides) -> Result<MembershipId, Problems> {
        let mut p = Problems::default();
        let successor = sides.agency_owner(&mut p, "successor", &self.successor);
        if successor.is_none() && p.is_empty() {
            p.add("successor", "Choose who gives the word");
        }
        p.or(()).and(successor.ok_or_else(Problems::default))
    }
}

/// What shows that it is done.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ReportForm {
    pub(super) evidence: String,
    pub(super) link: String,
}

/// The same, parsed.
#[derive(Debug)]
pub(super) struct Shown {
    pub(super) evidence: String,
    /// Where it can be seen; empty where there is nothing to open.
    pub(super) link: String,
}

impl ReportForm {
    /// What somebody else reported meanwhile, or else what is typed here.
    pub(super) fn beside(&self, one: &Commitment) -> Self {
        if one.state == State::Reported {
            Self { evidence: one.evidence.clone(), link: one.evidence_link.clone() }
        } else {
            Self { evidence: self.evidence.clone(), link: self.link.clone() }
        }
    }

    pub(super) fn parse(&self) -> Result<Shown, Problems> {
        let mut p = Problems::default();
        let shown = Shown {
            evidence: p.prose("evidence", &self.evidence, 2000, "Enter what shows that it is done"),
            link: p.optional_link("link", &self.link),
        };
        p.or(shown)
    }
}

/// The word of the one who is said to have promised.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct AvowalForm {
    pub(super) word: String,
}

impl AvowalForm {
    pub(super) fn parse(&self) -> Result<Avowal, Problems> {
        let mut p = Problems::default();
        let word = p.one_of("word", &self.word, "Choose one of the answers");
        p.or(word)
    }
}

/// The word of the one promised.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct WordForm {
    pub(super) word: String,
    pub(super) note: String,
}

impl WordForm {
    /// The word that somebody else gave meanwhile, or else the one chosen here.
    pub(super) fn beside(&self, one: &Commitment) -> Self {
        let given = match one.state {
            State::Confirmed => Some(Word::Kept),
            State::Returned => Some(Word::Returned),
            State::Released => Some(Word::Released),
            State::Told | State::Open | State::Reported | State::NotPromised => None,
        };
        Self { word: given.map_or_else(|| self.word.clone(), |word| word.as_str().to_owned()), note: self.note.clone() }
    }

    pub(super) fn parse(&self) -> Result<(Word, String), Problems> {
        let mut p = Problems::default();
        let word: Word = p.one_of("word", &self.word, "Choose one of the answers");
        let note = p.optional_prose("note", &self.note, 1000);
        if word == Word::Returned && note.is_empty() && p.is_empty() {
            p.add("note", "Enter what is missing");
        }
        p.or((word, note))
    }
}

/// The record that a promise comes with, out of the address of its form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct From {
    pub(super) plan: String,
    pub(super) promised_in: String,
}

impl From {
    pub(super) fn record(&self) -> Option<SubjectId> {
        self.plan.parse().or_else(|_| self.promised_in.parse()).ok()
    }
}
