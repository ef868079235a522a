//! Reading: every page opens for whoever may see it, is whole, and changes nothing but who read what and when a sign-in was
//! last used.

use super::{none, site_and_ways};
use crate::support::{
    Site, Visitor,
    atlas::{self, PEOPLE, Way},
};
use common_table::platform::access::Need;
use http::StatusCode;
use std::collections::BTreeMap;

/// A number for the content of each table. What reading may change is left out: who read what (`reading`), when a
/// sign-in was last used, and when a member was here (`member_seen`, `own_sign_in`).
async fn content(site: &Site) -> BTreeMap<String, String> {
    let tables: String = site
        .peek(
            "select string_agg(format('select %L as name, count(*) || '' rows, '' || coalesce(sum(hashtextextended((to_jsonb(t) - ''last_seen_at'')::text, 0)), 0) \
             as content from %I t', tablename, tablename), ' union all ') from pg_tables where schemaname = 'public' and tablename not in ('reading', 'member_seen', 'own_sign_in')",
        )
        .await;
    let all: String = site.peek(&format!("select jsonb_object_agg(name, content)::text from ({tables}) every_table")).await;
    serde_json::from_str(&all).unwrap()
}

async fn visitors(site: &Site) -> BTreeMap<&'static str, Visitor> {
    let mut all = BTreeMap::new();
    for (who, _) in PEOPLE {
        all.insert(*who, site.visitor(who).await);
    }
    all.insert("", site.stranger());
    for link in atlas::links().into_iter().filter(|link| site.names().contains_key(*link)) {
        all.insert(link, site.bearer(link));
    }
    all
}

/// Pages that a link opens at one moment of its speaker's session only: `in_the_room.rs` and `back.rs` open them then.
const OF_A_MOMENT: &[&str] = &["/{agency}/return/card", "/{agency}/return/words", "/{agency}/return/room"];

/// Who is to open a page.
fn readers(way: &Way) -> Vec<&'static str> {
    match way.line.need {
        Need::May(_) => way.allowed(),
        Need::SignedIn | Need::Fresh | Need::Confirmed => vec!["staff", "parent", "facilitator", "analyst", "director"],
        Need::Anyone => [vec![""], atlas::links()].concat(),
        Need::Link => atlas::links(),
        Need::Server => Vec::new(),
    }
}

#[tokio::test]
async fn every_page_opens_for_somebody_and_no_page_is_broken() {
    let (site, ways) = site_and_ways().await;
    let all = visitors(&site).await;
    let mut wrong = Vec::new();
    for way in ways.iter().filter(|way| way.is_get()) {
        let mut opened = 0;
        for who in readers(way).into_iter().filter(|who| all.contains_key(who)) {
            let (answer, faults) = all[who].try_send("GET", &way.path, "", Vec::new()).await;
            wrong.extend(faults.into_iter().map(|fault| format!("{} as {who}: {fault}", way.name())));
            let fine = matches!(answer.status, StatusCode::OK | StatusCode::SEE_OTHER);
            opened += usize::from(fine);
            // A record may be hidden from some who have the permission; then it is as if it never was. Or it may be another
            // person's to act on: then they are told so.
            if !fine && !matches!(answer.status, StatusCode::NOT_FOUND | StatusCode::FORBIDDEN | StatusCode::GONE) {
                wrong.push(format!("{} as {who}: {}", way.name(), answer.status));
            }
        }
        if opened == 0 && !OF_A_MOMENT.contains(&way.line.path) {
            wrong.push(format!("{} opens for nobody: {}", way.name(), way.path));
        }
    }
    none("pages", &wrong);
}

#[tokio::test]
async fn reading_changes_nothing() {
    let (site, ways) = site_and_ways().await;
    let all = visitors(&site).await;
    let mut wrong = Vec::new();
    let mut before = content(&site).await;
    let pages: Vec<&Way> = ways.iter().filter(|way| way.is_get()).collect();
    // To look at every row of every table takes longer than to open eight pages.
    for some in pages.chunks(8) {
        for way in some {
            for who in readers(way).into_iter().filter(|who| all.contains_key(who)) {
                all[who].glance("GET", &way.path).await;
                all[who].glance("HEAD", &way.path).await;
            }
        }
        let after = content(&site).await;
        let changed: Vec<&String> = after.iter().filter(|(table, now)| before.get(*table) != Some(now)).map(|(table, _)| table).collect();
        if !changed.is_empty() {
            wrong.push(format!("one of these changes {changed:?}: {}", some.iter().map(|way| way.name()).collect::<Vec<_>>().join(", ")));
        }
        before = after;
    }
    none("reading", &wrong);
}

#[tokio::test]
async fn a_change_is_seen_by_what_watches_for_changes() {
    let site = Site::open().await;
    let before = content(&site).await;
    site.visitor("staff").await.post("/cedar-river/partners", &[("name", "Valley Library"), ("kind", "education")]).await.made();
    let after = content(&site).await;
    let changed: Vec<&str> = after.iter().filter(|(table, now)| before.get(*table) != Some(now)).map(|(table, _)| table.as_str()).collect();
    assert_eq!(changed, ["audit", "idempotency", "partner", "session", "session_hat", "subject"]);
}
