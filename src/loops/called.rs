//! How loops and the promises made in their answers are called in lists and links: by the words that they begin with.

use crate::platform::words::beginning;

/// How lists and links call a loop: the first words of it, for those who may read all of them.
pub(super) fn title_of(words: &str) -> String {
    beginning(&words.split_whitespace().collect::<Vec<_>>().join(" "), MOST)
}

/// So many characters of it.
const MOST: usize = 90;

/// How a promise is called that was made in an answer: its first sentence where that says enough, else its first words. The whole
/// answer stands with what happened to the promise.
pub(super) fn promise_of(words: &str) -> String {
    let title = title_of(words);
    let ends = title.char_indices().filter(|(at, letter)| matches!(letter, '.' | '!' | '?') && title[at + 1..].starts_with(' '));
    ends.map(|(at, _)| &title[..=at]).find(|sentence| sentence.chars().count() >= TELLING).map_or(title.clone(), str::to_owned)
}

/// A sentence of so many characters says enough by itself.
const TELLING: usize = 45;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_promise_is_called_by_its_first_sentence_that_says_enough() {
        assert_eq!(
            promise_of("We will open on Saturdays from the first week of March. We heard how far the bus is."),
            "We will open on Saturdays from the first week of March."
        );
        assert_eq!(promise_of("Yes. We will open on Saturdays."), "Yes. We will open on Saturdays.");
        let long = promise_of(&"and then some more of it ".repeat(20));
        assert!(long.ends_with(" …") && long.chars().count() <= 92, "{long}");
    }

    #[test]
    fn a_title_is_cut_between_words() {
        assert_eq!(title_of("Why  so\nlate?"), "Why so late?");
        let long = title_of(&"seven letters, ".repeat(20));
        assert!(long.ends_with("letters …") && long.chars().count() <= 92, "{long}");
    }
}
