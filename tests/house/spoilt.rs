//! tests/spoilt: each file breaks one rule of the database and names the tests that must notice it. bin/spoil sees whether they do;
//! here only that what it reads is there.

use crate::files::{Fault, File, below, none};
use crate::security::tests;
use std::collections::BTreeSet;

/// The folder's own tools break nothing.
const HAND: &str = "tests/spoilt/spoil.sql";

fn faults(rules: &[File], known: &BTreeSet<String>) -> Vec<Fault> {
    let mut found = Vec::new();
    for file in rules.iter().filter(|file| file.path != HAND) {
        let (notes, statements): (Vec<&str>, Vec<&str>) = file.text.lines().partition(|line| line.starts_with("--") || line.is_empty());
        let named: Vec<&str> =
            notes.iter().filter_map(|line| line.strip_prefix("-- red: ")).flat_map(|rest| rest.split(',')).map(str::trim).collect();
        if !file.text.starts_with("-- ") || file.text.starts_with("-- red") {
            found.push(Fault::new(&file.path, 1, "begin with the rule that is broken here, in a sentence"));
        }
        if named.is_empty() {
            found.push(Fault::new(&file.path, 2, "name the tests that must notice it: `-- red: name, other_name`"));
        }
        for name in named {
            if !known.contains(name.rsplit("::").next().unwrap_or_default()) {
                found.push(Fault::new(&file.path, 2, format!("there is no test called `{name}`")));
            }
        }
        if statements.is_empty() {
            found.push(Fault::new(&file.path, 3, "it breaks nothing"));
        }
    }
    found
}

#[test]
fn each_broken_rule_names_a_test_that_is_there() {
    let sources: Vec<File> = ["tests/site", "tests/house"].iter().flat_map(|folder| below(folder, &[".rs"])).collect();
    let rules = below("tests/spoilt", &[".sql"]);
    assert!(rules.len() > 40, "only {} rules are broken", rules.len());
    none("tests/spoilt", faults(&rules, &tests(&sources)));
}

#[test]
fn a_broken_rule_without_a_test_is_seen() {
    let known = BTreeSet::from(["it_holds".to_owned()]);
    let all = |text: &str| faults(&[File::planted("tests/spoilt/a/b.sql", text)], &known).len();
    assert_eq!(all("-- A rule.\n-- red: it_holds, a::it_holds\ndrop policy x on y;\n"), 0);
    assert_eq!(all("-- A rule.\n-- red: it_holds, nothing_such\ndrop policy x on y;\n"), 1);
    assert_eq!(all("-- A rule.\ndrop policy x on y;\n"), 1);
    assert_eq!(all("-- red: it_holds\ndrop policy x on y;\n"), 1);
    assert_eq!(all("-- A rule.\n-- red: it_holds\n"), 1);
}
