//! From a file's bytes to the rows of the report. Pure and slow: runs aside. Of a refused row nothing is kept but its number
//! and the reason.

use super::{
    Field, Finder, ImportRow, Known, Mapping, NationalList, NationalName, Outcome, Particulars, Refused, Same,
    changes::changes,
    kind_of,
    model::{Chosen, Details, Listed, NewRow, RowState, What},
    parse, propose,
};
use crate::platform::{
    ids::PartnerId,
    labels::Label as _,
    tables::{self, Refusal, Table},
    words,
};
use std::collections::HashMap;

/// How many rows are shown before anything is decided.
const SHOWN: usize = 5;

/// A file as the page of columns shows it.
#[derive(Debug, Clone)]
pub(super) struct Preview {
    /// Heading, the field it is taken as (its text, or empty), the first cells.
    pub(super) columns: Vec<(String, String, Vec<String>)>,
    pub(super) sheet: String,
    pub(super) sheets: Vec<String>,
    pub(super) notes: Vec<String>,
    pub(super) rows: usize,
    pub(super) what: What,
}

/// Everything that the check found.
#[derive(Debug)]
pub(super) struct Checked {
    pub(super) what: What,
    pub(super) rows: Vec<NewRow>,
    pub(super) notes: Vec<String>,
    pub(super) chosen: Chosen,
}

/// Reads a file, or its sheet of this name.
pub(super) fn read(bytes: &[u8], file_name: &str, sheet: &str) -> Result<Table, Refusal> {
    tables::read(bytes, file_name, (!sheet.is_empty()).then_some(sheet))
}

/// What the headings say that the list fills.
pub(super) fn what(table: &Table) -> What {
    match NationalList::detect(&table.headings) {
        Some(NationalList::Bia) => What::Bia,
        Some(NationalList::Epa) => What::Epa,
        None => What::Partners,
    }
}

/// The first rows, each column with the field chosen for it or proposed.
pub(super) fn preview(table: &Table, chosen: &Chosen) -> Preview {
    let same_sheet = chosen.sheet == table.sheet.clone().unwrap_or_default();
    let mapping = if chosen.columns.is_empty() || !same_sheet {
        propose(&table.headings)
    } else {
        Mapping::chosen(&chosen.columns, table.headings.len())
    };
    let cells = |at: usize| {
        let rows = table.rows.iter().take(SHOWN);
        rows.map(|row| row.cells.get(at).map(|cell| cell.chars().take(80).collect()).unwrap_or_default()).collect()
    };
    let field = |at: usize| mapping.columns.get(at).copied().flatten().map_or("", |field: Field| field.as_str()).to_owned();
    Preview {
        columns: table.headings.iter().enumerate().map(|(at, heading)| (heading.clone(), field(at), cells(at))).collect(),
        sheet: table.sheet.clone().unwrap_or_default(),
        sheets: table.sheets.clone(),
        notes: table.notes.iter().map(ToString::to_string).collect(),
        rows: table.rows.len(),
        what: what(table),
    }
}

/// Compares every row with the partners.
pub(super) fn check_partners(table: &Table, chosen: Chosen, known: &[Known<PartnerId>]) -> Checked {
    let mapping = Mapping::chosen(&chosen.columns, table.headings.len());
    let otherwise = kind_of(&chosen.kind).or_else(|| crate::partners::model::Kind::parse(&chosen.kind));
    let mut finder = Finder::new(known);
    let parsed = parse(table, &mapping);
    let rows = parsed
        .iter()
        .map(|row| {
            let outcome = finder.classify(row.clone());
            let lost = if let Outcome::AlreadyThere(Same::Row(earlier)) = outcome { lost_of(&parsed, earlier, row) } else { String::new() };
            let mut made = partner_row(row.clone(), outcome, otherwise);
            made.reason.push_str(&lost);
            made
        })
        .collect();
    Checked { what: What::Partners, rows, notes: table.notes.iter().map(ToString::to_string).collect(), chosen }
}

/// The partners that this one may be the same as: by official id, by a name, and, where no Tribe is concerned, by likeness.
pub(in crate::partners) fn likely_same(known: Vec<Known<PartnerId>>, this: PartnerId) -> Vec<PartnerId> {
    let (own, others): (Vec<_>, Vec<_>) = known.into_iter().partition(|one| one.id == this);
    let Some(own) = own.into_iter().next() else { return Vec::new() };
    let row = ImportRow { number: 0, particulars: own.particulars, notes: Vec::new() };
    match Finder::new(&others).classify(Ok(row)) {
        Outcome::Changed(id, _) | Outcome::AlreadyThere(Same::Partner(id)) => vec![id],
        Outcome::LikelyDouble(same, _) => {
            same.into_iter().filter_map(|one| if let Same::Partner(id) = one { Some(id) } else { None }).collect()
        }
        _ => Vec::new(),
    }
}

/// What a row says otherwise than the earlier row that stands for the same, and is not taken: ". Not taken from this row: email (a@b.example)".
fn lost_of(rows: &[Result<ImportRow, Refused>], earlier: usize, row: &Result<ImportRow, Refused>) -> String {
    let earlier = rows.iter().flatten().find(|one| one.number == earlier);
    let Some((earlier, row)) = earlier.zip(row.as_ref().ok()) else { return String::new() };
    let lost: Vec<String> = changes(&earlier.particulars, &row.particulars)
        .iter()
        .map(|change| format!("{} ({})", change.field.label(), change.becomes))
        .collect();
    if lost.is_empty() { String::new() } else { format!(". Not taken from this row: {}", words::listed(&lost)) }
}

fn partner_row(row: Result<ImportRow, Refused>, outcome: Outcome<PartnerId>, otherwise: Option<crate::partners::model::Kind>) -> NewRow {
    let Ok(row) = row else { return refused(row.err()) };
    let mut details = Details { particulars: row.particulars, notes: row.notes, ..Details::default() };
    let mut same_row = None;
    let (state, reason, partner) = match outcome {
        Outcome::Added => (RowState::Added, String::new(), None),
        Outcome::AlreadyThere(Same::Partner(id)) => (RowState::Same, String::new(), Some(id)),
        Outcome::AlreadyThere(Same::Row(earlier)) => {
            same_row = Some(number(earlier));
            (RowState::Same, format!("The same as row {earlier}"), None)
        }
        Outcome::Changed(id, changes) => {
            details.changes = changes;
            (RowState::Changed, String::new(), Some(id))
        }
        Outcome::LikelyDouble(same, why) => {
            details.same = same;
            (RowState::Double, why.to_string(), None)
        }
        Outcome::Refused(why) => return refused(Some(why)),
    };
    if details.particulars.kind.is_none() && matches!(state, RowState::Added | RowState::Double) {
        details.particulars.kind = otherwise;
    }
    NewRow {
        number: number(row.number),
        name: details.particulars.name.clone(),
        outcome: state.as_str(),
        reason,
        details,
        partner,
        same_row,
    }
}

fn refused(why: Option<Refused>) -> NewRow {
    let (at, reason) = why.map_or((0, String::new()), |why| (why.number, why.reason));
    NewRow {
        number: number(at),
        name: String::new(),
        outcome: RowState::Refused.as_str(),
        reason,
        details: Details::default(),
        partner: None,
        same_row: None,
    }
}

fn number(row: usize) -> i32 {
    i32::try_from(row).unwrap_or(i32::MAX)
}

/// Compares every name of a national list with the look-up.
pub(super) fn check_names(table: &Table, list: NationalList, chosen: Chosen, there: &[Listed]) -> Checked {
    let there: HashMap<&str, &Listed> = there.iter().map(|one| (one.official_id.as_str(), one)).collect();
    let mut seen: HashMap<String, usize> = HashMap::new();
    let rows = list.names(table).into_iter().map(|name| name_row(name, &there, &mut seen)).collect();
    Checked { what: what(table), rows, notes: table.notes.iter().map(ToString::to_string).collect(), chosen }
}

fn name_row(name: Result<NationalName, Refused>, there: &HashMap<&str, &Listed>, seen: &mut HashMap<String, usize>) -> NewRow {
    let Ok(name) = name else { return refused(name.err()) };
    if name.official_id.is_empty() {
        return refused(Some(Refused { number: name.number, reason: "Add the id: this list knows each name by one".to_owned() }));
    }
    let (state, reason) = match (seen.get(&name.official_id), there.get(name.official_id.as_str())) {
        (Some(row), _) => (RowState::Same, format!("The same id as row {row}")),
        (None, None) => (RowState::Listed, String::new()),
        (None, Some(was)) if was.name == name.name && was.states == name.place && was.alternates == name.other_names => {
            (RowState::Same, String::new())
        }
        (None, Some(was)) if was.name == name.name => (RowState::Changed, "Other names or places".to_owned()),
        (None, Some(was)) => (RowState::Changed, format!("Until now: {}", was.name)),
    };
    seen.entry(name.official_id.clone()).or_insert(name.number);
    let particulars = Particulars {
        name: name.name.clone(),
        official_id: name.official_id,
        former_names: name.other_names,
        state: name.place,
        website: name.website,
        ..Particulars::default()
    };
    let details = Details { particulars, ..Details::default() };
    NewRow { number: number(name.number), name: name.name, outcome: state.as_str(), reason, details, partner: None, same_row: None }
}
