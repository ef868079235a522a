//! A time to enter for somebody, as those two see it.

use crate::platform::{
    acting::{ActingId, Entered, ToldHow},
    ids::SubjectId,
};
use chrono::{DateTime, Utc};
use serde::Deserialize;

labels! {
    /// For how long.
    pub enum Minutes {
        Quarter = "15", "15 minutes";
        Half = "30", "Half an hour";
        Hour = "60", "One hour";
        Two = "120", "Two hours";
        Four = "240", "Four hours";
    }
}

impl Minutes {
    /// As a span of time.
    pub(super) fn span(self) -> chrono::Duration {
        use crate::platform::labels::Label as _;
        chrono::Duration::minutes(self.as_str().parse().unwrap_or(0))
    }
}

/// Whether somebody may enter for a member, and where not, why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum May {
    /// They may.
    Enter,
    /// The member wants nobody to.
    Forbidden,
    /// It is the same person in another role.
    Oneself,
}

/// What is about to be begun.
#[derive(Debug)]
pub(super) struct Begun {
    pub(super) how: ToldHow,
    pub(super) minutes: Minutes,
}

/// A time with what was entered in it.
#[derive(Debug)]
pub struct Shown {
    pub(super) id: ActingId,
    /// The reader enters; else it is the reader for whom it was entered.
    pub(super) is_helper: bool,
    pub(super) helper: String,
    /// The member's name, as far as the reader may know it.
    pub(super) member: String,
    pub(super) body_name: Option<String>,
    pub(super) how: ToldHow,
    pub(super) begun_at: DateTime<Utc>,
    pub(super) until: DateTime<Utc>,
    pub(super) ended_at: Option<DateTime<Utc>>,
    pub(super) runs: bool,
    pub(super) items: Vec<Item>,
}

impl Shown {
    /// When it ended: at once, or by itself.
    pub(super) fn over(&self) -> &DateTime<Utc> {
        self.ended_at.as_ref().unwrap_or(&self.until)
    }
}

/// Something that was entered, as far as the reader may read it.
#[derive(Debug, Deserialize)]
pub struct Item {
    /// Of a question.
    pub(super) id: Option<SubjectId>,
    pub(super) kind: String,
    pub(super) title: String,
    pub(super) path: String,
    pub(super) at: DateTime<Utc>,
    pub(super) by: String,
    pub(super) how: ToldHow,
    pub(super) confirmed_at: Option<DateTime<Utc>>,
    pub(super) struck_at: Option<DateTime<Utc>>,
}

impl Item {
    /// What its own person said to it.
    pub(super) fn word(&self) -> &'static str {
        Entered::of(Some(self.by.clone()), Some(self.how), (self.confirmed_at, self.struck_at)).map_or("", |entered| entered.word())
    }
}

/// What stands on one's own page about it.
#[derive(Debug, Default)]
pub struct Own {
    /// Nobody enters anything for them.
    pub(in crate::members) forbidden: bool,
    /// The latest times.
    pub(in crate::members) times: Vec<Time>,
}

/// One time in which somebody entered for the reader.
#[derive(Debug, Deserialize)]
pub struct Time {
    pub(in crate::members) id: ActingId,
    pub(in crate::members) helper: String,
    pub(in crate::members) how: ToldHow,
    pub(in crate::members) begun_at: DateTime<Utc>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::labels::Label as _;

    #[test]
    fn a_time_is_minutes_to_a_few_hours() {
        let spans: Vec<i64> = Minutes::ALL.iter().map(|one| one.span().num_minutes()).collect();
        assert_eq!(spans, [15, 30, 60, 120, 240]);
    }
}
