//! Asking for a file, taking it, and what is written down about it.

use super::{EXPORTS, made, rows, state, statements_of_every_kind, taken};
use crate::support::Site;
use chrono::Duration;
use common_table::worker;
use std::collections::BTreeSet;

#[tokio::test]
async fn what_will_be_in_a_file_is_said_before_it_is_asked_for() {
    let site = Site::open().await;
    let analyst = site.visitor("analyst").await;
    let before = analyst.get(&format!("{EXPORTS}/new?what=statements")).await;
    before.assert_page("Export: Statements").assert_sees("Only statements whose speaker said yes to being exported");
    before.assert_sees("Counts every change of consent").assert_sees("You alone can take the file");
    analyst.get(&format!("{EXPORTS}/new")).await.assert_page("Make an export").assert_sees("What do you want to export?");
}

#[tokio::test]
async fn nonsense_in_the_form_is_shown_again() {
    let site = Site::open().await;
    let analyst = site.visitor("analyst").await;
    let fields = [("what", "statements"), ("format", "pdf"), ("since", "2027-02-30"), ("state", "planet"), ("theme", "x")];
    let again = analyst.post(EXPORTS, &fields).await;
    again
        .assert_problem("format", "Choose the kind of file")
        .assert_problem("since", "Enter a day that exists")
        .assert_problem("state", "Choose");
    let backwards = [("what", "outreach"), ("format", "csv"), ("since", "2027-02-02"), ("until", "2027-02-01")];
    analyst.post(EXPORTS, &backwards).await.assert_problem("until", "Enter a last day");
    analyst.post(EXPORTS, &[("what", "members"), ("format", "csv")]).await.assert_problem("what", "Choose what to export");
    assert_eq!(site.count("job where done_at is null").await, 0);
}

#[tokio::test]
async fn each_download_is_written_down_with_who_and_when() {
    let site = Site::open().await;
    statements_of_every_kind(&site).await;
    let analyst = site.visitor("analyst").await;
    let export = made(&site, &analyst, &[("what", "statements"), ("format", "csv")]).await;
    let id = export.rsplit('/').next().unwrap();
    analyst.get(&export).await.assert_sees("Nobody has taken it");
    let in_it: i64 = site.count(&format!("export_row where export_id = '{id}'")).await;
    for times in 1..=2 {
        let before = site.count("reading where how = 'downloaded'").await;
        taken(&analyst, &export).await;
        assert_eq!(site.count(&format!("export_taken where export_id = '{id}'")).await, times);
        assert_eq!(site.count("reading where how = 'downloaded'").await - before, in_it);
    }
    let noted = format!(
        "reading r join export_row e on e.subject_id = r.subject_id and e.export_id = '{id}' where r.how = 'exported' and r.membership_id = '@analyst'"
    );
    assert!(site.count(&noted).await >= in_it);
    analyst.get(&export).await.assert_sees("Priya Natarajan").assert_never_sees("Nobody has taken it");
    site.visitor("director").await.get(EXPORTS).await.assert_sees("Statements CSV");
}

#[tokio::test]
async fn a_file_opens_only_just_after_its_download_was_written_down() {
    let site = Site::open().await;
    let analyst = site.visitor("analyst").await;
    let export = made(&site, &analyst, &[("what", "partners"), ("format", "csv")]).await;
    analyst.get(&format!("{export}/file")).await.assert_goes_to(&export).assert_flash("Press Download to take the file");
    analyst.post(&format!("{export}/downloads"), &[]).await.assert_goes_to(&format!("{export}?taking=yes"));
    site.clock.advance(Duration::minutes(11));
    analyst.get(&format!("{export}/file")).await.assert_goes_to(&export);
}

#[tokio::test]
async fn a_download_that_was_written_down_gives_the_file_once() {
    let site = Site::open().await;
    let analyst = site.visitor("analyst").await;
    let export = made(&site, &analyst, &[("what", "partners"), ("format", "csv")]).await;
    for times in 1..=2 {
        assert!(taken(&analyst, &export).await.contains("Cedar River Juvenile Court"));
        let again = analyst.get(&format!("{export}/file")).await;
        again.assert_goes_to(&export).assert_flash("You took it already, as Downloads shows. Press Download once more for another copy");
        assert_eq!(site.count(&format!("export_taken where export_id = '{}'", export.rsplit('/').next().unwrap())).await, times);
    }
}

#[tokio::test]
async fn whoever_has_another_role_now_cannot_take_what_the_former_one_could_read() {
    let site = Site::open().await;
    let director = site.visitor("director").await;
    let waits = made(&site, &director, &[("what", "statements"), ("format", "csv")]).await;
    let door = made(&site, &director, &[("what", "statements"), ("format", "csv")]).await;
    let swept = made(&site, &director, &[("what", "statements"), ("format", "csv")]).await;
    director.post(&format!("{door}/downloads"), &[]).await.assert_goes_to(&format!("{door}?taking=yes"));
    site.force("update membership set role = 'analyst' where id = '@director'").await;
    director.get(&format!("{door}/file")).await.assert_goes_to(&door);
    director.get(&waits).await.assert_sees("It was made when you had another role").assert_never_sees("Download the CSV file");
    director.post(&format!("{waits}/downloads"), &[]).await.assert_flash("The file was destroyed: it was made under another role");
    assert_eq!(state(&site, &waits).await, "void");
    worker::sweep(&site.app).await.unwrap();
    assert_eq!(state(&site, &swept).await, "void");
    assert_eq!(site.count(&format!("export where id = '{}' and file_id is not null", swept.rsplit('/').next().unwrap())).await, 0);
}

#[tokio::test]
async fn the_log_says_who_took_what_under_which_consent_and_numbers_only_to_whom_they_concern() {
    let site = Site::open().await;
    let (director, analyst) = (site.visitor("director").await, site.visitor("analyst").await);
    let export = made(&site, &director, &[("what", "statements"), ("format", "csv"), ("state", "confirmed")]).await;
    taken(&director, &export).await;
    let id = export.rsplit('/').next().unwrap();
    let many: i64 = site.peek(&format!("select row_count from export where id = '{id}'")).await;
    let of_it = |page: &crate::support::Answer| page.select("table tbody tr")[0].clone();
    let hers = of_it(&director.get(EXPORTS).await);
    assert!(hers.contains(&format!("{many} statements, each with consent to be exported")), "{hers}");
    assert!(hers.contains("confirmed as written"), "{hers}");
    let others = analyst.get(EXPORTS).await;
    let others = of_it(&others);
    assert!(others.contains("withheld") && others.contains("Only statements whose speaker said yes to being exported"), "{others}");
    assert!(!others.contains(&format!("{many} statements")), "{others}");
    for seen in [&hers, &others] {
        assert_eq!(seen.matches("Rosalind Achterberg").count(), 2, "asked for by her, taken by her: {seen}");
    }
    analyst
        .get(&export)
        .await
        .assert_never_sees(&format!("{many} statements"))
        .assert_never_sees(&format!("{many} rows"))
        .assert_sees("Only statements whose speaker said yes");
    director.get(EXPORTS).await.assert_never_sees("withheld");
}

#[tokio::test]
async fn a_file_is_taken_by_nobody_but_whoever_asked_for_it() {
    let site = Site::open().await;
    let (director, analyst) = (site.visitor("director").await, site.visitor("analyst").await);
    let export = made(&site, &director, &[("what", "partners"), ("format", "csv")]).await;
    taken(&director, &export).await;
    analyst.get(&export).await.assert_page("Export: Partners").assert_sees("Only Rosalind Achterberg can take this file");
    analyst.post(&format!("{export}/downloads"), &[]).await.assert_not_found();
    analyst.get(&format!("{export}/file")).await.assert_goes_to(&export);
}

#[tokio::test]
async fn another_countys_export_answers_like_one_that_never_was() {
    let site = Site::open().await;
    let export = made(&site, &site.visitor("analyst").await, &[("what", "partners"), ("format", "csv")]).await;
    let harbor = site.visitor("harbor").await;
    let theirs = export.replace("cedar-river", "harbor");
    for page in ["", "/file", "/dictionary"] {
        harbor.get(&format!("{theirs}{page}")).await.assert_not_found();
        harbor.get(&format!("{export}{page}")).await.assert_not_found();
    }
    harbor.post(&format!("{theirs}/downloads"), &[]).await.assert_not_found();
    harbor.get("/harbor/reports/exports").await.assert_sees("No exports here");
}

#[tokio::test]
async fn partners_and_administrators_have_no_reports() {
    let site = Site::open().await;
    for who in ["partner", "tribe", "parent", "admin"] {
        let visitor = site.visitor(who).await;
        visitor.get("/cedar-river/reports").await.assert_not_allowed();
        visitor.post(EXPORTS, &[("what", "partners"), ("format", "csv")]).await.assert_not_allowed();
    }
}

#[tokio::test]
async fn a_sixth_export_waits_until_one_is_ready() {
    let site = Site::open().await;
    let analyst = site.visitor("analyst").await;
    let fields = [("what", "partners"), ("format", "csv")];
    for _ in 0..5 {
        analyst.post(EXPORTS, &fields).await.made();
    }
    analyst.post(EXPORTS, &fields).await.assert_problem("", "Wait until one of your 5 exports is ready");
    worker::run_due(&site.app).await.unwrap();
    analyst.post(EXPORTS, &fields).await.made();
}

#[tokio::test]
async fn a_file_lives_for_seven_days_and_its_story_stays() {
    let site = Site::open().await;
    let analyst = site.visitor("analyst").await;
    let export = made(&site, &analyst, &[("what", "partners"), ("format", "xlsx")]).await;
    taken(&analyst, &export).await;
    let id = export.rsplit('/').next().unwrap();
    let file: String = site.peek(&format!("select file_id::text from export where id = '{id}'")).await;
    assert!(site.count(&format!("file_chunk where file_id = '{file}'")).await > 0);
    site.clock.advance(Duration::days(6));
    worker::sweep(&site.app).await.unwrap();
    assert_eq!(state(&site, &export).await, "ready");
    site.clock.advance(Duration::days(1) + Duration::minutes(1));
    worker::sweep(&site.app).await.unwrap();
    assert_eq!(state(&site, &export).await, "expired");
    let analyst = site.visitor("analyst").await;
    analyst.get(&export).await.assert_sees("The file was deleted").assert_sees("Priya Natarajan");
    for table in ["file where id", "file_chunk where file_id"] {
        assert_eq!(site.count(&format!("{table} = '{file}'")).await, 0, "{table}");
    }
}

#[tokio::test]
async fn every_row_is_there_once_beyond_a_thousand() {
    let site = Site::open().await;
    site.force(
        "create temporary table made as select gen_random_uuid() as id, n from generate_series(1, 2345) n;
         insert into partner (agency_id, id, name, sort_name, kind, created_at, updated_at)
         select m.agency_id, t.id, 'Numbered ' || t.n, 'numbered', 'other', m.created_at, m.created_at from made t, membership m where m.id = '@staff';
         insert into subject (agency_id, id, kind, title, path, audience, body_id, created_at)
         select m.agency_id, t.id, 'partner', 'Numbered ' || t.n, '/cedar-river/partners/' || t.id, 'partnership', t.id, m.created_at
         from made t, membership m where m.id = '@staff'",
    )
    .await;
    let rows = rows(&site, &site.visitor("analyst").await, "partners").await;
    let numbered: Vec<&str> = rows.iter().map(|row| row["name"].as_str()).filter(|name| name.starts_with("Numbered ")).collect();
    assert_eq!(numbered.len(), 2345);
    assert_eq!(numbered.iter().collect::<BTreeSet<_>>().len(), 2345);
}

#[tokio::test]
async fn days_and_states_narrow_a_file() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let all = rows(&site, &staff, "partners").await;
    let export = made(&site, &staff, &[("what", "partners"), ("format", "csv"), ("state", "met")]).await;
    staff.get(&export).await.assert_sees("met");
    let met = super::table(&taken(&staff, &export).await);
    assert!(!met.is_empty() && met.iter().all(|row| row["stage"] == "met"));
    assert_eq!(met.len(), all.iter().filter(|row| row["stage"] == "met").count());
    let day = &all[0]["added_on"];
    let export = made(&site, &staff, &[("what", "partners"), ("format", "csv"), ("since", day), ("until", day)]).await;
    let that_day = super::table(&taken(&staff, &export).await);
    assert_eq!(that_day.len(), all.iter().filter(|row| row["added_on"] == *day).count());
}

#[tokio::test]
async fn every_table_says_what_its_columns_mean() {
    let site = Site::open().await;
    let analyst = site.visitor("analyst").await;
    let export = made(&site, &analyst, &[("what", "goals"), ("format", "csv")]).await;
    let dictionary = analyst.get(&format!("{export}/dictionary")).await;
    assert_eq!(dictionary.header("content-type"), "text/csv; charset=utf-8");
    assert!(dictionary.text.contains("baseline_on") && dictionary.text.contains("No contributed words are in it"));
}

#[tokio::test]
async fn the_year_counts_what_the_reader_may_see() {
    let site = Site::open().await;
    let analyst = site.visitor("analyst").await;
    let before = analyst.get("/cedar-river/reports").await;
    let count = |page: &crate::support::Answer| page.select("#heard ~ dl dd, dl.numbers dd")[2].parse::<i64>().unwrap();
    let first = count(&before);
    statements_of_every_kind(&site).await;
    site.force(
        "update statement set confirmed_at = '2027-02-10 12:00+00' where state in ('confirmed', 'corrected') and confirmed_at is null",
    )
    .await;
    // Agency, partnership, public × confirmed, corrected × named or not, with consent to export: an analyst's use.
    assert_eq!(count(&analyst.get("/cedar-river/reports").await) - first, 12);
    // A director reads also what leadership may, and needs no consent to export for reading.
    let director = site.visitor("director").await.get("/cedar-river/reports").await;
    assert!(count(&director) - first >= 32);
}

#[tokio::test]
async fn a_question_is_late_by_either_clock() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let late = async || staff.get("/cedar-river/reports").await.select("dl.numbers dd")[7].parse::<i64>().unwrap();
    let before = late().await;
    site.force("update loop set acknowledge_by = '2027-01-01' where id = '@loop_raised'").await;
    assert_eq!(late().await, before + 1);
    let row = rows(&site, &staff, "loops").await.into_iter().find(|row| row["id"] == site.id("loop_raised")).unwrap();
    assert_eq!(row["late"], "yes");
}
