//! What an agency asks of its own side at the sign-in: who sets it, from which day, and who hears of it.

use crate::support::{
    Site,
    factors::{adds_a_passkey, signs_in, uses},
};
use http::StatusCode;

const RULE: &str = "/cedar-river/settings/sign-in";

#[tokio::test]
async fn an_administrator_asks_for_a_second_step_from_a_day_on_and_its_people_set_theirs_up() {
    let site = Site::open().await;
    let (admin, staff) = (site.visitor("admin").await, site.visitor("staff").await);
    for who in ["director", "staff", "partner", "parent", "harbor"] {
        let other = site.visitor(who).await;
        assert_ne!(other.post(RULE, &[("rule", "second_factor")]).await.status, StatusCode::SEE_OTHER, "{who}");
    }
    admin.get("/cedar-river/settings").await.assert_sees("How your people sign in");
    admin.fill(RULE, "/sign-in", &[("rule", "")]).await.assert_problem("rule", "Choose what your people need");
    admin
        .fill(RULE, "/sign-in", &[("rule", "second_factor"), ("from", "2020-01-01")])
        .await
        .assert_problem("from", "Enter today or a later day");
    admin.get(RULE).await.assert_never_sees("single sign-on");
    let later = (site.clock.now() + chrono::Duration::days(14)).format("%Y-%m-%d").to_string();
    admin.fill(RULE, "/sign-in", &[("rule", "second_factor"), ("from", &later)]).await.assert_goes_to(RULE);
    admin.get(RULE).await.assert_sees("Today: A password is enough").assert_sees("A second factor or a passkey");
    staff.get("/cedar-river").await.assert_status(StatusCode::OK).assert_sees("you need a passkey");
    assert_eq!(site.count("notice where kind = 'sign_in_rule' and membership_id in ('@partner', '@tribe', '@parent')").await, 0);

    admin.fill(RULE, "/sign-in", &[("rule", "second_factor"), ("from", "")]).await.assert_goes_to(RULE);
    admin.get("/cedar-river").await.assert_status(StatusCode::FORBIDDEN);
    assert_eq!(staff.get("/cedar-river").await.heading(), "Sign in with a second step");
    site.visitor("tribe").await.get("/cedar-river").await.assert_status(StatusCode::OK);
    // From the account page, which every rule leaves open, they help themselves.
    let passkey = adds_a_passkey(&staff, "my phone").await;
    staff.get("/cedar-river").await.assert_status(StatusCode::OK);
    let (again, _) = signs_in(&site, "staff", "/cedar-river").await;
    uses(&again, &passkey, "/sign-in/second-step", "/sign-in/second-step/passkey").await.assert_goes_to("/cedar-river");
    again.get("/cedar-river").await.assert_status(StatusCode::OK);
    let fields: String = site.peek("select fields::text from audit where kind = 'settings' order by at desc, id desc limit 1").await;
    assert!(fields.contains("first day of the rule"), "{fields}");
}
