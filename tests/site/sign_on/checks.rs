//! What a provider says must hold in every part, or nobody comes in.

use super::{Ground, made, nobody};
use chrono::Duration;
use serde_json::{Value, json};

const UNSOUND: &str = "Your agency’s sign-in could not be checked";
const AWAY: &str = "Your agency’s sign-in cannot be reached just now";

/// Nobody comes in while the provider behaves so; nothing is made.
async fn lets_nobody_in(ground: &Ground, so: Value) {
    let before = made(&ground.site).await;
    ground.oidc.behaves(so.clone()).await;
    let stranger = ground.site.stranger();
    let told = ground.come_in(&stranger, "marcus").await;
    // A token that lacks what every token has cannot even be read.
    let heading = if so.to_string().contains(r#"{"iss":null}"#) { AWAY } else { UNSOUND };
    assert_eq!(told.heading(), heading, "{so}: {}", told.words());
    nobody(&stranger, &told, heading);
    assert_eq!(made(&ground.site).await, before, "{so}");
}

#[tokio::test]
async fn a_token_that_does_not_hold_in_every_part_lets_nobody_in() {
    let ground = Ground::joined().await;
    let now = ground.site.clock.now().timestamp();
    for claims in [
        json!({ "iss": "http://localhost:1" }),
        json!({ "iss": format!("{}/", ground.oidc.issuer()) }),
        json!({ "iss": null }),
        json!({ "aud": "another-application" }),
        json!({ "aud": ["common-table", "another-application"] }),
        json!({ "aud": null }),
        json!({ "azp": "another-application" }),
        json!({ "nonce": "another sign-in’s" }),
        json!({ "nonce": null }),
        json!({ "exp": now - 3600 }),
        json!({ "iat": now - 3600 }),
        json!({ "iat": now + 3600 }),
        json!({ "sub": "" }),
        json!({ "sub": "x".repeat(256) }),
        json!({ "auth_time": now + 3600 }),
        json!({ "at_hash": "AAAAAAAAAAAAAAAAAAAAAA" }),
    ] {
        lets_nobody_in(&ground, json!({ "claims": claims })).await;
    }
    ground.oidc.asked().await;
    ground.come_in(&ground.site.stranger(), "marcus").await.assert_goes_to("/cedar-river/partners");
}

#[tokio::test]
async fn a_token_without_a_signature_of_the_providers_own_key_lets_nobody_in() {
    let ground = Ground::joined().await;
    for sign in ["none", "shared", "other"] {
        lets_nobody_in(&ground, json!({ "sign": sign })).await;
    }
    ground.oidc.asked().await;
    ground.come_in(&ground.site.stranger(), "marcus").await.assert_goes_to("/cedar-river/partners");
}

#[tokio::test]
async fn clocks_may_differ_by_a_minute_and_no_more() {
    let ground = Ground::joined().await;
    for (seconds, comes_in) in [(50, true), (75, false), (-50, true), (-75, false)] {
        let now = common_table::platform::clock::Clock::default().now();
        ground.site.clock.put(now);
        // What it says is that many seconds old by our clock, or from the future.
        let (exp, iat) = if seconds > 0 {
            (now.timestamp() - seconds, now.timestamp() - seconds)
        } else {
            (now.timestamp() + 600, now.timestamp() - seconds)
        };
        ground.oidc.behaves(json!({ "claims": { "exp": exp, "iat": iat } })).await;
        let stranger = ground.site.stranger();
        let back = ground.come_in(&stranger, "marcus").await;
        if comes_in {
            back.assert_goes_to("/cedar-river/partners");
        } else {
            nobody(&stranger, &back, UNSOUND);
        }
    }
}

#[tokio::test]
async fn an_answer_that_names_another_provider_lets_nobody_in() {
    let ground = Ground::joined().await;
    lets_nobody_in(&ground, json!({ "iss": "http://localhost:1" })).await;
    // This provider names itself in every answer: one without a name is not its own.
    ground.oidc.asked().await;
    let stranger = ground.site.stranger();
    let there = ground.set_out(&stranger, "/sign-in?next=/cedar-river", super::BEGIN).await;
    let back = ground.oidc.log_in(&there, "marcus").await;
    let without: String = back.split('&').filter(|part| !part.starts_with("iss=")).collect::<Vec<_>>().join("&");
    assert_ne!(back, without);
    nobody(&stranger, &stranger.get(&without).await, UNSOUND);
}

#[tokio::test]
async fn a_provider_that_describes_itself_as_another_is_not_talked_to() {
    let ground = Ground::joined().await;
    // What it says of itself is kept for five minutes.
    ground.site.clock.advance(Duration::minutes(6));
    ground.oidc.behaves(json!({ "metadata": { "issuer": "http://localhost:1" } })).await;
    let stranger = ground.site.stranger();
    let form = stranger.get("/sign-in?next=/cedar-river").await.form(super::BEGIN);
    let onward = stranger.follow(&stranger.send_form(&form).await).await;
    nobody(&stranger, &onward, UNSOUND);
}

#[tokio::test]
async fn keys_that_changed_are_fetched_once_more_and_only_once() {
    let ground = Ground::joined().await;
    let asked_for_keys = |asked: Vec<String>| asked.iter().filter(|path| *path == "/jwks").count();
    ground.come_in(&ground.site.stranger(), "marcus").await.assert_goes_to("/cedar-river/partners");
    assert_eq!(asked_for_keys(ground.oidc.asked().await), 0, "they are kept for a while");
    ground.oidc.behaves(json!({ "rotate": true })).await;
    ground.come_in(&ground.site.stranger(), "marcus").await.assert_goes_to("/cedar-river/partners");
    assert_eq!(asked_for_keys(ground.oidc.asked().await), 1, "an unknown key has them fetched once more");
    ground.come_in(&ground.site.stranger(), "marcus").await.assert_goes_to("/cedar-river/partners");
    assert_eq!(asked_for_keys(ground.oidc.asked().await), 0);
    // A token by a key that the provider does not publish has them fetched once, and lets nobody in.
    ground.oidc.behaves(json!({ "kid": "nowhere" })).await;
    let stranger = ground.site.stranger();
    nobody(&stranger, &ground.come_in(&stranger, "marcus").await, UNSOUND);
    assert_eq!(asked_for_keys(ground.oidc.asked().await), 1);
}

#[tokio::test]
async fn a_provider_that_is_away_gets_a_page_with_a_way_on_and_nobody_in() {
    let ground = Ground::joined().await;
    for way in ["down", "nonsense", "huge", "elsewhere", "mute"] {
        for on in ["/token", "/jwks"] {
            ground.site.clock.advance(Duration::minutes(6));
            ground.oidc.behaves(json!({ "way": way, "on": on, "claims": later(&ground) })).await;
            let stranger = ground.site.stranger();
            let told = ground.come_in(&stranger, "marcus").await;
            told.assert_sees("Nobody was signed in");
            nobody(&stranger, &told, AWAY);
            told.form(super::BEGIN);
        }
        ground.site.clock.advance(Duration::minutes(6));
        ground.oidc.behaves(json!({ "way": way, "on": "/.well-known/openid-configuration" })).await;
        let stranger = ground.site.stranger();
        let form = stranger.get("/sign-in?next=/cedar-river").await.form(super::BEGIN);
        nobody(&stranger, &stranger.follow(&stranger.send_form(&form).await).await, AWAY);
    }
    ground.oidc.behaves(json!({ "claims": later(&ground) })).await;
    ground.come_in(&ground.site.stranger(), "marcus").await.assert_goes_to("/cedar-river/partners");
}

/// What the provider would say if its clock went with ours, which was put on.
fn later(ground: &Ground) -> Value {
    let now = ground.site.clock.now().timestamp();
    json!({ "iat": now, "exp": now + 3600, "auth_time": now })
}
