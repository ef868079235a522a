//! The forms of meetings, as typed.

use super::model::{self, Decision, Every, How, MOST_AT_ONCE, Meeting, Minutes, Plan, Vote, Voter, Word};
use crate::{
    commitments::Sides,
    platform::{
        form::{Choice, Problems, ticked},
        ids::{PartnerId, SubjectId},
        labels::Label as _,
        subject::Audience,
    },
};
use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone as _, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A meeting.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct MeetingForm {
    pub(super) group: String,
    pub(super) cohost: String,
    pub(super) title: String,
    pub(super) purpose: String,
    pub(super) day: String,
    pub(super) time: String,
    pub(super) minutes: String,
    pub(super) place: String,
    pub(super) every: String,
    pub(super) monthly: String,
    pub(super) until: String,
    /// Ticked: when and where holds for those that follow as well.
    pub(super) following: String,
    pub(super) audience: String,
}

impl MeetingForm {
    /// A new one, of a group or of none.
    pub(super) fn begun(group: String) -> Self {
        Self { group, minutes: "90".to_owned(), audience: Audience::Partnership.as_str().to_owned(), ..Self::default() }
    }

    pub(super) fn of(now: &Meeting) -> Self {
        let begins = now.starts_at.with_timezone(&now.tz());
        Self {
            group: now.group_id.map(|id| id.to_string()).unwrap_or_default(),
            cohost: now.cohost_id.map(|id| id.to_string()).unwrap_or_default(),
            title: now.title.clone(),
            purpose: now.purpose.clone(),
            day: begins.format("%Y-%m-%d").to_string(),
            time: begins.format("%H:%M").to_string(),
            minutes: now.minutes.to_string(),
            place: now.place.clone(),
            audience: now.audience.as_str().to_owned(),
            ..Self::default()
        }
    }

    /// `zone`: that of the place. `groups`: those that may meet. `now`: the meeting that is kept.
    pub(super) fn parse(&self, zone: Tz, groups: &[Choice], sides: &Sides, now: Option<&Meeting>) -> Result<Plan, Problems> {
        let mut p = Problems::default();
        let group: Option<SubjectId> = p.optional_id("group", &self.group);
        if group.is_some_and(|id| !groups.iter().any(|one| one.value == id.to_string())) {
            p.add("group", "Choose one of the list");
        }
        let plan = Plan {
            group,
            cohost: sides.partner_owner(&mut p, "cohost", &self.cohost),
            title: p.text("title", &self.title, 150, "Enter what the meeting is called"),
            purpose: p.optional_prose("purpose", &self.purpose, 2000),
            begins: self.begins(&mut p, zone),
            minutes: p.whole("minutes", &self.minutes, 15..=1440, "Enter how long it lasts, in minutes"),
            place: p.optional("place", &self.place, 300),
            audience: Sides::audience(&self.audience),
            following: ticked(&self.following),
        };
        let is_forum = now.map_or(plan.group.is_none(), |now| now.group_id.is_none());
        if is_forum && plan.cohost.is_none() && p.of("cohost").is_none() && p.of("group").is_none() {
            p.add("cohost", "Choose who hosts the forum with the agency: they confirm its minutes");
        }
        p.or(plan)
    }

    fn begins(&self, p: &mut Problems, zone: Tz) -> Vec<DateTime<Utc>> {
        let first = p.day("day", &self.day, "Enter the day of the meeting");
        let time = NaiveTime::parse_from_str(self.time.trim(), "%H:%M").unwrap_or_else(|_| {
            p.add("time", "Enter the time it begins, such as 18:00");
            NaiveTime::default()
        });
        let days = model::days(first, self.repeated(p, first));
        if days.len() > MOST_AT_ONCE && p.of("day").is_none() {
            p.add("until", format!("Enter an earlier day: at most {MOST_AT_ONCE} meetings are planned at once"));
        }
        let begins: Vec<_> = days.iter().filter_map(|day| zone.from_local_datetime(&day.and_time(time)).earliest()).collect();
        if begins.len() < days.len() && p.of("time").is_none() {
            p.add("time", "Enter another time: on that day the clocks go forward over this one");
        }
        begins.into_iter().map(|at| at.with_timezone(&Utc)).collect()
    }

    /// How often, and until when.
    fn repeated(&self, p: &mut Problems, first: NaiveDate) -> Option<(Every, NaiveDate)> {
        let until = p.optional_day("until", &self.until);
        let (weeks, monthly) = (self.every.trim(), ticked(&self.monthly));
        if weeks.is_empty() && !monthly {
            if until.is_some() {
                p.add("every", "Enter every how many weeks it comes again, or choose each month");
            }
            return None;
        }
        if monthly && !weeks.is_empty() {
            p.add("every", "Leave the weeks empty where it comes each month");
        }
        let every = if monthly { Every::Month } else { Every::Weeks(p.whole("every", weeks, 1..=26, "Enter a number of weeks")) };
        if until.is_none_or(|until| until < first) && p.of("until").is_none() && p.of("day").is_none() {
            p.add("until", "Enter until when it comes again");
        }
        until.map(|until| (every, until))
    }
}

/// An item of the agenda.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ItemForm {
    pub(super) text: String,
}

impl ItemForm {
    pub(super) fn parse(&self) -> Result<String, Problems> {
        let mut p = Problems::default();
        let text = p.prose("text", &self.text, 500, "Enter what is to be talked about");
        p.or(text)
    }
}

/// Why it is called off.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct CancelForm {
    pub(super) because: String,
    /// Ticked: those that follow as well.
    pub(super) following: String,
}

impl CancelForm {
    /// Why, and whether those that follow are called off as well.
    pub(super) fn parse(&self) -> Result<(String, bool), Problems> {
        let mut p = Problems::default();
        let because = p.prose("because", &self.because, 600, "Enter why it is called off");
        p.or((because, ticked(&self.following)))
    }
}

/// Who came, and what was talked about.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct MinutesForm {
    pub(super) agency: String,
    pub(super) lived: String,
    pub(super) others: String,
    pub(super) bodies: Vec<String>,
    pub(super) notes: String,
}

impl MinutesForm {
    pub(super) fn of(now: &Meeting, bodies: &[PartnerId]) -> Self {
        let number = |n: i32| if n == 0 { String::new() } else { n.to_string() };
        Self {
            agency: number(now.came_agency),
            lived: number(now.came_lived),
            others: number(now.came_others),
            bodies: bodies.iter().map(ToString::to_string).collect(),
            notes: now.notes.clone(),
        }
    }

    pub(super) fn parse(&self, sides: &Sides) -> Result<Minutes, Problems> {
        let mut p = Problems::default();
        let mut number = |field: &str, typed: &str| {
            if typed.trim().is_empty() { 0 } else { p.whole(field, typed, 0..=100_000, "Enter how many came, as a number") }
        };
        let (agency, lived, others) = (number("agency", &self.agency), number("lived", &self.lived), number("others", &self.others));
        let among = |id: &&String| sides.partners.iter().any(|one| one.value == id.trim());
        let bodies: Vec<PartnerId> = self.bodies.iter().filter(among).filter_map(|one| one.trim().parse().ok()).collect();
        if bodies.len() != self.bodies.len() {
            p.add("bodies", "Choose organizations of the list");
        }
        let notes = p.optional_prose("notes", &self.notes, 20_000);
        if p.is_empty() && agency + lived + others == 0 && bodies.is_empty() {
            p.add("bodies", "Choose who came, or enter a number");
        }
        p.or(Minutes { agency, lived, others, bodies, notes })
    }
}

/// A decision.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct DecisionForm {
    pub(super) what: String,
    pub(super) how: String,
    pub(super) reasons: String,
    pub(super) dissent: String,
    /// The id of a term, a colon, and a vote; nothing for those who were not there.
    pub(super) votes: Vec<String>,
}

impl DecisionForm {
    /// What was chosen for one voter.
    pub(super) fn vote(&self, of: &Uuid) -> &str {
        self.votes.iter().filter_map(|one| one.split_once(':')).find(|(term, _)| *term == of.to_string()).map_or("", |(_, vote)| vote)
    }

    pub(super) fn parse(&self, of: &Meeting, voters: &[Voter]) -> Result<Decision, Problems> {
        let mut p = Problems::default();
        let mut decision = Decision {
            what: p.prose("what", &self.what, 1000, "Enter what was decided"),
            how: p.one_of("how", &self.how, "Choose how it was decided"),
            reasons: p.optional_prose("reasons", &self.reasons, 2000),
            dissent: p.optional_prose("dissent", &self.dissent, 2000),
            votes: self.votes.iter().filter(|one| !one.is_empty()).filter_map(|one| vote(one, voters)).collect(),
        };
        let field = if voters.is_empty() { "how" } else { "votes" };
        decision.votes.sort_unstable();
        decision.votes.dedup_by_key(|(term, _)| *term);
        if decision.votes.len() != self.votes.iter().filter(|one| !one.is_empty()).count() {
            p.add(field, "Choose one vote of the list for each");
        }
        if of.open_law && decision.how == How::Ballot {
            p.add("how", "Choose another way: under the open-meeting law nothing is decided in secret");
        }
        if of.open_law && decision.how == How::Vote && decision.votes.is_empty() && p.of(field).is_none() {
            p.add(field, "Enter how each voted: under the open-meeting law votes are by name");
        }
        if decision.how != How::Vote {
            decision.votes.clear();
        }
        p.or(decision)
    }
}

fn vote(sent: &str, voters: &[Voter]) -> Option<(Uuid, Vote)> {
    let (term, vote) = sent.split_once(':')?;
    let term = term.parse().ok()?;
    voters.iter().any(|one| one.term == term).then_some((term, Vote::parse(vote)?))
}

/// What goes up to another group.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct UpForm {
    pub(super) to: String,
    pub(super) what: String,
}

impl UpForm {
    /// To which group, and what.
    pub(super) fn parse(&self, groups: &[Choice]) -> Result<(SubjectId, String), Problems> {
        let mut p = Problems::default();
        let to: SubjectId = p.id("to", &self.to, "Choose to which group it goes");
        if p.of("to").is_none() && !groups.iter().any(|one| one.value == to.to_string()) {
            p.add("to", "Choose one of the list");
        }
        let what = p.prose("what", &self.what, 1000, "Enter what goes up, and what is asked");
        p.or((to, what))
    }
}

/// What came back.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct BackForm {
    pub(super) back: String,
}

impl BackForm {
    pub(super) fn parse(&self) -> Result<String, Problems> {
        let mut p = Problems::default();
        let back = p.prose("back", &self.back, 2000, "Enter what came back");
        p.or(back)
    }
}

/// The other side's word on the minutes.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct WordForm {
    pub(super) word: String,
    pub(super) note: String,
}

impl WordForm {
    pub(super) fn parse(&self) -> Result<(Word, String), Problems> {
        let mut p = Problems::default();
        let word = p.one_of("word", &self.word, "Choose whether the minutes are right");
        let note = p.optional_prose("note", &self.note, 1000);
        if word == Word::Returned && note.is_empty() && p.is_empty() {
            p.add("note", "Enter what is missing or wrong");
        }
        p.or((word, note))
    }
}
