//! Small files, and handlers that fit on a screen.

use crate::files::{Fault, File, below, none, program};
use crate::rust_text::{line_of, places, read};

const LONGEST_FILE: usize = 400;
const MEDIAN_BELOW: usize = 120;
const LONGEST_HANDLER: usize = 25;

/// Handlers that are still too long: file, function, lines. This list may only shrink.
const LONG_HANDLERS: &[(&str, &str, usize)] = &[];

fn too_long(files: &[File]) -> Vec<Fault> {
    let long = files.iter().filter(|file| file.text.lines().count() > LONGEST_FILE);
    long.map(|file| {
        let count = file.text.lines().count();
        Fault::new(&file.path, LONGEST_FILE + 1, format!("{count} lines: split it by what a reader looks for (at most {LONGEST_FILE})"))
    })
    .collect()
}

fn median(files: &[File]) -> usize {
    let mut sizes: Vec<usize> = files.iter().map(|file| file.text.lines().count()).collect();
    sizes.sort_unstable();
    sizes.get(sizes.len() / 2).copied().unwrap_or_default()
}

/// Every `async fn` of a pages room: its name, its first line and how many lines it takes.
fn handlers(file: &File) -> Vec<(String, usize, usize)> {
    if !file.module().iter().skip(1).any(|&name| name == "pages") {
        return Vec::new();
    }
    let code = read(&file.text).code;
    let mut found = Vec::new();
    for byte in places(&code, "async fn ") {
        let name: String = code[byte + 9..].chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
        if let Some(length) = body_end(&code[byte..]) {
            let first = line_of(&code, byte);
            found.push((name, first, line_of(&code, byte + length) - first + 1));
        }
    }
    found
}

/// Where the braces of a function close; patterns among its arguments do not count.
fn body_end(code: &str) -> Option<usize> {
    let (mut round, mut curly) = (0_i32, 0_i32);
    for (byte, letter) in code.char_indices() {
        match letter {
            '(' => round += 1,
            ')' => round -= 1,
            '{' if curly > 0 || round == 0 => curly += 1,
            '}' if curly > 0 => {
                curly -= 1;
                if curly == 0 {
                    return Some(byte);
                }
            }
            _ => {}
        }
    }
    None
}

fn long_handlers(files: &[File], excused: &[(&str, &str, usize)]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut unused: Vec<_> = excused.to_vec();
    for file in files {
        for (name, line, count) in handlers(file) {
            let excuse = excused.iter().find(|(path, other, _)| *path == file.path && *other == name);
            if count > LONGEST_HANDLER {
                unused.retain(|(path, other, _)| !(*path == file.path && *other == name));
            }
            match excuse {
                Some(&(_, _, most)) if count > most => {
                    faults.push(Fault::new(&file.path, line, format!("`{name}` grew from {most} to {count} lines: it may only shrink")));
                }
                None if count > LONGEST_HANDLER => {
                    let what = format!(
                        "`{name}` takes {count} lines: a handler is five sentences, at most {LONGEST_HANDLER} lines. Move rules to model.rs and queries to store.rs"
                    );
                    faults.push(Fault::new(&file.path, line, what));
                }
                _ => {}
            }
        }
    }
    faults.extend(
        unused.iter().map(|(path, name, _)| Fault::new(path, 1, format!("take `{name}` off LONG_HANDLERS: it is short enough now"))),
    );
    faults
}

#[test]
fn no_file_is_over_four_hundred_lines() {
    let mut files = program();
    files.extend(below("tests", &[".rs"]));
    none("long files", too_long(&files));
}

#[test]
fn the_median_file_is_short() {
    let found = median(&program());
    assert!(found < MEDIAN_BELOW, "half of the files in src/ have {found} lines or more; keep the median under {MEDIAN_BELOW}");
}

#[test]
fn a_handler_fits_on_a_screen() {
    none("long handlers", long_handlers(&program(), LONG_HANDLERS));
}

#[test]
fn planted_long_things_are_seen() {
    let file = |path: &str, count: usize| File::planted(path, &"x\n".repeat(count));
    assert_eq!(too_long(&[file("src/a.rs", 400), file("src/b.rs", 401)]).len(), 1);
    assert_eq!(median(&[file("a", 1), file("b", 200), file("c", 500)]), 200);
    let body = "    let { a } = b;\n".repeat(24);
    let text = format!("//! x\nasync fn create(at: P, X {{ y }}: X) -> R {{\n{body}}}\nasync fn index() {{\n}}\n");
    let pages = [File::planted("src/partners/pages.rs", &text)];
    let found = long_handlers(&pages, &[]);
    assert_eq!((found.len(), found[0].line), (1, 2));
    assert!(found[0].what.contains("26 lines"));
    assert!(long_handlers(&pages, &[("src/partners/pages.rs", "create", 26)]).is_empty());
    assert_eq!(long_handlers(&pages, &[("src/partners/pages.rs", "create", 25)]).len(), 1, "it grew");
    assert_eq!(
        long_handlers(&pages, &[("src/partners/pages.rs", "create", 26), ("src/partners/pages.rs", "index", 30)]).len(),
        1,
        "no longer needed"
    );
}
