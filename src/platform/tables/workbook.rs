//! One sheet of a workbook to rows of text, cell by cell, so that a sheet of a million empty cells takes no memory.
//! Only for files that `archive` has measured.

use super::{MOST_COLUMNS, MOST_ROWS, Note, Raw, Refusal, shape};
use calamine::{DataRef, ExcelDateTime, Reader as _, SheetType, SheetVisible, Xlsx};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Rows of titles that may stand above the headings.
const ABOVE: usize = 20;

/// What the workbook held.
pub(super) struct Found {
    pub(super) rows: Vec<Raw>,
    pub(super) notes: Vec<Note>,
    pub(super) sheet: String,
    pub(super) sheets: Vec<String>,
}

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

/// Reads the sheet of this name, or the first that can be seen and holds more than a line.
pub(super) fn read(bytes: &[u8], wanted: Option<&str>) -> Result<Found, Refusal> {
    // The reader may give up on a number or a reference written against the rules; such a file is damaged, no more.
    catch_unwind(AssertUnwindSafe(|| find(bytes, wanted))).unwrap_or(Err(Refusal::Damaged))
}

fn find(bytes: &[u8], wanted: Option<&str>) -> Result<Found, Refusal> {
    let mut book: Book<'_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| Refusal::Damaged)?;
    let seen = |sheet: &&calamine::Sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible;
    let sheets: Vec<String> = book.sheets_metadata().iter().filter(seen).map(|sheet| sheet.name.clone()).collect();
    if let Some(name) = wanted {
        if !sheets.iter().any(|sheet| sheet == name) {
            return Err(Refusal::NoSuchSheet(name.to_owned()));
        }
        let (rows, notes) = sheet_rows(&mut book, name)?;
        return Ok(Found { rows, notes, sheet: name.to_owned(), sheets });
    }
    // A cover of one line is no list: the first sheet that has more, or else the first that holds anything.
    let mut cover = None;
    for name in &sheets {
        let (rows, mut notes) = sheet_rows(&mut book, name)?;
        if sheets.len() > 1 {
            notes.insert(0, Note::OneSheetOf { sheet: name.clone(), sheets: sheets.len() });
        }
        let lines = rows.len();
        let found = Found { rows, notes, sheet: name.clone(), sheets: sheets.clone() };
        match lines {
            0 => {}
            1 => cover = cover.or(Some(found)),
            _ => return Ok(found),
        }
    }
    cover.ok_or(Refusal::Blank)
}

#[derive(Default)]
struct Counts {
    formulas: usize,
    without_result: usize,
    errors: usize,
}

fn sheet_rows(book: &mut Book<'_>, name: &str) -> Result<(Vec<Raw>, Vec<Note>), Refusal> {
    let mut cells = book.worksheet_cells_reader(name).map_err(|_| Refusal::Damaged)?;
    let mut rows: Vec<Raw> = Vec::new();
    let mut counts = Counts::default();
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(|_| Refusal::Damaged)? {
        let text = text(&cell.value);
        if cell.formula.is_some() {
            counts.formulas += 1;
            counts.without_result += usize::from(matches!(cell.value, DataRef::Empty));
        }
        counts.errors += usize::from(matches!(cell.value, DataRef::Error(_)));
        if shape::is_blank(&text) {
            continue;
        }
        let (number, column) = (cell.pos.0 as usize + 1, cell.pos.1 as usize);
        if column >= MOST_COLUMNS {
            return Err(Refusal::TooManyColumns);
        }
        match rows.last().map(|row| row.number) {
            Some(last) if last > number => return Err(Refusal::Damaged),
            Some(last) if last == number => {}
            _ if rows.len() > MOST_ROWS + ABOVE => return Err(Refusal::TooManyRows),
            _ => rows.push(Raw { number, cells: Vec::new() }),
        }
        if let Some(row) = rows.last_mut() {
            row.cells.resize(row.cells.len().max(column + 1), String::new());
            row.cells[column] = text;
        }
    }
    let counted = [
        (counts.formulas, Note::Formulas(counts.formulas)),
        (counts.without_result, Note::FormulasWithoutResult(counts.without_result)),
        (counts.errors, Note::CellErrors(counts.errors)),
    ];
    Ok((rows, counted.into_iter().filter(|(count, _)| *count > 0).map(|(_, note)| note).collect()))
}

/// A cell as it would be typed: numbers without a needless “.0”, days as 2027-03-31.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(flag) => if *flag { "yes" } else { "no" }.to_owned(),
        DataRef::DateTime(time) => moment(*time),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

fn moment(time: ExcelDateTime) -> String {
    if !time.is_datetime() {
        return time.as_f64().to_string();
    }
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    if time.as_f64() < 1.0 {
        format!("{hour:02}:{minute:02}")
    } else if (hour, minute, second) == (0, 0, 0) {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}")
    }
}
