//! What an invitation of one person is, and when it can be answered.

use crate::{
    listening::sessions::State,
    platform::{
        calendar::{Event, When},
        form::Choice,
        ids::SubjectId,
        labels::Label as _,
    },
};
use chrono::{DateTime, Duration, Utc};

/// The kind of a letter to somebody who is invited.
pub(super) const LETTER: &str = "session_invitee";
/// At most so many people are put down at once.
pub(super) const MOST_AT_ONCE: usize = 500;
/// What stands in everybody's calendar.
const SUBJECT: &str = "Meeting";

crate::id!(
    /// Somebody who is invited to a session.
    InviteeId
);

crate::id!(
    /// A time and place that is asked about.
    TimeId
);

labels! {
    /// What somebody answers who is invited.
    pub enum Answer {
        Coming = "coming", "comes";
        NotComing = "not_coming", "does not come";
    }
}

impl Answer {
    /// What can be answered, as whoever is invited says it.
    #[must_use]
    pub fn own() -> Vec<Choice> {
        vec![Choice::new(Self::Coming.as_str(), "Yes, I come"), Choice::new(Self::NotComing.as_str(), "No, I cannot")]
    }
}

/// When and where it is: what an invitation tells.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub(super) session: SubjectId,
    pub(super) state: State,
    pub(super) starts_at: DateTime<Utc>,
    pub(super) minutes: i32,
    pub(super) zone: String,
    pub(super) place: String,
    /// How often it was told anew.
    pub(super) sequence: i32,
    pub(super) told_at: DateTime<Utc>,
}

impl Plan {
    fn tz(&self) -> chrono_tz::Tz {
        self.zone.parse().unwrap_or(chrono_tz::Tz::UTC)
    }

    /// "Thursday 3 March 2027, 6:00 pm to 8:00 pm CST".
    pub(super) fn when(&self) -> String {
        let begins = self.starts_at.with_timezone(&self.tz());
        let ends = begins + Duration::minutes(i64::from(self.minutes));
        format!("{} to {}", begins.format("%A %-d %B %Y, %-I:%M %P"), ends.format("%-I:%M %P %Z"))
    }

    /// Its moment in the zone of its place.
    pub(super) fn moment(&self) -> (DateTime<Utc>, chrono_tz::Tz) {
        (self.starts_at, self.tz())
    }

    /// Whether its time is over.
    pub(super) fn has_ended(&self, now: DateTime<Utc>) -> bool {
        self.starts_at + Duration::minutes(i64::from(self.minutes)) <= now
    }

    /// Whether somebody who is invited can answer.
    pub(super) fn is_open(&self, now: DateTime<Utc>) -> bool {
        self.state == State::Announced && !self.has_ended(now)
    }

    /// It was called off.
    pub(super) fn is_off(&self) -> bool {
        self.state == State::Cancelled
    }

    /// As it stands in a calendar. `placed`: where it is may be said.
    pub(super) fn event(&self, placed: bool) -> Event {
        Event {
            id: self.session.0,
            subject: SUBJECT,
            when: When::Hours { begins: self.starts_at, minutes: self.minutes, zone: self.tz() },
            place: if placed { self.place.clone() } else { String::new() },
            sequence: self.sequence,
            told_at: self.told_at,
            off: self.is_off(),
        }
    }
}

/// A time and place that is asked about before a session is announced.
#[derive(Debug, Clone)]
pub(super) struct Offered {
    pub(super) id: TimeId,
    pub(super) starts_at: DateTime<Utc>,
    pub(super) zone: String,
    pub(super) place: String,
    /// How many it would suit.
    pub(super) suits: i64,
    /// It would suit whoever asks by a link.
    pub(super) mine: bool,
}

impl Offered {
    /// "Thursday 3 March 2027, 6:00 pm CST, the library".
    pub(super) fn called(&self) -> String {
        let begins = self.starts_at.with_timezone(&self.zone.parse().unwrap_or(chrono_tz::Tz::UTC));
        format!("{}, {}", begins.format("%A %-d %B %Y, %-I:%M %P %Z"), self.place)
    }
}

/// What somebody answered, and what they need.
#[derive(Debug, Clone)]
pub(super) struct Reply {
    pub(super) answer: Answer,
    pub(super) needs: String,
    /// The number of the plan that they saw.
    pub(super) about: i32,
}

/// One invitation, as whoever is invited sees it.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) id: InviteeId,
    pub(super) plan: Plan,
    pub(super) invitation: String,
    pub(super) supports: Vec<(&'static str, String)>,
    pub(super) answer: Option<Answer>,
    pub(super) needs: String,
    pub(super) answered_about: Option<i32>,
    /// So many days after the session it is destroyed.
    pub(super) kept_days: i16,
}

impl Asked {
    /// They answered, and time or place changed since.
    pub(super) fn is_asked_again(&self) -> bool {
        self.answer.is_some() && self.answered_about != Some(self.plan.sequence)
    }

    /// Their answer about this time and place is wanted.
    pub(super) fn waits(&self, now: DateTime<Utc>) -> bool {
        self.plan.is_open(now) && self.answered_about != Some(self.plan.sequence)
    }

    /// Who reads what they answer, and until when.
    pub(super) fn readers(&self) -> String {
        let days = crate::platform::words::count(self.kept_days.into(), "day", "days");
        format!("Those who facilitate this meeting, and whoever planned it. What you need is destroyed {days} after it.")
    }

    /// Whether there is anything to show.
    pub(super) fn is_told(&self) -> bool {
        self.plan.state != State::Planned
    }
}

/// One invitation, as those see it who facilitate.
#[derive(Debug, Clone)]
pub(super) struct Invitee {
    pub(super) id: InviteeId,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) is_member: bool,
    pub(super) language: String,
    pub(super) may_name_agency: bool,
    pub(super) asked_at: Option<DateTime<Utc>>,
    pub(super) answer: Option<Answer>,
    pub(super) needs: String,
    pub(super) answered_at: Option<DateTime<Utc>>,
    pub(super) answered_about: Option<i32>,
    /// Who wrote the answer down for them.
    pub(super) told_to: Option<String>,
    pub(super) sequence: i32,
    pub(super) version: i32,
    pub(super) by_letter: bool,
    pub(super) sent_at: Option<DateTime<Utc>>,
    pub(super) failed_at: Option<DateTime<Utc>>,
    pub(super) error: Option<String>,
}

impl Invitee {
    /// Their answer in words.
    pub(super) fn answered(&self) -> &'static str {
        match self.answer {
            Some(Answer::Coming) if self.is_asked_again() => "came to another time: asked again",
            Some(Answer::NotComing) if self.is_asked_again() => "could not at another time: asked again",
            Some(Answer::Coming) => "comes",
            Some(Answer::NotComing) => "does not come",
            None if self.asked_at.is_some() => "no answer yet",
            None => "not asked yet",
        }
    }

    /// How that looks; the words carry the meaning.
    pub(super) fn tone(&self) -> &'static str {
        match self.answer {
            Some(_) if self.is_asked_again() => "wait",
            Some(Answer::Coming) => "good",
            Some(Answer::NotComing) => "quiet",
            None => "wait",
        }
    }

    /// They answered, and time or place changed since.
    pub(super) fn is_asked_again(&self) -> bool {
        self.answer.is_some() && self.answered_about != Some(self.sequence)
    }

    /// How their letter fares.
    pub(super) fn letter(&self) -> &'static str {
        match (self.by_letter, self.sent_at, self.failed_at, &self.error) {
            (false, ..) if !self.is_member && self.email.is_empty() => "none: no address",
            (false, ..) if self.asked_at.is_none() => "not yet",
            (false, ..) if self.is_member => "asked on their own page",
            (false, ..) => "none",
            (_, Some(_), ..) => "sent",
            (_, _, Some(_), _) => "could not be delivered",
            (.., Some(_)) => "tried again soon",
            _ => "on its way",
        }
    }
}

/// How many answered what.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counts {
    pub(super) coming: i64,
    pub(super) not_coming: i64,
    pub(super) silent: i64,
    /// Nobody has asked them yet: it is not announced, or they have neither an address nor a link.
    pub(super) unasked: i64,
    /// Of all of these, answers about another time or place.
    pub(super) again: i64,
    /// Letters that came back.
    pub(super) failed: i64,
    /// So many days after the session nobody knows any more who was invited.
    pub(super) days: i16,
}

impl Counts {
    /// All of them.
    pub(super) fn all(self) -> i64 {
        self.coming + self.not_coming + self.silent + self.unasked
    }
}

/// Somebody to invite who has no sign-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) name: String,
    pub(super) email: String,
}

impl Named {
    /// Whether they may be the same person as somebody of this name: one of the two has no address that would tell them apart.
    pub(super) fn may_be(&self, name: &str, email: &str) -> bool {
        self.name.to_lowercase() == name.to_lowercase() && (self.email.is_empty() || email.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invitation_is_answered_from_the_announcement_until_it_is_over() {
        let begins = DateTime::from_timestamp(1_805_306_400, 0).unwrap();
        let plan = |state| Plan {
            session: SubjectId(uuid::Uuid::nil()),
            state,
            starts_at: begins,
            minutes: 60,
            zone: "America/Chicago".to_owned(),
            place: "The hall".to_owned(),
            sequence: 0,
            told_at: begins,
        };
        let before = begins - Duration::days(1);
        assert!(plan(State::Announced).is_open(before) && !plan(State::Planned).is_open(before) && !plan(State::Cancelled).is_open(before));
        assert!(!plan(State::Announced).is_open(begins + Duration::hours(1)), "it is over");
        assert!(plan(State::Cancelled).event(true).off && plan(State::Announced).event(false).place.is_empty());
    }
}
