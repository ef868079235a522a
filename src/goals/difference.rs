//! What a new version says otherwise than one that somebody read before: sentence by sentence, marked in words.

use super::model::{Former, Given, Goal, agreed_version};

/// One part of a version beside the same part of the other.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Changed {
    pub(super) label: String,
    pub(super) before: Vec<Sentence>,
    pub(super) now: Vec<Sentence>,
}

/// A sentence, and whether the other version does not have it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Sentence {
    pub(super) text: String,
    pub(super) differs: bool,
}

/// What differs since the version that the reader knows.
#[derive(Debug)]
pub(super) struct Difference {
    /// The version that the present one is compared with.
    pub(super) since: i32,
    /// The reader, or their body, gave a word on it.
    pub(super) ours: bool,
    pub(super) changed: Vec<Changed>,
}

/// Compares the present version with the one that the reader last gave a word on, else with the one the partners' side agreed
/// to, else with the one before. Nothing where there is only one, or where the reader has given a word on the present one.
pub(super) fn since_read(one: &Goal, former: &[Former], given: &[Given]) -> Option<Difference> {
    if given.iter().any(|word| word.ours && word.version == one.version) {
        return None;
    }
    let ours = given.iter().filter(|word| word.ours && word.version < one.version).map(|word| word.version).max();
    let agreed = agreed_version(given).filter(|version| *version < one.version);
    let known = |version: i32| former.iter().find(|former| former.version == version);
    let then = ours.and_then(known).or_else(|| agreed.and_then(known)).or_else(|| former.first())?;
    Some(Difference { since: then.version, ours: ours == Some(then.version), changed: between(&then.fields, &one.as_agreed()) })
}

fn between(before: &[(String, String)], now: &[(String, String)]) -> Vec<Changed> {
    let text =
        |of: &[(String, String)], label: &str| of.iter().find(|(one, _)| one == label).map(|(_, text)| text.clone()).unwrap_or_default();
    let differing = now.iter().filter(|(label, is)| text(before, label) != *is);
    differing
        .map(|(label, is)| {
            let (was, is) = (sentences(&text(before, label)), sentences(is));
            let beside = |these: &[String], others: &[String]| {
                these.iter().map(|one| Sentence { text: one.clone(), differs: !others.contains(one) }).collect()
            };
            Changed { label: label.clone(), before: beside(&was, &is), now: beside(&is, &was) }
        })
        .collect()
}

/// The sentences of a text; a line is one as well.
fn sentences(text: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        if sign == '\n' {
            all.push(String::new());
            continue;
        }
        if let Some(last) = all.last_mut() {
            last.push(sign);
        }
        if matches!(sign, '.' | '!' | '?') && signs.peek().is_some_and(|next| next.is_whitespace()) {
            all.push(String::new());
        }
    }
    all.into_iter().map(|one| one.trim().to_owned()).filter(|one| !one.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(text: &str) -> Vec<(String, String)> {
        vec![("Goal".to_owned(), text.to_owned())]
    }

    #[test]
    fn only_the_sentences_that_differ_are_marked() {
        let found = between(&field("Kin are asked first. By 1.5 days."), &field("Kin are asked first. Within a day.\nAlways."));
        let marks = |of: &[Sentence]| of.iter().map(|one| (one.text.clone(), one.differs)).collect::<Vec<_>>();
        let said = |text: &str, differs: bool| (text.to_owned(), differs);
        assert_eq!(marks(&found[0].before), [said("Kin are asked first.", false), said("By 1.5 days.", true)]);
        assert_eq!(marks(&found[0].now), [said("Kin are asked first.", false), said("Within a day.", true), said("Always.", true)]);
        assert_eq!(between(&field("The same."), &field("The same.")), []);
    }
}
