//! What an opening is, when it holds, and who is told.

use crate::platform::ids::MembershipId;
use chrono::{DateTime, Duration, NaiveDate, Utc};

crate::id!(
    /// One opening.
    OpeningId
);

/// The kind of the letter to somebody without a sign-in. It is about their card.
pub(super) const WORDS_OPENED: &str = "words_opened";
/// No opening lasts longer.
pub(super) const MOST_HOURS: i32 = 72;
/// A court's order that forbids notice names a day within so many days.
pub(super) const MOST_DAYS_SECRET: u64 = 3 * 366;

labels! {
    /// Whose words can be opened: of what.
    pub enum WordOf {
        Statement = "statement", "statement";
        Loop = "loop", "question";
        Obstacle = "obstacle", "obstacle";
        Comment = "comment", "comment";
    }
}

impl WordOf {
    /// "A statement".
    #[must_use]
    pub fn one(self) -> String {
        let article = if self == Self::Obstacle { "An" } else { "A" };
        format!("{article} {self}")
    }
}

/// An opening as whoever may know of it sees it.
#[derive(Debug, Clone)]
pub struct Opening {
    /// Its id.
    pub id: OpeningId,
    /// What was opened.
    pub kind: WordOf,
    /// The record's name, where the reader can see the record.
    pub title: Option<String>,
    /// Its page, where the reader can see it.
    pub path: Option<String>,
    /// Only its author could read it.
    pub own: bool,
    /// The body whose people's words they are.
    pub body: Option<String>,
    /// For whom it was opened.
    pub for_id: MembershipId,
    /// Their name.
    pub for_name: String,
    /// The operator opened it for them.
    pub by_operator: bool,
    /// Why.
    pub reason: String,
    /// From when.
    pub starts_at: DateTime<Utc>,
    /// Until when at the latest.
    pub ends_at: DateTime<Utc>,
    /// When it was ended before.
    pub ended_at: Option<DateTime<Utc>>,
    /// The order that forbade notice; empty where none did.
    pub order_reference: String,
    /// Until which day.
    pub notice_on: Option<NaiveDate>,
    /// From when those whose words they are see it.
    pub notice_at: DateTime<Utc>,
}

impl Opening {
    /// What was opened, as far as the reader knows it.
    #[must_use]
    pub fn called(&self) -> String {
        match (&self.title, self.own, &self.body) {
            (Some(title), _, _) => title.clone(),
            (None, true, _) => format!("{} that its author keeps to themselves", self.kind.one()),
            (None, false, Some(body)) => format!("{} of {body}", self.kind.one()),
            (None, false, None) => self.kind.one(),
        }
    }

    /// Who opened it.
    #[must_use]
    pub fn by(&self) -> String {
        if self.by_operator { format!("the operator, for {}", self.for_name) } else { self.for_name.clone() }
    }

    /// Whether it opens anything at this moment.
    #[must_use]
    pub fn holds(&self, now: impl std::borrow::Borrow<DateTime<Utc>>) -> bool {
        let now = now.borrow();
        self.ended_at.is_none() && self.starts_at <= *now && *now < self.ends_at
    }

    /// When it opened nothing any more.
    #[must_use]
    pub fn over_at(&self) -> &DateTime<Utc> {
        self.ended_at.as_ref().unwrap_or(&self.ends_at)
    }

    /// Whether the reader is shown when it was read: of what somebody keeps to themselves their body’s stewards are not.
    #[must_use]
    pub fn shows_when_to(&self, agency_side: bool) -> bool {
        agency_side || !self.own || self.title.is_some()
    }

    /// Those whose words they are have not been told yet.
    #[must_use]
    pub fn is_untold(&self, now: impl std::borrow::Borrow<DateTime<Utc>>) -> bool {
        self.notice_at > *now.borrow()
    }
}

/// A court's order that forbids notice until a day.
#[derive(Debug, Clone)]
pub struct Order {
    /// Its number, or how it is filed.
    pub reference: String,
    /// The first day on which those whose words they are may be told.
    pub until: NaiveDate,
}

/// An opening about to be made.
#[derive(Debug)]
pub struct NewOpening {
    /// A statement, a question or a comment.
    pub record: uuid::Uuid,
    /// Why.
    pub reason: String,
    /// For how long.
    pub hours: i32,
    /// The order, where one forbids notice.
    pub order: Option<Order>,
    /// The operator makes it for the member.
    pub by_operator: bool,
}

impl NewOpening {
    /// Until when it holds.
    pub(super) fn until(&self, from: DateTime<Utc>) -> DateTime<Utc> {
        from + Duration::hours(i64::from(self.hours.clamp(1, MOST_HOURS)))
    }
}

/// What an opening shows: the words, and what came of them.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) title: String,
    pub(super) words: Option<String>,
    pub(super) by: String,
    pub(super) body: Option<String>,
    pub(super) at: DateTime<Utc>,
    pub(super) audience: crate::platform::subject::Audience,
    pub(super) answer: String,
}

/// When somebody read it in the opening.
#[derive(Debug)]
pub(super) struct ReadThen {
    pub(super) at: DateTime<Utc>,
    pub(super) by: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_opening_never_lasts_longer_than_three_days() {
        let new = |hours| NewOpening { record: uuid::Uuid::nil(), reason: String::new(), hours, order: None, by_operator: false };
        let from = DateTime::UNIX_EPOCH;
        assert_eq!(new(2).until(from) - from, Duration::hours(2));
        assert_eq!(new(9000).until(from) - from, Duration::hours(72));
        assert_eq!(new(-3).until(from) - from, Duration::hours(1));
    }
}
