//! Letters in their reader's language: every kind of them, by a real mail server, and nothing of ours in another one.

use crate::{
    openings::opened,
    support::{
        Answer, Site, Visitor,
        smtp::{Smtp, Taken, with_letters},
    },
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::Duration;
use common_table::worker;
use regex::Regex;
use std::collections::BTreeMap;

const ENGLISH: &str = include_str!("../../src/mail/words/en.ftl");
const SPANISH: &str = include_str!("../../src/mail/words/es.ftl");
const MEMBERS: &str = "/cedar-river/members";
const NEW: &str = "five words one after another";

async fn sent(site: &Site, smtp: &mut Smtp) -> Vec<Taken> {
    worker::send_due(&site.app).await;
    smtp.taken().await
}

/// A letter as it is read: its subject and both of its bodies, on one line.
fn read(letter: &Taken) -> String {
    let coded = Regex::new(r"(?i)=\?utf-8\?b\?([A-Za-z0-9+/=]*)\?").unwrap();
    let head = coded.captures_iter(&letter.text).map(|part| STANDARD.decode(&part[1]).unwrap()).collect::<Vec<_>>().concat();
    let (mut body, mut left) = (Vec::new(), letter.text.as_bytes());
    while let Some((&first, rest)) = left.split_first() {
        let byte =
            if first == b'=' { rest.get(..2).and_then(|two| u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok()) } else { None };
        body.push(byte.unwrap_or(first));
        left = if byte.is_some() { &rest[2..] } else { rest };
    }
    let whole = [head, body].concat();
    String::from_utf8_lossy(&whole).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a language says of its own, between what is put in: by message.
fn pieces(words: &'static str) -> BTreeMap<&'static str, Vec<&'static str>> {
    let put_in = Regex::new(r"\{[^}]*\}").unwrap();
    let messages = words.lines().filter(|line| !line.starts_with(['#', ' '])).filter_map(|line| line.split_once(" = "));
    messages.map(|(name, text)| (name, put_in.split(text).map(str::trim).filter(|piece| !piece.is_empty()).collect())).collect()
}

/// It is in Spanish: marked so, with this message, and without a sentence of the English ones.
#[track_caller]
fn assert_spanish(letter: &Taken, message: &str) {
    let said = read(letter);
    assert!(letter.text.contains("Content-Language: es"), "{said}");
    assert!(said.contains("<html lang=\"es\" dir=\"ltr\">"), "{said}");
    for piece in &pieces(SPANISH)[message] {
        assert!(said.contains(piece), "{message}: {said}");
    }
    for (name, pieces) in pieces(ENGLISH) {
        for piece in pieces.iter().filter(|piece| piece.contains(' ') && piece.len() > 7 && **piece != "Common Table") {
            assert!(!said.contains(piece), "English of {name} in it: {said}");
        }
    }
}

fn to<'a>(letters: &'a [Taken], address: &str) -> &'a Taken {
    letters.iter().find(|one| one.to == address).unwrap_or_else(|| panic!("no letter to {address}"))
}

/// One of two addresses says yes, in a browser of its own.
async fn says_yes(site: &Site, letter: &Taken) {
    let link = letter.link("http://localhost/account/new-address/");
    let stranger = site.stranger().with_cookie("__Host-address", &link["http://localhost/account/new-address/".len()..]);
    stranger.fill("/account/new-address", "/new-address", &[("said", "yes")]).await;
}

/// Kinds of letters about an account that something other than a form of this test causes, with the message that each says.
const ABOUT_ACCOUNTS: &[(&str, &str)] = &[
    ("password_changed", "password-changed-what"),
    ("factors_changed", "factors-changed-what"),
    ("factors_lost", "factors-lost-what"),
    ("factors_lost_confirmed", "factors-lost-confirmed-what"),
    ("factors_forgotten", "factors-forgotten-what"),
    ("paper_used", "paper-used-what"),
    ("passkey_doubted", "passkey-doubted-what"),
];

#[tokio::test]
async fn a_spanish_reader_gets_every_letter_about_their_account_in_spanish() {
    let mut smtp = Smtp::start(&[]).await;
    let (site, [staff]) = with_letters(&smtp, ["staff"]).await;
    site.force("update account set language = 'es'").await;
    for (kind, message) in ABOUT_ACCOUNTS {
        assert!(worker::kinds().contains(kind), "{kind}");
        site.force(&format!(
            "insert into letter (id, kind, about, made_at, run_at) \
             select gen_random_uuid(), '{kind}', account_id, created_at, created_at from membership where id = '@staff'"
        ))
        .await;
        let letters = sent(&site, &mut smtp).await;
        assert_eq!(letters.len(), 1, "{kind}");
        assert_spanish(&letters[0], message);
    }
    site.stranger().post("/reset", &[("email", "staff@demo.example")]).await;
    let letters = sent(&site, &mut smtp).await;
    assert_spanish(&letters[0], "reset-until");
    assert!(read(&letters[0]).contains("hasta el miércoles 17 de marzo de 2027, 1:00 p. m. (CDT)"), "{}", read(&letters[0]));

    staff.fill("/account", "/account/address", &[("address", "director@demo.example")]).await;
    assert_spanish(to(&sent(&site, &mut smtp).await, "director@demo.example"), "address-taken");
    staff.post("/account/address", &[("address", "wren@elsewhere.example")]).await;
    let letters = sent(&site, &mut smtp).await;
    assert_spanish(to(&letters, "wren@elsewhere.example"), "address-new");
    assert_spanish(to(&letters, "staff@demo.example"), "address-old");
    for letter in &letters {
        says_yes(&site, letter).await;
    }
    assert_spanish(to(&sent(&site, &mut smtp).await, "staff@demo.example"), "address-done-what");
}

#[tokio::test]
async fn a_closed_account_is_confirmed_once_to_the_address_that_nobody_knows_any_more() {
    let mut smtp = Smtp::start(&[]).await;
    let (site, [staff]) = with_letters(&smtp, ["staff"]).await;
    site.force("update account set language = 'es'").await;
    staff.fill("/account/closing", "/account/closing", &[("close", "yes")]).await.assert_flash("Your account is closed");
    let letters = sent(&site, &mut smtp).await;
    assert_spanish(to(&letters, "staff@demo.example"), "account-closed-what");
    assert_eq!(site.count("letter where kind = 'account_closed' and address is null and sent_at is not null").await, 1);
    assert!(sent(&site, &mut smtp).await.is_empty());
}

#[tokio::test]
async fn news_is_told_in_spanish_by_its_kind_and_never_in_the_stored_english() {
    let mut smtp = Smtp::start(&[]).await;
    let (site, []) = with_letters(&smtp, []).await;
    site.force("update account set language = 'es'; update member_identity set reach_channel = 'email', may_name_agency = false").await;
    let said = "Somebody suspended somebody else";
    for (who, kind, message) in
        [("staff", "membership", "notice-subject"), ("staff", "retention", "notice-link"), ("parent", "membership", "notice-neutral-what")]
    {
        site.force(&format!(
            "with told as (insert into notice (agency_id, id, membership_id, kind, said, path, made_at) \
                 select agency_id, gen_random_uuid(), id, '{kind}', '{said}', '/hats', '2027-03-17T16:00:00Z' from membership where id = '@{who}' returning agency_id, id) \
             insert into letter (id, for_agency, kind, about, made_at, run_at) select gen_random_uuid(), agency_id, 'notice', id, now(), '2027-01-01' from told"
        ))
        .await;
        let letters = sent(&site, &mut smtp).await;
        assert_eq!(letters.len(), 1, "{who}");
        assert_spanish(&letters[0], message);
        let news = read(&letters[0]);
        assert!(!news.contains(said), "{news}");
        assert_eq!(news.contains("Hay novedades sobre"), who == "staff", "{news}");
        assert_eq!(news.contains("Cedar River"), who == "staff", "{news}");
    }
    site.force("update account set language = null").await;
    site.force("update letter set sent_at = null, attempts = 0, run_at = '2027-01-01' where kind = 'notice'").await;
    let letters = sent(&site, &mut smtp).await;
    assert_eq!(letters.len(), 3);
    assert!(letters.iter().any(|letter| read(letter).contains(&format!("{said}."))), "in English it stands as it is stored");
}

#[tokio::test]
async fn news_that_waited_comes_together_in_spanish() {
    let mut smtp = Smtp::start(&[]).await;
    let (site, people) = with_letters(&smtp, ["tribe", "partner", "parent"]).await;
    site.force("update account set language = 'es'; update member_identity set reach_channel = 'email', may_name_agency = false").await;
    let now = site.clock.now();
    for (visitor, (who, many)) in people.iter().zip([("tribe", 2), ("partner", 21), ("parent", 2)]) {
        let choice = "/cedar-river/notices/letters";
        visitor.fill(choice, "/letters", &[("people", "daily")]).await.assert_flash("Your choice was kept");
        site.force(&format!(
            "with told as (insert into notice (agency_id, id, membership_id, kind, said, path, made_at) \
                 select agency_id, gen_random_uuid(), id, 'membership', 'Somebody suspended somebody else', '/cedar-river/members/changes', '{now}' \
                 from membership, generate_series(1, {many}) where id = '@{who}' returning agency_id, id) \
             insert into letter (id, for_agency, kind, about, made_at, run_at) select gen_random_uuid(), agency_id, 'notice', id, '{now}', '{now}' from told"
        ))
        .await;
    }
    assert!(sent(&site, &mut smtp).await.is_empty(), "not now");
    site.clock.advance(Duration::hours(24));
    let letters = sent(&site, &mut smtp).await;
    for (who, message, lines) in [("tribe", "collected-all", 2), ("partner", "collected-first", 20), ("parent", "notice-neutral-what", 0)] {
        let address: String =
            site.peek(&format!("select a.email from account a join membership m on m.account_id = a.id where m.id = '@{who}'")).await;
        let letter = to(&letters, &address);
        assert_spanish(letter, message);
        let news = read(letter);
        assert!(!news.contains("Somebody suspended"), "{news}");
        // Each line stands in both bodies.
        assert_eq!(news.matches("Hay novedades sobre quién participa").count(), 2 * lines, "{news}");
        assert_eq!(news.contains("Cedar River"), lines > 0, "{news}");
    }
}

#[tokio::test]
async fn a_speaker_without_a_sign_in_is_written_to_in_the_agencys_language() {
    let mut smtp = Smtp::start(&[]).await;
    let site = Site::with_letters(smtp.post("smtp://", "")).await;
    let id = site.bearer("return_token").get("/cedar-river/return").await.field("statement");
    for (named, message) in [(false, "words-opened-neutral-what"), (true, "words-opened-what")] {
        site.force(&format!(
            "update agency set is_demo = false, language = 'es' where slug = 'cedar-river';
             update speaker set reach_how = 'email', reach_at = 'aunt@example.org', may_leave_message = true, may_name_agency = {named}
             where id = (select speaker_id from statement where id = '{id}')"
        ))
        .await;
        opened(&site, &id, &[]).await;
        assert_spanish(to(&sent(&site, &mut smtp).await, "aunt@example.org"), message);
    }
}

#[tokio::test]
async fn the_letter_about_what_waits_is_in_spanish_whether_it_may_say_where_from_or_not() {
    let mut smtp = Smtp::start(&[]).await;
    let (site, []) = with_letters(&smtp, []).await;
    site.force("update account set language = 'es'; update member_identity set reach_channel = 'email', may_name_agency = false").await;
    for (who, message) in [("partner", "wanted-what"), ("parent", "wanted-neutral-what")] {
        site.force(&format!(
            "insert into letter (id, for_agency, kind, about, made_at, run_at) \
             select gen_random_uuid(), agency_id, 'wanted', id, created_at, created_at from membership where id = '@{who}'"
        ))
        .await;
        let letters = sent(&site, &mut smtp).await;
        assert_eq!(letters.len(), 1, "{who}");
        assert_spanish(&letters[0], message);
        assert_eq!(read(&letters[0]).contains("Cedar River"), who == "partner", "{}", read(&letters[0]));
    }
}

#[tokio::test]
async fn whoever_is_invited_by_name_is_written_to_in_the_language_chosen_for_them() {
    let mut smtp = Smtp::start(&[]).await;
    let (site, [facilitator]) = with_letters(&smtp, ["facilitator"]).await;
    let invitees = "/cedar-river/sessions/@session_8/invitees";
    for (named, email, message) in
        [("", "wren@families.example", "session-invitee-neutral-what"), ("yes", "lark@families.example", "session-invitee-what")]
    {
        let people = format!("Somebody, {email}");
        facilitator.post(invitees, &[("people", &people), ("language", "es"), ("may_name_agency", named)]).await;
        assert_spanish(to(&sent(&site, &mut smtp).await, email), message);
    }
}

#[test]
fn every_kind_of_letter_is_read_in_spanish_by_one_of_these_tests() {
    let others = [
        "invitation",
        "reset",
        "address",
        "address_done",
        "account_closed",
        "notice",
        "collected_news",
        "words_opened",
        "wanted",
        "session_invitee",
    ];
    let mut known: Vec<&str> = ABOUT_ACCOUNTS.iter().map(|(kind, _)| *kind).chain(others).collect();
    let mut kinds = worker::kinds();
    known.sort_unstable();
    kinds.sort_unstable();
    assert_eq!(kinds, known, "a new kind of letter needs its Spanish reader");
}

/// The language that the account page shows as chosen.
fn chosen(page: &Answer) -> String {
    let (_, fields) = page.filled("/account/language", &[]);
    fields.into_iter().find(|(name, _)| name == "language").map(|(_, value)| value).unwrap_or_default()
}

#[tokio::test]
async fn the_owner_of_an_account_chooses_its_language_and_nobody_else_is_written_to_otherwise() {
    let mut smtp = Smtp::start(&[]).await;
    let (site, [staff]) = with_letters(&smtp, ["staff"]).await;
    let page = staff.get("/account").await;
    assert_eq!(chosen(&page), "en");
    staff.post("/account/language", &[("language", "klingon")]).await.assert_problem("language", "Choose one of these languages");
    staff
        .fill("/account", "/account/language", &[("language", "es")])
        .await
        .assert_flash("Saved. Letters to you are written in that language from now on");
    assert_eq!(chosen(&staff.get("/account").await), "es");
    for who in ["staff", "director"] {
        site.stranger().post("/reset", &[("email", &format!("{who}@demo.example"))]).await;
    }
    let letters = sent(&site, &mut smtp).await;
    assert_spanish(to(&letters, "staff@demo.example"), "reset-subject");
    let other = to(&letters, "director@demo.example");
    assert!(other.text.contains("Content-Language: en") && other.text.contains("Choose a new password"), "{}", other.text);
}

/// Invites somebody to staff, in a language or in none, and takes the letter.
async fn invited(site: &Site, smtp: &mut Smtp, admin: &Visitor, email: &str, language: &str) -> Taken {
    let fields = [("role", "staff"), ("name", email), ("email", email), ("language", language)];
    admin.post(MEMBERS, &fields).await.assert_goes_to("/cedar-river/members/*/invitation");
    sent(site, smtp).await.remove(0)
}

#[tokio::test]
async fn the_first_letter_is_in_the_language_that_the_invitation_names_and_so_are_those_after_it() {
    let mut smtp = Smtp::start(&[]).await;
    let (site, [admin]) = with_letters(&smtp, ["admin"]).await;
    let letter = invited(&site, &mut smtp, &admin, "luz@agency.example", "es").await;
    assert_spanish(&letter, "invitation-what");
    assert!(read(&letter).contains("hasta el 24 de marzo de 2027"), "{}", read(&letter));
    let link = letter.link("http://localhost/invitations/");
    let newcomer = site.stranger();
    newcomer.answer_link(link.trim_start_matches("http://localhost"), &[("name", "Luz"), ("password", NEW)]).await;
    site.stranger().post("/reset", &[("email", "luz@agency.example")]).await;
    assert_spanish(&sent(&site, &mut smtp).await[0], "reset-what");

    let letter = invited(&site, &mut smtp, &admin, "wren@agency.example", "").await;
    assert!(letter.text.contains("Content-Language: en"), "the agency's, where nobody says another: {}", letter.text);
    admin.fill("/cedar-river/settings", "/settings", &[("language", "es")]).await.assert_flash("Settings saved");
    assert_spanish(&invited(&site, &mut smtp, &admin, "rowan@agency.example", "").await, "invitation-subject");
    site.force("update account set language = 'en' where email = 'harbor@demo.example'").await;
    let letter = invited(&site, &mut smtp, &admin, "harbor@demo.example", "es").await;
    assert!(letter.text.contains("Content-Language: en"), "what a person chose comes first: {}", letter.text);
    admin
        .post(MEMBERS, &[("role", "staff"), ("name", "Wren"), ("email", "x@agency.example"), ("language", "klingon")])
        .await
        .assert_problem("language", "Choose one of these languages");
}
