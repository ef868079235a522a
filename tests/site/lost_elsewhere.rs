//! A lost second step of somebody who serves in several places: none takes it away for another, and nobody says yes to a second self.

use crate::support::{
    Site,
    factors::{adds_a_passkey, signs_in},
    standstill::Standstill,
};
use chrono::Duration;

const HERE: &str = "/cedar-river/members/@analyst/lost-factors";
const THERE: &str = "/harbor/members/018f5e2a-0000-7000-8000-00000000dddd/lost-factors";
const STEP: &str = "/sign-in/second-step";

/// The analyst serves somewhere else as well.
async fn serves(site: &Site, agency: &str, role: &str, body: &str) {
    site.force(&format!(
        "insert into membership (agency_id, id, account_id, name, role, partner_id, state, created_at)
         select g.id, '018f5e2a-0000-7000-8000-00000000dddd', m.account_id, m.name, '{role}', {body}, 'active', m.created_at
         from membership m, agency g where m.id = '@analyst' and g.slug = '{agency}'"
    ))
    .await;
}

async fn confirmed(site: &Site, page: &str, asker: &str, confirmer: &str) {
    site.visitor(asker).await.post(page, &[]).await.assert_goes_to(page);
    site.visitor(confirmer).await.post(&format!("{page}/word"), &[]).await.assert_goes_to(page);
}

#[tokio::test]
async fn two_people_of_one_agency_take_away_nothing_that_another_rests_on() {
    let site = Site::open().await;
    adds_a_passkey(&site.visitor("analyst").await, "my phone").await;
    serves(&site, "harbor", "staff", "null").await;
    site.clock.advance(Duration::minutes(1));
    confirmed(&site, HERE, "admin", "director").await;
    for who in ["admin", "director"] {
        site.visitor(who).await.get(HERE).await.assert_sees("whether there is one is theirs to say").assert_never_sees("Harbor");
    }
    site.clock.advance(Duration::days(4));
    signs_in(&site, "analyst", "").await.1.assert_goes_to(STEP);
    // Whoever keeps somebody out for a while does not count as having confirmed it.
    let (suspended, back) = ("state = 'suspended', suspended_by = 'agency'", "state = 'active', suspended_by = null");
    for state in [suspended, back] {
        site.force(&format!("update membership set {state} where id = '018f5e2a-0000-7000-8000-00000000dddd'")).await;
        signs_in(&site, "analyst", "").await.1.assert_goes_to(STEP);
    }
    assert_eq!(site.count("passkey").await, 1);
    confirmed(&site, THERE, "harbor-admin", "harbor").await;
    site.visitor("harbor").await.get(THERE).await.assert_never_sees("Cedar River");
    signs_in(&site, "analyst", "").await.1.assert_goes_to(STEP);
    site.clock.advance(Duration::days(3));
    signs_in(&site, "analyst", "").await.1.assert_goes_to("/sign-in");
    assert_eq!(site.count("passkey").await, 0, "both have said so, and both have waited");
    assert_eq!(site.count("audit where action = 'had their second factors taken away'").await, 2, "each has it in its log");
}

#[tokio::test]
async fn an_agency_takes_away_nothing_that_a_body_rests_on_though_it_is_the_same_person() {
    let site = Site::open().await;
    adds_a_passkey(&site.visitor("analyst").await, "my phone").await;
    serves(&site, "cedar-river", "partner", "'@tallpine'").await;
    site.clock.advance(Duration::minutes(1));
    confirmed(&site, HERE, "admin", "director").await;
    site.clock.advance(Duration::days(4));
    signs_in(&site, "analyst", "").await.1.assert_goes_to(STEP);
    let own = HERE.replace("@analyst", "018f5e2a-0000-7000-8000-00000000dddd");
    confirmed(&site, &own, "admin", "tribe").await;
    site.clock.advance(Duration::days(3));
    signs_in(&site, "analyst", "").await.1.assert_goes_to("/sign-in");
    assert_eq!(site.count("passkey").await, 0);
}

#[tokio::test]
async fn the_person_stops_in_every_place_at_once_what_was_asked_in_several() {
    let site = Site::open().await;
    let analyst = site.visitor("analyst").await;
    adds_a_passkey(&analyst, "my phone").await;
    serves(&site, "harbor", "staff", "null").await;
    site.clock.advance(Duration::minutes(1));
    confirmed(&site, HERE, "admin", "director").await;
    confirmed(&site, THERE, "harbor-admin", "harbor").await;
    analyst.post("/account/lost-factors/delete", &[]).await.assert_goes_to("/account");
    assert_eq!(site.count("lost_factors where ended_at is null").await, 0);
    assert_eq!(site.count("audit where action = 'stopped a sign-in without the second step for'").await, 2);
    site.clock.advance(Duration::days(4));
    signs_in(&site, "analyst", "").await.1.assert_goes_to(STEP);
}

/// How one of the two came in through the other, by days or by years: what is put in place, and what takes it back.
const SECOND_SELVES: &[(&str, &str)] = &[
    (
        "update membership set invited_by = '@admin' where id = '@director'",
        "update membership set invited_by = null where id = '@director'",
    ),
    ("update membership set invited_by = '@director' where id = '@admin'", "update membership set invited_by = null where id = '@admin'"),
    (
        "update membership set invited_by = '@staff' where id = '@director'; update membership set invited_by = '@admin' where id = '@staff'",
        "update membership set invited_by = null where id in ('@director', '@staff')",
    ),
    (
        "insert into invitation (agency_id, id, membership_id, token_hash, email, made_by, created_at, expires_at, accepted_at)
         select agency_id, '018f5e2a-0000-7000-8000-00000000eeee', id, '\\x00', 'a@b.example', '@admin', created_at, created_at, created_at
         from membership where id = '@director'",
        "delete from invitation where id = '018f5e2a-0000-7000-8000-00000000eeee'",
    ),
    (
        "update membership set created_at = created_at + interval '10 years' where id = '@admin'",
        "update membership set created_at = created_at - interval '10 years' where id = '@admin'",
    ),
];

#[tokio::test]
async fn nobody_confirms_with_a_second_self_however_long_ago_it_came_in() {
    let site = Site::open().await;
    site.visitor("admin").await.post(HERE, &[]).await.assert_goes_to(HERE);
    let director = site.visitor("director").await;
    let word = "update lost_factors set confirmed_at = now(), confirmed_by = current_membership()";
    for (came_in, taken_back) in SECOND_SELVES {
        site.force(came_in).await;
        director.get(HERE).await.assert_sees("neither let the other in").assert_never_sees("Confirm: it was they");
        director.post(&format!("{HERE}/word"), &[]).await.assert_not_allowed();
        assert!(site.attempt("director", "director", word).await.map_or(true, |changed| changed == 0), "past every page: {came_in}");
        site.force(taken_back).await;
    }
    director.get(HERE).await.assert_sees("Confirm: it was they");
    director.post(&format!("{HERE}/word"), &[]).await.assert_goes_to(HERE);
}

/// Somebody signs in without the second step while this is under way, and is kept waiting until it is done.
async fn signs_in_during(site: &Site, done: &str) {
    let mut held = Standstill::at(site, done).await;
    let ((_, answer), ()) = tokio::join!(signs_in(site, "analyst", ""), async {
        held.until(1).await;
        held.keep().await;
    });
    answer.assert_goes_to(STEP);
}

#[tokio::test]
async fn a_stop_or_something_set_up_in_the_very_moment_of_signing_in_is_not_lost() {
    let site = Site::alone().await;
    adds_a_passkey(&site.visitor("analyst").await, "my phone").await;
    let account = "(select account_id from membership where id = '@analyst')";
    site.force(&format!("insert into code_seed (account_id, sealed, made_at) values ({account}, '\\x00', now())")).await;
    site.clock.advance(Duration::minutes(1));
    confirmed(&site, HERE, "admin", "director").await;
    site.clock.advance(Duration::days(3));
    let now = site.clock.now().to_rfc3339();
    signs_in_during(&site, &format!("update code_seed set confirmed_at = '{now}' where account_id = {account}")).await;
    site.force("update code_seed set confirmed_at = null").await;
    let turn = format!("select lost_factors_turn({account})");
    signs_in_during(&site, &format!("{turn}; update lost_factors set ended_at = '{now}' where membership_id = '@analyst'")).await;
    assert_eq!(site.count("passkey").await, 1);
    // Whoever stops it waits for the same turn, be it the person or the place.
    for (who, stop) in [("analyst", "/account/lost-factors/delete"), ("director", &*format!("{HERE}/delete"))] {
        site.force("update lost_factors set ended_at = null where membership_id = '@analyst'").await;
        let (visitor, mut held) = (site.visitor(who).await, Standstill::at(&site, &turn).await);
        let (stopped, ()) = tokio::join!(visitor.post(stop, &[]), async {
            held.until(1).await;
            held.let_go().await;
        });
        assert!(stopped.status.is_redirection(), "{who}: {}", stopped.status);
        assert_eq!(site.count("lost_factors where membership_id = '@analyst' and ended_at is null").await, 0, "{who}");
    }
    site.force("update lost_factors set ended_at = null where membership_id = '@analyst'").await;
    signs_in(&site, "analyst", "").await.1.assert_goes_to("/sign-in");
    assert_eq!(site.count("passkey").await, 0, "and what nobody stops goes");
}
