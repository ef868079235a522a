//! Who comes in through an agency's sign-in, to what, and who is told what to do instead.

use super::{BEGIN, Ground, made, nobody};
use crate::support::{Answer, Site, oidc::Oidc};
use common_table::platform::session::SESSION_COOKIE;
use http::StatusCode;

#[tokio::test]
async fn staff_join_the_agencys_sign_in_and_come_in_by_it() {
    let ground = Ground::joined().await;
    let marcus = ground.site.stranger();
    ground.come_in(&marcus, "marcus").await.assert_goes_to("/cedar-river/partners");
    marcus.get("/cedar-river/partners/new").await.assert_page("Add a partner").assert_sees("Marcus Tellwell, staff");
    let kept = marcus.cookie(SESSION_COOKIE).unwrap();
    let proved: String = ground
        .site
        .peek("select proved_by || ' ' || second_factor || ' ' || (vouched_by = (select id from agency where slug = 'cedar-river')) from session where proved_by = 'sso'")
        .await;
    assert_eq!(proved, "sso false true", "without acr and amr one factor was given");
    marcus.post("/sign-out", &[]).await.assert_status(StatusCode::SEE_OTHER);
    ground.site.stranger().with_cookie(SESSION_COOKIE, &kept).get("/cedar-river").await.assert_sent_to_sign_in();
    let entry: String = ground.site.peek("select action from audit where action like '%single sign-on%' and member_id = '@staff'").await;
    assert_eq!(entry, "joined the single sign-on to the account of");
}

#[tokio::test]
async fn two_factors_count_where_the_provider_says_so() {
    let ground = Ground::joined().await;
    ground.site.force("update agency set sign_in_rule = 'second_factor' where slug = 'cedar-river'").await;
    for (claims, heading) in [
        (serde_json::json!({}), "Sign in with a second step"),
        (serde_json::json!({ "amr": ["pwd"] }), "Sign in with a second step"),
        (serde_json::json!({ "amr": ["pwd", "otp"] }), "Partners"),
        (serde_json::json!({ "acr": "https://refeds.org/profile/mfa" }), "Partners"),
    ] {
        ground.oidc.behaves(serde_json::json!({ "claims": claims })).await;
        let marcus = ground.site.stranger();
        let back = ground.come_in(&marcus, "marcus").await;
        assert_eq!(marcus.follow(&back).await.heading(), heading, "{claims}");
    }
}

#[tokio::test]
async fn whoever_is_not_joined_is_told_what_to_do_and_nothing_is_made() {
    let ground = Ground::joined().await;
    let before = made(&ground.site).await;
    // The provider says that this is the director's address: it is no reason to let anybody in.
    for who in ["director", "nobody-here"] {
        let stranger = ground.site.stranger();
        let told = ground.come_in(&stranger, who).await;
        nobody(&stranger, &told, "You are not known here yet");
        told.assert_status(StatusCode::FORBIDDEN).assert_sees("open the link of your invitation").assert_sees("555 0142");
    }
    assert_eq!(made(&ground.site).await, before);
}

#[tokio::test]
async fn a_role_that_ended_is_not_opened_by_the_provider() {
    let ground = Ground::joined().await;
    for state in ["suspended", "ended"] {
        let by = if state == "suspended" { "'agency'" } else { "null" };
        ground.site.force(&format!("update membership set state = '{state}', suspended_by = {by} where id = '@staff'")).await;
        let before = made(&ground.site).await;
        let marcus = ground.site.stranger();
        nobody(&marcus, &ground.come_in(&marcus, "marcus").await, "You have no role here at present");
        assert_eq!(made(&ground.site).await, before);
    }
}

#[tokio::test]
async fn the_same_address_or_subject_at_another_provider_is_somebody_else() {
    // The same subjects, the same addresses, another issuer.
    let (first, second) = (Oidc::start().await, Oidc::start().await);
    let site = Site::with_providers(&[&first, &second]).await;
    super::add(&site, &first, "County account").await;
    let ground = Ground { site, oidc: first };
    let staff = ground.site.visitor("staff").await;
    ground.through(&staff, "/account", "/account/sign-ons", "marcus").await.assert_goes_to("/account");
    ground.site.force("update sign_on_provider set active = false").await;
    super::add(&ground.site, &second, "County account").await;
    let ground = Ground { site: ground.site, oidc: second };
    let before = made(&ground.site).await;
    let impostor = ground.site.stranger();
    nobody(&impostor, &ground.come_in(&impostor, "marcus").await, "You are not known here yet");
    assert_eq!(made(&ground.site).await, before);
}

#[tokio::test]
async fn an_agency_that_asks_for_its_sign_in_refuses_passwords_to_its_own_side() {
    let ground = Ground::joined().await;
    let site = &ground.site;
    site.force("update agency set sign_in_rule = 'sso' where slug = 'cedar-river'").await;
    let by_password = |who: &'static str| async move {
        let visitor = site.stranger();
        let (email, password) = (format!("{who}@demo.example"), "common-table-demo");
        visitor.post("/sign-in", &[("email", &email), ("password", password), ("next", "/cedar-river/partners")]).await;
        visitor
    };
    let staff = by_password("staff").await;
    let door = staff.get("/cedar-river/partners").await;
    door.assert_status(StatusCode::FORBIDDEN);
    assert!(!door.text.contains("Juvenile Court"), "nothing of inside");
    assert_eq!(door.heading(), "Sign in through your agency");
    // A new password by letter opens as little: what is asked is the provider's word.
    let sent = staff.post("/cedar-river/partners", &[("name", "Written at the door"), ("kind", "court")]).await;
    sent.assert_status(StatusCode::FORBIDDEN);
    assert_eq!(site.count("partner where name = 'Written at the door'").await, 0);
    let marcus = site.stranger();
    ground.come_in(&marcus, "marcus").await.assert_goes_to("/cedar-river/partners");
    marcus.get("/cedar-river/partners").await.assert_page("Partners");
    for (who, home) in [("tribe", "/cedar-river"), ("parent", "/cedar-river"), ("partner", "/harbor"), ("harbor", "/harbor")] {
        by_password(who).await.get(home).await.assert_status(StatusCode::OK);
    }
}

#[tokio::test]
async fn the_sign_in_page_offers_the_agencys_sign_in_and_tells_nothing_of_anybody() {
    let ground = Ground::open().await;
    let stranger = ground.site.stranger();
    let asked = stranger.get("/cedar-river/partners").await;
    stranger.follow(&asked).await.assert_sees("If you work for Cedar River County").assert_sees("Go on with County account");
    for typed in ["cedar-river", "Cedar+River+County", "CEDAR+RIVER+COUNTY"] {
        let found = stranger.get(&format!("/sign-in?agency={typed}")).await;
        found.assert_sees("Go on with County account").form(BEGIN);
    }
    let none = "No agency of that name has a sign-in of its own here";
    let (without, never) = (stranger.get("/sign-in?agency=harbor").await, stranger.get("/sign-in?agency=hurbor").await);
    without.assert_sees(none).assert_never_sees("County account");
    let same = |answer: &Answer| answer.select("main").join(" ").replace("harbor", "hurbor");
    assert_eq!(same(&without), same(&never));
    // A wrong password says the same for an address that is known and for one that is not, also here.
    let next = ("next", "/cedar-river");
    let known = stranger.post("/sign-in", &[("email", "staff@demo.example"), ("password", "not this one at all"), next]).await;
    let unknown = stranger.post("/sign-in", &[("email", "stuff@demo.example"), ("password", "not this one at all"), next]).await;
    let same = |answer: &Answer| answer.select("main").join(" ").replace("staff@", "stuff@");
    assert_eq!(same(&known), same(&unknown));
}

#[tokio::test]
async fn what_is_delicate_asks_the_provider_anew_and_takes_no_word_of_before() {
    let ground = Ground::open().await;
    let site = &ground.site;
    let admin = site.visitor("admin").await;
    ground.through(&admin, "/account", "/account/sign-ons", "agnes").await.assert_goes_to("/account");
    let agnes = site.stranger();
    ground.come_in(&agnes, "agnes").await.assert_goes_to("/cedar-river/partners");
    let (rule, providers) = ("/cedar-river/settings/sign-on-rule", "/cedar-river/settings/sign-on");
    agnes.post(rule, &[("required", "no")]).await.assert_goes_to(providers);
    site.clock.advance(chrono::Duration::minutes(16));
    let entries = site.count("audit where kind = 'single sign-on'").await;
    agnes.post(rule, &[("required", "no")]).await;
    assert_eq!(site.count("audit where kind = 'single sign-on'").await, entries, "it is asked first who they are");
    let now = site.clock.now().timestamp();
    let confirm = "/confirm?next=/cedar-river/settings/sign-on";
    agnes.get(confirm).await.assert_page("Confirm it is you").assert_sees("Confirm through County account");
    // Whoever runs the provider gets to try nothing of the account's own.
    let tried = agnes.post("/confirm", &[("password", "common-table-demo")]).await;
    assert_eq!(tried.heading(), "Sign in as yourself");
    // The provider asked nobody, or does not say so.
    for seen in [serde_json::json!(now - 960), serde_json::Value::Null] {
        ground.oidc.behaves(serde_json::json!({ "claims": { "iat": now, "exp": now + 600, "auth_time": seen } })).await;
        let told = ground.through(&agnes, confirm, BEGIN, "agnes").await;
        assert_eq!(told.heading(), "Your agency’s sign-in could not be checked");
    }
    ground.oidc.behaves(serde_json::json!({ "claims": { "iat": now, "exp": now + 600, "auth_time": now } })).await;
    ground.through(&agnes, confirm, BEGIN, "agnes").await.assert_status(StatusCode::SEE_OTHER);
    agnes.post(rule, &[("required", "no")]).await.assert_goes_to(providers);
    assert_eq!(site.count("audit where kind = 'single sign-on'").await, entries + 1);
}
