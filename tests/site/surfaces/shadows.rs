//! What one may not know of casts no shadow: every surface that somebody has is the same to the letter whether it is there or not:
//! pages, lists under each of their filters, counts, searches for its words, suggestions, error pages, exports, notices, letters.

use super::{files, site_with_ways};
use crate::support::{Site, Visitor, atlas::Way};
use scraper::Selector;
use std::collections::{BTreeMap, BTreeSet};

/// Everybody of whom none may know what the steward of Tall Pine does among their own people.
const WATCHERS: &[&str] = &["director", "staff", "analyst", "admin", "parent", "partner"];

/// A word that stands in all that is hidden.
const WORD: &str = "wombatwisdom";

/// The addresses of a list under each choice of each of its filters, and searched for the hidden word: out of its own form.
fn narrowed(visitor_page: &crate::support::Answer) -> BTreeSet<String> {
    let all = |css: &str| Selector::parse(css).unwrap();
    let mut addresses = BTreeSet::new();
    for form in visitor_page.page().select(&all("form[method=get]")) {
        let action = form.attr("action").unwrap_or_default();
        let mut add = |name: &str, value: &str| addresses.insert(format!("{action}?{name}={}", value.replace(' ', "+")));
        for select in form.select(&all("select[name]")) {
            let name = select.attr("name").unwrap_or_default();
            for option in select.select(&all("option[value]")) {
                add(name, option.attr("value").unwrap_or_default());
            }
        }
        for field in form.select(&all("input[name]")) {
            let name = field.attr("name").unwrap_or_default();
            match field.attr("type").unwrap_or("text") {
                "text" | "search" => add(name, WORD),
                "radio" | "checkbox" => add(name, field.attr("value").unwrap_or("on")),
                _ => false,
            };
        }
    }
    addresses
}

/// What one visitor is shown at each address.
pub(super) type Sight = BTreeMap<String, String>;

async fn at_each(visitor: &Visitor, addresses: impl IntoIterator<Item = String>, sight: &mut Sight) -> BTreeSet<String> {
    let mut further = BTreeSet::new();
    for address in addresses {
        let answer = visitor.glance("GET", &address).await;
        if answer.status.is_success() && answer.header("content-type").starts_with("text/html") {
            further.extend(narrowed(&answer));
        }
        sight.insert(address, format!("{} {}", answer.status, answer.without_keys()));
    }
    further
}

/// All that a person sees: every address of the route table, and every list under each of its filters. They come signed in: one sign-in
/// more between two looks would itself be seen, by an administrator. So would a link that the browser keeps since the first look: the
/// links are opened before each.
pub(super) async fn sight(visitor: &Visitor, ways: &[Way]) -> Sight {
    let mut sight = Sight::new();
    for link in ways.iter().filter(|way| way.is_get() && way.line.path.starts_with("/{agency}") && way.line.path.ends_with("/{token}")) {
        visitor.glance("GET", &link.path).await;
    }
    let plain: Vec<String> =
        ways.iter().filter(|way| way.is_get() && way.line.path.starts_with("/{agency}")).map(|way| way.path.clone()).collect();
    let further = at_each(visitor, plain, &mut sight).await;
    at_each(visitor, further, &mut sight).await;
    sight
}

/// What each watcher sees, and what waits for them. Who has read what is begun anew, so that looking leaves the
/// same marks each time.
async fn everything(site: &Site, watchers: &[(&'static str, Visitor)], ways: &[Way]) -> BTreeMap<&'static str, Sight> {
    let mut all = BTreeMap::new();
    site.force("delete from reading").await;
    for (who, visitor) in watchers {
        all.insert(*who, sight(visitor, ways).await);
    }
    for who in WATCHERS {
        let told: i64 = site.count(&format!("notice where membership_id = '@{who}'")).await;
        all.entry(*who).or_default().insert("notices".to_owned(), told.to_string());
    }
    all
}

/// Every export, as each of those who may take one.
async fn exported(site: &Site) -> Vec<(&'static str, Vec<(&'static str, String)>)> {
    let mut all = Vec::new();
    for who in ["director", "staff", "analyst"] {
        all.push((who, files(site, &site.visitor(who).await).await));
    }
    all
}

/// What the steward of Tall Pine does among their own people, by the site's own forms: nobody else may know of it.
async fn done_in_secret(site: &Site, tribe: &Visitor) {
    for (kind, record) in [("goals", "goal_open"), ("barriers", "barrier_open"), ("plans", "plan_open"), ("partners", "tallpine")] {
        let page = format!("/cedar-river/{kind}/@{record}");
        let words = format!("We keep {WORD} for ourselves until the council has met");
        let form =
            tribe.get(&page).await.filled(&format!("/comments/{}", site.id(record)), &[("comment", &words), ("comment_audience", "body")]);
        let sent = tribe.send_form(&form).await;
        assert_eq!(sent.status, http::StatusCode::SEE_OTHER, "{page}");
    }
    assert_eq!(site.count(&format!("comment where words like '%{WORD}%'")).await, 4);
}

pub(super) fn differing(before: &BTreeMap<&'static str, Sight>, after: &BTreeMap<&'static str, Sight>) -> Vec<String> {
    let mut wrong = Vec::new();
    for (who, sight) in before {
        for (address, shown) in sight {
            let now = after[who].get(address).map_or("nothing", String::as_str);
            if now != shown {
                let (one, other) = first_difference(shown, now);
                wrong.push(format!("{who} at {address}\n      before: {one}\n      after:  {other}"));
            }
        }
        let new = after[who].keys().filter(|address| !sight.contains_key(*address));
        wrong.extend(new.map(|address| format!("{who} is led to {address}")));
    }
    wrong
}

fn first_difference<'a>(one: &'a str, other: &'a str) -> (&'a str, &'a str) {
    let pairs = one.lines().map(str::trim).zip(other.lines().map(str::trim));
    pairs.into_iter().find(|(a, b)| a != b).unwrap_or(("its end", "its end"))
}

#[tokio::test]
async fn what_one_may_not_know_of_changes_nothing_that_one_sees() {
    let (site, ways) = site_with_ways().await;
    // Who was here today is no secret.
    let mut watchers = Vec::new();
    for who in WATCHERS {
        let visitor = site.visitor(who).await;
        visitor.glance("GET", "/cedar-river").await;
        watchers.push((*who, visitor));
    }
    let steward = site.visitor("tribe").await;
    steward.glance("GET", "/cedar-river").await;
    let files_before = exported(&site).await;
    let before = everything(&site, &watchers, &ways).await;
    let pages: usize = before.values().map(Sight::len).sum();
    assert!(pages > WATCHERS.len() * 200, "only {pages} sights were compared");
    done_in_secret(&site, &steward).await;
    let after = everything(&site, &watchers, &ways).await;
    assert!(files_before == exported(&site).await, "an export shows it");
    let wrong = differing(&before, &after);
    assert!(wrong.is_empty(), "{} shadows\n  {}\n", wrong.len(), wrong.join("\n  "));
    // The comparison would see it: the steward's own pages have changed.
    steward.get("/cedar-river/goals/@goal_open").await.assert_sees(WORD);
}
