//! Imports only go down, or to the left on their own floor, and enter another module by its front door.

use crate::files::{Fault, File, below, lines, none, program};
use crate::imports::{self, Import};
use crate::rust_text::{line_of, read};

/// The floors of the house, the lowest first; on a floor each name may use the names to its left.
/// A new module is one name here, at the place where everything it needs stands before it.
pub const FLOORS: &[&[&str]] = &[
    &["platform"],
    &["audit", "chain", "jobs", "mail", "notices", "quarantine", "consent", "protocols", "comments", "commitments", "loops", "influence"],
    &["accounts", "agencies", "members", "partners", "listening", "goals", "barriers", "obstacles", "trust", "plans", "groups"],
    &["openings", "desk", "reports", "trace", "wanted", "calendars", "retention", "sight", "home", "live", "verify"],
    &["routes", "worker", "server", "demo", "commands", "lib", "main", "bench"],
];

/// The roof joins everything, and nobody below may import it.
pub const ROOF: usize = FLOORS.len() - 1;

/// The rooms of a module, which only the module itself enters; `paths` alone is open, so that others can link to it.
pub const CLOSED_ROOMS: &[&str] = &["model", "forms", "store", "letters", "jobs", "view", "pages", "api"];

/// Floor and place on it.
pub fn place(name: &str) -> Option<(usize, usize)> {
    FLOORS.iter().enumerate().find_map(|(floor, names)| names.iter().position(|&other| other == name).map(|place| (floor, place)))
}

fn climbing(files: &[File]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in files {
        let module = file.module();
        let own = module[0];
        if place(own).is_none() {
            faults.push(Fault::new(&file.path, 1, format!("`{own}` stands on no floor: add it to FLOORS in tests/house/floors.rs")));
            continue;
        }
        faults.extend(imports::of(file).iter().filter_map(|import| fault(&file.path, own, import)));
    }
    faults
}

fn in_templates(files: &[File]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in files {
        let folder = file.path.split('/').nth(1).unwrap_or_default();
        let own = if place(folder).is_some() { folder } else { "platform" };
        faults.extend(imports::of_template(file).iter().filter_map(|import| fault(&file.path, own, import)));
    }
    faults
}

fn fault(path: &str, own: &str, import: &Import) -> Option<Fault> {
    let other = import.path.first()?.as_str();
    if other == own {
        return None;
    }
    let (mine, theirs) = (place(own)?, place(other)?);
    let what = if theirs.0 > mine.0 || (theirs.0 == mine.0 && theirs.1 > mine.1) {
        format!(
            "`{own}` may not use `{other}`: imports go down, or to the left on their own floor (FLOORS). \
             Move what both need down, or let `{other}` own this code"
        )
    } else if theirs.0 > 0 && theirs.0 < ROOF && through_a_wall(import) {
        format!("enter `{other}` by its front door: name what its mod.rs re-exports, or `{other}::paths`")
    } else {
        return None;
    };
    Some(Fault::new(path, import.line, what))
}

fn through_a_wall(import: &Import) -> bool {
    let deeper = import.path.len() > 2 || !import.called;
    deeper && import.path.get(1).is_some_and(|room| CLOSED_ROOMS.contains(&room.as_str()))
}

/// `pub mod store;` in a slice would open the wall for everyone, whatever they name today.
fn open_rooms(files: &[File]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| file.path.ends_with("/mod.rs")) {
        if !matches!(place(file.module()[0]), Some((floor, _)) if floor > 0 && floor < ROOF) {
            continue;
        }
        let code = read(&file.text).code;
        for opening in ["pub mod ", "pub(crate) mod "] {
            for (byte, _) in code.match_indices(opening) {
                let name = code[byte + opening.len()..].split([';', ' ', '{']).next().unwrap_or_default();
                if CLOSED_ROOMS.contains(&name) {
                    let what = format!("keep `{name}` private (`mod {name};`) and re-export the few names others need");
                    faults.push(Fault::new(&file.path, line_of(&code, byte), what));
                }
            }
        }
    }
    faults
}

#[test]
fn imports_only_go_down() {
    let files = program();
    assert!(!files.is_empty(), "no source was found");
    none("imports that climb", climbing(&files));
    none("templates that climb", in_templates(&below("templates", &[".html", ".txt"])));
}

#[test]
fn modules_open_only_their_front_door() {
    none("open rooms", open_rooms(&program()));
}

#[test]
fn a_planted_climb_is_seen() {
    let planted = |path, text| lines(&climbing(&[File::planted(path, text)]));
    assert_eq!(planted("src/platform/db.rs", "//! x\nuse crate::partners::Partner;"), [2]);
    assert_eq!(planted("src/partners/pages.rs", "use crate::{\n audit,\n plans::Plan};"), [3]);
    assert_eq!(planted("src/partners/pages.rs", "use super::super::server::serve;"), [1]);
    assert_eq!(planted("src/plans/pages.rs", "use crate::partners::store;"), [1]);
    assert_eq!(planted("src/plans/pages.rs", "use crate::partners::store::add;"), [1]);
    assert_eq!(planted("src/nowhere/mod.rs", "//! x"), [1]);
    assert_eq!(
        planted("src/plans/pages.rs", "use crate::partners::{Partner, paths::Show};\nuse crate::{audit, platform::Can, plans::store};"),
        [0_usize; 0]
    );
    assert_eq!(planted("src/worker.rs", "fn f() { crate::partners::jobs() }"), [0_usize; 0]);
    assert_eq!(lines(&in_templates(&[File::planted("templates/partners/a.html", "\n{{ crate::plans::x() }}")])), [2]);
}

#[test]
fn a_planted_open_room_is_seen() {
    let file = File::planted("src/partners/mod.rs", "//! x\nmod model;\npub mod paths;\npub mod store;");
    assert_eq!(lines(&open_rooms(&[file])), [4]);
}
