//! The forms of this slice, as typed.

use super::model::{Course, Entry, Obstacle, State};
use crate::{
    commitments::{Party, Side, Sides},
    platform::{
        form::{Choice, Problems},
        ids::PartnerId,
        labels::Label as _,
        subject::Audience,
        widening,
    },
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Who raises it: the agency with one of these partners, or a partner's person for their own side.
#[derive(Debug)]
pub(super) enum With {
    One(Vec<Choice>),
    Own(Option<PartnerId>),
}

/// An obstacle.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ObstacleForm {
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) description: String,
    pub(super) partner: String,
    pub(super) audience: String,
    /// Ticked: these are to read it, who are more than now.
    pub(super) sure: String,
}

impl ObstacleForm {
    pub(super) fn begun(partner: String) -> Self {
        Self { partner, audience: Audience::Agency.as_str().to_owned(), ..Self::default() }
    }

    pub(super) fn of(now: &Obstacle) -> Self {
        Self {
            kind: now.kind.as_str().to_owned(),
            name: now.name.clone().unwrap_or_default(),
            description: now.description.clone(),
            partner: now.partner_id.map(|id| id.to_string()).unwrap_or_default(),
            audience: now.audience.as_str().to_owned(),
            sure: String::new(),
        }
    }

    /// `now`: who reads it by now, where it was raised before.
    pub(super) fn parse(&self, with: &With, now: Option<Audience>) -> Result<Entry, Problems> {
        let mut p = Problems::default();
        let entry = Entry {
            kind: p.one_of("kind", &self.kind, "Choose what kind of obstacle it is"),
            name: p.prose("name", &self.name, 200, "Enter what makes it hard to work together"),
            description: p.optional_prose("description", &self.description, 4000),
            partner: match with {
                With::Own(body) => *body,
                With::One(partners) => self.one_of(&mut p, partners),
            },
            audience: readers(&mut p, &self.audience),
        };
        if let Some(now) = now {
            widening::ask_once_more(&mut p, now, entry.audience, &self.sure);
        }
        p.or(entry)
    }

    fn one_of(&self, p: &mut Problems, partners: &[Choice]) -> Option<PartnerId> {
        let chosen = partners.iter().find(|one| one.value == self.partner.trim()).and_then(|one| one.value.parse().ok());
        if chosen.is_none() {
            p.add("partner", "Choose the partner with whom it is hard");
        }
        chosen
    }
}

/// Both sides have to read it, or they could not work on it.
fn readers(p: &mut Problems, text: &str) -> Audience {
    let chosen = Audience::parse(text).filter(|level| matches!(level, Audience::Leadership | Audience::Agency | Audience::Partnership));
    chosen.unwrap_or_else(|| {
        p.add("audience", "Choose who may read it");
        Audience::Leadership
    })
}

/// What one side can decide by itself, and what it cannot.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct PartForm {
    pub(super) can: String,
    pub(super) cannot: String,
}

impl PartForm {
    pub(super) fn of(now: &Obstacle, side: Side) -> Self {
        let (can, cannot) = now.part(side);
        Self { can: can.to_owned(), cannot: cannot.to_owned() }
    }

    pub(super) fn parse(&self) -> Result<(String, String), Problems> {
        let mut p = Problems::default();
        let part = (p.optional_prose("can", &self.can, 2000), p.optional_prose("cannot", &self.cannot, 2000));
        if part.0.is_empty() && part.1.is_empty() && p.is_empty() {
            p.add("can", "Enter what your side can decide, or below what it cannot");
        }
        p.or(part)
    }
}

/// Where it stands and what comes next.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct CourseForm {
    pub(super) state: String,
    pub(super) happened: String,
    pub(super) owner: String,
    pub(super) next_step: String,
    pub(super) next_on: String,
    pub(super) review_on: String,
}

impl CourseForm {
    pub(super) fn of(now: &Obstacle) -> Self {
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        Self {
            state: now.state.as_str().to_owned(),
            happened: String::new(),
            owner: now.owner_id.map(|id| id.to_string()).or_else(|| now.owner_partner_id.map(|id| id.to_string())).unwrap_or_default(),
            next_step: now.next_step.clone(),
            next_on: day(now.next_on),
            review_on: day(now.review_on),
        }
    }

    pub(super) fn states() -> Vec<Choice> {
        [State::Open, State::Easing].into_iter().map(|state| Choice::new(state.as_str(), state.label())).collect()
    }

    /// A day that has passed may stay as it was: what happened is noted before anybody knows what comes next.
    pub(super) fn parse(&self, owners: &Sides, now: &Obstacle, today: NaiveDate) -> Result<Course, Problems> {
        let mut p = Problems::default();
        let state: State = p.one_of("state", &self.state, "Choose where it stands");
        if !matches!(state, State::Open | State::Easing) {
            p.add("state", "Choose whether it is open or easing");
        }
        let happened = p.optional_prose("happened", &self.happened, 2000);
        let (owner, owner_partner) = self.owner(&mut p, owners);
        let next_step = p.optional_prose("next_step", &self.next_step, 500);
        let next_on = p.optional_day("next_on", &self.next_on);
        if next_step.is_empty() && next_on.is_some() && p.of("next_step").is_none() {
            p.add("next_step", "Enter the next step, or leave its day empty");
        }
        if !next_step.is_empty() && next_on.is_none() && p.of("next_on").is_none() {
            p.add("next_on", "Enter the day by which the next step is done");
        }
        let review_on = p.day("review_on", &self.review_on, "Enter the day on which you look at it together again");
        let days = [
            ("next_on", next_on, now.next_on, "Enter a day for the next step that is still ahead, or leave it as it was"),
            (
                "review_on",
                Some(review_on),
                now.review_on,
                "Enter a day on which you look at it together that is still ahead, or leave it as it was",
            ),
        ];
        for (field, day, before, message) in days {
            if day != before && day.is_some_and(|day| day < today) && p.of(field).is_none() {
                p.add(field, message);
            }
        }
        p.or(Course { state, happened, owner, owner_partner, next_step, next_on, review_on })
    }

    fn owner(&self, p: &mut Problems, owners: &Sides) -> (Option<crate::platform::ids::MembershipId>, Option<PartnerId>) {
        match (self.owner.trim().is_empty(), owners.party(&self.owner)) {
            (true, _) => (None, None),
            (false, Some((_, Party::Member(id)))) => (Some(id), None),
            (false, Some((_, Party::Body(id)))) => (None, Some(id)),
            (false, None) => {
                p.add("owner", "Choose one of the list");
                (None, None)
            }
        }
    }
}

/// How it was settled, or why it is open again.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct WordForm {
    pub(super) words: String,
}

impl WordForm {
    pub(super) fn parse(&self, missing: &str) -> Result<String, Problems> {
        let mut p = Problems::default();
        let words = p.prose("words", &self.words, 2000, missing);
        p.or(words)
    }
}
