//! What a first page shows.

mod first;

pub(super) use first::{ORDER, first};

use crate::platform::{
    ids::SubjectId,
    proof::SignInRule,
    subject::{Audience, Kind},
};
use chrono::{DateTime, NaiveDate, Utc};

/// Something that waits, with where it stands and by when.
#[derive(Debug, Clone, Default)]
pub(super) struct Waiting {
    pub(super) title: String,
    pub(super) path: String,
    /// Who is on the other side: a body, or how a person is shown.
    pub(super) who: String,
    pub(super) due: Option<NaiveDate>,
    /// What is due then: "reply", "answer"; empty where the page says it.
    pub(super) what: &'static str,
    /// Where it stands.
    pub(super) state: String,
}

/// How many there are, whatever the page shows of them.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sums {
    pub(super) all: i64,
    /// Past their day.
    pub(super) late: i64,
    /// Due within a week, or wanted now.
    pub(super) pressing: i64,
}

impl Sums {
    /// Where only all are counted.
    pub(super) fn all(all: i64) -> Self {
        Self { all, ..Self::default() }
    }
}

/// A few that wait, and how many there are in all.
#[derive(Debug, Clone, Default)]
pub(super) struct Queue {
    pub(super) first: Vec<Waiting>,
    pub(super) sums: Sums,
}

impl Queue {
    /// From rows that each carry the counts of all.
    pub(super) fn of(rows: Vec<(Waiting, Sums)>) -> Self {
        let sums = rows.first().map_or_else(Sums::default, |row| row.1);
        Self { first: rows.into_iter().map(|row| row.0).collect(), sums }
    }

    /// "All voided by a withdrawal (9)".
    pub(super) fn whole_words(&self, what: &str) -> String {
        format!("All {what} ({})", self.sums.all)
    }

    /// "4 more, and all questions": the list that it leads to holds those that do not wait as well.
    pub(super) fn all_words(&self, what: &str) -> String {
        match self.sums.all - self.first.len() as i64 {
            more if more > 0 => format!("{more} more, and all {what}"),
            _ => format!("All {what}"),
        }
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
    /// What is still to find, decide or do, in whole words.
    pub(super) lacks: Vec<String>,
}

/// What an administrator looks after.
#[derive(Debug)]
pub(super) struct Upkeep {
    /// What people rely on and is not set.
    pub(super) unset: Vec<&'static str>,
    /// People who were invited or proposed and have not come in.
    pub(super) waiting: i64,
    /// Of their letters, those that were given up.
    pub(super) given_up: i64,
    /// What the agency asks of its own side's sign-ins today.
    pub(super) rule: SignInRule,
}

impl Upkeep {
    /// That rule, in a sentence.
    pub(super) fn rule_words(&self) -> &'static str {
        match self.rule {
            SignInRule::Password => "The agency asks its own side for no second step.",
            SignInRule::SecondFactor => "The agency asks its own side for a second factor or a passkey.",
            SignInRule::Sso => "The agency’s own side comes in through its single sign-on.",
        }
    }
}

/// What waits with an administrator, the longest first.
#[derive(Debug, Default)]
pub(super) struct LookedAfter {
    /// For their own word: lost second steps, acts that they received, holds.
    pub(super) asks: Queue,
    /// People who were invited, those first whose letter or link is over.
    pub(super) invited: Queue,
    /// Of the agency's own side, who came in by one step alone when they were last here.
    pub(super) single: Queue,
    /// Records past their time, kinds that nobody set a time for, proposals and holds that wait for somebody else.
    pub(super) schedule: Queue,
}

/// What an analyst's page says in numbers alone.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numbers {
    /// Fewer people than these are not told apart.
    pub(super) smallest: i64,
    /// Sources that people read differently.
    pub(super) differing: i64,
    /// Themes that do not say from which side they came.
    pub(super) themes: i64,
    /// Rounds of the question about trust that show no sum.
    pub(super) rounds: i64,
}

/// How promises stand: kept this year, late today, carried by somebody else.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Standing {
    pub(super) kept: i64,
    pub(super) late: i64,
    pub(super) delegated: i64,
}

impl Standing {
    /// "4 kept, 1 late, 2 with a delegate".
    pub(super) fn said(&self) -> String {
        format!("{} kept, {} late, {} with a delegate", self.kept, self.late, self.delegated)
    }
}

/// The year in three numbers.
#[derive(Debug, Clone, Default)]
pub(super) struct Year {
    pub(super) sessions: i64,
    /// Contacts with Tribes as governments; no part of what is counted as engagement.
    pub(super) governments: i64,
    pub(super) kept: i64,
    pub(super) promised: i64,
    /// How the reader's own promises stand, and then the whole agency's.
    pub(super) own: Standing,
    pub(super) ours: Standing,
    pub(super) closed: i64,
    pub(super) no_word_yet: i64,
    /// The steps of a rating here: the picture beside these numbers is drawn on them.
    pub(super) scale: Vec<String>,
}

/// One thing that was told, and what came of it.
#[derive(Debug, Clone)]
pub(super) struct Told {
    pub(super) id: SubjectId,
    pub(super) title: String,
    pub(super) path: String,
    pub(super) words: Option<String>,
    pub(super) state: String,
    pub(super) on: DateTime<Utc>,
    /// What came of it, the most done first.
    pub(super) led_to: Vec<Led>,
    /// How many more there are.
    pub(super) more: i64,
    /// The reader said it themselves.
    pub(super) mine: bool,
}

/// What was told and stands behind the same things: these are shown once.
#[derive(Debug)]
pub(super) struct Together<'a> {
    pub(super) said: Vec<&'a Told>,
    pub(super) led_to: &'a [Led],
}

/// What was told, together where it led to the same; in the order in which each group begins.
pub(super) fn together(told: &[Told]) -> Vec<Together<'_>> {
    let mut groups: Vec<Together<'_>> = Vec::new();
    for one in told {
        match groups.iter_mut().find(|group| !one.led_to.is_empty() && group.led_to == one.led_to) {
            Some(group) => group.said.push(one),
            None => groups.push(Together { said: vec![one], led_to: &one.led_to }),
        }
    }
    groups
}

/// Whose words a list of what was told holds.
pub(super) fn told_heading(told: &[Told], has_body: bool) -> &'static str {
    match (told.iter().any(|one| one.mine), told.iter().all(|one| one.mine)) {
        (_, true) if !told.is_empty() || !has_body => "What you told us, and what came of it",
        (false, false) => "What your people told us, and what came of it",
        _ => "What you and your people told us, and what came of it",
    }
}

/// A decision by somebody else about who reads the reader's own words, while it is the last one.
#[derive(Debug, Clone)]
pub(super) struct Decided {
    pub(super) id: SubjectId,
    pub(super) title: String,
    pub(super) path: String,
    pub(super) by: String,
    pub(super) audience: Audience,
    pub(super) before: Option<Audience>,
    pub(super) at: DateTime<Utc>,
}

impl Decided {
    /// What the decision was, in words.
    pub(super) fn what(&self) -> &'static str {
        match self.before {
            Some(before) if before < self.audience => "let more people read it",
            Some(before) if before > self.audience => "let fewer people read it",
            _ => "changed what may be done with it",
        }
    }
}

/// A record that rests on something told, near or far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Led {
    pub(super) kind: Kind,
    pub(super) title: String,
    pub(super) path: String,
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
    use super::{heading, told_heading};

    #[test]
    fn numbers_are_written_out() {
        assert_eq!(
            (heading(0).as_str(), heading(1).as_str(), heading(3).as_str()),
            ("Nothing needs you today", "One thing needs you today", "Three things need you today")
        );
        assert_eq!(heading(14), "14 things need you today");
    }

    #[test]
    fn nothing_told_yet_is_headed_by_who_may_tell() {
        assert!(told_heading(&[], false).starts_with("What you told us"));
        assert!(told_heading(&[], true).starts_with("What you and your people told us"));
    }
}
