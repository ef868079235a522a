//! The forms of the schedule, of decisions and of holds, as typed.

use super::model::{Decision, EndDecision, InvitedKept, NewHold, Rule, Scope, Word};
use crate::platform::{form::Problems, ids::SubjectId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// How long a kind is kept.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct RuleForm {
    pub(super) years: String,
    pub(super) source: String,
}

impl RuleForm {
    pub(super) fn of(rule: &Rule) -> Self {
        Self { years: rule.years.map(|years| years.to_string()).unwrap_or_default(), source: rule.source.clone() }
    }

    pub(super) fn parse(&self) -> Result<(Option<i16>, String), Problems> {
        let mut p = Problems::default();
        let years = (!self.years.trim().is_empty())
            .then(|| i16::try_from(p.whole("years", &self.years, 1..=100, "Enter a number of years, or leave it empty")).unwrap_or(1));
        let source = p.optional_prose("source", &self.source, 500);
        if years.is_some() && source.is_empty() && p.of("source").is_none() {
            p.add("source", "Enter the law or the schedule that says so");
        }
        p.or((years, source))
    }
}

/// How long people who were invited are known.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct InvitedForm {
    pub(super) days: String,
}

impl InvitedForm {
    pub(super) fn of(kept: InvitedKept) -> Self {
        Self { days: kept.days.to_string() }
    }

    /// Within the bounds that the database keeps too: long enough to ask afterwards how they are, and no season.
    pub(super) fn parse(&self) -> Result<i16, Problems> {
        let mut p = Problems::default();
        let days = i16::try_from(p.whole("days", &self.days, 7..=90, "Enter a number of days")).unwrap_or(30);
        p.or(days)
    }
}

/// A director's decision.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct DecisionForm {
    pub(super) decision: String,
    pub(super) because: String,
    /// Ticked: it is erased for good.
    pub(super) sure: String,
}

impl DecisionForm {
    pub(super) fn parse(&self) -> Result<(Decision, String), Problems> {
        let mut p = Problems::default();
        let decision = p.one_of("decision", &self.decision, "Choose what becomes of it");
        let because = p.optional_prose("because", &self.because, 500);
        if because.is_empty() && p.is_empty() {
            p.add("because", if decision == Decision::Keep { "Enter why it is kept" } else { "Enter why it is destroyed" });
        }
        if decision == Decision::Destroy && self.sure != "yes" && p.of("decision").is_none() {
            p.add("sure", "Tick that what is due is erased for good, or keep it");
        }
        p.or((decision, because))
    }
}

/// A steward's word.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct WordForm {
    pub(super) word: String,
}

impl WordForm {
    pub(super) fn parse(&self) -> Result<Word, Problems> {
        let mut p = Problems::default();
        let word = p.one_of("word", &self.word, "Choose whether it may be destroyed");
        p.or(word)
    }
}

/// Setting a hold.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct HoldForm {
    pub(super) scope: String,
    /// The address of a record’s page, or its id.
    pub(super) record: String,
    pub(super) reason: String,
    pub(super) authority: String,
    pub(super) from: String,
}

impl HoldForm {
    pub(super) fn parse(&self, today: NaiveDate) -> Result<NewHold, Problems> {
        let mut p = Problems::default();
        let scope = p.one_of("scope", &self.scope, "Choose how much is held");
        let record = if scope == Scope::Everything { None } else { record_in(&self.record) };
        if scope != Scope::Everything && record.is_none() {
            p.add("record", "Enter the address of the record’s page");
        }
        let hold = NewHold {
            scope,
            record,
            reason: p.prose("reason", &self.reason, 1000, "Enter why it is held"),
            authority: p.text("authority", &self.authority, 300, "Enter who demands it, with the number of the order or case"),
            from_on: p.day("from", &self.from, "Enter the day from which it holds"),
        };
        if p.of("from").is_none() && hold.from_on > today {
            p.add("from", "Enter today or a day before: what was taken back before a hold is set is gone");
        }
        p.or(hold)
    }
}

/// The record that an address names: the last id in it.
fn record_in(typed: &str) -> Option<SubjectId> {
    typed
        .split(|c: char| !(c.is_ascii_hexdigit() || c == '-'))
        .filter(|part| part.len() == 36)
        .filter_map(|part| part.parse().ok())
        .next_back()
}

/// A second person's decision on the end of a hold.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct EndForm {
    pub(super) decision: String,
}

impl EndForm {
    pub(super) fn parse(&self) -> Result<EndDecision, Problems> {
        let mut p = Problems::default();
        let decision = p.one_of("decision", &self.decision, "Choose whether the hold ends");
        p.or(decision)
    }
}

/// Proposing that a hold ends.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct LiftForm {
    pub(super) because: String,
}

impl LiftForm {
    pub(super) fn parse(&self) -> Result<String, Problems> {
        let mut p = Problems::default();
        let because = p.prose("because", &self.because, 500, "Enter why the hold ends");
        p.or(because)
    }
}

#[cfg(test)]
mod tests {
    use super::record_in;

    #[test]
    fn a_record_is_known_by_the_address_of_its_page() {
        let id = "018f5e2a-0000-7000-8000-000000000001";
        for typed in [
            id.to_owned(),
            format!("/cedar-river/statements/{id}"),
            format!("https://a.example/cedar/sessions/{id}?page=2#words"),
            format!("  {id}/edit "),
        ] {
            assert_eq!(record_in(&typed).map(|id| id.to_string()).as_deref(), Some(id), "{typed}");
        }
        for typed in ["", "statements", "018f5e2a-0000-7000-8000"] {
            assert!(record_in(typed).is_none(), "{typed}");
        }
    }
}
