//! The forms of sessions, as typed.

use super::{
    model::{Constituency, Recording, SeriesId, Session},
    moment::moment,
};
use crate::platform::{
    form::{Problems, ticked},
    ids::{MembershipId, PartnerId},
    labels::Label as _,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The plan of a session.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct PlanForm {
    pub(super) title: String,
    pub(super) topic: String,
    pub(super) community: String,
    pub(super) series: String,
    pub(super) cohost: String,
    pub(super) invited: Vec<String>,
    pub(super) day: String,
    pub(super) time: String,
    pub(super) minutes: String,
    pub(super) zone: String,
    pub(super) place: String,
    pub(super) languages: String,
    pub(super) food: String,
    pub(super) child_care: String,
    pub(super) travel: String,
    pub(super) interpreter: String,
    pub(super) pay: String,
    pub(super) support_person: String,
    pub(super) stop_rule: String,
    pub(super) checkin_on: String,
    pub(super) recording: String,
    pub(super) for_minors: String,
    pub(super) facilitators: Vec<String>,
    pub(super) note_takers: Vec<String>,
}

/// The plan, parsed.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) title: String,
    pub(super) topic: String,
    pub(super) community: String,
    pub(super) series: Option<SeriesId>,
    pub(super) cohost: Option<PartnerId>,
    pub(super) invited: BTreeSet<PartnerId>,
    pub(super) starts_at: DateTime<Utc>,
    pub(super) minutes: i32,
    pub(super) zone: String,
    pub(super) place: String,
    pub(super) supports: Supports,
    pub(super) recording: Recording,
    pub(super) for_minors: bool,
    pub(super) duties: Holders,
}

/// Who facilitates and who takes notes, parsed.
#[derive(Debug)]
pub(super) struct Holders {
    pub(super) facilitators: BTreeSet<MembershipId>,
    pub(super) note_takers: BTreeSet<MembershipId>,
}

impl PlanForm {
    /// The form that would edit this session.
    pub(super) fn of(session: &Session, invited: &[PartnerId]) -> Self {
        let begins = session.starts_at.with_timezone(&session.tz());
        Self {
            title: session.title.clone(),
            topic: session.topic.clone(),
            community: session.community.clone(),
            series: session.series.map(|id| id.to_string()).unwrap_or_default(),
            cohost: session.cohost.map(|id| id.to_string()).unwrap_or_default(),
            invited: invited.iter().map(ToString::to_string).collect(),
            day: begins.format("%Y-%m-%d").to_string(),
            time: begins.format("%H:%M").to_string(),
            minutes: session.minutes.to_string(),
            zone: session.zone.clone(),
            place: session.place.clone(),
            languages: session.languages.join(", "),
            food: session.food.clone(),
            child_care: session.child_care.clone(),
            travel: session.travel.clone(),
            interpreter: session.interpreter.clone(),
            pay: session.pay.clone(),
            support_person: session.support_person.clone(),
            stop_rule: session.stop_rule.clone(),
            checkin_on: session.checkin_on.map(|day| day.to_string()).unwrap_or_default(),
            recording: session.recording.as_str().to_owned(),
            for_minors: if session.for_minors { "yes".to_owned() } else { String::new() },
            facilitators: Vec::new(),
            note_takers: Vec::new(),
        }
    }

    pub(super) fn parse(&self) -> Result<Plan, Problems> {
        let mut p = Problems::default();
        // In the order of the page, for so the problems are listed.
        let title = p.text("title", &self.title, 150, "Enter what the session is called");
        let community = p.text("community", &self.community, 150, "Enter the community you will listen to");
        let (series, cohost) = (p.optional_id("series", &self.series), p.optional_id("cohost", &self.cohost));
        let topic = p.optional_prose("topic", &self.topic, 1000);
        let (starts_at, zone) = moment(&mut p, &self.day, &self.time, &self.zone);
        let minutes = p.whole("minutes", &self.minutes, 15..=1440, "Enter how long it lasts, in minutes");
        let place = p.optional_prose("place", &self.place, 300);
        let recording = p.one_of("recording", &self.recording, "Choose how the session is recorded");
        let day = Some(self.day.as_str()).filter(|_| p.of("day").is_none()).and_then(|day| day.trim().parse().ok());
        let plan = Plan {
            title,
            topic,
            community,
            series,
            cohost,
            starts_at,
            minutes,
            zone,
            place,
            supports: self.supports().read(&mut p, day),
            invited: ids(&mut p, "invited", &self.invited),
            recording,
            for_minors: ticked(&self.for_minors),
            duties: Holders {
                facilitators: ids(&mut p, "facilitators", &self.facilitators),
                note_takers: ids(&mut p, "note_takers", &self.note_takers),
            },
        };
        p.or(plan)
    }

    /// The part of it that the co-host arranges.
    pub(super) fn supports(&self) -> SupportsForm {
        let Self { languages, interpreter, food, child_care, travel, pay, support_person, stop_rule, checkin_on, .. } = self.clone();
        SupportsForm { languages, interpreter, food, child_care, travel, pay, support_person, stop_rule, checkin_on }
    }
}

/// What people need to come, and how they are cared for: the part of the plan that the co-host arranges.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct SupportsForm {
    pub(super) languages: String,
    pub(super) interpreter: String,
    pub(super) food: String,
    pub(super) child_care: String,
    pub(super) travel: String,
    pub(super) pay: String,
    pub(super) support_person: String,
    pub(super) stop_rule: String,
    pub(super) checkin_on: String,
}

/// The same, parsed.
#[derive(Debug)]
pub(super) struct Supports {
    pub(super) languages: Vec<String>,
    pub(super) interpreter: String,
    pub(super) food: String,
    pub(super) child_care: String,
    pub(super) travel: String,
    pub(super) pay: String,
    pub(super) support_person: String,
    pub(super) stop_rule: String,
    pub(super) checkin_on: Option<NaiveDate>,
}

impl SupportsForm {
    /// `day`: the day of the session, at its place.
    pub(super) fn parse(&self, day: NaiveDate) -> Result<Supports, Problems> {
        let mut p = Problems::default();
        let supports = self.read(&mut p, Some(day));
        p.or(supports)
    }

    fn read(&self, p: &mut Problems, day: Option<NaiveDate>) -> Supports {
        let checkin_on = p.optional_day("checkin_on", &self.checkin_on);
        if checkin_on.zip(day).is_some_and(|(checkin_on, day)| checkin_on < day) {
            p.add("checkin_on", "Enter the day of the session or a later one: people are asked how they are after they spoke");
        }
        Supports {
            languages: p.list_of("languages", &self.languages),
            interpreter: p.optional_prose("interpreter", &self.interpreter, 300),
            food: p.optional_prose("food", &self.food, 300),
            child_care: p.optional_prose("child_care", &self.child_care, 300),
            travel: p.optional_prose("travel", &self.travel, 300),
            pay: p.optional_prose("pay", &self.pay, 300),
            support_person: p.optional_prose("support_person", &self.support_person, 300),
            stop_rule: p.optional_prose("stop_rule", &self.stop_rule, 600),
            checkin_on,
        }
    }
}

fn ids<T: std::str::FromStr + Ord>(p: &mut Problems, field: &str, values: &[String]) -> BTreeSet<T> {
    let read: Vec<Option<T>> = values.iter().filter(|one| !one.trim().is_empty()).map(|one| one.trim().parse().ok()).collect();
    if read.iter().any(Option::is_none) || read.len() > 500 {
        p.add(field, "Choose from the list");
    }
    read.into_iter().flatten().collect()
}

/// Who facilitates and who takes notes.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct DutiesForm {
    pub(super) facilitators: Vec<String>,
    pub(super) note_takers: Vec<String>,
}

impl DutiesForm {
    pub(super) fn parse(&self) -> Result<Holders, Problems> {
        let mut p = Problems::default();
        let holders = Holders {
            facilitators: ids(&mut p, "facilitators", &self.facilitators),
            note_takers: ids(&mut p, "note_takers", &self.note_takers),
        };
        if holders.facilitators.is_empty() && p.is_empty() {
            p.add("facilitators", "Choose at least one person who facilitates");
        }
        p.or(holders)
    }
}

/// The invitation.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct AnnouncementForm {
    pub(super) invitation: String,
    pub(super) cleared: String,
    /// The session is over: what is announced is written down afterwards.
    pub(super) afterwards: String,
}

impl AnnouncementForm {
    /// The invitation's words. Nobody is invited to what is over; what was announced otherwise can be written down afterwards.
    pub(super) fn parse(&self, session: &Session, now: DateTime<Utc>) -> Result<String, Problems> {
        let mut p = Problems::default();
        let words = p.prose("invitation", &self.invitation, 4000, "Write the invitation");
        if !ticked(&self.cleared) {
            p.add("cleared", "Read it once more and tick that everyone invited may read every word of it");
        }
        if session.has_ended(now) && !ticked(&self.afterwards) {
            let day = session.day();
            p.add(
                "afterwards",
                format!("Change the day in the plan, or tick that people were invited otherwise: the session ended on {day}"),
            );
        }
        p.or(words)
    }
}

/// What the later steps ask: how many came, whose word closes, why it is called off.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct StepForm {
    pub(super) agency: String,
    pub(super) tribes: String,
    pub(super) community_partners: String,
    pub(super) lived_experience: String,
    pub(super) other: String,
    pub(super) word: String,
    pub(super) because: String,
}

/// How many came, by constituency.
pub(super) type Numbers = Vec<(Constituency, i32)>;

impl StepForm {
    /// The form that would edit these numbers.
    pub(super) fn of(numbers: &[(Constituency, i32)]) -> Self {
        let of = |one: Constituency| numbers.iter().find(|(which, _)| *which == one).map(|(_, n)| n.to_string()).unwrap_or_default();
        Self {
            agency: of(Constituency::Agency),
            tribes: of(Constituency::Tribes),
            community_partners: of(Constituency::CommunityPartners),
            lived_experience: of(Constituency::LivedExperience),
            other: of(Constituency::Other),
            ..Self::default()
        }
    }

    /// How many came; an empty field is nobody.
    pub(super) fn numbers(&self) -> Result<Numbers, Problems> {
        let mut p = Problems::default();
        let typed = [&self.agency, &self.tribes, &self.community_partners, &self.lived_experience, &self.other];
        let numbers: Numbers = Constituency::ALL
            .iter()
            .zip(typed)
            .map(|(one, text)| {
                let blank = text.trim().is_empty();
                (*one, if blank { 0 } else { p.whole(one.as_str(), text, 0..=100_000, "Enter how many came, as a number") })
            })
            .collect();
        if p.is_empty() && numbers.iter().all(|(_, n)| *n == 0) {
            p.add("agency", "Enter how many came: at least one number");
        }
        p.or(numbers)
    }

    /// Whose word closes the session, as far as one was given.
    pub(super) fn word(&self) -> Result<String, Problems> {
        let mut p = Problems::default();
        let word = p.optional_prose("word", &self.word, 300);
        p.or(word)
    }

    /// Why it is called off.
    pub(super) fn because(&self) -> Result<String, Problems> {
        let mut p = Problems::default();
        let because = p.prose("because", &self.because, 600, "Enter why it is called off");
        p.or(because)
    }
}

/// What the agency acknowledged.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct AcknowledgementForm {
    pub(super) what: String,
    pub(super) said_by: String,
    pub(super) said_to: String,
}

/// What was acknowledged, who said it, to whom.
#[derive(Debug)]
pub(super) struct NewAcknowledgement {
    pub(super) what: String,
    pub(super) said_by: String,
    pub(super) said_to: String,
}

impl AcknowledgementForm {
    pub(super) fn parse(&self) -> Result<NewAcknowledgement, Problems> {
        let mut p = Problems::default();
        let new = NewAcknowledgement {
            what: p.prose("what", &self.what, 2000, "Enter what the agency acknowledged"),
            said_by: p.text("said_by", &self.said_by, 150, "Enter who said it"),
            said_to: p.text("said_to", &self.said_to, 150, "Enter to whom it was said"),
        };
        p.or(new)
    }
}

/// The summary of the room.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct SummaryForm {
    pub(super) summary: String,
    pub(super) agreed_with: String,
}

impl SummaryForm {
    /// The summary and with whom it was agreed aloud.
    pub(super) fn parse(&self) -> Result<(String, String), Problems> {
        let mut p = Problems::default();
        let summary = p.prose("summary", &self.summary, 6000, "Write the summary as it was agreed");
        let with = p.text("agreed_with", &self.agreed_with, 150, "Enter who of the co-host agreed to it, aloud");
        p.or((summary, with))
    }
}

/// A series.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct SeriesForm {
    pub(super) name: String,
    pub(super) community: String,
    pub(super) cohost: String,
}

/// A series, parsed.
#[derive(Debug)]
pub(super) struct NewSeries {
    pub(super) name: String,
    pub(super) community: String,
    pub(super) cohost: Option<PartnerId>,
}

impl SeriesForm {
    pub(super) fn parse(&self) -> Result<NewSeries, Problems> {
        let mut p = Problems::default();
        let new = NewSeries {
            name: p.text("name", &self.name, 150, "Enter what the series is called"),
            community: p.text("community", &self.community, 150, "Enter the community you will listen to"),
            cohost: p.optional_id("cohost", &self.cohost),
        };
        p.or(new)
    }
}
