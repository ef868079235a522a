//! The forms of the list of members, as typed.

use super::{
    me::Channel,
    model::{AgencyRole, Invited},
};
use crate::{
    mail::Language,
    platform::{
        form::{Choice, Problems, ticked},
        labels::Label as _,
    },
};
use serde::{Deserialize, Serialize};

/// What the form sends for a person with lived experience.
const COMMUNITY: &str = "community";

/// Inviting somebody.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct InviteForm {
    pub(super) role: String,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) reader: Vec<String>,
    /// Of a person with lived experience, as they said when they were asked: how they are reached.
    pub(super) channel: String,
    /// And whether a letter may name the agency.
    pub(super) may_name_agency: String,
    /// In which they are written to; empty: as the agency writes.
    pub(super) language: String,
    /// Ticked when they are a member already and are to have another role.
    pub(super) again: String,
}

impl InviteForm {
    /// `open`: the roles on the agency's side that this person gives.
    pub(super) fn roles(open: &[AgencyRole]) -> Vec<Choice> {
        let community = Choice::new(COMMUNITY, "Person with lived experience")
            .hint("Speaks for themselves, without a body. Only they and the facilitators you name below know who they are, until they choose themselves; to others they are “community member”.");
        open.iter().map(|role| Choice::new(role.as_str(), role.label()).hint(role.meaning())).chain([community]).collect()
    }

    pub(super) fn parse(&self) -> Result<Invited, Problems> {
        let mut p = Problems::default();
        let role = if self.role == COMMUNITY { None } else { Some(p.one_of("role", &self.role, "Choose what they are invited as")) };
        let invited = Invited {
            name: p.text("name", &self.name, 100, "Enter their name"),
            email: p.email("email", &self.email, "Enter the email address that the invitation is for"),
            role,
            channel: p.optional_one_of::<Channel>("channel", &self.channel),
            may_name_agency: role.is_none() && ticked(&self.may_name_agency),
            language: language(&mut p, &self.language),
            readers: self.reader.iter().filter_map(|id| id.parse().ok()).collect(),
            again: ticked(&self.again),
        };
        if role.is_none() && invited.readers.is_empty() {
            p.add("reader", "Choose at least one facilitator whom they work with");
        }
        p.or(invited)
    }
}

/// In which language somebody is written to, where whoever invites them knows.
pub(super) fn language(p: &mut Problems, typed: &str) -> Option<Language> {
    if typed.is_empty() { None } else { Language::chosen(p, typed) }
}

/// Suspending somebody.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct SuspensionForm {
    pub(super) why: String,
    /// Ticked by whoever leaves the agency without a director.
    pub(super) sure: String,
}

impl SuspensionForm {
    pub(super) fn parse(&self) -> Result<(String, bool), Problems> {
        let mut p = Problems::default();
        let why = p.prose("why", &self.why, 500, "Enter why: they, their stewards, directors and administrators read it");
        p.or((why, ticked(&self.sure)))
    }
}

/// Another role.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct RoleForm {
    pub(super) role: String,
}

impl RoleForm {
    pub(super) fn parse(&self) -> Result<AgencyRole, Problems> {
        let mut p = Problems::default();
        let role = p.one_of("role", &self.role, "Choose a role");
        p.or(role)
    }
}
