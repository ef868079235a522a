//! The rule for signing in, as typed.

use crate::platform::{form::Problems, labels::Label as _, proof::SignInRule};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A rule and its first day.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct RuleForm {
    pub(super) rule: String,
    pub(super) from: String,
}

impl RuleForm {
    /// The form that would make this rule.
    pub(super) fn of(rule: SignInRule, from: Option<NaiveDate>) -> Self {
        Self { rule: rule.as_str().to_owned(), from: from.map(|day| day.to_string()).unwrap_or_default() }
    }

    /// The rule and its first day, which is today or later.
    pub(super) fn parse(&self, today: NaiveDate) -> Result<(SignInRule, NaiveDate), Problems> {
        let mut problems = Problems::default();
        let rule = problems.one_of("rule", &self.rule, "Choose what your people need to sign in");
        let from = problems.optional_day("from", &self.from).unwrap_or(today);
        if from < today && problems.of("from").is_none() {
            problems.add("from", "Enter today or a later day");
        }
        problems.or((rule, from))
    }
}
