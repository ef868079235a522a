//! Names that say what a thing is, the same names in code and templates, and a word of introduction in each file.

use crate::files::{Fault, File, below, lines, none, program};
use crate::floors::place;
use crate::rust_text::{line_of, places, read};

/// Names that say nothing. (`services/`, the directory of services, is a thing of the trade and keeps its name.)
const EMPTY_NAMES: &[&str] = &["util", "utils", "helper", "helpers", "common", "manager", "managers", "service", "services", "misc"];

/// Template folders that belong to the platform rather than to a module.
const SHARED_TEMPLATES: &[&str] = &["layouts", "components", "errors"];

/// The longest introduction of a module, in lines.
const LONGEST_INTRODUCTION: usize = 5;

/// The parts of a name: `PartnerManager` and `partner_manager` are both partner, manager.
fn parts(name: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    for letter in name.chars() {
        if letter == '_' || letter == '-' || letter.is_uppercase() {
            found.push(String::new());
        }
        if letter.is_alphanumeric() {
            found.last_mut().unwrap().extend(letter.to_lowercase());
        }
    }
    found
}

fn says_nothing(path: &str, name: &str) -> bool {
    let directory = path.starts_with("src/services/") || path.contains("/services.rs");
    parts(name).iter().any(|part| EMPTY_NAMES.contains(&part.as_str()) && !(directory && part.starts_with("service")))
}

fn empty_names(files: &[File]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in files {
        let stem = file.path.strip_suffix(".rs").unwrap_or(&file.path);
        if let Some(name) = stem.split('/').find(|name| says_nothing(&file.path, name)) {
            faults.push(Fault::new(&file.path, 1, format!("`{name}` says nothing: name the module for what it does")));
        }
        let code = read(&file.text).code;
        for kind in ["mod ", "struct ", "enum ", "trait ", "type ", "union "] {
            for byte in places(&code, kind) {
                let name: String =
                    code[byte + kind.len()..].chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
                if says_nothing(&file.path, &name) {
                    faults.push(Fault::new(&file.path, line_of(&code, byte), format!("`{name}` says nothing: name it for what it does")));
                }
            }
        }
    }
    faults
}

fn without_introduction(files: &[File]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in files {
        let count = file.text.lines().take_while(|line| line.starts_with("//!")).count();
        if count == 0 {
            faults.push(Fault::new(&file.path, 1, "begin with `//!`: what it is for, what it must never do"));
        } else if count > LONGEST_INTRODUCTION {
            faults.push(Fault::new(
                &file.path,
                1,
                format!("an introduction of {count} lines: at most {LONGEST_INTRODUCTION}, the rest belongs in ARCHITECTURE.md"),
            ));
        }
    }
    faults
}

/// Folders of templates are named like modules; a module's pages use its own folder; no template lies unused.
fn template_folders(files: &[File], templates: &[File]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in templates {
        let folder = file.path.split('/').nth(1).unwrap_or_default();
        if !SHARED_TEMPLATES.contains(&folder) && place(folder).is_none() {
            faults.push(Fault::new(&file.path, 1, format!("no module is called `{folder}`: template folders are named like modules")));
        }
    }
    let mut named: Vec<String> = Vec::new();
    for file in files {
        for literal in read(&file.text).literals {
            if literal.in_attribute && templates.iter().any(|template| template.path == format!("templates/{}", literal.text)) {
                let folder = literal.text.split('/').next().unwrap_or_default();
                let own = file.module()[0];
                if own != "platform" && own != folder && !SHARED_TEMPLATES.contains(&folder) {
                    let what = format!("`{}` belongs to another module: keep the template in templates/{own}/", literal.text);
                    faults.push(Fault::new(&file.path, literal.line, what));
                }
            }
            named.push(literal.text);
        }
    }
    for file in templates {
        let name = file.path.trim_start_matches("templates/");
        let quoted = format!("\"{name}\"");
        let used = named.iter().any(|other| other == name) || templates.iter().any(|other| other.text.contains(&quoted));
        if !used {
            faults.push(Fault::new(&file.path, 1, "no page and no other template names this template: remove it"));
        }
    }
    faults
}

#[test]
fn names_say_something() {
    let mut files = program();
    files.extend(below("tests", &[".rs"]));
    none("empty names", empty_names(&files));
}

#[test]
fn every_module_introduces_itself() {
    none("introductions", without_introduction(&program()));
}

#[test]
fn template_folders_mirror_the_modules() {
    none("templates", template_folders(&program(), &below("templates", &[".html", ".txt"])));
}

#[test]
fn planted_names_are_seen() {
    let planted = |path, text| lines(&empty_names(&[File::planted(path, text)]));
    assert_eq!(planted("src/partners/utils.rs", "//! x\nstruct Partner;"), [1]);
    assert_eq!(planted("src/partners/model.rs", "//! x\nstruct PartnerManager;\nenum CommonKind {}\nmod date_helpers {}"), [4, 2, 3]);
    assert_eq!(planted("src/services/model.rs", "pub struct Service; // of the directory"), [0_usize; 0]);
    assert_eq!(planted("src/platform/db.rs", "struct Uncommon; struct Managerial; let service = 1;"), [0_usize; 0]);
}

#[test]
fn planted_introductions_are_seen() {
    let files = ["use x;", "//! one\nuse x;", "//! 1\n//! 2\n//! 3\n//! 4\n//! 5\n//! 6\n"].map(|text| File::planted("src/a.rs", text));
    assert_eq!(without_introduction(&files).len(), 2);
}

#[test]
fn planted_stray_templates_are_seen() {
    let page =
        File::planted("src/partners/pages.rs", "#[template(path = \"plans/show.html\")]\n#[template(path = \"partners/show.html\")]");
    let templates = ["templates/plans/show.html", "templates/partners/show.html", "templates/nowhere/a.html"];
    let faults = template_folders(&[page], &templates.map(|path| File::planted(path, "")));
    let found: Vec<_> = faults.iter().map(|fault| (fault.path.as_str(), fault.line)).collect();
    assert_eq!(found, [("templates/nowhere/a.html", 1), ("src/partners/pages.rs", 1), ("templates/nowhere/a.html", 1)]);
}
