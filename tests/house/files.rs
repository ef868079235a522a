//! The project's files as the checkers see them, and the faults they report.

use std::fmt::Write as _;
use std::path::Path;

/// A text file; `path` is relative to the top of the project and written with `/`.
#[derive(Clone, Debug)]
pub struct File {
    pub path: String,
    pub text: String,
}

impl File {
    /// For planted faults: a file that exists only in a test.
    pub fn planted(path: &str, text: &str) -> File {
        File { path: path.to_owned(), text: text.to_owned() }
    }

    /// The module path of a file under `src/`, for example `["partners", "pages"]`; `mod.rs` is its folder.
    pub fn module(&self) -> Vec<&str> {
        let inner = self.path.strip_prefix("src/").unwrap_or(&self.path);
        let inner = inner.strip_suffix(".rs").unwrap_or(inner);
        let inner = inner.strip_suffix("/mod").unwrap_or(inner);
        inner.split('/').collect()
    }
}

/// One place that breaks a rule, and what to do about it.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    pub path: String,
    pub line: usize,
    pub what: String,
}

impl Fault {
    pub fn new(path: &str, line: usize, what: impl Into<String>) -> Fault {
        Fault { path: path.to_owned(), line, what: what.into() }
    }
}

/// Fails with every fault on a line of its own.
#[track_caller]
pub fn none(rule: &str, mut faults: Vec<Fault>) {
    faults.sort();
    faults.dedup();
    let mut list = String::new();
    for fault in &faults {
        let _ = write!(list, "\n  {}:{}: {}", fault.path, fault.line, fault.what);
    }
    assert!(faults.is_empty(), "{rule}: {} to mend{list}\n", faults.len());
}

/// The lines and texts of the faults of a planted file, in short form, for the checkers' own tests.
pub fn lines(faults: &[Fault]) -> Vec<usize> {
    faults.iter().map(|fault| fault.line).collect()
}

/// Folders that are made by tools or hold a visitor's data, at the top of the project.
const NOT_OURS: &[&str] = &[".git", "target", "node_modules", ".data", ".sqlx"];

/// All text files below `folder` whose name ends in one of `endings` (`""` takes all).
pub fn below(folder: &str, endings: &[&str]) -> Vec<File> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    walk(top, &top.join(folder), endings, &mut found);
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// The Rust files of the program.
pub fn program() -> Vec<File> {
    below("src", &[".rs"])
}

fn walk(top: &Path, folder: &Path, endings: &[&str], found: &mut Vec<File>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if NOT_OURS.contains(&name.as_str()) {
            continue;
        }
        if path.is_dir() {
            walk(top, &path, endings, found);
        } else if endings.iter().any(|ending| name.ends_with(ending))
            && let (Ok(text), Ok(relative)) = (std::fs::read_to_string(&path), path.strip_prefix(top))
        {
            found.push(File { path: relative.to_string_lossy().replace('\\', "/"), text });
        }
    }
}
