//! What lies on the desk.

mod copy;

pub(super) use copy::{BodyCopy, CommentRow, Everything, QuestionRow, RatingRow, ReadingRow, RecordRow, StatementRow};

use crate::{
    consent::{Recall, Uses},
    platform::{
        subject::{Audience, Kind},
        words::beginning,
    },
    protocols::Marked,
};
use chrono::{DateTime, Duration, Utc};

crate::id!(
    /// A copy that a body's steward took.
    CopyId
);

/// The file of a copy lives this long.
pub(super) const LIFE: Duration = Duration::days(7);
/// A download begins within this time after it was asked for.
pub(super) const DOOR: Duration = Duration::minutes(10);
/// A copy holds at most so many rows of one sort; more is asked for of the operator.
pub(super) const MOST_ROWS: i64 = 20_000;
/// Acts from the list are for so many records at once: those of a page.
pub(super) const MOST_AT_ONCE: usize = 50;

labels! {
    /// The sorts of things on the desk, in their order.
    pub enum Sort {
        Statements = "statements", "Statements";
        Questions = "questions", "Questions and concerns";
        Comments = "comments", "Comments";
        Records = "records", "Records about us";
    }
}

impl Sort {
    /// What the sort holds.
    pub(super) fn about(self) -> &'static str {
        match self {
            Self::Statements => "What your people said in listening sessions and stand by.",
            Self::Questions => "What your people asked, with the answers.",
            Self::Comments => "What your people wrote beside records.",
            Self::Records => "What the agency wrote about you, and what was marked as concerning you.",
        }
    }

    /// Words of the body's people, which their steward narrows and takes back.
    pub(super) fn is_contributed(self) -> bool {
        self != Self::Records
    }

    /// Files of the agency carry them.
    pub(super) fn is_in_files(self) -> bool {
        matches!(self, Self::Statements | Self::Questions)
    }
}

/// How many of a sort the steward can read, and how they stand.
#[derive(Debug)]
pub(super) struct Counted {
    pub(super) sort: Sort,
    pub(super) all: i64,
    /// Somebody outside the body was shown them, or took them away, in the last thirty days.
    pub(super) read: i64,
}

/// So many letters of somebody's words tell a steward which ones they are.
pub(super) const FIRST_WORDS: usize = 160;

/// One thing on the desk, with the first of its words.
#[derive(Debug)]
pub(super) struct Held {
    /// The record's id; of a comment, its own.
    pub(super) id: uuid::Uuid,
    pub(super) sort: Sort,
    pub(super) kind: Option<Kind>,
    pub(super) title: String,
    /// The first of its words, a letter more than are shown; empty where they are gone, and where the title is made of them.
    pub(super) words: String,
    /// What a reader should know before reading.
    pub(super) sensitivity: String,
    /// The code of the language spoken.
    pub(super) language: String,
    /// Its page; empty where the steward cannot see the record that a comment stands on.
    pub(super) path: String,
    pub(super) audience: Audience,
    /// Who said it, as they wanted to be shown.
    pub(super) by: String,
    pub(super) at: DateTime<Utc>,
    /// The words are gone: a mark without content.
    pub(super) gone: bool,
    /// Because its speaker never let it be kept.
    pub(super) struck: bool,
    pub(super) uses: Vec<String>,
    /// Marked as concerning the body.
    pub(super) marked: bool,
    /// People outside the body who were shown it or took it.
    pub(super) readers: i64,
    pub(super) last_read_at: Option<DateTime<Utc>>,
    /// Files that left with it.
    pub(super) taken: i64,
    /// Copies that are asked back and not settled.
    pub(super) asked_back: i64,
}

impl Held {
    /// What may be done with it, where consent is kept use by use.
    pub(super) fn marks(&self) -> Vec<&'static str> {
        if self.sort == Sort::Statements && !self.gone { Uses::of(&self.uses).marks() } else { Vec::new() }
    }

    /// The first words, cut where a word ends.
    pub(super) fn first_words(&self) -> String {
        let Some((end, _)) = self.words.char_indices().nth(FIRST_WORDS) else { return self.words.clone() };
        let cut = &self.words[..end];
        format!("{} …", cut.rsplit_once(char::is_whitespace).map_or(cut, |(whole, _)| whole))
    }

    /// Who is shown as having said it.
    pub(super) fn speaker(&self) -> &str {
        if self.by.is_empty() && self.sort == Sort::Statements { "a speaker who is not named" } else { &self.by }
    }

    /// What tells it from others of the same title, where only the name of a link or a box is heard: its first words, unless
    /// something should be known before reading them; then who said it.
    pub(super) fn apart(&self) -> String {
        match (self.words.is_empty() || !self.sensitivity.is_empty(), self.speaker()) {
            (false, _) => format!(", {}", beginning(&self.words, 40)),
            (true, "") => String::new(),
            (true, by) => format!(", {by}"),
        }
    }

    /// It can be chosen on a list.
    pub(super) fn can_be_chosen(&self) -> bool {
        self.can_be_acted_on() || self.can_be_asked_back()
    }

    /// Files left with it.
    pub(super) fn can_be_asked_back(&self) -> bool {
        self.sort.is_in_files() && self.taken > 0
    }

    /// The kind as people call it.
    pub(super) fn called(&self) -> String {
        self.kind.map_or_else(|| "comment".to_owned(), |kind| kind.to_string())
    }

    /// Something can be narrowed or taken back.
    pub(super) fn can_be_acted_on(&self) -> bool {
        self.sort.is_contributed() && !self.gone
    }
}

/// What a list of the desk is narrowed to; empty texts narrow nothing.
#[derive(Debug, Default)]
pub(super) struct Narrowed<'a> {
    pub(super) audience: &'a str,
    /// `stands`, `gone`, or all.
    pub(super) state: &'a str,
    /// `outside`: read by somebody outside the body; `taken`: left in a file; `nobody`: read by nobody outside.
    pub(super) read: &'a str,
    pub(super) since: Option<DateTime<Utc>>,
}

/// What somebody read, or took away, on one day: one thing, or several of a sort in the same ways.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) title: String,
    /// Its page on the desk.
    pub(super) id: uuid::Uuid,
    pub(super) sort: Sort,
    /// How many things.
    pub(super) things: i64,
    /// The last time that day.
    pub(super) at: DateTime<Utc>,
    pub(super) by: String,
    /// All the ways of that day.
    pub(super) hows: Vec<String>,
}

impl Reading {
    /// Several are called by their number.
    pub(super) fn called(&self) -> String {
        match self.sort {
            _ if self.things == 1 => self.title.clone(),
            Sort::Questions => format!("{} questions and concerns", self.things),
            Sort::Comments => format!("{} comments", self.things),
            Sort::Statements | Sort::Records => format!("{} statements", self.things),
        }
    }

    /// Who did what: "Ana Ruiz opened it and took a file away".
    pub(super) fn told(&self) -> String {
        let it = if self.things == 1 { "it" } else { "them" };
        let did = |how: &String| match how.as_str() {
            "exported" => "had a file made".to_owned(),
            "downloaded" => "took a file away".to_owned(),
            "by link" => format!("made a return link by which somebody opened {it}"),
            "emergency" => format!("opened {it} in an emergency"),
            _ => format!("opened {it}"),
        };
        let did: Vec<String> = self.hows.iter().map(did).collect();
        match did.split_last() {
            Some((last, [])) => format!("{} {last}", self.by),
            Some((last, before)) => format!("{} {} and {last}", self.by, before.join(", ")),
            None => self.by.clone(),
        }
    }
}

/// One thing with all that the desk says about it.
#[derive(Debug)]
pub(super) struct Whole {
    pub(super) held: Held,
    pub(super) recalls: Vec<Recall>,
    /// Labels, protocols and notices that stand beside it.
    pub(super) beside: Marked,
}

impl Whole {
    /// The thing itself.
    pub(super) fn one(&self) -> &Held {
        &self.held
    }
}

/// A body that a record concerns.
#[derive(Debug)]
pub(super) struct Concern {
    pub(super) body: crate::platform::ids::PartnerId,
    pub(super) name: String,
    pub(super) by: String,
    pub(super) by_body: bool,
    pub(super) at: DateTime<Utc>,
    /// The reader may take the mark away.
    pub(super) can_go: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(things: i64, hows: &[&str]) -> Reading {
        Reading {
            title: "Statement".to_owned(),
            id: uuid::Uuid::nil(),
            sort: Sort::Statements,
            things,
            at: DateTime::<Utc>::UNIX_EPOCH,
            by: "Ana Ruiz".to_owned(),
            hows: hows.iter().map(|how| (*how).to_owned()).collect(),
        }
    }

    #[test]
    fn a_day_of_somebody_is_told_in_one_sentence() {
        assert_eq!(reading(1, &["viewed"]).told(), "Ana Ruiz opened it");
        assert_eq!(reading(1, &["viewed", "exported", "downloaded"]).told(), "Ana Ruiz opened it, had a file made and took a file away");
        assert_eq!(
            (reading(8, &["viewed"]).called(), reading(8, &["viewed"]).told()),
            ("8 statements".to_owned(), "Ana Ruiz opened them".to_owned())
        );
    }
}
