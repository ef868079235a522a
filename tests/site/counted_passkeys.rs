//! Passkeys that count their uses: an answer is taken once, and one that goes back is a second one of it.

use crate::support::{
    Answer, Site, Visitor,
    factors::{adds_a_passkey, asked, signs_in, uses},
    heard::Heard,
    passkey::Passkey,
};

const DOUBTED: &str = "letter where kind = 'passkey_doubted'";
const IN: &str = "/sign-in/passkey";

/// Asks, has the passkey answer, and sends that.
async fn signs_in_by(site: &Site, passkey: &Passkey) -> Answer {
    uses(&site.stranger(), passkey, "/sign-in", IN).await
}

/// One answer as a form, under a key of its own.
async fn sends(who: &Visitor, to: &str, (state, said): (&str, &str), key: &str) -> Answer {
    who.post(to, &[("state", state), ("credential", said), ("key", key)]).await
}

#[tokio::test]
async fn a_passkey_that_counted_fewer_uses_than_we_did_is_refused_and_its_person_hears_of_it() {
    let site = Site::alone().await;
    let mut passkey = adds_a_passkey(&site.visitor("staff").await, "a key on a ring").await;
    let heard = Heard::everything();
    passkey.uses = 5;
    signs_in_by(&site, &passkey).await.assert_goes_to("/");
    for fewer in [5, 4, 0] {
        passkey.uses = fewer;
        signs_in_by(&site, &passkey).await.assert_problem("", "Sign in another way, and take this passkey away");
    }
    let account: String = site.peek("select account_id::text from membership where id = '@staff'").await;
    let log = heard.text();
    let told: Vec<&str> = log.lines().filter(|line| line.contains("passkey went back")).collect();
    assert!(told.len() == 3 && told.iter().all(|line| line.contains(&account)), "{told:?}");
    assert_eq!(site.count(DOUBTED).await, 3);
    assert_eq!(site.count("audit where action like 'had a passkey refused%' and actor_id = '@staff'").await, 3);
    site.visitor("admin").await.get("/cedar-river/audit").await.assert_never_sees("had a passkey refused");
    // As a second step and as a word that it is oneself it is refused as well.
    let staff = site.visitor("staff").await;
    uses(&staff, &passkey, "/confirm", "/confirm/passkey").await.assert_problem("", "Sign in another way");
    let (half, _) = signs_in(&site, "staff", "").await;
    uses(&half, &passkey, "/sign-in/second-step", "/sign-in/second-step/passkey").await.assert_problem("", "Sign in another way");
    passkey.uses = 6;
    signs_in_by(&site, &passkey).await.assert_goes_to("/");
    assert_eq!(site.count(DOUBTED).await, 5);
}

#[tokio::test]
async fn an_answer_of_a_key_that_counts_is_taken_once_and_a_second_press_is_no_alarm() {
    let site = Site::alone().await;
    let mut passkey = adds_a_passkey(&site.visitor("staff").await, "a key on a ring").await;
    let heard = Heard::everything();
    for uses in [0, 7] {
        passkey.uses = uses;
        let (options, state) = asked(&site.stranger().get("/sign-in").await);
        let said = passkey.answer(&options);
        let form = (state.as_str(), said.as_str());
        sends(&site.stranger(), IN, form, "pressed-twice-00000001").await.assert_goes_to("/");
        sends(&site.stranger(), IN, form, "pressed-twice-00000001").await.assert_goes_to("/");
        // Whoever has seen it pass sends it in a form of their own, or the same form later.
        sends(&site.stranger(), IN, form, "somebody-else-00000001").await.assert_problem("", "Use the passkey once more");
        sends(&site.stranger(), IN, form, "").await.assert_problem("", "Use the passkey once more");
        site.clock.advance(chrono::Duration::minutes(2));
        sends(&site.stranger(), IN, form, "pressed-twice-00000001").await.assert_problem("", "Use the passkey once more");
    }
    assert_eq!(site.count(DOUBTED).await, 0);
    assert!(!heard.text().contains("passkey went back"));
}

#[tokio::test]
async fn what_was_refused_for_going_back_is_not_taken_when_it_is_pressed_again() {
    let site = Site::open().await;
    let mut passkey = adds_a_passkey(&site.visitor("staff").await, "a key on a ring").await;
    passkey.uses = 5;
    signs_in_by(&site, &passkey).await.assert_goes_to("/");
    let (options, state) = asked(&site.stranger().get("/sign-in").await);
    let said = passkey.answer(&options);
    for _ in 0..3 {
        let again = sends(&site.stranger(), IN, (&state, &said), "pressed-twice-00000001").await;
        again.assert_problem("", "Sign in another way");
    }
    assert_eq!(site.count(DOUBTED).await, 1, "one letter for one answer");
}
