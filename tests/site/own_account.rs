//! One's own account: another password, and the way out in a hurry.

use crate::support::{Site, Visitor};
use common_table::{accounts::paths::AWAY, platform::session::SESSION_COOKIE};
use http::StatusCode;

const OLD: &str = "common-table-demo";
const NEW: &str = "five words one after another";

async fn change(visitor: &Visitor, current: &str, new: &str) -> crate::support::Answer {
    visitor.post("/account/password", &[("current_password", current), ("new_password", new)]).await
}

#[tokio::test]
async fn a_new_password_ends_every_other_sign_in_and_the_old_one() {
    let site = Site::open().await;
    let (staff, elsewhere) = (site.visitor("staff").await, site.visitor("staff").await);
    staff.get("/account").await.assert_sees("Change your password");
    change(&staff, OLD, NEW)
        .await
        .assert_goes_to("/account")
        .assert_flash("Your password is changed. Every other sign-in of yours has ended");
    staff.get("/cedar-river").await.assert_status(StatusCode::OK);
    elsewhere.get("/cedar-river").await.assert_sent_to_sign_in();
    elsewhere.get("/sign-in").await.assert_sees("You were signed out on this device from elsewhere");
    site.stranger().get("/sign-in").await.assert_never_sees("You were signed out on this device");
    let sign_in = async |password| site.stranger().post("/sign-in", &[("email", "staff@demo.example"), ("password", password)]).await;
    sign_in(OLD).await.assert_problem("email", "Check the email address and the password");
    sign_in(NEW).await.assert_status(StatusCode::SEE_OTHER);
    assert_eq!(site.count("audit where action = 'changed their password' and actor_id = '@staff' and fields = '{}'").await, 1);
    let admin = site.visitor("admin").await;
    admin.get("/cedar-river/audit").await.assert_never_sees("changed their password");
}

#[tokio::test]
async fn a_password_is_changed_only_by_whoever_knows_it_and_guessing_takes_as_long_as_at_the_sign_in() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    change(&staff, OLD, "short").await.assert_problem("new_password", "Choose one of at least 15 characters");
    change(&staff, OLD, OLD).await.assert_problem("new_password", "Choose another one: this is the password you have already");
    let both = change(&staff, "not the one I have", "short").await;
    both.assert_problem("current_password", "Check the password").assert_problem("new_password", "Choose one of at least 15 characters");
    change(&staff, "", NEW).await.assert_problem("current_password", "Enter the password you sign in with now");
    for _ in 0..2 {
        change(&staff, "not the password of anybody", NEW).await.assert_problem("current_password", "Check the password");
    }
    change(&staff, "not the password of anybody", NEW).await.assert_problem("current_password", "Wait a minute");
    change(&staff, OLD, NEW).await.assert_problem("current_password", "Wait a minute").assert_never_sees(NEW);
    site.stranger().get("/account").await.assert_sent_to_sign_in();
}

#[tokio::test]
async fn nobody_tries_out_a_password_by_choosing_it_as_the_new_one() {
    let site = Site::open().await;
    let (staff, elsewhere) = (site.visitor("staff").await, site.visitor("staff").await);
    let kept: String = site.peek("select password_hash from account where email = 'staff@demo.example'").await;
    let wrong = "not the password of anybody";
    // Each try is two guesses: the present one, and the new one as if the button had been pressed twice.
    for new in [wrong, NEW] {
        let answer = change(&staff, wrong, new).await;
        answer.assert_problem("current_password", "Check the password: it is not the one you sign in with");
        answer.assert_never_sees("is changed").assert_never_sees("the password you have already");
    }
    change(&staff, wrong, NEW).await.assert_problem("current_password", "Wait a minute");
    elsewhere.get("/cedar-river").await.assert_status(StatusCode::OK);
    assert_eq!(site.peek::<String>("select password_hash from account where email = 'staff@demo.example'").await, kept);
    assert_eq!(site.count("audit where action = 'changed their password'").await, 0);
}

#[tokio::test]
async fn whoever_leaves_quickly_leaves_nothing_behind() {
    let site = Site::open().await;
    let parent = site.visitor("parent").await;
    for page in ["", "/wanted", "/loops", "/me", "/statements", "/partners", "/trace/partner/@court"] {
        let shown = parent.get(&format!("/cedar-river{page}")).await;
        assert_eq!(shown.attributes("main > form.exit-quickly", "action"), ["/leave-quickly"], "{page}");
        assert_eq!(shown.header("cache-control"), "no-store", "{page}");
    }
    let staff = site.visitor("staff").await;
    assert!(staff.get("/cedar-river").await.select(".exit-quickly").is_empty());
    assert_eq!(staff.get("/cedar-river/statements").await.select(".exit-quickly").len(), 1);
    let token = parent.cookie(SESSION_COOKIE).unwrap();
    let left = parent.post("/leave-quickly", &[]).await;
    assert_eq!((left.status, left.location.as_str()), (StatusCode::SEE_OTHER, AWAY));
    let script = include_str!("../../static/js/leave.js");
    assert!(script.contains(&format!("const AWAY = \"{AWAY}\";")), "with script it leads to the same page");
    let policy = staff.get("/cedar-river").await.header("content-security-policy").to_owned();
    assert!(
        policy.contains(&format!("form-action 'self' {};", AWAY.trim_end_matches('/'))),
        "the browser lets the form go there: {policy}"
    );
    assert!(left.header("clear-site-data").contains("cache"));
    assert_eq!(parent.cookie(SESSION_COOKIE), None, "the browser forgets the sign-in");
    let back = site.stranger().with_cookie(SESSION_COOKIE, &token);
    back.get("/cedar-river/me").await.assert_sent_to_sign_in();
}

#[tokio::test]
async fn an_account_leads_to_ones_own_page_and_tells_times_as_the_agency_has_them() {
    let site = Site::open().await;
    let parent = site.visitor("parent").await;
    let account = parent.get("/account").await;
    account.assert_sees("(CDT)").assert_never_sees("UTC");
    let own = account.attributes("a[href$='/me']", "href");
    parent.get(&own[0]).await.assert_page("Your own page");
    assert!(site.visitor("staff").await.get("/account").await.attributes("a[href$='/me']", "href").is_empty());
    assert_eq!(parent.get("/cedar-river").await.attributes("main a[href$='/me']", "href"), ["/cedar-river/me"]);
}
