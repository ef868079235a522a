//! Text as it is searched and compared: lower case, without accents, glottal stops or punctuation, words one space apart.
//! Only for finding and comparing: what people read is always the text as they wrote it.

use unicode_normalization::UnicodeNormalization as _;

/// The folded form of a text: “Lək̓ʷəŋən Nation” and “lekwenen nation” become the same. Folding twice changes nothing.
/// The result holds letters, digits and single spaces only; it may be longer than the text (“&” becomes “and”).
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = Folded { out: String::with_capacity(text.len()), gap: false };
    let mut letters = text.nfkd().flat_map(char::to_lowercase).nfkd().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            letter if is_mark(letter) || is_silent(letter) => {}
            // Written inside a word (“Stó:lō”) a colon is a length mark; elsewhere it parts words.
            ':' if folded.in_word() && letters.peek().is_some_and(|next| next.is_alphabetic()) => {}
            '&' => {
                folded.gap = true;
                folded.word("and");
                folded.gap = true;
            }
            letter => match spelled(letter) {
                Some(plain) => folded.word(plain),
                None if is_kept(letter) => folded.letter(letter),
                None => folded.gap = true,
            },
        }
    }
    // What was left out may have kept two marks apart that have an order of their own.
    if folded.out.is_ascii() { folded.out } else { folded.out.nfkd().collect() }
}

struct Folded {
    out: String,
    /// Something that parts words was read since the last letter.
    gap: bool,
}

impl Folded {
    fn letter(&mut self, letter: char) {
        if self.gap && !self.out.is_empty() {
            self.out.push(' ');
        }
        self.gap = false;
        self.out.push(letter);
    }

    fn word(&mut self, letters: &str) {
        letters.chars().for_each(|letter| self.letter(letter));
    }

    fn in_word(&self) -> bool {
        !self.gap && self.out.ends_with(char::is_alphabetic)
    }
}

fn is_kept(letter: char) -> bool {
    letter.is_alphanumeric() || unicode_normalization::char::is_combining_mark(letter)
}

/// Accents above, below and through letters. Vowel signs of Indic and other scripts are letters and stay.
fn is_mark(letter: char) -> bool {
    matches!(letter,
        '\u{0300}'..='\u{036f}' | '\u{0483}'..='\u{0489}' | '\u{0591}'..='\u{05c7}' | '\u{0610}'..='\u{061a}' | '\u{064b}'..='\u{065f}'
        | '\u{0670}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// Glottal stops, apostrophes, length marks and invisible characters: left out, for they are written in many ways or not at all.
fn is_silent(letter: char) -> bool {
    matches!(letter,
        '\'' | '`' | '´' | '‘' | '’' | '‛' | '′' | '\u{02b9}'..='\u{02ff}' | 'ʔ' | 'ʕ' | '\u{0241}' | '\u{0242}' | '\u{02a1}' | '\u{02a2}'
        | '\u{a789}' | '\u{a78b}' | '\u{a78c}' | '\u{00ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Letters that have a plain spelling but no decomposition.
fn spelled(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ł' | 'ɬ' | 'ƚ' | 'ɫ' | 'ⱡ' => "l",
        'ƛ' => "tl",
        'ø' | 'ɔ' | 'ɵ' => "o",
        'đ' | 'ð' | 'ɖ' => "d",
        'ŋ' | 'ɲ' => "n",
        'ə' | 'ɛ' | 'ǝ' | 'ɇ' => "e",
        'ħ' => "h",
        'ŧ' | 'ⱦ' => "t",
        'ı' | 'ɨ' | 'ɩ' => "i",
        'ʉ' | 'ʊ' => "u",
        'ƀ' => "b",
        'ȼ' => "c",
        'ɡ' | 'ɣ' | 'ǥ' => "g",
        'ⱥ' | 'ɑ' => "a",
        'ʃ' => "s",
        'ʒ' | 'ƶ' => "z",
        'ς' => "σ",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::fold;
    use proptest::prelude::*;

    #[test]
    fn many_spellings_of_a_name_fold_to_one() {
        let all: [&[&str]; 9] = [
            &["Lək̓ʷəŋən Nation", "LEKWENEN  nation", "lek’wenen Nation"],
            &["Hawaiʻi Families", "Hawai’i Families", "Hawai'i families", "HAWAII FAMILIES"],
            &["Stó:lō Nation", "Stó꞉lō Nation", "Stolo nation"],
            &["Tł’ızhı̨ı̨", "Tlizhii"],
            &["St. Mary's Church", "St Mary’s  church", "ST. MARYS CHURCH"],
            &["Boys & Girls Club", "Boys and Girls Club", "boys&girls club"],
            &["SENĆOŦEN School", "sencoten school"],
            &["Ｆｕｌｌ Ｗｉｄｔｈ", "full width"],
            &["ʔaqʷ", "aqw"],
        ];
        for spellings in all {
            for one in spellings {
                assert_eq!(fold(one), fold(spellings[0]), "{one}");
            }
        }
        assert_eq!(fold("Lək̓ʷəŋən Nation"), "lekwenen nation");
        assert_eq!(fold("Re: the plan"), "re the plan");
        assert_eq!(fold("  --  "), "");
    }

    #[test]
    fn other_scripts_keep_their_letters() {
        assert_eq!(fold("ᏣᎳᎩ  ᎠᏰᎵ!").chars().count(), 7);
        assert_ne!(fold("हिन्दी"), fold("हन्द"));
        assert_eq!(fold("Ελληνικός"), fold("ΕΛΛΗΝΙΚΌΣ"));
        let apart = fold("\u{1e08f}`\u{ec8}");
        assert_eq!(fold(&apart), apart, "marks that came together stand in their order");
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in any::<String>()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn case_and_spaces_make_no_difference(text in "[ -~À-ʯ]{0,40}") {
            prop_assert_eq!(fold(&text.to_uppercase().to_lowercase()), fold(&text.to_lowercase()));
            prop_assert_eq!(fold(&format!(" {text}\t")), fold(&text));
        }

        #[test]
        fn length_is_bounded(text in any::<String>(), latin in "[ -ʯ]{0,60}") {
            // One Arabic sign stands for a whole sentence of 18 letters; nothing is longer.
            prop_assert!(fold(&text).chars().count() <= 18 * text.chars().count());
            prop_assert!(fold(&latin).chars().count() <= 4 * latin.chars().count());
        }

        #[test]
        fn words_are_one_space_apart(text in any::<String>()) {
            let folded = fold(&text);
            prop_assert_eq!(folded.trim(), &folded);
            prop_assert!(!folded.contains("  "));
            prop_assert!(folded.chars().all(|letter| letter == ' ' || super::is_kept(letter)));
        }
    }
}
