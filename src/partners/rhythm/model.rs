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
    /// Who stands in for a keeper who is away, and is told instead.
    pub(super) deputy: Option<crate::platform::ids::MembershipId>,
    pub(super) on: NaiveDate,
    /// The date has passed, and no later one stands.
    pub(super) over: bool,
    pub(super) slug: String,
}

impl Due {
    /// What the keeper is told.
    pub(super) fn said(&self) -> String {
        let (day, name) = (crate::platform::words::day(self.on), &self.name);
        match (self.deputy.is_some(), self.over) {
            (true, true) => {
                format!("The date on which somebody for whom you stand in was to meet {name} was {day}: see that another one is agreed on")
            }
            (true, false) => {
                format!("On {day} somebody for whom you stand in is to meet {name}: go in their place, or agree on another date")
            }
            (false, true) => {
                format!("The date on which you were to meet {name} was {day}: write down what came of it, or agree on another one")
            }
            (false, false) => format!("On {day} you are to meet {name}, as you agreed. What both bring each time stands on their page"),
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
            deputy: None,
            on: NaiveDate::from_ymd_opt(2027, 3, 5).unwrap(),
            over,
            slug: String::new(),
        };
        assert!(one(false).said().starts_with("On 5 March 2027 you are to meet Tall Pine"));
        assert!(one(true).said().contains("was 5 March 2027: write down what came of it"));
    }
}
