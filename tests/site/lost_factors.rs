//! Every second factor is lost, and every code on paper: nobody of an agency lets anybody past that alone.

use crate::support::{
    Site, Visitor,
    factors::{adds_a_passkey, signs_in, uses},
    refused,
};
use chrono::Duration;
use http::StatusCode;

const ANALYST: &str = "/cedar-river/members/@analyst/lost-factors";
const WORD: &str = "update lost_factors set confirmed_at = now(), confirmed_by = current_membership()";
const NOT_LOST: &str = "/account/lost-factors/delete";
const STEP: &str = "/sign-in/second-step";

/// One asks on this page, and another confirms.
async fn confirmed(site: &Site, page: &str, asker: &str, confirmer: &str) {
    site.visitor(asker).await.post(page, &[]).await.assert_goes_to(page);
    site.visitor(confirmer).await.post(&format!("{page}/word"), &[]).await.assert_goes_to(page);
}

#[tokio::test]
async fn an_administrator_asks_somebody_else_confirms_and_after_three_days_the_password_is_enough() {
    let site = Site::open().await;
    let analyst = site.visitor("analyst").await;
    let passkey = adds_a_passkey(&analyst, "lost phone").await;
    site.clock.advance(Duration::minutes(1));
    let (admin, director) = (site.visitor("admin").await, site.visitor("director").await);
    director.post(ANALYST, &[]).await.assert_not_allowed();
    director.post(&format!("{ANALYST}/word"), &[]).await.assert_not_allowed();
    admin.get("/cedar-river/members/@analyst").await.assert_sees("A lost phone or passkey");
    admin.post(ANALYST, &[]).await.assert_goes_to(ANALYST).assert_flash("Asked. A second person has to confirm it within seven days");
    assert_eq!(site.count("letter where kind = 'factors_lost'").await, 1, "the person has a letter");
    admin.get(ANALYST).await.assert_never_sees("Confirm: it was they");
    admin.post(&format!("{ANALYST}/word"), &[]).await.assert_not_allowed();
    admin.post(ANALYST, &[]).await.assert_not_allowed();
    for who in ["staff", "partner", "parent", "harbor"] {
        let other = site.visitor(who).await;
        assert_ne!(other.post(&format!("{ANALYST}/word"), &[]).await.status, StatusCode::SEE_OTHER, "{who}");
    }
    director.get(ANALYST).await.assert_sees("Talk to").assert_sees("asked on");
    director.post(&format!("{ANALYST}/word"), &[]).await.assert_goes_to(ANALYST);
    assert_eq!(site.count("letter where kind = 'factors_lost_confirmed'").await, 1, "and another one, at once");
    admin.get(ANALYST).await.assert_sees("A second person has confirmed it").assert_never_sees("Ask for it");
    analyst.get("/cedar-river").await.assert_status(StatusCode::OK);
    for minutes in [0, 3 * 24 * 60 - 1] {
        site.clock.advance(Duration::minutes(minutes));
        signs_in(&site, "analyst", "").await.1.assert_goes_to(STEP);
        assert_eq!(site.count("passkey").await, 1, "nothing goes before its time");
    }
    site.clock.advance(Duration::minutes(1));
    let wrong = site.stranger().post("/sign-in", &[("email", "analyst@demo.example"), ("password", "not the password of anybody")]).await;
    wrong.assert_problem("email", "Check the email address");
    assert_eq!(site.count("passkey").await, 1, "nor without the password");
    signs_in(&site, "analyst", "").await.1.assert_goes_to("/sign-in").assert_flash("Your lost second step is gone. Sign in once more");
    assert_eq!(site.count("passkey").await + site.count("recovery_code").await, 0);
    uses(&site.stranger(), &passkey, "/sign-in", "/sign-in/passkey").await.assert_problem("", "This passkey is not known here");
    signs_in(&site, "analyst", "").await.1.assert_goes_to("/");
    assert_eq!(site.count("letter where kind = 'factors_forgotten'").await, 1);
    let log = site.visitor("admin").await.get("/cedar-river/audit").await;
    for told in ["asked for a sign-in without the second step", "confirmed the loss of", "had their second factors taken away"] {
        log.assert_sees(told);
    }
    // What is set up from now on was not lost then.
    adds_a_passkey(&site.visitor("analyst").await, "new phone").await;
    signs_in(&site, "analyst", "").await.1.assert_goes_to(STEP);
}

#[tokio::test]
async fn what_was_confirmed_and_not_used_in_a_week_opens_nothing() {
    let site = Site::open().await;
    adds_a_passkey(&site.visitor("analyst").await, "lost phone").await;
    site.clock.advance(Duration::minutes(1));
    confirmed(&site, ANALYST, "admin", "director").await;
    site.clock.advance(Duration::days(10));
    signs_in(&site, "analyst", "").await.1.assert_goes_to(STEP);
    // It may be asked anew.
    site.visitor("admin").await.post(ANALYST, &[]).await.assert_goes_to(ANALYST);
}

#[tokio::test]
async fn the_person_stops_it_and_so_may_those_who_see_to_it() {
    let site = Site::open().await;
    let analyst = site.visitor("analyst").await;
    adds_a_passkey(&analyst, "my phone").await;
    site.clock.advance(Duration::minutes(1));
    analyst.get("/account").await.assert_never_sees("Is your second step lost?");
    site.visitor("admin").await.post(ANALYST, &[]).await.assert_goes_to(ANALYST);
    analyst.get("/account").await.assert_sees("Is your second step lost?").assert_sees("A second person has to confirm it");
    site.visitor("director").await.post(&format!("{ANALYST}/word"), &[]).await.assert_goes_to(ANALYST);
    analyst.get("/account").await.assert_sees("A second person confirmed it: from");
    site.visitor("staff").await.post(NOT_LOST, &[]).await.assert_goes_to("/account");
    assert_eq!(site.count("lost_factors where ended_at is null").await, 1, "nobody stops another’s");
    analyst.post(NOT_LOST, &[]).await.assert_goes_to("/account").assert_flash("It is stopped. Your second step stays");
    analyst.get("/account").await.assert_never_sees("Is your second step lost?");
    assert_eq!(site.count("notice where kind = 'lost_factors' and membership_id = '@director' and said like '%is not lost%'").await, 1);
    site.visitor("admin").await.get("/cedar-river/audit").await.assert_sees("stopped a sign-in without the second step for");
    site.clock.advance(Duration::minutes(1));
    confirmed(&site, ANALYST, "admin", "director").await;
    site.visitor("director").await.post(&format!("{ANALYST}/delete"), &[]).await.assert_flash("It is not done. Their second step stays");
    site.clock.advance(Duration::days(4));
    signs_in(&site, "analyst", "").await.1.assert_goes_to(STEP);
    assert_eq!(site.count("passkey").await, 1);
}

#[tokio::test]
async fn one_person_under_two_hats_is_one_person() {
    let site = Site::open().await;
    site.force(
        "insert into membership (agency_id, id, account_id, name, role, state, created_at)
         select agency_id, '018f5e2a-0000-7000-8000-00000000bbbb', account_id, name, 'director', 'active', created_at + interval '1 day'
         from membership where id = '@admin'",
    )
    .await;
    let admin = site.visitor("admin").await;
    admin.post(ANALYST, &[]).await.assert_goes_to(ANALYST);
    admin.post("/hats", &[("membership", "018f5e2a-0000-7000-8000-00000000bbbb")]).await.assert_status(StatusCode::SEE_OTHER);
    admin.get(ANALYST).await.assert_sees("asked on").assert_never_sees("Confirm: it was they");
    admin.post(&format!("{ANALYST}/word"), &[]).await.assert_not_allowed();
    // Neither does the database take it, past every page.
    for (who, hat) in [("admin", "administrator"), ("analyst", "analyst"), ("staff", "staff")] {
        assert!(site.attempt(who, hat, WORD).await.map_or(true, |changed| changed == 0), "{who}");
    }
    assert_eq!(site.attempt("director", "director", WORD).await.unwrap(), 1);
    site.visitor("director").await.post(&format!("{ANALYST}/word"), &[]).await.assert_goes_to(ANALYST);
    for past_the_wait in ["confirmed_at = confirmed_at - interval '4 days'", "confirmed_at = null, confirmed_by = null"] {
        let shortened = site.attempt("director", "director", &format!("update lost_factors set {past_the_wait}")).await;
        assert!(shortened.is_err(), "{past_the_wait}");
    }
    let for_oneself = "insert into lost_factors (agency_id, id, membership_id, asked_by, asked_at) select agency_id, gen_random_uuid(), id, id, now() from membership where id = '@admin'";
    refused("nobody asks for themselves", site.attempt("admin", "administrator", for_oneself).await);
}

/// Past every page: the database counts persons and not hats, and knows since when somebody is here.
#[tokio::test]
async fn nobody_confirms_a_loss_under_another_hat_as_a_newcomer_or_suspended() {
    let site = Site::open().await;
    site.visitor("admin").await.post(ANALYST, &[]).await.assert_goes_to(ANALYST);
    let second = "018f5e2a-0000-7000-8000-00000000bbbb";
    site.force(&format!(
        "insert into membership (agency_id, id, account_id, name, role, state, created_at)
         select agency_id, '{second}', account_id, name, 'director', 'active', created_at from membership where id = '@admin'"
    ))
    .await;
    refused("whoever asked, under another hat", site.attempt(second, "director", WORD).await);
    let came = |days: u8| {
        format!(
            "update membership set created_at = (select max(asked_at) from lost_factors) - interval '{days} days' where id = '@director'"
        )
    };
    site.force(&came(6)).await;
    refused("a newcomer", site.attempt("director", "director", WORD).await);
    site.force(&format!("{}; update membership set state = 'suspended', suspended_by = 'agency' where id = '@director'", came(7))).await;
    refused("somebody suspended", site.attempt("director", "director", WORD).await);
    site.force("update membership set state = 'active', suspended_by = null where id = '@director'").await;
    assert_eq!(site.attempt("director", "director", WORD).await.unwrap(), 1);
}

/// The administrator made the link anew by which somebody came in who let the director in. No director reads of that.
#[tokio::test]
async fn nobody_confirms_who_came_in_by_way_of_a_link_that_whoever_asked_made_anew() {
    let site = Site::open().await;
    site.visitor("admin").await.post(ANALYST, &[]).await.assert_goes_to(ANALYST);
    site.force(
        "update membership set invited_by = null where id = '@staff'; update membership set invited_by = '@staff' where id = '@director';
         delete from invitation where membership_id = '@director'",
    )
    .await;
    let word = format!("{ANALYST}/word");
    site.force(
        "insert into invitation (agency_id, id, membership_id, token_hash, email, made_by, created_at, expires_at, accepted_at)
         select agency_id, gen_random_uuid(), id, '\\x01', 'x', '@admin', created_at, created_at, created_at
         from membership where id = '@staff'",
    )
    .await;
    site.visitor("director").await.post(&word, &[]).await.assert_not_allowed();
    assert_eq!(site.count("lost_factors where confirmed_at is not null").await, 0);
    site.force("delete from invitation where membership_id = '@staff'").await;
    site.visitor("director").await.post(&word, &[]).await.assert_goes_to(ANALYST);
}

#[tokio::test]
async fn of_a_bodys_people_the_agency_confirms_nothing() {
    let site = Site::open().await;
    let tribe = "/cedar-river/members/@tribe/lost-factors";
    let (admin, director, steward) = (site.visitor("admin").await, site.visitor("director").await, site.visitor("tribe").await);
    adds_a_passkey(&steward, "a key").await;
    admin.post(tribe, &[]).await.assert_goes_to(tribe);
    assert_eq!(site.count("notice where kind = 'lost_factors' and membership_id = '@tribe'").await, 1, "the body’s stewards hear of it");
    director.get(tribe).await.assert_sees("A steward of their own body confirms it").assert_never_sees("Confirm: it was they");
    for (who, hat) in [(&director, "director"), (&admin, "administrator"), (&steward, "steward")] {
        who.post(&format!("{tribe}/word"), &[]).await.assert_not_allowed();
        assert_eq!(site.count("lost_factors where confirmed_at is not null").await, 0, "{hat}");
    }
    let other_body = site.visitor("partner").await.post(&format!("{tribe}/word"), &[]).await;
    assert_ne!(other_body.status, StatusCode::SEE_OTHER, "another body’s steward");
    // The agency made nobody a steward of the body, so a second one is put there past every page.
    site.force(
        "update membership set partner_id = (select partner_id from membership where id = '@tribe'), steward = true, role = 'partner'
         where id = '@partner'",
    )
    .await;
    // Where the first of a body comes in the line ends, whoever of the agency wrote the body's act down.
    site.force("update membership set invited_by = '@tribe' where id = '@partner'; update membership set invited_by = '@admin' where id = '@tribe'")
        .await;
    let second = site.visitor("partner").await;
    second.post(&format!("{tribe}/word"), &[]).await.assert_goes_to(tribe);
    assert_eq!(site.count("lost_factors where confirmed_at is not null").await, 1);
}

#[tokio::test]
async fn a_request_that_nobody_confirmed_in_a_week_is_over() {
    let site = Site::open().await;
    let (admin, director) = (site.visitor("admin").await, site.visitor("director").await);
    admin.post(ANALYST, &[]).await.assert_goes_to(ANALYST);
    director.post(&format!("{ANALYST}/delete"), &[]).await.assert_flash("It is not done. Their second step stays");
    admin.post(ANALYST, &[]).await.assert_goes_to(ANALYST);
    site.force("update session set expires_at = expires_at + interval '8 days', proved_at = expires_at + interval '8 days'").await;
    site.clock.put(site.clock.now() + Duration::days(7));
    director.post(&format!("{ANALYST}/word"), &[]).await.assert_not_allowed();
    admin.post(ANALYST, &[]).await.assert_goes_to(ANALYST);
    assert_eq!(site.count("lost_factors where ended_at is null and confirmed_at is null").await, 1);
}

#[tokio::test]
async fn the_operator_takes_a_second_step_away_and_everybody_concerned_hears_of_it() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    adds_a_passkey(&staff, "lost phone").await;
    site.force("update account set password_is_short = true where email = 'staff@demo.example'").await;
    let forget = async |email: &str| common_table::accounts::forget_factors_of(&site.app.db, email, "the operator").await.unwrap();
    assert_eq!(forget("nobody@demo.example").await, None);
    assert_eq!(forget(" Staff@demo.example").await, Some(true));
    assert_eq!(forget("staff@demo.example").await, Some(false));
    staff.get("/cedar-river").await.assert_sent_to_sign_in();
    // A password of eight characters does not stand alone: it is gone with what stood beside it.
    signs_in(&site, "staff", "").await.1.assert_problem("email", "Check the email address and the password");
    assert_eq!(site.count("letter where kind = 'factors_forgotten'").await, 1);
    let log = site.visitor("admin").await.get("/cedar-river/audit").await;
    log.assert_sees("had their second factors taken away").assert_sees("the operator");
}

/// Somebody who was here all along is made an administrator or a director today, to vouch for another.
#[tokio::test]
async fn a_role_that_was_given_lately_makes_a_newcomer_of_whoever_asks_or_confirms() {
    let site = Site::open().await;
    let (admin, director, word) = (site.visitor("admin").await, site.visitor("director").await, format!("{ANALYST}/word"));
    // Neither came in by way of the other.
    site.force("delete from invitation where membership_id in ('@staff', '@facilitator'); update membership set invited_by = null where id in ('@staff', '@facilitator')")
        .await;
    let becomes = async |of: &Visitor, who: &str, role: &str| {
        let page = format!("/cedar-river/members/{who}");
        of.fill(&page, "/role", &[("role", role)]).await.assert_goes_to(&page);
    };
    becomes(&director, "@staff", "director").await;
    becomes(&admin, "@facilitator", "administrator").await;
    admin.post(ANALYST, &[]).await.assert_goes_to(ANALYST);
    let (staff, elena) = (site.visitor("staff").await, site.visitor("facilitator").await);
    staff.get(ANALYST).await.assert_sees("asked on").assert_never_sees("Confirm: it was they");
    staff.post(&word, &[]).await.assert_not_allowed();
    refused("whoever was made a director today", site.attempt("staff", "director", WORD).await);
    staff.post(&format!("{ANALYST}/delete"), &[]).await.assert_flash("It is not done. Their second step stays");
    // The same of whoever asks.
    elena.post(ANALYST, &[]).await.assert_goes_to(ANALYST);
    director.get(ANALYST).await.assert_never_sees("Confirm: it was they");
    director.post(&word, &[]).await.assert_not_allowed();
    director.post(&format!("{ANALYST}/delete"), &[]).await.assert_flash("It is not done. Their second step stays");
    // Past every page a role is not given as an old one either, nor made older afterwards.
    for attempt in [
        "update membership set role = 'staff', version = version + 1 where id = '@analyst'",
        "update membership set role = 'staff', role_since = now() - interval '1 year' where id = '@analyst'",
        "update membership set role_since = null where id = '@facilitator'",
        "update membership set role_since = now() - interval '1 year' where id = '@analyst'",
    ] {
        refused(attempt, site.attempt("admin", "administrator", attempt).await);
    }
    // A week later it counts.
    site.force("update session set expires_at = expires_at + interval '9 days', proved_at = expires_at + interval '9 days'").await;
    site.clock.put(site.clock.now() + Duration::days(8));
    elena.post(ANALYST, &[]).await.assert_goes_to(ANALYST);
    staff.post(&word, &[]).await.assert_goes_to(ANALYST);
    assert_eq!(site.count("lost_factors where confirmed_by = '@staff' and asked_by = '@facilitator'").await, 1);
}
