//! The own entry, as typed.

use crate::{
    partners::model::{Brings, DESCRIPTION_AT_MOST, Kind, LINE_AT_MOST, NAME_AT_MOST, Partner, Recognition, counties},
    platform::{form::Problems, labels::Label as _},
};
use serde::{Deserialize, Serialize};

labels! {
    /// What a Tribe says of its recognition.
    pub enum Says {
        OwnWords = "own_words", "In our own words";
        NotStated = "not_stated", "Nothing: it is to read “not stated”";
        AsItStands = "as_it_stands", "Leave what stands there now";
    }
}

/// The own entry.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct OwnForm {
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) description: String,
    pub(super) communities: String,
    pub(super) languages: String,
    pub(super) counties: String,
    pub(super) brings: Vec<String>,
    pub(super) city: String,
    pub(super) state: String,
    pub(super) website: String,
    pub(super) email: String,
    pub(super) phone: String,
    pub(super) agenda_theirs: String,
    pub(super) recognition: String,
    pub(super) recognition_words: String,
}

/// The same, parsed.
#[derive(Debug)]
pub(super) struct OwnEntry {
    pub(super) name: String,
    /// None: as it stands.
    pub(super) kind: Option<Kind>,
    pub(super) description: String,
    pub(super) communities: Vec<String>,
    pub(super) languages: Vec<String>,
    pub(super) counties: Vec<String>,
    pub(super) brings: Vec<String>,
    pub(super) city: String,
    pub(super) state: String,
    pub(super) website: String,
    pub(super) email: String,
    pub(super) phone: String,
    pub(super) agenda_theirs: String,
    /// None: nothing was said of recognition.
    pub(super) says: Option<Says>,
    pub(super) recognition_words: String,
}

impl OwnForm {
    /// The form that would edit this entry.
    pub(super) fn of(partner: &Partner) -> Self {
        let own_words = partner.recognition == Recognition::OwnWords;
        let says = match (partner.has_spoken, own_words) {
            (true, true) => Says::OwnWords,
            (true, false) => Says::NotStated,
            (false, _) => Says::AsItStands,
        };
        Self {
            name: partner.name.clone(),
            kind: partner.kind.as_str().to_owned(),
            description: partner.description.clone(),
            communities: partner.communities.join(", "),
            languages: partner.languages.join(", "),
            counties: partner.counties.join(", "),
            brings: partner.brings.clone(),
            city: partner.city.clone(),
            state: partner.state.clone(),
            website: partner.website.clone(),
            email: partner.email.clone(),
            phone: partner.phone.clone(),
            agenda_theirs: partner.agenda_theirs.clone(),
            recognition: says.as_str().to_owned(),
            recognition_words: if own_words { partner.recognition_words.clone() } else { String::new() },
        }
    }

    pub(super) fn parse(&self) -> Result<OwnEntry, Problems> {
        let mut p = Problems::default();
        let entry = OwnEntry {
            name: p.text("name", &self.name, NAME_AT_MOST, "Enter your name as you write it yourselves"),
            kind: p.optional_one_of("kind", &self.kind),
            description: p.optional_prose("description", &self.description, DESCRIPTION_AT_MOST),
            communities: p.list_of("communities", &self.communities),
            languages: p.list_of("languages", &self.languages),
            counties: counties(p.list_of("counties", &self.counties)),
            brings: self.brings.iter().filter(|one| Brings::parse(one).is_some()).cloned().collect(),
            city: p.optional("city", &self.city, LINE_AT_MOST),
            state: p.optional("state", &self.state, LINE_AT_MOST),
            website: p.optional_link("website", &self.website),
            email: p.optional_email("email", &self.email),
            phone: p.number_or_address("phone", &self.phone, LINE_AT_MOST),
            agenda_theirs: p.optional_prose("agenda_theirs", &self.agenda_theirs, 2000),
            says: p.optional_one_of("recognition", &self.recognition),
            recognition_words: p.optional_prose("recognition_words", &self.recognition_words, 500),
        };
        if entry.says == Some(Says::OwnWords) && entry.recognition_words.is_empty() {
            p.add("recognition_words", "Enter your own words, or choose to say nothing");
        }
        p.or(entry)
    }
}
