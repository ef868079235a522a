//! What a letter is, and what becomes of it.

use super::language::Language;
use crate::platform::{app::App, error::Error, ids::AgencyId};
use chrono::Duration;
use std::pin::Pin;

/// After so many tries a letter is given up.
pub const MOST_TRIES: i16 = 8;

/// The future in which a letter is written.
pub type Writing = Pin<Box<dyn Future<Output = Result<Option<Letter>, Error>> + Send>>;

/// How letters of one kind are written.
#[derive(Debug, Clone, Copy)]
pub struct Making {
    /// Its name in the queue.
    pub kind: &'static str,
    /// Writes it, from what is true now; nothing when it is not wanted any more. Called anew for every try.
    pub write: fn(App, Due) -> Writing,
}

/// A letter as it goes out.
#[derive(Debug, Clone)]
pub struct Letter {
    /// To which address.
    pub to: String,
    /// What it says.
    pub words: Words,
    /// What comes with it.
    pub file: Option<File>,
}

/// A file that comes with a letter: made when the letter is written, never one that somebody sent.
#[derive(Debug, Clone)]
pub struct File {
    /// How it is called.
    pub name: &'static str,
    /// What it is, as mail says it.
    pub kind: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// What a letter says: why it comes, the one thing to do, and whom to ask. Never what a record says: only a link leads there.
#[derive(Debug, Clone, Default)]
pub struct Words {
    /// Its reader's: all of it is written in this one.
    pub language: Language,
    /// Its subject.
    pub subject: String,
    /// Its sentences, a paragraph each.
    pub paragraphs: Vec<String>,
    /// Where it asks for several things: what each is, and the address of each.
    pub lines: Vec<(String, String)>,
    /// What the link does, and its address.
    pub link: (String, String),
    /// Below it: how long the link holds, what to do when the letter was not expected, a person to talk to.
    pub below: Vec<String>,
}

/// A claimed letter.
#[derive(Debug, Clone)]
pub struct Due {
    /// Its id, by which the receiving side knows it too.
    pub id: uuid::Uuid,
    /// Its kind.
    pub kind: String,
    /// The agency it comes from; none for what concerns a person's account.
    pub agency: Option<AgencyId>,
    /// What it is about.
    pub about: uuid::Uuid,
    /// Where it goes, where nothing else knows that any more.
    pub address: Option<String>,
    /// Tries so far, this one counted.
    pub attempts: i16,
}

/// What becomes of a letter after a try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The other side has taken it.
    Sent,
    /// It is not wanted any more.
    Dropped,
    /// Tried again later, and why.
    Later(String),
    /// Never again, and why. Where nobody knows whether it arrived, that is why.
    Never(String),
}

impl Due {
    /// The pause before the next try: a minute, four times as long each time, at most twelve hours; in all more than a day.
    #[must_use]
    pub fn pause(&self) -> Duration {
        Duration::minutes((1 << (2 * (self.attempts.clamp(1, MOST_TRIES) - 1))).min(12 * 60))
    }

    /// A try that may come again does not come again for ever.
    #[must_use]
    pub fn at_last(&self, outcome: Outcome) -> Outcome {
        match outcome {
            Outcome::Later(why) if self.attempts >= MOST_TRIES => {
                Outcome::Never(format!("It was tried {MOST_TRIES} times. At last: {why}"))
            }
            outcome => outcome,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_end() {
        let due =
            |attempts| Due { id: uuid::Uuid::nil(), kind: String::new(), agency: None, about: uuid::Uuid::nil(), address: None, attempts };
        let pauses: Vec<i64> = (1..MOST_TRIES).map(|tries| due(tries).pause().num_minutes()).collect();
        assert_eq!(pauses, [1, 4, 16, 64, 256, 720, 720]);
        let later = Outcome::Later("the server is busy".to_owned());
        assert_eq!(due(1).at_last(later.clone()), later);
        assert!(matches!(due(MOST_TRIES).at_last(later), Outcome::Never(why) if why.ends_with("the server is busy")));
    }
}
