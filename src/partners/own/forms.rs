//! The own entry, as typed.

use crate::{
    partners::model::{Brings, Partner, Recognition},
    platform::{form::Problems, labels::Label as _},
};
use serde::{Deserialize, Serialize};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct OwnForm {
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
    pub(super) recognition_words: String,
}

/// The same, parsed.
#[derive(Debug)]
pub(super) struct OwnEntry {
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
    pub(super) recognition_words: String,
}

impl OwnForm {
    /// The form that would edit this entry.
    pub(super) fn of(partner: &Partner) -> Self {
        Self {
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
            recognition_words: if partner.recognition == Recognition::OwnWords { partner.recognition_words.clone() } else { String::new() },
        }
    }

    pub(super) fn parse(&self) -> Result<OwnEntry, Problems> {
        let mut p = Problems::default();
        let entry = OwnEntry {
            description: p.optional_prose("description", &self.description, 4000),
            communities: p.list_of("communities", &self.communities),
            languages: p.list_of("languages", &self.languages),
            counties: p.list_of("counties", &self.counties),
            brings: self.brings.iter().filter(|one| Brings::parse(one).is_some()).cloned().collect(),
            city: p.optional("city", &self.city, 100),
            state: p.optional("state", &self.state, 60),
            website: p.optional_link("website", &self.website),
            email: p.optional_email("email", &self.email),
            phone: p.number_or_address("phone", &self.phone, 60),
            agenda_theirs: p.optional_prose("agenda_theirs", &self.agenda_theirs, 2000),
            recognition_words: p.optional_prose("recognition_words", &self.recognition_words, 500),
        };
        p.or(entry)
    }
}
