//! Withdrawal: the words are nowhere, a mark stays, and what had left is called back.

use crate::support::Site;

/// In how many tables a text stands, asked past every policy of every column there is.
async fn places(site: &Site, text: &str) -> i64 {
    let question = format!(
        "select coalesce(sum((xpath('/row/n/text()', query_to_xml(format('select count(*) as n from %I t \
         where to_jsonb(t)::text ilike %L', table_name, '%{text}%'), false, true, '')))[1]::text::bigint), 0)::bigint \
         from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'"
    );
    site.peek(&question).await
}

const STATEMENT: &str = "/cedar-river/statements/@chosen_statement";

#[tokio::test]
async fn words_taken_back_stand_nowhere_in_the_database() {
    let site = Site::open().await;
    let partner = site.visitor("partner").await;
    let said = "faster than any search";
    partner.get(STATEMENT).await.assert_sees(said);
    assert!(places(&site, said).await > 0);
    partner.post(&format!("{STATEMENT}/withdrawal"), &[]).await.assert_goes_to(STATEMENT);
    assert_eq!(places(&site, said).await, 0);
    let in_files = "file_chunk where encode(bytes, 'escape') ilike '%faster than any search%'";
    assert_eq!(site.count(in_files).await, 0);
}

#[tokio::test]
async fn a_mark_without_content_stays_for_those_who_could_read_it() {
    let site = Site::open().await;
    let partner = site.visitor("partner").await;
    partner.post(&format!("{STATEMENT}/withdrawal"), &[]).await.assert_goes_to(STATEMENT);
    site.visitor("director").await.get(STATEMENT).await.assert_sees("Taken back by the speaker").assert_never_sees("than any search");
    site.visitor("tribe").await.get(STATEMENT).await.assert_not_found();
    site.visitor("staff").await.get("/cedar-river/themes/@theme_kin").await.assert_sees("To be read again");
}

#[tokio::test]
async fn nobody_else_takes_somebodys_words_back() {
    let site = Site::open().await;
    for who in ["director", "staff", "tribe", "parent"] {
        site.visitor(who).await.post(&format!("{STATEMENT}/withdrawal"), &[]).await.assert_not_found();
    }
}

#[tokio::test]
async fn each_copy_that_had_left_becomes_a_task_that_the_withdrawer_sees() {
    let site = Site::open().await;
    let partner = site.visitor("partner").await;
    partner.post(&format!("{STATEMENT}/withdrawal"), &[]).await.assert_goes_to(STATEMENT);
    partner.get(STATEMENT).await.assert_sees("Where the words had gone before").assert_sees("taken by Priya Natarajan");
    let staff = site.visitor("staff").await;
    staff.get("/cedar-river/recalls").await.assert_sees("Export of statements").assert_sees("Priya Natarajan");
    let answer = staff.post("/cedar-river/recalls/@recall", &[("state", "cannot"), ("version", "@recall_version")]).await;
    answer.assert_problem("because", "Enter why it cannot be called back");
}
