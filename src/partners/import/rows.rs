//! One row of a list to a partner’s particulars. A value that cannot be used is left out with a word; only a row without a usable
//! name, or with text that identifies a child, is refused, and never stops the others.

use super::{
    headings::{Field, Mapping},
    kinds::kind_of,
    particulars::Particulars,
    words::{email, link, list, names, official_id, phone, squeezed},
};
use crate::{
    partners::model::{Brings, DESCRIPTION_AT_MOST, LINE_AT_MOST, NAME_AT_MOST, counties},
    platform::{
        fold::fold,
        labels::Label,
        screen,
        tables::{Row, Table},
    },
};
use serde::{Deserialize, Serialize};

/// The most characters of a former name.
const FORMER_NAME_AT_MOST: usize = 2_000;

/// A row that can be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRow {
    /// The number beside the row in a spreadsheet.
    pub number: usize,
    /// What it says.
    pub particulars: Particulars,
    /// What was left out or changed, and why.
    pub notes: Vec<RowNote>,
}

/// A word about one value of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowNote {
    /// The field.
    #[serde(with = "super::labelled")]
    pub field: Field,
    /// What happened to it.
    pub sentence: String,
}

/// A row that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Row {number}: {reason}")]
pub struct Refused {
    /// The number beside the row in a spreadsheet.
    pub number: usize,
    /// Why, and what to do.
    pub reason: String,
}

/// Parses all rows. The mapping should have no problems; without a column for the name every row is refused.
#[must_use]
pub fn parse(table: &Table, mapping: &Mapping) -> Vec<Result<ImportRow, Refused>> {
    let reader = RowReader::new(table, mapping);
    table
        .rows
        .iter()
        .map(|row| {
            let (particulars, notes) = reader.particulars(row)?;
            let length = particulars.name.chars().count();
            if length > NAME_AT_MOST {
                return Err(refused(row, format!("Shorten the name to {NAME_AT_MOST} characters; it has {length}")));
            }
            Ok(ImportRow { number: row.number, particulars, notes })
        })
        .collect()
}

fn refused(row: &Row, reason: impl Into<String>) -> Refused {
    Refused { number: row.number, reason: reason.into() }
}

/// Reads the rows of one table under one mapping.
pub(super) struct RowReader<'a> {
    table: &'a Table,
    mapping: &'a Mapping,
    /// Names are parted by `|` wherever the table has one in such a column: then a semicolon belongs to a name.
    bars: bool,
}

impl<'a> RowReader<'a> {
    pub(super) fn new(table: &'a Table, mapping: &'a Mapping) -> Self {
        let columns: Vec<usize> = mapping.of(Field::FormerNames).collect();
        let bars = table.rows.iter().any(|row| columns.iter().any(|&at| row.cells.get(at).is_some_and(|cell| cell.contains('|'))));
        Self { table, mapping, bars }
    }

    /// The cell of a field as written.
    fn cell<'r>(&self, row: &'r Row, field: Field) -> &'r str {
        self.cells(row, field).next().unwrap_or_default()
    }

    fn cells<'r>(&self, row: &'r Row, field: Field) -> impl Iterator<Item = &'r str> {
        self.mapping.of(field).filter_map(|at| row.cells.get(at)).map(String::as_str)
    }

    /// Every cell that is taken over, but ids and addresses of the web, in which long numbers are usual.
    fn read_cells<'r>(&self, row: &'r Row) -> impl Iterator<Item = &'r str> {
        let taken = |field: &Option<Field>| field.is_some_and(|field| !matches!(field, Field::OfficialId | Field::Website));
        self.mapping.columns.iter().zip(&row.cells).filter(move |(field, _)| taken(field)).map(|(_, cell)| cell.as_str())
    }

    /// The name on one line.
    pub(super) fn raw_name(&self, row: &Row) -> String {
        squeezed(self.cell(row, Field::Name))
    }

    /// What the row says, and what had to be left out.
    pub(super) fn particulars(&self, row: &Row) -> Result<(Particulars, Vec<RowNote>), Refused> {
        if let Some(fault) = &row.fault {
            return Err(refused(row, fault.to_string()));
        }
        let name = self.raw_name(row);
        if !name.contains(char::is_alphanumeric) {
            return Err(refused(row, "Add a name: this row has none"));
        }
        let mut notes = Notes(Vec::new());
        let description = self.cell(row, Field::Description);
        let former_names: Vec<String> = self
            .cells(row, Field::FormerNames)
            .flat_map(|cell| names(cell, self.bars))
            .filter(|former| *former != name && former.chars().count() <= FORMER_NAME_AT_MOST)
            .collect();
        if let Some(found) = self.read_cells(row).find_map(screen::identifying) {
            return Err(refused(row, found.message()));
        }
        let kind_text = squeezed(self.cell(row, Field::Kind));
        let kind = kind_of(&kind_text);
        if kind.is_none() && !kind_text.is_empty() {
            notes.add(Field::Kind, format!("“{kind_text}” is none of our kinds. Choose the kind on the partner’s page"));
        }
        let heading = self.mapping.of(Field::OfficialId).next().and_then(|at| self.table.headings.get(at));
        let found = Particulars {
            official_id: heading.map(|heading| official_id(heading, self.cell(row, Field::OfficialId))).unwrap_or_default(),
            kind,
            city: notes.line(Field::City, self.cell(row, Field::City)),
            state: notes.line(Field::State, self.cell(row, Field::State)),
            counties: notes.list(Field::Counties, counties(self.cells(row, Field::Counties).flat_map(list).collect())),
            languages: notes.list(Field::Languages, self.cells(row, Field::Languages).flat_map(list).collect()),
            website: notes.usable(Field::Website, self.cell(row, Field::Website), link, "It must begin with http:// or https://"),
            email: notes.usable(Field::Email, self.cell(row, Field::Email), email, "It is not an email address"),
            phone: notes.usable(Field::Phone, self.cell(row, Field::Phone), phone, "It is not a phone number"),
            description: notes.shortened(Field::Description, description.trim()),
            contracted: notes.flag(self.cell(row, Field::Contracted)),
            stage: notes.labelled(Field::Stage, &squeezed(self.cell(row, Field::Stage)), "It is none of our stages"),
            communities: notes.list(Field::Communities, self.cells(row, Field::Communities).flat_map(list).collect()),
            brings: notes.brings(self.cells(row, Field::Brings).flat_map(list)),
            name,
            former_names,
        };
        Ok((found, notes.0))
    }
}

struct Notes(Vec<RowNote>);

impl Notes {
    fn add(&mut self, field: Field, sentence: String) {
        self.0.push(RowNote { field, sentence });
    }

    fn usable(&mut self, field: Field, value: &str, read: fn(&str) -> Option<String>, why: &str) -> String {
        let value = squeezed(value);
        if value.is_empty() {
            return value;
        }
        read(&value).unwrap_or_else(|| {
            let shown: String = value.chars().take(60).collect();
            self.add(field, format!("“{shown}” was left out. {why}"));
            String::new()
        })
    }

    fn line(&mut self, field: Field, value: &str) -> String {
        let short = |value: &str| (value.chars().count() <= LINE_AT_MOST).then(|| value.to_owned());
        self.usable(field, value, short, "It has more than 100 characters")
    }

    fn list(&mut self, field: Field, mut values: Vec<String>) -> Vec<String> {
        let before = values.len();
        values.retain(|value| value.chars().count() <= LINE_AT_MOST);
        values.truncate(50);
        if values.len() < before {
            self.add(field, format!("{} entries were left out: at most 50 of at most 100 characters", before - values.len()));
        }
        values
    }

    fn shortened(&mut self, field: Field, value: &str) -> String {
        let Some((end, _)) = value.char_indices().nth(DESCRIPTION_AT_MOST) else { return value.to_owned() };
        self.add(field, format!("The text was cut after {DESCRIPTION_AT_MOST} characters"));
        value[..end].to_owned()
    }

    /// A word of one of our lists, as we write it or as the database does.
    fn labelled<L: Label>(&mut self, field: Field, value: &str, why: &str) -> Option<L> {
        let folded = fold(value);
        let found = L::ALL.iter().copied().find(|one| fold(one.label()) == folded || fold(one.as_str()) == folded);
        if found.is_none() && !folded.is_empty() {
            self.add(field, format!("“{}” was left out. {why}", value.chars().take(60).collect::<String>()));
        }
        found
    }

    fn brings(&mut self, values: impl Iterator<Item = String>) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        for value in values {
            let found: Option<Brings> =
                self.labelled(Field::Brings, &value, "Write lived experience, action in the community, or knowledge of the system");
            let text = found.map(|one| one.as_str().to_owned());
            all.extend(text.filter(|text| !all.contains(text)));
        }
        all
    }

    fn flag(&mut self, value: &str) -> Option<bool> {
        match squeezed(value).to_lowercase().as_str() {
            "yes" | "y" | "true" | "1" | "x" | "contracted" | "✓" => Some(true),
            "no" | "n" | "false" | "0" | "none" | "not contracted" => Some(false),
            "" => None,
            other => {
                self.add(Field::Contracted, format!("“{}” was left out. Write yes or no", other.chars().take(60).collect::<String>()));
                None
            }
        }
    }
}
