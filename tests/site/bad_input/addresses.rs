//! Ids in addresses, and filters.

use super::{NOWHERE, faults, site, wrong};
use crate::support::atlas;
use common_table::platform::access::Need;
use http::StatusCode;
use std::collections::BTreeSet;

#[tokio::test]
async fn whatever_stands_where_an_id_belongs_leads_nowhere() {
    let site = site().await;
    let (ways, _) = atlas::ways(&site).await;
    let (entry, theirs, long) = (site.id("entry"), site.id("harbor_partner"), "x".repeat(3_000));
    let instead = [
        "x",
        NOWHERE,
        entry.as_str(),
        theirs.as_str(),
        &long,
        "%00",
        "%FF%FE",
        "..%2F..%2Fetc",
        "%252e%252e",
        "🪶",
        "-1",
        "null",
        "'%20or%201=1",
    ];
    let mut told = Vec::new();
    for way in ways.iter().filter(|way| matches!(way.line.need, Need::May(_)) && way.ids.iter().any(|(_, value)| value.len() == 36)) {
        let Some(who) = way.allowed().first().copied() else { continue };
        let visitor = site.visitor(who).await;
        let kind = if way.is_get() { "" } else { "application/x-www-form-urlencoded" };
        for id in instead {
            let path = way.elsewhere("cedar-river", Some(&id.replace('🪶', "%F0%9F%AA%B6")));
            let (answer, seen) = visitor.try_send(way.line.method, &path, kind, Vec::new()).await;
            let about = format!("{} with {}", way.name(), id.chars().take(40).collect::<String>());
            told.extend(wrong(&about, &answer, seen));
            if answer.status != StatusCode::NOT_FOUND {
                told.push(format!("{about}: {}", answer.status));
            }
        }
    }
    assert!(told.is_empty(), "ids: {} to mend\n  {}\n", told.len(), told.join("\n  "));
}

#[tokio::test]
async fn no_filter_breaks_a_list() {
    let site = site().await;
    let (ways, _) = atlas::ways(&site).await;
    let (mut told, mut tried) = (Vec::new(), 0);
    for way in ways.iter().filter(|way| way.is_get() && matches!(way.line.need, Need::May(_))) {
        let Some(who) = way.allowed().first().copied() else { continue };
        let visitor = site.visitor(who).await;
        let (plain, _) = visitor.try_send("GET", &way.path, "", Vec::new()).await;
        if plain.status != StatusCode::OK {
            continue;
        }
        let mut names: BTreeSet<String> = plain.attributes("form[method=get] [name]", "name").into_iter().collect();
        names.extend(["page", "sort"].map(str::to_owned));
        for name in names {
            for (fault, typed) in faults(&site).into_iter().filter(|(_, typed)| typed.len() < 20_000) {
                tried += 1;
                let query = serde_html_form::to_string([(name.as_str(), typed.as_str())]).unwrap();
                let (answer, seen) = visitor.quoting().try_send("GET", &format!("{}?{query}", way.path), "", Vec::new()).await;
                let about = format!("{}?{name}: {fault}", way.name());
                told.extend(wrong(&about, &answer, seen));
                if answer.status != StatusCode::OK {
                    told.push(format!("{about}: {}", answer.status));
                }
            }
        }
    }
    assert!(tried > 100, "only {tried} filters were tried");
    assert!(told.is_empty(), "filters: {} to mend\n  {}\n", told.len(), told.join("\n  "));
}
