//! Every path of ours that a file names: `crate::x::y`, `super::y`, `self::y`, groups in braces taken apart.

use crate::files::File;
use crate::rust_text::{line_of, places, read};

/// A path from the top of the crate, for example `["partners", "store", "add"]`.
#[derive(Debug, PartialEq, Eq)]
pub struct Import {
    pub line: usize,
    pub path: Vec<String>,
    /// The last name is called as a function, as in `partners::jobs()`.
    pub called: bool,
}

/// All paths of ours in a Rust file, in the order they stand.
pub fn of(file: &File) -> Vec<Import> {
    within(&read(&file.text).code, &file.module())
}

/// All paths of ours in a template, which names the program's functions as `crate::x`.
pub fn of_template(file: &File) -> Vec<Import> {
    within(&file.text, &[])
}

fn within(code: &str, module: &[&str]) -> Vec<Import> {
    let mut found = Vec::new();
    let inline = inline_modules(code);
    for root in ["crate::", "common_table::", "super::", "self::"] {
        for byte in places(code, root) {
            if matches!(root, "super::" | "self::") && code[..byte].ends_with("::") {
                continue; // The middle of super::super::x, read from its beginning.
            }
            let mut base: Vec<String> = Vec::new();
            if matches!(root, "super::" | "self::") {
                let around = inline.iter().filter(|(from, to, _)| (*from..*to).contains(&byte));
                base.extend(module.iter().map(|&name| name.to_owned()));
                base.extend(around.map(|(_, _, name)| name.clone()));
            }
            let mut rest = byte + if matches!(root, "super::" | "self::") { 0 } else { root.len() };
            loop {
                if code[rest..].starts_with("super::") {
                    base.pop();
                    rest += "super::".len();
                } else if code[rest..].starts_with("self::") {
                    rest += "self::".len();
                } else {
                    break;
                }
            }
            tree(code, rest, &base, &mut found);
        }
    }
    found.sort_by_key(|import| import.line);
    found
}

/// Modules written inside the file, as `mod tests { … }`: where each begins and ends, the outer ones first.
fn inline_modules(code: &str) -> Vec<(usize, usize, String)> {
    let mut found = Vec::new();
    for byte in places(code, "mod ") {
        let Some((name, body)) = code[byte + 4..].split_once('{') else {
            continue;
        };
        let name = name.trim();
        if !name.chars().all(|letter| letter.is_alphanumeric() || letter == '_') {
            continue;
        }
        let from = code.len() - body.len();
        let mut depth = 1_usize;
        let end = body.char_indices().find_map(|(place, letter)| {
            match letter {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            (depth == 0).then_some(from + place)
        });
        found.push((from, end.unwrap_or(code.len()), name.to_owned()));
    }
    found
}

/// Reads `a::b`, `a::{b, c::d}` or `a::*` from `at` on; gives back where it ends.
fn tree(code: &str, mut at: usize, base: &[String], found: &mut Vec<Import>) -> usize {
    let mut path = base.to_vec();
    let start = at;
    loop {
        let rest = &code[at..];
        if rest.starts_with('{') {
            return group(code, at + 1, &path, found);
        }
        let name: String = rest.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
        if name.is_empty() {
            break;
        }
        at += name.len();
        if name != "self" {
            path.push(name);
        }
        if !code[at..].starts_with("::") {
            break;
        }
        at += 2;
    }
    let called = code[at..].starts_with('(');
    found.push(Import { line: line_of(code, start), path, called });
    at
}

fn group(code: &str, mut at: usize, base: &[String], found: &mut Vec<Import>) -> usize {
    while at < code.len() {
        let rest = &code[at..];
        if rest.starts_with('}') {
            return at + 1;
        }
        if rest.starts_with(|letter: char| letter.is_alphabetic() || letter == '_' || letter == '{') {
            at = tree(code, at, base, found);
            // Over `as other_name` and `::*`.
            at += code[at..].find([',', '}', '{']).unwrap_or(code.len() - at);
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    at
}

#[test]
fn groups_and_relative_paths_are_taken_apart() {
    let file = File::planted(
        "src/partners/pages/list.rs",
        "use crate::{audit, platform::{Can, page::Page as P}};\nuse super::super::store::{self, add};\nfn f() { super::x(); self::y::Z }",
    );
    let found: Vec<_> = of(&file).iter().map(|i| format!("{} {}", i.line, i.path.join("::"))).collect();
    assert_eq!(
        found,
        [
            "1 audit",
            "1 platform::Can",
            "1 platform::page::Page",
            "2 partners::store",
            "2 partners::store::add",
            "3 partners::pages::x",
            "3 partners::pages::list::y::Z",
        ]
    );
    assert!(of(&file)[5].called);
}

#[test]
fn modules_within_a_file_count() {
    let text = "mod store;\nmod tests {\n use super::x;\n}\nuse super::y;";
    let found = of(&File::planted("src/partners/model.rs", text));
    let paths: Vec<_> = found.iter().map(|import| import.path.join("::")).collect();
    assert_eq!(paths, ["partners::model::x", "partners::y"]);
}
