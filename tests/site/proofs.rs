//! How a sign-in was proved, and what each agency asks of its own side at its door.

use crate::support::Site;
use http::StatusCode;

const RULE: &str = "update agency set sign_in_rule = 'second_factor' where slug = 'cedar-river'";
const STEP: &str = "Sign in with a second step";

/// How the sign-ins of these people were proved.
async fn proved(site: &Site, who: &str, how: &str) {
    let of = format!("account_id in (select id from account where email = '{who}@demo.example')");
    site.force(&format!("update session set {how} where {of}")).await;
}

#[tokio::test]
async fn an_agency_that_asks_for_a_second_factor_asks_its_own_side_and_nobody_else() {
    let site = Site::open().await;
    let (staff, harbor) = (site.visitor("staff").await, site.visitor("harbor").await);
    site.force(RULE).await;
    for path in ["/cedar-river", "/cedar-river/partners/@court", "/cedar-river/nothing/at/all"] {
        let shown = staff.get(path).await;
        if path.ends_with("all") {
            shown.assert_not_found();
            continue;
        }
        shown.assert_status(StatusCode::FORBIDDEN);
        assert_eq!(shown.heading(), STEP);
        assert!(shown.select("nav a").is_empty() && !shown.text.contains("Juvenile Court"), "nothing of inside: {}", shown.text);
        assert_eq!(shown.attributes(".problem-page .actions a", "href"), ["/account"]);
    }
    let sent = staff.post("/cedar-river/partners", &[("name", "Written at the door"), ("kind", "court")]).await;
    sent.assert_status(StatusCode::FORBIDDEN).assert_sees("Written at the door");
    assert_eq!(site.count("partner where name = 'Written at the door'").await, 0);
    for who in ["partner", "tribe", "parent"] {
        site.visitor(who).await.get("/cedar-river").await.assert_status(StatusCode::OK);
    }
    harbor.get("/harbor").await.assert_status(StatusCode::OK);
    staff.get("/account").await.assert_page("Your account");
    for how in ["second_factor = true", "second_factor = false, proved_by = 'passkey'"] {
        proved(&site, "staff", how).await;
        staff.get("/cedar-river").await.assert_status(StatusCode::OK);
    }
}

#[tokio::test]
async fn a_rule_for_signing_in_holds_from_its_day_at_the_agency() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let at_agency = "(timestamptz '{}' at time zone zone)::date".replace("{}", &site.clock.now().to_rfc3339());
    site.force(&format!("{RULE}; update agency set sign_in_rule_from = {at_agency} + 1 where slug = 'cedar-river'")).await;
    staff.get("/cedar-river").await.assert_status(StatusCode::OK);
    site.force("update agency set sign_in_rule = 'sso', sign_in_rule_before = 'second_factor' where slug = 'cedar-river'").await;
    assert_eq!(staff.get("/cedar-river").await.heading(), STEP, "until then the rule before it holds");
    site.force(&format!("update agency set sign_in_rule_from = {at_agency} where slug = 'cedar-river'")).await;
    assert_eq!(staff.get("/cedar-river").await.heading(), "Sign in through your agency");
}

#[tokio::test]
async fn an_agencys_provider_lets_nobody_in_but_its_own_side() {
    let site = Site::open().await;
    let vouched = "proved_by = 'sso', vouched_by = (select id from agency where slug = 'cedar-river')";
    for who in ["staff", "director", "tribe", "partner", "harbor"] {
        let visitor = site.visitor(who).await;
        proved(&site, who, vouched).await;
        let home = if who == "harbor" { "/harbor" } else { "/cedar-river" };
        let shown = visitor.get(home).await;
        if matches!(who, "staff" | "director") {
            shown.assert_status(StatusCode::OK);
        } else {
            shown.assert_status(StatusCode::FORBIDDEN);
            assert_eq!(shown.heading(), "Sign in as yourself", "{who}");
        }
    }
    let rule = "update agency set sign_in_rule = 'sso' where slug = 'cedar-river'";
    site.force(rule).await;
    let director = site.visitor("director").await;
    assert_eq!(director.get("/cedar-river").await.heading(), "Sign in through your agency");
}
