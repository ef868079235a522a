//! Every form that writes: its example succeeds on the finished demonstration, leaves an entry in the audit trail, and sent
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
const WITHOUT_AUDIT: &[&str] = &["/sign-in", "/sign-out", "/hats", "/account/ended-sessions", "/leave-quickly"];

/// What is wrong with a form's answer when its button is pressed a second time: by the same visitor, or by somebody who still
/// holds the link that the first press has spent.
async fn pressed_again(site: &Site, way: &Way, visitor: &Visitor, (fields, file): &(Fields, File), first: &Answer) -> Vec<String> {
    let entries = site.count("audit").await;
    let by_link = way.line.example.is_some_and(|example| example.who.starts_with('@'));
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

/// Each example on a fresh copy of the year, so that none stands in another's way. `part` of 2, to use two processors.
async fn walk(part: usize) {
    let mut wrong = Vec::new();
    for number in (part..atlas::unsafe_routes()).step_by(2) {
        let mut site = Site::open().await;
        atlas::complete(&mut site).await;
        let (ways, _) = atlas::ways(&site).await;
        let Some(way) = ways.iter().filter(|way| !way.is_get()).nth(number) else { continue };
        let before = site.count("audit").await;
        let (visitor, mut filled) = (sending::sender(&site, way).await, atlas::form(&site, way).await);
        filled.0.push(("key".to_owned(), "pressed-twice-00000001".to_owned()));
        let (answer, faults) = sending::send(&visitor, &way.path, &filled.0, &filled.1).await;
        wrong.extend(faults.into_iter().map(|fault| format!("{}: {fault}", way.name())));
        let left = site.count("audit").await - before;
        let told = answer.select(".problems li, .problem-page p");
        if answer.status != StatusCode::SEE_OTHER || answer.location.starts_with("/sign-in?") {
            wrong.push(format!("{}: {} {} {told:?}", way.name(), answer.status, answer.location));
            continue;
        }
        if left == 0 && !WITHOUT_AUDIT.contains(&way.line.path) {
            wrong.push(format!("{} left no entry in the audit trail", way.name()));
        }
        let faults = pressed_again(&site, way, &visitor, &filled, &answer).await;
        wrong.extend(faults.into_iter().map(|fault| format!("{}: {fault}", way.name())));
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
    let mut site = Site::open().await;
    atlas::complete(&mut site).await;
    let (_, lost) = atlas::ways(&site).await;
    assert_eq!(lost, [""; 0], "the demonstration has no address for these: note a name equal to the parameter, or give an example");
}
