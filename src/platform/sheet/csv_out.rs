//! CSV after RFC 4180: commas, CRLF, quotes where needed.

use super::{Cell, Sheet, SheetError};
use std::io::Write;

/// A CSV file being written.
pub(super) struct CsvOut<W: Write> {
    csv: csv::Writer<W>,
}

impl<W: Write> CsvOut<W> {
    pub(super) fn begin(sheet: &Sheet, mark: bool, mut out: W) -> Result<Self, SheetError> {
        if mark {
            out.write_all("\u{feff}".as_bytes())?;
        }
        let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
        csv.write_record(sheet.columns.iter().map(|column| column.key)).map_err(io)?;
        Ok(Self { csv })
    }

    pub(super) fn row(&mut self, cells: &[Cell]) -> Result<(), SheetError> {
        for cell in cells {
            self.csv.write_field(cell.plain().as_bytes()).map_err(io)?;
        }
        self.csv.write_record(None::<&[u8]>).map_err(io)
    }

    pub(super) fn finish(self) -> Result<W, SheetError> {
        self.csv.into_inner().map_err(|error| SheetError::Io(error.into_error()))
    }
}

fn io(error: csv::Error) -> SheetError {
    SheetError::Io(error.into())
}
