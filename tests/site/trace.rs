//! The trace, cut to its reader, and the page of what waits for one's word.

use crate::support::Site;

#[tokio::test]
async fn the_chain_is_cut_to_what_its_reader_may_see() {
    let site = Site::open().await;
    let at = "/cedar-river/trace/partner/@court";
    for who in ["tribe", "staff", "director"] {
        site.visitor(who).await.get(at).await.assert_page("What led here, and what came of it").assert_sees("We hear of a hearing");
    }
    for who in ["partner", "parent", "admin"] {
        site.visitor(who).await.get(at).await.assert_never_sees("We hear of a hearing");
    }
}

#[tokio::test]
async fn the_chain_goes_both_ways() {
    let site = Site::open().await;
    let tribe = site.visitor("tribe").await;
    tribe.get("/cedar-river/trace/loop/@loop_2").await.assert_sees("Cedar River Juvenile Court").assert_sees("the record you came from");
    tribe.get("/cedar-river/trace/partner/@court").await.assert_sees("We hear of a hearing on the day itself");
}

#[tokio::test]
async fn a_trace_of_nothing_is_not_found() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    for at in ["loop/@court", "planet/@court", "partner/018f5e2a-0000-7000-8000-000000000000", "partner/x", "loop/@loop_12"] {
        staff.get(&format!("/cedar-river/trace/{at}")).await.assert_not_found();
    }
    site.visitor("harbor").await.get("/cedar-river/trace/partner/@court").await.assert_not_found();
}

#[tokio::test]
async fn what_waits_for_ones_word_is_on_one_page_until_it_is_given() {
    let site = Site::open().await;
    let partner = site.visitor("partner").await;
    partner.get("/cedar-river/wanted").await.assert_page("Your word is wanted").assert_sees("The consent card is in English");
    partner.post("/cedar-river/loops/@loop_answered/closure", &[]).await.assert_flash("Closed, by your word");
    partner.get("/cedar-river/wanted").await.assert_never_sees("The consent card is in English");
    site.visitor("parent").await.get("/cedar-river/wanted").await.assert_never_sees("What became of the list of relatives");
    for who in ["staff", "director", "admin", "analyst"] {
        site.visitor(who).await.get("/cedar-river/wanted").await.assert_not_allowed();
    }
}
