//! Bytes to text: UTF-8, UTF-16 with or without its mark, Windows-1252. Never guesses silently.

use super::{Note, Refusal};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How many bytes are looked at to tell what they are.
const LOOKED_AT: usize = 64 * 1024;

/// Whether the beginning looks like text in any encoding that we know.
pub(super) fn is_text(bytes: &[u8]) -> bool {
    !matches!(guess(bytes), Guess::Unknown)
}

enum Guess {
    Marked(&'static Encoding, usize),
    Utf16(&'static Encoding),
    Bytes,
    /// UTF-32, or not text.
    Unknown,
}

fn guess(bytes: &[u8]) -> Guess {
    if bytes.starts_with(b"\xff\xfe\0\0") || bytes.starts_with(b"\0\0\xfe\xff") {
        return Guess::Unknown;
    }
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return Guess::Marked(encoding, length);
    }
    let head = &bytes[..bytes.len().min(LOOKED_AT)];
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    // In UTF-16, Western text has a zero in every second byte, nearly always on the same side.
    let mostly = |many: usize, few: usize| many * 5 >= head.len() && few * 20 <= many;
    if bytes.len().is_multiple_of(2) && mostly(odd, even) {
        return Guess::Utf16(UTF_16LE);
    }
    if bytes.len().is_multiple_of(2) && mostly(even, odd) {
        return Guess::Utf16(UTF_16BE);
    }
    let controls = head.iter().filter(|&&byte| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c)).count();
    // A few stray control characters are cleaned later; one in fifty is not text.
    if controls > 3 && controls * 50 > head.len() { Guess::Unknown } else { Guess::Bytes }
}

/// The text, without its byte order mark.
pub(super) fn decode(bytes: &[u8]) -> Result<(String, Vec<Note>), Refusal> {
    let (text, mut notes) = match guess(bytes) {
        Guess::Marked(encoding, length) => {
            let text = encoding.decode_without_bom_handling(&bytes[length..]).0;
            (text, if encoding == UTF_8 { vec![] } else { vec![Note::Utf16] })
        }
        Guess::Utf16(encoding) => (encoding.decode_without_bom_handling(bytes).0, vec![Note::Utf16]),
        Guess::Bytes => match std::str::from_utf8(bytes) {
            Ok(text) => (text.into(), vec![]),
            // A file that is UTF-8 but for a few broken letters would be spoilt by reading all of it as Windows-1252.
            Err(_) if mostly_utf8(bytes) => (String::from_utf8_lossy(bytes), vec![]),
            Err(_) => (WINDOWS_1252.decode_without_bom_handling(bytes).0, vec![Note::Windows1252]),
        },
        Guess::Unknown => return Err(Refusal::Encoding),
    };
    let lost = text.matches('\u{fffd}').count();
    if lost > 0 {
        if lost * 10 > text.chars().count() {
            return Err(Refusal::Encoding);
        }
        notes.push(Note::LostLetters(lost));
    }
    if text.trim().is_empty() {
        return Err(Refusal::Blank);
    }
    Ok((text.into_owned(), notes))
}

/// More letters of several bytes that hold together than that do not.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > broken
}
