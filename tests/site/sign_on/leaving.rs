//! Signing out here, and out of the provider too, where the person says so.

use super::{BEGIN, Ground, nobody};
use crate::support::{Visitor, oidc::Browser, standstill::Standstill};
use chrono::Duration;
use http::StatusCode;
use serde_json::json;

/// Somebody who came in through the provider signs out; answers where they are led.
async fn signed_out(ground: &Ground, marcus: &Visitor) -> String {
    ground.come_in(marcus, "marcus").await.assert_goes_to("/cedar-river/partners");
    let out = marcus.post("/sign-out", &[]).await;
    marcus.get("/cedar-river/partners").await.assert_sent_to_sign_in();
    out.assert_status(StatusCode::SEE_OTHER);
    assert!(out.location.starts_with("/cedar-river/sign-on/leaving?state="), "{}", out.location);
    out.location
}

/// Whether the provider lets a browser through without a name.
async fn is_known(ground: &Ground, browser: &mut Browser) -> bool {
    let visitor = ground.site.stranger();
    let there = ground.set_out(&visitor, "/sign-in?next=/cedar-river", BEGIN).await;
    ground.oidc.asked().await;
    ground.oidc.log_in_with(browser, &there, "marcus").await;
    !ground.oidc.asked().await.iter().any(|path| path.starts_with("/interaction/"))
}

#[tokio::test]
async fn whoever_signs_out_is_asked_whether_out_of_the_provider_too() {
    let ground = Ground::joined().await;
    let (marcus, mut browser) = (ground.site.stranger(), Browser::new());
    let there = ground.set_out(&marcus, "/sign-in?next=/cedar-river/partners", BEGIN).await;
    let back = ground.oidc.log_in_with(&mut browser, &there, "marcus").await;
    marcus.get(&back).await.assert_goes_to("/cedar-river/partners");
    assert!(is_known(&ground, &mut browser).await);

    let out = marcus.post("/sign-out", &[]).await;
    ground.oidc.asked().await;
    let page = marcus.follow(&out).await;
    page.assert_page("You are signed out here").assert_sees("Sign out of County account of Cedar River County too?");
    assert!(page.attributes("meta[http-equiv=refresh]", "content").is_empty(), "nobody is sent there unasked");
    let links = page.attributes("main .actions a", "href");
    assert!(
        links[0].starts_with(&format!("{}/session/end?", ground.oidc.issuer())) && links[0].contains("client_id=common-table"),
        "{links:?}"
    );
    assert!(!links[0].contains("hint") && !links[0].contains("marcus"), "it is not told who asks: {links:?}");
    assert_eq!(links[1], "/sign-in");
    assert!(is_known(&ground, &mut browser).await, "nothing was done there by itself");

    let left = ground.oidc.log_out(&mut browser, &links[0]).await;
    marcus.get(&left).await.assert_goes_to("/sign-in").assert_flash("You have signed out there too");
    assert!(!is_known(&ground, &mut browser).await, "it knows them no longer");
    marcus.get(&left).await.assert_goes_to("/sign-in").assert_flash("");
}

#[tokio::test]
async fn nobody_is_led_to_a_provider_that_did_not_vouch_for_them() {
    let ground = Ground::joined().await;
    // The same person, by their own password.
    let own = ground.site.visitor("staff").await;
    own.post("/sign-out", &[]).await.assert_goes_to("/sign-in").assert_flash("You have signed out");
    let marcus = ground.site.stranger();
    let asks = signed_out(&ground, &marcus).await;
    // Neither in the name of another agency, nor in another browser, nor with a state of one's own, nor later.
    let thief = ground.site.stranger();
    for (visitor, path) in [
        (&marcus, asks.replace("/cedar-river/", "/harbor/")),
        (&thief, asks.clone()),
        (&marcus, format!("/cedar-river/sign-on/leaving?state={}", "A".repeat(43))),
        (&marcus, "/cedar-river/sign-on/leaving".to_owned()),
    ] {
        visitor.get(&path).await.assert_goes_to("/sign-in").assert_flash("");
        visitor.get(&path.replace("/leaving", "/left")).await.assert_goes_to("/sign-in").assert_flash("");
    }
    marcus.get(&asks).await.assert_page("You are signed out here");
    ground.site.clock.advance(Duration::minutes(10));
    marcus.get(&asks).await.assert_goes_to("/sign-in").assert_flash("");
}

#[tokio::test]
async fn a_way_out_is_no_way_in_and_a_way_in_is_no_way_out() {
    let ground = Ground::joined().await;
    let marcus = ground.site.stranger();
    let asks = signed_out(&ground, &marcus).await;
    let state = asks.split("state=").nth(1).unwrap();
    for path in ["onward", "return"] {
        let told = marcus.get(&format!("/cedar-river/sign-on/{path}?state={state}&code=anything")).await;
        nobody(&marcus, &told, "This sign-in cannot go on");
    }
    let form = marcus.get("/sign-in?next=/cedar-river").await.form(BEGIN);
    let onward = marcus.send_form(&form).await.location;
    marcus.get(&onward.replace("/onward", "/leaving")).await.assert_goes_to("/sign-in").assert_flash("");
    marcus.get(&onward.replace("/onward", "/left")).await.assert_goes_to("/sign-in").assert_flash("");
}

#[tokio::test]
async fn a_provider_that_has_no_way_out_or_is_away_keeps_nobody_from_signing_out() {
    let ground = Ground::joined().await;
    for so in [
        json!({ "metadata": { "end_session_endpoint": null } }),
        json!({ "metadata": { "end_session_endpoint": "https://10.0.0.1/out" } }),
        json!({ "metadata": { "end_session_endpoint": "nowhere" } }),
        json!({ "way": "down" }),
        json!({ "way": "mute" }),
    ] {
        let marcus = ground.site.stranger();
        ground.oidc.asked().await;
        let asks = signed_out(&ground, &marcus).await;
        // What it says of itself is kept for five minutes, and the browser goes on within ten.
        ground.site.clock.advance(Duration::minutes(6));
        ground.oidc.behaves(so.clone()).await;
        marcus.get(&asks).await.assert_goes_to("/sign-in").assert_flash("You have signed out");
        ground.oidc.behaves(json!({})).await;
        ground.site.clock.put(common_table::platform::clock::Clock::default().now());
    }
    // Taken away meanwhile, it is not spoken of.
    let marcus = ground.site.stranger();
    ground.come_in(&marcus, "marcus").await.assert_goes_to("/cedar-river/partners");
    ground.site.force("update sign_on_provider set active = false").await;
    marcus.post("/sign-out", &[]).await.assert_goes_to("/sign-in").assert_flash("You have signed out");
}

#[tokio::test]
async fn a_sign_in_is_over_before_the_way_out_of_the_provider_is_made_ready() {
    let ground = Ground::joined().await;
    let marcus = ground.site.stranger();
    ground.come_in(&marcus, "marcus").await.assert_goes_to("/cedar-river/partners");
    // Ways to and from providers cannot be noted down meanwhile.
    let mut held = Standstill::at(&ground.site, "lock table sign_on_attempt in exclusive mode").await;
    let open = "session where vouched_by is not null and ended_at is null";
    let (out, ()) = tokio::join!(marcus.post("/sign-out", &[]), async {
        held.until(1).await;
        assert_eq!(ground.site.count(open).await, 0);
        held.let_go().await;
    });
    out.assert_status(StatusCode::SEE_OTHER);
    marcus.get("/cedar-river/partners").await.assert_sent_to_sign_in();
}
