//! A provider says by itself that somebody signed out there: what it vouched for ends here, and nothing else.

use super::{BEGIN, Ground, through_one};
use crate::support::{
    Answer, Site, Visitor,
    oidc::{Browser, Oidc},
};
use http::StatusCode;
use serde_json::{Value, json};

const HERE: &str = "/cedar-river/sign-on/signed-out";
const PARTNERS: &str = "/cedar-river/partners";

/// Another server sends a logout token to an address.
async fn tells(site: &Site, at: &str, token: &str) -> Answer {
    let body = serde_html_form::to_string([("logout_token", token)]).unwrap();
    let answer = site.stranger().without_a_browser().send("POST", at, "application/x-www-form-urlencoded", body.into_bytes()).await;
    assert_eq!(answer.header("cache-control"), "no-store");
    answer
}

async fn holds(site: &Site, token: &str) {
    tells(site, HERE, token).await.assert_status(StatusCode::OK);
}

async fn does_not_hold(site: &Site, at: &str, token: &str) {
    tells(site, at, token).await.assert_status(StatusCode::BAD_REQUEST);
}

/// Somebody comes in as `marcus` in this browser.
async fn come_in(ground: &Ground, browser: &mut Browser) -> Visitor {
    let visitor = ground.site.stranger();
    let there = ground.set_out(&visitor, &format!("/sign-in?next={PARTNERS}"), BEGIN).await;
    visitor.get(&ground.oidc.log_in_with(browser, &there, "marcus").await).await.assert_goes_to(PARTNERS);
    visitor.get(PARTNERS).await.assert_page("Partners");
    visitor
}

#[tokio::test]
async fn whoever_signs_out_at_the_provider_is_out_here_in_that_browser_and_nowhere_else() {
    let ground = Ground::joined().await;
    let (mut at_the_desk, mut at_home) = (Browser::new(), Browser::new());
    let (desk, home) = (come_in(&ground, &mut at_the_desk).await, come_in(&ground, &mut at_home).await);
    let own = ground.site.visitor("staff").await;
    own.get(PARTNERS).await.assert_page("Partners");

    let way = format!(
        "{}/session/end?client_id=common-table&post_logout_redirect_uri=http%3A%2F%2Flocalhost%2Fcedar-river%2Fsign-on%2Fleft",
        ground.oidc.issuer()
    );
    let token = ground.oidc.word_of_log_out(&mut at_the_desk, &way).await;
    desk.get(PARTNERS).await.assert_page("Partners");
    holds(&ground.site, &token).await;
    desk.get(PARTNERS).await.assert_sent_to_sign_in();
    home.get(PARTNERS).await.assert_page("Partners");
    own.get(PARTNERS).await.assert_page("Partners");

    // It is taken once, and a new sign-in does not end by it.
    let again = come_in(&ground, &mut at_the_desk).await;
    does_not_hold(&ground.site, HERE, &token).await;
    again.get(PARTNERS).await.assert_page("Partners");

    // One that names the person alone ends all that it vouched for, and not what their own password opened.
    holds(&ground.site, &ground.oidc.word(json!({ "sub": "marcus" }), json!({})).await).await;
    again.get(PARTNERS).await.assert_sent_to_sign_in();
    home.get(PARTNERS).await.assert_sent_to_sign_in();
    own.get(PARTNERS).await.assert_page("Partners");
    // Nobody is left of whom it speaks: that is no fault of the provider's.
    holds(&ground.site, &ground.oidc.word(json!({ "sub": "marcus" }), json!({})).await).await;
    holds(&ground.site, &ground.oidc.word(json!({ "sub": "nobody here" }), json!({})).await).await;
}

#[tokio::test]
async fn a_logout_token_that_does_not_hold_in_every_part_ends_nobodys_sign_in() {
    let ground = Ground::joined().await;
    let marcus = come_in(&ground, &mut Browser::new()).await;
    let now = common_table::platform::clock::Clock::default().now().timestamp();
    let event = "http://schemas.openid.net/event/backchannel-logout";
    for so in [
        json!({ "claims": { "iss": "http://localhost:1" } }),
        json!({ "claims": { "iss": format!("{}/", ground.oidc.issuer()) } }),
        json!({ "claims": { "iss": null } }),
        json!({ "claims": { "aud": "another-application" } }),
        json!({ "claims": { "aud": ["common-table", "another-application"] } }),
        json!({ "claims": { "aud": [] } }),
        json!({ "claims": { "aud": null } }),
        json!({ "claims": { "iat": now - 3600 } }),
        json!({ "claims": { "iat": now + 3600 } }),
        json!({ "claims": { "iat": null } }),
        json!({ "claims": { "exp": now - 3600 } }),
        json!({ "claims": { "exp": "tomorrow" } }),
        json!({ "claims": { "jti": null } }),
        json!({ "claims": { "jti": "" } }),
        json!({ "claims": { "events": null } }),
        json!({ "claims": { "events": event } }),
        json!({ "claims": { "events": { "http://schemas.openid.net/event/another": {} } } }),
        json!({ "claims": { "events": { event: "yes" } } }),
        json!({ "claims": { "nonce": "a sign-in’s" } }),
        json!({ "claims": { "sub": null } }),
        json!({ "claims": { "sub": "", "sid": "" } }),
        json!({ "claims": { "sub": 1 } }),
        json!({ "sign": "none" }),
        json!({ "sign": "shared" }),
        json!({ "sign": "other" }),
        json!({ "kid": "nowhere" }),
    ] {
        let token = ground.oidc.word(json!({ "sub": "marcus" }), so.clone()).await;
        let told = tells(&ground.site, HERE, &token).await;
        assert_eq!(told.status, StatusCode::BAD_REQUEST, "{so}");
        marcus.get(PARTNERS).await.assert_page("Partners");
    }
    let token = ground.oidc.word(json!({ "sub": "marcus" }), json!({})).await;
    let (signed, signature) = token.rsplit_once('.').unwrap();
    for broken in [
        "",
        ".",
        "..",
        "a.b.c",
        signed,
        &format!("{signed}."),
        &format!("{signed}.{}", signature.chars().rev().collect::<String>()),
        &"x".repeat(100_000),
    ] {
        does_not_hold(&ground.site, HERE, broken).await;
    }
    marcus.get(PARTNERS).await.assert_page("Partners");
    assert_eq!(ground.site.count("sign_on_logout").await, 0, "what does not hold uses up no number");
    holds(&ground.site, &token).await;
    marcus.get(PARTNERS).await.assert_sent_to_sign_in();
}

#[tokio::test]
async fn a_provider_speaks_for_its_own_agency_and_of_what_it_vouched_for_alone() {
    let (first, second) = (Oidc::start().await, Oidc::start().await);
    let site = Site::with_providers(&[&first, &second]).await;
    super::add(&site, &first, "County account").await;
    super::add(&site, &second, "Court account").await;
    let staff = site.visitor("staff").await;
    let (join, come) = (("/account", "/account/sign-ons"), ("/sign-in?next=/cedar-river/partners", BEGIN));
    let (by_first, by_second) = (site.stranger(), site.stranger());
    for (one, by) in [((&first, "County account"), &by_first), ((&second, "Court account"), &by_second)] {
        through_one(&site, &staff, join, one, "marcus").await.assert_goes_to("/account");
        through_one(&site, by, come, one, "marcus").await.assert_goes_to(PARTNERS);
    }
    let word = async |oidc: &Oidc| oidc.word(json!({ "sub": "marcus" }), json!({})).await;
    // Neither at another agency's address, nor where there is none, nor once it is out of use.
    for at in ["/harbor/sign-on/signed-out", "/no-such-county/sign-on/signed-out"] {
        does_not_hold(&site, at, &word(&first).await).await;
    }
    holds(&site, &word(&second).await).await;
    by_second.get(PARTNERS).await.assert_sent_to_sign_in();
    by_first.get(PARTNERS).await.assert_page("Partners");
    site.force("update sign_on_provider set active = false where label = 'County account'").await;
    does_not_hold(&site, HERE, &word(&first).await).await;
    assert_eq!(site.count("session where vouched_by is not null and ended_at is null").await, 1);
}

#[tokio::test]
async fn no_browser_says_for_anybody_that_they_signed_out() {
    let ground = Ground::joined().await;
    let marcus = come_in(&ground, &mut Browser::new()).await;
    let token = ground.oidc.word(json!({ "sub": "marcus" }), json!({})).await;
    let form: &[(&str, &str)] = &[("logout_token", &token)];
    ground.site.stranger().post(HERE, form).await.assert_not_found();
    let crossing = ground.site.stranger().saying("sec-fetch-site", "cross-site").post(HERE, form).await;
    crossing.assert_status(StatusCode::FORBIDDEN).assert_sees("This form came from another site");
    // Beside that one address a form without a browser is still refused.
    let plain = ground.site.stranger().without_a_browser();
    for path in ["/cedar-river/sign-on", "/x/cedar-river/sign-on/signed-out", "/sign-out"] {
        plain.post(path, form).await.assert_status(StatusCode::FORBIDDEN);
    }
    marcus.get(PARTNERS).await.assert_page("Partners");
}

#[tokio::test]
async fn the_keys_are_fetched_once_more_for_a_key_that_is_not_known_and_not_for_whoever_sends_many() {
    let ground = Ground::joined().await;
    let marcus = come_in(&ground, &mut Browser::new()).await;
    let asked_for_keys = |asked: Vec<String>| asked.iter().filter(|path| *path == "/jwks").count();
    ground.oidc.behaves(json!({ "rotate": true })).await;
    // Its keys are a minute old at least.
    ground.site.clock.advance(chrono::Duration::seconds(50));
    let said: Value = json!({ "sub": "marcus" });
    let (token, unknown) = (ground.oidc.word(said.clone(), json!({})).await, ground.oidc.word(said, json!({ "kid": "nowhere" })).await);
    ground.site.clock.advance(chrono::Duration::seconds(15));
    holds(&ground.site, &token).await;
    assert_eq!(asked_for_keys(ground.oidc.asked().await), 1);
    marcus.get(PARTNERS).await.assert_sent_to_sign_in();
    for _ in 0..5 {
        does_not_hold(&ground.site, HERE, &unknown).await;
    }
    assert_eq!(asked_for_keys(ground.oidc.asked().await), 0);
}
