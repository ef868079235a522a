//! Raw rows to a table: where the headings are, names for blank and double ones, every row as wide as they are, cells cleaned.

use super::{MOST_CHARACTERS, MOST_COLUMNS, MOST_ROWS, Note, Raw, Refusal, Row, RowFault, Table};
use crate::platform::sheet::unguarded;
use std::collections::HashSet;

/// How far down the headings are looked for.
const LOOKED_AT: usize = 20;
/// The most characters of a heading.
const LONGEST_HEADING: usize = 200;

/// Makes the table. `counts_cells` says that a row's length means something (in CSV it does).
pub(super) fn table(mut raw: Vec<Raw>, counts_cells: bool, mut notes: Vec<Note>) -> Result<Table, Refusal> {
    raw.retain(|row| row.cells.iter().any(|cell| !is_blank(cell)));
    let at = headings_at(&raw).ok_or(Refusal::Blank)?;
    let rows = raw.split_off(at + 1);
    let top = raw.pop().ok_or(Refusal::Blank)?;
    if rows.is_empty() {
        return Err(Refusal::OnlyHeadings);
    }
    if rows.len() > MOST_ROWS {
        return Err(Refusal::TooManyRows);
    }
    if at > 0 {
        notes.push(Note::HeadingsInRow(top.number));
    }
    let named = width(&top);
    let widest = rows.iter().map(width).max().unwrap_or_default().max(named);
    if widest > MOST_COLUMNS {
        return Err(Refusal::TooManyColumns);
    }
    let mut cleaned = 0;
    let headings = headings(&top, named, widest, &mut notes, &mut cleaned);
    note_lengths(&rows, named, counts_cells, &mut notes);
    let rows = rows.into_iter().map(|row| shaped(row, &headings, &mut cleaned)).collect();
    if cleaned > 0 {
        notes.push(Note::ControlCharacters(cleaned));
    }
    Ok(Table { headings, rows, notes, sheet: None, sheets: Vec::new() })
}

/// Whether a cell has nothing to read in it.
pub(super) fn is_blank(cell: &str) -> bool {
    cell.chars().all(|letter| letter.is_whitespace() || is_unwanted(letter))
}

/// The cells to the last that is not blank.
fn width(row: &Raw) -> usize {
    row.cells.iter().rposition(|cell| !is_blank(cell)).map_or(0, |last| last + 1)
}

/// The first row, unless it is a lone title above the headings.
fn headings_at(raw: &[Raw]) -> Option<usize> {
    let filled = |row: &Raw| row.cells.iter().filter(|cell| !is_blank(cell)).count();
    let head = &raw[..raw.len().min(LOOKED_AT)];
    let most = head.iter().map(filled).max()?;
    if most >= 3 && filled(head.first()?) == 1 { head.iter().position(|row| filled(row) * 2 >= most) } else { Some(0) }
}

fn headings(top: &Raw, named: usize, widest: usize, notes: &mut Vec<Note>, cleaned: &mut usize) -> Vec<String> {
    let mut all: Vec<String> = Vec::with_capacity(widest);
    let (mut taken, mut blank, mut double) = (HashSet::new(), Vec::new(), Vec::new());
    for at in 0..widest {
        let text = top.cells.get(at).map(|cell| clean(cell, cleaned)).unwrap_or_default();
        let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LONGEST_HEADING).collect();
        let wanted = if text.is_empty() { format!("Column {}", at + 1) } else { text.clone() };
        let mut name = wanted.clone();
        let mut copy = 2;
        while !taken.insert(name.to_lowercase()) {
            name = format!("{wanted} ({copy})");
            copy += 1;
        }
        if text.is_empty() {
            if at < named {
                blank.push(name.clone());
            }
        } else if copy > 2 {
            double.push(name.clone());
        }
        all.push(name);
    }
    if !blank.is_empty() {
        notes.push(Note::BlankHeadings(blank));
    }
    if !double.is_empty() {
        notes.push(Note::DoubleHeadings(double));
    }
    all
}

fn note_lengths(rows: &[Raw], named: usize, counts_cells: bool, notes: &mut Vec<Note>) {
    let mut short = rows.iter().filter(|row| counts_cells && row.cells.len() < named);
    if let Some(first) = short.next() {
        notes.push(Note::ShortRows { rows: 1 + short.count(), first: first.number });
    }
    let mut long = rows.iter().filter(|row| width(row) > named);
    if let Some(first) = long.next() {
        notes.push(Note::LongRows { rows: 1 + long.count(), first: first.number });
    }
}

fn shaped(row: Raw, headings: &[String], cleaned: &mut usize) -> Row {
    let mut cells: Vec<String> = row.cells.iter().take(headings.len()).map(|cell| clean(cell, cleaned)).collect();
    cells.resize(headings.len(), String::new());
    let mut fault = None;
    for (cell, heading) in cells.iter_mut().zip(headings) {
        if cell.len() > MOST_CHARACTERS
            && let Some((end, _)) = cell.char_indices().nth(MOST_CHARACTERS)
        {
            cell.truncate(end);
            fault = fault.or_else(|| Some(RowFault::LongCell(heading.clone())));
        }
    }
    Row { number: row.number, cells, fault }
}

/// The cell without control characters and outer spaces, and without the apostrophe that our own exports put before a formula.
fn clean(cell: &str, cleaned: &mut usize) -> String {
    let text = cell.replace("\r\n", "\n").replace('\r', "\n");
    let text = if text.contains(is_unwanted) {
        *cleaned += 1;
        text.replace(is_unwanted, "")
    } else {
        text
    };
    unguarded(text.trim()).trim().to_owned()
}

/// Control characters, and marks that turn the direction of all that follows. Line breaks and tabs stay.
fn is_unwanted(letter: char) -> bool {
    (letter.is_control() && !matches!(letter, '\n' | '\t' | '\r'))
        || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}
