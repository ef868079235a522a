//! Promises on their way: who carries them out, what is said of their day, what shows that they are done.

use crate::support::{Site, refused};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use common_table::worker;

const OPEN: &str = "/cedar-river/commitments/@commitment_open";
const ASKED: &str = "/cedar-river/commitments/@commitment_asked";

#[tokio::test]
async fn whoever_is_asked_carries_a_promise_out_once_they_say_yes() {
    let site = Site::open().await;
    let (staff, elena) = (site.visitor("staff").await, site.visitor("facilitator").await);
    let asked = [("delegate", "@facilitator"), ("why", "She knows the printer.")];
    staff.fill(&format!("{OPEN}/delegate"), "/delegate", &asked).await.assert_goes_to(OPEN);
    staff.get(OPEN).await.assert_sees("is asked to carry it out and has not answered").assert_never_sees("Carried out by");
    elena.get("/cedar-river").await.assert_sees("will you carry it out?");
    let page = format!("{OPEN}/delegation");
    for who in ["staff", "director", "partner"] {
        site.visitor(who).await.post(&page, &[("word", "yes"), ("version", "2")]).await.assert_not_allowed();
    }
    elena.fill(&page, "/delegation", &[("word", "no")]).await.assert_problem("note", "Enter why not");
    elena.fill(&page, "/delegation", &[("word", "yes")]).await.assert_flash("Your answer is kept with the promise");
    elena.get(&page).await.assert_flash("Nobody waits for your answer to this");
    site.visitor("partner").await.get(OPEN).await.assert_sees("Carried out by").assert_sees("taken on by who was asked");
    staff.get("/cedar-river/notices").await.assert_sees("carries out a promise of yours");
    elena.post(&page, &[("word", "no"), ("note", "No"), ("version", "3")]).await.assert_not_allowed();
}

#[tokio::test]
async fn whoever_cannot_says_why_and_the_promise_stays_where_it_was() {
    let site = Site::open().await;
    let elena = site.visitor("facilitator").await;
    let no = [("word", "no"), ("note", "The last lines are not mine to promise.")];
    elena.fill(&format!("{ASKED}/delegation"), "/delegation", &no).await.assert_goes_to(ASKED);
    site.visitor("staff").await.get(ASKED).await.assert_sees("The last lines are not mine to promise.").assert_never_sees("Carried out by");
    let carried: i64 = site.count("commitment where id = '@commitment_asked' and coalesce(delegate_id, delegate_asked) is not null").await;
    assert_eq!(carried, 0);
}

#[tokio::test]
async fn the_database_makes_nobody_a_delegate_who_did_not_say_yes() {
    let site = Site::open().await;
    let open = |set: &str| format!("update commitment set {set} where id = '@commitment_open'");
    for (who, hat) in [("staff", "staff"), ("director", "director"), ("facilitator", "staff"), ("partner", "partner")] {
        refused(who, site.attempt(who, hat, &open("delegate_id = '@facilitator'")).await);
    }
    for (who, hat) in [("partner", "partner"), ("admin", "administrator")] {
        refused(who, site.attempt(who, hat, &open("delegate_asked = '@facilitator'")).await);
    }
    let yes = "update commitment set delegate_id = '@facilitator', delegate_asked = null where id = '@commitment_asked'";
    refused("for her", site.attempt("director", "director", yes).await);
    assert_eq!(site.attempt("facilitator", "staff", yes).await.unwrap(), 1);
}

#[tokio::test]
async fn a_promise_goes_to_nobody_who_may_not_read_it() {
    let site = Site::open().await;
    site.force("update subject set audience = 'leadership' where id = '@commitment_open'").await;
    let staff = site.visitor("staff").await;
    let ask =
        async |who: &'static str| staff.fill(&format!("{OPEN}/delegate"), "/delegate", &[("delegate", who), ("why", "I am away.")]).await;
    ask("@facilitator").await.assert_problem("delegate", "Choose somebody who can read this promise");
    ask("@staff").await.assert_problem("delegate", "Choose somebody other than who promised it");
    ask("@director").await.assert_goes_to(OPEN);
    // A body's protocol keeps more people out than the audience does.
    site.force("update subject set audience = 'agency', protocols = 1, author_id = '@staff' where id = '@commitment_open'").await;
    ask("@facilitator").await.assert_problem("delegate", "Choose somebody who can read this promise");
}

fn noon(day: NaiveDate) -> DateTime<Utc> {
    day.and_hms_opt(18, 0, 0).unwrap().and_utc()
}

/// Goes round twice on that day; answers how many notices of the promise each has by then.
async fn told(site: &Site, day: NaiveDate) -> Vec<i64> {
    site.clock.put(noon(day));
    for _ in 0..2 {
        worker::sweep(&site.app).await.unwrap();
    }
    let mut all = Vec::new();
    for who in ["staff", "partner", "director", "admin", "parent"] {
        let rows =
            format!("notice where kind = 'promise' and path = '/cedar-river/commitments/@commitment_open' and membership_id = '@{who}'");
        all.push(site.count(&rows).await);
    }
    all
}

#[tokio::test]
async fn each_is_told_once_before_the_day_on_it_and_after_it() {
    let site = Site::open().await;
    let due: NaiveDate = site.peek("select due_on from commitment where id = '@commitment_open'").await;
    assert_eq!(told(&site, due - Duration::days(5)).await, [0, 0, 0, 0, 0]);
    assert_eq!(told(&site, due - Duration::days(2)).await, [1, 0, 0, 0, 0]);
    assert_eq!(told(&site, due).await, [2, 0, 0, 0, 0]);
    assert_eq!(told(&site, due + Duration::days(1)).await, [3, 1, 0, 0, 0]);
    assert_eq!(told(&site, due + Duration::days(8)).await, [3, 1, 1, 0, 0]);
    let partner = site.visitor("partner").await.get("/cedar-river/notices").await;
    partner.assert_sees("A promise made to your organization or Tribe was due on");
    site.visitor("staff").await.get("/cedar-river/notices").await.assert_sees("A promise of yours is due today").assert_sees("handbook");
    assert_eq!(site.count("notice where kind = 'promise' and said like '%handbook%'").await, 0, "a letter never says what");
}

#[tokio::test]
async fn of_a_promise_under_a_protocol_nobody_is_told() {
    let site = Site::open().await;
    let due: NaiveDate = site.peek("select due_on from commitment where id = '@commitment_open'").await;
    site.force("update subject set protocols = 1 where id = '@commitment_open'").await;
    assert_eq!(told(&site, due + Duration::days(1)).await, [0, 0, 0, 0, 0]);
}

#[tokio::test]
async fn what_was_reported_is_told_no_more_and_a_moved_day_anew() {
    let site = Site::open().await;
    let due: NaiveDate = site.peek("select due_on from commitment where id = '@commitment_open'").await;
    assert_eq!(told(&site, due).await[0], 1);
    let staff = site.visitor("staff").await;
    let later = (due + Duration::days(30)).to_string();
    staff
        .fill(&format!("{OPEN}/edit"), "@commitment_open", &[("due_on", &later), ("why", "The printer broke.")])
        .await
        .assert_goes_to(OPEN);
    assert_eq!(told(&site, due + Duration::days(30)).await[0], 2);
    let staff = site.visitor("staff").await;
    staff.fill(&format!("{OPEN}/report"), "/report", &[("evidence", "It lies in the lobby.")]).await.assert_goes_to(OPEN);
    let after = told(&site, due + Duration::days(31)).await;
    assert_eq!((after[0], after[1]), (2, 0));
}

#[tokio::test]
async fn what_shows_that_it_is_done_can_be_opened() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let shown = |link| [("evidence", "The first chapter, with the Circle’s marks."), ("link", link)];
    let again = staff.fill(&format!("{OPEN}/report"), "/report", &shown("javascript:alert(1)")).await;
    again.assert_problem("link", "Enter a web address that begins with https://");
    assert_eq!(again.field("evidence"), "The first chapter, with the Circle’s marks.");
    staff.fill(&format!("{OPEN}/report"), "/report", &shown("https://cedar.example/handbook")).await.assert_goes_to(OPEN);
    let word = site.visitor("partner").await.get(&format!("{OPEN}/word")).await;
    assert_eq!(word.attributes("a[href^='https://cedar.example']", "href"), ["https://cedar.example/handbook"]);
}

#[tokio::test]
async fn a_promise_made_in_a_meeting_leads_back_to_it() {
    let site = Site::open().await;
    let promise: String = site.peek("select id::text from commitment where what like 'A name and a number at the county%'").await;
    let tribe = site.visitor("tribe").await;
    tribe
        .get(&format!("/cedar-river/commitments/{promise}"))
        .await
        .assert_sees("Where it belongs")
        .assert_sees("Shared table, first evening");
    tribe.get("/cedar-river/meetings/@meeting_board").await.assert_sees("A name and a number at the county");
}

#[tokio::test]
async fn a_director_sees_her_own_promises_before_the_agencys() {
    let site = Site::open().await;
    let director = site.visitor("director").await;
    let rows = director.get("/cedar-river/commitments").await.select("table tbody th");
    assert_eq!(rows.first().map(String::as_str), Some("Your own"), "{rows:?}");
    director.get("/cedar-river").await.assert_sees("Yours:").assert_sees("The whole agency’s:");
    site.visitor("partner").await.get("/cedar-river/commitments").await.assert_never_sees("Your own");
}

#[tokio::test]
async fn a_file_that_shows_it_is_opened_by_whoever_reads_the_promise_and_nobody_else() {
    let site = Site::open().await;
    let (staff, partner) = (site.visitor("staff").await, site.visitor("partner").await);
    let page = format!("{OPEN}/evidence");
    let send = async |name: &str, bytes: &[u8]| staff.upload(&page, &[], ("file", name, bytes)).await;
    send("page.html", b"<p>x</p>").await.assert_problem("file", "Choose a PDF");
    send("page.pdf", b"<p>x</p>").await.assert_problem("file", "Choose a PDF");
    send("empty.pdf", b"").await.assert_problem("file", "Choose a file that holds something");
    send("chapter.pdf", b"%PDF-1.4 first chapter").await.assert_flash("File attached");
    partner.upload(&page, &[], ("file", "mine.pdf", b"%PDF")).await.assert_not_allowed();
    let id: String = site.peek("select id::text from evidence where commitment_id = '@commitment_open'").await;
    let file = format!("/cedar-river/commitments/evidence/{id}");
    partner.get(OPEN).await.assert_sees("chapter.pdf");
    let taken = partner.glance("GET", &file).await;
    taken.assert_status(http::StatusCode::OK);
    assert!(taken.header("content-disposition").starts_with("attachment"), "it is never shown as a page");
    site.visitor("harbor").await.get(&format!("/harbor/commitments/evidence/{id}")).await.assert_not_found();
    site.force("update subject set audience = 'leadership' where id = '@commitment_open'").await;
    for who in ["facilitator", "analyst", "tribe", "parent", "admin"] {
        site.visitor(who).await.get(&file).await.assert_not_found();
        assert_eq!(site.attempt(who, "partner", "select 1 from file where name = 'chapter.pdf'").await.unwrap(), 0, "{who}");
    }
}

#[tokio::test]
async fn a_file_is_taken_off_by_whoever_attached_it_until_the_other_side_gave_its_word() {
    let site = Site::open().await;
    let (staff, director) = (site.visitor("staff").await, site.visitor("director").await);
    staff.upload(&format!("{OPEN}/evidence"), &[], ("file", "chapter.pdf", b"%PDF-1.4 first chapter")).await.assert_flash("File attached");
    let id: String = site.peek("select id::text from evidence where commitment_id = '@commitment_open'").await;
    let gone = format!("/cedar-river/commitments/evidence/{id}/delete");
    director.get(&gone).await.assert_not_allowed();
    director.post(&gone, &[]).await.assert_not_allowed();
    refused("past the page", site.attempt("director", "director", &format!("delete from evidence where id = '{id}'")).await);
    site.force("update commitment set state = 'confirmed' where id = '@commitment_open'").await;
    staff.get(&gone).await.assert_not_allowed();
    site.force("update commitment set state = 'open' where id = '@commitment_open'").await;
    staff.fill(&gone, "/delete", &[]).await.assert_goes_to(OPEN);
    assert_eq!(site.count("file where name = 'chapter.pdf'").await, 0);
    staff.get(OPEN).await.assert_sees("a file taken off").assert_sees("a file attached");
}
