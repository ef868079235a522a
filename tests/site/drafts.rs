//! Drafts: a long form begun and not sent waits on its page for its writer alone, until it is sent or thrown away.

use crate::support::Site;

const NEW: &str = "/cedar-river/goals/new";
const DRAFT: &str = "Every child keeps their own doctor";

#[tokio::test]
async fn a_draft_waits_on_its_page_until_it_is_sent() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let saved = staff.fill(NEW, "/goals", &[("text", DRAFT), ("draft", "save")]).await;
    saved.assert_goes_to(NEW).assert_flash("Draft saved. Only you can see it");
    let back = site.visitor("staff").await.get(NEW).await;
    back.assert_page("Add a goal").assert_sees("Your draft").assert_never_sees("There is a problem");
    assert_eq!(back.field("text"), DRAFT);
    assert_eq!(site.count(&format!("goal where text = '{DRAFT}'")).await, 0);
    let refused = staff.send_form(&back.filled("/goals", &[("text", "")])).await;
    refused.assert_status(http::StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(staff.get(NEW).await.field("text"), DRAFT, "what could not be sent leaves the draft as it was");
    staff.send_form(&back.filled("/goals", &[])).await.assert_goes_to("/cedar-river/goals/*");
    staff.get(NEW).await.assert_never_sees("Your draft");
    assert_eq!(site.count("draft").await, 0);
}

#[tokio::test]
async fn nobody_else_sees_a_draft_not_even_in_the_database() {
    let site = Site::open().await;
    site.visitor("staff").await.fill(NEW, "/goals", &[("text", DRAFT), ("draft", "save")]).await.made();
    for who in ["director", "facilitator"] {
        site.visitor(who).await.get(NEW).await.assert_page("Add a goal").assert_never_sees(DRAFT);
        assert_eq!(site.attempt(who, "staff", "update draft set page = page").await.unwrap(), 0);
    }
    assert_eq!(site.attempt("staff", "staff", "update draft set page = page").await.unwrap(), 1);
}

#[tokio::test]
async fn a_draft_is_thrown_away_by_its_writer() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    staff.fill(NEW, "/goals", &[("text", DRAFT), ("draft", "save")]).await.made();
    let discard = staff.fill(NEW, "/goals", &[("draft", "discard")]).await;
    discard.assert_goes_to(NEW).assert_flash("Draft thrown away");
    assert_eq!(staff.get(NEW).await.field("text"), "");
}

#[tokio::test]
async fn a_draft_stands_in_no_list() {
    let site = Site::open().await;
    let parent = site.visitor("parent").await;
    parent.fill("/cedar-river/loops/new", "/loops", &[("words", "When do you call back?"), ("draft", "save")]).await.made();
    assert_eq!(parent.get("/cedar-river/loops/new").await.field("words"), "When do you call back?");
    parent.get("/cedar-river/loops").await.assert_never_sees("When do you call back?");
}
