//! Nobody's words are copied into a free text unnoticed: every field that a form reads as prose is compared with what was
//! said, in the stores of its module, before it is kept.

use crate::files::{Fault, File, none, program};
use std::collections::BTreeSet;

/// Fields that are not compared, each with its reason. This list may only shrink.
const NOT_COMPARED: &[(&str, &str)] = &[
    ("src/agencies/settings", "minors_rule public_records reporting_notice"), // the agency's own notices
    ("src/listening/sessions", "invitation"), // compared by `only_cleared_words`: cleared words may be repeated
    ("src/listening/sessions", "place food child_care travel interpreter pay support_person stop_rule"), // arrangements of a few words
    ("src/listening/speakers", "label minor_consent"), // how the speaker wishes to be shown
    ("src/listening/statements", "words sensitivity"), // what was said
    ("src/members/bodies", "mandate"),        // a body's own act
    ("src/members/me", "hours"),              // when somebody can be reached
];

/// The names in `sign("name", …)`, wherever the lines break.
fn named_after(text: &str, sign: &str) -> Vec<(usize, String)> {
    let mut all = Vec::new();
    for (at, _) in text.match_indices(sign) {
        let rest = text[at + sign.len()..].trim_start();
        if let Some(name) = rest.strip_prefix('"').and_then(|rest| rest.split('"').next()) {
            all.push((text[..at].lines().count().max(1), name.to_owned()));
        }
    }
    all
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// What the stores of a module compare: every name between a call's brackets.
fn compared(files: &[File], module: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for file in files.iter().filter(|file| file.path.starts_with(&format!("{module}/store"))) {
        for sign in ["no_copied_words(", "in_own_words("] {
            for (at, _) in file.text.match_indices(sign) {
                let call = file.text[at..].split(';').next().unwrap_or_default();
                names.extend(call.split('"').skip(1).step_by(2).map(str::to_owned));
            }
        }
    }
    names
}

fn faults(files: &[File], listed: &[(&str, &str)]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let is_listed =
        |module: &str, field: &str| listed.iter().any(|(of, fields)| *of == module && fields.split(' ').any(|one| one == field));
    let mut needed: BTreeSet<(String, String)> = BTreeSet::new();
    for file in files.iter().filter(|file| file.path.ends_with("/forms.rs")) {
        let module = folder(&file.path);
        let known = compared(files, module);
        let own = file.text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
        for (line, field) in named_after(own, ".prose(").into_iter().chain(named_after(own, ".optional_prose(")) {
            if known.contains(&field) {
                continue;
            }
            if is_listed(module, &field) {
                needed.insert((module.to_owned(), field));
            } else {
                let what = format!("`{field}` is kept without being compared with what was said: call consent::in_own_words in the store");
                faults.push(Fault::new(&file.path, line, what));
            }
        }
    }
    for (module, fields) in listed {
        for field in fields.split(' ').filter(|field| !needed.contains(&((*module).to_owned(), (*field).to_owned()))) {
            faults.push(Fault::new(module, 1, format!("`{field}` is compared or gone: take it off the list in tests/house/copies.rs")));
        }
    }
    faults
}

#[test]
fn every_free_text_is_compared_with_what_was_said() {
    none("copies", faults(&program(), NOT_COMPARED));
}

#[test]
fn a_planted_text_that_nobody_compares_is_seen() {
    let form =
        File::planted("src/a/forms.rs", "let x = p.prose(\n    \"said\", &self.said);\nlet y = p.optional_prose(\"note\", &self.note);");
    let store = File::planted("src/a/store.rs", "consent::in_own_words(tx, &[(\"said\", said)]).await?; let z = (\"note\", 1);");
    let files = [form, store];
    assert_eq!(faults(&files, &[]).len(), 1);
    assert_eq!(faults(&files, &[("src/a", "note")]), []);
    assert_eq!(faults(&files, &[("src/a", "note gone")]).len(), 1);
}
