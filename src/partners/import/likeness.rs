//! How alike two names of bodies are, by their telling words. Only ever a reason to ask a person, and never asked of two Tribes.

use crate::platform::fold::fold;

/// From here on two names are likely those of one body.
pub const LIKELY: f64 = 0.85;
/// Two words this alike are taken for one, mistyped.
const SAME_WORD: f64 = 0.94;
/// What a word weighs that many bodies have in their name.
const COMMON_WEIGHT: f64 = 0.4;

/// Left out: legal forms, articles and the like.
const SILENT: &[&str] = &[
    "inc",
    "incorporated",
    "llc",
    "ltd",
    "limited",
    "corp",
    "corporation",
    "co",
    "company",
    "pllc",
    "pc",
    "lp",
    "llp",
    "nfp",
    "501c3",
    "the",
    "a",
    "an",
    "of",
    "and",
    "for",
    "in",
    "at",
    "to",
    "on",
];

/// Common words, in the singular that [`stem`] makes.
const COMMON: &[&str] = &[
    "community",
    "communitie",
    "service",
    "center",
    "centre",
    "family",
    "familie",
    "county",
    "program",
    "organization",
    "organisation",
    "association",
    "council",
    "foundation",
    "youth",
    "child",
    "children",
    "health",
    "school",
    "church",
    "project",
    "network",
    "group",
    "society",
    "coalition",
    "department",
    "office",
    "district",
    "agency",
    "city",
    "state",
    "national",
    "american",
    "public",
    "local",
    "support",
    "resource",
    "partner",
    "partnership",
    "alliance",
    "club",
    "home",
    "house",
    "care",
    "social",
    "human",
    "welfare",
    "court",
    "clinic",
    "hospital",
    "police",
    "parent",
    "people",
];

/// Words by which a name may be that of a Tribe, whatever kind a list gives it.
const TRIBAL: &[&str] =
    &["tribe", "tribal", "nation", "band", "pueblo", "rancheria", "indian", "native", "village", "reservation", "colony"];

/// The words of a name, ready to be compared.
#[derive(Debug, Clone)]
pub(super) struct Words {
    /// Sorted; each once.
    words: Vec<(String, f64)>,
    weight: f64,
    /// First letters of all words but the silent ones, in order.
    pub(super) initials: String,
    /// The name, if it is one word in capitals such as NAYA.
    pub(super) acronym: Option<String>,
}

impl Words {
    pub(super) fn of(name: &str) -> Self {
        let folded = fold(name);
        let spoken: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty() && !SILENT.contains(word)).collect();
        let initials = spoken.iter().filter_map(|word| word.chars().next()).collect();
        let is_acronym = (3..=7).contains(&name.trim().chars().count()) && name.trim().chars().all(char::is_uppercase);
        let mut words: Vec<(String, f64)> = spoken
            .iter()
            .map(|word| stem(word).to_owned())
            .map(|word| {
                let weight = if COMMON.contains(&word.as_str()) { COMMON_WEIGHT } else { 1.0 };
                (word, weight)
            })
            .collect();
        words.sort_by(|one, other| one.0.cmp(&other.0));
        words.dedup_by(|one, other| one.0 == other.0);
        let weight = words.iter().map(|(_, weight)| weight).sum();
        Self { words, weight, initials, acronym: is_acronym.then_some(folded) }
    }

    /// Keys under which names that could be alike are found: pairs of telling words first, then single ones, by their beginnings.
    pub(super) fn keys(&self) -> Vec<String> {
        let mut heads: Vec<String> = self.telling().map(|word| word.chars().take(4).collect()).collect();
        if heads.is_empty() {
            heads = self.words.iter().map(|(word, _)| word.chars().take(4).collect()).collect();
        }
        heads.sort_unstable();
        heads.dedup();
        heads.truncate(8);
        let pairs = (0..heads.len()).flat_map(|at| (at + 1..heads.len()).map(move |next| (at, next)));
        let mut keys: Vec<String> = pairs.map(|(at, next)| format!("{} {}", heads[at], heads[next])).collect();
        keys.extend(heads.iter().cloned());
        keys
    }

    fn telling(&self) -> impl Iterator<Item = &str> {
        self.words.iter().filter(|(_, weight)| *weight > COMMON_WEIGHT).map(|(word, _)| word.as_str())
    }

    /// From 0 (nothing in common) to 1 (the same words).
    pub(super) fn likeness(&self, other: &Self) -> f64 {
        if self.words.is_empty() || other.words.is_empty() || self.numbers().ne(other.numbers()) {
            return 0.0;
        }
        let mut left: Vec<&(String, f64)> = other.words.iter().collect();
        let (mut shared, mut unmatched, mut telling) = (0.0, Vec::new(), false);
        for (word, weight) in &self.words {
            match left.iter().position(|(theirs, _)| theirs == word) {
                Some(at) => {
                    left.swap_remove(at);
                    shared += weight;
                    telling |= *weight > COMMON_WEIGHT;
                }
                None => unmatched.push((word, *weight)),
            }
        }
        // Slower, and only where a mistyped word could still make the difference.
        if (shared + unmatched.iter().map(|(_, weight)| weight).sum::<f64>()) * 2.0 >= LIKELY * (self.weight + other.weight) {
            for (word, weight) in unmatched {
                let alike = |theirs: &str| {
                    theirs.len() > 4
                        && word.len() > 4
                        && theirs.as_bytes()[0] == word.as_bytes()[0]
                        && strsim::jaro_winkler(theirs, word) >= SAME_WORD
                };
                if let Some(at) = left.iter().position(|(theirs, _)| alike(theirs)) {
                    shared += weight.min(left.swap_remove(at).1);
                    telling |= weight > COMMON_WEIGHT;
                }
            }
        }
        let all = self.words.len() == other.words.len() && (shared - self.weight).abs() < 1e-9;
        if telling || all { 2.0 * shared / (self.weight + other.weight) } else { 0.0 }
    }

    /// Words with digits: “District 5” is not “District 6”.
    fn numbers(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|(word, _)| word.as_str()).filter(|word| word.contains(|letter: char| letter.is_ascii_digit()))
    }
}

/// Without the plural’s s.
fn stem(word: &str) -> &str {
    if word.len() > 4 && !word.ends_with("ss") { word.strip_suffix('s').unwrap_or(word) } else { word }
}

/// Whether the name may be that of a Tribe.
pub(super) fn may_be_tribal(name: &str) -> bool {
    fold(name).split(' ').any(|word| TRIBAL.contains(&stem(word)))
}

/// How alike two names are, from 0 to 1, without legal forms (“Inc”, “County of …”), order and plurals. See [`LIKELY`].
#[cfg(test)]
fn likeness(one: &str, other: &str) -> f64 {
    Words::of(one).likeness(&Words::of(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_body_written_otherwise_is_likely() {
        for (one, other) in [
            ("Cedar River Community Services, Inc.", "Cedar River Community Services"),
            ("The Boys & Girls Clubs of King County", "Boys and Girls Club of King County LLC"),
            ("County of Cedar River", "Cedar River County"),
            ("CASA of Cedar River County", "Cedar River CASA"),
            ("Lutheran Comunity Services Northwest", "Lutheran Community Service Northwest"),
            ("Café Família", "Cafe Familia, Inc"),
            ("Family Center", "Family Centers"),
        ] {
            assert!(likeness(one, other) >= LIKELY, "{one} / {other}: {}", likeness(one, other));
        }
    }

    #[test]
    fn neighbours_are_not() {
        for (one, other) in [
            ("Cedar County Court", "Cedar County Health"),
            ("Cedar River School District 5", "Cedar River School District 6"),
            ("North Cedar River Clinic", "South Cedar River Clinic"),
            ("St. Mary Church", "St. Mark Church"),
            ("Family Services", "Community Services"),
            ("Youth Center", "Children’s Center"),
            ("Alder House", "Alder Falls House"),
            ("", ""),
        ] {
            assert!(likeness(one, other) < LIKELY, "{one} / {other}: {}", likeness(one, other));
        }
    }

    #[test]
    fn it_makes_no_difference_which_comes_first() {
        let names = ["Cedar River CASA", "CASA of Cedar River County", "Comunity Alder House", "Alder Community Haus", "Two Hawks"];
        for one in names {
            assert!((likeness(one, one) - 1.0).abs() < 1e-9);
            for other in names {
                assert!((likeness(one, other) - likeness(other, one)).abs() < 1e-9, "{one} / {other}");
            }
        }
    }
}
