//! An import as it is kept between its steps: what was read of each row and what a person decided.

use super::{Change, Particulars, RowNote, Same};
use crate::platform::ids::{FileId, PartnerId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

crate::id!(
    /// One list that was sent in.
    ImportId
);
crate::id!(
    /// A name in the look-up of a national list.
    ListedId
);

labels! {
    /// How far an import has come.
    pub enum State {
        Uploaded = "uploaded", "columns to choose";
        Checked = "checked", "checked, not yet brought in";
        Done = "done", "brought in";
        Dropped = "dropped", "dropped";
    }
}

labels! {
    /// What a list fills.
    pub enum What {
        Partners = "partners", "partners";
        Bia = "bia", "look-up of names, BIA Tribal Leaders Directory";
        Epa = "epa", "look-up of names, EPA Tribes Names Service";
    }
}

impl What {
    /// A national list: it fills the look-up and makes no partner.
    #[must_use]
    pub fn is_national(self) -> bool {
        self != Self::Partners
    }
}

labels! {
    /// What becomes of a row.
    pub enum RowState {
        Double = "double", "likely double";
        Added = "added", "new";
        Changed = "changed", "changes";
        Same = "same", "already there";
        Listed = "listed", "new name";
        Refused = "refused", "refused";
        Left = "left", "left out";
    }
}

labels! {
    /// What a person decided on a row.
    pub enum Choice {
        Add = "add", "A new partner";
        Merge = "merge", "The same as another";
        Leave = "leave", "Leave this row out";
    }
}

/// What was chosen before the check, and what the file said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Chosen {
    /// The sheet of a workbook, or empty.
    pub(super) sheet: String,
    /// For each column the text of a field, or empty.
    pub(super) columns: Vec<String>,
    /// The kind where a row says none, as text.
    pub(super) kind: String,
}

/// One import.
#[derive(Debug, Clone)]
pub(super) struct Import {
    pub(super) id: ImportId,
    pub(super) file: Option<FileId>,
    pub(super) file_name: String,
    pub(super) what: What,
    pub(super) chosen: Chosen,
    /// Sentences about the file.
    pub(super) notes: Vec<String>,
    pub(super) state: State,
    pub(super) row_count: i32,
    pub(super) maker: String,
    pub(super) created_at: DateTime<Utc>,
    pub(super) done_at: Option<DateTime<Utc>>,
    pub(super) version: i32,
}

/// What a row keeps beside its outcome.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Details {
    pub(super) particulars: Particulars,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) changes: Vec<Change>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) notes: Vec<RowNote>,
    /// Likely the same, the likeliest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) same: Vec<Same<PartnerId>>,
}

/// A row after the check, on its way into the database.
#[derive(Debug, Clone, Serialize)]
pub(super) struct NewRow {
    pub(super) number: i32,
    pub(super) name: String,
    pub(super) outcome: &'static str,
    pub(super) reason: String,
    pub(super) details: Details,
    pub(super) partner: Option<PartnerId>,
    /// The earlier row of the file that it repeats.
    pub(super) same_row: Option<i32>,
}

/// A row as the report shows it.
#[derive(Debug, Clone)]
pub(super) struct ReportRow {
    pub(super) number: i32,
    pub(super) name: String,
    pub(super) outcome: RowState,
    pub(super) reason: String,
    pub(super) details: Details,
    pub(super) partner: Option<PartnerId>,
    pub(super) partner_name: Option<String>,
    pub(super) choice: Option<Choice>,
    pub(super) same_row: Option<i32>,
}

impl ReportRow {
    /// What the row says, as a person reads it: label and value of each field that is not empty.
    pub(super) fn facts(&self) -> Vec<(&'static str, String)> {
        facts(&self.details.particulars)
    }

    /// The value of the radio button that stands for what was decided.
    pub(super) fn chosen(&self) -> String {
        match (self.choice, self.partner, self.same_row) {
            (Some(Choice::Add), ..) => "add".to_owned(),
            (Some(Choice::Leave), ..) => "leave".to_owned(),
            (Some(Choice::Merge), Some(partner), _) => partner.to_string(),
            (Some(Choice::Merge), None, Some(row)) => format!("row-{row}"),
            _ => String::new(),
        }
    }
}

/// Label and value of each field that is not empty, without the name and the id.
pub(super) fn facts(one: &Particulars) -> Vec<(&'static str, String)> {
    use crate::platform::labels::Label as _;
    super::Field::ALL
        .iter()
        .filter(|field| !matches!(field, super::Field::Name | super::Field::OfficialId))
        .map(|&field| (field.label(), one.shown(field)))
        .filter(|(_, value)| !value.is_empty())
        .collect()
}

/// How many rows have which outcome.
pub(super) type Counts = BTreeMap<RowState, i64>;

/// A name of the look-up.
#[derive(Debug, Clone)]
pub(in crate::partners) struct Listed {
    pub(super) id: ListedId,
    pub(super) list: What,
    pub(super) official_id: String,
    /// As the list writes it.
    pub(in crate::partners) name: String,
    /// Where.
    pub(in crate::partners) states: String,
    pub(super) alternates: Vec<String>,
    /// The partner that was made of it, if any.
    pub(super) partner: Option<PartnerId>,
}

/// A partner that is called as a name of the look-up is.
#[derive(Debug, Clone)]
pub(super) struct Alike {
    pub(super) listed: ListedId,
    pub(super) partner: PartnerId,
    pub(super) name: String,
}

/// The list that a partner came with, or that changed it last.
#[derive(Debug, Clone)]
pub(in crate::partners) struct Source {
    pub(in crate::partners) import: ImportId,
    pub(in crate::partners) file_name: String,
    pub(in crate::partners) row: i32,
    pub(in crate::partners) changed: bool,
    pub(in crate::partners) done_at: Option<DateTime<Utc>>,
}

/// What an import did, in numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) added: usize,
    pub(super) changed: usize,
    pub(super) left: usize,
}
