//! The forms of a body's own people, as typed.

use super::{
    super::{forms::language, model::Member},
    model::{Act, Admitted, Mandate},
};
use crate::platform::{
    form::{Problems, ticked},
    ids::PartnerId,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Proposing a member of a body.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ProposalForm {
    pub(super) body: String,
    pub(super) name: String,
    /// Ticked where it is somebody else of the same name.
    pub(super) again: String,
}

impl ProposalForm {
    pub(super) fn parse(&self) -> Result<(PartnerId, String, bool), Problems> {
        let mut p = Problems::default();
        let body = p.id("body", &self.body, "Choose the body they come for");
        let name = p.text("name", &self.name, 100, "Enter their name");
        p.or((body, name, ticked(&self.again)))
    }
}

/// Inviting one of one's own people, proposed or not.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct AdmissionForm {
    pub(super) name: String,
    pub(super) email: String,
    /// In which they are written to; empty: as the agency writes.
    pub(super) language: String,
}

impl AdmissionForm {
    pub(super) fn parse(&self) -> Result<Admitted, Problems> {
        let mut p = Problems::default();
        let admitted = Admitted {
            name: p.text("name", &self.name, 100, "Enter their name"),
            email: p.email("email", &self.email, "Enter the email address that the invitation is for"),
            language: language(&mut p, &self.language),
        };
        p.or(admitted)
    }
}

/// What somebody may do in the body's name.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct MandateForm {
    pub(super) steward: String,
    pub(super) speaks: String,
    pub(super) binds: String,
    pub(super) mandate: String,
    pub(super) from: String,
    pub(super) until: String,
}

impl MandateForm {
    pub(super) fn of(member: &Member) -> Self {
        let yes = |on: bool| if on { "yes".to_owned() } else { String::new() };
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        Self {
            steward: yes(member.steward),
            speaks: yes(member.speaks),
            binds: yes(member.binds),
            mandate: member.mandate.clone(),
            from: day(member.mandate_from),
            until: day(member.mandate_until),
        }
    }

    pub(super) fn parse(&self) -> Result<Mandate, Problems> {
        let mut p = Problems::default();
        let mandate = Mandate {
            steward: ticked(&self.steward),
            speaks: ticked(&self.speaks) || ticked(&self.binds),
            binds: ticked(&self.binds),
            words: p.optional_prose("mandate", &self.mandate, 500),
            from: p.optional_day("from", &self.from),
            until: p.optional_day("until", &self.until),
        };
        if mandate.from.zip(mandate.until).is_some_and(|(from, until)| until < from) {
            p.add("until", "Enter a last day that comes after the first");
        }
        p.or(mandate)
    }
}

/// Recording the act by which a body names its first steward.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct FirstStewardForm {
    pub(super) body: String,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) document: String,
    pub(super) dated: String,
    pub(super) reference: String,
    pub(super) received_by: String,
    /// In which they are written to; empty: as the agency writes.
    pub(super) language: String,
}

impl FirstStewardForm {
    pub(super) fn parse(&self, today: NaiveDate) -> Result<Act, Problems> {
        let mut p = Problems::default();
        let act = Act {
            body: p.id("body", &self.body, "Choose the body"),
            name: p.text("name", &self.name, 100, "Enter the name of the steward as the act has it"),
            email: p.email("email", &self.email, "Enter the email address that the invitation is for"),
            document: p.one_of("document", &self.document, "Choose what the body sent"),
            dated: p.day("dated", &self.dated, "Enter the day on the document"),
            reference: p.text("reference", &self.reference, 200, "Enter its number or how it is filed"),
            received_by: p.id("received_by", &self.received_by, "Choose who received it"),
            language: language(&mut p, &self.language),
        };
        if act.dated > today {
            p.add("dated", "Enter a day that is not ahead of us");
        }
        p.or(act)
    }
}
