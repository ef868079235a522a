//! Our own Form, Query and Upload: the framework's, with our error as the answer and text cleaned before anybody sees it.
//! Nothing that cannot be stored (NUL) or shown (control characters) gets past here; letters come in one form (NFC).

use super::{
    app::App,
    error::Error,
    files::Origin,
    scanner::{Scanner, Verdict},
    submission::Sent,
};
use axum::extract::{FromRequest, FromRequestParts, Request};
use bytes::Bytes;
use http::request::Parts;
use serde::de::DeserializeOwned;
use unicode_normalization::UnicodeNormalization as _;

/// The largest form without files, in bytes.
pub const FORM_LIMIT: usize = 1024 * 1024;
/// The largest file, in bytes.
pub const FILE_LIMIT: usize = 25 * 1024 * 1024;

/// A form's fields. Missing fields are whatever the type's default says.
#[derive(Debug)]
pub struct Form<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Form<T> {
    type Rejection = Error;

    async fn from_request(request: Request, _: &App) -> Result<Self, Error> {
        let bytes = body(request, FORM_LIMIT).await?;
        parse(std::str::from_utf8(&bytes).map_err(|_| Error::Unreadable)?).map(Self)
    }
}

/// The part of an address after the question mark. What cannot be read counts as not given.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned + Default> FromRequestParts<App> for Query<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Error> {
        Ok(Self(parse(parts.uri.query().unwrap_or_default()).unwrap_or_default()))
    }
}

/// One uploaded file with the form's other fields. A form without a file may also come as plain pairs.
#[derive(Debug)]
pub struct Upload {
    /// The file's name as sent, without folders, at most 200 characters.
    pub name: String,
    /// What it holds; nothing where it was not let pass.
    pub bytes: Bytes,
    /// What the scanner says of it. What is not let pass is gone already, so that no handler can take it by mistake.
    pub verdict: Verdict,
    /// The other fields, as `name=value` pairs.
    pub fields: Vec<(String, String)>,
    /// The marks of a form with parts; plain pairs have theirs from the outer layer.
    pub(super) sent: Option<Sent>,
}

impl Upload {
    /// The first value of a field, or an empty text.
    #[must_use]
    pub fn field(&self, name: &str) -> &str {
        self.fields.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
    }

    /// Whether something was typed or pasted beside the file.
    #[must_use]
    pub fn says_something(&self) -> bool {
        self.fields.iter().any(|(name, value)| !matches!(name.as_str(), "key" | "hat" | "version") && !value.trim().is_empty())
    }

    /// As it is stored: a file, or text that somebody typed into the form instead.
    #[must_use]
    pub fn origin(&self) -> Origin {
        if self.name.is_empty() { Origin::Here } else { Origin::sent(&self.verdict) }
    }

    async fn scanned(mut self, by: Option<&Scanner>) -> Self {
        if let Some(scanner) = by.filter(|_| !self.bytes.is_empty()) {
            self.verdict = scanner.ask(&self.bytes).await;
            if self.verdict != Verdict::Clean {
                self.bytes = Bytes::new();
            }
        }
        self
    }
}

#[expect(clippy::disallowed_types, reason = "the replacement: files with limits and cleaned fields")]
impl FromRequest<App> for Upload {
    type Rejection = Error;

    async fn from_request(request: Request, app: &App) -> Result<Self, Error> {
        let path = request.uri().path().to_owned();
        let mut upload = Self { name: String::new(), bytes: Bytes::new(), verdict: Verdict::NotAsked, fields: Vec::new(), sent: None };
        if !has_parts(&request) {
            let bytes = body(request, FORM_LIMIT).await?;
            upload.fields = parse(std::str::from_utf8(&bytes).map_err(|_| Error::Unreadable)?)?;
            return Ok(upload);
        }
        let mut parts = axum::extract::Multipart::from_request(request, app).await.map_err(|_| Error::Unreadable)?;
        while let Some(part) = parts.next_field().await.map_err(|fault| multipart(&fault))? {
            let name = clean(part.name().unwrap_or_default());
            match part.file_name().map(file_name) {
                Some(file) => {
                    upload.name = file;
                    upload.bytes = part.bytes().await.map_err(|fault| multipart(&fault))?;
                }
                None => {
                    let value = part.bytes().await.map_err(|fault| multipart(&fault))?;
                    upload.fields.push((name, clean(&String::from_utf8_lossy(&value))));
                }
            }
        }
        upload.sent = Some(Sent::of_parts(&path, &upload.fields, &upload.name, &upload.bytes));
        if upload.bytes.len() > FILE_LIMIT { Err(Error::TooLarge) } else { Ok(upload.scanned(app.settings.scanner.as_ref()).await) }
    }
}

fn has_parts(request: &Request) -> bool {
    request.headers().get(http::header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/form-data"))
}

fn multipart(fault: &axum::extract::multipart::MultipartError) -> Error {
    if fault.status() == http::StatusCode::PAYLOAD_TOO_LARGE { Error::TooLarge } else { Error::Unreadable }
}

fn file_name(sent: &str) -> String {
    let last = clean(sent.rsplit(['/', '\\']).next().unwrap_or_default());
    last.chars().filter(|c| !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\n' | '\t')).take(200).collect()
}

/// The body, up to `limit` bytes.
pub(crate) async fn body(request: Request, limit: usize) -> Result<Bytes, Error> {
    axum::body::to_bytes(request.into_body(), limit).await.map_err(|_| Error::TooLarge)
}

/// Reads pairs, cleans each value, and makes the type of them.
pub(crate) fn parse<T: DeserializeOwned>(sent: &str) -> Result<T, Error> {
    let pairs: Vec<(String, String)> = serde_html_form::from_str(sent).map_err(|_| Error::Unreadable)?;
    let clean: Vec<(String, String)> = pairs.into_iter().map(|(name, value)| (name, clean(&value))).collect();
    let again = serde_html_form::to_string(&clean).map_err(|_| Error::Unreadable)?;
    serde_html_form::from_str(&again).map_err(|_| Error::Unreadable)
}

/// NFC, without control characters (line ends and tabs stay), without the overrides that turn text around, and without
/// isolates and embeddings that are not closed on their line. What nobody could see is nothing.
#[must_use]
pub fn clean(text: &str) -> String {
    let kept: String = text.nfc().filter(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t')).collect();
    let clean = if kept.contains(is_turn) { without_loose_turns(&kept) } else { kept };
    let unseen = clean.contains(is_unseen) && clean.chars().all(|c| is_unseen(c) || c.is_whitespace());
    if unseen { String::new() } else { clean }
}

/// A character that turns the direction of text until it is closed, or closes one.
fn is_turn(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A character without any shape of its own.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}')
}

fn without_loose_turns(text: &str) -> String {
    let mut letters: Vec<Option<char>> = Vec::with_capacity(text.len());
    let mut open: Vec<(usize, char)> = Vec::new();
    for c in text.chars() {
        let place = letters.len();
        letters.push(Some(c));
        let closes = |opener: char| if c == '\u{202c}' { opener < '\u{2066}' } else { opener >= '\u{2066}' };
        match c {
            '\u{202c}' | '\u{2069}' => match open.pop_if(|(_, opener)| closes(*opener)) {
                Some((_, '\u{202a}' | '\u{202b}' | '\u{2066}'..='\u{2068}')) => {}
                Some((before, _)) => (letters[before], letters[place]) = (None, None),
                None => letters[place] = None,
            },
            '\n' => open.drain(..).for_each(|(before, _)| letters[before] = None),
            _ if is_turn(c) => open.push((place, c)),
            _ => {}
        }
    }
    open.into_iter().for_each(|(before, _)| letters[before] = None);
    letters.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_kept_is_taken_out_and_the_rest_stays() {
        assert_eq!(clean("a\u{0}b\u{7}\u{202e}c\nd\te"), "abc\nd\te");
        assert_eq!(clean("Cafe\u{301} \u{200f}שלום 🪶"), "Café \u{200f}שלום 🪶");
    }

    #[test]
    fn what_turns_text_around_must_be_closed_on_its_line() {
        assert_eq!(clean("a \u{2067}שלום\u{2069} b"), "a \u{2067}שלום\u{2069} b");
        assert_eq!(clean("a\u{2066}b\nc\u{2069}d\u{202b}"), "ab\ncd");
        assert_eq!(clean("a\u{202e}b\u{202c}c\u{202c}"), "abc");
        assert_eq!(clean("a\u{2066}\u{202a}b\u{2069}c"), "abc");
    }

    #[test]
    fn what_nobody_can_see_is_nothing() {
        assert_eq!(clean("\u{200b}\u{feff} \u{2060}\u{200f}"), "");
        assert_eq!(clean("  "), "  ");
        assert_eq!(clean("👨\u{200d}👩"), "👨\u{200d}👩");
    }

    #[test]
    fn a_files_name_loses_its_folders_and_tricks() {
        assert_eq!(file_name("../../etc/pass\u{202e}wd.csv"), "passwd.csv");
        assert_eq!(file_name("C:\\lists\\partners.xlsx"), "partners.xlsx");
    }
}
