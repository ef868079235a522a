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
pub fn dictionary_csv<W: Write>(sheet: &Sheet, mut out: W) -> Result<W, SheetError> {
    out.write_all("\u{feff}".as_bytes())?;
    let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    let write = |csv: &mut csv::Writer<W>, row: [&str; 4]| {
        csv.write_record(row.map(|text| guarded(text).into_owned())).map_err(|error| SheetError::Io(error.into()))
    };
    write(&mut csv, HEADINGS)?;
    for row in rows(sheet) {
        write(&mut csv, row.each_ref().map(AsRef::as_ref))?;
    }
    for (label, text) in &sheet.about {
        write(&mut csv, ["", label, "about this file", text])?;
    }
    csv.into_inner().map_err(|error| SheetError::Io(error.into_error()))
}
