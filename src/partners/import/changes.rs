//! What a row would change of a partner that is already there. A silent row changes nothing, and lists only grow.

use super::{headings::Field, particulars::Particulars};
use crate::platform::{fold::fold, labels::Label as _};
use serde::{Deserialize, Serialize};

/// One field that would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The field.
    #[serde(with = "super::labelled")]
    pub field: Field,
    /// As it is, for reading.
    pub was: String,
    /// As the row has it; for lists only what would be added.
    pub becomes: String,
}

impl Change {
    /// The field is a list: what is there stays, and the row's own is joined to it.
    #[must_use]
    pub fn grows(&self) -> bool {
        matches!(self.field, Field::FormerNames | Field::Counties | Field::Languages | Field::Communities | Field::Brings)
    }

    /// What parts the entries of the list.
    #[must_use]
    pub fn between(&self) -> &'static str {
        if self.field == Field::FormerNames { "; " } else { ", " }
    }
}

/// The changes, in the order of the fields.
pub(super) fn changes(was: &Particulars, row: &Particulars) -> Vec<Change> {
    Field::ALL.iter().filter_map(|&field| Some(Change { field, was: was.shown(field), becomes: becomes(field, was, row)? })).collect()
}

fn becomes(field: Field, was: &Particulars, row: &Particulars) -> Option<String> {
    match field {
        Field::FormerNames => {
            let known: Vec<String> = was.former_names.iter().chain([&was.name, &row.name]).map(|name| fold(name)).collect();
            added(&known, &row.former_names, "; ")
        }
        Field::Counties => added(&was.counties.iter().map(|one| fold(one)).collect::<Vec<_>>(), &row.counties, ", "),
        Field::Languages => added(&was.languages.iter().map(|one| fold(one)).collect::<Vec<_>>(), &row.languages, ", "),
        Field::Communities => added(&was.communities.iter().map(|one| fold(one)).collect::<Vec<_>>(), &row.communities, ", "),
        Field::Brings => {
            let new = super::Particulars {
                brings: row.brings.iter().filter(|one| !was.brings.contains(one)).cloned().collect(),
                ..Default::default()
            };
            Some(new.shown(Field::Brings)).filter(|new| !new.is_empty())
        }
        // What is a Tribe, and what is none, no list decides.
        Field::Kind if was.is_tribe() != row.is_tribe() && was.kind.is_some() => None,
        // The id of a private list says nothing of the partner.
        Field::OfficialId if row.official_id.starts_with("list:") => None,
        _ => {
            let (old, new) = (was.shown(field), row.shown(field));
            (!new.is_empty() && compared(field, &old) != compared(field, &new)).then_some(new)
        }
    }
}

fn added(known: &[String], row: &[String], between: &str) -> Option<String> {
    let new: Vec<&str> = row.iter().filter(|one| !known.contains(&fold(one))).map(String::as_str).collect();
    (!new.is_empty()).then(|| new.join(between))
}

/// Without what is only another way to write the same.
fn compared(field: Field, value: &str) -> String {
    match field {
        Field::Phone => value.chars().filter(char::is_ascii_digit).collect(),
        Field::Email => value.to_lowercase(),
        Field::Website => {
            let lower = value.to_lowercase();
            let bare = lower.split_once("://").map_or(lower.as_str(), |(_, rest)| rest);
            bare.trim_start_matches("www.").trim_end_matches('/').to_owned()
        }
        Field::City | Field::State => fold(value),
        _ => value.split_whitespace().collect::<Vec<_>>().join(" "),
    }
}
