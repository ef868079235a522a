//! What one of a body's people keeps to themselves casts no shadow on their steward's own pages: lists under each filter, counts, who
//! read what, protocols with their items, openings, copies. And what is a body's names no other agency.

use super::{
    planted::Spoken,
    shadows::{differing, sight},
    site_with_ways,
};
use crate::support::{Site, atlas::Way};
use std::{collections::BTreeMap, io::Read as _};

const WORD: &str = "quokkadesk";
/// Another agency of the same house, and its bodies.
const ELSEWHERE: &[&str] = &["Harbor County", "Harbor Resource Families", "/harbor/"];

/// All that a copy of everything says, which is made now.
async fn copied(site: &Site, who: &str) -> String {
    site.visitor(who).await.post("/cedar-river/desk/copies", &[]).await.assert_flash("The copy is ready. Download it within seven days");
    let bytes = "select string_agg(c.bytes, ''::bytea order by c.n) from file_chunk c where c.file_id =
        (select file_id from body_copy where file_id is not null order by created_at desc, id desc limit 1)";
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(site.peek::<Vec<u8>>(bytes).await)).unwrap();
    let mut all = String::new();
    for place in 0..zip.len() {
        zip.by_index(place).unwrap().read_to_string(&mut all).unwrap();
    }
    all
}

/// A statement that a relative keeps to themselves, with everything that can hang on it: a protocol, a label, readers, a file that left.
async fn kept_to_oneself(site: &Site) -> String {
    let one = Spoken { word: WORD, number: 61, audience: "author", author: "parent", body: Some("tallpine"), state: "confirmed" };
    one.plant(site).await;
    site.force(&format!(
        "insert into protected_item (agency_id, item_id, subject_id, body_id) select agency_id, id, id, body_id from subject where id = '{id}';
         insert into item_protocol (agency_id, item_id, protocol_id, put_by, created_at)
         select agency_id, id, '@protocol', '@tribe', created_at from subject where id = '{id}';
         insert into community_label (agency_id, id, body_id, subject_id, name, words, link, set_by, created_at)
         select agency_id, gen_random_uuid(), body_id, id, '{WORD} label', 'Ask first', 'https://example.org/label', '@tribe', created_at from subject where id = '{id}';
         update subject set protocols = 1, marked = true where id = '{id}';
         insert into reading (agency_id, id, at, membership_id, subject_id, how)
         select agency_id, gen_random_uuid(), created_at, '@analyst', id, 'downloaded' from subject where id = '{id}';
         insert into recall (agency_id, id, subject_id, what, taken_by, taken_by_name, taken_at, created_at)
         select agency_id, gen_random_uuid(), id, 'Export of {WORD}', '@analyst', 'Somebody', created_at, created_at from subject where id = '{id}'",
        id = one.id(),
    ))
    .await;
    one.id()
}

#[tokio::test]
async fn what_a_member_keeps_to_themselves_casts_no_shadow_on_their_stewards_pages() {
    let (site, ways) = site_with_ways().await;
    let steward = site.visitor("tribe").await;
    steward.glance("GET", "/cedar-river").await;
    site.force("delete from reading").await;
    let before = BTreeMap::from([("tribe", sight(&steward, &ways).await)]);
    let id = kept_to_oneself(&site).await;
    site.force(&format!("delete from reading where subject_id <> '{id}'")).await;
    let after = BTreeMap::from([("tribe", sight(&steward, &ways).await)]);
    let wrong = differing(&before, &after);
    assert!(wrong.is_empty(), "{} shadows\n  {}\n", wrong.len(), wrong.join("\n  "));
    let copy = copied(&site, "tribe").await;
    assert!(!copy.contains(WORD) && !copy.contains(&id), "their copy tells of it");
    // The comparison would see it.
    site.force(&format!("update subject set audience = 'body' where id = '{id}'")).await;
    let seen = BTreeMap::from([("tribe", sight(&steward, &ways).await)]);
    assert!(differing(&before, &seen).len() > 3 && copied(&site, "tribe").await.contains(WORD));
}

/// The ways of a body's own affairs.
fn own_affairs(ways: &[Way]) -> Vec<&Way> {
    let about = ["/desk", "/protocols", "/protected/", "/labels", "/emergency-openings"];
    let mine = |way: &&Way| about.iter().any(|part| way.line.path.starts_with(&format!("/{{agency}}{part}")));
    ways.iter().filter(mine).collect()
}

/// Another body's steward, a parent, and a member of the Tribe who is no steward: what is the Tribe's and what never was answer alike,
/// asked for or sent to.
#[tokio::test]
async fn what_is_a_bodys_answers_others_like_what_never_was() {
    let (site, ways) = site_with_ways().await;
    let never = "018f5e2a-0000-7000-8000-0000000000ff";
    let mut pairs = 0;
    for who in ["partner", "parent", "ruth"] {
        let visitor = site.visitor(who).await;
        for way in own_affairs(&ways) {
            let ids: Vec<&str> = way.ids.iter().map(|(_, id)| id.as_str()).filter(|id| id.len() == 36).collect();
            if ids.is_empty() {
                continue;
            }
            let nowhere = ids.iter().fold(way.path.clone(), |path, id| path.replace(id, never));
            let mut told = Vec::new();
            for path in [&way.path, &nowhere] {
                let answer = if way.is_get() { visitor.glance("GET", path).await } else { visitor.try_post(path, &[]).await.0 };
                assert!(!answer.status.is_success(), "{who} at {path}");
                let text = ids.iter().fold(answer.without_keys(), |text, id| text.replace(id, never));
                let location = ids.iter().fold(answer.location.clone(), |to, id| to.replace(id, never));
                told.push((answer.status, location, text));
            }
            assert_eq!(told[0], told[1], "{who} at {}", way.line.path);
            pairs += 1;
        }
    }
    assert!(pairs > 45, "only {pairs}");
}

/// Joanna is at Harbor as well. Who is there is Harbor's affair and hers: of the rules that bind her here, her pages name one agency.
#[tokio::test]
async fn a_bodys_own_pages_and_copies_name_no_other_agency() {
    let (site, ways) = site_with_ways().await;
    let addresses: Vec<String> = own_affairs(&ways).into_iter().filter(|way| way.is_get()).map(|way| way.path.clone()).collect();
    assert!(addresses.len() > 15, "{addresses:?}");
    for who in ["tribe", "partner", "ruth", "director", "admin"] {
        let visitor = site.visitor(who).await;
        for address in &addresses {
            let seen = visitor.glance("GET", address).await;
            let main = if seen.header("content-type").starts_with("text/html") { seen.select("main").concat() } else { seen.text.clone() };
            for name in ELSEWHERE {
                assert!(!main.contains(name), "{who} at {address} reads of {name}");
            }
        }
    }
    for who in ["tribe", "partner"] {
        let copy = copied(&site, who).await;
        assert!(ELSEWHERE.iter().all(|name| !copy.contains(name)), "the copy of {who} names another agency");
        assert!(copy.contains("Cedar River County"));
    }
}
