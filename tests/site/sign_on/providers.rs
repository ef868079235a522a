//! The administrator's pages of single sign-on.

use super::{Ground, PROVIDERS, SECRET, nobody};
use crate::support::{Site, oidc::Oidc};

fn entered<'a>(issuer: &'a str, active: &'a str) -> [(&'a str, &'a str); 5] {
    [("issuer", issuer), ("application", "common-table"), ("application_password", SECRET), ("label", "County account"), ("active", active)]
}

#[tokio::test]
async fn only_the_administrator_keeps_providers() {
    let ground = Ground::open().await;
    let provider = ground.provider().await;
    for who in ["director", "staff", "analyst", "partner", "tribe", "parent"] {
        let visitor = ground.site.visitor(who).await;
        for page in [PROVIDERS, "/cedar-river/settings/sign-on-people"] {
            visitor.get(page).await.assert_not_allowed();
        }
        visitor.post(PROVIDERS, &entered("https://evil.example", "")).await.assert_not_allowed();
        let statement =
            "insert into sign_on_provider (id, issuer, application, label, created_at) values (gen_random_uuid(), 'x', 'x', 'x', now())";
        let hat = if matches!(who, "partner" | "tribe" | "parent") { "partner" } else { who };
        crate::support::refused(who, ground.site.attempt(who, hat, statement).await);
        assert_eq!(ground.site.attempt(who, hat, "update sign_on_provider set issuer = 'x'").await.unwrap(), 0, "{who}");
    }
    let harbor = ground.site.visitor("harbor").await;
    harbor.get(&format!("{PROVIDERS}/{provider}")).await.assert_not_found();
    ground.site.visitor("admin").await.get(&format!("/harbor/settings/sign-on/{provider}")).await.assert_not_found();
}

#[tokio::test]
async fn the_secret_is_sealed_and_shown_to_nobody() {
    let ground = Ground::open().await;
    let kept: String = ground.site.peek("select encode(secret, 'escape') from sign_on_provider where active").await;
    assert!(!kept.contains("secret") && kept.len() > 40, "{kept}");
    let admin = ground.site.visitor("admin").await;
    let provider = ground.provider().await;
    let page = admin.get(&format!("{PROVIDERS}/{provider}")).await;
    page.assert_page("County account").assert_never_sees(SECRET).assert_sees("http://localhost/cedar-river/sign-on/return");
    let again = admin.post(PROVIDERS, &[("issuer", "nowhere"), ("application_password", "typed here")]).await;
    again.assert_problem("issuer", "Enter an address that begins with https://").assert_never_sees("typed here");
    for entries in ["audit", "idempotency", "sign_on_provider", "draft"] {
        assert_eq!(ground.site.count(&format!("{entries} t where position('{SECRET}' in t::text) > 0")).await, 0, "{entries}");
    }
    // Another one takes its place; without one it stays.
    let change = [("label", "County sign-in"), ("version", "1"), ("active", "yes")];
    admin.fill(&format!("{PROVIDERS}/{provider}"), &format!("{PROVIDERS}/{provider}"), &change).await.assert_goes_to(PROVIDERS);
    assert_eq!(ground.site.peek::<String>("select encode(secret, 'escape') from sign_on_provider where active").await, kept);
    let fields: String =
        ground.site.peek("select fields::text || detail from audit where kind = 'single sign-on' order by at desc, id desc limit 1").await;
    assert!(fields.contains("label") && !fields.contains("issuer") && fields.contains("in use"), "{fields}");
}

#[tokio::test]
async fn a_provider_in_use_is_asked_first_and_only_on_the_internet() {
    let oidc = Oidc::start().await;
    let site = Site::with_providers(&[&oidc]).await;
    let admin = site.visitor("admin").await;
    for issuer in [
        "https://10.0.0.1",
        "https://127.0.0.1",
        "https://[::1]",
        "https://169.254.169.254/latest",
        "https://agency.example:8443",
        "http://agency.example",
        "http://localhost:1",
        "https://2130706433",
    ] {
        let refused = admin.post(PROVIDERS, &entered(issuer, "yes")).await;
        refused.assert_problem("issuer", "Enter another issuer, or ask whoever runs this site to allow this one");
    }
    let slash = format!("{}/", oidc.issuer());
    admin.post(PROVIDERS, &entered(&slash, "yes")).await.assert_problem("issuer", "Check the issuer to the letter");
    oidc.behaves(serde_json::json!({ "way": "elsewhere" })).await;
    admin.post(PROVIDERS, &entered(&oidc.issuer(), "yes")).await.assert_problem("issuer", "Check the issuer: nothing that can be read");
    assert_eq!(site.count("sign_on_provider where active").await, 0);
    // What is not in use is not asked.
    admin.post(PROVIDERS, &entered("https://login.agency.example", "")).await.assert_goes_to(PROVIDERS);
    site.stranger().get("/sign-in?agency=cedar-river").await.assert_never_sees("County account");
    admin.post(PROVIDERS, &entered("https://login.agency.example", "")).await.assert_problem("issuer", "This provider is here already");
}

#[tokio::test]
async fn two_administrators_who_change_one_provider_see_both() {
    let ground = Ground::open().await;
    let admin = ground.site.visitor("admin").await;
    let provider = ground.provider().await;
    let page = format!("{PROVIDERS}/{provider}");
    admin.fill(&page, &page, &[("label", "First")]).await.assert_goes_to(PROVIDERS);
    let late = admin.fill(&page, &page, &[("label", "Second"), ("version", "1")]).await;
    late.assert_status(http::StatusCode::UNPROCESSABLE_ENTITY).assert_sees("Someone else saved this").assert_sees("First");
    assert_eq!(late.field("label"), "Second");
}

#[tokio::test]
async fn an_administrator_takes_a_persons_sign_in_off_and_it_opens_nothing_from_then_on() {
    let ground = Ground::joined().await;
    let site = &ground.site;
    let marcus = site.stranger();
    ground.come_in(&marcus, "marcus").await.assert_goes_to("/cedar-river/partners");
    let admin = site.visitor("admin").await;
    let people = admin.get("/cedar-river/settings/sign-on-people").await;
    people.assert_page("Who comes in through single sign-on").assert_sees("Marcus Tellwell");
    admin.send_form(&people.form("/delete")).await.assert_goes_to("/cedar-river/settings/sign-on-people");
    marcus.get("/cedar-river/partners").await.assert_sent_to_sign_in();
    let again = site.stranger();
    nobody(&again, &ground.come_in(&again, "marcus").await, "You are not known here yet");
    assert_eq!(site.count("audit where action = 'took the single sign-on off' and member_id = '@staff'").await, 1);
    let told: String = site.peek("select said from notice where kind = 'sign_on_taken_off' and membership_id = '@staff'").await;
    assert_eq!(told, "The administrator took the agency’s single sign-on off your account");
}

#[tokio::test]
async fn a_provider_that_is_taken_away_opens_nothing_and_is_offered_nowhere() {
    let ground = Ground::joined().await;
    let site = &ground.site;
    let half = site.stranger();
    let there = ground.set_out(&half, "/sign-in?next=/cedar-river", super::BEGIN).await;
    let back = ground.oidc.log_in(&there, "marcus").await;
    let admin = site.visitor("admin").await;
    let provider = ground.provider().await;
    admin.get(&format!("{PROVIDERS}/{provider}/delete")).await.assert_page("Take this provider away?");
    admin.post(&format!("{PROVIDERS}/{provider}/delete"), &[]).await.assert_goes_to(PROVIDERS).assert_flash("Provider taken away");
    half.get(&back).await.assert_not_found();
    site.stranger().get("/sign-in?next=/cedar-river").await.assert_never_sees("County account");
}

#[tokio::test]
async fn who_comes_in_by_it_tells_nobody_that_somebody_has_another_role() {
    let ground = Ground::joined().await;
    let site = &ground.site;
    // Marcus also speaks from lived experience, which is his to say.
    site.force(
        "insert into membership (agency_id, id, account_id, name, role, lived_experience, state, created_at) \
         select agency_id, gen_random_uuid(), account_id, 'Community member', 'partner', true, 'active', created_at from membership where id = '@staff'",
    )
    .await;
    let admin = site.visitor("admin").await;
    let people = admin.get("/cedar-river/settings/sign-on-people").await;
    people.assert_sees("Marcus Tellwell").assert_never_sees("Community member");
    // What remains when he works there no longer is not on the list either.
    site.force("update membership set state = 'ended' where id = '@staff'").await;
    admin.get("/cedar-river/settings/sign-on-people").await.assert_sees("Nobody has joined it yet");
}

#[tokio::test]
async fn the_only_provider_stays_in_use_while_the_agency_asks_for_it() {
    let ground = Ground::open().await;
    let admin = ground.site.visitor("admin").await;
    let page = format!("{PROVIDERS}/{}", ground.provider().await);
    // The administrator signed in with a password before the rule held.
    ground.site.force("update agency set sign_in_rule = 'sso', sign_in_rule_from = '2099-01-01' where slug = 'cedar-river'").await;
    let only = "Leave it in use: the agency asks its own side for its single sign-on";
    admin.fill(&page, &page, &[("active", "")]).await.assert_problem("active", only);
    admin.post(&format!("{page}/delete"), &[]).await.assert_problem("active", only);
    assert_eq!(ground.site.count("sign_on_provider where active").await, 1);
    ground.site.force("update agency set sign_in_rule = 'password', sign_in_rule_from = null where slug = 'cedar-river'").await;
    admin.fill(&page, &page, &[("active", "")]).await.assert_goes_to(PROVIDERS);
}

#[tokio::test]
async fn whoever_requires_it_has_come_in_by_it_first() {
    let ground = Ground::open().await;
    let site = &ground.site;
    let (admin, staff) = (site.visitor("admin").await, site.visitor("staff").await);
    let rule = "/cedar-river/settings/sign-on-rule";
    admin.post(rule, &[("required", "yes")]).await.assert_problem("", "Come in through it yourself first");
    ground.through(&admin, "/account", "/account/sign-ons", "agnes").await.assert_goes_to("/account");
    let agnes = site.stranger();
    ground.come_in(&agnes, "agnes").await.assert_goes_to("/cedar-river/partners");
    agnes.get(PROVIDERS).await.assert_sees("Require it of the agency’s own side");
    agnes.post(rule, &[("required", "yes")]).await.assert_goes_to(PROVIDERS).assert_flash("Required from now on, of the agency’s own side");
    assert_eq!(staff.get("/cedar-river").await.heading(), "Sign in through your agency");
    assert_eq!(admin.get(PROVIDERS).await.heading(), "Sign in through your agency");
    let told = async |who: &str, said: &str| {
        site.count(&format!("notice where kind = 'sign_in_rule' and membership_id = '{who}' and said like '%{said}%'")).await
    };
    assert_eq!((told("@staff", "single sign-on alone").await, told("@director", "single sign-on alone").await), (1, 1));
    agnes.post(rule, &[("required", "no")]).await.assert_goes_to(PROVIDERS);
    staff.get("/cedar-river").await.assert_status(http::StatusCode::OK);
    assert_eq!(told("@staff", "not required here any more: a password of your own is enough").await, 1);
    agnes.post(rule, &[("required", "no")]).await.assert_goes_to(PROVIDERS);
    assert_eq!(told("@staff", "not required").await, 1, "what does not change is not told");
    assert_eq!(
        (told("@tribe", "").await, told("@parent", "").await, told("@admin", "").await),
        (0, 0, 0),
        "whom it does not concern, and who did it"
    );
    // What was asked before is asked again.
    site.force("update agency set sign_in_rule = 'second_factor' where slug = 'cedar-river'").await;
    ground.oidc.behaves(serde_json::json!({ "claims": { "amr": ["mfa"] } })).await;
    let agnes = site.stranger();
    ground.come_in(&agnes, "agnes").await;
    agnes.post(rule, &[("required", "yes")]).await.assert_goes_to(PROVIDERS);
    agnes.post(rule, &[("required", "no")]).await.assert_goes_to(PROVIDERS);
    assert_eq!(site.peek::<String>("select sign_in_rule from agency where slug = 'cedar-river'").await, "second_factor");
    assert_eq!(told("@staff", "Without it you need a passkey").await, 1);
    site.visitor("director").await.post(rule, &[("required", "yes")]).await.assert_status(http::StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn the_rule_for_signing_in_neither_requires_it_nor_is_lost_by_it() {
    let ground = Ground::open().await;
    let site = &ground.site;
    let admin = site.visitor("admin").await;
    let (entrance, rule) = ("/cedar-river/settings/sign-in", "/cedar-river/settings/sign-on-rule");
    let set = "select concat_ws(' ', sign_in_rule, sign_in_rule_from, sign_in_rule_before) from agency where slug = 'cedar-river'";
    admin.fill(entrance, entrance, &[("rule", "sso")]).await.assert_problem("rule", "Require it on the page “Single sign-on”");
    assert_eq!(site.peek::<String>(set).await, "password password");
    // What is planned for a later day is neither brought forward nor forgotten.
    site.force("update agency set sign_in_rule = 'second_factor', sign_in_rule_from = '2099-01-01' where slug = 'cedar-river'").await;
    admin.post(rule, &[("required", "no")]).await.assert_goes_to(PROVIDERS);
    assert_eq!(site.peek::<String>(set).await, "second_factor 2099-01-01 password");
    ground.through(&admin, "/account", "/account/sign-ons", "agnes").await.assert_goes_to("/account");
    let agnes = site.stranger();
    ground.come_in(&agnes, "agnes").await.assert_goes_to("/cedar-river/partners");
    agnes.post(rule, &[("required", "yes")]).await.assert_problem("", "Another rule is planned for a later day");
    assert_eq!(site.peek::<String>(set).await, "second_factor 2099-01-01 password");
    // Where it is left from a later day on, it holds until then, and is asked for again in one step.
    let leaving = "update agency set sign_in_rule = 'password', sign_in_rule_before = 'sso' where slug = 'cedar-river'";
    site.force(leaving).await;
    agnes.get(PROVIDERS).await.assert_sees("Do not require it any more");
    agnes.post(rule, &[("required", "yes")]).await.assert_goes_to(PROVIDERS);
    assert_eq!(site.peek::<String>(set).await, "sso password");
}

#[tokio::test]
async fn a_provider_that_goes_out_of_use_opens_nothing_from_the_next_request_on() {
    let ground = Ground::joined().await;
    let marcus = ground.site.stranger();
    ground.come_in(&marcus, "marcus").await.assert_goes_to("/cedar-river/partners");
    let admin = ground.site.visitor("admin").await;
    let page = format!("{PROVIDERS}/{}", ground.provider().await);
    admin.fill(&page, &page, &[("label", "County sign-in")]).await.assert_goes_to(PROVIDERS);
    marcus.get("/cedar-river/partners").await.assert_page("Partners");
    admin.fill(&page, &page, &[("active", "")]).await.assert_goes_to(PROVIDERS);
    marcus.get("/cedar-river/partners").await.assert_sent_to_sign_in();
}
