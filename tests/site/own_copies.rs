//! The copy that a steward takes of all that is their body's: what is closed while it is made or afterwards.

use crate::support::{Site, standstill::Standstill};

const COPIES: &str = "/cedar-river/desk/copies";
const TASK: &str = "recall where subject_id = '@tribe_statement' and copy_id = '@tribe_copy' and taken_by = '@tribe'";

/// Everything is read, and the copy stands before the table that keeps it; meanwhile its author closes a word of it.
#[tokio::test]
async fn words_closed_while_a_copy_is_made_are_not_handed_out_with_it() {
    let site = Site::alone().await;
    let tribe = site.visitor("tribe").await;
    let mut held = Standstill::at(&site, "lock table body_copy in share row exclusive mode").await;
    let (made, ()) = tokio::join!(tribe.try_post(COPIES, &[]), async {
        held.until(1).await;
        site.force("update subject set audience = 'author', author_id = '@parent' where id = '@tribe_statement'").await;
        held.let_go().await;
    });
    assert_eq!(made.0.status.as_u16(), 303, "{}", made.0.text);
    let copy: String = site.peek("select id::text from body_copy order by created_at desc, id desc limit 1").await;
    assert_ne!(copy, site.id("tribe_copy"));
    let row = format!("body_copy_row where copy_id = '{copy}' and word_id = '@tribe_statement'");
    assert_eq!(site.count(&row).await, 1, "it was read before it was closed");
    tribe.get(&format!("{COPIES}/{copy}/file")).await.assert_goes_to(COPIES);
    let refused = tribe.post(&format!("{COPIES}/{copy}/downloads"), &[]).await;
    refused.assert_flash("Words in it were taken back or closed since. Make a new copy");
    tribe.get(&format!("{COPIES}/{copy}/file")).await.assert_goes_to(COPIES);
    assert_eq!(site.count(&format!("body_copy where id = '{copy}' and void_at is not null and file_id is null")).await, 1);
    assert_eq!(site.count(&format!("body_copy_taken where copy_id = '{copy}'")).await, 0);
}

/// Ruth, the second steward, narrows to its author what stood in the copy that Thomas took.
async fn closed(site: &Site) {
    let tribe = site.visitor("tribe").await;
    tribe.fill("/cedar-river/members/@tribe_member/mandate", "/mandate", &[("steward", "yes")]).await;
    site.force("update subject set author_id = '@parent' where id = '@tribe_statement'; delete from notice").await;
    let fields = [("record", "@tribe_statement"), ("audience", "author")];
    site.visitor("ruth")
        .await
        .post("/cedar-river/desk/narrowing", &fields)
        .await
        .assert_flash("1 thing is read by fewer people from now on");
    assert_eq!(site.peek::<String>("select audience from subject where id = '@tribe_statement'").await, "author");
}

#[tokio::test]
async fn words_closed_later_are_asked_back_from_the_steward_who_took_a_copy() {
    let site = Site::open().await;
    assert_eq!(site.count(TASK).await, 0);
    closed(&site).await;
    assert_eq!(site.count(&format!("{TASK} and state = 'open'")).await, 1, "it stands in the recall list");
    let tribe = site.visitor("tribe").await;
    tribe.get("/cedar-river/notices").await.assert_sees("Words in a copy that you took for your body were taken back or closed");
    tribe.get("/cedar-river/wanted").await.assert_sees("Words in a copy that you took are called back");
    tribe.get(COPIES).await.assert_sees("Words in it were taken back or closed since").assert_sees("I have deleted it everywhere");
    tribe.post(&format!("{COPIES}/@tribe_copy/downloads"), &[]).await.assert_flash("There is no file to take any more. Make a new copy");
    // Nobody says it for somebody else.
    let done = format!("{COPIES}/@tribe_copy/deletion");
    for who in ["ruth", "partner"] {
        site.visitor(who).await.post(&done, &[]).await.assert_not_found();
    }
    for who in ["staff", "director", "admin", "parent"] {
        site.visitor(who).await.post(&done, &[]).await.assert_not_allowed();
    }
    assert_eq!(site.count(&format!("{TASK} and state = 'open'")).await, 1);
    tribe.post(&done, &[]).await.assert_flash("Noted: every copy that you took is deleted");
    assert_eq!(site.count(&format!("{TASK} and state = 'deleted' and done_by = '@tribe'")).await, 1);
    tribe.get(COPIES).await.assert_never_sees("I have deleted it everywhere");
    tribe.get("/cedar-river/wanted").await.assert_never_sees("Words in a copy that you took are called back");
    // Whoever has said so is not asked again when the same words are taken back.
    site.force("update subject set audience = 'body' where id = '@tribe_statement'").await;
    let back = [("record", "@tribe_statement"), ("sure", "yes")];
    tribe.post("/cedar-river/desk/withdrawal", &back).await.assert_flash("1 thing: its words are gone from here");
    assert_eq!(site.count(&format!("{TASK} and state = 'open'")).await, 0);
}

/// What a member keeps to themselves now is no task that anybody but the taker reads of: not on a page, and not past every page.
#[tokio::test]
async fn the_agency_learns_nothing_from_the_recall_list_of_words_that_are_closed_to_it() {
    let site = Site::open().await;
    closed(&site).await;
    for who in ["staff", "director"] {
        let visitor = site.visitor(who).await;
        visitor.get("/cedar-river/recalls").await.assert_never_sees("Copy that a steward took");
        let task: String = site.peek(&format!("select id::text from {TASK}")).await;
        visitor.get(&format!("/cedar-river/recalls/{task}")).await.assert_not_found();
        visitor.get("/cedar-river").await.assert_never_sees("Copy that a steward took");
    }
    let asked = "select id from recall where copy_id = '@tribe_copy' and subject_id = '@tribe_statement'";
    for (who, hat) in [
        ("staff", "staff"),
        ("director", "director"),
        ("analyst", "analyst"),
        ("admin", "administrator"),
        ("partner", "partner"),
        ("tribe_member", "partner"),
    ] {
        assert_eq!(site.attempt(who, hat, asked).await.unwrap(), 0, "{who}");
    }
    assert_eq!(site.attempt("tribe", "partner", asked).await.unwrap(), 1);
}

/// The record beside which it stood is everybody's; the comment was its body's alone, and so is the task about it.
#[tokio::test]
async fn the_agency_learns_nothing_from_the_recall_list_of_a_comment_that_it_could_not_read() {
    let site = Site::open().await;
    let (beside, comment) = ("(select subject_id from comment where id = '@tribe_comment')", site.id("tribe_comment"));
    site.force(&format!("update subject set audience = 'partnership' where id = {beside}")).await;
    site.force("update comment set audience = 'body' where id = '@tribe_comment'").await;
    let record: String = site.peek(&format!("select {beside}::text")).await;
    let back = [("record", comment.as_str()), ("sure", "yes")];
    site.visitor("tribe").await.post("/cedar-river/desk/withdrawal", &back).await.assert_flash("1 thing: its words are gone from here");
    let asked = "select id from recall where copy_id = '@tribe_copy' and of_comment = '@tribe_comment'";
    for who in ["staff", "director"] {
        assert_eq!(site.attempt(who, who, &format!("select id from subject where id = '{record}'")).await.unwrap(), 1, "{who}");
        assert_eq!(site.attempt(who, who, asked).await.unwrap(), 0, "{who}");
        site.visitor(who).await.get("/cedar-river/recalls").await.assert_never_sees("Copy that a steward took");
    }
    assert_eq!(site.attempt("tribe", "partner", asked).await.unwrap(), 1);
}

/// What the body's stewards still read stays in their copies.
#[tokio::test]
async fn a_copy_stays_whole_while_its_steward_may_read_what_is_in_it() {
    let site = Site::open().await;
    let tribe = site.visitor("tribe").await;
    let fields = [("record", "@tribe_statement"), ("audience", "body")];
    tribe.post("/cedar-river/desk/narrowing", &fields).await.assert_flash("1 thing is read by fewer people from now on");
    assert_eq!(site.count(TASK).await, 0);
    assert_eq!(site.count("body_copy where id = '@tribe_copy' and void_at is null and file_id is not null").await, 1);
}
