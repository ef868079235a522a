//! A list of people as it is kept between its steps, and what becomes of each row.

use crate::{
    mail::Language,
    platform::{
        ids::{MembershipId, PartnerId},
        labels::Label as _,
    },
};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use std::collections::BTreeMap;

crate::id!(
    /// One list of people that was sent in.
    PeopleListId
);

labels! {
    /// How far a list has come.
    pub enum State {
        Checked = "checked", "checked, nobody invited yet";
        Done = "done", "brought in";
        Dropped = "dropped", "dropped";
    }
}

labels! {
    /// What becomes of a row.
    pub enum Outcome {
        Invite = "invite", "to be invited";
        Propose = "propose", "to be proposed to their body";
        There = "there", "here already";
        Refused = "refused", "not taken";
    }
}

/// For how many days the rows of a list are kept after it was brought in, or sent in and left.
pub(super) const KEPT_DAYS: i64 = 30;

/// The most people that one list may hold.
pub(super) const MOST_PEOPLE: usize = 500;

/// One list.
#[derive(Debug, Clone)]
pub(super) struct PeopleList {
    pub(super) id: PeopleListId,
    pub(super) file_name: String,
    /// Sentences about the file.
    pub(super) notes: Vec<String>,
    pub(super) state: State,
    pub(super) row_count: i32,
    pub(super) maker: String,
    pub(super) created_at: DateTime<Utc>,
    pub(super) done_at: Option<DateTime<Utc>>,
    /// Since then only how many came to what is known.
    pub(super) forgotten_at: Option<DateTime<Utc>>,
    /// What is known then: how many rows had which outcome, by its stored word.
    pub(super) counts: BTreeMap<String, i64>,
    pub(super) version: i32,
}

impl PeopleList {
    /// What stays of the report.
    pub(super) fn kept_counts(&self) -> Vec<(Outcome, i64)> {
        self.counts.iter().filter_map(|(outcome, number)| Outcome::parse(outcome).map(|outcome| (outcome, *number))).collect()
    }
}

/// What a row of the file asks for, cell by cell.
#[derive(Debug, Clone, Default)]
pub(super) struct Asked {
    pub(super) number: i32,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) role: String,
    /// The name of a body, or of a body known by its id.
    pub(super) body: Body,
    /// As typed, or as kept.
    pub(super) language: String,
    /// Why the row could not be read at all.
    pub(super) fault: String,
}

impl Asked {
    /// What stands in the cell of a field.
    pub(super) fn cell(&self, field: &str) -> &str {
        match (field, &self.body) {
            ("name", _) => &self.name,
            ("email", _) => &self.email,
            ("language", _) => &self.language,
            ("body", Body::Named(name)) => name,
            _ => "",
        }
    }
}

/// For whom somebody comes.
#[derive(Debug, Clone, Default)]
pub(super) enum Body {
    /// For nobody: the agency's own side.
    #[default]
    None,
    /// As the file names it.
    Named(String),
    /// A row that was checked before.
    Known(PartnerId),
}

/// A row after the check.
#[derive(Debug, Clone)]
pub(super) struct Judged {
    pub(super) number: i32,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) role: String,
    pub(super) body: Option<PartnerId>,
    /// In which they are written to; none: as the agency writes.
    pub(super) language: Option<Language>,
    pub(super) outcome: Outcome,
    /// Why, for a row of which nothing comes.
    pub(super) reason: String,
}

/// A row as the report shows it.
#[derive(Debug, Clone)]
pub(super) struct ReportRow {
    pub(super) number: i32,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) role: String,
    pub(super) body_name: Option<String>,
    /// The name of the language in which they are written to, where the list said.
    pub(super) language: Option<String>,
    pub(super) outcome: Outcome,
    pub(super) reason: String,
    /// Who came of it.
    pub(super) member: Option<MembershipId>,
}

/// Somebody who is here or invited, as far as the asker may know; people with lived experience are never among them.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Here {
    pub(super) name: String,
    pub(super) role: String,
    pub(super) body: Option<PartnerId>,
    pub(super) emails: Vec<String>,
}

/// A body that somebody may come for.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct KnownBody {
    pub(super) id: PartnerId,
    pub(super) name: String,
    /// Somebody there may let others in.
    pub(super) has_steward: bool,
}

/// What the rows are compared with.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Known {
    pub(super) people: Vec<Here>,
    pub(super) bodies: Vec<KnownBody>,
    /// The asker's own address.
    pub(super) own: Option<String>,
}
