//! A relationship as it is kept.

use crate::{partners::model::Rhythm, platform::ids::PartnerId};
use chrono::NaiveDate;

/// One relationship with its rhythm.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    pub(super) partner: PartnerId,
    pub(super) name: String,
    pub(super) rhythm: Rhythm,
    pub(super) next: Option<NaiveDate>,
    /// When the agency and the body last spoke, as it was written down.
    pub(super) last: Option<NaiveDate>,
    pub(super) keeper: Option<String>,
    /// The reader keeps it.
    pub(super) mine: bool,
    pub(super) agenda_ours: String,
    pub(super) agenda_theirs: String,
}

/// A reminder that is due, and of what.
#[derive(Debug)]
pub(super) struct Due {
    pub(super) partner: PartnerId,
    pub(super) name: String,
    pub(super) keeper: crate::platform::ids::MembershipId,
    pub(super) on: NaiveDate,
    /// The date has passed, and no later one stands.
    pub(super) over: bool,
    pub(super) slug: String,
}

impl Due {
    /// What the keeper is told.
    pub(super) fn said(&self) -> String {
        let day = crate::platform::words::day(self.on);
        if self.over {
            format!("The date on which you were to meet {} was {day}: write down what came of it, or agree on another one", self.name)
        } else {
            format!("On {day} you are to meet {}, as you agreed. What both bring each time stands on their page", self.name)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reminder_says_whether_the_day_is_ahead_or_over() {
        let one = |over| Due {
            partner: PartnerId(uuid::Uuid::nil()),
            name: "Tall Pine".to_owned(),
            keeper: crate::platform::ids::MembershipId(uuid::Uuid::nil()),
            on: NaiveDate::from_ymd_opt(2027, 3, 5).unwrap(),
            over,
            slug: String::new(),
        };
        assert!(one(false).said().starts_with("On 5 March 2027 you are to meet Tall Pine"));
        assert!(one(true).said().contains("was 5 March 2027: write down what came of it"));
    }
}
