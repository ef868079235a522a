//! What a membership is, and who may do what about it.

mod invited;
mod who;

pub(super) use invited::{Invited, OpenLink};
pub(super) use who::Who;

use crate::platform::{
    ids::{MembershipId, PartnerId},
    labels::Label as _,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;

labels! {
    /// What a membership lets its bearer do.
    pub enum Role {
        Director = "director", "director";
        Staff = "staff", "staff";
        Analyst = "analyst", "analyst";
        Administrator = "administrator", "administrator";
        Partner = "partner", "partner";
    }
}

labels! {
    /// A role on the agency's side of the table.
    pub enum AgencyRole {
        Director = "director", "Director";
        Staff = "staff", "Staff";
        Analyst = "analyst", "Analyst";
        Administrator = "administrator", "Administrator";
    }
}

impl AgencyRole {
    /// As somebody has it: "an analyst".
    pub(super) fn of_somebody(self) -> &'static str {
        match self {
            Self::Director => "a director",
            Self::Staff => "staff",
            Self::Analyst => "an analyst",
            Self::Administrator => "an administrator",
        }
    }

    /// What it is for, in a sentence.
    pub(super) fn meaning(self) -> &'static str {
        match self {
            Self::Director => "Everything staff may, and answers for the agency: publishes, decides, lends duties.",
            Self::Staff => "Runs partners, sessions, barriers, plans and answers.",
            Self::Analyst => "Reads what the agency may read, makes exports. Changes no record of the partnership.",
            Self::Administrator => "Members, roles, settings and the log. Opens no partner’s words.",
        }
    }
}

labels! {
    /// Where a membership stands.
    pub enum State {
        Proposed = "proposed", "proposed";
        Invited = "invited", "invited";
        Accepted = "accepted", "accepted";
        Active = "active", "active";
        Suspended = "suspended", "suspended";
        Ended = "ended", "ended";
    }
}

labels! {
    /// Since when a membership was not used.
    pub enum Unused {
        Month = "30", "Not for 30 days";
        Quarter = "90", "Not for 90 days";
        HalfYear = "180", "Not for half a year";
        Year = "365", "Not for a year";
        Never = "never", "Never";
    }
}

impl Unused {
    /// For at least how many days; for none, never at all.
    pub(super) fn days(self) -> Option<i32> {
        self.as_str().parse().ok()
    }
}

labels! {
    /// Which side of the table suspended somebody.
    pub enum Side {
        Agency = "agency", "the agency";
        Body = "body", "their own body";
    }
}

/// A membership as far as its reader may know it.
#[derive(Debug, Clone, Deserialize)]
pub struct Member {
    pub(super) id: MembershipId,
    /// The name shown to this reader.
    pub(super) name: String,
    pub(super) role: Role,
    pub(super) body: Option<PartnerId>,
    pub(super) body_name: Option<String>,
    pub(super) body_path: Option<String>,
    /// Without a body: shown to most as a community member.
    pub(super) community: bool,
    /// This reader may know who they are and that they speak from lived experience.
    pub(super) known: bool,
    pub(super) state: State,
    pub(super) suspended_by: Option<Side>,
    /// Why, in the words of whoever suspended them; empty where nobody said, or where the reader may not know.
    pub(super) suspended_because: String,
    pub(super) suspended_at: Option<DateTime<Utc>>,
    pub(super) steward: bool,
    pub(super) speaks: bool,
    pub(super) binds: bool,
    pub(super) mandate: String,
    pub(super) mandate_from: Option<NaiveDate>,
    pub(super) mandate_until: Option<NaiveDate>,
    pub(super) sees_landscape: bool,
    /// Named by the body's act, which the reader received.
    pub(super) by_my_act: bool,
    pub(super) invited_by: Option<MembershipId>,
    /// The day on which it was last used here, where this reader may know.
    pub(super) seen_on: Option<NaiveDate>,
    /// They came in with two factors that day.
    pub(super) two_factors: Option<bool>,
    /// This reader may know when it was last used.
    pub(super) use_known: bool,
    pub(super) version: i32,
    pub(super) created_at: DateTime<Utc>,
    pub(super) ended_at: Option<DateTime<Utc>>,
}

impl Member {
    /// "director", "steward of Tall Pine Tribe", "community member".
    pub(super) fn words(&self) -> String {
        match (&self.body_name, self.steward) {
            (Some(body), true) => format!("steward of {body}"),
            (Some(body), false) => body.clone(),
            (None, _) if self.community => "community member".to_owned(),
            (None, _) => self.role.to_string(),
        }
    }

    /// The role alone, without its body: "steward", "representative", "director".
    pub(super) fn role_words(&self) -> String {
        match (&self.body_name, self.steward) {
            (Some(_), true) => "steward".to_owned(),
            (Some(_), false) => "representative".to_owned(),
            (None, _) => self.words(),
        }
    }

    /// What the body lets them do in its name, in words.
    pub(super) fn mandate_words(&self) -> String {
        let may = match (self.speaks, self.binds) {
            (_, true) => "may speak for the body and bind it",
            (true, false) => "may speak for the body",
            (false, false) => return "none".to_owned(),
        };
        let day =
            |lead: &str, day: Option<NaiveDate>| day.map(|day| format!("{lead}{}", crate::platform::words::day(day))).unwrap_or_default();
        format!("{may}{}{}", day(", from ", self.mandate_from), day(", until ", self.mandate_until))
    }

    /// Ending it is no ending: nobody has let them in yet.
    pub(super) fn is_proposal(&self) -> bool {
        self.state == State::Proposed
    }

    pub(super) fn landscape_words(&self) -> &'static str {
        if self.sees_landscape { "open to them" } else { "closed to them" }
    }

    /// When it was last used, in words; empty where the reader may not know or nothing is to be told.
    pub(super) fn use_words(&self) -> String {
        match (self.use_known, self.seen_on, self.state) {
            (true, Some(day), _) if self.two_factors == Some(false) => {
                format!("{}, without a second factor", crate::platform::words::day(day))
            }
            (true, Some(day), _) => crate::platform::words::day(day),
            (true, None, State::Active | State::Suspended) => "never".to_owned(),
            _ => String::new(),
        }
    }

    pub(super) fn tone(&self) -> &'static str {
        match self.state {
            State::Active => "good",
            State::Proposed | State::Invited => "wait",
            State::Accepted | State::Suspended | State::Ended => "quiet",
        }
    }
}

/// Somebody of a body who is suspended, for its stewards.
#[derive(Debug, Clone)]
pub struct Suspended {
    /// Their membership.
    pub id: MembershipId,
    /// Their name.
    pub name: String,
    /// By the agency rather than by the body's stewards.
    pub by_agency: bool,
    /// Why, in the words of whoever suspended them; empty where nobody said.
    pub because: String,
    /// Since when.
    pub at: Option<DateTime<Utc>>,
}

/// What goes when somebody is stopped, as far as the reader may know of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Carries {
    pub(super) only_director: bool,
    pub(super) only_administrator: bool,
    /// Duties that they lent.
    pub(super) lent: i64,
    /// Duties lent to them.
    pub(super) held: i64,
    /// Duties in sessions that are not over.
    pub(super) sessions: i64,
    /// Promises that are theirs to keep.
    pub(super) promises: i64,
}

impl Carries {
    /// Each as a sentence without its full stop.
    pub(super) fn sentences(&self) -> Vec<String> {
        let count = crate::platform::words::count;
        let mut all = Vec::new();
        if self.only_director {
            all.push("They are the only director: until another one serves, nobody publishes, decides or lends duties".to_owned());
        }
        if self.only_administrator {
            all.push("They are the only administrator: make somebody else one first".to_owned());
        }
        let mut say = |number: i64, one: &str, many: &str, what: &str| {
            if number > 0 {
                all.push(format!("{} {what}", count(number, one, many)));
            }
        };
        say(self.lent, "duty", "duties", "that they lent: over at once");
        say(self.held, "duty", "duties", "lent to them");
        say(self.sessions, "duty", "duties", "in listening sessions that are not over, to be given to somebody else");
        say(self.promises, "open promise", "open promises", "of theirs, to be kept by somebody else");
        all
    }
}
