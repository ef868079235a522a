//! Somebody with lived experience who chose another way than email: no letter about the agency goes to them, and those whom they chose
//! tell them that something waits.

use crate::support::{
    Site, Visitor,
    smtp::{Smtp, Taken, with_letters},
};
use common_table::worker;

const HOME: &str = "/cedar-river";
const PARENT: &str = "/cedar-river/members/@parent";
const DANA: &str = "Dana Whitlock";
const WAITS: &str = "Something waits for them";

/// The administrator suspends a member and takes them up again: two pieces of news. Answers the letters that went to them.
async fn news(site: &Site, admin: &Visitor, smtp: &mut Smtp, member: &str) -> Vec<Taken> {
    let page = format!("/cedar-river/members/{member}");
    admin.fill(&page, "/suspension", &[("why", "A mistake")]).await.assert_flash("Suspended. They are out from their next page on");
    admin.fill(&page, "/suspension/delete", &[]).await.assert_flash("Taken up again");
    let email: String =
        site.peek(&format!("select a.email from account a join membership m on m.account_id = a.id where m.id = '{member}'")).await;
    worker::send_due(&site.app).await;
    smtp.taken().await.into_iter().filter(|letter| letter.to == email).collect()
}

#[tokio::test]
async fn whoever_chose_another_way_gets_no_letter_and_those_they_chose_tell_them() {
    let mut smtp = Smtp::start(&[]).await;
    let (site, [admin, elena, staff, dana]) = with_letters(&smtp, ["admin", "facilitator", "staff", "parent"]).await;
    assert!(news(&site, &admin, &mut smtp, "@parent").await.is_empty(), "by text message, she said");
    let count = site.count("notice where membership_id = '@parent' and read_at is null").await;
    assert!(count > 0);
    for one in [&elena, &staff] {
        one.get(HOME).await.assert_sees(DANA).assert_sees("tell them");
        one.get(PARENT).await.assert_sees(WAITS).assert_sees("By text message").assert_never_sees("A mistake");
    }
    elena.fill(PARENT, "/told", &[]).await.assert_flash("Noted: you told them");
    for one in [&elena, &staff] {
        one.get(HOME).await.assert_never_sees("tell them");
        one.get(PARENT).await.assert_never_sees(WAITS);
    }
    assert_eq!(site.count("told_by_hand where membership_id = '@parent' and handed_by = '@facilitator'").await, count);
    dana.get(HOME).await.assert_sees("You were told");
}

#[tokio::test]
async fn what_she_read_herself_is_not_to_be_told_any_more() {
    let mut smtp = Smtp::start(&[]).await;
    let (site, [admin, elena, dana]) = with_letters(&smtp, ["admin", "facilitator", "parent"]).await;
    news(&site, &admin, &mut smtp, "@parent").await;
    elena.get(PARENT).await.assert_sees(WAITS);
    let begun = elena.get(PARENT).await.filled("/told", &[]);
    dana.fill(HOME, "/notices", &[]).await.assert_flash("Marked as read");
    elena.get(PARENT).await.assert_never_sees(WAITS);
    elena.send_form(&begun).await.assert_flash("Nothing waits any more");
    assert_eq!(site.count("told_by_hand where handed_at is not null").await, 0);
}

#[tokio::test]
async fn nobody_else_learns_that_she_is_told_by_hand_or_says_that_they_told_her() {
    let mut smtp = Smtp::start(&[]).await;
    let (site, [admin, director, tribe, samuel]) = with_letters(&smtp, ["admin", "director", "tribe", "harbor"]).await;
    news(&site, &admin, &mut smtp, "@parent").await;
    let told = "/cedar-river/members/@parent/told";
    let until = [("until", "4102444800000000")];
    for one in [&admin, &director, &tribe] {
        one.get(PARENT).await.assert_never_sees(WAITS);
        one.get(HOME).await.assert_never_sees("tell them");
    }
    director.post(told, &until).await.assert_not_found();
    admin.post(told, &until).await.assert_not_allowed();
    tribe.post(told, &until).await.assert_not_allowed();
    samuel.post(told, &until).await.assert_not_found();
    for (who, hat) in [("admin", "administrator"), ("director", "director"), ("analyst", "analyst"), ("tribe", "partner")] {
        let rows = "select notice_id from told_by_hand where membership_id = '@parent'";
        assert_eq!(site.attempt(who, hat, rows).await.unwrap(), 0, "{who}");
        let change = format!("update told_by_hand set handed_at = made_at, handed_by = '@{who}' where membership_id = '@parent'");
        assert_eq!(site.attempt(who, hat, &change).await.unwrap(), 0, "{who}");
    }
    let other = "update told_by_hand set handed_at = made_at, handed_by = '@staff' where membership_id = '@parent'";
    assert!(site.attempt("facilitator", "staff", other).await.is_err(), "nobody says it for another");
    assert_eq!(site.count("told_by_hand where handed_at is not null").await, 0);
    site.force("delete from identity_reader where membership_id = '@parent'").await;
    let rows = "select notice_id from told_by_hand where membership_id = '@parent'";
    assert_eq!(site.attempt("facilitator", "staff", rows).await.unwrap(), 0, "whom she no longer chooses");
}

#[tokio::test]
async fn letters_about_her_own_sign_in_come_all_the_same_and_news_when_she_chooses_email() {
    let mut smtp = Smtp::start(&[]).await;
    let (site, [admin, elena, dana]) = with_letters(&smtp, ["admin", "facilitator", "parent"]).await;
    dana.fill("/cedar-river/me", "/me/reach", &[("channel", "in_person")]).await;
    site.stranger().post("/reset", &[("email", "parent@demo.example")]).await;
    worker::send_due(&site.app).await;
    let letters = smtp.taken().await;
    assert_eq!(letters.len(), 1, "she asked for it");
    assert!(!letters[0].text.contains("Cedar River"), "{}", letters[0].text);
    assert!(news(&site, &admin, &mut smtp, "@parent").await.is_empty());

    dana.fill("/cedar-river/me", "/me/reach", &[("channel", "email")]).await;
    assert!(!news(&site, &admin, &mut smtp, "@parent").await.is_empty());
    elena.get(PARENT).await.assert_never_sees(WAITS);
    elena.get(HOME).await.assert_never_sees("tell them");
}

#[tokio::test]
async fn whoever_invites_asks_how_a_person_is_reached_and_no_letter_comes_before_they_say_otherwise() {
    let mut smtp = Smtp::start(&[]).await;
    let (site, [admin, elena]) = with_letters(&smtp, ["admin", "facilitator"]).await;
    let fields = [("role", "community"), ("reader", "@facilitator"), ("name", "Wren Ashby"), ("email", "wren@home.example")];
    let wrong = [&fields[..], &[("channel", "pigeon")]].concat();
    admin.post("/cedar-river/members", &wrong).await.assert_problem("channel", "Choose one of the list");
    let by_hand = [&fields[..], &[("channel", "in_person")]].concat();
    let page = admin.follow(&admin.post("/cedar-river/members", &by_hand).await).await;
    let shown = page.select(".letter").join("");
    let link = shown.split_once("http://localhost").unwrap().1.trim().to_owned();
    assert_eq!(worker::send_due(&site.app).await, 0, "the link is handed over");
    let wren = site.stranger();
    wren.answer_link(&link, &[("name", "Wren Ashby"), ("password", "five words one after another")]).await;
    let member: String = site.peek("select membership_id::text from member_identity where email = 'wren@home.example'").await;
    assert!(news(&site, &admin, &mut smtp, &member).await.is_empty());
    elena.get(&format!("/cedar-river/members/{member}")).await.assert_sees(WAITS).assert_sees("Only in person");
    elena.get(HOME).await.assert_sees("Wren Ashby");
}

#[tokio::test]
async fn somebody_of_a_body_is_told_that_letters_come_by_email_all_the_same() {
    let site = Site::open().await;
    let (dana, joanna) = (site.visitor("parent").await, site.visitor("partner").await);
    let own = "/cedar-river/me";
    dana.get(own).await.assert_sees("Every letter and call list obeys this");
    let page = joanna.get(own).await;
    page.assert_sees("Letters from Common Table come by email, whichever way you choose").assert_never_sees("Every letter");
    let said = joanna.fill(own, "/me/reach", &[("channel", "in_person")]).await;
    said.assert_flash("Saved. Call lists obey it, and so do your consent cards. Letters still come by email");
}
