//! Signing in and out, and the hat worn.

use crate::support::{Site, Visitor};
use chrono::Duration;
use common_table::platform::session::SESSION_COOKIE;
use http::StatusCode;

const PASSWORD: &str = "common-table-demo";

async fn sign_in(visitor: &Visitor, email: &str, password: &str) -> crate::support::Answer {
    visitor.post("/sign-in", &[("email", email), ("password", password)]).await
}

#[tokio::test]
async fn whoever_signs_in_comes_to_the_page_they_asked_for() {
    let site = Site::open().await;
    let stranger = site.stranger();
    let asked = stranger.get("/cedar-river/partners?kind=court").await;
    asked.assert_sent_to_sign_in();
    let form = stranger.follow(&asked).await;
    form.assert_page("Sign in");
    let next = form.field("next");
    let signed_in = stranger.post("/sign-in", &[("email", "staff@demo.example"), ("password", PASSWORD), ("next", next.as_str())]).await;
    signed_in.assert_goes_to("/cedar-river/partners?kind=court");
    stranger.follow(&signed_in).await.assert_page("Partners").assert_sees("Marcus Tellwell");
}

#[tokio::test]
async fn a_sign_in_never_leads_to_another_site() {
    let site = Site::open().await;
    let fields = [("email", "staff@demo.example"), ("password", PASSWORD), ("next", "//evil.example/x")];
    site.stranger().post("/sign-in", &fields).await.assert_goes_to("/");
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_get_the_same_answer() {
    let site = Site::open().await;
    let wrong = sign_in(&site.stranger(), "staff@demo.example", "not the password of anybody").await;
    let unknown = sign_in(&site.stranger(), "nobody@demo.example", "not the password of anybody").await;
    for answer in [&wrong, &unknown] {
        answer.assert_problem("email", "Check the email address and the password").assert_never_sees("not the password");
    }
    assert_eq!(wrong.select("main"), unknown.select("main"));
    assert_eq!(site.stranger().post("/sign-in", &[]).await.select(".problems li").len(), 2);
}

#[tokio::test]
async fn the_demonstrations_people_sign_in_on_this_machine_only() {
    let site = Site::open().await;
    for (header, value) in [
        ("host", "table.example"),
        ("host", "localhost.evil.example"),
        ("x-forwarded-for", "203.0.113.9"),
        ("x-forwarded-host", "localhost"),
        ("forwarded", "for=203.0.113.9"),
    ] {
        let far = site.stranger().saying(header, value);
        sign_in(&far, "staff@demo.example", PASSWORD).await.assert_problem("email", "Check the email address");
        far.get("/sign-in").await.assert_never_sees("@demo.example");
        let carried = site.visitor("staff").await.saying(header, value);
        carried.get("/cedar-river/partners").await.assert_sent_to_sign_in();
    }
}

#[tokio::test]
async fn the_demonstrations_people_never_sign_in_beside_a_real_agency() {
    let site = Site::alone().await;
    let staff = site.visitor("staff").await;
    site.stranger().get("/sign-in").await.assert_sees("director@demo.example");
    site.force(
        "insert into agency (id, slug, name, is_demo, created_at) values (gen_random_uuid(), 'cedar', 'Cedar County', false, now())",
    )
    .await;
    // The running site looks every few seconds.
    site.app.look().await.unwrap();
    site.stranger().get("/sign-in").await.assert_never_sees("@demo.example").assert_never_sees(PASSWORD);
    sign_in(&site.stranger(), "staff@demo.example", PASSWORD).await.assert_problem("email", "Check the email address");
    staff.get("/cedar-river/partners").await.assert_sent_to_sign_in();
}

#[tokio::test]
async fn pages_outside_a_county_say_that_this_is_a_demonstration() {
    let site = Site::open().await;
    site.stranger().get("/sign-in").await.assert_sees("Write nothing real");
    for page in ["/hats", "/account"] {
        site.visitor("partner").await.get(page).await.assert_sees("Write nothing real");
    }
    site.force("update agency set is_demo = false").await;
    site.app.look().await.unwrap();
    site.stranger().get("/sign-in").await.assert_never_sees("Write nothing real");
}

#[tokio::test]
async fn guessing_a_password_takes_longer_with_each_try() {
    let site = Site::open().await;
    let known = site.stranger();
    sign_in(&known, "tribe@demo.example", PASSWORD).await.assert_goes_to("/");
    let wait = "Wait a minute before you try again: too many passwords were tried";
    for email in ["tribe@demo.example", "nobody-here@example.org"] {
        for number in 0..5 {
            let guess = format!("a wrong guess, number {number}");
            sign_in(&site.stranger(), email, &guess).await.assert_problem("email", "Check the email address and the password");
        }
        sign_in(&site.stranger(), email, PASSWORD).await.assert_problem("password", wait);
    }
    // In their own browser nobody waits for what somebody else tried.
    sign_in(&known, "tribe@demo.example", PASSWORD).await.assert_goes_to("/");
    // And another browser's token is none of theirs.
    let staff = site.stranger();
    sign_in(&staff, "staff@demo.example", PASSWORD).await.assert_goes_to("/");
    sign_in(&staff, "tribe@demo.example", PASSWORD).await.assert_problem("password", wait);
    site.clock.put(site.clock.now() + Duration::seconds(5));
    sign_in(&site.stranger(), "tribe@demo.example", "one more wrong guess")
        .await
        .assert_problem("email", "Check the email address and the password");
    site.clock.put(site.clock.now() + Duration::seconds(5));
    sign_in(&site.stranger(), "tribe@demo.example", PASSWORD).await.assert_problem("password", wait);
    site.clock.put(site.clock.now() + Duration::seconds(4));
    sign_in(&site.stranger(), "tribe@demo.example", PASSWORD).await.assert_goes_to("/");
    sign_in(&site.stranger(), "tribe@demo.example", "forgotten with that")
        .await
        .assert_problem("email", "Check the email address and the password");
}

#[tokio::test]
async fn nobody_of_the_demonstration_is_signed_in_before_anybody_came() {
    let site = Site::open().await;
    let open = site.count("session where ended_at is null and expires_at > '2027-03-17 17:00+00'").await;
    assert_eq!(open, 0);
    let staff = site.visitor("staff").await;
    assert_eq!(staff.get("/account").await.attributes("input[name=session]", "value").len(), 0, "only this one");
}

#[tokio::test]
async fn signing_out_ends_the_sign_in_itself_and_not_only_the_cookie() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let kept = staff.cookie(SESSION_COOKIE).unwrap();
    staff.post("/sign-out", &[]).await.assert_goes_to("/sign-in").assert_flash("You have signed out");
    assert_eq!(staff.cookie(SESSION_COOKIE), None);
    let thief = site.stranger().with_cookie(SESSION_COOKIE, &kept);
    thief.get("/cedar-river/partners").await.assert_sent_to_sign_in();
}

#[tokio::test]
async fn a_person_sees_where_they_are_signed_in_and_ends_one_of_them() {
    let site = Site::open().await;
    let (here, there) = (site.visitor("analyst").await, site.visitor("analyst").await);
    let account = here.get("/account").await;
    account.assert_page("Your account").assert_sees("this one");
    let others = account.attributes("input[name=session]", "value");
    for session in &others {
        here.post("/account/ended-sessions", &[("session", session)]).await.assert_goes_to("/account");
    }
    there.get("/cedar-river/partners").await.assert_sent_to_sign_in();
    here.get("/cedar-river/partners").await.assert_page("Partners");
}

#[tokio::test]
async fn nobody_ends_another_persons_sign_in() {
    let site = Site::open().await;
    let analyst = site.visitor("analyst").await;
    let session: String = site.peek("select id::text from session order by created_at desc, id desc limit 1").await;
    site.visitor("staff").await.post("/account/ended-sessions", &[("session", &session)]).await.assert_not_found();
    analyst.get("/cedar-river/partners").await.assert_page("Partners");
}

#[tokio::test]
async fn a_sign_in_ends_after_eight_hours() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    site.clock.advance(Duration::hours(8) - Duration::seconds(1));
    staff.get("/cedar-river/partners").await.assert_page("Partners");
    site.clock.advance(Duration::seconds(1));
    staff.get("/cedar-river/partners").await.assert_sent_to_sign_in();
}

#[tokio::test]
async fn a_membership_that_ended_opens_nothing_at_the_next_request() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    staff.get("/cedar-river/partners").await.assert_page("Partners");
    site.force("update membership set state = 'ended' where id = '@staff'").await;
    staff.get("/cedar-river/partners").await.assert_ended();
}

#[tokio::test]
async fn the_hats_of_two_counties_never_add_up() {
    let site = Site::open().await;
    let joanna = site.visitor("partner").await;
    let cedar = joanna.get("/cedar-river/partners").await;
    cedar.assert_page("Partners").assert_sees("steward of Cedar Valley Kinship Circle").assert_never_sees("Harbor Resource Families");
    let harbor = joanna.get("/harbor/partners").await;
    harbor.assert_page("Partners").assert_sees("Joanna Littlefield, Harbor Resource Families");
    harbor.assert_never_sees("steward").assert_never_sees("Cedar Valley Kinship Circle");
    joanna.get("/harbor/partners/@kinship").await.assert_not_found();
}

#[tokio::test]
async fn two_hats_in_one_county_are_worn_one_at_a_time() {
    let site = Site::open().await;
    let samuel = site.visitor("harbor").await;
    samuel.get("/").await.assert_goes_to("/harbor");
    // He keeps the membership he signs in with first, and gets another.
    second_hat(&site).await;
    samuel.get("/harbor/partners/new").await.assert_page("Add a partner");
    let hats = samuel.get("/hats").await;
    hats.assert_page("Which role do you speak in?").assert_sees("administrator").assert_sees("director");
    let administrator: String = site
        .peek(
            "select m.id::text from membership m join agency g on g.id = m.agency_id where g.slug = 'harbor' and m.role = 'administrator' and m.name = 'Samuel Okafor'",
        )
        .await;
    samuel.post("/hats", &[("membership", &administrator)]).await.assert_goes_to("/harbor");
    samuel.get("/harbor/partners/new").await.assert_not_allowed();
    samuel.get("/harbor/partners").await.assert_page("Partners").assert_sees("Samuel Okafor, administrator");
}

#[tokio::test]
async fn with_two_hats_in_one_county_nobody_is_put_under_one_unasked() {
    let site = Site::open().await;
    second_hat(&site).await;
    let samuel = site.stranger();
    sign_in(&samuel, "harbor@demo.example", PASSWORD).await.assert_goes_to("/");
    let asked = samuel.get("/harbor/partners?kind=court").await;
    let choice = samuel.follow(&asked).await;
    choice.assert_page("Which role do you speak in?").assert_sees("Signed in as Samuel Okafor").assert_sees("Sign out");
    assert_eq!(choice.field("next"), "/harbor/partners?kind=court");
    let administrator = hat(&site, "administrator").await;
    let fields = [("membership", administrator.as_str()), ("next", "/harbor/partners?kind=court")];
    samuel.post("/hats", &fields).await.assert_goes_to("/harbor/partners?kind=court");
    samuel.get("/harbor/partners").await.assert_page("Partners").assert_sees("Samuel Okafor, administrator");
    samuel.post("/hats", &[("membership", &administrator), ("next", "/cedar-river/partners")]).await.assert_goes_to("/harbor");
    site.force(&format!("update membership set state = 'ended' where id = '{administrator}'")).await;
    samuel.get("/harbor/partners").await.assert_goes_to("/hats?next=%2Fharbor%2Fpartners");
}

#[tokio::test]
async fn text_typed_before_a_hat_was_chosen_waits_until_one_is() {
    let site = Site::open().await;
    second_hat(&site).await;
    let samuel = site.stranger();
    sign_in(&samuel, "harbor@demo.example", PASSWORD).await;
    let fields = [("name", "Harbor Library"), ("kind", "education")];
    samuel.post("/harbor/partners", &fields).await.assert_goes_to("/hats");
    let director = hat(&site, "director").await;
    let chosen = samuel.post("/hats", &[("membership", &director)]).await;
    chosen.assert_goes_to("/parked");
    assert_eq!(samuel.follow(&chosen).await.field("name"), "Harbor Library");
    assert_eq!(site.count("partner where name = 'Harbor Library'").await, 0);
}

#[tokio::test]
async fn a_form_opened_under_one_hat_is_not_taken_under_another() {
    let site = Site::open().await;
    let samuel = site.visitor("harbor").await;
    second_hat(&site).await;
    let opened = samuel.get("/harbor/me/leaving").await.filled("/leaving", &[]);
    samuel.post("/hats", &[("membership", &hat(&site, "administrator").await)]).await.assert_goes_to("/harbor");
    let again = samuel.send_form(&opened).await;
    again.assert_problem("", "You changed your role after you opened this form, and now speak as administrator");
    assert_eq!(site.count("membership where state = 'ended' and name = 'Samuel Okafor'").await, 0);
    samuel.send_form(&again.filled("/leaving", &[])).await.assert_goes_to("/hats");
}

#[tokio::test]
async fn a_form_that_the_hat_worn_may_not_send_waits_for_the_hat_that_may() {
    let site = Site::open().await;
    let samuel = site.visitor("harbor").await;
    second_hat(&site).await;
    let words = "Open on Sundays, with a room for 30 people.";
    let fields = [("name", "Harbor Library"), ("kind", "education"), ("description", words)];
    let typed = samuel.get("/harbor/partners/new").await.filled("/partners", &fields);
    samuel.post("/hats", &[("membership", &hat(&site, "administrator").await)]).await.assert_goes_to("/harbor");
    let refused = samuel.send_form(&typed).await;
    refused.assert_not_allowed().assert_sees("nothing you typed is lost").assert_sees(words);
    assert_eq!(refused.attributes(".problem-page a", "href"), ["/harbor"], "the way to the hat that helps is a button");
    samuel.get("/parked").await.assert_not_allowed().assert_sees(words);
    assert_eq!(refused.select(".problem-page button"), ["Go on as director"]);
    let changed = samuel.send_form(&refused.filled("/hats", &[])).await;
    changed.assert_goes_to("/parked");
    let back = samuel.follow(&changed).await;
    back.assert_status(StatusCode::UNPROCESSABLE_ENTITY).assert_sees("Your text is back");
    assert_eq!((back.field("description").as_str(), site.count("partner where name = 'Harbor Library'").await), (words, 0));
    samuel.send_form(&back.filled("/partners", &[])).await.made();
    assert_eq!((site.count("partner where name = 'Harbor Library'").await, site.count("parked_form").await), (1, 0));
}

#[tokio::test]
async fn what_was_typed_under_a_role_that_was_changed_meanwhile_stands_on_the_page() {
    let site = Site::open().await;
    let (admin, priya) = (site.visitor("admin").await, site.visitor("analyst").await);
    admin.fill("/cedar-river/members/@analyst", "/role", &[("role", "staff")]).await.made();
    let words = "Open on Sundays, with a room for 30 people.";
    let fields = [("name", "Valley Library"), ("kind", "education"), ("description", words)];
    let typed = priya.get("/cedar-river/partners/new").await.filled("/partners", &fields);
    admin.fill("/cedar-river/members/@analyst", "/role", &[("role", "analyst")]).await.made();
    priya.send_form(&typed).await.assert_not_allowed().assert_sees("copy what you want to keep").assert_sees(words);
    assert_eq!(site.count("parked_form").await, 0, "no hat of hers could take it");
}

#[tokio::test]
async fn a_form_about_what_the_hat_worn_does_not_see_waits_for_the_hat_under_which_it_was_opened() {
    let site = Site::open().await;
    site.force(
        "insert into membership (agency_id, id, account_id, name, role, state, created_at)
         select agency_id, gen_random_uuid(), account_id, name, 'staff', 'active', created_at + interval '1 day'
         from membership where id = '@director'; update subject set audience = 'leadership' where id = '@goal_2'",
    )
    .await;
    let director = site.visitor("director").await;
    let typed = director.get("/cedar-river/goals/@goal_2/edit").await.filled("/@goal_2", &[("text", "Fewer moves, and never at night.")]);
    let staff: String = site
        .peek("select m.id::text from membership m join membership d on d.account_id = m.account_id where d.id = '@director' and m.role = 'staff'")
        .await;
    director.post("/hats", &[("membership", &staff)]).await.assert_goes_to("/cedar-river");
    let refused = director.send_form(&typed).await;
    refused.assert_not_found().assert_sees("Fewer moves, and never at night.");
    director.send_form(&refused.filled("/hats", &[])).await.assert_goes_to("/parked");
    assert_eq!(director.get("/parked").await.field("text"), "Fewer moves, and never at night.");
}

/// Samuel, who is the other county's director, becomes its administrator as well.
async fn second_hat(site: &Site) {
    site.force(
        "insert into membership (agency_id, id, account_id, name, role, state, created_at)
         select agency_id, gen_random_uuid(), account_id, name, 'administrator', 'active', created_at + interval '1 day'
         from membership where role = 'director' and name = 'Samuel Okafor'",
    )
    .await;
}

/// Samuel's membership with this role.
async fn hat(site: &Site, role: &str) -> String {
    let of_his = format!("g.slug = 'harbor' and m.role = '{role}' and m.name = 'Samuel Okafor'");
    site.peek(&format!("select m.id::text from membership m join agency g on g.id = m.agency_id where {of_his}")).await
}

#[tokio::test]
async fn an_error_inside_an_agency_says_where_one_is_and_whom_to_ask() {
    let site = Site::open().await;
    let nothing = site.visitor("analyst").await.get("/cedar-river/partners/018f5e2a-0000-7000-8000-000000000000").await;
    nothing.assert_not_found().assert_sees("Cedar River County").assert_sees(", analyst");
    assert_eq!(nothing.attributes(".problem-page a", "href"), ["/cedar-river"]);
    let samuel = site.visitor("harbor").await;
    second_hat(&site).await;
    samuel.post("/hats", &[("membership", &hat(&site, "administrator").await)]).await.made();
    let refused = samuel.get("/harbor/partners/new").await;
    assert_eq!(refused.assert_not_allowed().attributes(".problem-page a", "href"), ["/hats", "/harbor"]);
    site.stranger().get("/nowhere/at/all").await.assert_not_found().assert_sees("whoever runs this site");
    site.stranger().open_link("/invitations/@invitation").await.assert_sees("talk to a person at Cedar River County");
}

#[tokio::test]
async fn nobody_wears_another_persons_hat() {
    let site = Site::open().await;
    site.visitor("analyst").await.post("/hats", &[("membership", "@director")]).await.assert_not_found();
    site.visitor("analyst").await.post("/hats", &[("membership", "nonsense")]).await.assert_not_found();
}
