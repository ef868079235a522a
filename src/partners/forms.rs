//! The forms of this slice, as typed.

use super::import::ListedId;
use super::model::{Brings, DESCRIPTION_AT_MOST, Entry, Kind, LINE_AT_MOST, NAME_AT_MOST, Partner, Recognition, Rhythm, Stage, counties};
use crate::platform::{
    form::{Problems, ticked},
    labels::Label as _,
};
use serde::{Deserialize, Serialize};

/// A partner's entry.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct PartnerForm {
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) stage: String,
    pub(super) contracted: String,
    pub(super) communities: String,
    pub(super) languages: String,
    pub(super) counties: String,
    pub(super) brings: Vec<String>,
    pub(super) description: String,
    pub(super) city: String,
    pub(super) state: String,
    pub(super) website: String,
    pub(super) email: String,
    pub(super) phone: String,
    pub(super) recognition: String,
    pub(super) recognition_words: String,
    pub(super) recognition_source: String,
    pub(super) recognition_on: String,
    pub(super) keeper: String,
    pub(super) keeper_reason: String,
    pub(super) rhythm: String,
    pub(super) rhythm_next: String,
    pub(super) agenda_ours: String,
    pub(super) agenda_theirs: String,
    pub(super) listed: String,
}

impl PartnerForm {
    /// The form that would edit this partner.
    pub(super) fn of(partner: &Partner) -> Self {
        let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        Self {
            name: partner.name.clone(),
            kind: partner.kind.as_str().to_owned(),
            stage: partner.stage.as_str().to_owned(),
            contracted: if partner.contracted { "yes".to_owned() } else { String::new() },
            communities: partner.communities.join(", "),
            languages: partner.languages.join(", "),
            counties: partner.counties.join(", "),
            brings: partner.brings.clone(),
            description: partner.description.clone(),
            city: partner.city.clone(),
            state: partner.state.clone(),
            website: partner.website.clone(),
            email: partner.email.clone(),
            phone: partner.phone.clone(),
            recognition: partner.recognition.as_str().to_owned(),
            recognition_words: partner.recognition_words.clone(),
            recognition_source: partner.recognition_source.clone(),
            recognition_on: day(partner.recognition_on),
            keeper: partner.keeper.map(|id| id.to_string()).unwrap_or_default(),
            keeper_reason: partner.keeper_reason.clone(),
            rhythm: partner.rhythm.map(|one| one.as_str().to_owned()).unwrap_or_default(),
            rhythm_next: day(partner.rhythm_next),
            agenda_ours: partner.agenda_ours.clone(),
            agenda_theirs: partner.agenda_theirs.clone(),
            listed: String::new(),
        }
    }

    /// The form for a new partner, begun with a name of the look-up. Of recognition it says nothing.
    pub(super) fn begun_with(id: ListedId, name: &str, place: &str) -> Self {
        let (city, state) = place.rsplit_once(", ").filter(|(city, _)| city.len() > 3).unwrap_or(("", place));
        Self {
            name: name.to_owned(),
            kind: Kind::Tribe.as_str().to_owned(),
            city: city.to_owned(),
            state: state.to_owned(),
            recognition: Recognition::NotStated.as_str().to_owned(),
            listed: id.to_string(),
            ..Self::default()
        }
    }

    /// The same with a body's own words as they stand, where those are its own to change; and what was typed in their place, each
    /// under its label.
    pub(super) fn beside_own_words(mut self, partner: &Partner) -> (Self, Vec<(&'static str, String)>) {
        if !partner.words_are_its_own {
            return (self, Vec::new());
        }
        let (theirs, mut typed) = (Self::of(partner), Vec::new());
        if !self.brings.is_empty() && self.brings != theirs.brings {
            typed.push((
                "Brings",
                self.brings.iter().filter_map(|one| Brings::parse(one)).map(Brings::label).collect::<Vec<_>>().join(", "),
            ));
        }
        self.brings = theirs.brings;
        for (label, mine, own) in [
            ("Name", &mut self.name, theirs.name),
            ("Communities", &mut self.communities, theirs.communities),
            ("Languages", &mut self.languages, theirs.languages),
            ("Counties served", &mut self.counties, theirs.counties),
            ("About", &mut self.description, theirs.description),
            ("City or town", &mut self.city, theirs.city),
            ("State", &mut self.state, theirs.state),
            ("Website", &mut self.website, theirs.website),
            ("Email", &mut self.email, theirs.email),
            ("Telephone", &mut self.phone, theirs.phone),
            ("What they bring each time", &mut self.agenda_theirs, theirs.agenda_theirs),
            ("The Tribe’s own words", &mut self.recognition_words, theirs.recognition_words),
            ("Where this was read", &mut self.recognition_source, theirs.recognition_source),
        ] {
            let was = std::mem::replace(mine, own);
            if !was.trim().is_empty() && was != *mine {
                typed.push((label, was));
            }
        }
        let (kind, recognition) = (Kind::parse(&self.kind), Recognition::parse(&self.recognition));
        typed.extend(kind.filter(|kind| *kind != partner.kind).map(|kind| ("What it is", kind.label().to_owned())));
        typed.extend(recognition.filter(|one| *one != partner.recognition).map(|one| ("Recognition", one.label().to_owned())));
        (self.kind, self.recognition, self.recognition_on) = (theirs.kind, theirs.recognition, theirs.recognition_on);
        (self, typed)
    }

    /// The same beside an entry that stands: where its words are its own they stay as they are, and no rule of this form reads them.
    pub(super) fn parse_beside(&self, before: &Partner) -> Result<Entry, Problems> {
        let mut problems = Problems::default();
        let entry = self.read(&mut problems);
        if before.words_are_its_own { agencys(&problems).or(with_own_words(entry, before)) } else { problems.or(entry) }
    }

    pub(super) fn parse(&self) -> Result<Entry, Problems> {
        let mut problems = Problems::default();
        let entry = self.read(&mut problems);
        problems.or(entry)
    }

    fn read(&self, p: &mut Problems) -> Entry {
        let kind = p.one_of("kind", &self.kind, "Choose what kind of partner this is");
        let stage =
            if self.stage.is_empty() { Stage::ToContact } else { p.one_of("stage", &self.stage, "Choose where the relationship stands") };
        let recognition = p.optional_one_of("recognition", &self.recognition).unwrap_or(Recognition::NotStated);
        let recognition_source = p.optional("recognition_source", &self.recognition_source, 200);
        let recognition_words = p.optional("recognition_words", &self.recognition_words, 500);
        let recognition_on = p.optional_day("recognition_on", &self.recognition_on);
        if kind == Kind::Tribe && recognition != Recognition::NotStated && (recognition_source.is_empty() || recognition_on.is_none()) {
            p.add("recognition_source", "Enter where this was read and on what day");
        }
        if recognition == Recognition::OwnWords && recognition_words.is_empty() {
            p.add("recognition_words", "Enter the Tribe’s own words");
        }
        Entry {
            name: p.text("name", &self.name, NAME_AT_MOST, "Enter the partner’s name"),
            kind,
            stage,
            contracted: ticked(&self.contracted),
            communities: p.list_of("communities", &self.communities),
            languages: p.list_of("languages", &self.languages),
            counties: counties(p.list_of("counties", &self.counties)),
            brings: self.brings.iter().filter(|one| Brings::parse(one).is_some()).cloned().collect(),
            description: p.optional_prose("description", &self.description, DESCRIPTION_AT_MOST),
            city: p.optional("city", &self.city, LINE_AT_MOST),
            state: p.optional("state", &self.state, LINE_AT_MOST),
            website: p.optional_link("website", &self.website),
            email: p.optional_email("email", &self.email),
            phone: p.number_or_address("phone", &self.phone, LINE_AT_MOST),
            recognition,
            recognition_words,
            recognition_source,
            recognition_on,
            keeper: p.optional_id("keeper", &self.keeper),
            keeper_reason: p.optional_prose("keeper_reason", &self.keeper_reason, 500),
            rhythm: p.optional_one_of::<Rhythm>("rhythm", &self.rhythm),
            rhythm_next: p.optional_day("rhythm_next", &self.rhythm_next),
            agenda_ours: p.optional_prose("agenda_ours", &self.agenda_ours, 2000),
            agenda_theirs: p.optional_prose("agenda_theirs", &self.agenda_theirs, 2000),
            listed: p.optional_id("name", &self.listed),
        }
    }
}

/// Fields of a body's own words.
const ITS_OWN: &[&str] = &[
    "name",
    "kind",
    "communities",
    "languages",
    "counties",
    "brings",
    "description",
    "city",
    "state",
    "website",
    "email",
    "phone",
    "agenda_theirs",
    "recognition",
    "recognition_words",
    "recognition_source",
    "recognition_on",
];

/// What is wrong with the agency's part of a form.
fn agencys(problems: &Problems) -> Problems {
    let mut ours = Problems::default();
    for one in problems.list().iter().filter(|one| !ITS_OWN.contains(&one.field.as_str())) {
        ours.add(&one.field, one.message.as_str());
    }
    ours
}

/// An entry with the words of the body as they stand.
fn with_own_words(entry: Entry, before: &Partner) -> Entry {
    let words = before.clone();
    Entry {
        name: words.name,
        kind: words.kind,
        communities: words.communities,
        languages: words.languages,
        counties: words.counties,
        brings: words.brings,
        description: words.description,
        city: words.city,
        state: words.state,
        website: words.website,
        email: words.email,
        phone: words.phone,
        agenda_theirs: words.agenda_theirs,
        recognition: words.recognition,
        recognition_words: words.recognition_words,
        recognition_source: words.recognition_source,
        recognition_on: words.recognition_on,
        ..entry
    }
}
