//! Words that people read: none that pleads, scolds or turns a partner into a market. The glossary is docs/words.md.

use crate::files::{Fault, File, lines, none, program};
use crate::rust_text::{Literal, read, tests_begin};

/// Each with its plural.
const UNKIND: &[&str] = &["please", "sorry", "invalid", "forbidden", "oops", "stakeholder", "vendor", "focus group", "client", "KPI"];

/// The first word of a text that we do not say.
pub fn unkind(text: &str) -> Option<&'static str> {
    let words: Vec<String> =
        text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let line = format!(" {} ", words.join(" "));
    UNKIND.iter().copied().find(|word| {
        let word = word.to_lowercase();
        line.contains(&format!(" {word} ")) || line.contains(&format!(" {word}s "))
    })
}

/// A literal that begins with a capital, or with a placeholder, is taken to be read by a person; SQL, logs and names are not.
fn is_message(literal: &Literal) -> bool {
    !literal.in_attribute && literal.text.starts_with(|letter: char| letter.is_uppercase() || matches!(letter, '{' | '“'))
}

fn straight_apostrophe(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    letters.windows(3).any(|three| three[0].is_alphabetic() && three[1] == '\'' && three[2].is_alphabetic())
}

fn faults(file: &File) -> Vec<Fault> {
    let text = read(&file.text);
    let tests = tests_begin(&text.code);
    let mut faults = Vec::new();
    for literal in text.literals.iter().filter(|literal| literal.line < tests && is_message(literal)) {
        if let Some(word) = unkind(&literal.text) {
            faults.push(Fault::new(&file.path, literal.line, format!("say it without “{word}” (docs/words.md): “{}”", literal.text)));
        }
        if straight_apostrophe(&literal.text) {
            faults.push(Fault::new(&file.path, literal.line, format!("write ’ in “{}”", literal.text)));
        }
    }
    faults
}

#[test]
fn messages_use_our_words() {
    let shown = program().into_iter().filter(|file| !file.path.ends_with("/tests.rs"));
    none("messages", shown.flat_map(|file| faults(&file)).collect());
}

#[test]
fn planted_words_are_seen() {
    for text in ["Please sign in", "an INVALID date", "our vendors", "Focus groups", "the KPIs", "Oops!", "client’s"] {
        assert!(unkind(text).is_some(), "{text}");
    }
    for text in ["Enter a day", "invalidated", "pleased", "a clientele", "focus on the group"] {
        assert_eq!(unkind(text), None, "{text}");
    }
    let file = File::planted(
        "src/a/forms.rs",
        "f(\"Sorry\");\ng(\"select client\");\nh(\"{name}, please\");\ni(\"The partner's name\");\n#[x(\"Invalid\")]\n#[cfg(test)]\nmod tests { \"Sorry\" }",
    );
    assert_eq!(lines(&faults(&file)), [1, 3, 4]);
}
