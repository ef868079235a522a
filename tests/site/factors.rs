//! Second factors: codes from an app, codes on paper, and passkeys, which also sign in by themselves.

use crate::support::{
    Site,
    factors::{App, HALF, PASSWORD, adds_a_passkey, asked, older_window, sets_codes_up, signs_in, uses},
    passkey::Passkey,
};
use chrono::Duration;
use common_table::platform::session::{SESSION_COOKIE, Token};
use http::StatusCode;

const STEP: &str = "/sign-in/second-step";

#[tokio::test]
async fn with_codes_set_up_a_password_alone_opens_nothing() {
    let site = Site::open().await;
    let (app, _) = sets_codes_up(&site, &site.visitor("staff").await).await;
    let (staff, answer) = signs_in(&site, "staff", &site.path("/cedar-river/partners/@court")).await;
    answer.assert_goes_to(STEP);
    assert_eq!(staff.cookie(SESSION_COOKIE), None, "no sign-in has begun");
    for path in ["/cedar-river", "/account", "/hats", "/confirm"] {
        staff.get(path).await.assert_sent_to_sign_in();
    }
    staff.get(STEP).await.assert_page("The second step");
    for wrong in ["", "12345", "000000", "abcdef"] {
        let refused = staff.post(STEP, &[("code", wrong)]).await;
        refused.assert_problem("code", if wrong == "000000" { "Check the code" } else { "Enter the six digits" });
    }
    let court = site.path("/cedar-river/partners/@court");
    staff.post(STEP, &[("code", &app.code(site.clock.now()))]).await.assert_goes_to(&court);
    staff.get("/cedar-river/partners/@court").await.assert_page("Cedar River Juvenile Court");
    assert_eq!(staff.cookie(HALF), None, "the browser forgets the half");
    assert_eq!(
        site.peek::<String>("select proved_by || second_factor from session order by created_at desc, id desc limit 1").await,
        "passwordtrue"
    );
}

#[tokio::test]
async fn a_code_is_taken_once_and_for_a_step_before_and_after_its_own() {
    let site = Site::open().await;
    let (app, _) = sets_codes_up(&site, &site.visitor("staff").await).await;
    let now = site.clock.now();
    let enter = async |code: &str| signs_in(&site, "staff", "").await.0.post(STEP, &[("code", code)]).await;
    enter(&app.code(now - Duration::seconds(30))).await.assert_problem("code", "Check the code");
    enter(&app.code(now + Duration::seconds(60))).await.assert_problem("code", "Check the code");
    enter(&app.code(now)).await.assert_goes_to("/");
    enter(&app.code(now)).await.assert_problem("code", "Check the code: it is not the one that your app shows now, or it was used already");
    enter(&app.code(now + Duration::seconds(30))).await.assert_goes_to("/");
    enter(&app.code(now)).await.assert_problem("code", "Check the code");
}

#[tokio::test]
async fn a_half_of_a_sign_in_is_short_lived_and_its_tries_are_few() {
    let site = Site::open().await;
    let (app, _) = sets_codes_up(&site, &site.visitor("staff").await).await;
    let (late, _) = signs_in(&site, "staff", "").await;
    let kept = late.cookie(HALF).expect("half of a sign-in is held");
    site.clock.put(site.clock.now() + Duration::minutes(10));
    late.post(STEP, &[("code", &app.code(site.clock.now()))]).await.assert_goes_to("/sign-in");
    // The browser forgot it. Somebody who wrote the token down has no more of it.
    let by_hand = site.stranger().with_cookie(HALF, &kept);
    by_hand.post(STEP, &[("code", &app.code(site.clock.now()))]).await.assert_goes_to("/sign-in");
    assert_eq!(by_hand.cookie(SESSION_COOKIE), None, "no sign-in has begun");
    let (guesser, _) = signs_in(&site, "staff", "").await;
    for _ in 0..5 {
        guesser.post(STEP, &[("code", "000000")]).await.assert_problem("code", "Check the code");
    }
    guesser.post(STEP, &[("code", &app.code(site.clock.now()))]).await.assert_problem("code", "Wait a minute");
    site.clock.put(site.clock.now() + Duration::minutes(1));
    guesser.post(STEP, &[("code", &app.code(site.clock.now()))]).await.assert_goes_to("/sign-in");
    // A new half does not give the guesser new tries: they are counted for the account.
    let (again, _) = signs_in(&site, "staff", "").await;
    again.post(STEP, &[("code", "000000")]).await.assert_problem("code", "Wait ");
    let held = again.cookie(HALF).expect("half of a sign-in is held");
    let rows = |kept: &str| format!("half_sign_in where token_hash = {kept}");
    assert_eq!(site.count(&rows(&format!("sha256('{held}'::bytea)"))).await, 1, "its hash is kept");
    let bytes = format!("decode(translate('{held}', '-_', '+/') || '=', 'base64')");
    assert_eq!(site.count(&rows(&bytes)).await, 0, "and not the token");
}

#[tokio::test]
async fn a_seed_rests_sealed_and_is_shown_to_nobody_again() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    staff.post("/account/codes/seed", &[]).await.assert_goes_to("/account/codes");
    let shown = staff.get("/account/codes").await;
    let text = shown.select(".seed-text code").concat().replace(' ', "");
    let picture = staff.glance("GET", "/account/codes/picture").await;
    assert!(picture.header("content-type").contains("svg") && picture.text.contains("<svg"));
    let kept: String = site.peek("select encode(sealed, 'escape') from code_seed").await;
    assert!(text.len() == 32 && !kept.contains(&text));
    let (app, _) = sets_codes_up(&site, &staff).await;
    staff.get("/account/codes").await.assert_never_sees(&text);
    staff.glance("GET", "/account/codes/picture").await.assert_status(StatusCode::NOT_FOUND);
    staff.post("/account/codes/seed", &[]).await;
    let (other, _) = signs_in(&site, "staff", "").await;
    other.post(STEP, &[("code", &app.code(site.clock.now()))]).await.assert_goes_to("/");
}

#[tokio::test]
async fn a_code_on_paper_signs_in_once_and_new_ones_end_those_before() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let (_, paper) = sets_codes_up(&site, &staff).await;
    assert_eq!(paper.len(), 10);
    staff.get("/account/recovery-codes").await.assert_sees("You have 10 left").assert_never_sees(&paper[0]);
    let enter = async |code: &str| signs_in(&site, "staff", "").await.0.post(STEP, &[("code", code)]).await;
    enter(&paper[0].to_lowercase()).await.assert_goes_to("/");
    enter(&paper[0]).await.assert_problem("code", "This recovery code was used already");
    staff.get("/account").await.assert_sees("You have 9 left");
    let made = staff.post("/account/recovery-codes", &[]).await;
    let new = staff.follow(&made).await.select(".paper code");
    enter(&paper[1]).await.assert_problem("code", "Check the recovery code");
    enter(&new[0]).await.assert_goes_to("/");
    let told = "audit where action in ('made new recovery codes', 'signed in with a recovery code', 'set up codes for their sign-in')";
    assert_eq!(site.count(&format!("{told} and actor_id = '@staff'")).await, 4);
    site.visitor("admin").await.get("/cedar-river/audit").await.assert_never_sees("recovery code");
}

#[tokio::test]
async fn a_new_password_by_letter_does_not_skip_the_second_step() {
    let mut site = Site::open().await;
    crate::support::atlas::complete(&mut site).await;
    let staff = site.visitor("staff").await;
    // The atlas gave staff a passkey.
    let new = "five words one after another";
    let reset = site.stranger();
    reset.get("/reset/@reset").await.assert_goes_to("/reset/password");
    reset.post("/reset/password", &[("new_password", new)]).await.assert_goes_to("/sign-in");
    staff.get("/cedar-river").await.assert_sent_to_sign_in();
    let back = site.stranger();
    back.post("/sign-in", &[("email", "staff@demo.example"), ("password", new)]).await.assert_goes_to(STEP);
    assert_eq!(back.cookie(SESSION_COOKIE), None);
}

#[tokio::test]
async fn an_invitation_is_taken_up_after_the_second_step_and_not_before() {
    let site = Site::open().await;
    let passkey = adds_a_passkey(&site.visitor("staff").await, "my phone").await;
    let token = Token::fresh();
    let hash: String = token.hash().iter().map(|byte| format!("{byte:02x}")).collect();
    let id = "018f5e2a-0000-7000-8000-00000000dddd";
    site.force(&format!(
        "insert into membership (agency_id, id, name, role, state, created_at)
         select agency_id, '{id}', 'Another Hat', 'analyst', 'invited', created_at from membership where id = '@admin';
         insert into invitation (agency_id, id, membership_id, token_hash, email, made_by, created_at, expires_at)
         select agency_id, '{id}', '{id}', '\\x{hash}', 'staff@demo.example', id, created_at, created_at + interval '2 years'
         from membership where id = '@admin'"
    ))
    .await;
    let waits = format!("membership where id = '{id}' and state = 'invited'");
    let invited = site.stranger();
    invited.get(&format!("/invitations/{}", token.reveal())).await.assert_goes_to("/invitations/open");
    let form = [("name", "Another Hat"), ("password", PASSWORD)];
    // Whoever knows the password alone takes nothing up with it.
    invited.post("/invitations/open", &form).await.assert_goes_to(STEP);
    assert_eq!((invited.cookie(SESSION_COOKIE), site.count(&waits).await), (None, 1));
    uses(&invited, &passkey, STEP, "/sign-in/second-step/passkey").await.assert_goes_to("/invitations/open");
    assert_eq!(site.count(&waits).await, 1);
    invited.post("/invitations/open", &form).await.assert_goes_to("/cedar-river");
    assert_eq!(site.count(&waits).await, 0);
    let shown = "select proved_by || second_factor from session order by created_at desc, id desc limit 1";
    assert_eq!(site.peek::<String>(shown).await, "passwordtrue");
}

#[tokio::test]
async fn a_passkey_signs_in_by_itself() {
    let site = Site::open().await;
    let passkey = adds_a_passkey(&site.visitor("staff").await, "my phone").await;
    let staff = site.stranger();
    let shown = staff.get("/sign-in?next=/cedar-river/partners").await;
    shown.assert_sees("A passkey needs a browser with scripts");
    let (options, state) = asked(&shown);
    let said = passkey.answer(&options);
    let form = [("state", state.as_str()), ("credential", &said), ("next", "/cedar-river/partners")];
    staff.post("/sign-in/passkey", &form).await.assert_goes_to("/cedar-river/partners");
    staff.get("/cedar-river/partners").await.assert_status(StatusCode::OK);
    site.stranger().post("/sign-in/passkey", &form).await.assert_problem("", "Use the passkey once more");
    staff.get("/account").await.assert_sees("my phone").assert_sees("last used");
    assert_eq!(site.peek::<String>("select proved_by from session order by created_at desc, id desc limit 1").await, "passkey");
}

#[tokio::test]
async fn a_passkeys_answer_is_good_for_one_question_of_this_site_alone() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let mut passkey = adds_a_passkey(&staff, "my phone").await;
    let refused = async |state: &str, said: &str| {
        let answer = site.stranger().post("/sign-in/passkey", &[("state", state), ("credential", said)]).await;
        answer.assert_problem("", "Use the passkey once more");
    };
    let sign_in = site.stranger();
    let (options, state) = asked(&sign_in.get("/sign-in").await);
    let (other, _) = asked(&sign_in.get("/sign-in").await);
    refused(&state, &passkey.answer(&other)).await;
    for nonsense in ["", "{}", "nothing", "[1,2]"] {
        refused(&state, nonsense).await;
        refused(nonsense, &passkey.answer(&options)).await;
    }
    let (confirming, for_confirming) = asked(&staff.get("/confirm").await);
    refused(&for_confirming, &passkey.answer(&confirming)).await;
    passkey.origin = "https://evil.example";
    let (options, state) = asked(&sign_in.get("/sign-in").await);
    refused(&state, &passkey.answer(&options)).await;
    passkey.origin = "http://localhost";
    passkey.unlocked = false;
    let (options, state) = asked(&sign_in.get("/sign-in").await);
    refused(&state, &passkey.answer(&options)).await;
    passkey.unlocked = true;
    let (options, state) = asked(&sign_in.get("/sign-in").await);
    site.clock.put(site.clock.now() + Duration::minutes(15));
    refused(&state, &passkey.answer(&options)).await;
    uses(&sign_in, &passkey, "/sign-in", "/sign-in/passkey").await.assert_goes_to("/");
}

#[tokio::test]
async fn a_passkey_is_the_second_step_of_its_own_person_only() {
    let site = Site::open().await;
    let (of_staff, of_analyst) =
        (adds_a_passkey(&site.visitor("staff").await, "a key").await, adds_a_passkey(&site.visitor("analyst").await, "a key").await);
    let (staff, answer) = signs_in(&site, "staff", "/cedar-river/loops").await;
    answer.assert_goes_to(STEP);
    uses(&staff, &of_analyst, STEP, "/sign-in/second-step/passkey").await.assert_goes_to("/sign-in");
    let (staff, _) = signs_in(&site, "staff", "/cedar-river/loops").await;
    uses(&staff, &of_staff, STEP, "/sign-in/second-step/passkey").await.assert_goes_to("/cedar-river/loops");
    staff.get("/cedar-river/loops").await.assert_status(StatusCode::OK);
}

#[tokio::test]
async fn a_passkey_that_was_taken_away_signs_nobody_in() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let passkey = adds_a_passkey(&staff, "lost phone").await;
    let id: String = site.peek("select id::text from passkey").await;
    let page = format!("/account/passkeys/{id}/delete");
    let analyst = site.visitor("analyst").await;
    analyst.get(&page).await.assert_not_found();
    analyst.post(&page, &[]).await;
    assert_eq!(site.count("passkey").await, 1, "another person’s stays");
    staff.get(&page).await.assert_page("Take this passkey away?").assert_sees("lost phone");
    staff
        .post(&page, &[])
        .await
        .assert_goes_to("/account")
        .assert_flash("That passkey no longer signs you in. Every other sign-in of yours has ended");
    uses(&site.stranger(), &passkey, "/sign-in", "/sign-in/passkey").await.assert_problem("", "This passkey is not known here");
    signs_in(&site, "staff", "").await.1.assert_goes_to("/");
}

#[tokio::test]
async fn a_short_password_stands_beside_a_second_factor_and_never_alone() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let change = async |new: &str| staff.post("/account/password", &[("current_password", PASSWORD), ("new_password", new)]).await;
    staff.get("/account").await.assert_sees("At least 15 characters");
    change("heronladder").await.assert_problem("new_password", "Choose one of at least 15 characters");
    sets_codes_up(&site, &staff).await;
    staff.get("/account").await.assert_sees("At least 8 characters");
    change("heron").await.assert_problem("new_password", "Choose one of at least 8 characters");
    change("Password1").await.assert_problem("new_password", "Choose another one: this one is easy to guess");
    change("heronladder").await.assert_goes_to("/account");
    staff.post("/account/codes/delete", &[]).await.assert_problem("", "Choose a password of at least 15 characters first");
    let long = format!("{} and a good many words more than anybody types", "heron ladder ".repeat(4));
    let whole = staff.post("/account/password", &[("current_password", "heronladder"), ("new_password", &long)]).await;
    whole.assert_goes_to("/account");
    staff
        .post("/account/codes/delete", &[])
        .await
        .assert_goes_to("/account")
        .assert_flash("Codes are no longer asked for. Every other sign-in of yours has ended");
    let enter = async |password: &str| site.stranger().post("/sign-in", &[("email", "staff@demo.example"), ("password", password)]).await;
    for wrong in [long.trim_end_matches('s').to_owned(), long.to_uppercase(), format!("{long} "), format!(" {long}")] {
        enter(&wrong).await.assert_problem("email", "Check the email address and the password");
        site.force("delete from sign_in_try").await;
    }
    enter(&long).await.assert_goes_to("/");
}

#[tokio::test]
async fn a_sign_in_has_a_new_token_after_each_step_up_and_change_of_hats_and_the_old_one_is_dead() {
    let site = Site::open().await;
    let (staff, _) = signs_in(&site, "staff", "").await;
    let before = older_window(&site, &staff);
    staff.post("/confirm", &[("password", PASSWORD)]).await.assert_goes_to("/");
    before.get("/account").await.assert_sent_to_sign_in();
    staff.get("/account").await.assert_page("Your account");
    let before = older_window(&site, &staff);
    let membership = site.id("staff");
    staff.post("/hats", &[("membership", &membership)]).await.assert_status(StatusCode::SEE_OTHER);
    before.get("/cedar-river").await.assert_sent_to_sign_in();
    staff.get("/cedar-river").await.assert_status(StatusCode::OK);
    let before = older_window(&site, &staff);
    staff.post("/sign-in", &[("email", "staff@demo.example"), ("password", PASSWORD)]).await.assert_goes_to("/");
    before.get("/cedar-river").await.assert_sent_to_sign_in();
}

#[tokio::test]
async fn a_further_passkey_leads_back_to_the_account_and_makes_no_recovery_codes() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    adds_a_passkey(&staff, "my phone").await;
    let before: String = site.peek("select string_agg(encode(code_hash, 'hex'), ' ' order by code_hash) from recovery_code").await;
    let (options, state) = asked(&staff.get("/account/passkeys/new").await);
    let (_, credential) = Passkey::made(&options);
    let done = staff.post("/account/passkeys", &[("name", "my tablet"), ("state", &state), ("credential", &credential)]).await;
    done.assert_goes_to("/account").assert_flash("Passkey added. Every other sign-in of yours has ended");
    assert_eq!(site.peek::<String>("select string_agg(encode(code_hash, 'hex'), ' ' order by code_hash) from recovery_code").await, before);
}

#[tokio::test]
async fn nothing_is_asked_between_the_picture_and_the_code() {
    let site = Site::open().await;
    let (staff, _) = signs_in(&site, "staff", "").await;
    staff.post("/account/codes/seed", &[]).await.assert_goes_to("/account/codes");
    let app = App::of(&staff.get("/account/codes").await);
    // Finding the app and scanning takes longer than the sign-in's own word lasts.
    site.clock.advance(Duration::minutes(5));
    staff.get("/account/passkeys/new").await.assert_goes_to("/confirm?next=%2Faccount%2Fpasskeys%2Fnew");
    // A seed of an earlier sign-in is shown to nobody who comes upon this one.
    site.force("update code_seed set made_at = made_at - interval '1 day'").await;
    assert!(!staff.glance("GET", "/account/codes/picture").await.text.contains("<svg"));
    site.force("update code_seed set made_at = made_at + interval '1 day'").await;
    staff.glance("GET", "/account/codes/picture").await.assert_status(StatusCode::OK);
    staff.post("/account/codes", &[("code", &app.code(site.clock.now()))]).await.assert_goes_to("/account/recovery-codes");
}
