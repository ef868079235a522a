//! An export being written to a temporary file of no name: memory stays flat however many rows there are. Writing is done off
//! the threads that answer visitors; the worker makes one file at a time.

use super::{
    model::{Format, What},
    package,
};
use crate::platform::{
    error::Error,
    sheet::{self, Cell, Sheet, SheetError, SheetWriter},
};
use std::{
    fs::File,
    io::{BufWriter, Seek as _, Write as _},
};
use zip::ZipWriter;

/// The file so far.
pub(super) struct Spool {
    what: What,
    sheet: Sheet,
    target: Target,
}

enum Target {
    Plain(SheetWriter<BufWriter<File>>),
    Package(SheetWriter<ZipWriter<BufWriter<File>>>),
}

impl Spool {
    /// Begins, with the headings.
    pub(super) async fn begin(what: What, sheet: Sheet, format: Format) -> Result<Self, Error> {
        aside(move || {
            let file = BufWriter::new(tempfile::tempfile().map_err(SheetError::Io)?);
            let target = match format {
                Format::Csv => Target::Plain(SheetWriter::begin(&sheet, sheet::Format::Csv, file)?),
                Format::Xlsx => Target::Plain(SheetWriter::begin(&sheet, sheet::Format::Xlsx, file)?),
                Format::Package => Target::Package(SheetWriter::begin(&sheet, sheet::Format::PlainCsv, package::begin(what, file)?)?),
            };
            Ok(Self { what, sheet, target })
        })
        .await
    }

    /// Writes a page of rows.
    pub(super) async fn rows(mut self, rows: Vec<Vec<Cell>>) -> Result<Self, Error> {
        aside(move || {
            for row in &rows {
                match &mut self.target {
                    Target::Plain(writer) => writer.row(row)?,
                    Target::Package(writer) => writer.row(row)?,
                }
            }
            Ok(self)
        })
        .await
    }

    /// Completes the file; it stands at its beginning.
    pub(super) async fn finish(self) -> Result<File, Error> {
        aside(move || {
            let out = match self.target {
                Target::Plain(writer) => writer.finish()?,
                Target::Package(writer) => package::finish(self.what, &self.sheet, writer.finish()?)?,
            };
            let mut file = out.into_inner().map_err(|error| SheetError::Io(error.into_error()))?;
            file.flush()?;
            file.rewind()?;
            Ok(file)
        })
        .await
    }
}

#[expect(clippy::disallowed_methods, reason = "the bounded place for sheets: the worker waits for it before it goes on")]
async fn aside<T: Send + 'static>(work: impl FnOnce() -> Result<T, SheetError> + Send + 'static) -> Result<T, Error> {
    let written = tokio::task::spawn_blocking(work).await.map_err(|error| Error::Internal(Box::new(error)))?;
    written.map_err(|error| match error {
        SheetError::TooManyRows => Error::refused("", error.to_string()),
        other => Error::Internal(Box::new(other)),
    })
}
