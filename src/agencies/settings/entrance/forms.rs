//! The rule for signing in, as typed.

use crate::platform::{
    form::{Problems, ticked},
    labels::Label as _,
    proof::SignInRule,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A rule and its first day.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct RuleForm {
    pub(super) rule: String,
    pub(super) from: String,
    /// Ticked by whoever lets a rule hold at once that not everybody meets.
    pub(super) sure: String,
}

/// A rule to be set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted {
    pub(super) rule: SignInRule,
    pub(super) from: NaiveDate,
    pub(super) sure: bool,
}

impl RuleForm {
    /// The form that would make this rule.
    pub(super) fn of(rule: SignInRule, from: Option<NaiveDate>) -> Self {
        Self { rule: rule.as_str().to_owned(), from: from.map(|day| day.to_string()).unwrap_or_default(), sure: String::new() }
    }

    /// The rule and its first day, which is today or later.
    pub(super) fn parse(&self, today: NaiveDate) -> Result<Wanted, Problems> {
        let mut problems = Problems::default();
        let rule = problems.one_of("rule", &self.rule, "Choose what your people need to sign in");
        let from = problems.optional_day("from", &self.from).unwrap_or(today);
        if from < today && problems.of("from").is_none() {
            problems.add("from", "Enter today or a later day");
        }
        problems.or(Wanted { rule, from, sure: ticked(&self.sure) })
    }
}
