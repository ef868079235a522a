//! Every field of every form × every fault. Each field meets a part of the faults, field by field another; with `FULL=yes` in
//! the environment each meets them all.

use super::{
    faults, is_id, is_tried, site,
    trial::{Trial, names},
    wrong,
};
use common_table::platform::extract::clean;
use http::StatusCode;
use std::collections::BTreeMap;

use crate::support::{
    Answer, atlas,
    printed::{assert_printed, is_written_anew},
};

const PRINTED: &str = include_str!("../../snapshots/bad_input.txt");

/// Faults that no free text takes.
const IDENTIFYING: &[&str] = &["a social security number", "a name with a birthday", "a case number"];

/// A free text that is a list of its own: each of its rows is looked at by itself, and refused by itself.
const ROW_BY_ROW: &[(&str, &str)] = &[("/{agency}/partners/import", "pasted"), ("/{agency}/members/lists", "pasted")];

/// Somebody who tries passwords is told to wait.
const SLOWED_DOWN: &[&str] = &["/sign-in", "/invitations/open", "/account/password", "/confirm"];

fn is_written(kind: &str) -> bool {
    matches!(kind, "text" | "textarea" | "email" | "tel" | "date" | "time" | "search" | "url")
}

/// A code of a sign-in is good once, and is never given back, as a password is not.
const GOOD_ONCE: &[&str] = &["/account/codes", "/confirm", "/sign-in/second-step"];

/// In a form shown again, what was typed stands where it was typed (passwords never, choices that are not offered cannot). A bare
/// page that shows no form has lost it.
fn lost(trial: &Trial, answer: &Answer, field: &str, typed: &str) -> bool {
    let typed = clean(typed).replace("\r\n", "\n");
    let shown = trial.shown(answer);
    let is_code = field == "code" && GOOD_ONCE.contains(&trial.way.line.path);
    !typed.trim().is_empty() && !is_code && !shown.iter().any(|one| one.name == field && one.value.trim() == typed.trim())
}

/// What is wrong with how one fault in one field was answered.
async fn answered(trial: &Trial, field: (&str, &str), fault: (&str, &str), was_id: bool, sent: (&Answer, Vec<String>)) -> Vec<String> {
    let ((field, kind), (fault, typed), (answer, seen)) = (field, fault, sent);
    let about = format!("{}, {field}: {fault}", trial.way.name());
    let slowed = answer.status == StatusCode::TOO_MANY_REQUESTS && SLOWED_DOWN.contains(&trial.way.line.path);
    let mut told = if slowed { Vec::new() } else { wrong(&about, answer, seen) };
    match answer.status {
        StatusCode::UNPROCESSABLE_ENTITY if is_written(kind) && lost(trial, answer, field, typed) => {
            told.push(format!("{about}: what was typed is lost"));
        }
        StatusCode::NOT_FOUND if is_written(kind) && !was_id => told.push(format!("{about}: what was typed is lost, nothing is found")),
        StatusCode::SEE_OTHER if was_id && fault.starts_with("an id ") => told.push(format!("{about}: taken")),
        StatusCode::SEE_OTHER if fault.starts_with(['m', 'p', 'r']) => {
            let (page, seen) = trial.visitor.try_send("GET", &answer.location, "", Vec::new()).await;
            told.extend(wrong(&format!("{about}, then {}", answer.location), &page, seen));
        }
        _ => {}
    }
    if kind == "textarea" && IDENTIFYING.contains(&fault) && !ROW_BY_ROW.contains(&(trial.way.line.path, field)) {
        let refused = answer.status == StatusCode::UNPROCESSABLE_ENTITY && !answer.select(&format!("[id='{field}-error']")).is_empty();
        if !refused && is_kept(trial, typed).await {
            told.push(format!("{about}: {}, and it is kept", answer.status));
        }
    }
    told
}

/// Whether a text stands anywhere in the database.
async fn is_kept(trial: &Trial, typed: &str) -> bool {
    let tables: String = trial
        .site
        .peek(&format!(
            "select string_agg(format('select 1 from %I t where to_jsonb(t)::text like %L', tablename, '%{typed}%'), ' union all ') \
             from pg_tables where schemaname = 'public'"
        ))
        .await;
    trial.site.peek(&format!("select exists ({tables})")).await
}

/// Sends one fault in one field, and answers what is wrong with what came back.
async fn sent(trial: &mut Trial, field: (&str, &str), fault: (&str, &str)) -> Vec<String> {
    let (answer, was_id) = trial.harmed(field.0, fault.1).await;
    answered(trial, field, fault, was_id, (&answer.0, answer.1)).await
}

/// One route: its example as it is, then its fields × their faults, on one copy of the year as long as that copy serves. Answers
/// how many were tried.
async fn walk(trial: &mut Trial, number: usize, told: &mut Vec<String>) -> usize {
    if !trial.go_to(number).await {
        return 0;
    }
    let mut names = names(trial).await;
    let is_printed = |line: &str| is_written_anew() || PRINTED.lines().any(|printed| printed == line);
    if trial.touched && !is_printed(&line(trial, &names)) {
        // What other forms did here may have taken this one off its page.
        trial.afresh().await;
        names = self::names(trial).await;
    }
    let line = line(trial, &names);
    if !is_printed(&line) {
        told.push(format!("tests/snapshots/bad_input.txt does not say “{line}”: write it anew with UPDATE_SNAPSHOTS=yes"));
    }
    if let Err(problem) = trial.unharmed().await {
        told.push(problem);
        return 0;
    }
    let (faults, mut tried) = (faults(&trial.site), 0);
    for (place, (field, kind)) in names.iter().enumerate() {
        for (which, (fault, typed)) in faults.iter().enumerate() {
            let must = kind == "textarea" && IDENTIFYING.contains(fault);
            if !must && !is_tried(number + place, which) {
                continue;
            }
            tried += 1;
            let mut problems = sent(trial, (field, kind), (fault, typed)).await;
            if !problems.is_empty() && trial.touched {
                // Other forms were taken on this copy: once more where nothing was.
                trial.afresh().await;
                problems = sent(trial, (field, kind), (fault, typed)).await;
            }
            told.extend(problems);
        }
    }
    tried
}

async fn walk_part(part: usize) {
    let count = atlas::unsafe_routes();
    let (mut told, mut tried) = (Vec::new(), 0);
    let mut trial = Trial::begin(part).await.unwrap();
    for number in (part..count).step_by(4) {
        tried += walk(&mut trial, number, &mut told).await;
    }
    told.dedup();
    assert!(tried > count, "only {tried} requests were tried");
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

/// A form and its fields, as printed.
fn line(trial: &Trial, names: &BTreeMap<String, String>) -> String {
    format!("{}: {}", trial.way.line.path, names.keys().map(String::as_str).collect::<Vec<_>>().join(" "))
}

fn print(lines: &[String], faults: usize) -> String {
    let fields: usize = lines.iter().filter_map(|line| line.split_once(": ")).map(|(_, names)| names.split_whitespace().count()).sum();
    let head = format!("{} forms, {fields} fields × {faults} faults = {} requests", lines.len(), fields * faults);
    format!("{head}\n\n{}\n", lines.join("\n"))
}

/// That each printed line is what its form asks, the walk finds out on its way.
#[tokio::test]
async fn the_matrix_is_as_large_as_the_printed_one() {
    let mut trial = Trial::begin(0).await.unwrap();
    let faults = faults(&trial.site).len();
    if !is_written_anew() {
        let printed: Vec<String> = PRINTED.lines().skip(2).map(str::to_owned).collect();
        assert_printed("bad_input.txt", &print(&printed, faults));
        let forms: Vec<&str> = printed.iter().filter_map(|line| Some(line.split_once(": ")?.0)).collect();
        assert_eq!(
            forms,
            trial.forms(),
            "every form has its line in tests/snapshots/bad_input.txt: write it anew with UPDATE_SNAPSHOTS=yes"
        );
        return;
    }
    let mut lines = Vec::new();
    loop {
        let names = names(&mut trial).await;
        lines.push(line(&trial, &names));
        if !trial.step().await {
            break;
        }
    }
    assert_printed("bad_input.txt", &print(&lines, faults));
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

#[test]
fn an_id_is_known_by_its_look() {
    assert!(is_id("018f5e2a-0000-7000-8000-000000000000") && !is_id("staff") && !is_id("2027-02-28"));
}
