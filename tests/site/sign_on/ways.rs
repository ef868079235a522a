//! One way to a provider and back: once, within ten minutes, in the browser and for the agency that it was begun for.

use super::{BEGIN, Ground, made, nobody};
use crate::support::{Site, oidc::Oidc};
use chrono::Duration;

const NOT_THIS_WAY: &str = "This sign-in cannot go on";

/// A way that somebody began, and where the provider sends them back.
async fn half_way(ground: &Ground, visitor: &crate::support::Visitor) -> String {
    let there = ground.set_out(visitor, "/sign-in?next=/cedar-river/partners", BEGIN).await;
    ground.oidc.log_in(&there, "marcus").await
}

#[tokio::test]
async fn an_answer_is_taken_once() {
    let ground = Ground::joined().await;
    let marcus = ground.site.stranger();
    let back = half_way(&ground, &marcus).await;
    let way = marcus.cookie("__Host-sign-on").unwrap();
    marcus.get(&back).await.assert_goes_to("/cedar-river/partners");
    let sessions = ground.site.count("session").await;
    let thief = ground.site.stranger().with_cookie("__Host-sign-on", &way);
    nobody(&thief, &thief.get(&back).await, NOT_THIS_WAY);
    assert_eq!(ground.site.count("session").await, sessions);
    // A code that was taken before is no use with a way of one's own either.
    let other = ground.site.stranger();
    let own = half_way(&ground, &other).await;
    let part = |address: &str, name: &str| address.split(['?', '&']).find(|part| part.starts_with(name)).unwrap().to_owned();
    let replayed = own.replace(&part(&own, "code="), &part(&back, "code="));
    nobody(&other, &other.get(&replayed).await, "Your agency’s sign-in could not be checked");
}

#[tokio::test]
async fn an_answer_is_taken_in_the_browser_that_set_out() {
    let ground = Ground::joined().await;
    let (victim, attacker) = (ground.site.stranger(), ground.site.stranger());
    let back = half_way(&ground, &attacker).await;
    nobody(&victim, &victim.get(&back).await, NOT_THIS_WAY);
    // Nor with a way that the other browser began itself.
    half_way(&ground, &victim).await;
    nobody(&victim, &victim.get(&back).await, NOT_THIS_WAY);
    attacker.get(&back).await.assert_goes_to("/cedar-river/partners");
}

#[tokio::test]
async fn a_way_ends_after_ten_minutes() {
    let ground = Ground::joined().await;
    let marcus = ground.site.stranger();
    let back = half_way(&ground, &marcus).await;
    let way = marcus.cookie("__Host-sign-on").unwrap();
    ground.site.clock.advance(Duration::minutes(10));
    assert_eq!(marcus.cookie("__Host-sign-on"), None, "the browser forgets it");
    let kept = ground.site.stranger().with_cookie("__Host-sign-on", &way);
    nobody(&kept, &kept.get(&back).await, NOT_THIS_WAY);
    assert_eq!(ground.site.count("sign_on_attempt where used_at is not null and expires_at > now()").await, 1, "only that of who joined");
}

#[tokio::test]
async fn what_comes_back_must_be_what_was_begun() {
    let ground = Ground::joined().await;
    let before = made(&ground.site).await;
    let marcus = ground.site.stranger();
    let back = half_way(&ground, &marcus).await;
    let state = back.split(['?', '&']).find_map(|part| part.strip_prefix("state=")).unwrap().to_owned();
    let other = "A".repeat(43);
    for wrong in [back.replace(&state, &other), back.replace(&state, "short"), back.replace("cedar-river", "harbor")] {
        let told = marcus.get(&wrong).await;
        if wrong.contains("harbor") {
            told.assert_not_found();
        } else {
            nobody(&marcus, &told, NOT_THIS_WAY);
        }
    }
    marcus.get("/cedar-river/sign-on/return").await.assert_goes_to("/sign-in?next=%2Fcedar-river");
    marcus.get("/cedar-river/sign-on/onward").await.assert_goes_to("/sign-in?next=%2Fcedar-river");
    assert_eq!(made(&ground.site).await, before);
    // The person said no, or the provider has a fault of its own.
    for (error, heading) in
        [("access_denied", "You did not sign in there"), ("server_error", "Your agency’s sign-in cannot be reached just now")]
    {
        let visitor = ground.site.stranger();
        let back = half_way(&ground, &visitor).await;
        let state = back.split(['?', '&']).find(|part| part.starts_with("state=")).unwrap();
        nobody(&visitor, &visitor.get(&format!("/cedar-river/sign-on/return?error={error}&{state}")).await, heading);
    }
}

#[tokio::test]
async fn a_way_begun_with_one_provider_does_not_end_with_another() {
    let (county, other) = (Oidc::start().await, Oidc::start().await);
    let site = Site::with_providers(&[&county, &other]).await;
    super::add(&site, &other, "Another account").await;
    super::add(&site, &county, "County account").await;
    let ground = Ground { site, oidc: county };
    let staff = ground.site.visitor("staff").await;
    // The account page offers both; that of the other provider stands first.
    let form = staff.get("/account").await.form("/account/sign-ons");
    let onward = staff.follow(&staff.send_form(&form).await).await;
    onward.assert_page("On to Another account");
    let there = onward.attributes("main .actions a", "href").remove(0);
    staff.get(&other.log_in(&there, "marcus").await).await.assert_goes_to("/account");

    let victim = ground.site.stranger();
    let form = victim.get("/sign-in?next=/cedar-river").await.form(BEGIN);
    let onward = victim.follow(&victim.send_form(&form).await).await;
    let there = onward.attributes("main .actions a", "href").remove(0);
    let back = other.log_in(&there, "marcus").await;
    // The very answer of the one, for a way that was begun with the other.
    let second = ground.site.stranger();
    let (to, mut fields) = second.get("/sign-in?next=/cedar-river").await.form(BEGIN);
    let county_id: String = ground.site.peek("select id::text from sign_on_provider where label = 'County account'").await;
    fields.iter_mut().filter(|(name, _)| name == "provider").for_each(|(_, value)| *value = county_id.clone());
    let onward = second.follow(&second.send_form(&(to, fields)).await).await;
    onward.assert_page("On to County account");
    let there = onward.attributes("main .actions a", "href").remove(0);
    let state = there.split(['?', '&']).find_map(|part| part.strip_prefix("state=")).unwrap();
    let theirs = back.split(['?', '&']).find_map(|part| part.strip_prefix("state=")).unwrap();
    let mixed = back.replace(theirs, state);
    nobody(&second, &second.get(&mixed).await, "Your agency’s sign-in could not be checked");
    assert!(!ground.oidc.asked().await.contains(&"/token".to_owned()), "the code of one is not shown to the other");
    victim.get(&back).await.assert_goes_to("/cedar-river");
}

#[tokio::test]
async fn the_same_button_pressed_twice_sets_out_once() {
    let ground = Ground::joined().await;
    let marcus = ground.site.stranger();
    let form = marcus.get("/sign-in?next=/cedar-river").await.form(BEGIN);
    let (first, second) = (marcus.send_form(&form).await, marcus.send_form(&form).await);
    assert_eq!(first.location, second.location);
    assert_eq!(ground.site.count("sign_on_attempt where used_at is null").await, 1);
    // What waits in the database is of no use to whoever has only that.
    let kept: String = ground.site.peek("select sign_on_attempt::text from sign_on_attempt where used_at is null").await;
    let state = first.location.split("state=").nth(1).unwrap();
    assert!(!kept.contains(state) && !kept.contains("nonce") && !kept.contains("cedar-river"), "{kept}");
}

#[tokio::test]
async fn a_sign_in_leads_on_inside_its_agency_only() {
    let ground = Ground::joined().await;
    for (next, on) in [
        ("/cedar-river/loops?state=raised", "/cedar-river/loops?state=raised"),
        ("/harbor/partners", "/cedar-river"),
        ("//evil.example", "/cedar-river"),
        ("/cedar-riverside", "/cedar-river"),
        ("/account", "/cedar-river"),
    ] {
        let marcus = ground.site.stranger();
        let (to, mut fields) = marcus.get("/sign-in?agency=cedar-river").await.form(BEGIN);
        fields.iter_mut().filter(|(name, _)| name == "next").for_each(|(_, value)| next.clone_into(value));
        let onward = marcus.follow(&marcus.send_form(&(to, fields)).await).await;
        let there = onward.attributes("main .actions a", "href").remove(0);
        marcus.get(&ground.oidc.log_in(&there, "marcus").await).await.assert_goes_to(on);
    }
}
