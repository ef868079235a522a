//! What a provider's word weighs: how many steps it speaks of, and when it saw the person.

use super::{BEGIN, Ground, PROVIDERS, nobody};
use crate::support::Visitor;
use serde_json::{Value, json};

const TWO_STEPS: &str = "Your agency asks for two steps";
const RULE: &str = "/cedar-river/settings/sign-on-rule";

/// Changes what the administrator entered of the provider.
async fn set(ground: &Ground, changes: &[(&str, &str)]) {
    let page = format!("{PROVIDERS}/{}", ground.provider().await);
    ground.site.visitor("admin").await.fill(&page, &page, changes).await.assert_goes_to(PROVIDERS);
}

/// Comes in while the provider says this, and answers whether two factors were noted.
async fn noted(ground: &Ground, claims: Value) -> bool {
    ground.oidc.behaves(json!({ "claims": claims })).await;
    ground.come_in(&ground.site.stranger(), "marcus").await.assert_goes_to("/cedar-river/partners");
    ground.site.peek("select second_factor from session where proved_by = 'sso' order by created_at desc, id desc limit 1").await
}

#[tokio::test]
async fn the_levels_that_an_agency_names_are_asked_for_and_count_alone() {
    let ground = Ground::joined().await;
    let marcus = ground.site.stranger();
    assert!(!ground.set_out(&marcus, "/sign-in?next=/cedar-river", BEGIN).await.contains("acr_values"));
    assert!(noted(&ground, json!({ "acr": "https://refeds.org/profile/mfa" })).await);
    set(&ground, &[("levels", "gold  phr gold")]).await;
    let there = ground.set_out(&marcus, "/sign-in?next=/cedar-river", BEGIN).await;
    assert!(there.contains("acr_values=gold+phr") && !there.contains("max_age"), "{there}");
    for (claims, double) in [
        (json!({}), false),
        (json!({ "acr": "https://refeds.org/profile/mfa" }), false),
        (json!({ "acr": "gold phr" }), false),
        (json!({ "acr": "phr" }), true),
        (json!({ "amr": ["mfa"] }), true),
    ] {
        assert_eq!(noted(&ground, claims.clone()).await, double, "{claims}");
    }
    set(&ground, &[("counts_methods", "")]).await;
    for (claims, double) in [(json!({ "amr": ["mfa", "pwd", "otp"] }), false), (json!({ "acr": "gold", "amr": ["pwd"] }), true)] {
        assert_eq!(noted(&ground, claims.clone()).await, double, "{claims}");
    }
}

#[tokio::test]
async fn an_agency_that_asks_for_two_steps_lets_nobody_in_with_one() {
    let ground = Ground::joined().await;
    set(&ground, &[("needs_second", "yes"), ("levels", "phr")]).await;
    for claims in [json!({}), json!({ "acr": "0" }), json!({ "amr": ["pwd"] }), json!({ "acr": "https://refeds.org/profile/mfa" })] {
        ground.oidc.behaves(json!({ "claims": claims })).await;
        let stranger = ground.site.stranger();
        nobody(&stranger, &ground.come_in(&stranger, "marcus").await, TWO_STEPS);
        // Nobody joins it so either.
        let director = ground.site.visitor("director").await;
        let told = ground.through(&director, "/account", "/account/sign-ons", "rosa").await;
        assert_eq!(told.heading(), TWO_STEPS);
    }
    assert_eq!(ground.site.count("sign_on_identity where ended_at is null").await, 1);
    assert!(noted(&ground, json!({ "acr": "phr" })).await);
    assert!(noted(&ground, json!({ "amr": ["mfa"] })).await);
}

#[tokio::test]
async fn what_was_vouched_for_ends_when_more_is_asked() {
    let ground = Ground::joined().await;
    for (more, ends) in [
        (("label", "County account"), false),
        (("needs_second", "yes"), true),
        (("needs_second", ""), false),
        (("levels", "phr"), true),
        (("counts_methods", ""), true),
        (("counts_methods", "yes"), false),
    ] {
        ground.oidc.behaves(json!({ "claims": { "acr": "phr" } })).await;
        let marcus = ground.site.stranger();
        ground.come_in(&marcus, "marcus").await.assert_goes_to("/cedar-river/partners");
        set(&ground, &[more]).await;
        let page = marcus.get("/cedar-river/partners").await;
        if ends {
            page.assert_sent_to_sign_in();
        } else {
            page.assert_page("Partners");
        }
    }
    let fields: String = ground.site.peek("select string_agg(fields::text || detail, ' ') from audit where kind = 'single sign-on'").await;
    assert!(fields.contains("two factors needed") && fields.contains("levels"), "{fields}");
}

/// Whether the administrator is asked once more who they are, before something delicate.
async fn asked_again(agnes: &Visitor) -> bool {
    agnes.post(RULE, &[("required", "no")]).await.location != PROVIDERS
}

#[tokio::test]
async fn a_provider_that_does_not_say_when_it_saw_somebody_saw_nobody_lately() {
    let ground = Ground::open().await;
    let admin = ground.site.visitor("admin").await;
    ground.through(&admin, "/account", "/account/sign-ons", "agnes").await.assert_goes_to("/account");
    let now = ground.site.clock.now().timestamp();
    for (seen, again) in
        [(json!(now), false), (Value::Null, true), (json!(now - 3600), true), (json!(now - 9 * 3600), true), (json!(1), true)]
    {
        ground.oidc.behaves(json!({ "claims": { "auth_time": seen } })).await;
        let agnes = ground.site.stranger();
        ground.come_in(&agnes, "agnes").await.assert_goes_to("/cedar-river/partners");
        assert_eq!(asked_again(&agnes).await, again, "{seen}");
    }
}

#[tokio::test]
async fn whoever_confirms_is_asked_anew_there_and_the_provider_says_when() {
    let ground = Ground::open().await;
    let admin = ground.site.visitor("admin").await;
    ground.through(&admin, "/account", "/account/sign-ons", "agnes").await.assert_goes_to("/account");
    ground.oidc.behaves(json!({ "claims": { "auth_time": null } })).await;
    let agnes = ground.site.stranger();
    ground.come_in(&agnes, "agnes").await.assert_goes_to("/cedar-river/partners");
    let confirm = format!("/confirm?next={PROVIDERS}");
    let there = ground.set_out(&agnes, &confirm, BEGIN).await;
    assert!(there.contains("max_age=900") && there.contains("prompt=login"), "{there}");
    // An age was asked for: without one the word is none.
    let told = ground.through(&agnes, &confirm, BEGIN, "agnes").await;
    assert_eq!(told.heading(), "Your agency’s sign-in could not be checked");
    ground.oidc.asked().await;
    ground.through(&agnes, &confirm, BEGIN, "agnes").await.assert_goes_to(PROVIDERS);
    assert!(!asked_again(&agnes).await);
}
