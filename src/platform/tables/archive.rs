//! Measures a workbook, which is a zip file, before anything is unpacked into memory: a small file can hold a huge one.
//! Every part is first run through in small pieces that are thrown away, so that no stated size has to be believed.

use super::Refusal;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// The most parts.
const MOST_PARTS: usize = 2_000;
/// All parts unpacked, in bytes.
const MOST_UNPACKED: u64 = 200 * 1024 * 1024;
/// A part that is read as a whole (texts, styles, lists of sheets), in bytes; the sheets themselves are read row by row.
const MOST_WHOLE: u64 = 50 * 1024 * 1024;
/// How many times larger a part may become.
const MOST_RATIO: u64 = 100;
/// Parts below this size may shrink as they like.
const SMALL: u64 = 1024 * 1024;
/// Where a declaration of entities has to stand, if there is one.
const DECLARATIONS: usize = 64 * 1024;

/// Counted before the directory is read, which would take memory for each part.
fn has_too_many_parts(bytes: &[u8]) -> bool {
    bytes.windows(4).filter(|four| four == b"PK\x01\x02").count() > MOST_PARTS
}

/// Whether this is a zip file that holds these parts, and no macros. Nothing is unpacked.
#[must_use]
pub fn has_parts(bytes: &[u8], wanted: &[&str]) -> bool {
    !has_too_many_parts(bytes)
        && ZipArchive::new(Cursor::new(bytes)).is_ok_and(|archive| {
            let has = |name: &&str| archive.index_for_name(name).is_some();
            wanted.iter().all(has) && !["xl/vbaProject.bin", "word/vbaProject.bin"].iter().any(has)
        })
}

/// Refuses whatever is not a plain workbook of bearable size.
pub(super) fn check(bytes: &[u8]) -> Result<(), Refusal> {
    if has_too_many_parts(bytes) {
        return Err(Refusal::Overblown);
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Damaged)?;
    kind(&archive)?;
    if archive.has_duplicate_names() || archive.has_overlapping_files().map_err(|_| Refusal::Damaged)? {
        return Err(Refusal::Damaged);
    }
    let mut stated = 0_u64;
    for at in 0..archive.len() {
        let part = archive.by_index_raw(at).map_err(|_| Refusal::Damaged)?;
        if part.encrypted() {
            return Err(Refusal::OldOrLocked);
        }
        stated = stated.saturating_add(part.size());
        let inflated = part.size() > SMALL && part.size() / part.compressed_size().max(1) > MOST_RATIO;
        if inflated || stated > MOST_UNPACKED {
            return Err(Refusal::Overblown);
        }
    }
    let mut left = MOST_UNPACKED;
    for at in 0..archive.len() {
        left -= run_through(&mut archive, at, left)?;
    }
    Ok(())
}

/// What the names of the parts say this is.
fn kind(archive: &ZipArchive<Cursor<&[u8]>>) -> Result<(), Refusal> {
    let has = |name: &str| archive.index_for_name(name).is_some();
    if has("xl/workbook.xml") && has("[Content_Types].xml") {
        return if has("xl/vbaProject.bin") { Err(Refusal::Macros) } else { Ok(()) };
    }
    Err(if has("word/document.xml") {
        Refusal::Word
    } else if has("xl/workbook.bin") {
        Refusal::Macros
    } else if has("mimetype") && has("content.xml") {
        Refusal::OpenDocument
    } else {
        Refusal::Archive
    })
}

/// Unpacks one part into nothing and gives its true size.
fn run_through(archive: &mut ZipArchive<Cursor<&[u8]>>, at: usize, left: u64) -> Result<u64, Refusal> {
    let mut part = archive.by_index(at).map_err(|_| Refusal::Damaged)?;
    let name = part.name().map_err(|_| Refusal::Damaged)?.to_lowercase();
    let is_whole = !name.starts_with("xl/worksheets/") && !name.starts_with("xl/media/");
    let most =
        if is_whole { left.min(MOST_WHOLE) } else { left }.min(part.compressed_size().max(SMALL / MOST_RATIO).saturating_mul(MOST_RATIO));
    let is_markup = [".xml", ".rels", ".vml"].iter().any(|end| name.ends_with(end));
    let (mut size, mut piece) = (0_u64, vec![0; DECLARATIONS]);
    loop {
        let got = fill(&mut part, &mut piece)?;
        if is_markup && size == 0 && declares(&piece[..got]) {
            return Err(Refusal::Entities);
        }
        size += got as u64;
        if size > most {
            return Err(Refusal::Overblown);
        }
        if got < piece.len() {
            return Ok(size);
        }
    }
}

fn fill(part: &mut impl Read, piece: &mut [u8]) -> Result<usize, Refusal> {
    let mut got = 0;
    while got < piece.len() {
        match part.read(&mut piece[got..]).map_err(|_| Refusal::Damaged)? {
            0 => break,
            more => got += more,
        }
    }
    Ok(got)
}

/// A document type, an entity, or letters of two bytes, in which either could hide. Workbooks have none of them.
fn declares(head: &[u8]) -> bool {
    head.starts_with(b"\xff\xfe")
        || head.starts_with(b"\xfe\xff")
        || head.windows(9).any(|nine| nine.eq_ignore_ascii_case(b"<!DOCTYPE") || nine[..8].eq_ignore_ascii_case(b"<!ENTITY"))
}
