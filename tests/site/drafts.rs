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
async fn what_may_not_be_written_down_is_no_draft_either_and_stands_on_the_page_to_be_mended() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let text = "Call Ann, her social is 123-45-6789";
    let refused = staff.fill(NEW, "/goals", &[("text", text), ("draft", "save")]).await;
    refused.assert_status(http::StatusCode::UNPROCESSABLE_ENTITY).assert_sees("Take out the Social Security number").assert_sees(text);
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
    let given = "insert into draft (membership_id, page, action, fields, saved_at) values ('@director', '/x', '/x', '{}', now())";
    crate::support::refused("nor is one put down for somebody else", site.attempt("staff", "staff", given).await);
    crate::support::refused("nor given away", site.attempt("staff", "staff", "update draft set membership_id = '@director'").await);
}

#[tokio::test]
async fn a_draft_is_thrown_away_by_its_writer_who_is_told_first_that_it_is_gone_then() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    staff.fill(NEW, "/goals", &[("text", DRAFT), ("draft", "save")]).await.made();
    let asked = staff.get(NEW).await.select("main form details").concat();
    assert!(asked.contains("gone then, for good"), "{asked}");
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

#[tokio::test]
async fn what_is_mended_is_saved_as_a_draft_and_waits_on_a_page_of_its_own() {
    let site = Site::open().await;
    let facilitator = site.visitor("facilitator").await;
    let (page, mending) = ("/cedar-river/statements/@waiting_statement", "/cedar-river/statements/@waiting_statement/mending");
    let before: String = site.peek("select words from statement where id = '@waiting_statement'").await;
    for (from, words) in [(page, "The boat was red."), (mending, "The boat was blue.")] {
        let saved = facilitator.fill(from, "@waiting_statement", &[("words", words), ("draft", "save")]).await;
        saved.assert_goes_to(mending).assert_flash("Draft saved. Only you can see it");
        let back = facilitator.get(mending).await;
        back.assert_page("Mend what was written down").assert_sees("Your draft");
        assert_eq!(back.field("words"), words);
    }
    assert_eq!(site.peek::<String>("select words from statement where id = '@waiting_statement'").await, before);
    facilitator.get(page).await.assert_sees("Bring it back to the speaker");
    // Words that are thrown away take the drafts about them along, however short.
    facilitator.fill(&format!("{page}/discarding"), "/discarding", &[]).await.made();
    assert_eq!(site.count("draft").await, 0);
    facilitator.get(mending).await.assert_not_found();
}

#[tokio::test]
async fn words_taken_back_go_from_everybodys_drafts() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let said: String = site.peek("select words from statement where id = '@chosen_statement'").await;
    let mine = format!("Before.\r\n{said}\r\nAfter.");
    staff.fill(NEW, "/goals", &[("text", &mine), ("indicator", "Calls answered"), ("draft", "save")]).await.made();
    assert!(staff.get(NEW).await.field("text").contains(&said));
    site.visitor("partner").await.post("/cedar-river/statements/@chosen_statement/withdrawal", &[]).await.made();
    let left = staff.get(NEW).await;
    left.assert_sees("Your draft").assert_never_sees(&said);
    let text = left.field("text");
    assert!(text.contains("[words taken back]") && text.starts_with("Before.") && text.ends_with("After."), "{text}");
    assert_eq!(left.field("indicator"), "Calls answered", "the rest is still the writer’s");
    let run = said.split_whitespace().take(8).collect::<Vec<_>>().join(" ");
    assert_eq!(site.count(&format!("draft where fields::text ilike '%{}%'", run.replace('\'', "_"))).await, 0);
}

#[tokio::test]
async fn a_form_begun_with_a_record_opens_so_while_another_draft_waits() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    staff.fill(NEW, "/goals", &[("text", DRAFT), ("draft", "save")]).await.made();
    let begun = "/cedar-river/goals/new?barrier=@barrier_open";
    let page = staff.get(begun).await;
    page.assert_sees("A draft that you saved here before waits for you").assert_never_sees("Your draft");
    assert_eq!((page.field("text"), page.field("barriers")), (String::new(), site.id("barrier_open")));
    let other = "Letters come in every language";
    staff.send_form(&page.filled("/goals", &[("text", other), ("draft", "save")])).await.assert_flash("Draft saved. Only you can see it");
    let back = staff.get(begun).await;
    assert_eq!((back.field("text"), back.field("barriers")), (other.to_owned(), site.id("barrier_open")));
    assert_eq!(staff.get(NEW).await.field("text"), DRAFT);
    let first = staff.get("/cedar-river").await;
    first.assert_sees(DRAFT).assert_sees(other);
    staff.send_form(&back.filled("/goals", &[])).await.assert_goes_to("/cedar-river/goals/*");
    assert_eq!(site.count("draft").await, 1, "only its own draft went with it");
    assert_eq!(staff.get(NEW).await.field("text"), DRAFT);
}
