//! Tables in: an uploaded CSV or XLSX file becomes headings and rows of plain text, with notes on what was mended on the way.
//! Trusts neither the name nor the content of a file, and never unpacks what it has not measured.

mod archive;
mod encoding;
mod notes;
mod recognise;
mod refusal;
mod separated;
mod shape;
#[cfg(test)]
mod tests;
mod workbook;

pub use archive::has_parts;
pub use notes::{Note, RowFault};
pub use refusal::Refusal;

/// The largest file taken, in bytes.
pub const MOST_BYTES: usize = 25 * 1024 * 1024;
/// The most rows taken, without the headings.
pub const MOST_ROWS: usize = 20_000;
/// The most columns taken.
pub const MOST_COLUMNS: usize = 200;
/// The most characters taken in one cell.
pub const MOST_CHARACTERS: usize = 10_000;
/// The limits as a person reads them before choosing a file.
pub const LIMITS: &str = "CSV or Excel (.xlsx), at most 25 MB, 20,000 rows and 200 columns";

/// What a file held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// One per column, none blank, none twice.
    pub headings: Vec<String>,
    /// Each as wide as the headings. Blank rows are left out.
    pub rows: Vec<Row>,
    /// What a person should know before going on.
    pub notes: Vec<Note>,
    /// The sheet that was read, in a workbook.
    pub sheet: Option<String>,
    /// All sheets of the workbook that can be seen, to choose another; none for CSV.
    pub sheets: Vec<String>,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The number beside the row when the file is open in a spreadsheet; the headings usually stand in row 1.
    pub number: usize,
    /// Trimmed, without invisible control characters.
    pub cells: Vec<String>,
    /// Why this row cannot be used; the others can.
    pub fault: Option<RowFault>,
}

/// A row as it stood in the file.
struct Raw {
    number: usize,
    cells: Vec<String>,
}

/// Reads a file. `sheet` names the sheet of a workbook; without it, the first one that can be seen and holds something.
///
/// # Errors
/// A sentence that says why the file cannot be taken and what to do.
pub fn read(bytes: &[u8], file_name: &str, sheet: Option<&str>) -> Result<Table, Refusal> {
    if bytes.len() > MOST_BYTES {
        return Err(Refusal::TooLarge);
    }
    match recognise::recognise(bytes, file_name)? {
        recognise::Kind::Text { tabs } => {
            let (text, mut notes) = encoding::decode(bytes)?;
            recognise::refuse_markup(&text)?;
            let rows = separated::rows(&text, tabs, &mut notes)?;
            shape::table(rows, true, notes)
        }
        recognise::Kind::Workbook => {
            archive::check(bytes)?;
            let found = workbook::read(bytes, sheet)?;
            let mut table = shape::table(found.rows, false, found.notes)?;
            table.sheet = Some(found.sheet);
            table.sheets = found.sheets;
            Ok(table)
        }
    }
}
