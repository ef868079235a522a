//! How addresses look, where the navigation leads, and which names no agency may take.

use super::none;
use crate::support::{
    Site,
    atlas::{PEOPLE, parameters},
};
use common_table::{accounts::paths::RESERVED, platform::nav, routes};
use std::collections::BTreeSet;

/// First parts of addresses that the layers answer themselves, beside the route table.
const OF_THE_LAYERS: &[&str] = &["healthz", "metrics", "readyz", "static"];

fn patterns() -> Vec<&'static str> {
    routes::all().table().iter().map(|line| line.path).collect()
}

#[test]
fn addresses_are_lower_case_with_hyphens_and_the_agency_first() {
    let plain = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    let (mut wrong, all) = (Vec::new(), patterns());
    for path in &all {
        let fixed = path.trim_start_matches('/').split('/').filter(|part| !part.contains('{'));
        let names = parameters(path);
        let named = names.iter().all(|name| name.chars().all(|c| c.is_ascii_lowercase() || c == '_'));
        let agency = path.split('/').position(|part| part == "{agency}").is_none_or(|place| place == 1);
        if *path != "/"
            && (path.ends_with('/') || !fixed.clone().all(|part| plain(part.split('.').next().unwrap_or_default())) || !named || !agency)
        {
            wrong.push((*path).to_owned());
        }
        if names.iter().collect::<BTreeSet<_>>().len() != names.len() {
            wrong.push(format!("{path}: one name twice"));
        }
    }
    none("addresses", &wrong);
}

#[test]
fn a_route_stands_in_the_table_once() {
    let all = routes::all();
    let mut seen = BTreeSet::new();
    let twice: Vec<String> = all
        .table()
        .iter()
        .filter(|line| !seen.insert((line.method, line.path)))
        .map(|line| format!("{} {}", line.method, line.path))
        .collect();
    none("routes", &twice);
}

#[test]
fn every_entry_of_the_navigation_leads_to_a_page() {
    let gets: BTreeSet<&str> = routes::all().table().iter().filter(|line| line.method == "GET").map(|line| line.path).collect();
    let wrong: Vec<String> = nav::SECTIONS
        .iter()
        .flat_map(|(_, pages)| pages.iter())
        .filter(|(_, at, _)| !gets.contains(format!("/{{agency}}{at}").as_str()))
        .map(|(label, at, _)| format!("{label}: {at}"))
        .collect();
    none("navigation", &wrong);
}

#[test]
fn no_agency_may_take_a_name_that_a_page_of_the_site_uses() {
    let first = |path: &&'static str| path.split('/').nth(1).unwrap_or_default();
    let mut used: BTreeSet<&str> = patterns().iter().map(first).filter(|part| *part != "{agency}").collect();
    used.extend(OF_THE_LAYERS);
    assert_eq!(used, RESERVED.iter().copied().collect());
}

#[tokio::test]
async fn every_link_of_the_navigation_opens_for_whoever_sees_it() {
    let site = Site::open().await;
    let mut wrong = Vec::new();
    for (who, _) in PEOPLE {
        let visitor = site.visitor(who).await;
        let mut waiting = vec!["/cedar-river".to_owned()];
        let mut seen = BTreeSet::new();
        while let Some(path) = waiting.pop() {
            if !seen.insert(path.clone()) {
                continue;
            }
            let answer = visitor.get(&path).await;
            if answer.status != http::StatusCode::OK {
                wrong.push(format!("{path} as {who}: {}", answer.status));
            }
            waiting.extend(answer.attributes("nav.sections a, nav.subnav a", "href"));
        }
    }
    none("navigation", &wrong);
}
