//! Text with separators to rows: commas, semicolons or tabs, told by what holds the columns together.

use super::{MOST_COLUMNS, MOST_ROWS, Note, Raw, Refusal, shape};

/// How many rows are looked at to tell the separator.
const LOOKED_AT: usize = 20;

/// The rows that are not blank, each with the number a spreadsheet gives it.
pub(super) fn rows(text: &str, tabs: bool, notes: &mut Vec<Note>) -> Result<Vec<Raw>, Refusal> {
    let (stated, body) = stated(text);
    let separator = stated.unwrap_or_else(|| told(body, tabs));
    match separator {
        b';' => notes.push(Note::Semicolons),
        b'\t' if !tabs => notes.push(Note::Tabs),
        _ => {}
    }
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(body.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut found: Vec<Raw> = Vec::new();
    let mut number = 0;
    let mut line = reader.position().line();
    while reader.read_record(&mut record).map_err(|_| Refusal::Encoding)? {
        // The reader passes over empty lines, a spreadsheet counts them. Line breaks within a cell count for neither.
        let now = reader.position().line();
        let within: usize = record.iter().map(|cell| cell.matches('\n').count()).sum();
        number += 1 + usize::try_from(now - line).unwrap_or_default().saturating_sub(within + 1);
        line = now;
        let Some(last) = (0..record.len()).rev().find(|&at| !shape::is_blank(&record[at])) else { continue };
        if last >= MOST_COLUMNS {
            return Err(Refusal::TooManyColumns);
        }
        if found.len() > MOST_ROWS + LOOKED_AT {
            return Err(Refusal::TooManyRows);
        }
        found.push(Raw { number, cells: record.iter().take(MOST_COLUMNS).map(str::to_owned).collect() });
    }
    if let Some(last) = found.last().filter(|_| body.matches('"').count() % 2 == 1)
        && last.cells.iter().any(|cell| cell.contains('\n'))
    {
        notes.push(Note::OpenQuote(last.number));
    }
    Ok(found)
}

/// Excel's own first line `sep=;`, which states the separator and is not counted as a row.
fn stated(text: &str) -> (Option<u8>, &str) {
    let Some((line, rest)) = text.split_once('\n') else { return (None, text) };
    match line.trim_end_matches('\r').trim_matches('"').strip_prefix("sep=").map(str::as_bytes) {
        Some([separator @ (b',' | b';' | b'\t')]) => (Some(*separator), rest),
        _ => (None, text),
    }
}

/// The separator that most of the first rows have equally often; of several the one that makes more columns.
fn told(text: &str, tabs: bool) -> u8 {
    let score = |separator: u8| {
        let counts = counts(text, separator);
        let alike = |count: usize| counts.iter().filter(|&&other| other == count).count();
        let best = counts.iter().copied().filter(|&count| count > 0).max_by_key(|&count| (alike(count), count))?;
        Some((alike(best), best))
    };
    if tabs && score(b'\t').is_some() {
        return b'\t';
    }
    [b';', b'\t', b','].into_iter().filter_map(|separator| Some((score(separator)?, separator))).max().map_or(b',', |(_, one)| one)
}

/// How often the separator stands outside quotes in each of the first rows that are not blank.
fn counts(text: &str, separator: u8) -> Vec<usize> {
    let (mut counts, mut count, mut quoted, mut blank) = (Vec::new(), 0, false, true);
    for byte in text.bytes().chain([b'\n']) {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => {
                if !blank {
                    counts.push(count);
                }
                (count, blank) = (0, true);
                if counts.len() == LOOKED_AT {
                    break;
                }
            }
            _ if byte == separator && !quoted => count += 1,
            _ => {}
        }
        blank &= byte.is_ascii_whitespace();
    }
    counts
}
