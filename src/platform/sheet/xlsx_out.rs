//! A workbook of two sheets: the table and its data dictionary. Rows go to a temporary file at once, so memory stays flat.
//! Texts are written as texts: never a formula, never a link made on its own.

use super::{Cell, Column, ColumnKind, Sheet, SheetError, XLSX_ROWS, dictionary, guarded};
use chrono::{NaiveDate, NaiveDateTime};
use rust_xlsxwriter::{Format, Workbook, Worksheet};
use std::{borrow::Cow, io::Write};

/// What a cell of a workbook holds at most, in UTF-16 units.
const LONGEST_TEXT: usize = 32_767;
/// Stands at the end of a text that was longer.
const CUT: &str = " … [cut here: an Excel cell holds no more; the CSV file has the whole text]";
/// Beyond this a spreadsheet rounds whole numbers.
const EXACT: i64 = 1 << 53;

/// An XLSX file being written.
pub(super) struct XlsxOut<W: Write + Send> {
    workbook: Workbook,
    table: Worksheet,
    next: u32,
    day: Format,
    time: Format,
    sheet: Sheet,
    out: W,
}

impl<W: Write + Send> XlsxOut<W> {
    pub(super) fn begin(sheet: &Sheet, out: W) -> Result<Self, SheetError> {
        let mut workbook = Workbook::new();
        let mut table = workbook.new_worksheet_with_constant_memory()?;
        let bold = Format::new().set_bold();
        table.set_name(sheet.name)?;
        table.set_freeze_panes(1, 0)?;
        for (at, column) in (0..).zip(sheet.columns) {
            table.set_column_width(at, width(column))?;
            table.write_string_with_format(0, at, column.title, &bold)?;
        }
        let day = Format::new().set_num_format("yyyy-mm-dd");
        let time = Format::new().set_num_format("yyyy-mm-dd hh:mm:ss");
        Ok(Self { workbook, table, next: 1, day, time, sheet: sheet.clone(), out })
    }

    pub(super) fn row(&mut self, cells: &[Cell]) -> Result<(), SheetError> {
        if u64::from(self.next) > XLSX_ROWS {
            return Err(SheetError::TooManyRows);
        }
        for (at, cell) in (0..).zip(cells) {
            self.cell(at, cell)?;
        }
        self.next += 1;
        Ok(())
    }

    fn cell(&mut self, at: u16, cell: &Cell) -> Result<(), SheetError> {
        let dated = match cell {
            Cell::Empty => return Ok(()),
            Cell::Number(number) if !number.is_finite() => return Ok(()),
            Cell::Number(number) => {
                self.table.write_number(self.next, at, *number)?;
                return Ok(());
            }
            Cell::Integer(number) if number.abs() <= EXACT => {
                #[expect(clippy::cast_precision_loss, reason = "every whole number to 2^53 is exact")]
                self.table.write_number(self.next, at, *number as f64)?;
                return Ok(());
            }
            Cell::Day(day) => serial(day.and_time(chrono::NaiveTime::MIN)).map(|number| (number, &self.day)),
            Cell::Time(time) => serial(time.naive_utc()).map(|number| (number, &self.time)),
            Cell::Text(_) | Cell::Flag(_) | Cell::Integer(_) => None,
        };
        match dated {
            Some((number, format)) => self.table.write_number_with_format(self.next, at, number, format)?,
            None => self.table.write_string(self.next, at, fit(&cell.plain()))?,
        };
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<W, SheetError> {
        if let Some(last) = u16::try_from(self.sheet.columns.len()).ok().and_then(|columns| columns.checked_sub(1)) {
            self.table.autofilter(0, 0, self.next - 1, last)?;
        }
        self.workbook.push_worksheet(self.table);
        let meanings = dictionary_sheet(&self.sheet)?;
        self.workbook.push_worksheet(meanings);
        self.workbook.save_to_writer(&mut self.out)?;
        self.out.flush()?;
        Ok(self.out)
    }
}

/// How wide a column is: as its values need it, and never narrower than its heading with the sign of the filter.
fn width(column: &Column) -> f64 {
    let values = match column.kind {
        ColumnKind::Flag => 6,
        ColumnKind::Integer | ColumnKind::Number => 10,
        ColumnKind::Day => 12,
        ColumnKind::Time => 20,
        ColumnKind::Text if column.key == "id" || column.key.ends_with("_id") => 38,
        ColumnKind::Text if !column.codes.is_empty() => column.codes.iter().map(|(code, _)| code.len()).max().unwrap_or(0) + 2,
        ColumnKind::Text => 32,
    };
    f64::from(u16::try_from(values.max(column.title.chars().count() + 4)).unwrap_or(u16::MAX))
}

/// The second sheet; small, so it is made in memory.
fn dictionary_sheet(sheet: &Sheet) -> Result<Worksheet, SheetError> {
    let bold = Format::new().set_bold();
    let wrapped = Format::new().set_text_wrap();
    let mut page = Worksheet::new();
    page.set_name("Data dictionary")?;
    for (at, width) in (0..).zip([26, 26, 22, 80]) {
        page.set_column_width(at, width)?;
    }
    let mut line = 0;
    for (label, text) in &sheet.about {
        page.write_string_with_format(line, 0, fit(&guarded(label)), &bold)?;
        page.write_string(line, 1, fit(&guarded(text)))?;
        line += 1;
    }
    line += u32::from(line > 0);
    page.set_freeze_panes(line + 1, 0)?;
    for (at, heading) in (0..).zip(dictionary::HEADINGS) {
        page.write_string_with_format(line, at, heading, &bold)?;
    }
    for row in dictionary::rows(sheet) {
        line += 1;
        for (at, text) in (0..).zip(row) {
            page.write_string_with_format(line, at, fit(&guarded(&text)), &wrapped)?;
        }
    }
    Ok(page)
}

/// Days since the beginning of a spreadsheet's time; none before March 1900, where spreadsheets disagree (then it is text).
fn serial(time: NaiveDateTime) -> Option<f64> {
    let first = NaiveDate::from_ymd_opt(1899, 12, 30)?;
    let days = time.date().signed_duration_since(first).num_days();
    let seconds = time.signed_duration_since(time.date().and_time(chrono::NaiveTime::MIN)).num_seconds();
    #[expect(clippy::cast_precision_loss, reason = "days to the year 9999 and seconds of a day are small")]
    (61..=2_958_465).contains(&days).then(|| days as f64 + seconds as f64 / 86_400.0)
}

/// A text as a cell can hold it: what XML cannot say is shown as �, what is too long is cut with a word about it.
fn fit(text: &str) -> String {
    let text: Cow<'_, str> = if text.contains(unsayable) || text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n").replace(unsayable, "\u{fffd}").into()
    } else {
        text.into()
    };
    if text.len() <= LONGEST_TEXT || text.encode_utf16().count() <= LONGEST_TEXT {
        return text.into_owned();
    }
    let mut room = LONGEST_TEXT - CUT.encode_utf16().count();
    let kept: String = text
        .chars()
        .take_while(|letter| {
            let fits = letter.len_utf16() <= room;
            room = room.saturating_sub(letter.len_utf16());
            fits
        })
        .collect();
    kept + CUT
}

fn unsayable(letter: char) -> bool {
    matches!(letter, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}' | '\u{fffe}' | '\u{ffff}')
}
