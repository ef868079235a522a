//! What kind of file it is, by its name and its content together.

use super::{Refusal, encoding};

/// What we read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Separated values; `tabs` when the name says so.
    Text { tabs: bool },
    /// XLSX.
    Workbook,
}

/// Tells the kind by the beginning of the content, and asks that the name agrees.
pub(super) fn recognise(bytes: &[u8], file_name: &str) -> Result<Kind, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    refuse_known(bytes)?;
    let workbook = bytes.starts_with(b"PK\x03\x04");
    let extension = file_name.trim().rsplit_once('.').map(|(_, end)| end.to_lowercase()).unwrap_or_default();
    match extension.as_str() {
        "xlsx" if workbook => Ok(Kind::Workbook),
        "xlsx" if encoding::is_text(bytes) => Err(Refusal::TextNamedWorkbook),
        "xlsm" | "xlsb" | "xltm" if workbook => Err(Refusal::Macros),
        "docx" | "docm" if workbook => Err(Refusal::Word),
        "ods" if workbook => Err(Refusal::OpenDocument),
        "zip" if workbook => Err(Refusal::Archive),
        "csv" | "tsv" | "tab" | "txt" if workbook => Err(super::archive::check(bytes).err().unwrap_or(Refusal::WorkbookNamedText)),
        "csv" | "tsv" | "tab" | "txt" if encoding::is_text(bytes) => Ok(Kind::Text { tabs: matches!(extension.as_str(), "tsv" | "tab") }),
        "csv" | "tsv" | "tab" | "txt" | "xlsx" => Err(Refusal::Unknown),
        _ => Err(Refusal::Extension),
    }
}

fn refuse_known(bytes: &[u8]) -> Result<(), Refusal> {
    const BEGINNINGS: &[(&[u8], Refusal)] = &[
        (b"%PDF", Refusal::Pdf),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Refusal::OldOrLocked),
        (b"\x09\x08\x10\0", Refusal::OldOrLocked),
        (b"\x89PNG", Refusal::Picture),
        (b"\xff\xd8\xff", Refusal::Picture),
        (b"GIF8", Refusal::Picture),
        (b"II*\0", Refusal::Picture),
        (b"MM\0*", Refusal::Picture),
        (b"{\\rtf", Refusal::Word),
        (b"\x1f\x8b", Refusal::Archive),
        (b"7z\xbc\xaf\x27\x1c", Refusal::Archive),
        (b"Rar!\x1a\x07", Refusal::Archive),
        (b"PK\x05\x06", Refusal::Archive),
        (b"MZ\x90\0", Refusal::Unknown),
        (b"\x7fELF", Refusal::Unknown),
    ];
    let picture = (bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP")) || bytes.get(4..8) == Some(b"ftyp");
    match BEGINNINGS.iter().find(|(beginning, _)| bytes.starts_with(beginning)) {
        Some((_, refusal)) => Err(refusal.clone()),
        None if picture => Err(Refusal::Picture),
        None => Ok(()),
    }
}

/// Refuses text that is a web page, XML or JSON.
pub(super) fn refuse_markup(text: &str) -> Result<(), Refusal> {
    let start: String = text.trim_start().chars().take(15).collect::<String>().to_lowercase();
    let markup = ["<!doctype", "<html", "<?xml", "<table", "<head", "<body", "<script", "<svg", "<!--"];
    if markup.iter().any(|sign| start.starts_with(sign)) {
        return Err(Refusal::Markup);
    }
    let data: String = start.chars().filter(|letter| !letter.is_whitespace()).take(2).collect();
    if data == "{\"" || data == "[{" { Err(Refusal::Unknown) } else { Ok(()) }
}
