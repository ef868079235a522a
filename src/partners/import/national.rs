//! The two national lists of Tribes. They fill a look-up of names; a partner is made only of a row that a person picks.
//! Columns that speak of recognition are not read: that is a fact of its own, with a source and a date.

use super::rows::{Refused, RowReader};
use crate::platform::{fold::fold, tables::Table};

/// A list known by its headings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NationalList {
    /// The Tribal Leaders Directory of the Bureau of Indian Affairs.
    Bia,
    /// The Tribes Names Service of the Environmental Protection Agency.
    Epa,
}

/// One name of the look-up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NationalName {
    /// The row in the file.
    pub number: usize,
    /// As in [`super::Particulars::official_id`].
    pub official_id: String,
    /// As written, of any length; a partner’s name holds 300 characters.
    pub name: String,
    /// Other and former names.
    pub other_names: Vec<String>,
    /// Where: city and state, or states.
    pub place: String,
    /// An http or https address, or empty.
    pub website: String,
}

impl NationalList {
    /// The list that these headings belong to.
    #[must_use]
    pub fn detect(headings: &[String]) -> Option<Self> {
        let keys: Vec<String> = headings.iter().map(|heading| fold(heading).replace(' ', "")).collect();
        let has = |key: &str| keys.iter().any(|one| one == key);
        if has("tribefullname") && ["biaregion", "biaagency", "lartype"].into_iter().any(has) {
            Some(Self::Bia)
        } else if (has("epaid") && has("biacode")) || has("epatribalinternalid") {
            Some(Self::Epa)
        } else {
            None
        }
    }

    /// The names of the list, row by row. A row without a name is refused and the others go on.
    #[must_use]
    pub fn names(self, table: &Table) -> Vec<Result<NationalName, Refused>> {
        let mapping = super::propose(&table.headings);
        let reader = RowReader::new(table, &mapping);
        table
            .rows
            .iter()
            .map(|row| {
                let (found, _) = reader.particulars(row)?;
                let name = reader.raw_name(row);
                let place = [found.city, found.state].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
                Ok(NationalName {
                    number: row.number,
                    official_id: found.official_id,
                    name,
                    other_names: found.former_names,
                    place: place.replace('|', ", "),
                    website: found.website,
                })
            })
            .collect()
    }
}
