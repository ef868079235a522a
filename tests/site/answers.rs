//! Answers that wait for the director, and what becomes of copies of a question.

use crate::{reports, support::Site};

const RAISED: &str = "/cedar-river/loops/@loop_raised";

#[tokio::test]
async fn an_answer_that_waits_is_its_writers_to_change_and_nobody_elses() {
    let site = Site::open().await;
    let (staff, other) = (site.visitor("staff").await, site.visitor("facilitator").await);
    let answer = format!("{RAISED}/answer");
    staff.get(&answer).await.assert_sees("go to the director before they are sent");
    site.visitor("director").await.get(&answer).await.assert_never_sees("before they are sent");
    let fields = [("answer", "not_possible"), ("answer_words", "The library is closed"), ("reason", "It burned down")];
    staff.fill(&answer, "/answer", &fields).await.assert_flash("Answer kept for the director to send");
    staff.get(RAISED).await.assert_sees("Until then you can change it");
    other.get(RAISED).await.assert_never_sees("Until then you can change it");
    other.get(&answer).await.assert_not_found();
    let (to, mut sent) = staff.get(&answer).await.form("/answer");
    sent.retain(|(name, _)| name != "answer_words");
    sent.push(("answer_words".to_owned(), "The library opens in May".to_owned()));
    staff.send_form(&(to.clone(), sent.clone())).await.assert_flash("Answer kept for the director to send");
    assert_eq!(site.peek::<String>("select answer_words from loop where id = '@loop_raised'").await, "The library opens in May");
    let fields: Vec<(&str, &str)> =
        sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).filter(|(name, _)| !["key", "hat"].contains(name)).collect();
    other.post(&answer, &fields).await.assert_not_found();
}

#[tokio::test]
async fn whoever_lets_fewer_read_a_question_sees_what_becomes_of_copies() {
    let site = Site::open().await;
    let (partner, analyst) = (site.visitor("partner").await, site.visitor("analyst").await);
    let question = site.path("/cedar-river/loops/@loop_answered");
    let export = reports::made(&site, &analyst, &[("what", "loops"), ("format", "csv")]).await;
    reports::taken(&analyst, &export).await;
    for page in ["readers", "withdrawal"] {
        partner.get(&format!("{question}/{page}")).await.assert_sees("took a file away");
    }
    partner.get(&question).await.assert_never_sees("Where the words had gone before");
    partner
        .fill(&format!("{question}/readers"), "/readers", &[("audience", "leadership")])
        .await
        .assert_flash("Who may read it was changed");
    let page = partner.get(&question).await;
    page.assert_sees("Where the words had gone before").assert_sees("Export of questions (CSV)").assert_sees("before less was allowed");
    site.visitor("director").await.get(&question).await.assert_never_sees("Where the words had gone before");
    partner.post(&format!("{question}/withdrawal"), &[]).await.assert_flash("Taken back; its words are gone");
    let page = partner.get(&question).await;
    page.assert_sees("Export of questions (CSV)").assert_never_sees("before less was allowed");
    page.assert_never_sees("Ask about this").assert_never_sees("Add a comment");
}

#[tokio::test]
async fn whoever_goes_back_to_a_sent_answer_comes_to_the_question_and_the_raiser_is_told() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let fields = [("answer", "done"), ("answer_words", "It hangs there now"), ("version", "1")];
    site.force("delete from notice where kind = 'answer'").await;
    staff.post(&format!("{RAISED}/answer"), &fields).await.assert_flash("Answer sent");
    staff.get(&format!("{RAISED}/answer")).await.assert_goes_to(RAISED).assert_flash("You have answered this");
    site.visitor("facilitator").await.get(&format!("{RAISED}/answer")).await.assert_not_found();
    let told = "notice n join loop l on l.agency_id = n.agency_id and l.id = '@loop_raised' and coalesce(l.heir_id, l.raised_by) = n.membership_id \
                where n.kind = 'answer' and n.said like 'Your % was answered.%'";
    assert_eq!(site.count(told).await, 1);
    assert_eq!(site.count("notice where kind = 'answer' and said like '%hangs there%'").await, 0);
}
