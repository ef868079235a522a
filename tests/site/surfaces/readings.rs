//! Whoever is shown somebody's words leaves a mark that the speaker can read, whatever page showed them.

use super::{
    addresses,
    planted::{self, NARROW},
    site_with_ways,
};
use crate::support::{Site, atlas::PEOPLE};
use http::StatusCode;

#[tokio::test]
async fn every_page_that_shows_a_statement_notes_who_read_it() {
    let (site, ways) = site_with_ways().await;
    let marks = planted::all(&site).await;
    let addresses = addresses(&ways, &marks);
    let (mut wrong, mut shown) = (Vec::new(), 0);
    for (who, _) in PEOPLE {
        let visitor = site.visitor(who).await;
        for (address, pattern) in &addresses {
            let answer = visitor.glance("GET", address).await;
            for one in NARROW.iter().filter(|one| one.author != *who && answer.text.contains(one.word)) {
                shown += 1;
                let noted = format!("reading where membership_id = '@{who}' and subject_id = '{}' and how = 'viewed'", one.id());
                match site.count(&noted).await {
                    1 => site.force(&format!("delete from {noted}")).await,
                    number => wrong.push(format!("{} for {who} on {pattern}: {number} readings", one.word)),
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} to mend\n  {}\n", wrong.len(), wrong.join("\n  "));
    assert!(shown > 10, "only {shown} pages showed anything");
}

#[tokio::test]
async fn the_same_words_read_twice_in_a_day_are_noted_once() {
    let (site, _) = site_with_ways().await;
    let staff = site.visitor("staff").await;
    site.force("delete from reading").await;
    for _ in 0..2 {
        staff.get("/cedar-river/statements").await.assert_sees("Statements");
        staff.get("/cedar-river/statements/@chosen_statement").await.assert_sees("than any search");
    }
    let noted = "reading where membership_id = '@staff' and subject_id = '@chosen_statement'";
    assert_eq!(site.count(noted).await, 1);
}

#[tokio::test]
async fn words_whose_reading_cannot_be_noted_are_not_shown() {
    let site = Site::alone().await;
    let staff = site.visitor("staff").await;
    let noted = "reading where membership_id = '@staff' and subject_id = '@chosen_statement'";
    site.force("delete from reading; revoke insert on reading from app_login").await;
    for page in ["/cedar-river/statements", "/cedar-river/statements/@chosen_statement", "/cedar-river/loops"] {
        let (answer, _) = staff.try_send("GET", page, "", Vec::new()).await;
        assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR, "{page}");
        assert!(!answer.text.contains("than any search"), "{page}");
        staff.get("/cedar-river/partners").await.assert_page("Partners");
    }
    assert_eq!(site.count(noted).await, 0);
    site.force("grant insert on reading to app_login").await;
    staff.get("/cedar-river/statements/@chosen_statement").await.assert_sees("than any search");
    assert_eq!(site.count(noted).await, 1);
}
