//! What a person should know of a file that was read all the same.

use std::fmt::{Display, Formatter, Result};

/// Something that was mended or left out while reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// Read as Windows-1252.
    Windows1252,
    /// Read as UTF-16.
    Utf16,
    /// So many letters could not be read and are shown as �.
    LostLetters(usize),
    /// Cells are parted by semicolons.
    Semicolons,
    /// Cells are parted by tabs.
    Tabs,
    /// The last row may hold several, for want of a closing quotation mark.
    OpenQuote(usize),
    /// The headings stand in this row; what is above was left out.
    HeadingsInRow(usize),
    /// Headings that were blank, by the name they got.
    BlankHeadings(Vec<String>),
    /// Headings that stood twice, by the name they got.
    DoubleHeadings(Vec<String>),
    /// Rows with fewer cells than headings.
    ShortRows {
        /// How many.
        rows: usize,
        /// The first one.
        first: usize,
    },
    /// Rows with more cells than headings.
    LongRows {
        /// How many.
        rows: usize,
        /// The first one.
        first: usize,
    },
    /// Cells from which invisible control characters were taken.
    ControlCharacters(usize),
    /// Cells that hold a formula; their last result was taken.
    Formulas(usize),
    /// Formulas that had no result stored; these cells are blank.
    FormulasWithoutResult(usize),
    /// Cells that show an error such as #N/A; they are taken as blank.
    CellErrors(usize),
    /// Of several sheets, this one was read.
    OneSheetOf {
        /// The sheet.
        sheet: String,
        /// How many can be seen.
        sheets: usize,
    },
}

impl Display for Note {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Windows1252 => f.write_str("The file is in an older encoding (Windows-1252). Check that names with accents look right."),
            Self::Utf16 => f.write_str("The file is in UTF-16 and was read as such."),
            Self::LostLetters(count) => write!(f, "{} could not be read and shown as �. Check the names.", counted(*count, "letter")),
            Self::Semicolons => f.write_str("Cells are parted by semicolons."),
            Self::Tabs => f.write_str("Cells are parted by tabs."),
            Self::OpenQuote(row) => write!(f, "A quotation mark is missing: row {row} may have swallowed the rows after it."),
            Self::HeadingsInRow(row) => write!(f, "The headings were found in row {row}. What stands above was left out."),
            Self::BlankHeadings(names) => write!(f, "Headings were blank and got a name: {}.", names.join(", ")),
            Self::DoubleHeadings(names) => write!(f, "Headings stood twice and got a number: {}.", names.join(", ")),
            Self::ShortRows { rows, first } => {
                write!(f, "{} fewer cells than headings (first: row {first}). The rest was taken as blank.", have(*rows))
            }
            Self::LongRows { rows, first } => {
                write!(f, "{} more cells than headings (first: row {first}). The extra columns got a name.", have(*rows))
            }
            Self::ControlCharacters(count) => write!(f, "Invisible characters were taken out of {}.", counted(*count, "cell")),
            Self::Formulas(count) => write!(f, "Formulas: {}. The result last saved was taken.", counted(*count, "cell")),
            Self::FormulasWithoutResult(count) => {
                write!(
                    f,
                    "Formulas without a saved result: {}, taken as blank. Open and save the file to store the results.",
                    counted(*count, "cell")
                )
            }
            Self::CellErrors(count) => write!(f, "Errors such as #N/A: {}, taken as blank.", counted(*count, "cell")),
            Self::OneSheetOf { sheet, sheets } => write!(f, "The workbook has {sheets} sheets. This is “{sheet}”."),
        }
    }
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

fn have(rows: usize) -> String {
    format!("{} {}", counted(rows, "row"), if rows == 1 { "has" } else { "have" })
}

/// Why one row cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowFault {
    /// A cell with more characters than [`super::MOST_CHARACTERS`], by its heading.
    LongCell(String),
}

impl Display for RowFault {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::LongCell(heading) => {
                write!(f, "The cell under “{heading}” has more than 10,000 characters. Shorten it, or look for a missing quotation mark.")
            }
        }
    }
}
