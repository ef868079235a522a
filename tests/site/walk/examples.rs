//! Every form that writes: its example succeeds on the finished demonstration, and leaves an entry in the audit trail.

use super::none;
use crate::support::{Site, atlas, sending};
use common_table::routes;
use http::StatusCode;

/// Writes that are about a person's own sign-in and belong to no agency. This list may only shrink.
const WITHOUT_AUDIT: &[&str] = &["/sign-in", "/sign-out", "/hats", "/account/ended-sessions"];

/// Each example on a fresh copy of the year, so that none stands in another's way. `part` of 2, to use two processors.
async fn walk(part: usize) {
    let mut wrong = Vec::new();
    let posts = routes::all().table().iter().filter(|line| line.method != "GET").count();
    for number in (part..posts).step_by(2) {
        let mut site = Site::open().await;
        atlas::complete(&mut site).await;
        let (ways, _) = atlas::ways(&site).await;
        let Some(way) = ways.iter().filter(|way| !way.is_get()).nth(number) else { continue };
        let before = site.count("audit").await;
        let (answer, faults) = sending::example(&site, way).await;
        wrong.extend(faults.into_iter().map(|fault| format!("{}: {fault}", way.name())));
        let left = site.count("audit").await - before;
        let told = answer.select(".problems li, .problem-page p");
        if answer.status != StatusCode::SEE_OTHER || answer.location.starts_with("/sign-in?") {
            wrong.push(format!("{}: {} {} {told:?}", way.name(), answer.status, answer.location));
        } else if left == 0 && !WITHOUT_AUDIT.contains(&way.line.path) {
            wrong.push(format!("{} left no entry in the audit trail", way.name()));
        }
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
