//! Every second factor is lost, and every code on paper: nobody of an agency lets anybody past that alone.

use crate::support::{
    Site,
    factors::{adds_a_passkey, signs_in, uses},
};
use chrono::Duration;
use http::StatusCode;

const ANALYST: &str = "/cedar-river/members/@analyst/lost-factors";

#[tokio::test]
async fn an_administrator_asks_and_somebody_else_confirms() {
    let site = Site::open().await;
    let analyst = site.visitor("analyst").await;
    let passkey = adds_a_passkey(&analyst, "lost phone").await;
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
    assert_eq!(site.count("passkey").await, 1);
    director.get(ANALYST).await.assert_sees("Talk to").assert_sees("asked on");
    director.post(&format!("{ANALYST}/word"), &[]).await.assert_goes_to(ANALYST);
    assert_eq!(site.count("passkey").await + site.count("recovery_code").await, 0);
    analyst.get("/cedar-river").await.assert_sent_to_sign_in();
    uses(&site.stranger(), &passkey, "/sign-in", "/sign-in/passkey").await.assert_problem("", "This passkey is not known here");
    signs_in(&site, "analyst", "").await.1.assert_goes_to("/");
    assert_eq!(site.count("letter where kind = 'factors_forgotten'").await, 1);
    let log = admin.get("/cedar-river/audit").await;
    for told in ["asked for a sign-in without the second step for", "confirmed the loss of the second step of"] {
        log.assert_sees(told);
    }
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
    let word = "update lost_factors set confirmed_at = now(), confirmed_by = current_membership()";
    for (who, hat) in [("admin", "administrator"), ("analyst", "analyst"), ("staff", "staff")] {
        assert!(site.attempt(who, hat, word).await.map_or(true, |changed| changed == 0), "{who}");
    }
    assert_eq!(site.attempt("director", "director", word).await.unwrap(), 1);
    let for_oneself = "insert into lost_factors (agency_id, id, membership_id, asked_by, asked_at) select agency_id, gen_random_uuid(), id, id, now() from membership where id = '@admin'";
    assert!(site.attempt("admin", "administrator", for_oneself).await.is_err(), "nobody asks for themselves");
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
        assert_eq!(site.count("passkey").await, 1, "{hat}");
    }
    let other_body = site.visitor("partner").await.post(&format!("{tribe}/word"), &[]).await;
    assert_ne!(other_body.status, StatusCode::SEE_OTHER, "another body’s steward");
    // The agency made nobody a steward of the body, so a second one is put there past every page.
    site.force(
        "update membership set partner_id = (select partner_id from membership where id = '@tribe'), steward = true, role = 'partner'
         where id = '@partner'",
    )
    .await;
    let second = site.visitor("partner").await;
    second.post(&format!("{tribe}/word"), &[]).await.assert_goes_to(tribe);
    assert_eq!(site.count("passkey").await, 0);
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
