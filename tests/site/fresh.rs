//! What is delicate is done only by somebody who has shown within a quarter of an hour that it is them.

use crate::support::{
    Site, Visitor,
    atlas::{self, Way},
    factors::{PASSWORD, adds_a_passkey, older_window, sets_codes_up, signs_in, uses},
    sending,
};
use chrono::Duration;
use common_table::{
    platform::{access::Need, post::Post},
    worker,
};
use http::StatusCode;

/// Lets everybody's sign-in be 15 minutes old.
async fn grow_old(site: &Site) {
    let now = site.clock.now().to_rfc3339();
    site.force(&format!("update session set proved_at = timestamptz '{now}' - interval '15 minutes'")).await;
}

fn is_delicate(way: &Way) -> bool {
    matches!(way.line.need, Need::Fresh | Need::Confirmed) || matches!(way.line.need, Need::May(grant) if grant.fresh && !way.is_get())
}

#[tokio::test]
async fn every_delicate_form_is_asked_for_a_fresh_sign_in_and_does_nothing_without() {
    let mut site = Site::open().await;
    atlas::complete(&mut site).await;
    let (ways, _) = atlas::ways(&site).await;
    let delicate: Vec<&Way> = ways.iter().filter(|way| is_delicate(way)).collect();
    assert!(delicate.len() > 25, "{}", delicate.len());
    let mut wrong = Vec::new();
    for way in delicate {
        let visitor = match way.line.need {
            Need::Fresh | Need::Confirmed => site.visitor("staff").await,
            _ => sending::sender(&site, way).await,
        };
        grow_old(&site).await;
        let entries = site.count("audit").await;
        let answer = if way.is_get() {
            visitor.get(&way.path).await
        } else {
            let (fields, file) = atlas::form(&site, way).await;
            sending::send(&visitor, &way.path, &fields, &file).await.0
        };
        if answer.status != StatusCode::SEE_OTHER || !answer.location.starts_with("/confirm") || site.count("audit").await != entries {
            wrong.push(format!("{}: {} {}", way.name(), answer.status, answer.location));
        }
    }
    assert!(wrong.is_empty(), "not asked:\n  {}", wrong.join("\n  "));
}

#[tokio::test]
async fn members_settings_cards_exports_and_roles_are_delicate() {
    let names = ["InviteMembers", "ChangeRoles", "StopMembers", "ManageSettings", "WriteCards", "TakeExports", "AdmitToBody", "LendDuties"];
    let fresh: Vec<&str> = common_table::platform::policy::ALL.iter().filter(|grant| grant.fresh).map(|grant| grant.name).collect();
    assert!(names.iter().all(|name| fresh.contains(name)), "{fresh:?}");
}

#[tokio::test]
async fn whoever_confirms_comes_back_with_what_they_had_typed_and_sends_it() {
    let site = Site::open().await;
    let (admin, _) = signs_in(&site, "admin", "").await;
    site.clock.put(site.clock.now() + Duration::minutes(14));
    let invite = |name: &'static str| [("role", "staff"), ("name", name), ("email", "wren.ashby@agency.example")];
    admin.post("/cedar-river/members", &invite("Wren Ashby")).await.assert_status(StatusCode::SEE_OTHER);
    site.clock.put(site.clock.now() + Duration::minutes(1));
    admin.get("/cedar-river/members").await.assert_status(StatusCode::OK);
    admin.get("/cedar-river/members/new").await.assert_status(StatusCode::OK);
    let asked = admin.post("/cedar-river/members", &[("role", "analyst"), ("name", "Ida Marsh"), ("email", "ida@agency.example")]).await;
    asked.assert_goes_to("/confirm");
    assert_eq!(site.count("membership where name = 'Ida Marsh'").await, 0);
    admin.follow(&asked).await.assert_page("Confirm it is you");
    admin.post("/confirm", &[("password", "not the password of anybody")]).await.assert_problem("password", "Check the password");
    let confirmed = admin.post("/confirm", &[("password", PASSWORD)]).await;
    confirmed.assert_goes_to("/parked");
    let back = admin.follow(&confirmed).await;
    back.assert_sees("Your text is back");
    assert_eq!((back.field("name"), back.field("email")), ("Ida Marsh".to_owned(), "ida@agency.example".to_owned()));
    admin.send_form(&back.filled("/members", &[])).await.assert_status(StatusCode::SEE_OTHER);
    assert_eq!(site.count("membership where name = 'Ida Marsh'").await, 1);
}

#[tokio::test]
async fn a_form_that_is_only_brought_back_says_nothing_of_anybodys_second_step() {
    let site = Site::open().await;
    let at = "/cedar-river/members/@analyst/lost-factors";
    site.visitor("admin").await.post(at, &[]).await.assert_goes_to(at);
    let (director, _) = signs_in(&site, "director", "").await;
    site.clock.put(site.clock.now() + Duration::minutes(16));
    let asked = director.post(&format!("{at}/word"), &[]).await;
    assert!(asked.location.starts_with("/confirm"), "{}", asked.location);
    director.get("/parked").await;
    let confirmed = director.post("/confirm", &[("password", PASSWORD)]).await;
    director.follow(&confirmed).await;
    assert_eq!(site.count("lost_factors where confirmed_at is not null").await, 0);
    director.post(&format!("{at}/word"), &[]).await.assert_goes_to(at);
    assert_eq!(site.count("lost_factors where confirmed_at is not null").await, 1);
}

#[tokio::test]
async fn whoever_has_a_second_step_does_not_confirm_by_the_password_alone() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    sets_codes_up(&site, &staff).await;
    staff.get("/confirm").await.assert_sees("From your app").assert_never_sees("Confirm by the password");
    staff.post("/confirm", &[("password", PASSWORD)]).await.assert_problem("code", "Enter the code that your app shows, or use a passkey");
}

#[tokio::test]
async fn a_passkey_or_a_code_confirms_as_well_and_makes_the_sign_in_a_double_one() {
    let site = Site::open().await;
    let (staff, director) = (site.visitor("staff").await, site.visitor("director").await);
    let passkey = adds_a_passkey(&staff, "my phone").await;
    let (app, _) = sets_codes_up(&site, &director).await;
    grow_old(&site).await;
    site.force("update session set second_factor = false").await;
    staff.get("/account/passkeys/new").await.assert_goes_to("/confirm?next=%2Faccount%2Fpasskeys%2Fnew");
    uses(&staff, &passkey, "/confirm", "/confirm/passkey").await.assert_goes_to("/");
    staff.get("/account/passkeys/new").await.assert_page("Add a passkey");
    director.post("/confirm", &[("code", "000000")]).await.assert_problem("code", "Check the code");
    let code = app.code(site.clock.now());
    director.post("/confirm", &[("code", &code), ("next", "/account/codes")]).await.assert_goes_to("/account/codes");
    director.get("/account/codes").await.assert_page("Codes from an app");
    director.post("/confirm", &[("code", &code)]).await.assert_problem("code", "Check the code");
    assert_eq!(site.count("session where second_factor").await, 2);
}

#[tokio::test]
async fn nobody_confirms_by_guessing_or_for_another_site() {
    let site = Site::open().await;
    let (staff, _) = signs_in(&site, "staff", "").await;
    for _ in 0..5 {
        staff.post("/confirm", &[("password", "not the password of anybody")]).await.assert_problem("password", "Check the password");
    }
    staff.post("/confirm", &[("password", PASSWORD)]).await.assert_problem("password", "Wait a minute");
    site.clock.put(site.clock.now() + Duration::minutes(2));
    staff.post("/confirm", &[("password", PASSWORD), ("next", "https://evil.example")]).await.assert_goes_to("/");
}

#[tokio::test]
async fn an_agencys_provider_does_not_change_how_a_person_signs_in() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    site.force("update session set proved_by = 'sso', vouched_by = (select id from agency where slug = 'cedar-river')").await;
    staff.get("/cedar-river").await.assert_status(StatusCode::OK);
    let forms: [(&str, &[(&str, &str)]); 4] = [
        ("/account/password", &[("current_password", PASSWORD), ("new_password", "five words one after another")]),
        ("/account/codes/seed", &[]),
        ("/account/passkeys", &[("name", "theirs")]),
        ("/account/recovery-codes", &[]),
    ];
    for (path, form) in forms {
        let answer = staff.post(path, form).await;
        answer.assert_status(StatusCode::FORBIDDEN);
        assert_eq!(answer.heading(), "Sign in as yourself", "{path}");
    }
    assert_eq!(site.count("code_seed").await + site.count("passkey").await, 0);
    site.force(
        "insert into membership (agency_id, id, account_id, name, role, state, created_at)
         select h.agency_id, '018f5e2a-0000-7000-8000-00000000cccc', s.account_id, s.name, 'staff', 'active', s.created_at
         from membership s, (select agency_id from membership where id = '@harbor_director') h where s.id = '@staff'",
    )
    .await;
    staff.get("/hats").await.assert_sees("Cedar River").assert_never_sees("Harbor");
    staff.get("/account").await.assert_status(StatusCode::FORBIDDEN);
    staff.post("/hats", &[("membership", "018f5e2a-0000-7000-8000-00000000cccc")]).await.assert_not_found();
}

#[tokio::test]
async fn the_person_signs_out_everywhere_else() {
    let site = Site::open().await;
    let (here, there): (Visitor, Visitor) = (site.visitor("staff").await, site.visitor("staff").await);
    here.get("/account").await.assert_sees("Sign out everywhere else");
    here.post("/account/ended-sessions/others", &[]).await.assert_flash("Every other sign-in of yours has ended");
    there.get("/cedar-river").await.assert_sent_to_sign_in();
    here.get("/account").await.assert_never_sees("Sign out everywhere else");
}

#[tokio::test]
async fn whoever_comes_upon_a_sign_in_of_minutes_ago_adds_nothing_of_their_own_and_takes_nothing_away() {
    let mut site = Site::open().await;
    atlas::complete(&mut site).await;
    let (ways, _) = atlas::ways(&site).await;
    let changing: Vec<&Way> = ways.iter().filter(|way| matches!(way.line.need, Need::Confirmed)).collect();
    assert!(changing.len() >= 11, "{}", changing.len());
    let staff = site.visitor("staff").await;
    for proved in ["proved_by = 'password'", "proved_by = 'password', second_factor = true", "proved_by = 'passkey'"] {
        for way in &changing {
            let began = format!("timestamptz '{}' - interval '3 minutes'", site.clock.now().to_rfc3339());
            site.force(&format!("update session set created_at = {began}, proved_at = {began}, {proved}")).await;
            let (entries, letters) = (site.count("audit").await, site.count("letter").await);
            let answer = if way.is_get() {
                staff.get(&way.path).await
            } else {
                let (fields, file) = atlas::form(&site, way).await;
                sending::send(&staff, &way.path, &fields, &file).await.0
            };
            assert!(answer.location.starts_with("/confirm"), "{} {proved}: {} {}", way.name(), answer.status, answer.location);
            assert_eq!((site.count("audit").await, site.count("letter").await), (entries, letters), "{} {proved}", way.name());
        }
    }
}

#[tokio::test]
async fn once_it_was_confirmed_a_second_step_is_added_and_a_stolen_sign_in_is_dead() {
    let site = Site::open().await;
    let (staff, _) = signs_in(&site, "staff", "").await;
    site.clock.put(site.clock.now() + Duration::minutes(3));
    let thief = older_window(&site, &staff);
    thief.get("/account/passkeys/new").await.assert_goes_to("/confirm?next=%2Faccount%2Fpasskeys%2Fnew");
    thief.post("/account/codes/seed", &[]).await.assert_goes_to("/confirm?next=%2Faccount%2Fcodes");
    thief.post("/confirm", &[("password", "not the password of anybody")]).await.assert_problem("password", "Check the password");
    assert_eq!(site.count("code_seed").await, 0);
    staff.post("/confirm", &[("password", PASSWORD)]).await.assert_goes_to("/");
    thief.get("/account").await.assert_sent_to_sign_in();
    site.clock.put(site.clock.now() + Duration::minutes(14));
    adds_a_passkey(&staff, "my phone").await;
    let (new, _) = signs_in(&site, "director", "").await;
    site.clock.put(site.clock.now() + Duration::minutes(1));
    sets_codes_up(&site, &new).await;
}

#[tokio::test]
async fn whatever_changes_how_somebody_signs_in_ends_every_other_sign_in_of_theirs() {
    let site = Site::open().await;
    let here = site.visitor("staff").await;
    // Signed in somewhere else; and halfway, where there is a second step by then.
    let elsewhere = async |what: &'static str| (site.visitor("staff").await, signs_in(&site, "staff", "").await.0, what);
    let gone = async |(other, waiting, what): (Visitor, Visitor, &str), letters: i64| {
        other.get("/account").await.assert_sent_to_sign_in();
        waiting.get("/account").await.assert_sent_to_sign_in();
        waiting.get("/sign-in/second-step").await.assert_goes_to("/sign-in");
        here.get("/account").await.assert_page("Your account");
        assert_eq!(site.count("letter where kind = 'factors_changed'").await, letters, "{what}");
    };
    let others = elsewhere("adding a passkey").await;
    adds_a_passkey(&here, "my phone").await;
    gone(others, 1).await;
    let others = elsewhere("setting codes up").await;
    sets_codes_up(&site, &here).await;
    gone(others, 2).await;
    let others = elsewhere("new codes on paper").await;
    here.post("/account/recovery-codes", &[]).await.assert_goes_to("/account/recovery-codes");
    gone(others, 3).await;
    let others = elsewhere("taking codes away").await;
    here.post("/account/codes/delete", &[]).await.assert_goes_to("/account");
    gone(others, 4).await;
    let others = elsewhere("taking a passkey away").await;
    let passkey: String = site.peek("select id::text from passkey").await;
    here.post(&format!("/account/passkeys/{passkey}/delete"), &[]).await.assert_goes_to("/account");
    gone(others, 5).await;
}

#[tokio::test]
async fn the_letter_about_it_says_what_ended_and_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let post = Post::read(&format!("folder:{}", folder.path().display()), Some("table@agency.example".to_owned()), None).unwrap();
    let site = Site::with_letters(post).await;
    let staff = site.visitor("staff").await;
    site.force("update account set is_demo = false where email = 'staff@demo.example'").await;
    adds_a_passkey(&staff, "my phone").await;
    worker::send_due(&site.app).await;
    let files: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().path()).collect();
    assert_eq!(files.len(), 1);
    let letter = std::fs::read_to_string(&files[0]).unwrap().replace("=\r\n", "").replace("=\n", "");
    for said in ["Wherever else you were signed in, that has ended", "take away what is not yours", "talk to a person"] {
        assert!(letter.contains(said), "{said}: {letter}");
    }
}
