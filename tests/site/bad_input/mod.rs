//! Bad input, made from the routes' own examples: every field × every fault, every id, every filter, bodies and files that
//! are not what they should be. Never a fault of ours; the form comes back with every word kept, or there is nothing there.

mod addresses;
mod bodies;
mod fields;
mod files;
mod trial;

use crate::support::{Answer, Site, atlas};

/// A record that never was.
const NOWHERE: &str = "018f5e2a-0000-7000-8000-000000000000";

/// What goes wrong, and the text that brings it about.
fn faults(site: &Site) -> Vec<(&'static str, String)> {
    let mut all: Vec<(&'static str, String)> = [
        ("empty", ""),
        ("blank", " \n\t \u{a0} "),
        ("NUL", "be\0fore"),
        ("control characters", "a\u{7}\u{1b}[31mb\u{7f}\u{85}c"),
        ("right-to-left override", "abc\u{202e}fdp.exe\u{2066}x"),
        ("pictures", "👨‍👩‍👧‍👦🪶 ok 🏳️‍🌈"),
        ("marks on marks", "Z\u{338}\u{351}\u{36b}\u{343}\u{36a}a\u{335}lgo"),
        ("markup", "<script>alert(1)</script>\"'><img src=x onerror=alert(1)></textarea></select>"),
        ("a piece of SQL", "'; drop table partner; --"),
        ("a piece of a template", "{{ 7 * 7 }}{% include \"x\" %}${7*7}%s%n"),
        ("a formula", "=HYPERLINK(\"http://evil.example\")"),
        ("a social security number", "Ask about 078-05-1120 there"),
        ("a name with a birthday", "Maria Lopez, born 03/04/2015, is with her aunt"),
        ("a case number", "See case number 21-JV-004512"),
        ("a day that does not exist", "2027-02-30"),
        ("a day long gone", "0001-01-01"),
        ("a far day", "99999-12-31"),
        ("an hour that does not exist", "25:61"),
        ("an option that is not offered", "planet"),
        ("a negative number", "-1"),
        ("an endless number", "1e309"),
        ("no number", "NaN"),
        ("a number past all bounds", "99999999999999999999"),
        ("a link that runs", "javascript:alert(1)"),
        ("a malformed id", "018f5e2a-0000-7000-8000-00000000000g"),
        ("an id that never was", NOWHERE),
    ]
    .into_iter()
    .map(|(name, text)| (name, text.to_owned()))
    .collect();
    all.push(("too long", "word ".repeat(2_001).trim_end().to_owned() + "ab"));
    all.push(("far too long", "x".repeat(100_000)));
    all.push(("an id of another kind", site.id("entry")));
    all.push(("an id of another agency", site.id("harbor_partner")));
    all
}

/// A site that knows, beside the demonstration's names, a partner of the other county, and an id that no form asks for.
async fn site() -> Site {
    let mut site = Site::open().await;
    atlas::complete(&mut site).await;
    let theirs: String = site
        .peek("select p.id::text from partner p join agency g on g.id = p.agency_id where g.slug = 'harbor' order by p.id limit 1")
        .await;
    site.call("harbor_partner", &theirs);
    let entry: String = site.peek("select id::text from audit order by id limit 1").await;
    site.call("entry", &entry);
    site
}

/// What is wrong with any answer to bad input, in words.
fn wrong(about: &str, answer: &Answer, faults: Vec<String>) -> Vec<String> {
    let mut all: Vec<String> = faults.into_iter().map(|fault| format!("{about}: {fault}")).collect();
    if !matches!(answer.status.as_u16(), 200 | 303 | 404 | 422) {
        all.push(format!("{about}: {}", answer.status));
    }
    all
}

/// Of all faults every twelfth, another twelfth for each place; all of them with `FULL=yes` in the environment.
#[expect(clippy::disallowed_methods, reason = "a developer's wish, no setting of the program")]
fn is_tried(place: usize, fault: usize) -> bool {
    (place + fault).is_multiple_of(12) || std::env::var("FULL").is_ok_and(|wish| wish == "yes")
}

fn is_id(value: &str) -> bool {
    value.len() == 36 && value.bytes().filter(|byte| *byte == b'-').count() == 4
}
