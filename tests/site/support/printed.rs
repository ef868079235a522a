//! Files that a reviewer reads, in `tests/snapshots`: a test compares them with what the program says of itself.

use std::{fs, path::PathBuf};

/// Whether the files are written anew, as a developer wishes with `UPDATE_SNAPSHOTS`.
#[expect(clippy::disallowed_methods, reason = "a developer's wish, no setting of the program")]
pub fn is_written_anew() -> bool {
    std::env::var_os("UPDATE_SNAPSHOTS").is_some()
}

/// The file must say exactly this; with `UPDATE_SNAPSHOTS` set it is written anew.
#[track_caller]
pub fn assert_printed(name: &str, text: &str) {
    let file = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/snapshots")).join(name);
    if is_written_anew() {
        fs::write(&file, text).unwrap();
        return;
    }
    let printed = fs::read_to_string(&file).unwrap_or_default();
    let (old, new): (Vec<&str>, Vec<&str>) = (printed.lines().collect(), text.lines().collect());
    let gone = old.iter().filter(|line| !new.contains(line)).map(|line| format!("- {line}"));
    let come = new.iter().filter(|line| !old.contains(line)).map(|line| format!("+ {line}"));
    let differences: Vec<String> = gone.chain(come).collect();
    assert!(
        printed == text,
        "tests/snapshots/{name} differs; look at it, then write it anew with UPDATE_SNAPSHOTS=yes\n{}\n",
        differences.join("\n")
    );
}
