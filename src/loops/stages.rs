//! The picture at the top of a loop's page: how far it has come.

use super::model::{Loop, State};
use chrono::{DateTime, Utc};

/// One stage of the picture at the top: its name, its day, and whether it is past, present or ahead.
#[derive(Debug)]
pub struct Step {
    /// Its name.
    pub name: &'static str,
    /// When it was reached.
    pub on: Option<DateTime<Utc>>,
    /// `done`, `now` or nothing.
    pub class: &'static str,
}

impl Loop {
    /// Raised → (Reopened →) Acknowledged → Answered → the raiser's word. `reopened_at`: when it was reopened last.
    #[must_use]
    pub fn steps(&self, reopened_at: Option<DateTime<Utc>>) -> Vec<Step> {
        let again = usize::from(self.reopened > 0);
        let now = again
            + match self.state {
                State::Raised | State::Withdrawn => 1,
                State::Acknowledged | State::Review => 2,
                State::Answered => 3,
                State::Closed | State::Left => 4,
            };
        let word = match self.state {
            State::Left => "Ended, without a word",
            _ if self.mine => "Your word",
            _ => "Their word",
        };
        let answered = self.is_answered().then_some(self.answered_at).flatten();
        let mut all = vec![("Raised", Some(self.created_at))];
        if again > 0 {
            all.push(("Reopened", reopened_at));
        }
        all.extend([("Acknowledged", self.acknowledged_at), ("Answered", answered), (word, self.closed_at)]);
        let class = |place: usize| {
            if place < now {
                "done"
            } else if place == now {
                "now"
            } else {
                ""
            }
        };
        all.into_iter().enumerate().map(|(place, (name, on))| Step { name, on, class: class(place) }).collect()
    }
}
