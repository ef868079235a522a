//! Whoever may not, is told the same thing everywhere: strangers sign in, members of another agency find nothing, those with
//! other duties are told so, and a membership that is not active opens nothing.

use super::{is_guarded, none, site_and_ways};
use crate::support::{
    Answer, Visitor,
    atlas::{self, Way},
};
use common_table::platform::access::Need;
use http::StatusCode;
use std::collections::HashMap;

const NOWHERE: &str = "018f5e2a-0000-7000-8000-000000000000";

/// Sends the route's request with an empty form: whoever is refused is refused before anything is read.
async fn ask(visitor: &Visitor, way: &Way, path: &str) -> Answer {
    let kind = if way.is_get() { "" } else { "application/x-www-form-urlencoded" };
    visitor.send(way.line.method, path, kind, Vec::new()).await
}

#[tokio::test]
async fn a_stranger_is_sent_to_sign_in() {
    let (site, ways) = site_and_ways().await;
    let mut wrong = Vec::new();
    for way in &ways {
        let answer = ask(&site.stranger(), way, &way.path).await;
        let fine = match way.line.need {
            Need::Anyone => answer.status != StatusCode::FORBIDDEN,
            Need::Link | Need::Server => answer.status == StatusCode::NOT_FOUND,
            Need::SignedIn | Need::Fresh | Need::Confirmed | Need::May(_) => {
                answer.status == StatusCode::SEE_OTHER && answer.location.starts_with("/sign-in")
            }
        };
        if !fine {
            wrong.push(format!("{}: {} {}", way.name(), answer.status, answer.location));
        }
    }
    none("a stranger", &wrong);
}

#[tokio::test]
async fn a_member_of_another_agency_finds_nothing_here() {
    let (site, ways) = site_and_ways().await;
    let harbor = site.visitor("harbor").await;
    let mut wrong = Vec::new();
    for way in ways.iter().filter(|way| is_guarded(way)) {
        let theirs = ask(&harbor, way, &way.path).await;
        let none = ask(&harbor, way, &way.elsewhere("no-such-county", None)).await;
        if theirs.status != StatusCode::NOT_FOUND || theirs.without_keys() != none.without_keys() {
            wrong.push(format!("{}: {}, and {} where there is no agency", way.name(), theirs.status, none.status));
        }
    }
    none("a member of another agency", &wrong);
}

#[tokio::test]
async fn a_record_of_another_agency_answers_like_one_that_never_was() {
    let (site, ways) = site_and_ways().await;
    let mut wrong = Vec::new();
    // Between them they have most permissions in the other county.
    for who in ["harbor", "partner"] {
        let visitor = site.visitor(who).await;
        for way in ways.iter().filter(|way| is_guarded(way) && way.ids.iter().any(|(_, value)| value.len() == 36)) {
            let theirs = ask(&visitor, way, &way.elsewhere("harbor", None)).await;
            let none = ask(&visitor, way, &way.elsewhere("harbor", Some(NOWHERE))).await;
            let malformed = ask(&visitor, way, &way.elsewhere("harbor", Some("x"))).await;
            let refused = matches!(theirs.status, StatusCode::NOT_FOUND | StatusCode::FORBIDDEN);
            let (told, nothing) = (theirs.without_keys(), none.without_keys());
            if !refused || told != nothing || (theirs.status == StatusCode::NOT_FOUND && told != malformed.without_keys()) {
                wrong.push(format!(
                    "{} for {who}: {}, {} for none, {} for nonsense",
                    way.name(),
                    theirs.status,
                    none.status,
                    malformed.status
                ));
            }
        }
    }
    none("another agency’s record", &wrong);
}

#[tokio::test]
async fn every_hat_without_the_permission_is_told_so() {
    let (site, ways) = site_and_ways().await;
    let (mut wrong, mut tried) = (Vec::new(), 0);
    for who in ["director", "staff", "analyst", "admin", "parent", "partner", "tribe"] {
        let visitor = site.visitor(who).await;
        for way in ways.iter().filter(|way| way.refused().contains(&who)) {
            tried += 1;
            let answer = ask(&visitor, way, &way.path).await;
            if answer.status != StatusCode::FORBIDDEN || answer.heading() != "This page is not part of your role" {
                wrong.push(format!("{} as {who}: {}", way.name(), answer.status));
            }
        }
    }
    none("a hat without the permission", &wrong);
    assert!(tried > 10, "only {tried} refusals were tried");
}

/// Each way is asked in each state, by one of its hats, another one for each state where it has several.
#[tokio::test]
async fn a_membership_in_any_state_but_active_opens_nothing() {
    let (site, ways) = site_and_ways().await;
    let mut wrong = Vec::new();
    for (turn, state) in ["proposed", "invited", "accepted", "suspended", "ended"].into_iter().enumerate() {
        site.force(&format!(
            "update membership set state = '{state}', suspended_by = case when '{state}' = 'suspended' then 'agency' end where agency_id = (select id from agency where slug = 'cedar-river')"
        ))
        .await;
        let mut visitors = HashMap::new();
        for (number, way) in ways.iter().enumerate() {
            let allowed = way.allowed();
            let Some(who) = allowed.get((number + turn) % allowed.len().max(1)).copied() else { continue };
            if !visitors.contains_key(who) {
                visitors.insert(who, site.visitor(who).await);
            }
            let answer = ask(&visitors[who], way, &way.path).await;
            let told = match state {
                "suspended" => "Your membership here is suspended",
                "ended" => "Your membership here has ended",
                _ => "There is nothing at this address",
            };
            if answer.status != StatusCode::NOT_FOUND || answer.heading() != told {
                wrong.push(format!("{} as {who}, {state}: {}", way.name(), answer.status));
            }
        }
    }
    none("a membership that is not active", &wrong);
}

#[tokio::test]
async fn a_form_from_another_site_is_not_taken() {
    let (site, ways) = site_and_ways().await;
    let mut wrong = Vec::new();
    for way in ways.iter().filter(|way| !way.is_get()) {
        let visitor = match way.allowed().first() {
            Some(who) => site.visitor(who).await,
            None => site.stranger(),
        };
        for (header, value) in [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site")] {
            let visitor =
                site.stranger().with_cookie("__Host-session", &visitor.cookie("__Host-session").unwrap_or_default()).saying(header, value);
            let answer = ask(&visitor, way, &way.path).await;
            if answer.status != StatusCode::FORBIDDEN || answer.heading() != "This form came from another site" {
                wrong.push(format!("{} with {header}: {value}: {}", way.name(), answer.status));
            }
        }
    }
    none("a form from another site", &wrong);
}

#[tokio::test]
async fn the_bearer_of_a_link_reaches_nothing_else() {
    let (site, ways) = site_and_ways().await;
    let mut wrong = Vec::new();
    for link in atlas::links().into_iter().filter(|link| site.names().contains_key(*link)) {
        let bearer = site.bearer(link);
        for way in &ways {
            let answer = match way.line.need {
                Need::May(_) | Need::SignedIn | Need::Fresh | Need::Confirmed => ask(&bearer, way, &way.path).await,
                Need::Link => ask(&bearer, way, &way.elsewhere("harbor", None)).await,
                Need::Anyone | Need::Server => continue,
            };
            let fine = match way.line.need {
                Need::Link => answer.status == StatusCode::NOT_FOUND,
                _ => answer.status == StatusCode::SEE_OTHER && answer.location.starts_with("/sign-in"),
            };
            if !fine {
                wrong.push(format!("{} by {link}: {} {}", way.name(), answer.status, answer.location));
            }
        }
    }
    none("the bearer of a link", &wrong);
}
