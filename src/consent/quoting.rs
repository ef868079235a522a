//! Knowing copied words again: every eight words in a row of a text, hashed, so that two texts can be compared without
//! either being read.

use crate::platform::fold::fold;
use sha2::{Digest as _, Sha256};

/// How many words in a row make a copy.
const RUN: usize = 8;

/// The hashes of every eight words in a row, each once; none for a shorter text.
#[must_use]
pub(super) fn runs(text: &str) -> Vec<i64> {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    let mut hashes: Vec<i64> = words.windows(RUN).map(|run| hash(&run.join(" "))).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

fn hash(run: &str) -> i64 {
    let digest = Sha256::digest(run.as_bytes());
    let mut first = [0_u8; 8];
    first.copy_from_slice(&digest[..8]);
    i64::from_be_bytes(first)
}

#[cfg(test)]
mod tests {
    use super::runs;

    fn shared(one: &str, other: &str) -> bool {
        let known = runs(one);
        runs(other).iter().any(|hash| known.contains(hash))
    }

    #[test]
    fn eight_words_in_a_row_are_a_copy_however_they_are_written() {
        let said = "Nobody had our number, and nobody looked. We live four streets away.";
        assert!(shared(said, "She told us: NOBODY HAD OUR NUMBER and nobody looked, we live near."));
        assert!(!shared(said, "Nobody had our number, and nobody ever came to ask us."));
    }

    #[test]
    fn seven_words_are_everybodys() {
        assert!(runs("one two three four five six seven").is_empty());
        assert_eq!(runs("one two three four five six seven eight").len(), 1);
    }
}
