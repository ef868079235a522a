//! The data dictionary: what each column of a table holds, as rows of its own.

use super::{ColumnKind, Sheet, SheetError, guarded};
use std::{borrow::Cow, io::Write};

/// The headings of the dictionary.
pub(super) const HEADINGS: [&str; 4] = ["Heading in CSV", "Heading in Excel", "Holds", "Meaning"];

/// A row per column.
pub(super) fn rows(sheet: &Sheet) -> impl Iterator<Item = [Cow<'static, str>; 4]> {
    sheet.columns.iter().map(|column| [column.key.into(), column.title.into(), holds(column.kind).into(), column.explained().into()])
}

fn holds(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Text => "text",
        ColumnKind::Integer => "whole number",
        ColumnKind::Number => "number",
        ColumnKind::Day => "day (2027-03-31)",
        ColumnKind::Time => "date and time in UTC",
        ColumnKind::Flag => "yes or no",
    }
}

/// Writes the data dictionary of a table as a CSV file of its own, for those who take the table as CSV.
///
/// # Errors
/// What writing says.
pub fn dictionary_csv<W: Write>(sheet: &Sheet, out: W) -> Result<W, SheetError> {
    write_rows(sheet, out, &[0, 1, 2, 3])
}

/// The same where there is no Excel file beside it, which has headings of its own.
///
/// # Errors
/// What writing says.
pub fn dictionary_of_csv<W: Write>(sheet: &Sheet, out: W) -> Result<W, SheetError> {
    write_rows(sheet, out, &[0, 2, 3])
}

fn write_rows<W: Write>(sheet: &Sheet, mut out: W, columns: &[usize]) -> Result<W, SheetError> {
    out.write_all("\u{feff}".as_bytes())?;
    let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    let write = |csv: &mut csv::Writer<W>, row: [&str; 4]| {
        let cells = columns.iter().filter_map(|column| row.get(*column)).map(|text| guarded(text).into_owned());
        csv.write_record(cells).map_err(|error| SheetError::Io(error.into()))
    };
    write(&mut csv, HEADINGS)?;
    for row in rows(sheet) {
        write(&mut csv, row.each_ref().map(AsRef::as_ref))?;
    }
    for (label, text) in &sheet.about {
        // What the file is stands under the first heading that is not a column's.
        write(
            &mut csv,
            if columns.contains(&1) {
                ["", label.as_str(), "about this file", text.as_str()]
            } else {
                [label.as_str(), "", "about this file", text.as_str()]
            },
        )?;
    }
    csv.into_inner().map_err(|error| SheetError::Io(error.into_error()))
}
