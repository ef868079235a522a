//! What a theme is and what it rests on.

use crate::platform::{ids::SubjectId, subject::Kind, words};
use chrono::{DateTime, Utc};
use serde::Deserialize;

crate::id!(
    /// One merge or split.
    ChangeId
);

/// So many days a merge or a split can be undone.
pub(super) const UNDONE_WITHIN: i64 = 30;

labels! {
    /// What was done with a theme.
    pub enum Sort {
        Merge = "merge", "merged";
        Split = "split", "split";
    }
}

labels! {
    /// How it was settled where a source belongs.
    pub enum How {
        Third = "third", "by a third person";
        Talking = "talking", "by talking about it";
    }
}

labels! {
    /// From which side somebody spoke.
    pub enum Side {
        Tribes = "tribes", "Tribes";
        Partners = "partners", "community partners";
        Lived = "lived", "people with lived experience";
        Unsaid = "unsaid", "people who gave no hint of who they are";
    }
}

/// A theme on the list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its id.
    pub id: SubjectId,
    /// Its name.
    pub name: String,
    /// What it means.
    pub description: String,
    /// Known in the field before anybody here spoke of it.
    pub from_field: bool,
    /// Sources that the reader may see.
    pub sources: i64,
    /// It lost a source and has not been read again.
    pub is_to_reread: bool,
}

/// One theme.
#[derive(Debug, Clone)]
pub struct Theme {
    /// Its id.
    pub id: SubjectId,
    /// Its name.
    pub name: String,
    /// What it means.
    pub description: String,
    /// Known in the field before anybody here spoke of it.
    pub from_field: bool,
    /// Who made it here.
    pub made_by: Option<String>,
    /// What it was merged into.
    pub merged: Option<sqlx::types::Json<Merged>>,
    /// Counts every change.
    pub version: i32,
}

/// One thing a theme rests on.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its id.
    pub id: SubjectId,
    /// A statement, or a session with its summary.
    pub kind: Kind,
    /// Its name.
    pub title: String,
    /// Its page.
    pub path: String,
    /// The words, while they may be quoted and read.
    pub words: Option<String>,
    /// Whose.
    pub shown_as: String,
    /// What a reader should know before they read; may be empty.
    pub sensitivity: String,
    /// Who joined it, each once.
    pub coders: Vec<String>,
    /// The reader is one of them.
    pub is_mine: bool,
    /// Everybody who put it under a theme, where they differ and nobody settled it since.
    pub readers: Option<Vec<String>>,
    /// It was settled where it belongs.
    pub is_settled: bool,
}

impl Source {
    /// That people read it differently, in words.
    #[must_use]
    pub fn differs(&self) -> Option<String> {
        self.readers.as_ref().map(|all| differ(all, self.kind))
    }
}

/// "Ana and Ben put this statement under different themes."
#[must_use]
pub(super) fn differ(coders: &[String], kind: Kind) -> String {
    let what = if kind == Kind::Statement { "statement" } else { "summary" };
    format!("{} put this {what} under different themes", words::listed(coders))
}

/// The theme that an old name leads to.
#[derive(Debug, Clone, Deserialize)]
pub struct Merged {
    /// Its id.
    pub id: SubjectId,
    /// Its name.
    pub name: String,
}

/// A source that people put under different themes.
#[derive(Debug, Clone)]
pub(super) struct Differing {
    pub(super) id: SubjectId,
    pub(super) kind: Kind,
    pub(super) title: String,
    pub(super) coders: Vec<String>,
}

impl Differing {
    pub(super) fn words(&self) -> String {
        differ(&self.coders, self.kind)
    }
}

/// One person's reading of a source.
#[derive(Debug, Clone)]
pub(super) struct Coded {
    pub(super) coder: String,
    pub(super) theme: SubjectId,
    pub(super) theme_name: String,
    pub(super) coded_at: DateTime<Utc>,
    /// When they took it back.
    pub(super) left_at: Option<DateTime<Utc>>,
    pub(super) is_mine: bool,
    /// The theme rests on it now.
    pub(super) rests: bool,
}

/// What was settled about a source.
#[derive(Debug, Clone)]
pub(super) struct Settled {
    pub(super) at: DateTime<Utc>,
    pub(super) how: How,
    pub(super) reason: String,
    pub(super) by: String,
    pub(super) themes: Vec<String>,
}

/// A source with how it was read.
#[derive(Debug, Clone)]
pub(super) struct Read {
    pub(super) id: SubjectId,
    pub(super) kind: Kind,
    pub(super) title: String,
    pub(super) path: String,
    pub(super) words: Option<String>,
    pub(super) shown_as: String,
    pub(super) sensitivity: String,
    pub(super) differs: bool,
    pub(super) coded: Vec<Coded>,
    pub(super) settled: Vec<Settled>,
}

impl Read {
    /// Everybody who put it somewhere and did not take that back, each once.
    pub(super) fn coders(&self) -> Vec<String> {
        let mut all: Vec<String> = self.coded.iter().filter(|one| one.left_at.is_none()).map(|one| one.coder.clone()).collect();
        all.dedup();
        all
    }

    /// That they differ, in words.
    pub(super) fn words(&self) -> String {
        differ(&self.coders(), self.kind)
    }

    /// How the asker settles it: whoever put it somewhere themselves talks with the others, anybody else is a third person.
    pub(super) fn settled_how(&self) -> How {
        if self.coded.iter().any(|one| one.is_mine && one.left_at.is_none()) { How::Talking } else { How::Third }
    }

    /// The themes under which somebody put it, each once.
    pub(super) fn themes(&self) -> Vec<(SubjectId, &str)> {
        let mut all: Vec<(SubjectId, &str)> = self.coded.iter().map(|one| (one.theme, one.theme_name.as_str())).collect();
        all.sort_unstable_by_key(|(id, name)| (*name, *id));
        all.dedup();
        all
    }
}

/// Where a source belongs, parsed.
#[derive(Debug)]
pub(super) struct Settlement {
    pub(super) themes: Vec<SubjectId>,
    pub(super) reason: String,
}

/// What a theme is merged into and why, parsed.
#[derive(Debug)]
pub(super) struct Merge {
    pub(super) into: SubjectId,
    pub(super) reason: String,
}

/// A merge or a split that a theme was part of.
#[derive(Debug, Clone)]
pub(super) struct Became {
    pub(super) id: ChangeId,
    pub(super) sort: Sort,
    pub(super) from: SubjectId,
    pub(super) from_name: String,
    pub(super) into: SubjectId,
    pub(super) into_name: String,
    pub(super) reason: String,
    pub(super) by: String,
    pub(super) made_at: DateTime<Utc>,
    pub(super) undone_at: Option<DateTime<Utc>>,
    pub(super) may_undo: bool,
}

/// How many people of each side are among the sources that somebody may read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Sides(Vec<(Side, i64)>);

impl Sides {
    pub(super) fn of(all: impl IntoIterator<Item = (Side, i64)>) -> Self {
        Self(all.into_iter().filter(|(_, people)| *people > 0).collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each side with its number; nothing where one of them is smaller than the smallest group. All numbers or none: beside the sources,
    /// which the reader can count, one number would give another away.
    pub(super) fn shown(&self, smallest: i64) -> Option<&[(Side, i64)]> {
        self.0.iter().all(|(_, people)| *people >= smallest).then_some(self.0.as_slice())
    }
}

/// A theme parsed from its form.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) description: String,
    pub(super) sources: Vec<SubjectId>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::labels::Label as _;
    use std::collections::{BTreeMap, BTreeSet};

    #[test]
    fn no_small_number_is_shown_or_can_be_worked_out_from_the_whole() {
        let smallest = 3;
        let mut told: BTreeMap<(i64, Option<Vec<i64>>), Vec<[i64; 3]>> = BTreeMap::new();
        for number in 0..9_i64.pow(3) {
            let people = [number % 9, number / 9 % 9, number / 81];
            let sides = Sides::of(Side::ALL.iter().copied().zip(people));
            let shown = sides.shown(smallest).map(|all| all.iter().map(|(_, people)| *people).collect::<Vec<_>>());
            assert!(shown.iter().flatten().all(|people| *people >= smallest), "{people:?}");
            told.entry((people.iter().sum(), shown)).or_default().push(people);
        }
        for ((_, shown), all) in told.iter().filter(|((whole, shown), _)| shown.is_none() && *whole < 9) {
            for place in 0..3 {
                let possible: BTreeSet<i64> = all.iter().map(|people| people[place]).collect();
                assert!(possible.len() > 1, "{shown:?} tells {all:?}");
            }
        }
    }

    #[test]
    fn whoever_put_it_somewhere_is_no_third_person() {
        let coded = |is_mine, left_at| Coded {
            coder: "Ana".to_owned(),
            theme: SubjectId::fresh(),
            theme_name: "Kin".to_owned(),
            coded_at: DateTime::<Utc>::UNIX_EPOCH,
            left_at,
            is_mine,
            rests: true,
        };
        let read = |coded| Read {
            id: SubjectId::fresh(),
            kind: Kind::Statement,
            title: String::new(),
            path: String::new(),
            words: None,
            shown_as: String::new(),
            sensitivity: String::new(),
            differs: true,
            coded: vec![coded],
            settled: Vec::new(),
        };
        assert_eq!(read(coded(true, None)).settled_how(), How::Talking);
        assert_eq!(read(coded(false, None)).settled_how(), How::Third);
        assert_eq!(read(coded(true, Some(DateTime::<Utc>::UNIX_EPOCH))).settled_how(), How::Third);
    }
}
