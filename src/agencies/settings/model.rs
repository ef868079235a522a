//! What an agency sets, and which accents and pictures can be used.

use crate::mail::Language;
pub(super) use crate::platform::zones::Zone;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;

labels! {
    /// What may be done with somebody's words; the consent card says which follow from it, everything else is no.
    pub enum Use {
        Kept = "kept", "kept in the notes";
        Quoted = "quoted", "quoted where people work on what was heard";
        Named = "named", "shown with the name";
        Exported = "exported", "in tables that analysts take out";
        Published = "published", "in public reports";
        Research = "research", "used for research";
    }
}

/// What an agency has set.
#[derive(Debug, Clone)]
pub struct Set {
    pub(super) name: String,
    /// Where it is; empty: not said.
    pub(super) place: String,
    pub(super) zone: Tz,
    /// In which its letters are written to people of whom nobody knows better.
    pub(super) language: Language,
    pub(super) contact: String,
    /// Such as `#1f5c46`; none: the site's own green.
    pub(super) accent: Option<Accent>,
    pub(super) hotline: String,
    pub(super) public_records: String,
    pub(super) reporting_notice: String,
    /// None: sessions with people under 18 stay closed.
    pub(super) minors_rule: Option<String>,
    /// Labels of the ratings, the lowest first.
    pub(super) scale: Vec<String>,
    /// The rating from which down an assessment is offered.
    pub(super) assess_at: Option<i16>,
    pub(super) acknowledge_days: i16,
    pub(super) answer_days: i16,
    /// So many days late, and a question is handed to the director; none: never by itself.
    pub(super) escalate_days: Option<i16>,
    pub(super) working_days: bool,
    pub(super) director_reviews: bool,
    pub(super) without_name: Vec<Use>,
    pub(super) with_name: Vec<Use>,
}

/// One thing that was set otherwise.
#[derive(Debug, Clone)]
pub(super) struct Changed {
    pub(super) at: DateTime<Utc>,
    /// Who set it.
    pub(super) by: String,
    pub(super) field: String,
    pub(super) was: String,
    pub(super) becomes: String,
}

/// The paper that everything stands on.
const PAPER: Accent = Accent([0xfa, 0xf7, 0xf1]);
const WHITE: Accent = Accent([0xff; 3]);
const BLACK: Accent = Accent([0; 3]);
/// The least contrast of text (WCAG 2.2 AA).
const LEAST: f64 = 4.5;

/// A colour for links and buttons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accent([u8; 3]);

impl Accent {
    /// From `#1f5c46` or `1f5c46`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let hex = text.strip_prefix('#').unwrap_or(text);
        if hex.len() != 6 || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let part = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
        Some(Self([part(0)?, part(2)?, part(4)?]))
    }

    /// What is written on it: white or black, whichever reads better.
    #[must_use]
    pub fn ink(self) -> &'static str {
        if self.contrast(WHITE) >= self.contrast(BLACK) { "#ffffff" } else { "#000000" }
    }

    /// Its contrast with the paper, and with what is written on it; the smaller one counts.
    #[must_use]
    pub fn least_contrast(self) -> f64 {
        self.contrast(PAPER).min(self.contrast(WHITE).max(self.contrast(BLACK)))
    }

    /// Whether everybody can read it.
    #[must_use]
    pub fn is_readable(self) -> bool {
        self.least_contrast() >= LEAST
    }

    fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// Relative luminance as WCAG defines it.
    fn luminance(self) -> f64 {
        let [r, g, b] = self.0.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }
}

impl std::fmt::Display for Accent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [r, g, b] = self.0;
        write!(f, "#{r:02x}{g:02x}{b:02x}")
    }
}

/// Most pixels across or down that a picture may have.
const MOST_PIXELS: usize = 4_000;

/// The kind of picture that bytes are, by what they hold and never by what they are called; no drawing that could hold script. What
/// only begins like a picture, and says no size, is none.
#[must_use]
pub fn picture(bytes: &[u8]) -> Option<&'static str> {
    let size = imagesize::blob_size(bytes).ok()?;
    if !(1..=MOST_PIXELS).contains(&size.width) || !(1..=MOST_PIXELS).contains(&size.height) {
        return None;
    }
    match bytes {
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_accent_must_be_readable_on_the_paper() {
        for (hex, readable, ink) in [
            ("#1f5c46", true, "#ffffff"),
            ("#ffcc00", false, "#000000"),
            ("#000000", true, "#ffffff"),
            ("#faf7f1", false, "#000000"),
            ("#767676", false, "#000000"),
            ("#6b6b6b", true, "#ffffff"),
        ] {
            let accent = Accent::parse(hex).unwrap();
            assert_eq!((accent.is_readable(), accent.ink()), (readable, ink), "{hex}: {}", accent.least_contrast());
            assert_eq!(accent.to_string(), hex);
        }
        for nonsense in ["", "#12345", "#1234567", "green", "#12345g", "#é2345"] {
            assert_eq!(Accent::parse(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn a_picture_is_known_by_what_it_holds() {
        let png = |width: u32| {
            [b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".as_slice(), &width.to_be_bytes(), &64_u32.to_be_bytes(), b"\x08\x06\0\0\0"].concat()
        };
        assert_eq!(picture(&png(64)), Some("image/png"));
        assert_eq!((picture(&png(0)), picture(&png(40_000))), (None, None), "no size, or one that no head of a page has");
        for noise in [&b"\x89PNG\r\n\x1a\n...."[..], b"\xff\xd8\xff\xe0....", b"RIFF\0\0\0\0WEBPVP8 "] {
            assert_eq!(picture(noise), None, "what only begins like a picture is none");
        }
        for other in [&b""[..], b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a", b"PNG", b"<!doctype html>"] {
            assert_eq!(picture(other), None);
        }
    }
}
