//! The walk over all routes of the site: who is let in where, that reading changes nothing, that every form that writes
//! works and leaves a trace, and how addresses look. A new route is walked without anybody writing a test for it.

mod addresses;
mod examples;
mod printed;
mod reading;
mod refusals;

use crate::support::{
    Site,
    atlas::{self, Way},
};
use common_table::platform::access::Need;

/// A site with every route that leads somewhere.
async fn site_and_ways() -> (Site, Vec<Way>) {
    let mut site = Site::open().await;
    atlas::complete(&mut site).await;
    let (ways, _) = atlas::ways(&site).await;
    (site, ways)
}

/// Fails with every line of what was found wrong.
#[track_caller]
fn none(rule: &str, wrong: &[String]) {
    assert!(wrong.is_empty(), "{rule}: {} to mend\n  {}\n", wrong.len(), wrong.join("\n  "));
}

fn is_guarded(way: &Way) -> bool {
    matches!(way.line.need, Need::May(_))
}
