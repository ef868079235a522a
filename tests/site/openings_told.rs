//! Whoever spoke without a sign-in hears of an emergency opening on the page of their link, and by letter where they gave an address.

use crate::{
    openings::{WHY, opened},
    support::{Site, smtp::Smtp},
};
use chrono::Duration;
use common_table::worker;

/// Who spoke from a card has no page here but that of their link: it says that their words were opened, and no more.
#[tokio::test]
async fn a_speaker_without_a_sign_in_is_told_on_the_page_of_their_link() {
    let site = Site::open().await;
    let (bearer, own) = (site.bearer("return_token"), "/cedar-river/return");
    let id = bearer.get(own).await.field("statement");
    let until = (site.clock.now() + Duration::days(30)).date_naive().to_string();
    opened(&site, &id, &[("sealed", "yes"), ("order_reference", "Sealed 26-9"), ("notice_on", &until)]).await;
    bearer.get(own).await.assert_never_sees("opened in an emergency");
    opened(&site, &id, &[]).await;
    bearer.get(own).await.assert_sees("Your words were opened in an emergency").assert_never_sees(WHY);
}

/// A statement of a speaker without a sign-in at a house where letters leave, and how they may be reached.
async fn spoken(site: &Site, reach: &str) -> String {
    let id = site.bearer("return_token").get("/cedar-river/return").await.field("statement");
    site.force(&format!(
        "update agency set is_demo = false where slug = 'cedar-river';
         update speaker set reach_how = 'email', reach_at = 'aunt@example.org', {reach} where id = (select speaker_id from statement where id = '{id}')"
    ))
    .await;
    id
}

#[tokio::test]
async fn a_speaker_who_gave_an_address_for_letters_gets_one_that_says_nothing_and_opens_nothing() {
    let mut smtp = Smtp::start(&[]).await;
    let site = Site::with_letters(smtp.post("smtp://", "")).await;
    let id = spoken(&site, "may_leave_message = true, may_name_agency = false").await;
    let said: String = site.peek(&format!("select words from statement where id = '{id}'")).await;
    opened(&site, &id, &[]).await;
    worker::send_due(&site.app).await;
    let letters: Vec<_> = smtp.taken().await.into_iter().filter(|one| one.to == "aunt@example.org").collect();
    assert_eq!(letters.len(), 1);
    let text = &letters[0].text;
    assert!(text.contains("Something new waits for you on the page of your own link"), "{text}");
    for never in ["Cedar River", "cedar-river", "emergency", WHY, &said[..20], "/return"] {
        assert!(!text.contains(never), "{never} in {text}");
    }
    // Where they allow it, the agency is named; who it was opened to and why is not.
    spoken(&site, "may_leave_message = true, may_name_agency = true").await;
    opened(&site, &id, &[]).await;
    worker::send_due(&site.app).await;
    let letters: Vec<_> = smtp.taken().await.into_iter().filter(|one| one.to == "aunt@example.org").collect();
    assert_eq!(letters.len(), 1);
    let text = &letters[0].text;
    assert!(text.contains("News about your words at Cedar River County") && text.contains("opened in an emergency"), "{text}");
    assert!(!text.contains(WHY) && !text.contains(&said[..20]) && !text.contains("/return"), "{text}");
}

#[tokio::test]
async fn no_letter_goes_where_no_message_may_be_left_or_a_court_forbids_notice_until_its_day() {
    let mut smtp = Smtp::start(&[]).await;
    let site = Site::with_letters(smtp.post("smtp://", "")).await;
    let id = spoken(&site, "may_leave_message = false, may_name_agency = true").await;
    opened(&site, &id, &[]).await;
    assert_eq!(site.count("letter where kind = 'words_opened'").await, 0);
    spoken(&site, "may_leave_message = true, may_name_agency = true").await;
    let day = (site.clock.now() + Duration::days(30)).date_naive();
    let until = day.to_string();
    opened(&site, &id, &[("sealed", "yes"), ("order_reference", "Sealed 26-9"), ("notice_on", &until)]).await;
    worker::sweep(&site.app).await.unwrap();
    assert_eq!(site.count("letter where kind = 'words_opened'").await, 0, "the court’s day has not come");
    let zone: String = site.peek("select zone from agency where slug = 'cedar-river'").await;
    site.clock.put(site.peek(&format!("select ('{until}'::date::timestamp at time zone '{zone}')")).await);
    worker::sweep(&site.app).await.unwrap();
    worker::sweep(&site.app).await.unwrap();
    assert_eq!(site.count("letter where kind = 'words_opened'").await, 1, "once, on that day");
    worker::send_due(&site.app).await;
    assert_eq!(smtp.taken().await.iter().filter(|one| one.to == "aunt@example.org").count(), 1);
    // Whoever does not want letters any more when it would go gets none.
    opened(&site, &id, &[]).await;
    site.force("update speaker set reach_how = 'in_person', reach_at = '', may_leave_message = false where reach_at = 'aunt@example.org'")
        .await;
    worker::send_due(&site.app).await;
    assert_eq!(smtp.taken().await.iter().filter(|one| one.to == "aunt@example.org").count(), 0);
}
