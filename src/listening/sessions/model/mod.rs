//! What a session is, what it still lacks, and in which order its states follow.

use crate::platform::{
    clock,
    ids::{PartnerId, SubjectId},
    words,
};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use serde::Deserialize;

mod around;
pub mod came;
mod step;

pub use around::{Acknowledged, Before, Neighbour, Series};
pub use step::OnDuty;
pub(in crate::listening::sessions) use step::Step;

crate::id!(
    /// A series of sessions with one community.
    SeriesId
);

labels! {
    /// Where a session stands.
    pub enum State {
        Planned = "planned", "planned";
        Announced = "announced", "announced";
        Held = "held", "held";
        WithSpeakers = "with_speakers", "with the speakers";
        Confirmed = "confirmed", "confirmed";
        Closed = "closed", "closed";
        Cancelled = "cancelled", "cancelled";
    }
}

labels! {
    /// How a session is recorded; chosen before it. From the widest to the narrowest.
    pub enum Recording {
        Notes = "notes", "Notes with consent";
        Summary = "summary", "Summary only";
        None = "none", "No notes";
    }
}

labels! {
    /// Who came, by constituency; never who.
    pub enum Constituency {
        Agency = "agency", "The agency";
        Tribes = "tribes", "Tribes";
        CommunityPartners = "community_partners", "Community partners";
        LivedExperience = "lived_experience", "People with lived experience";
        Other = "other", "Others";
    }
}

labels! {
    /// What somebody does in one session.
    pub enum Duty {
        Facilitator = "facilitator", "facilitator";
        NoteTaker = "note_taker", "note-taker";
    }
}

/// What others need to know of a session.
#[derive(Debug, Clone)]
pub struct Brief {
    /// Its id.
    pub id: SubjectId,
    /// What it is called.
    pub title: String,
    /// With which community.
    pub community: String,
    /// The body that hosts it with the agency.
    pub cohost: Option<PartnerId>,
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// The zone of its place, as IANA text.
    pub zone: String,
    /// Where it stands.
    pub state: State,
    /// How it is recorded.
    pub recording: Recording,
    /// Whether the reporting notice was read aloud and noted.
    pub notice_read: bool,
    /// Whether it is stopped so that somebody can get help.
    pub stopped: bool,
}

impl Brief {
    /// Whether words may be written down now: notes were agreed, the notice was read, nothing is stopped, and the session is
    /// under way, held or with its speakers.
    #[must_use]
    pub fn takes_words(&self) -> bool {
        self.recording == Recording::Notes
            && self.notice_read
            && !self.stopped
            && matches!(self.state, State::Announced | State::Held | State::WithSpeakers)
    }

    /// Whether a consent card can be taken in now: it is about words, and comes after the notice.
    #[must_use]
    pub fn takes_cards(&self) -> bool {
        let over = matches!(self.state, State::Closed | State::Cancelled);
        self.recording == Recording::Notes && self.notice_read && !self.stopped && !over
    }

    /// Whether those who spoke can still add to what they said.
    #[must_use]
    pub fn takes_additions(&self) -> bool {
        self.recording == Recording::Notes && matches!(self.state, State::Held | State::WithSpeakers | State::Confirmed)
    }

    /// The day it is held, in the zone of its place: "3 March 2027".
    #[must_use]
    pub fn day(&self) -> String {
        words::day(clock::day_in(zone_of(&self.zone), self.starts_at))
    }
}

/// The zone with this name; UTC when there is none.
pub(in crate::listening) fn zone_of(name: &str) -> chrono_tz::Tz {
    name.parse().unwrap_or(chrono_tz::Tz::UTC)
}

/// A session with everything its page shows.
#[derive(Debug, Clone, Deserialize)]
pub struct Session {
    /// Its id.
    pub id: SubjectId,
    /// The series it belongs to.
    pub series: Option<SeriesId>,
    /// The series' name.
    pub series_name: Option<String>,
    /// What it is called.
    pub title: String,
    /// What will be asked.
    pub topic: String,
    /// With which community.
    pub community: String,
    /// The body that hosts it with the agency.
    pub cohost: Option<PartnerId>,
    /// That body's name.
    pub cohost_name: Option<String>,
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// How long it lasts.
    pub minutes: i32,
    /// The zone of its place, as IANA text.
    pub zone: String,
    /// Where.
    pub place: String,
    /// Languages spoken in it.
    pub languages: Vec<String>,
    /// Food.
    pub food: String,
    /// Child care.
    pub child_care: String,
    /// Help with travel.
    pub travel: String,
    /// Interpreters.
    pub interpreter: String,
    /// What people are paid.
    pub pay: String,
    /// Who is there for somebody who needs a person.
    pub support_person: String,
    /// How anybody can stop.
    pub stop_rule: String,
    /// When those who came are asked how they are.
    pub checkin_on: Option<NaiveDate>,
    /// When that was done.
    pub checkin_done_at: Option<DateTime<Utc>>,
    /// How it is recorded.
    pub recording: Recording,
    /// Whether people under 18 are invited.
    pub for_minors: bool,
    /// The invitation.
    pub invitation: String,
    /// Where it stands.
    pub state: State,
    /// When the reporting notice was read aloud.
    pub notice_read_at: Option<DateTime<Utc>>,
    /// By whom.
    pub notice_read_by: Option<String>,
    /// Since when it is stopped.
    pub stopped_at: Option<DateTime<Utc>>,
    /// When it was said to be held.
    pub held_at: Option<DateTime<Utc>>,
    /// When it was closed.
    pub closed_at: Option<DateTime<Utc>>,
    /// By whose word.
    pub closed_word: String,
    /// Why it was cancelled.
    pub cancelled_because: String,
    /// The summary of the room.
    pub summary: String,
    /// With whom it was agreed.
    pub summary_agreed_with: String,
    /// When.
    pub summary_agreed_at: Option<DateTime<Utc>>,
    /// Who of the co-host's people agreed to the summary on this page.
    pub cohost_agreed_by: Option<String>,
    /// When.
    pub cohost_agreed_at: Option<DateTime<Utc>>,
    /// Who of the co-host's people said that it may be closed.
    pub cohost_closes_by: Option<String>,
    /// When.
    pub cohost_closes_at: Option<DateTime<Utc>>,
    /// Counts every change.
    pub version: i32,
    /// Who facilitates.
    pub facilitators: Vec<String>,
    /// Who takes notes.
    pub note_takers: Vec<String>,
    /// Whether the agency has set its rule for people under 18.
    pub minors_rule_set: bool,
    /// Whether the reader facilitates it or takes its notes.
    pub mine: bool,
    /// Whether the reader sees who is invited to it by name.
    pub invites: bool,
    /// Whether the reader is one of them.
    pub asked: bool,
    /// Whether they said, of the time and place as they are now, that they come or not.
    pub replied: bool,
    /// For its facilitators and note-takers: how many statements wait for their speakers' word.
    pub waiting: i64,
}

impl Session {
    /// The zone of its place.
    #[must_use]
    pub fn tz(&self) -> chrono_tz::Tz {
        zone_of(&self.zone)
    }

    /// "Thursday 3 March 2027, 6:00 pm to 8:00 pm CST".
    #[must_use]
    pub fn when(&self) -> String {
        let begins = self.starts_at.with_timezone(&self.tz());
        let ends = begins + Duration::minutes(i64::from(self.minutes));
        format!("{} to {}", begins.format("%A %-d %B %Y, %-I:%M %P"), ends.format("%-I:%M %P %Z"))
    }

    /// Whether people would come at the wrong time or to the wrong place if they were not told.
    pub(in crate::listening::sessions) fn is_moved_by(&self, (starts_at, minutes, place): (DateTime<Utc>, i32, &str)) -> bool {
        self.starts_at != starts_at || self.minutes != minutes || self.place != place
    }

    /// "3 March 2027".
    #[must_use]
    pub fn day(&self) -> String {
        words::day(self.local_day())
    }

    /// The day it is held, at its place.
    #[must_use]
    pub fn local_day(&self) -> NaiveDate {
        clock::day_in(self.tz(), self.starts_at)
    }

    /// Whether somebody who speaks for this body may agree to its summary for the co-host now.
    #[must_use]
    pub fn asks_to_agree(&self, body: Option<PartnerId>) -> bool {
        let open = matches!(self.state, State::Held | State::WithSpeakers | State::Confirmed);
        open && body.is_some() && self.cohost == body && !self.summary.is_empty() && self.cohost_agreed_at.is_none()
    }

    /// Whether somebody who speaks for this body may say for the co-host that it can be closed.
    #[must_use]
    pub fn asks_to_close(&self, body: Option<PartnerId>) -> bool {
        body.is_some() && self.cohost == body && self.cohost_closes_at.is_none() && self.can_take(Step::Closing)
    }

    /// Whether a member of this body arranges what people need to come: it hosts the session, and nobody has come yet.
    #[must_use]
    pub fn is_arranged_by(&self, body: Option<PartnerId>) -> bool {
        body.is_some() && self.cohost == body && self.is_ahead() && self.notice_read_at.is_none()
    }

    /// Whether it has begun, or begins within the hour: before that nobody can have heard the notice.
    #[must_use]
    pub fn is_at_hand(&self, now: DateTime<Utc>) -> bool {
        self.starts_at <= now + Duration::hours(1)
    }

    /// Whether its time is over.
    #[must_use]
    pub fn has_ended(&self, now: DateTime<Utc>) -> bool {
        self.starts_at + Duration::minutes(i64::from(self.minutes)) <= now
    }

    /// The day by which those who spoke are asked how they are: the one that was planned, or a week after the session.
    #[must_use]
    pub fn checkin_day(&self) -> NaiveDate {
        self.checkin_on.unwrap_or_else(|| self.local_day() + Duration::weeks(1))
    }

    /// That day, while it was not done; also once the session is closed.
    #[must_use]
    pub fn open_checkin(&self) -> Option<NaiveDate> {
        Some(self.checkin_day()).filter(|_| self.was_held() && self.checkin_done_at.is_none())
    }

    /// Nobody has come yet: it can still be planned, changed, called off.
    #[must_use]
    pub fn is_ahead(&self) -> bool {
        matches!(self.state, State::Planned | State::Announced)
    }

    /// Whether people came, so that there is something to say of it.
    #[must_use]
    pub fn was_held(&self) -> bool {
        matches!(self.state, State::Held | State::WithSpeakers | State::Confirmed | State::Closed)
    }

    /// Whether the step can be taken from here.
    pub(in crate::listening::sessions) fn can_take(&self, step: Step) -> bool {
        step.leads(self.state, self.recording).is_some()
    }

    /// The stages of its life with how far it has come: "done", "now" or "".
    #[must_use]
    pub fn stages(&self) -> Vec<(&'static str, &'static str)> {
        use crate::platform::labels::Label as _;
        if self.state == State::Cancelled {
            return vec![(State::Planned.label(), "done"), (State::Cancelled.label(), "now")];
        }
        let skipped = |state: &State| self.recording == Recording::None && matches!(state, State::WithSpeakers | State::Confirmed);
        State::ALL
            .iter()
            .filter(|state| **state != State::Cancelled && !skipped(state))
            .map(|state| {
                let mark = match self.state.cmp(state) {
                    std::cmp::Ordering::Greater => "done",
                    std::cmp::Ordering::Equal if *state == State::Closed => "done",
                    std::cmp::Ordering::Equal => "now",
                    std::cmp::Ordering::Less => "",
                };
                (state.label(), mark)
            })
            .collect()
    }

    /// What is still to find, decide or write before people come.
    #[must_use]
    pub fn lacking(&self) -> Vec<String> {
        let mut all = Vec::new();
        if !self.is_ahead() {
            return all;
        }
        let mut say = |missing: bool, what: &str| {
            if missing {
                all.push(what.to_owned());
            }
        };
        say(self.cohost.is_none(), "Co-host still to find");
        say(self.facilitators.is_empty(), "Facilitator still to name");
        say(self.recording == Recording::Notes && self.note_takers.is_empty(), "Note-taker still to name");
        say(self.place.is_empty(), "Place still to find");
        say(self.support_person.is_empty(), "Support person still to find");
        say(self.stop_rule.is_empty(), "Stop rule still to agree");
        say(self.checkin_on.is_none(), "Check-in day still to set");
        say(self.food.is_empty(), "Food still to arrange");
        say(self.child_care.is_empty(), "Child care still to arrange");
        say(self.travel.is_empty(), "Travel help still to arrange");
        say(self.pay.is_empty(), "Pay still to decide");
        say(self.for_minors && !self.minors_rule_set, "The agency’s consent rule for people under 18 still to set");
        if self.interpreter.is_empty() {
            let spoken = self.languages.iter().filter(|one| !one.eq_ignore_ascii_case("english"));
            all.extend(spoken.map(|language| format!("{language} interpreter still to find")));
        }
        all
    }
}
