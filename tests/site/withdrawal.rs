//! Withdrawal: the words are nowhere, a mark stays, and what had left is called back.

use crate::{
    reports::{made, taken},
    support::Site,
};

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

#[tokio::test]
async fn a_question_taken_back_voids_the_files_and_calls_the_copies_back() {
    let site = Site::open().await;
    let (partner, director) = (site.visitor("partner").await, site.visitor("director").await);
    let export = made(&site, &director, &[("what", "loops"), ("format", "csv")]).await;
    taken(&director, &export).await;
    partner.post("/cedar-river/loops/@loop_answered/withdrawal", &[]).await.assert_flash("Taken back; its words are gone");
    director.get(&export).await.assert_sees("Void: the file was destroyed");
    let staff = site.visitor("staff").await;
    staff.get("/cedar-river/recalls").await.assert_sees("Export of loops").assert_sees("Rosalind Achterberg");
}

#[tokio::test]
async fn nobody_learns_from_a_re_reading_that_hidden_words_were_taken_back() {
    let site = Site::open().await;
    site.force(
        "insert into edge (agency_id, from_id, to_id, kind, by_id, created_at)
         select agency_id, '@barrier_open', id, 'evidence', '@staff', created_at from statement where id = '@chosen_statement'",
    )
    .await;
    site.visitor("partner").await.post(&format!("{STATEMENT}/withdrawal"), &[]).await.assert_goes_to(STATEMENT);
    let page = site.visitor("tribe").await.get("/cedar-river/barriers/@barrier_open").await;
    page.assert_sees("What this rests on has changed").assert_never_sees("taken back");
}

#[tokio::test]
async fn words_that_their_speaker_strikes_carry_nothing_any_more() {
    let site = Site::open().await;
    site.force(
        "insert into edge (agency_id, from_id, to_id, kind, by_id, created_at)
         select agency_id, '@theme_kin', id, 'source', '@staff', created_at from statement where id = '@asked_statement'",
    )
    .await;
    let fields = [("word", "strike"), ("sure", "yes"), ("attribution", "role"), ("audience", "author"), ("version", "1")];
    let struck = site.visitor("parent").await.post("/cedar-river/statements/@asked_statement/answer", &fields).await;
    struck.assert_status(http::StatusCode::SEE_OTHER);
    assert_eq!(site.count("edge where to_id = '@asked_statement' and kind in ('source', 'evidence')").await, 0);
    assert_eq!(site.count("rereading where subject_id = '@theme_kin' and done_at is null").await, 1);
}
