//! Every field of every form × every fault.

use super::{faults, posts, site, wrong};
use crate::support::{
    Answer, Site, Visitor,
    atlas::{self, Way},
    printed::assert_printed,
};
use common_table::platform::extract::clean;
use http::StatusCode;
use scraper::Selector;
use std::{collections::BTreeSet, fmt::Write as _};

type Fields = Vec<(String, String)>;

/// Whoever sends this route's example.
async fn sender(site: &Site, way: &Way) -> Visitor {
    let who = way.line.example.map_or("", |example| example.who);
    match who.strip_prefix('@') {
        Some(link) => site.bearer(link),
        None if who.is_empty() => site.stranger(),
        None => site.visitor(who).await,
    }
}

async fn send(visitor: &Visitor, way: &Way, fields: &Fields) -> (Answer, Vec<String>) {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    visitor.try_form(&way.path, &fields, None).await
}

/// The names of the fields: those of the example, and those of the form that comes back when nothing is filled in.
async fn names(site: &Site, way: &Way) -> BTreeSet<String> {
    let (example, _) = atlas::form(site, way).await;
    let mut all: BTreeSet<String> = example.into_iter().map(|(name, _)| name).collect();
    let (empty, _) = send(&sender(site, way).await, way, &Fields::new()).await;
    all.extend(shown(&empty, &way.path).into_iter().map(|(name, _, _)| name));
    all.remove("key");
    all
}

/// Name, kind and value of each control of the form that is sent to an address.
fn shown(answer: &Answer, action: &str) -> Vec<(String, String, String)> {
    let page = answer.page();
    let select = |css: &str| Selector::parse(css).unwrap();
    let (forms, controls) = (select("main form[method=post]"), select("input, select, textarea"));
    let own = page.select(&forms).filter(|form| form.attr("action") == Some(action));
    own.flat_map(|form| form.select(&controls).collect::<Vec<_>>())
        .filter_map(|one| {
            let kind = if one.value().name() == "input" { one.attr("type").unwrap_or("text") } else { one.value().name() };
            let value = if kind == "textarea" { one.text().collect() } else { one.attr("value").unwrap_or_default().to_owned() };
            Some((one.attr("name")?.to_owned(), kind.to_owned(), value))
        })
        .collect()
}

/// In a form shown again, what was typed stands where it was typed (passwords never, choices that are not offered cannot).
fn lost(answer: &Answer, way: &Way, field: &str, typed: &str) -> bool {
    let typed = clean(typed).replace("\r\n", "\n");
    let written = |kind: &str| matches!(kind, "text" | "textarea" | "email" | "tel" | "date" | "time" | "search" | "url");
    let own: Vec<_> = shown(answer, &way.path).into_iter().filter(|(name, kind, _)| name == field && written(kind)).collect();
    !own.is_empty() && !own.iter().any(|(_, _, value)| value.trim() == typed.trim())
}

fn is_id(value: &str) -> bool {
    value.len() == 36 && value.bytes().filter(|byte| *byte == b'-').count() == 4
}

/// One route: its fields × all faults, on one copy of the year, or a fresh one when what was sent used it up.
async fn walk(number: usize, told: &mut Vec<String>) {
    let mut own = site().await;
    let Some(way) = posts(&own).await.into_iter().nth(number) else { return };
    let names = names(&own, &way).await;
    let (mut visitor, faults) = (sender(&own, &way).await, faults(&own));
    let (mut way, mut used) = (way, false);
    for field in names {
        for (fault, typed) in &faults {
            let about = format!("{}, {field}: {fault}", way.name());
            loop {
                let (mut fields, _) = atlas::form(&own, &way).await;
                let was_id =
                    fields.iter().any(|(name, value)| *name == field && (is_id(value) || value.starts_with('@')) && field != "version");
                fields.retain(|(name, _)| *name != field);
                fields.push((field.clone(), typed.clone()));
                let (answer, seen) = send(&visitor, &way, &fields).await;
                if used && answer.status == StatusCode::NOT_FOUND {
                    // Used up, perhaps: once more on a fresh year.
                    used = false;
                    own = site().await;
                    way = posts(&own).await.swap_remove(number);
                    visitor = sender(&own, &way).await;
                    continue;
                }
                used |= answer.status == StatusCode::SEE_OTHER;
                told.extend(wrong(&about, &answer, seen));
                if answer.status == StatusCode::UNPROCESSABLE_ENTITY && lost(&answer, &way, &field, typed) {
                    told.push(format!("{about}: what was typed is lost"));
                }
                if answer.status == StatusCode::SEE_OTHER && was_id && fault.starts_with("an id ") {
                    told.push(format!("{about}: taken"));
                }
                if answer.status == StatusCode::SEE_OTHER && fault.starts_with(['m', 'p', 'r']) {
                    let (page, seen) = visitor.try_send("GET", &answer.location, "", Vec::new()).await;
                    told.extend(wrong(&format!("{about}, then {}", answer.location), &page, seen));
                }
                break;
            }
        }
    }
}

async fn walk_part(part: usize) {
    let count = posts(&site().await).await.len();
    let mut told = Vec::new();
    for number in (part..count).step_by(4) {
        walk(number, &mut told).await;
    }
    told.dedup();
    assert!(told.is_empty(), "bad input: {} to mend\n  {}\n", told.len(), told.join("\n  "));
}

#[tokio::test]
async fn no_fault_in_any_field_breaks_anything_first_quarter() {
    walk_part(0).await;
}

#[tokio::test]
async fn no_fault_in_any_field_breaks_anything_second_quarter() {
    walk_part(1).await;
}

#[tokio::test]
async fn no_fault_in_any_field_breaks_anything_third_quarter() {
    walk_part(2).await;
}

#[tokio::test]
async fn no_fault_in_any_field_breaks_anything_last_quarter() {
    walk_part(3).await;
}

#[tokio::test]
async fn the_matrix_is_as_large_as_the_printed_one() {
    let site = site().await;
    let (mut text, mut fields) = (String::new(), 0);
    let ways = posts(&site).await;
    for way in &ways {
        let names = names(&site, way).await;
        fields += names.len();
        let _ = writeln!(text, "{}: {}", way.line.path, names.into_iter().collect::<Vec<_>>().join(" "));
    }
    let faults = faults(&site).len();
    let head = format!("{} forms, {fields} fields × {faults} faults = {} requests\n\n", ways.len(), fields * faults);
    assert_printed("bad_input.txt", &(head + &text));
}

#[tokio::test]
async fn fields_that_no_form_has_change_nothing() {
    let site = site().await;
    let staff = site.visitor("staff").await;
    let (harbor, author) = (site.peek::<String>("select id::text from agency where slug = 'harbor'").await, site.id("director"));
    let fields = [
        ("name", "Valley Library"),
        ("kind", "education"),
        ("agency_id", harbor.as_str()),
        ("agency", "harbor"),
        ("id", author.as_str()),
        ("author_id", author.as_str()),
        ("role", "director"),
        ("audience", "public"),
        ("is_tribe", "true"),
        ("version", "900"),
    ];
    let made = staff.post("/cedar-river/partners", &fields).await.made();
    assert_ne!(made, author);
    let stored: String = site
        .peek(&format!("select p.version || ' ' || p.is_tribe || ' ' || g.slug from partner p join agency g on g.id = p.agency_id where p.id = '{made}'"))
        .await;
    assert_eq!(stored, "1 false cedar-river");
}
