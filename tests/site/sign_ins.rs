//! An administrator sees where the agency's own side is signed in, and ends it: here, and nowhere else.

use crate::support::{Site, factors::signs_in};
use chrono::Duration;
use http::StatusCode;

const STAFF: &str = "/cedar-river/members/@staff/sign-ins";
const SECOND: &str = "018f5e2a-0000-7000-8000-00000000dddd";

/// The number that this agency has for the one sign-in of a member.
async fn number(site: &Site, member: &str) -> String {
    site.peek(&format!("select id::text from own_sign_in where membership_id = '{member}' order by first_at desc, id desc limit 1")).await
}

#[tokio::test]
async fn an_administrator_sees_where_the_agencys_own_side_is_signed_in() {
    let site = Site::open().await;
    site.force("delete from own_sign_in").await;
    let (staff, admin) = (site.visitor("staff").await.from("203.0.113.9"), site.visitor("admin").await);
    admin.get(STAFF).await.assert_sees("No sign-in is open here");
    staff.get("/cedar-river").await.assert_status(StatusCode::OK);
    admin.get("/cedar-river/members/@staff").await.assert_sees("Where they are signed in");
    let page = admin.get(STAFF).await;
    page.assert_sees("203.0.113.0/24").assert_sees("the demonstration").assert_sees("password").assert_never_sees("203.0.113.9");
    // A sign-in that its person ended is open nowhere.
    staff.post("/sign-out", &[]).await.assert_status(StatusCode::SEE_OTHER);
    admin.get(STAFF).await.assert_sees("No sign-in is open here");
}

#[tokio::test]
async fn ending_one_ends_its_way_in_here_and_the_person_is_told() {
    let site = Site::open().await;
    site.force("delete from own_sign_in").await;
    let (staff, admin) = (site.visitor("staff").await, site.visitor("admin").await);
    staff.get("/cedar-river").await.assert_status(StatusCode::OK);
    let ended = "session where ended_at is not null and account_id = (select account_id from membership where id = '@staff')";
    let (end, before) = (format!("{STAFF}/{}/ending", number(&site, "@staff").await), site.count(ended).await);
    admin.post(&end, &[]).await.assert_goes_to(STAFF).assert_flash("Ended. On that device nothing here opens until they sign in again");
    for page in ["/cedar-river", "/cedar-river/partners/@court", "/cedar-river/me"] {
        staff.get(page).await.assert_sent_to_sign_in();
    }
    staff.get("/account").await.assert_status(StatusCode::OK);
    assert_eq!(site.count(ended).await, before, "elsewhere it goes on");
    assert_eq!(site.count("notice where kind = 'sign_in_ended' and membership_id = '@staff'").await, 1);
    admin.get("/cedar-river/audit").await.assert_sees("ended a sign-in of");
    admin.get(STAFF).await.assert_sees("No sign-in is open here");
    admin.post(&end, &[]).await.assert_not_found();
    let (again, _) = signs_in(&site, "staff", "").await;
    again.get("/cedar-river").await.assert_sees("An administrator ended a sign-in of yours here");
}

#[tokio::test]
async fn whoever_ends_the_sign_in_that_they_use_knows_that_it_is_this_one() {
    let site = Site::open().await;
    site.force("delete from own_sign_in").await;
    let (admin, own) = (site.visitor("admin").await, "/cedar-river/members/@admin/sign-ins");
    admin.get("/cedar-river").await.assert_status(StatusCode::OK);
    admin.get(own).await.assert_sees("this one").assert_sees("Ending it signs you out here");
    site.visitor("staff").await.get("/cedar-river").await.assert_status(StatusCode::OK);
    admin.get(STAFF).await.assert_never_sees("this one");
    let end = format!("{own}/{}/ending", number(&site, "@admin").await);
    admin.post(&end, &[]).await.assert_flash("You ended the sign-in that you were using. Sign in again to come in here");
    admin.get("/cedar-river").await.assert_sent_to_sign_in();
}

#[tokio::test]
async fn a_form_in_a_sign_in_that_was_ended_leads_to_a_sign_in_and_not_round_in_a_ring() {
    let site = Site::open().await;
    let (staff, admin) = (site.visitor("staff").await, site.visitor("admin").await);
    staff.get("/cedar-river").await.assert_status(StatusCode::OK);
    admin.post(&format!("{STAFF}/{}/ending", number(&site, "@staff").await), &[]).await.assert_goes_to(STAFF);
    let before = site.count("goal").await;
    let sent = staff.post("/cedar-river/goals", &[("text", "Every child near home")]).await;
    sent.assert_sent_to_sign_in();
    staff.follow(&sent).await.assert_status(StatusCode::OK);
    assert_eq!(site.count("goal").await, before);
    let back = staff.post("/sign-in", &[("email", "staff@demo.example"), ("password", "common-table-demo")]).await;
    assert_eq!(staff.follow(&back).await.field("text"), "Every child near home");
}

#[tokio::test]
async fn an_account_of_two_agencies_keeps_its_way_into_the_other_and_neither_learns_of_it() {
    let site = Site::open().await;
    site.force(&format!(
        "insert into membership (agency_id, id, account_id, name, role, state, created_at) \
         select (select id from agency where slug = 'harbor'), '{SECOND}', account_id, name, 'staff', 'active', created_at from membership where id = '@staff'"
    ))
    .await;
    let (staff, admin) = (site.visitor("staff").await, site.visitor("admin").await);
    staff.get("/cedar-river").await.assert_status(StatusCode::OK);
    let used: String = site.peek("select max(last_at)::text from own_sign_in where membership_id = '@staff'").await;
    site.clock.advance(Duration::hours(3));
    staff.get("/harbor").await.assert_status(StatusCode::OK);
    let here = "select max(last_at)::text from own_sign_in where membership_id = '@staff'";
    assert_eq!(site.peek::<String>(here).await, used, "what is done elsewhere is no use here");
    let (ours, theirs) = (number(&site, "@staff").await, number(&site, SECOND).await);
    assert_ne!(ours, theirs, "one sign-in, two numbers");
    admin.get(STAFF).await.assert_never_sees("Harbor").assert_never_sees(&theirs);
    admin.post(&format!("{STAFF}/{theirs}/ending"), &[]).await.assert_not_found();
    admin.post(&format!("{STAFF}/{ours}/ending"), &[]).await.assert_goes_to(STAFF);
    staff.get("/cedar-river").await.assert_sent_to_sign_in();
    staff.get("/harbor").await.assert_status(StatusCode::OK);
}

#[tokio::test]
async fn nobody_else_sees_or_ends_a_sign_in() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    staff.get("/cedar-river").await.assert_status(StatusCode::OK);
    let end = format!("{STAFF}/{}/ending", number(&site, "@staff").await);
    for who in ["director", "staff", "facilitator", "analyst", "partner", "tribe", "parent"] {
        let other = site.visitor(who).await;
        other.get(STAFF).await.assert_not_allowed();
        other.post(&end, &[]).await.assert_not_allowed();
    }
    let harbor = site.visitor("harbor").await;
    harbor.get(STAFF).await.assert_not_found();
    harbor.post(&end, &[]).await.assert_not_found();
    // Another agency's administrator, at their own address.
    site.force("update membership set role = 'administrator' where agency_id = (select id from agency where slug = 'harbor') and role = 'director'").await;
    harbor.get(&STAFF.replace("cedar-river", "harbor")).await.assert_not_found();
    harbor.post(&end.replace("cedar-river", "harbor"), &[]).await.assert_not_found();
    // Nor past every page.
    let ended = "update own_sign_in set ended_at = now(), ended_by = current_membership()";
    for (who, hat) in [("director", "director"), ("analyst", "analyst"), ("tribe", "partner")] {
        assert!(site.attempt(who, hat, ended).await.map_or(true, |changed| changed == 0), "{who}");
        let others = "select 1 from own_sign_in where membership_id <> current_membership()";
        assert_eq!(site.attempt(who, hat, others).await.unwrap(), 0, "{who}");
    }
    staff.get("/cedar-river").await.assert_status(StatusCode::OK);
}

/// Their sign-in goes on, elsewhere; that it does is not to be seen here.
#[tokio::test]
async fn of_somebody_who_is_suspended_or_gone_no_sign_in_is_told() {
    let site = Site::open().await;
    let (staff, admin) = (site.visitor("staff").await, site.visitor("admin").await);
    staff.get("/cedar-river").await.assert_status(StatusCode::OK);
    admin.get(STAFF).await.assert_never_sees("No sign-in is open here");
    let end = format!("{STAFF}/{}/ending", number(&site, "@staff").await);
    for state in ["suspended", "ended"] {
        site.force(&format!("update membership set state = '{state}' where id = '@staff'")).await;
        admin.get(STAFF).await.assert_sees("No sign-in is open here");
        admin.post(&end, &[]).await.assert_not_found();
        staff.get("/account").await.assert_status(StatusCode::OK);
    }
}

#[tokio::test]
async fn what_was_ended_stays_ended() {
    let site = Site::open().await;
    let (staff, admin) = (site.visitor("staff").await, site.visitor("admin").await);
    staff.get("/cedar-river").await.assert_status(StatusCode::OK);
    admin.post(&format!("{STAFF}/{}/ending", number(&site, "@staff").await), &[]).await.assert_goes_to(STAFF);
    let open = "update own_sign_in set ended_at = null, ended_by = null where ended_at is not null";
    for (who, hat) in [("admin", "administrator"), ("staff", "staff")] {
        assert_eq!(site.attempt(who, hat, open).await.unwrap(), 0, "{who}");
    }
    site.clock.advance(Duration::hours(2));
    staff.get("/cedar-river").await.assert_sent_to_sign_in();
    assert_eq!(site.count("own_sign_in where membership_id = '@staff' and ended_at is not null").await, 1);
}

#[tokio::test]
async fn of_a_bodys_people_and_of_people_with_lived_experience_nothing_is_noted() {
    let site = Site::open().await;
    site.force("delete from own_sign_in").await;
    let admin = site.visitor("admin").await;
    for (who, member) in [("tribe", "@tribe"), ("partner", "@partner"), ("parent", "@parent")] {
        site.visitor(who).await.get("/cedar-river").await.assert_status(StatusCode::OK);
        admin.get(&format!("/cedar-river/members/{member}/sign-ins")).await.assert_not_found();
    }
    assert_eq!(site.count("own_sign_in").await, 1, "the administrator’s own alone");
    admin.get("/cedar-river/members/@tribe").await.assert_never_sees("Where they are signed in");
    let planted = "insert into own_sign_in (agency_id, id, session_id, membership_id, network, first_at, last_at) \
                   select m.agency_id, gen_random_uuid(), s.id, m.id, '', now(), now() from membership m, session s where m.id = '@tribe' limit 1";
    assert!(site.attempt("tribe", "partner", planted).await.map_or(true, |changed| changed == 0));
}

#[tokio::test]
async fn somebody_with_a_role_on_each_side_keeps_the_one_on_the_partners_side() {
    let site = Site::open().await;
    site.force(&format!(
        "insert into membership (agency_id, id, account_id, name, role, lived_experience, state, created_at) \
         select agency_id, '{SECOND}', account_id, 'Community member', 'partner', true, 'active', created_at + interval '1 day' from membership where id = '@staff'"
    ))
    .await;
    let (staff, admin) = (site.visitor("staff").await, site.visitor("admin").await);
    staff.get("/cedar-river").await.assert_status(StatusCode::OK);
    admin.post(&format!("{STAFF}/{}/ending", number(&site, "@staff").await), &[]).await.assert_goes_to(STAFF);
    staff.post("/hats", &[("membership", SECOND)]).await.assert_status(StatusCode::SEE_OTHER);
    staff.get("/cedar-river").await.assert_status(StatusCode::OK).assert_sees("community member");
    staff.post("/hats", &[("membership", "@staff")]).await.assert_status(StatusCode::SEE_OTHER);
    assert_ne!(staff.get("/cedar-river").await.status, StatusCode::OK);
}

#[tokio::test]
async fn ending_a_sign_in_is_delicate() {
    let site = Site::open().await;
    let (staff, admin) = (site.visitor("staff").await, site.visitor("admin").await);
    staff.get("/cedar-river").await.assert_status(StatusCode::OK);
    let end = format!("{STAFF}/{}/ending", number(&site, "@staff").await);
    let now = site.clock.now().to_rfc3339();
    site.force(&format!("update session set proved_at = timestamptz '{now}' - interval '15 minutes'")).await;
    admin.get(STAFF).await.assert_status(StatusCode::OK);
    admin.post(&end, &[]).await.assert_goes_to("/confirm");
    staff.get("/cedar-river").await.assert_status(StatusCode::OK);
}
