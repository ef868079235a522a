//! What to do with each row of a list: add it, leave it, change what is there, or ask a person about a likely double.
//! Two Tribes are one only by the same official id or the same recorded name, never by likeness.

use super::{
    changes::{Change, changes},
    headings::Field,
    likeness::{LIKELY, Words, may_be_tribal},
    particulars::Particulars,
    rows::{ImportRow, Refused},
};
use crate::{partners::model::Kind, platform::fold::fold};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// How many names one row is compared with at most, the nearest first.
const COMPARED: usize = 200;
/// How many likely doubles are shown for a row.
const SHOWN: usize = 5;

/// A partner that is already there.
#[derive(Debug, Clone)]
pub struct Known<Id> {
    /// Its id.
    pub id: Id,
    /// What is recorded of it.
    pub particulars: Particulars,
    /// Those of its recorded names that came with a list: what somebody said was the same, or what a list renamed.
    pub of_lists: Vec<String>,
    /// The body's words are its own to change: a list changes none of them.
    pub keeps_itself: bool,
}

/// What a row was found to be the same as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Same<Id> {
    /// A partner.
    Partner(Id),
    /// An earlier row of the same file, by its number.
    Row(usize),
}

/// What becomes of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome<Id> {
    /// A new partner.
    Added,
    /// There, and the row says nothing new; or an earlier row of the file is the same.
    AlreadyThere(Same<Id>),
    /// There, with these fields to change.
    Changed(Id, Vec<Change>),
    /// A person must say whether these are the same; the likeliest first.
    LikelyDouble(Vec<Same<Id>>, Why),
    /// Not taken.
    Refused(Refused),
}

/// Why a row is likely a double.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// Equal but for accents, capitals and punctuation, and something else differs.
    #[error("It has the same name")]
    SameName,
    /// A former name equals a name.
    #[error("A recorded former name is the same")]
    FormerName,
    /// See [`mod@super::likeness`].
    #[error("The names are much alike")]
    Alike,
    /// What a body says of itself, no list overwrites.
    #[error("Its words are its own to change, and the list says something else: nothing is taken over")]
    KeepsItself,
    /// One name looks like the other’s first letters.
    #[error("One name looks like the first letters of the other")]
    Initials,
}

/// Compares the rows of one file, in their order, with the partners and with the rows before.
#[derive(Debug)]
pub struct Finder<'a, Id> {
    known: &'a [Known<Id>],
    entries: Vec<Entry>,
    by_id: HashMap<String, usize>,
    by_name: HashMap<String, Vec<usize>>,
    by_key: HashMap<String, Vec<usize>>,
    by_initials: HashMap<String, Vec<usize>>,
    by_acronym: HashMap<String, Vec<usize>>,
    /// Kept for the tests, which hold the work to a bound.
    compared: usize,
}

#[derive(Debug)]
struct Entry {
    at: At,
    name: String,
    folded: String,
    official_id: String,
    kind: Option<Kind>,
    place: [String; 2],
    /// Absent where names are never compared by likeness.
    words: Option<Words>,
}

#[derive(Debug, Clone, Copy)]
enum At {
    /// In the list of known partners.
    Partner(usize),
    /// The number of a row.
    Row(usize),
}

impl Entry {
    fn of(at: At, one: &Particulars) -> Self {
        let national = ["epa:", "bia:", "bia-code:"].iter().any(|list| one.official_id.starts_with(list));
        let tribal = one.is_tribe() || national || may_be_tribal(&one.name);
        Self {
            at,
            name: one.name.split_whitespace().collect::<Vec<_>>().join(" "),
            folded: fold(&one.name),
            // An id of a private list may stand for another body in the next list.
            official_id: if one.official_id.starts_with("list:") { String::new() } else { one.official_id.clone() },
            kind: one.kind,
            place: [fold(&one.city), fold(&one.state)],
            words: (!tribal).then(|| Words::of(&one.name)),
        }
    }

    /// Two ids of one list that differ: two bodies, says whoever keeps the list.
    fn contradicts(&self, other: &Self) -> bool {
        let scheme = |id: &str| id.split_once(':').map(|(scheme, _)| scheme.to_owned());
        self.official_id != other.official_id
            && scheme(&self.official_id).is_some()
            && scheme(&self.official_id) == scheme(&other.official_id)
    }

    /// Equal names are one body unless place, kind or id speak against it.
    fn is(&self, other: &Self) -> bool {
        let same_kind = self.kind == other.kind || self.kind.is_none() || other.kind.is_none();
        let differ = |part: usize| {
            let (mine, theirs) = (&self.place[part], &other.place[part]);
            // “WA” and “Washington” are two ways to write one state.
            mine != theirs && !mine.is_empty() && !theirs.is_empty() && (part == 0 || (mine.len() == 2) == (theirs.len() == 2))
        };
        let far = differ(0) || differ(1);
        let tribal = self.words.is_none() || other.words.is_none();
        let named = if tribal { self.name == other.name } else { self.folded == other.folded };
        named && same_kind && !far && !self.contradicts(other)
    }
}

impl<'a, Id: Copy + PartialEq> Finder<'a, Id> {
    /// Ready for the first row.
    #[must_use]
    pub fn new(known: &'a [Known<Id>]) -> Self {
        let mut finder = Self {
            known,
            entries: Vec::with_capacity(known.len()),
            by_id: HashMap::new(),
            by_name: HashMap::new(),
            by_key: HashMap::new(),
            by_initials: HashMap::new(),
            by_acronym: HashMap::new(),
            compared: 0,
        };
        for (at, one) in known.iter().enumerate() {
            finder.remember(Entry::of(At::Partner(at), &one.particulars), &one.particulars);
        }
        finder
    }

    /// What becomes of a row. Rows go in once, in their order; later rows are compared with it too.
    pub fn classify(&mut self, row: Result<ImportRow, Refused>) -> Outcome<Id> {
        let row = match row {
            Ok(row) => row,
            Err(refused) => return Outcome::Refused(refused),
        };
        let entry = Entry::of(At::Row(row.number), &row.particulars);
        let outcome = self.outcome(&entry, &row.particulars);
        if !matches!(outcome, Outcome::AlreadyThere(_)) {
            self.remember(entry, &row.particulars);
        }
        outcome
    }

    /// How many pairs of names were compared by likeness so far.
    #[cfg(test)]
    pub fn compared(&self) -> usize {
        self.compared
    }

    fn outcome(&mut self, entry: &Entry, row: &Particulars) -> Outcome<Id> {
        if let Some(&found) = self.by_id.get(&entry.official_id) {
            return self.same(found, row);
        }
        let named = self.by_names(entry, row);
        let equal: Vec<usize> = named.iter().copied().filter(|&at| self.entries[at].is(entry)).collect();
        if let [one] = equal[..] {
            return self.same(one, row);
        }
        if let Some(there) = self.under_a_recorded_name(&named, entry, row) {
            return there;
        }
        if !named.is_empty() {
            let same_name = named.iter().any(|&at| self.entries[at].folded == entry.folded);
            return self.likely(&named, if same_name { Why::SameName } else { Why::FormerName });
        }
        let Some(words) = &entry.words else { return Outcome::Added };
        let alike = self.alike(words, entry);
        if !alike.is_empty() {
            return self.likely(&alike, Why::Alike);
        }
        let initials = self.initials(words);
        if initials.is_empty() { Outcome::Added } else { self.likely(&initials, Why::Initials) }
    }

    /// Entries that share a current or former name, none that an official id speaks against where Tribes are concerned.
    fn by_names(&self, entry: &Entry, row: &Particulars) -> Vec<usize> {
        let names = [&row.name].into_iter().chain(&row.former_names).map(|name| fold(name)).filter(|name| !name.is_empty());
        let mut found: Vec<usize> = names.filter_map(|name| self.by_name.get(&name)).flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        found.retain(|&at| {
            let other = &self.entries[at];
            let tribal = other.words.is_none() || entry.words.is_none();
            !(tribal && other.contradicts(entry))
        });
        found
    }

    /// One partner alone has the row's name among those that came with lists, no Tribe is concerned, and the row says nothing else
    /// that is new: so it is after somebody said of a likely double that the two are one.
    fn under_a_recorded_name(&self, named: &[usize], entry: &Entry, row: &Particulars) -> Option<Outcome<Id>> {
        let [at] = *named else { return None };
        let (other, At::Partner(known)) = (&self.entries[at], self.entries[at].at) else { return None };
        let known = &self.known[known];
        let recorded = known.of_lists.iter().any(|name| fold(name) == entry.folded);
        let apart = other.words.is_some() && entry.words.is_some();
        let tells = changes(&known.particulars, row).iter().any(|change| change.field != Field::Name);
        (recorded && apart && !tells).then_some(Outcome::AlreadyThere(Same::Partner(known.id)))
    }

    fn alike(&mut self, words: &Words, entry: &Entry) -> Vec<usize> {
        let keys = words.keys();
        let mut lists: Vec<&Vec<usize>> = keys.iter().filter_map(|key| self.by_key.get(key)).collect();
        lists.sort_by_key(|list| list.len());
        let mut near: Vec<usize> = lists.into_iter().flatten().copied().take(COMPARED).collect();
        near.sort_unstable();
        near.dedup();
        self.compared += near.len();
        let likeness = |at: usize| self.entries[at].words.as_ref().map_or(0.0, |theirs| theirs.likeness(words));
        let mut found: Vec<(f64, usize)> = near
            .into_iter()
            .filter(|&at| !self.entries[at].contradicts(entry))
            .map(|at| (likeness(at), at))
            .filter(|(alike, _)| *alike >= LIKELY)
            .collect();
        found.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        found.into_iter().map(|(_, at)| at).collect()
    }

    fn initials(&self, words: &Words) -> Vec<usize> {
        let spelled = words.acronym.as_ref().and_then(|short| self.by_initials.get(short));
        spelled.or_else(|| self.by_acronym.get(&words.initials)).cloned().unwrap_or_default()
    }

    fn same(&self, at: usize, row: &Particulars) -> Outcome<Id> {
        match self.entries[at].at {
            At::Row(number) => Outcome::AlreadyThere(Same::Row(number)),
            At::Partner(known) => {
                let known = &self.known[known];
                let changes = changes(&known.particulars, row);
                if changes.is_empty() {
                    Outcome::AlreadyThere(Same::Partner(known.id))
                } else if known.keeps_itself {
                    Outcome::LikelyDouble(vec![Same::Partner(known.id)], Why::KeepsItself)
                } else {
                    Outcome::Changed(known.id, changes)
                }
            }
        }
    }

    fn likely(&self, found: &[usize], why: Why) -> Outcome<Id> {
        let same = |&at: &usize| match self.entries[at].at {
            At::Row(number) => Same::Row(number),
            At::Partner(known) => Same::Partner(self.known[known].id),
        };
        Outcome::LikelyDouble(found.iter().take(SHOWN).map(same).collect(), why)
    }

    fn remember(&mut self, entry: Entry, one: &Particulars) {
        let at = self.entries.len();
        if !entry.official_id.is_empty() {
            self.by_id.entry(entry.official_id.clone()).or_insert(at);
        }
        for name in [&one.name].into_iter().chain(&one.former_names) {
            self.by_name.entry(fold(name)).or_default().push(at);
        }
        if let Some(words) = &entry.words {
            for key in words.keys() {
                self.by_key.entry(key).or_default().push(at);
            }
            if words.initials.chars().count() >= 3 {
                self.by_initials.entry(words.initials.clone()).or_default().push(at);
            }
            if let Some(short) = &words.acronym {
                self.by_acronym.entry(short.clone()).or_default().push(at);
            }
        }
        self.entries.push(entry);
    }
}
