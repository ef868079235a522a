//! Whether a text repeats somebody's words: eight or more in a row are theirs, however they are dressed up.

use crate::platform::fold::fold;
use std::collections::HashSet;

/// Words in a row from which a text counts as a repetition.
const IN_A_ROW: usize = 8;

/// Whether `text` shares eight or more words in a row with `words`.
#[must_use]
pub fn repeats(text: &str, words: &str) -> bool {
    let (text, words) = (fold(text), fold(words));
    let runs = |folded: &str| -> HashSet<String> {
        let all: Vec<&str> = folded.split(' ').collect();
        all.windows(IN_A_ROW).map(|run| run.join(" ")).collect()
    };
    !runs(&text).is_disjoint(&runs(&words))
}

/// The words of a text that say what it is about: four letters or more, each once.
#[must_use]
pub fn telling_words(text: &str) -> Vec<String> {
    const EMPTY: &[&str] =
        &["what", "when", "with", "that", "this", "from", "have", "they", "their", "would", "about", "which", "where", "your"];
    let folded = fold(text);
    let mut seen = HashSet::new();
    folded
        .split(' ')
        .filter(|word| word.chars().count() >= 4 && !EMPTY.contains(word) && seen.insert(*word))
        .take(20)
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_words_in_a_row_are_somebodys() {
        let words = "They moved my sister twice before anybody asked us where she wanted to live.";
        assert!(repeats("One said: “They moved my sister twice before anybody ASKED us”", words));
        assert!(!repeats("They moved my sister twice before anybody knew", words));
        assert!(!repeats("", words));
    }

    #[test]
    fn short_and_empty_words_tell_nothing() {
        assert_eq!(telling_words("What would help when a visit is far? Visits, far away."), ["help", "visit", "visits", "away"]);
    }
}
