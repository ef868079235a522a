//! The question about trust: answered once and without a name, shown only as a sum that enough people make up, and a fall as a part of
//! the work.

use crate::support::Site;
use chrono::Duration;
use common_table::worker;
use http::StatusCode;

const TRUST: &str = "/cedar-river/trust";
const OPEN: &str = "/cedar-river/trust/rounds/@trust_open";
const LINK: &str = "/cedar-river/trust/link";

async fn answers(site: &Site, people: &[&str], step: &str) {
    for who in people {
        let done = site.visitor(who).await.post(&format!("{OPEN}/answer"), &[("step", step), ("words", &format!("Said by {who}"))]).await;
        done.assert_flash("Your answer is kept, without your name");
    }
}

/// The worker goes round after the round's last day.
async fn over(site: &Site) {
    site.force("update trust_wording set by_itself = false").await;
    site.clock.advance(Duration::days(15));
    worker::sweep(&site.app).await.unwrap();
}

#[tokio::test]
async fn everybody_who_was_asked_answers_once() {
    let site = Site::open().await;
    let parent = site.visitor("parent").await;
    parent.get("/cedar-river/wanted").await.assert_sees("how much do you trust");
    parent.post(&format!("{OPEN}/answer"), &[("step", "6")]).await.assert_problem("step", "Choose one of the five");
    answers(&site, &["parent"], "4").await;
    parent.post(&format!("{OPEN}/answer"), &[("step", "1")]).await.assert_not_found();
    parent.get("/cedar-river/wanted").await.assert_never_sees("This quarter");
    site.visitor("admin").await.get(&format!("{OPEN}/answer")).await.assert_not_allowed();
    site.visitor("harbor").await.get("/harbor/trust/rounds/@trust_open").await.assert_not_found();
}

#[tokio::test]
async fn nothing_of_an_answer_stands_beside_who_gave_it() {
    let site = Site::open().await;
    answers(&site, &["parent"], "2").await;
    let columns: Vec<String> = serde_json::from_str(
        &site
            .peek::<String>(
                "select json_agg(column_name order by column_name)::text from information_schema.columns \
                 where table_schema = 'public' and table_name = 'trust_answer'",
            )
            .await,
    )
    .unwrap();
    assert_eq!(columns, ["agency_id", "id", "round_id", "side", "step", "words"]);
    let in_order = site.peek::<bool>("select substr(id::text, 15, 1) = '7' from trust_answer where words = 'Said by parent'").await;
    assert!(!in_order, "an id that holds a moment would tell who it was");
    // The mark that makes a second press harmless does not depend on what was answered.
    let key = [("key", "the-same-key-twice-0001"), ("step", "5")];
    let staff = site.visitor("staff").await;
    staff.post(&format!("{OPEN}/answer"), &key).await.assert_flash("Your answer is kept, without your name");
    let other = [("key", "the-same-key-twice-0001"), ("step", "1")];
    staff.post(&format!("{OPEN}/answer"), &other).await.assert_goes_to(OPEN);
    assert_eq!(site.count("trust_answer where round_id = '@trust_open'").await, 2);
    for who in ["director", "admin", "tribe"] {
        site.visitor(who).await.get("/cedar-river/audit").await.assert_never_sees("question about trust, Dana");
    }
    assert_eq!(site.count("audit where action = 'answered' and kind = 'question about trust' and audience <> 'author'").await, 0);
}

#[tokio::test]
async fn no_hat_of_the_site_reads_an_answer_or_who_else_answered_or_writes_a_sum() {
    let site = Site::open().await;
    answers(&site, &["parent", "tribe"], "2").await;
    for (who, hat) in
        [("director", "director"), ("staff", "staff"), ("admin", "administrator"), ("parent", "partner"), ("tribe", "partner")]
    {
        assert_eq!(site.attempt(who, hat, "select 1 from trust_answer").await.unwrap(), 0, "{who} reads answers");
        let others = format!("select 1 from trust_asked where membership_id <> '@{who}'");
        assert_eq!(site.attempt(who, hat, &others).await.unwrap(), 0, "{who} sees who answered");
        for write in [
            "insert into trust_answer (agency_id, id, round_id, side, step) select agency_id, gen_random_uuid(), id, 'agency', 5 from trust_round",
            "insert into trust_sum (agency_id, round_id, side, answers, hundredths) select agency_id, id, 'all', 9, 500 from trust_round where state = 'open'",
            "update trust_asked set answered = false",
        ] {
            assert!(site.attempt(who, hat, write).await.is_err(), "{who}: {write}");
        }
        assert_eq!(site.attempt(who, hat, "update trust_round set state = 'shown'").await.unwrap_or(0), 0, "{who} ends a round");
    }
}

#[tokio::test]
async fn nothing_is_shown_before_the_round_is_over_and_never_for_too_few() {
    let site = Site::open().await;
    answers(&site, &["director", "staff", "partner", "tribe"], "1").await;
    let director = site.visitor("director").await;
    director.get(OPEN).await.assert_sees("Nothing is shown before").assert_never_sees("Said by");
    over(&site).await;
    let director = site.visitor("director").await;
    director.get(OPEN).await.assert_sees("Withheld: fewer than 5 people answered").assert_never_sees("Said by");
    assert_eq!(site.count("trust_answer where round_id = '@trust_open'").await, 0, "what too few said is destroyed");
    assert_eq!(
        site.count("trust_sum where round_id = '@trust_open'").await + site.count("trust_said where round_id = '@trust_open'").await,
        0
    );
    site.visitor("parent").await.post(&format!("{OPEN}/answer"), &[("step", "5")]).await.assert_not_found();
}

#[tokio::test]
async fn enough_people_make_a_sum_and_one_side_is_not_told_from_all() {
    let site = Site::open().await;
    answers(&site, &["director", "staff", "facilitator", "analyst", "partner", "tribe"], "2").await;
    over(&site).await;
    let page = site.visitor("parent").await.get(OPEN).await;
    page.assert_sees("6 people answered").assert_sees("2.0 of 5").assert_sees("Said by tribe").assert_sees("Trust was lower this time");
    page.assert_never_sees("The partners’ side");
    assert_eq!(site.count("trust_sum where round_id = '@trust_open'").await, 1, "two answered on one side");
    // What was shown once never changes.
    let before: String = site.peek("select json_agg(s order by round_id, side)::text from trust_sum s").await;
    worker::sweep(&site.app).await.unwrap();
    assert_eq!(site.peek::<String>("select json_agg(s order by round_id, side)::text from trust_sum s").await, before);
    site.visitor("admin").await.get(OPEN).await.assert_not_allowed();
}

#[tokio::test]
async fn both_sides_say_what_was_going_on_and_each_takes_back_its_own() {
    let site = Site::open().await;
    let fell = "/cedar-river/trust/rounds/@trust_fell";
    let (partner, staff) = (site.visitor("partner").await, site.visitor("staff").await);
    staff.get(fell).await.assert_sees("What was going on? Write what you did").assert_sees("Thomas Greywater");
    partner.post(&format!("{fell}/accounts"), &[("words", "")]).await.assert_problem("words", "Write what was going on");
    partner.post(&format!("{fell}/accounts"), &[("words", "We were moving house")]).await.assert_flash("Your account stands here now");
    staff.get(fell).await.assert_sees("We were moving house").assert_sees("for the partners’ side");
    staff.post(&format!("{fell}/accounts/@trust_account/delete"), &[]).await.assert_not_found();
    let parent = site.visitor("parent").await;
    parent.post(&format!("{fell}/accounts"), &[("words", "I was ill")]).await.assert_flash("Your account stands here now");
    staff.get(fell).await.assert_sees("I was ill").assert_sees("community member").assert_never_sees("Dana Whitlock");
    let tribe = site.visitor("tribe").await;
    tribe.post(&format!("{fell}/accounts/@trust_account/delete"), &[]).await.assert_flash("Your account was taken back");
    staff.get(fell).await.assert_never_sees("taken the day off");
    site.visitor("analyst").await.post(&format!("{fell}/accounts"), &[("words", "x")]).await.assert_not_allowed();
}

#[tokio::test]
async fn a_link_is_spent_by_the_answer_and_not_by_opening_it() {
    let site = Site::open().await;
    let (bearer, other) = (site.bearer("trust_token"), site.bearer("trust_token"));
    bearer.get(LINK).await.assert_page("One question");
    bearer.get(LINK).await.assert_page("One question").assert_sees("Nothing here says who you are");
    bearer.post(LINK, &[("step", "")]).await.assert_problem("step", "Choose one of the five");
    bearer.post(LINK, &[("step", "3")]).await.assert_goes_to("/cedar-river/trust/link/thanks");
    other.get(LINK).await.assert_status(StatusCode::NOT_FOUND);
    assert_eq!(site.count("trust_answer where round_id = '@trust_session'").await, 1);
    // A speaker's link opens no question, and the question's link nobody's words.
    site.bearer("return_token").get(LINK).await.assert_not_found();
}

#[tokio::test]
async fn no_more_links_are_made_than_people_came() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let at = "/cedar-river/trust/rounds/@trust_session/links";
    staff.post(at, &[]).await.assert_flash("Link made");
    site.force("update attendance set number = 0 where session_id = '@session_6'").await;
    staff.post(at, &[]).await.assert_status(StatusCode::UNPROCESSABLE_ENTITY).assert_sees("No more links are made than people came");
    site.visitor("partner").await.get(at).await.assert_not_allowed();
    staff.get("/cedar-river/trust/rounds/@trust_fell/links").await.assert_not_found();
}

#[tokio::test]
async fn it_is_asked_by_itself_after_a_session_and_once_a_quarter_where_it_is_set_so() {
    let site = Site::open().await;
    site.clock.advance(Duration::days(100));
    let before = site.count("trust_round where session_id is null").await;
    worker::sweep(&site.app).await.unwrap();
    assert_eq!(site.count("trust_round where session_id is null").await, before, "it was not set so");
    site.force("update trust_wording set by_itself = true").await;
    worker::sweep(&site.app).await.unwrap();
    worker::sweep(&site.app).await.unwrap();
    assert_eq!(site.count("trust_round where session_id is null").await, before + 1, "once");
}

#[tokio::test]
async fn a_new_wording_is_a_new_version_and_what_is_open_keeps_its_words() {
    let site = Site::open().await;
    let admin = site.visitor("admin").await;
    let at = "/cedar-river/settings/trust";
    let again = admin.fill(at, "/settings/trust", &[("steps", "no, yes"), ("smallest", "2")]).await;
    again.assert_problem("steps", "Enter five words").assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    let done = admin.fill(at, "/settings/trust", &[("question", "Does it count?"), ("smallest", "6")]).await;
    done.assert_flash("Saved; it holds from the next time it is asked");
    site.visitor("parent").await.get(&format!("{OPEN}/answer")).await.assert_never_sees("Does it count?");
    assert_eq!(site.count("trust_wording where agency_id = (select id from agency where slug = 'cedar-river')").await, 2);
    site.visitor("staff").await.get(at).await.assert_not_allowed();
}

#[tokio::test]
async fn the_trend_is_a_picture_with_its_table_and_a_sentence() {
    let site = Site::open().await;
    let page = site.visitor("partner").await.get(TRUST).await;
    assert_eq!(page.select("figure.plot svg circle").len(), 4);
    let written = page.select("figure.plot svg text");
    for step in ["1", "2", "3", "4", "5"] {
        assert!(written.iter().any(|one| one.as_str() == step), "the scale is named: {written:?}");
    }
    assert_eq!(page.select("figure.plot svg line.axis").len(), 4, "each was asked in a month");
    page.assert_sees("From 1, “").assert_sees("below, the month in which it was asked");
    page.assert_sees("lower than the 3.9 before").assert_sees("higher than the 2.9 before");
    assert!(page.select("table tbody tr").len() >= 5);
}

#[tokio::test]
async fn a_fall_stands_in_the_list_as_work_of_both_sides() {
    let site = Site::open().await;
    let (staff, tribe) = (site.visitor("staff").await, site.visitor("tribe").await);
    let fell = "/cedar-river/trust/rounds/@trust_fell";
    staff.get(TRUST).await.assert_sees("Both sides wrote what was going on.");
    tribe.post(&format!("{fell}/accounts/@trust_account/delete"), &[]).await.assert_flash("Your account was taken back");
    let waits = "The agency’s side wrote what was going on; the partners’ side has not yet.";
    staff.get(TRUST).await.assert_sees(waits).assert_never_sees("Both sides wrote");
    let page = tribe.get(fell).await;
    page.assert_sees(waits).assert_sees("nobody’s fault by itself");
    assert!(page.attributes("#main a", "href").iter().any(|way| way.contains("/obstacles/new")), "a way to work on it");
    // Who may not raise one is not sent there.
    let analyst = site.visitor("analyst").await.get(fell).await;
    assert!(analyst.attributes("#main a", "href").iter().all(|way| !way.contains("/obstacles/new")));
}
