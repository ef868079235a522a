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

    // What is taken back, or moved, is told to those who were told.
    admin.fill(RULE, "/sign-in", &[("rule", "password"), ("from", "")]).await.assert_goes_to(RULE);
    staff.get("/cedar-river").await.assert_sees("What you were told no longer holds");
    let today = [("rule", "second_factor"), ("from", "")];
    admin.fill(RULE, "/sign-in", &today).await.assert_problem("from", "Enter tomorrow or a later day, or set up a second step of your own");
    adds_a_passkey(&admin, "my key").await;
    admin.get(RULE).await.assert_sees("came in without a second factor when they were last here");
    admin.fill(RULE, "/sign-in", &today).await.assert_problem("sure", "Tick this if the rule is to hold today. It keeps out");
    admin.fill(RULE, "/sign-in", &[&today[..], &[("sure", "yes")]].concat()).await.assert_goes_to(RULE);
    admin.get("/cedar-river").await.assert_status(StatusCode::OK);
    assert_eq!(staff.get("/cedar-river").await.heading(), "Sign in with a second step");
    site.visitor("tribe").await.get("/cedar-river").await.assert_status(StatusCode::OK);
    // From the account page, which every rule leaves open, they help themselves.
    let passkey = adds_a_passkey(&staff, "my phone").await;
    staff.get("/cedar-river").await.assert_status(StatusCode::OK);
    let (again, _) = signs_in(&site, "staff", "/cedar-river").await;
    uses(&again, &passkey, "/sign-in/second-step", "/sign-in/second-step/passkey").await.assert_goes_to("/cedar-river");
    again.get("/cedar-river").await.assert_status(StatusCode::OK);
    let fields: String = site.peek("select fields::text from audit where kind = 'settings' order by at desc, id desc limit 1").await;
    assert!(fields.contains("rule for signing in"), "{fields}");
}

#[tokio::test]
async fn a_rule_that_is_moved_to_another_day_is_told_again_and_the_same_rule_is_no_change() {
    let site = Site::open().await;
    site.force("delete from notice").await;
    let admin = site.visitor("admin").await;
    let day = |days: i64| (site.clock.now() + chrono::Duration::days(days)).format("%Y-%m-%d").to_string();
    let told = "notice where kind = 'sign_in_rule' and membership_id = '@staff'";
    admin.fill(RULE, "/sign-in", &[("rule", "second_factor"), ("from", &day(14))]).await.assert_goes_to(RULE);
    admin.fill(RULE, "/sign-in", &[("rule", "second_factor"), ("from", &day(20))]).await.assert_goes_to(RULE);
    assert_eq!(site.count(&format!("{told} and said like '%and no longer from%'")).await, 1);
    let (notices, entries) = (site.count(told).await, site.count("audit where kind = 'settings'").await);
    admin.fill(RULE, "/sign-in", &[("rule", "second_factor"), ("from", &day(20))]).await.assert_goes_to(RULE);
    assert_eq!((site.count(told).await, site.count("audit where kind = 'settings'").await), (notices, entries));
}

#[tokio::test]
async fn who_stands_at_the_door_is_shown_no_picture_that_does_not_open() {
    let site = Site::open().await;
    let picture = std::fs::read(format!("{}/tests/data/logo.png", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let put = site.visitor("admin").await.upload("/cedar-river/settings/logo", &[], ("file", "logo.png", &picture)).await;
    put.assert_status(StatusCode::SEE_OTHER);
    assert_eq!(site.visitor("staff").await.get("/cedar-river").await.attributes("img.logo", "src").len(), 1);
    site.force("update agency set sign_in_rule = 'second_factor' where slug = 'cedar-river'").await;
    let door = site.visitor("staff").await.get("/cedar-river").await;
    assert_eq!(door.heading(), "Sign in with a second step");
    assert_eq!(door.attributes("img.logo", "src"), Vec::<String>::new());
}
