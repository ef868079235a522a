//! What partners’ answers can change: promised when they are asked, judged by those who were asked, and by nobody else.

use crate::support::{Site, refused};
use chrono::Duration;

const INFLUENCE: &str = "/cedar-river/influence";

fn promise<'a>(about: &'a str, day: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("about", about),
        ("question", "Which door should be open on hearing days?"),
        ("may_change", "Which door, and from when"),
        ("cannot_change", "That bags are looked through, it is the county’s rule"),
        ("decided_by", "The director"),
        ("decide_on", day),
        ("bodies", "@kinship"),
        ("bodies", "@tallpine"),
    ]
}

#[tokio::test]
async fn whoever_asks_says_what_can_change_and_cannot_rewrite_it() {
    let site = Site::open().await;
    let (staff, day) = (site.visitor("staff").await, (site.app.now() + Duration::days(20)).date_naive().to_string());
    let mut without = promise("@session_5", &day);
    without[3].1 = "";
    let again = staff.post(INFLUENCE, &without).await;
    again.assert_problem("cannot_change", "Write what cannot change");
    assert_eq!(again.field("question"), "Which door should be open on hearing days?");
    staff.post(INFLUENCE, &promise("@session_5", "2001-01-01")).await.assert_problem("decide_on", "Enter a day that is still ahead");
    // What not everybody reads is nothing to ask everybody about; another agency's record is no record.
    for hidden in [site.id("loop_answered"), site.id("tribe_statement"), "018f5e2a-0000-7000-8000-00000000eeee".to_owned()] {
        staff.post(INFLUENCE, &promise(&hidden, &day)).await.assert_problem("about", "Choose a record that every partner may read");
    }
    let made = staff.post(INFLUENCE, &promise("@session_5", &day)).await.made();
    for who in ["partner", "tribe"] {
        let visitor = site.visitor(who).await;
        visitor.get("/cedar-river/notices").await.assert_sees("what your answer can change");
        visitor.get(&format!("{INFLUENCE}/{made}")).await.assert_sees("it is the county’s rule").assert_sees("You are asked");
    }
    for who in ["partner", "parent", "analyst", "admin"] {
        site.visitor(who).await.post(INFLUENCE, &promise("@session_5", &day)).await.assert_not_allowed();
    }
    for (who, hat) in [("director", "director"), ("staff", "staff")] {
        let rewritten = format!("update influence_promise set may_change = 'Nothing' where id = '{made}'");
        refused(who, site.attempt(who, hat, &rewritten).await);
    }
    site.visitor("harbor").await.get(&format!("{INFLUENCE}/{made}")).await.assert_not_found();
}

#[tokio::test]
async fn only_those_who_were_asked_say_whether_it_was_kept() {
    let site = Site::open().await;
    let at = format!("{INFLUENCE}/@influence_open");
    let word = [("word", "not_kept"), ("note", "We heard of it from the paper")];
    let tribe = site.visitor("tribe").await;
    tribe.post(&format!("{at}/word"), &word).await.assert_not_found();
    let director = site.visitor("director").await;
    director.post(&format!("{at}/outcome"), &[("outcome", ""), ("version", "1")]).await.assert_problem("outcome", "Write what was decided");
    director
        .post(&format!("{at}/outcome"), &[("outcome", "The form asks them"), ("version", "1")])
        .await
        .assert_flash("Told to those who were asked");
    site.visitor("staff")
        .await
        .post(&format!("{at}/outcome"), &[("outcome", "Another, in pencil"), ("version", "1")])
        .await
        .assert_sees("Someone else saved this")
        .assert_sees("Another, in pencil");
    // What was said stays; what is put right stands below it, and those who were asked hear of it.
    director
        .post(&format!("{at}/outcome"), &[("outcome", "In large print too"), ("version", "2")])
        .await
        .assert_flash("Added, and told to those who were asked");
    tribe.get(&at).await.assert_sees("The form asks them").assert_sees("Added on").assert_sees("In large print too");
    tribe.get("/cedar-river/notices").await.assert_sees("The agency added to what was decided");
    for who in ["tribe", "analyst"] {
        let added = site.visitor(who).await.post(&format!("{at}/outcome"), &[("outcome", "Ours"), ("version", "3")]).await;
        added.assert_not_allowed();
    }
    for who in ["director", "staff", "analyst"] {
        site.visitor(who).await.post(&format!("{at}/word"), &word).await.assert_not_allowed();
    }
    site.visitor("parent").await.post(&format!("{at}/word"), &word).await.assert_not_found();
    tribe.get("/cedar-river/wanted").await.assert_sees("was that kept?").assert_sees("three questions");
    tribe.post(&format!("{at}/word"), &[("word", ""), ("note", "Well")]).await.assert_problem("word", "Choose whether it was kept");
    tribe.post(&format!("{at}/word"), &word).await.assert_flash("Your word counts. You can change it at any time");
    tribe.get("/cedar-river/wanted").await.assert_never_sees("was that kept?");
    // The agency reads a body's word under its name; other bodies do not.
    site.visitor("staff").await.get(&at).await.assert_sees("We heard of it from the paper");
    site.visitor("partner").await.get(&at).await.assert_never_sees("We heard of it from the paper");
    tribe
        .post(&format!("{at}/word"), &[("word", "partly"), ("note", "")])
        .await
        .assert_flash("Your word counts. You can change it at any time");
    site.visitor("staff").await.get(&at).await.assert_never_sees("We heard of it from the paper");
}

#[tokio::test]
async fn what_was_never_decided_can_be_judged_when_its_day_is_over() {
    let site = Site::open().await;
    let at = format!("{INFLUENCE}/@influence_open");
    site.clock.advance(Duration::days(60));
    let partner = site.visitor("partner").await;
    partner.get(&at).await.assert_sees("late: nothing was decided");
    partner
        .post(&format!("{at}/word"), &[("word", "not_kept"), ("note", "")])
        .await
        .assert_flash("Your word counts. You can change it at any time");
}

#[tokio::test]
async fn nobody_reads_what_a_person_said_who_speaks_for_themselves() {
    let site = Site::open().await;
    let at = format!("{INFLUENCE}/@influence_decided");
    let sums = "influence_promise where id = '@influence_decided' and asked = 2 and kept = 1 and partly = 1 and not_kept = 0";
    assert_eq!(site.count(sums).await, 1, "one person of one adds nothing to the sum");
    assert_eq!(
        site.count("influence_word where promise_id = '@influence_decided' and membership_id = '@parent' and word = 'kept'").await,
        1
    );
    for (who, hat) in
        [("director", "director"), ("staff", "staff"), ("analyst", "analyst"), ("partner", "partner"), ("admin", "administrator")]
    {
        let theirs = "update influence_word set note = note where promise_id = '@influence_decided' and membership_id = '@parent'";
        refused(who, site.attempt(who, hat, theirs).await);
        let said = "update influence_word set word = 'kept', by_id = current_membership() where promise_id = '@influence_decided' and partner_id = '@tallpine'";
        refused(who, site.attempt(who, hat, said).await);
    }
    let own = "update influence_word set word = 'partly', by_id = current_membership() where promise_id = '@influence_decided'";
    assert_eq!(site.attempt("parent", "partner", own).await.unwrap(), 1, "their own, and no body’s");
    site.visitor("parent")
        .await
        .get(&at)
        .await
        .assert_sees("Nobody reads what you say")
        .assert_never_sees("The second Saturday has not been set");
    site.visitor("director").await.get("/cedar-river/audit?record=@session_4").await.assert_never_sees("said whether it was kept");
}

#[tokio::test]
async fn the_share_is_told_from_five_words_on() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    staff.get(INFLUENCE).await.assert_sees("Fewer than five have said");
    site.force("update influence_promise set asked = 9, kept = 4, partly = 1, not_kept = 1 where id = '@influence_decided'").await;
    staff.get(INFLUENCE).await.assert_sees("Kept, say 4 of 6 answers (67%)").assert_sees("3 asked have not said");
    staff.get("/cedar-river/reports").await.assert_sees("Kept, say 4 of 6 answers (67%)");
    // What is not over yet is in no sum.
    site.force("update influence_promise set asked = 90, kept = 90 where id = '@influence_open'").await;
    staff.get(INFLUENCE).await.assert_sees("Kept, say 4 of 6 answers (67%)");
}

#[tokio::test]
async fn a_body_says_its_word_by_whoever_speaks_for_it() {
    let site = Site::open().await;
    site.clock.advance(Duration::days(60));
    let at = format!("{INFLUENCE}/@influence_open");
    let (word, said) =
        ([("word", "not_kept"), ("note", "")], "update influence_word set word = 'not_kept', by_id = '@tribe', said_at = now()");
    let theirs = format!("{said} where promise_id = '@influence_open' and partner_id = '@tallpine'");
    site.force("update membership set steward = false, speaks = false, binds = false where id = '@tribe'").await;
    let thomas = site.visitor("tribe").await;
    thomas.get(&at).await.assert_sees("late: nothing was decided").assert_never_sees("Was it kept?");
    thomas.get("/cedar-river/wanted").await.assert_never_sees("was that kept?");
    thomas.post(&format!("{at}/word"), &word).await.assert_not_found();
    refused("one of its people", site.attempt("tribe", "partner", &theirs).await);
    site.force("update membership set speaks = true where id = '@tribe'").await;
    assert_eq!(site.attempt("tribe", "partner", &theirs).await.unwrap(), 1);
    let day = (site.app.now() + Duration::days(20)).date_naive().to_string();
    let made = site.visitor("staff").await.post(INFLUENCE, &promise("@session_5", &day)).await.made();
    assert_eq!(site.count(&format!("notice where membership_id = '@tribe' and path like '%{made}'")).await, 1, "who speaks is told");
    thomas.post(&format!("{at}/word"), &word).await.assert_flash("Your word counts. You can change it at any time");
}

#[tokio::test]
async fn what_a_body_said_of_it_hides_with_the_record() {
    let site = Site::open().await;
    let words = "select 1 from influence_word where promise_id = '@influence_decided' and partner_id is not null";
    for (who, hat, may) in [("staff", "staff", 2), ("analyst", "analyst", 2), ("tribe", "partner", 1)] {
        assert_eq!(site.attempt(who, hat, words).await.unwrap(), may, "{who}");
    }
    site.force("update subject set audience = 'body', body_id = '@kinship' where id = '@session_4'").await;
    for (who, hat) in [("staff", "staff"), ("analyst", "analyst"), ("tribe", "partner")] {
        assert_eq!(site.attempt(who, hat, words).await.unwrap(), 0, "{who}");
    }
}
