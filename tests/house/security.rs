//! docs/security.md: every line of the list has a test that is there, or stands openly under what is not met yet.

use crate::files::{Fault, File, below, none};
use std::collections::BTreeSet;

const LIST: &str = "docs/security.md";
/// How many lines the list has.
const LINES: usize = 77;

/// The names of all tests: functions in Rust, titles in the browser's.
pub fn tests(sources: &[File]) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for file in sources {
        if file.path.ends_with(".mjs") {
            all.extend(file.text.split("test(\"").skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned));
            continue;
        }
        for marked in file.text.split("test]\n").skip(1) {
            let named = marked.lines().find_map(|line| line.trim().trim_start_matches("async ").strip_prefix("fn "));
            all.extend(named.and_then(|rest| rest.split('(').next()).map(str::to_owned));
        }
    }
    all
}

fn faults(list: &File, known: &BTreeSet<String>) -> Vec<Fault> {
    let (mut found, mut shown) = (Vec::new(), BTreeSet::new());
    let fault = |line: usize, what: String| Fault::new(&list.path, line + 1, what);
    for (line, text) in list.text.lines().enumerate() {
        let cells: Vec<&str> = text.split('|').map(str::trim).collect();
        if let ["", number, _, tests, ""] = cells.as_slice()
            && let Ok(number) = number.parse::<usize>()
        {
            let named: Vec<&str> = tests.split('`').skip(1).step_by(2).collect();
            if named.is_empty() {
                found.push(fault(line, format!("line {number} names no test")));
            }
            for name in named.into_iter().filter(|name| !known.contains(*name)) {
                found.push(fault(line, format!("there is no test called `{name}`")));
            }
            if !shown.insert(number) {
                found.push(fault(line, format!("line {number} stands there twice")));
            }
        }
        let waits = text.strip_prefix("- ").and_then(|rest| rest.split_once(": "));
        if let Some((Ok(number), reason)) = waits.map(|(number, reason)| (number.parse::<usize>(), reason))
            && (!shown.insert(number) || reason.len() < 20)
        {
            found.push(fault(line, format!("line {number} stands there twice, or says no reason")));
        }
    }
    found.extend((1..=LINES).filter(|number| !shown.contains(number)).map(|number| fault(0, format!("line {number} is missing"))));
    found
}

#[test]
fn each_line_of_the_security_list_has_a_test_or_a_reason() {
    let sources: Vec<File> = ["src", "tests"].iter().flat_map(|folder| below(folder, &[".rs", ".mjs"])).collect();
    let list = below("docs", &["security.md"]).pop().unwrap_or_else(|| File::planted(LIST, ""));
    none("the security list", faults(&list, &tests(&sources)));
}

#[test]
fn a_line_that_is_missing_or_names_no_test_is_seen() {
    let sources = [File::planted("tests/a.rs", "#[test]\nfn it_holds() {}\n#[tokio::test]\nasync fn so_does_this() {}")];
    let known = tests(&sources);
    assert_eq!(known.iter().map(String::as_str).collect::<Vec<_>>(), ["it_holds", "so_does_this"]);
    let all = |beginning: &str| {
        let rest: String = (4..=LINES).map(|number| format!("- {number}: it comes with what is built next.\n")).collect();
        faults(&File::planted(LIST, &format!("{beginning}{rest}")), &known).len()
    };
    assert_eq!(all("| 1 | x | `it_holds` |\n| 2 | x | `so_does_this` |\n| 3 | x | `it_holds` |\n"), 0);
    assert_eq!(all("| 1 | x | `it_holds` |\n| 2 | x | `nothing_such` |\n| 3 | x | y |\n"), 2);
    assert_eq!(all("| 1 | x | `it_holds` |\n- 2: no.\n"), 2);
}
