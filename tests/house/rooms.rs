//! Inside a module: the files stand in one order, and SQL, axum and askama each have their rooms.

use crate::files::{Fault, File, lines, none, program};
use crate::floors::place;
use crate::imports;
use crate::rust_text::{line_of, places, read};

/// Each room may use the rooms before it. Addresses stand before the store, which writes them into subjects.
const ROOMS: &[&str] = &["model", "forms", "paths", "store", "letters", "jobs", "view", "pages", "api"];

/// A technique, the words that show it, and where it may be used.
struct Technique {
    name: &'static str,
    signs: &'static [&'static str],
    /// Rooms of a module, as a file or a folder.
    rooms: &'static [&'static str],
    /// Whole modules, or parts of one, as the beginning of a path below `src/`.
    places: &'static [&'static str],
}

const TECHNIQUES: &[Technique] = &[
    Technique {
        name: "SQL",
        signs: &[
            "sqlx::query",
            "sqlx::raw_sql",
            "query!(",
            "query_as!(",
            "query_scalar!(",
            "query_as::<",
            "query_scalar::<",
            "QueryBuilder",
            "PgPool",
            "AssertSqlSafe",
        ],
        rooms: &["store"],
        places: &[
            "platform/acting",
            "platform/db",
            "platform/pool",
            "platform/session",
            "platform/limits",
            "platform/live",
            "platform/subject",
            "platform/bearer",
            "platform/by_letter",
            "platform/reading",
            "platform/said",
            "platform/stranger",
            "platform/submission",
            "platform/drafts",
            "platform/files",
            "platform/cluster",
            "agencies/founding",
            "commands/database",
            "bench",
            "demo",
        ],
    },
    Technique {
        name: "axum",
        signs: &["axum::", "axum_extra::"],
        rooms: &["paths", "pages", "api"],
        places: &["platform", "routes", "server", "demo", "bench"],
    },
    Technique {
        name: "askama",
        signs: &["askama::", "derive(Template", "#[template("],
        rooms: &["view", "pages", "letters"],
        places: &["platform", "partners/bare"],
    },
];

fn room<'a>(path: &[&'a str]) -> Option<(usize, &'a str)> {
    path.iter().enumerate().skip(1).find(|(_, name)| ROOMS.contains(name)).map(|(depth, name)| (depth, *name))
}

fn out_of_order(files: &[File]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| file.path.contains("src/") && place(file.module()[0]).is_some_and(|(floor, _)| floor > 0)) {
        let module = file.module();
        let Some((depth, own)) = room(&module) else {
            continue;
        };
        for import in imports::of(file) {
            let same_house = import.path.len() > depth && import.path[..depth].iter().eq(module[..depth].iter());
            let rank = |name: &str| ROOMS.iter().position(|&other| other == name);
            if same_house && rank(&import.path[depth]) > rank(own) {
                let what = format!("`{own}` may not use `{}`: inside a module the order is {}", import.path[depth], ROOMS.join(" ‹ "));
                faults.push(Fault::new(&file.path, import.line, what));
            }
        }
    }
    faults
}

fn out_of_place(files: &[File]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in files {
        let module = file.module();
        let whole = module.join("/");
        let code = read(&file.text).code;
        for technique in TECHNIQUES {
            let at_home = technique.places.iter().any(|place| whole == *place || whole.starts_with(&format!("{place}/")))
                || room(&module).is_some_and(|(_, own)| technique.rooms.contains(&own));
            if at_home {
                continue;
            }
            for byte in technique.signs.iter().flat_map(|sign| places(&code, sign)) {
                let (rooms, places) = (technique.rooms.join(", "), technique.places.join(", "));
                let what = format!("{} belongs in {rooms} or in {places}", technique.name);
                faults.push(Fault::new(&file.path, line_of(&code, byte), what));
            }
        }
    }
    faults
}

#[test]
fn rooms_stand_in_one_order() {
    none("rooms out of order", out_of_order(&program()));
}

#[test]
fn sql_axum_and_askama_stay_in_their_rooms() {
    none("out of place", out_of_place(&program()));
}

#[test]
fn a_planted_disorder_is_seen() {
    let planted = |path, text| lines(&out_of_order(&[File::planted(path, text)]));
    assert_eq!(planted("src/partners/model.rs", "\nuse super::store::add;"), [2]);
    assert_eq!(planted("src/partners/store.rs", "use crate::partners::{model::Partner,\n pages};"), [2]);
    assert_eq!(planted("src/partners/store/read.rs", "use super::super::letters::Show;"), [1]);
    assert_eq!(planted("src/listening/goals/forms.rs", "use super::pages::x;"), [1]);
    assert_eq!(planted("src/partners/pages/list.rs", "use super::super::{forms, store};"), [0_usize; 0]);
    assert_eq!(planted("src/jobs/store.rs", "use super::model::Job;"), [0_usize; 0]);
}

#[test]
fn a_planted_query_outside_store_is_seen() {
    let planted = |path, text| lines(&out_of_place(&[File::planted(path, text)]));
    assert_eq!(planted("src/partners/pages.rs", "use axum::x;\nfn f() { sqlx::query!(\"\") }"), [2, 2]);
    assert_eq!(planted("src/partners/store.rs", "use axum::x;\nfn f() { query!() }"), [1]);
    assert_eq!(planted("src/partners/forms.rs", "#[derive(Template)]"), [1]);
    assert_eq!(planted("src/demo/people.rs", "fn f() { sqlx::query(\"\") }"), [0_usize; 0]);
    assert_eq!(planted("src/platform/sheet/read.rs", "fn f() { sqlx::query(\"\") }"), [1]);
}
