//! Tables out: rows written one at a time as CSV or XLSX, in memory that does not grow with the number of rows.
//! Never writes a text that a spreadsheet could run as a formula.

mod csv_out;
mod dictionary;
mod safe;
#[cfg(test)]
mod tests;
mod xlsx_out;

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use std::io::Write;

pub use dictionary::{dictionary_csv, dictionary_of_csv};
pub use safe::{guarded, unguarded};

/// The rows an XLSX sheet can hold, below its headings.
pub const XLSX_ROWS: u64 = 1_048_575;

/// A table to be written: its columns explain themselves in the data dictionary.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// What the table holds, in one to 31 characters without `[ ] : * ? / \`, such as “Partners”.
    pub name: &'static str,
    /// From left to right.
    pub columns: &'static [Column],
    /// What to know of this file, as pairs of a label and a text; stands above the data dictionary.
    pub about: Vec<(String, String)>,
}

/// One column.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// The heading in CSV: stable, lower case, for programs.
    pub key: &'static str,
    /// The heading in XLSX: for people.
    pub title: &'static str,
    /// What the values mean, in a sentence.
    pub meaning: &'static str,
    /// The closed list of its values, each with what it stands for; empty where any value may stand.
    pub codes: &'static [(&'static str, &'static str)],
    /// What the values are.
    pub kind: ColumnKind,
    /// Several values of the closed list may stand in one cell, with a semicolon and a blank between.
    pub many: bool,
    /// The table whose records are named by number; empty where none is.
    pub refers_to: &'static str,
}

impl Column {
    /// What the values mean, and what each value of a closed list stands for.
    #[must_use]
    pub fn explained(&self) -> String {
        let codes: Vec<String> = self.codes.iter().map(|(code, stands_for)| format!("{code} = {stands_for}")).collect();
        if codes.is_empty() { self.meaning.to_owned() } else { format!("{} Values: {}.", self.meaning, codes.join("; ")) }
    }
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Any text.
    Text,
    /// Whole numbers.
    Integer,
    /// Numbers.
    Number,
    /// Days, as 2027-03-31.
    Day,
    /// Moments in UTC.
    Time,
    /// “yes” or “no”.
    Flag,
}

/// One value.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Written as text, whatever it looks like.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number; one that is not finite is written as an empty cell.
    Number(f64),
    /// A day.
    Day(NaiveDate),
    /// A moment, written in UTC to the second.
    Time(DateTime<Utc>),
    /// “yes” or “no”.
    Flag(bool),
    /// Nothing.
    Empty,
}

impl Cell {
    /// A cell of what may be missing.
    pub fn of<T: Into<Self>>(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }

    /// The value as CSV writes it, guarded where it is text.
    fn plain(&self) -> std::borrow::Cow<'_, str> {
        match self {
            Self::Text(text) => guarded(text),
            Self::Integer(number) => number.to_string().into(),
            Self::Number(number) if number.is_finite() => number.to_string().into(),
            Self::Day(day) => day.format("%Y-%m-%d").to_string().into(),
            Self::Time(time) => time.to_rfc3339_opts(SecondsFormat::Secs, true).into(),
            Self::Flag(flag) => if *flag { "yes" } else { "no" }.into(),
            Self::Number(_) | Self::Empty => "".into(),
        }
    }
}

macro_rules! cell_from {
    ($($from:ty => $variant:ident),+) => {
        $(impl From<$from> for Cell {
            fn from(value: $from) -> Self {
                Self::$variant(value.into())
            }
        })+
    };
}
cell_from!(String => Text, &str => Text, i64 => Integer, i32 => Integer, f64 => Number, NaiveDate => Day, DateTime<Utc> => Time, bool => Flag);

/// The kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated (RFC 4180), UTF-8 with a byte order mark so that spreadsheets read it as such.
    Csv,
    /// As [`Format::Csv`] without the mark, for programs.
    PlainCsv,
    /// A workbook with the table and its data dictionary.
    Xlsx,
}

impl Format {
    /// What a file's name ends in.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv | Self::PlainCsv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    /// The media type for a download.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv | Self::PlainCsv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }

    /// Whether a file of this kind can hold so many rows: to be asked before any is read.
    ///
    /// # Errors
    /// [`SheetError::TooManyRows`] says what to do instead.
    pub fn can_hold(self, rows: u64) -> Result<(), SheetError> {
        if self == Self::Xlsx && rows > XLSX_ROWS { Err(SheetError::TooManyRows) } else { Ok(()) }
    }
}

/// Why a table could not be written.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    /// More rows than a sheet of a workbook has.
    #[error("An Excel sheet holds at most 1,048,575 rows. Choose CSV, or narrow the filters.")]
    TooManyRows,
    /// A row with another number of cells than there are columns.
    #[error("a row of {cells} cells in a table of {columns} columns")]
    Width {
        /// Cells handed in.
        cells: usize,
        /// Columns of the sheet.
        columns: usize,
    },
    /// The file or the temporary file behind it could not be written.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// The workbook could not be made.
    #[error(transparent)]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
}

/// A table being written. Ends with [`SheetWriter::finish`]; dropped before, the file is not complete.
pub struct SheetWriter<W: Write + Send> {
    columns: usize,
    rows: u64,
    target: Target<W>,
}

enum Target<W: Write + Send> {
    Csv(Box<csv_out::CsvOut<W>>),
    Xlsx(Box<xlsx_out::XlsxOut<W>>),
}

impl<W: Write + Send> SheetWriter<W> {
    /// Begins a file in `out` with the headings. XLSX rows wait in a temporary file (of no name) until the end.
    ///
    /// # Errors
    /// What writing says, or a name that a sheet cannot have.
    pub fn begin(sheet: &Sheet, format: Format, out: W) -> Result<Self, SheetError> {
        let target = match format {
            Format::Csv => Target::Csv(Box::new(csv_out::CsvOut::begin(sheet, true, out)?)),
            Format::PlainCsv => Target::Csv(Box::new(csv_out::CsvOut::begin(sheet, false, out)?)),
            Format::Xlsx => Target::Xlsx(Box::new(xlsx_out::XlsxOut::begin(sheet, out)?)),
        };
        Ok(Self { columns: sheet.columns.len(), rows: 0, target })
    }

    /// Writes one row.
    ///
    /// # Errors
    /// A row of another width, one more than the format holds, or what writing says.
    pub fn row(&mut self, cells: &[Cell]) -> Result<(), SheetError> {
        if cells.len() != self.columns {
            return Err(SheetError::Width { cells: cells.len(), columns: self.columns });
        }
        match &mut self.target {
            Target::Csv(csv) => csv.row(cells)?,
            Target::Xlsx(xlsx) => xlsx.row(cells)?,
        }
        self.rows += 1;
        Ok(())
    }

    /// The rows written so far, without the headings.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Completes the file and gives the writer back.
    ///
    /// # Errors
    /// What writing says.
    pub fn finish(self) -> Result<W, SheetError> {
        match self.target {
            Target::Csv(csv) => csv.finish(),
            Target::Xlsx(xlsx) => xlsx.finish(),
        }
    }
}
