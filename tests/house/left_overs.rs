//! Nothing half-done, nothing switched off, and nothing of the machine the work was done on.

use crate::files::{Fault, File, below, lines, none};
use crate::rust_text::{line_of, read};

/// In code, never in comments or literals (so that this list does not find itself).
const NOT_IN_CODE: &[(&str, &str)] = &[
    ("#[allow(", "use `#[expect(…, reason = \"…\")]`: it goes when its cause goes"),
    ("#![allow(", "use `#![expect(…, reason = \"…\")]`: it goes when its cause goes"),
    ("todo!(", "finish it, or leave it out"),
    ("unimplemented!(", "finish it, or leave it out"),
    ("dbg!(", "take it out"),
    ("#[ignore", "a test that does not run says nothing: mend it or remove it"),
];

/// Written in two halves for the same reason.
const NOT_ANYWHERE: &[&str] =
    &[concat!("/wo", "rk/"), concat!("/fa", "rm/"), concat!("fa", "rm-"), concat!("before", "-stop"), concat!("arti", "factory")];

/// Files that tools write or that others wrote.
fn is_ours(path: &str) -> bool {
    !matches!(path, "Cargo.lock" | "package-lock.json" | "LICENSE") && !path.contains("/vendor/")
}

fn in_code(files: &[File]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in files {
        let code = read(&file.text).code;
        for (sign, what) in NOT_IN_CODE {
            faults.extend(
                code.match_indices(sign).map(|(byte, _)| Fault::new(&file.path, line_of(&code, byte), format!("`{sign}`: {what}"))),
            );
        }
    }
    faults
}

/// A promise to finish later, without the number of the issue that holds it.
fn promises(line: &str) -> bool {
    ["TO\u{44}O", "FIX\u{4D}E"].iter().any(|word| {
        let mut parts = line.split(word);
        let mut before = parts.next().unwrap_or_default();
        parts.any(|after| {
            let whole = !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric);
            let numbered = after
                .trim_start_matches(['(', ' ', ':'])
                .strip_prefix('#')
                .is_some_and(|number| number.starts_with(|digit: char| digit.is_ascii_digit()));
            before = after;
            whole && !numbered
        })
    })
}

fn anywhere(files: &[File]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| is_ours(&file.path)) {
        for (number, line) in file.text.lines().enumerate() {
            let lower = line.to_lowercase();
            if let Some(word) = NOT_ANYWHERE.iter().find(|word| lower.contains(**word)) {
                faults.push(Fault::new(&file.path, number + 1, format!("`{word}` is of somebody’s machine, not of the project")));
            }
            // Style and conduct documents speak about these words.
            if promises(line) && !file.path.ends_with(".md") {
                faults.push(Fault::new(&file.path, number + 1, "say which issue: `#12` after the word"));
            }
        }
    }
    faults
}

#[test]
fn nothing_is_half_done_or_switched_off() {
    let mut files = below("src", &[".rs"]);
    files.extend(below("tests", &[".rs"]));
    none("left-overs", in_code(&files));
}

#[test]
fn nothing_of_a_machine_is_in_the_project() {
    let files = below("", &[""]);
    assert!(files.iter().any(|file| file.path == "Cargo.toml"), "the project was not found");
    none("words of a machine, promises", anywhere(&files));
}

/// Faults planted for the tools of bin/attack are in a test program that nothing but bin/attack builds.
fn planted_faults(files: &[File]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in files {
        let own = matches!(file.path.as_str(), "bin/attack") || file.path.starts_with("tests/") || file.path.ends_with(".md");
        let lines = file.text.lines().enumerate().filter(|(_, line)| line.contains("planted"));
        for (number, line) in lines.filter(|(_, line)| !own && !matches!(*line, "planted = []" | "required-features = [\"planted\"]")) {
            // The manifest may explain itself.
            if !(file.path == "Cargo.toml" && line.starts_with('#')) {
                faults.push(Fault::new(&file.path, number + 1, "planted faults stay in tests/attack: nothing else names their feature"));
            }
        }
    }
    faults
}

#[test]
fn planted_faults_are_in_no_program() {
    let files = below("", &[""]);
    none("planted faults", planted_faults(&files));
    let manifest = files.iter().find(|file| file.path == "Cargo.toml").expect("the manifest");
    let attack = manifest.text.split("[[test]]").find(|part| part.contains("name = \"attack\"")).expect("the test program");
    assert!(
        attack.contains("required-features = [\"planted\"]") && !manifest.text.contains("\ndefault = "),
        "it is built when asked for alone"
    );
    let seen = planted_faults(&[
        File::planted("Dockerfile", "cargo build --features planted"),
        File::planted("src/a.rs", "\ncfg(feature = \"planted\")"),
    ]);
    assert_eq!(lines(&seen), [1, 2]);
}

#[test]
fn planted_left_overs_are_seen() {
    let file =
        File::planted("src/a.rs", "// todo!()\n#[allow(dead_code)]\nfn f() { todo!() }\n#[ignore]\n#[expect(x)]\nlet a = \"dbg!(\";");
    assert_eq!(lines(&in_code(&[file])), [2, 3, 4]);
    let text = format!(
        "cd {}x\nMASTO{d}ON\n// TO{d}O later\n// TO{d}O #12 later\n// FIX{m}E(#3)\n// FIX{m}E\n",
        NOT_ANYWHERE[0],
        d = 'D',
        m = 'M'
    );
    assert_eq!(lines(&anywhere(&[File::planted("bin/x", &text)])), [1, 3, 6]);
    assert_eq!(anywhere(&[File::planted("Cargo.lock", &text)]), []);
}
