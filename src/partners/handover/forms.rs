//! The forms of a hand-over, as typed.

use super::model::{About, Answer, HandOver, Leaver, NewHandOver, State, Written};
use crate::{
    commitments::Side,
    platform::{
        form::{Choice, Problems, ticked},
        ids::{MembershipId, PartnerId},
    },
};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// The letter, as the agency's side writes it.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct LetterForm {
    /// Who leaves: a representative or a member.
    pub(super) leaver: String,
    /// About which person without a body.
    pub(super) person: String,
    pub(super) successor: String,
    pub(super) first_contact_on: String,
    pub(super) story: String,
    pub(super) preferences: String,
}

impl LetterForm {
    pub(super) fn of(now: &HandOver) -> Self {
        let letter = now.letter.clone().unwrap_or_default();
        Self {
            leaver: String::new(),
            person: String::new(),
            successor: now.successor.map(|id| id.to_string()).unwrap_or_default(),
            first_contact_on: now.first_contact_on.to_string(),
            story: letter.story,
            preferences: letter.preferences,
        }
    }

    /// For one of these, with somebody of the agency to come next.
    pub(super) fn parse(
        &self,
        partner: PartnerId,
        (leavers, keepers): (&[Leaver], &[Choice]),
        today: NaiveDate,
    ) -> Result<NewHandOver, Problems> {
        let mut p = Problems::default();
        let leaver = leavers.iter().find(|one| one.value() == self.leaver.trim());
        if leaver.is_none() {
            p.add("leaver", "Choose who leaves");
        }
        let side = leaver.map_or(Side::Agency, |one| one.side);
        let letter = self.written(&mut p, side, keepers, today);
        if letter.successor.is_some() && letter.successor == leaver.and_then(|one| one.member) {
            p.add("successor", "Choose somebody other than who leaves");
        }
        match leaver {
            Some(leaver) => p.or(NewHandOver { about: About::Partner(partner), leaver: leaver.clone(), letter }),
            None => Err(p),
        }
    }

    /// About one of these people, by whoever leaves.
    pub(super) fn parse_about(
        &self,
        leaver: Leaver,
        (people, keepers): (&[Choice], &[Choice]),
        today: NaiveDate,
    ) -> Result<NewHandOver, Problems> {
        let mut p = Problems::default();
        let person = p.id::<MembershipId>("person", &self.person, "Choose about whom you write");
        if p.of("person").is_none() && !people.iter().any(|one| one.value == person.to_string()) {
            p.add("person", "Choose about whom you write");
        }
        let letter = self.written(&mut p, Side::Agency, keepers, today);
        if letter.successor.is_some() && letter.successor == leaver.member {
            p.add("successor", "Choose somebody other than yourself");
        }
        p.or(NewHandOver { about: About::Person(person), leaver, letter })
    }

    /// The same letter once more.
    pub(super) fn again(&self, side: Side, keepers: &[Choice], today: NaiveDate) -> Result<Written, Problems> {
        let mut p = Problems::default();
        let letter = self.written(&mut p, side, keepers, today);
        p.or(letter)
    }

    fn written(&self, p: &mut Problems, side: Side, keepers: &[Choice], today: NaiveDate) -> Written {
        let successor = p.optional_id::<MembershipId>("successor", &self.successor).filter(|_| side == Side::Agency);
        if side == Side::Agency && p.of("successor").is_none() && !keepers.iter().any(|one| one.value == self.successor.trim()) {
            p.add("successor", "Choose who of the agency comes next");
        }
        let first_contact_on = contact_day(p, &self.first_contact_on, today);
        Written {
            successor,
            first_contact_on,
            story: p.prose("story", &self.story, 5000, "Enter how the relationship went"),
            preferences: p.optional_prose("preferences", &self.preferences, 2000),
        }
    }
}

/// A day ahead, within half a year.
fn contact_day(p: &mut Problems, typed: &str, today: NaiveDate) -> NaiveDate {
    let on = p.day("first_contact_on", typed, "Enter by which day they will meet or speak");
    let latest = today.checked_add_days(Days::new(183)).unwrap_or(today);
    if p.of("first_contact_on").is_none() && (on < today || on > latest) {
        p.add("first_contact_on", "Enter a day within the coming six months");
    }
    on
}

/// The partner's word.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct AnswerForm {
    pub(super) correction: String,
    pub(super) reach: String,
    pub(super) successor: String,
    pub(super) read_by: String,
    pub(super) pass_on: String,
    pub(super) named: String,
}

impl AnswerForm {
    pub(super) fn of(now: &HandOver) -> Self {
        let letter = now.letter.clone().unwrap_or_default();
        Self {
            correction: letter.correction,
            reach: letter.reach,
            successor: now.successor.filter(|_| now.side == Side::Partner).map(|id| id.to_string()).unwrap_or_default(),
            read_by: now.read_by.clone(),
            pass_on: match now.state {
                State::Passed => "yes".to_owned(),
                State::KeptBack => "no".to_owned(),
                State::Begun | State::WithPartner => String::new(),
            },
            named: String::new(),
        }
    }

    /// The word of a person without a body on a letter about themselves.
    pub(super) fn own(&self) -> Result<Answer, Problems> {
        let mut p = Problems::default();
        let passes = self.pass_on.trim() == "yes";
        if !passes && self.pass_on.trim() != "no" {
            p.add("pass_on", "Choose whether it is passed on");
        }
        let answer = Answer { passes, named: passes && ticked(&self.named), ..self.words(&mut p, None, String::new()) };
        p.or(answer)
    }

    /// `people`: who of the partner can come next, where one of theirs left.
    pub(super) fn parse(&self, people: &[Choice]) -> Result<Answer, Problems> {
        let mut p = Problems::default();
        let successor = p.optional_id::<MembershipId>("successor", &self.successor);
        if successor.is_some_and(|id| !people.iter().any(|one| one.value == id.to_string())) {
            p.add("successor", "Choose one of your people");
        }
        let answer = self.words(&mut p, successor, String::new());
        p.or(answer)
    }

    /// As somebody of the partner said it, who is named.
    pub(super) fn brought(&self) -> Result<Answer, Problems> {
        let mut p = Problems::default();
        let read_by = p.text("read_by", &self.read_by, 200, "Enter who of the partner read it, or to whom it was read");
        let answer = self.words(&mut p, None, read_by);
        p.or(answer)
    }

    fn words(&self, p: &mut Problems, successor: Option<MembershipId>, read_by: String) -> Answer {
        Answer {
            correction: p.optional_prose("correction", &self.correction, 5000),
            reach: p.optional_prose("reach", &self.reach, 1000),
            successor,
            read_by,
            passes: true,
            named: false,
        }
    }
}

/// The first contact: made on a day, or moved to another.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ContactForm {
    pub(super) done_on: String,
    pub(super) first_contact_on: String,
}

/// The same, parsed.
#[derive(Debug, Clone, Copy)]
pub(super) enum Contact {
    /// It was made.
    Made(NaiveDate),
    /// It is to be made by another day.
    By(NaiveDate),
}

impl ContactForm {
    pub(super) fn parse(&self, begun: NaiveDate, today: NaiveDate) -> Result<Contact, Problems> {
        let mut p = Problems::default();
        let done = p.optional_day("done_on", &self.done_on);
        match done {
            Some(day) if day < begun || day > today => {
                p.add("done_on", "Enter a day between the letter and today");
                Err(p)
            }
            Some(day) => p.or(Contact::Made(day)),
            None if self.first_contact_on.trim().is_empty() && p.is_empty() => {
                p.add("done_on", "Enter when you met or spoke, or below by when you will");
                Err(p)
            }
            None => {
                let day = contact_day(&mut p, &self.first_contact_on, today);
                p.or(Contact::By(day))
            }
        }
    }
}
