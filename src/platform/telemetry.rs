//! Logs: where they go and in what form. Never logged: what people typed, cookies, tokens, addresses with tokens, and of what the
//! database says only what holds no values.

use super::settings::Settings;
use sqlx::error::DatabaseError;
use std::{error::Error, fmt::Write as _, io};
use tracing_subscriber::EnvFilter;

/// Sets logging up for the whole program; a second call does nothing.
pub fn set_up(settings: &Settings) {
    let filter = EnvFilter::try_new(&settings.log_filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(|| Lines(io::stderr())).with_ansi(false);
    if settings.log_json {
        let _ = builder.json().flatten_event(true).with_current_span(true).with_span_list(false).try_init();
    } else {
        let _ = builder.compact().try_init();
    }
    // What a panic says may hold the text that it stumbled over: only a sentence of the code is told.
    std::panic::set_hook(Box::new(|panic| {
        let at = panic.location().map(|at| format!("{}:{}", at.file(), at.line())).unwrap_or_default();
        let said = panic.payload().downcast_ref::<&'static str>().copied().unwrap_or_default();
        tracing::error!(at, said, "a panic");
    }));
}

/// An error with what caused it, for the log.
#[must_use]
pub fn told(error: &(dyn Error + 'static)) -> String {
    let (mut told, mut next) = (String::new(), Some(error));
    while let Some(error) = next {
        if !told.is_empty() {
            told.push_str(": ");
        }
        match error.downcast_ref::<sqlx::Error>() {
            Some(sqlx::Error::Database(refusal)) => {
                told.push_str(&without_values(refusal.as_ref()));
                break;
            }
            _ => {
                let _ = write!(told, "{error}");
            }
        }
        next = error.source();
    }
    told.escape_debug().to_string()
}

/// What the database says where that names only its own things: broken constraints (23), rights and missing tables (42), and what
/// becomes of a server (08, 53, 55, 57, 58). Everything else may repeat what somebody typed.
fn without_values(refusal: &dyn DatabaseError) -> String {
    let code = refusal.code().unwrap_or_default();
    let names_only = ["08", "23", "42", "53", "55", "57", "58"].iter().any(|class| code.starts_with(class)) && code != "42601";
    let said = if names_only { refusal.message() } else { "what it says may hold words" };
    format!("database {code}: {said}")
}

/// A line for each event: whatever would begin another one, or move the cursor of a terminal, is written out.
#[derive(Debug)]
struct Lines<W>(W);

impl<W: io::Write> io::Write for Lines<W> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        match plain(line) {
            Some(written_out) => self.0.write_all(written_out.as_bytes())?,
            None => self.0.write_all(line)?,
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// The line with its control characters written out; nothing where it has none.
fn plain(line: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(line);
    let (body, end) = text.strip_suffix('\n').map_or((&*text, ""), |body| (body, "\n"));
    let unsafe_sign =
        |sign: char| sign.is_control() || matches!(sign, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if !body.contains(unsafe_sign) {
        return None;
    }
    let one = |sign: char| if unsafe_sign(sign) { sign.escape_default().to_string() } else { sign.to_string() };
    Some(body.chars().map(one).collect::<String>() + end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    #[test]
    fn nothing_in_a_line_begins_another_or_speaks_to_the_terminal() {
        let mut written = Vec::new();
        Lines(&mut written).write_all("a\r\nINFO forged \u{1b}[2J\u{9b}1m\u{202e}é\n".as_bytes()).unwrap();
        Lines(&mut written).write_all("plain é\n".as_bytes()).unwrap();
        assert_eq!(String::from_utf8(written).unwrap(), "a\\r\\nINFO forged \\u{1b}[2J\\u{9b}1m\\u{202e}é\nplain é\n");
    }

    #[test]
    fn a_cause_is_told_without_line_ends() {
        let inner = io::Error::other("first\nsecond");
        assert_eq!(told(&inner), "first\\nsecond");
    }
}
