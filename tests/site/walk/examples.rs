//! Every form that writes: its example succeeds on the demonstration, leaves an entry in the audit trail, and sent
//! once more with the same key it answers the same and does nothing.

use super::none;
use crate::support::{
    Answer, Site, Visitor,
    atlas::{self, Way},
    sending::{self, Fields, File},
};
use common_table::platform::session::LINK_COOKIE;
use http::StatusCode;

/// Writes that are about a person's own sign-in and belong to no agency. This list may only shrink.
const WITHOUT_AUDIT: &[&str] = &[
    "/sign-in",
    "/sign-in/passkey",
    "/sign-in/second-step",
    "/sign-in/second-step/passkey",
    "/sign-out",
    "/hats",
    "/confirm",
    "/confirm/passkey",
    // A seed that waits for its first code; what is on the record is the code.
    "/account/codes/seed",
    "/account/language",
    "/account/ended-sessions",
    "/account/ended-sessions/others",
    "/leave-quickly",
    "/reset",
    "/account/address",
    "/account/address/delete",
    "/account/new-address",
    "/{agency}/notices",
    "/{agency}/sign-on",
    // Whoever has a code looks; what they do then is on the record.
    "/{agency}/ask/return",
    "/account/sign-ons",
];

/// What is wrong with a form's answer when its button is pressed a second time: by the same visitor, or by somebody who still
/// holds the link that the first press has spent.
async fn pressed_again(site: &Site, way: &Way, visitor: &Visitor, (fields, file): &(Fields, File), first: &Answer) -> Vec<String> {
    let entries = site.count("audit").await;
    // A half of a sign-in is such a link: the first press takes its cookie away.
    let by_link = way.line.path.starts_with("/sign-in/second-step") || way.line.example.is_some_and(|example| example.who.starts_with('@'));
    let again = if by_link { &sending::sender(site, way).await } else { visitor };
    let (second, mut wrong) = sending::send(again, &way.path, fields, file).await;
    if (second.status, &second.location) != (first.status, &first.location) {
        wrong.push(format!("pressed again it answers {} {:?} instead of {:?}", second.status, second.location, first.location));
    }
    if site.count("audit").await != entries {
        wrong.push("pressed again it does something again".to_owned());
    }
    if again.cookie(LINK_COOKIE) != visitor.cookie(LINK_COOKIE) {
        wrong.push("pressed again it does not hand over the link that the first press did".to_owned());
    }
    wrong
}

/// What is wrong with one route's example, sent and pressed again.
async fn tried(site: &Site, number: usize) -> Vec<String> {
    let (ways, _) = atlas::ways(site).await;
    let Some(way) = ways.iter().filter(|way| !way.is_get()).nth(number) else { return Vec::new() };
    let before = site.count("audit").await;
    let (visitor, mut filled) = (sending::sender(site, way).await, atlas::form(site, way).await);
    filled.0.push(("key".to_owned(), "pressed-twice-00000001".to_owned()));
    let (answer, mut wrong) = sending::send(&visitor, &way.path, &filled.0, &filled.1).await;
    let left = site.count("audit").await - before;
    let told = answer.select(".problems li, .problem-page p");
    if answer.status != StatusCode::SEE_OTHER || answer.location.starts_with("/sign-in?") {
        wrong.push(format!("{} {} {told:?}", answer.status, answer.location));
    } else {
        if left == 0 && !WITHOUT_AUDIT.contains(&way.line.path) {
            wrong.push("left no entry in the audit trail".to_owned());
        }
        wrong.extend(pressed_again(site, way, &visitor, &filled, &answer).await);
    }
    wrong.into_iter().map(|fault| format!("{}: {fault}", way.name())).collect()
}

async fn fresh() -> Site {
    let mut site = Site::open().await;
    atlas::complete(&mut site).await;
    site
}

/// The examples one after the other on one copy of the year; what does not succeed there, because another stands in its way, must
/// on a fresh copy. `part` of 2, to use two processors.
async fn walk(part: usize) {
    let (mut wrong, mut site, mut touched) = (Vec::new(), fresh().await, false);
    for number in (part..atlas::unsafe_routes()).step_by(2) {
        let mut faults = tried(&site, number).await;
        if touched && !faults.is_empty() {
            site = fresh().await;
            faults = tried(&site, number).await;
        }
        touched = true;
        wrong.extend(faults);
    }
    none("examples", &wrong);
}

#[tokio::test]
async fn every_example_succeeds_and_is_on_the_record_first_half() {
    walk(0).await;
}

#[tokio::test]
async fn every_example_succeeds_and_is_on_the_record_second_half() {
    walk(1).await;
}

#[tokio::test]
async fn every_route_has_an_address_in_the_demonstration() {
    let site = fresh().await;
    let (_, lost) = atlas::ways(&site).await;
    assert_eq!(lost, [""; 0], "the demonstration has no address for these: note a name equal to the parameter, or give an example");
}
