//! Themes: no theme without its source, and no source for anybody who may not read it.

use crate::support::Site;

#[tokio::test]
async fn every_agency_begins_with_what_the_field_knows() {
    let site = Site::open().await;
    let page = site.visitor("harbor").await.get("/harbor/themes").await;
    page.assert_sees("Weak engagement practices").assert_sees("from the field, no source here yet");
    assert_eq!(page.select("tbody tr").iter().filter(|row| row.contains("from the field, no source here yet")).count(), 4);
}

#[tokio::test]
async fn a_theme_needs_a_source() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let answer = staff.post("/cedar-river/themes", &[("name", "Doors that close early")]).await;
    answer.assert_problem("sources", "Choose at least one source");
}

#[tokio::test]
async fn a_theme_shows_and_counts_only_what_its_reader_may_read() {
    let site = Site::open().await;
    let words = "I do not need thanks";
    let theme = "/cedar-river/themes/@theme_paper";
    let (staff, tribe) = (site.visitor("staff").await.get(theme).await, site.visitor("tribe").await.get(theme).await);
    staff.assert_sees(words);
    tribe.assert_never_sees(words);
    assert!(tribe.select("section.card").len() < staff.select("section.card").len());
}

#[tokio::test]
async fn several_people_may_read_the_same_words_so_and_each_takes_only_their_own_joining_back() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let theme = "/cedar-river/themes/@theme_kin";
    staff.get(theme).await.assert_sees("joined by Marcus Tellwell, Priya Natarajan");
    staff.post("/cedar-river/themes/@theme_kin/sources/@kin_source/delete", &[]).await.assert_goes_to(theme);
    staff.get(theme).await.assert_sees("four streets away").assert_never_sees("To be read again");
}

#[tokio::test]
async fn a_theme_that_lost_a_source_says_so_until_it_was_read_again() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let theme = "/cedar-river/themes/@theme_reread";
    staff.get(theme).await.assert_sees("To be read again");
    staff.post("/cedar-river/themes/@theme_reread/rereading", &[]).await.assert_goes_to(theme);
    staff.get(theme).await.assert_never_sees("To be read again");
}

#[tokio::test]
async fn somebodys_words_cannot_be_copied_into_a_theme() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let copied = "They had my sister’s grandchildren for six weeks before anybody asked us";
    let answer = staff.post("/cedar-river/themes", &[("name", "Kin"), ("description", copied), ("sources", "@kin_source")]).await;
    answer.assert_problem("description", "Eight or more words in a row");
}
