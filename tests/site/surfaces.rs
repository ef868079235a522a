//! Every surface, as everybody: words of every narrow kind are planted, then every page of the route table and every export is
//! opened as each person of the demonstration. `access.md` says for whom a word may appear; nothing here lists pages by hand.

mod desks;
mod planted;
mod readings;
mod sequences;
mod shadows;
mod taken_back;

use crate::{
    reports::{made, taken},
    support::{
        Site, Visitor,
        atlas::{self, PEOPLE, Way},
    },
};
use std::collections::{BTreeMap, BTreeSet};

/// A word that stands in one place only, for whom it may appear, and the records on whose pages to look for it.
struct Mark {
    word: &'static str,
    readers: BTreeSet<&'static str>,
    /// Names of address parameters with the ids to put there.
    at: Vec<(&'static str, String)>,
}

/// What somebody came across: the word, who, and where.
type Found = BTreeSet<(&'static str, &'static str, String)>;

/// The addresses to open: each route's own, and those of the records on which words were planted.
fn addresses(ways: &[Way], marks: &[Mark]) -> BTreeMap<String, &'static str> {
    let mut all = BTreeMap::new();
    for way in ways.iter().filter(|way| way.is_get() && way.line.path.starts_with("/{agency}")) {
        all.insert(way.path.clone(), way.line.path);
        for mark in marks {
            let there = |name: &str| mark.at.iter().find(|(known, _)| *known == name).map(|(_, id)| id.as_str());
            let mut names = way.ids.iter().filter(|(_, value)| value.len() == 36).map(|(name, _)| name.as_str()).peekable();
            if names.peek().is_some() && names.all(|name| there(name).is_some()) {
                all.insert(way.with_each("cedar-river", |name| there(name).map(str::to_owned)), way.line.path);
            }
        }
        if way.line.path.contains("/trace/") {
            for (name, id) in marks.iter().flat_map(|mark| mark.at.iter()) {
                all.insert(format!("/cedar-river/trace/{name}/{id}"), way.line.path);
            }
        }
    }
    all
}

/// Opens every address as everybody, and every export that somebody may take.
async fn looked_at(site: &Site, marks: &[Mark], addresses: &BTreeMap<String, &'static str>) -> Found {
    let mut found = Found::new();
    for (who, _) in PEOPLE {
        let visitor = site.visitor(who).await;
        for (address, pattern) in addresses {
            let answer = visitor.glance("GET", address).await;
            note(&mut found, marks, who, &answer.text, pattern);
        }
        if ["director", "staff", "analyst"].contains(who) {
            for (what, text) in files(site, &visitor).await {
                note(&mut found, marks, who, &text, &format!("export of {what}"));
            }
        }
    }
    found
}

fn note(found: &mut Found, marks: &[Mark], who: &'static str, text: &str, place: &str) {
    for mark in marks.iter().filter(|mark| text.contains(mark.word)) {
        found.insert((mark.word, who, place.to_owned()));
    }
}

async fn files(site: &Site, who: &Visitor) -> Vec<(&'static str, String)> {
    let mut all = Vec::new();
    for what in [
        "partners",
        "outreach",
        "sessions",
        "statements",
        "themes",
        "barriers",
        "goals",
        "plans",
        "means",
        "progress",
        "commitments",
        "loops",
        "obstacles",
        "groups",
        "seats",
        "meetings",
        "decisions",
    ] {
        let export = made(site, who, &[("what", what), ("format", "csv")]).await;
        all.push((what, taken(who, &export).await));
    }
    all
}

/// What appeared for somebody for whom it may not.
fn leaks(found: &Found, marks: &[Mark]) -> Vec<String> {
    let may = |word: &str, who: &str| marks.iter().any(|mark| mark.word == word && mark.readers.contains(who));
    found.iter().filter(|(word, who, _)| !may(word, who)).map(|(word, who, place)| format!("{word} for {who} on {place}")).collect()
}

/// What never appeared for somebody who may read it: such a mark would prove nothing.
fn unseen(found: &Found, marks: &[Mark]) -> Vec<String> {
    let all = marks.iter().flat_map(|mark| mark.readers.iter().map(|who| (mark.word, *who)));
    all.filter(|(word, who)| !found.iter().any(|(seen, by, _)| seen == word && by == who))
        .map(|(word, who)| format!("{word} for {who}"))
        .collect()
}

async fn site_with_ways() -> (Site, Vec<Way>) {
    let mut site = Site::open().await;
    atlas::complete(&mut site).await;
    let (ways, _) = atlas::ways(&site).await;
    (site, ways)
}

#[tokio::test]
async fn narrow_words_appear_on_no_surface_but_their_readers() {
    let (site, ways) = site_with_ways().await;
    let marks = planted::all(&site).await;
    let found = looked_at(&site, &marks, &addresses(&ways, &marks)).await;
    let (leaks, unseen) = (leaks(&found, &marks), unseen(&found, &marks));
    assert!(leaks.is_empty(), "{} leaks\n  {}\n", leaks.len(), leaks.join("\n  "));
    assert!(unseen.is_empty(), "never seen by those who may\n  {}\n", unseen.join("\n  "));
}
