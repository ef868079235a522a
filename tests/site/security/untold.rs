//! What the log never says, and what it does.

use crate::support::{Site, heard::Heard};
use common_table::platform::session::SESSION_COOKIE;
use http::StatusCode;

const OFFICE: &str = "198.51.100.7";

#[tokio::test]
async fn no_secret_and_no_word_of_anybody_is_ever_in_the_log() {
    let mut site = Site::alone().await;
    crate::support::atlas::complete(&mut site).await;
    let heard = Heard::everything();
    let guest = site.stranger().from(OFFICE);
    let words = "Zwetschgenkuchen at the river bank every second Tuesday";
    let (wrong, search) = ("Planted-Passphrase-Number-One", "Planted-Search-Term");
    guest.post("/sign-in", &[("email", "tribe@demo.example"), ("password", wrong)]).await.assert_problem("email", "Check the email");
    guest.post("/sign-in", &[("email", "tribe@demo.example"), ("password", "common-table-demo")]).await.assert_goes_to("/");
    let session = guest.cookie(SESSION_COOKIE).unwrap();
    guest.post("/cedar-river/comments/@court", &[("comment", words), ("comment_audience", "agency")]).await.made();
    guest.get(&format!("/cedar-river/partners?q={search}")).await.assert_page("Partners");
    for link in ["/invitations/@invitation", "/reset/@reset", "/cedar-river/return/@return_token"] {
        site.stranger().open_link(link).await.assert_status(StatusCode::OK);
    }
    site.force("alter table partner rename to nowhere").await;
    guest.try_send("GET", "/cedar-river/partners", "", Vec::new()).await;
    let log = heard.text();
    assert!(log.contains("fault") && log.contains("password refused"), "it listens: {log}");
    let secrets = [site.id("invitation"), site.id("reset"), site.id("return_token"), session];
    for secret in secrets.iter().map(String::as_str).chain([wrong, "common-table-demo", "Zwetschgenkuchen", search]) {
        assert!(!log.contains(secret), "the log says {secret:?}");
    }
}

#[tokio::test]
async fn what_comes_from_outside_makes_no_line_of_the_log() {
    let site = Site::alone().await;
    let heard = Heard::everything();
    let visitor = site.stranger().saying("user-agent", "forged\u{9b}31m").saying("referer", "x\u{9b}31m");
    visitor.get("/%0d%0a2020-01-01%20ERROR%20forged%1b[31m").await;
    let elsewhere = site.stranger().saying("sec-fetch-site", "cross-site").saying("origin", "https://forged\u{9b}31m");
    elsewhere.post("/%0d%0a2020-01-01%20ERROR%20forged", &[("name", "\r\n2020-01-01 ERROR forged\u{1b}[31m")]).await;
    let log = heard.text();
    assert!(log.contains("denied"), "it listens: {log}");
    assert!(!log.contains('\u{1b}') && !log.contains('\u{9b}') && !log.lines().any(|line| line.starts_with("2020-01-01")), "{log}");
}

#[tokio::test]
async fn a_limit_that_is_reached_is_said_once_with_who_and_from_where_and_no_word_that_was_typed() {
    let site = Site::alone().await;
    let heard = Heard::everything();
    let partner = site.visitor("partner").await.from(OFFICE);
    let comment = [("comment", "We will bring chairs"), ("comment_audience", "partnership")];
    partner.post("/cedar-river/comments/@court", &comment).await.made();
    site.force("update tally set count = 60").await;
    for _ in 0..3 {
        partner.post("/cedar-river/comments/@court", &comment).await.assert_status(StatusCode::TOO_MANY_REQUESTS);
    }
    let account: String = site.peek("select account_id::text from membership where id = '@partner'").await;
    let log = heard.text();
    let told: Vec<&str> = log.lines().filter(|line| line.contains("a limit was reached")).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].contains("limit=\"comments\"")
            && told[0].contains(&account)
            && told[0].contains(OFFICE)
            && told[0].contains("by=\"person\""),
        "{told:?}"
    );
    assert!(!log.contains("bring chairs"));
}
