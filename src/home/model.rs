//! What a first page shows.

use chrono::{DateTime, NaiveDate, Utc};

/// Something that waits, with where it stands and by when.
#[derive(Debug, Clone)]
pub(super) struct Waiting {
    pub(super) title: String,
    pub(super) path: String,
    /// Who is on the other side: a body, or how a person is shown.
    pub(super) who: String,
    pub(super) due: Option<NaiveDate>,
    /// Where it stands, when it is not the reader's turn.
    pub(super) state: String,
}

/// A few that wait, and how many there are in all.
#[derive(Debug, Clone, Default)]
pub(super) struct Queue {
    pub(super) first: Vec<Waiting>,
    pub(super) all: i64,
}

impl Queue {
    /// From rows that each carry the count of all.
    pub(super) fn of(rows: Vec<(Waiting, i64)>) -> Self {
        let all = rows.first().map_or(0, |row| row.1);
        Self { first: rows.into_iter().map(|row| row.0).collect(), all }
    }

    /// "All open questions (9)".
    pub(super) fn all_words(&self, what: &str) -> String {
        format!("All open {what} ({})", self.all)
    }

    /// Those whose day has passed.
    pub(super) fn late(&self, today: NaiveDate) -> usize {
        self.first.iter().filter(|one| one.due.is_some_and(|due| due < today)).count()
    }
}

/// A session ahead, with what it still lacks.
#[derive(Debug, Clone)]
pub(super) struct Ahead {
    pub(super) title: String,
    pub(super) path: String,
    pub(super) starts_at: DateTime<Utc>,
    pub(super) place: String,
    pub(super) cohost: Option<String>,
    pub(super) lacks: Vec<String>,
}

/// The year in three numbers.
#[derive(Debug, Clone, Default)]
pub(super) struct Year {
    pub(super) sessions: i64,
    pub(super) kept: i64,
    pub(super) promised: i64,
    pub(super) closed: i64,
    pub(super) no_word_yet: i64,
}

/// One thing that was told, and what came of it.
#[derive(Debug, Clone)]
pub(super) struct Told {
    pub(super) title: String,
    pub(super) path: String,
    pub(super) words: Option<String>,
    pub(super) state: String,
    pub(super) on: DateTime<Utc>,
    pub(super) led_to: i64,
}

/// "One thing needs you today", "Nothing needs you today".
pub(super) fn heading(count: i64) -> String {
    const NUMBERS: [&str; 10] = [
        "Nothing",
        "One thing",
        "Two things",
        "Three things",
        "Four things",
        "Five things",
        "Six things",
        "Seven things",
        "Eight things",
        "Nine things",
    ];
    let verb = if count <= 1 { "needs" } else { "need" };
    match usize::try_from(count).ok().and_then(|count| NUMBERS.get(count)) {
        Some(words) => format!("{words} {verb} you today"),
        None => format!("{count} things need you today"),
    }
}

#[cfg(test)]
mod tests {
    use super::heading;

    #[test]
    fn numbers_are_written_out() {
        assert_eq!(
            (heading(0).as_str(), heading(1).as_str(), heading(3).as_str()),
            ("Nothing needs you today", "One thing needs you today", "Three things need you today")
        );
        assert_eq!(heading(14), "14 things need you today");
    }
}
