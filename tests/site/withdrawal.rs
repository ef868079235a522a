//! Withdrawal: the words are nowhere, a mark stays, and what had left is called back.

use crate::{
    reports::{made, taken},
    support::Site,
};
use chrono::Duration;
use common_table::worker;
use sqlx::AssertSqlSafe;

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
    partner.get(&format!("{STATEMENT}/withdrawal")).await.assert_page("Take these words back?").assert_never_sees("another person’s words");
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
    partner.get(STATEMENT).await.assert_sees("You took these words back on");
    site.visitor("director").await.get(STATEMENT).await.assert_sees("Taken back on").assert_never_sees("than any search");
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
    staff.get("/cedar-river/recalls").await.assert_sees("Export of questions").assert_sees("Rosalind Achterberg");
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

/// The analyst's export of each table that only names or counts the statement, taken; then its speaker takes it back.
async fn counted_and_taken_back(site: &Site) -> Vec<String> {
    site.force(
        "update statement set may_export = true where id = '@chosen_statement'; update subject set for_analysts = true, audience = 'partnership' where id = '@chosen_statement';
         insert into edge (agency_id, from_id, to_id, kind, by_id, created_at)
         select agency_id, '@barrier_open', id, 'evidence', '@staff', created_at from statement where id = '@chosen_statement'
         on conflict do nothing",
    )
    .await;
    let analyst = site.visitor("analyst").await;
    let mut exports = Vec::new();
    for what in ["barriers", "themes"] {
        let export = made(site, &analyst, &[("what", what), ("format", "csv")]).await;
        taken(&analyst, &export).await;
        exports.push(export);
    }
    let read = "reading where subject_id = '@chosen_statement' and how in ('exported', 'downloaded') and at = (select max(created_at) from export_taken)";
    assert_eq!(site.count(read).await, 0, "no word of it left with them");
    site.visitor("partner").await.post(&format!("{STATEMENT}/withdrawal"), &[]).await.assert_goes_to(STATEMENT);
    exports
}

#[tokio::test]
async fn a_table_that_only_counted_the_words_is_called_back_too() {
    let site = Site::open().await;
    let exports = counted_and_taken_back(&site).await;
    let analyst = site.visitor("analyst").await;
    for export in &exports {
        analyst.get(export).await.assert_sees("Void: the file was destroyed").assert_sees("Words that it counts were taken back");
    }
    let list = site.visitor("staff").await.get("/cedar-river/recalls").await;
    list.assert_sees("Export of barriers (CSV)")
        .assert_sees("Export of themes (CSV)")
        .assert_sees("which counted it and held no word of it");
    let home = analyst.get("/cedar-river").await;
    assert!(home.select("section[aria-labelledby=withdrawn]").join(" ").contains("Barriers, CSV"));
    home.assert_sees("say that your copies are deleted");
    let barriers = crate::reports::rows(&site, &analyst, "barriers").await;
    assert!(barriers.iter().all(|row| !row["statement_ids"].contains(&site.id("chosen_statement"))));
}

#[tokio::test]
async fn a_copy_is_gone_by_the_word_of_whoever_took_it_or_it_is_written_why_not() {
    let site = Site::open().await;
    let exports = counted_and_taken_back(&site).await;
    let (partner, staff, analyst) = (site.visitor("partner").await, site.visitor("staff").await, site.visitor("analyst").await);
    let mine = |state: &str| format!("recall where export_id = '{}' and state = '{state}'", exports[0].rsplit('/').next().unwrap());
    assert_eq!(site.count(&mine("open")).await, 1);
    let settled = partner.get(STATEMENT).await.select("section[aria-labelledby=recalls] p").remove(0);
    let number = |told: &str| told.split(' ').next().unwrap().parse::<usize>().unwrap();
    // Staff may not say it for somebody without saying how they know; a notice that was sent is not the end of it.
    let recall: String = site.peek(&format!("select id::text from {}", mine("open"))).await;
    let page = format!("/cedar-river/recalls/{recall}");
    staff
        .fill(&page, &page, &[("state", "deleted")])
        .await
        .assert_problem("because", "Enter how you know: Priya Natarajan has not said so");
    staff.fill(&page, &page, &[("state", "notice_sent")]).await.assert_goes_to("/cedar-river/recalls");
    staff.get("/cedar-river/recalls").await.assert_sees("Priya Natarajan has not said yet that it is deleted");
    let told = partner.get(STATEMENT).await.select("section[aria-labelledby=recalls] p").remove(0);
    assert_eq!(told, settled, "nothing more is settled");
    // Whoever took none says nothing; whoever did says it once, and it is shown to everybody whom it concerns.
    site.visitor("director").await.post(&format!("{}/copies", exports[0]), &[]).await.assert_not_found();
    analyst.get(&exports[0]).await.assert_sees("0 of 1 person said that their copies are deleted").assert_sees("I deleted every copy");
    analyst.fill(&exports[0], "/copies", &[]).await.assert_flash("Noted: every copy that you took is deleted");
    analyst
        .get(&exports[0])
        .await
        .assert_sees("1 of 1 person said")
        .assert_sees("every copy is deleted, they said on")
        .assert_never_sees("I deleted every copy");
    staff.get("/cedar-river/recalls").await.assert_sees("Priya Natarajan said so on");
    let told = partner.get(STATEMENT).await;
    let words = told.select("section[aria-labelledby=recalls] p").remove(0);
    assert_eq!(number(&words), number(&settled) + 1, "{words}");
    told.assert_sees("Priya Natarajan said that it is deleted");
    site.visitor("admin")
        .await
        .get("/cedar-river/audit?kind=export")
        .await
        .assert_sees("deleted the copies taken of")
        .assert_sees("Barriers, CSV; everything");
}

#[tokio::test]
async fn an_export_that_becomes_ready_waits_for_a_withdrawal_under_way() {
    let site = Site::open().await;
    site.force(
        "update statement set may_export = true, export_until = null where id = '@chosen_statement'; \
         update subject set for_analysts = true, analysts_until = null, audience = 'partnership' where id = '@chosen_statement'",
    )
    .await;
    let analyst = site.visitor("analyst").await;
    let asked = analyst.post("/cedar-river/reports/exports", &[("what", "statements"), ("format", "csv")]).await.location.clone();
    let state = format!("select state from export where id = '{}'", asked.rsplit('/').next().unwrap());
    // As a withdrawal does it, before its end.
    let mut other = site.own_connection().await;
    let under_way = site.path(
        "update statement set words = null, folded = null, state = 'withdrawn', withdrawn_at = now(), consent_version = consent_version + 1 \
         where id = '@chosen_statement'; update subject set withdrawn_at = now() where id = '@chosen_statement'",
    );
    let agency: String = site.peek("select id::text from agency where slug = 'cedar-river'").await;
    let begun = format!("begin; set local app.agency = '{agency}'; select words_wait(); {under_way}");
    sqlx::raw_sql(AssertSqlSafe(begun)).execute(&mut other).await.unwrap();
    let end = async {
        tokio::time::sleep(std::time::Duration::from_millis(700)).await;
        sqlx::raw_sql("commit").execute(&mut other).await.unwrap();
    };
    let (ran, ()) = tokio::join!(worker::run_due(&site.app), end);
    ran.unwrap();
    assert_eq!(site.peek::<String>(&state).await, "waiting", "it saw the withdrawal, and begins anew");
    site.clock.advance(Duration::seconds(31));
    worker::run_due(&site.app).await.unwrap();
    assert_eq!(site.peek::<String>(&state).await, "ready");
    let text = taken(&analyst, &asked).await;
    assert!(text.contains("four streets away") && !text.contains("than any search"), "{text}");
}

#[tokio::test]
async fn two_people_in_one_file_are_two_tasks_told_apart() {
    let site = Site::open().await;
    site.force(
        "update statement set may_export = true, export_until = null where id = '@chosen_statement'; \
         update subject set for_analysts = true, analysts_until = null, audience = 'partnership' where id = '@chosen_statement'",
    )
    .await;
    let (analyst, staff) = (site.visitor("analyst").await, site.visitor("staff").await);
    let export = made(&site, &analyst, &[("what", "statements"), ("format", "csv")]).await;
    assert!(taken(&analyst, &export).await.contains("four streets away"));
    site.visitor("partner").await.post(&format!("{STATEMENT}/withdrawal"), &[]).await.assert_goes_to(STATEMENT);
    let card: String = site
        .peek("select '/cedar-river/sessions/' || session_id || '/speakers/' || speaker_id from statement where id = '@kin_source'")
        .await;
    let taken_back = site.visitor("facilitator").await.post(&format!("{card}/withdrawal"), &[("how", "telephone")]).await;
    taken_back.assert_flash("The words are gone from here");
    let of = |statement: &str| format!("recall where export_id = '{}' and subject_id = '@{statement}'", export.rsplit('/').next().unwrap());
    for statement in ["chosen_statement", "kin_source"] {
        assert_eq!(site.count(&of(statement)).await, 1, "{statement}");
    }
    let list = staff.get("/cedar-river/recalls").await;
    let all = site.count(&format!("recall where export_id = '{}'", export.rsplit('/').next().unwrap())).await;
    assert!(all >= 2, "{all}");
    for number in 1..=all {
        list.assert_sees(&format!("{number} of {all} about this copy"));
    }
    let second: String = site.peek(&format!("select id::text from {}", of("kin_source"))).await;
    let page = staff.get(&format!("/cedar-river/recalls/{second}")).await;
    page.assert_sees("about this copy").assert_sees(&site.id("kin_source")).assert_never_sees("four streets away");
}

#[tokio::test]
async fn whoever_took_words_back_sees_what_cannot_be_called_back_and_when_all_is_settled() {
    let site = Site::open().await;
    let (partner, staff) = (site.visitor("partner").await, site.visitor("staff").await);
    let became = format!("{STATEMENT}/withdrawal");
    partner.post(&became, &[]).await.assert_goes_to(STATEMENT);
    partner.get(STATEMENT).await.assert_sees("What became of these words, and what cannot be called back");
    partner
        .get(&became)
        .await
        .assert_page("What became of these words")
        .assert_sees("not settled yet")
        .assert_sees("What is being called back");
    let open = "recall where subject_id = '@chosen_statement' and state in ('open', 'notice_sent')";
    let reason = "It was printed for a meeting and left with the people there";
    let heard = "notice where kind = 'words_settled' and membership_id = '@partner' and path like '%/@chosen_statement/withdrawal'";
    let all_before = site.count("notice where kind = 'words_settled'").await;
    while site.count(open).await > 0 {
        assert_eq!(site.count(heard).await, 0, "something is open still");
        let task: String = site.peek(&format!("select id::text from {open} order by id limit 1")).await;
        let page = format!("/cedar-river/recalls/{task}");
        staff.fill(&page, &page, &[("state", "cannot"), ("because", reason)]).await.assert_goes_to("/cedar-river/recalls");
    }
    let page = partner.get(&became).await;
    assert_eq!(site.count(heard).await, 1, "once, when the last one is settled");
    assert_eq!(site.count("notice where kind = 'words_settled'").await, all_before + 1, "and nobody else");
    page.assert_sees("What cannot be called back")
        .assert_sees("The last of them was settled on")
        .assert_sees(reason)
        .assert_sees("it is written why")
        .assert_never_sees("not settled yet");
    for who in ["director", "staff", "parent", "tribe"] {
        site.visitor(who).await.get(&became).await.assert_not_found();
    }
}
