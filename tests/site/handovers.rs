//! When somebody leaves: the partner reads the letter first, and whoever comes next after their word.

use crate::support::{Site, refused};
use common_table::worker;

const WITH: &str = "/cedar-river/partners/hand-overs/@handover_with";
const TO_BRING: &str = "/cedar-river/partners/hand-overs/@handover_to_bring";
const PASSED: &str = "/cedar-river/partners/hand-overs/@handover_passed";
const STORY: &str = "they taught me to listen first";

#[tokio::test]
async fn the_partner_corrects_the_letter_before_whoever_comes_next_reads_it() {
    let site = Site::open().await;
    let (staff, partner) = (site.visitor("staff").await, site.visitor("partner").await);
    site.force("update handover set first_contact_on = '2026-01-01' where id = '@handover_with'").await;
    staff.get("/cedar-river").await.assert_sees("first contact:");
    staff.get(WITH).await.assert_sees("The letter is passed on when").assert_never_sees(STORY);
    partner.get("/cedar-river/wanted").await.assert_sees("what whoever comes next will be told about you");
    partner.get(WITH).await.assert_sees(STORY).assert_sees("relative handbook");
    let word = [("correction", "It was two years."), ("reach", "Ask for Joanna, in the afternoon.")];
    partner.fill(&format!("{WITH}/answer"), "/answer", &word).await.assert_goes_to(WITH);
    staff.get(WITH).await.assert_sees(STORY).assert_sees("It was two years.").assert_sees("Ask for Joanna, in the afternoon.");
    staff.get("/cedar-river/notices").await.assert_sees("A hand-over letter is there for you");
    site.visitor("director")
        .await
        .get("/cedar-river/notices")
        .await
        .assert_sees("The partner gave its word on a hand-over letter of yours");
    let emptied = [("correction", "It was two years."), ("reach", "")];
    partner.fill(&format!("{WITH}/answer"), "/answer", &emptied).await.assert_goes_to(WITH);
    staff.get(WITH).await.assert_never_sees("Ask for Joanna");
}

#[tokio::test]
async fn nobody_else_reads_a_letter() {
    let site = Site::open().await;
    let (elena, admin) = (site.visitor("facilitator").await, site.visitor("admin").await);
    elena.get(WITH).await.assert_never_sees(STORY);
    elena
        .get("/cedar-river/partners/hand-overs/letters")
        .await
        .assert_sees("with the partner, to read and correct")
        .assert_never_sees(STORY);
    admin.get(WITH).await.assert_not_allowed();
    for who in ["analyst", "parent", "tribe"] {
        let visitor = site.visitor(who).await;
        visitor.get(WITH).await.assert_not_found();
        visitor.get("/cedar-river/partners/@kinship/hand-overs").await.assert_sees("No hand-over yet");
    }
    let harbor = site.visitor("harbor").await;
    harbor.get("/harbor/partners/hand-overs/@handover_with").await.assert_not_found();
    for (who, hat) in
        [("analyst", "analyst"), ("admin", "administrator"), ("parent", "partner"), ("tribe", "partner"), ("facilitator", "staff")]
    {
        assert_eq!(site.attempt(who, hat, "select 1 from handover_letter where handover_id = '@handover_with'").await.unwrap(), 0, "{who}");
    }
}

#[tokio::test]
async fn a_letter_that_is_written_is_its_writers_and_the_directors() {
    let site = Site::open().await;
    let begun = "/cedar-river/partners/hand-overs/@handover_begun";
    site.visitor("beatriz").await.get(begun).await.assert_not_found();
    let elena = site.visitor("facilitator").await;
    elena.get(begun).await.assert_never_sees("They ask before they send somebody");
    elena.get(&format!("{begun}/edit")).await.assert_not_allowed();
    elena.get(&format!("{begun}/sending")).await.assert_not_allowed();
    site.visitor("director").await.get(begun).await.assert_sees("They ask before they send somebody");
    let staff = site.visitor("staff").await;
    staff.fill(&format!("{begun}/edit"), "@handover_begun", &[("story", "")]).await.assert_problem("story", "Enter how");
    staff.fill(&format!("{begun}/sending"), "/sending", &[]).await.assert_goes_to(begun);
    staff.get(&format!("{begun}/edit")).await.assert_not_allowed();
    let beatriz = site.visitor("beatriz").await;
    beatriz.get(begun).await.assert_sees("They ask before they send somebody");
    beatriz.get("/cedar-river/notices").await.assert_sees("A hand-over letter about your organization or Tribe waits for your word");
}

#[tokio::test]
async fn a_representative_without_a_mandate_gives_no_word_on_it() {
    let site = Site::open().await;
    site.force("update membership set steward = false, speaks = false, binds = false where id = '@partner'").await;
    let partner = site.visitor("partner").await;
    partner.get(WITH).await.assert_sees(STORY).assert_never_sees("Say whether it is right");
    partner.get(&format!("{WITH}/answer")).await.assert_not_allowed();
    partner.post(&format!("{WITH}/answer"), &[("correction", "x"), ("version", "2")]).await.assert_not_allowed();
    site.force("update membership set speaks = true, mandate_until = '2020-01-01' where id = '@partner'").await;
    partner.get(&format!("{WITH}/answer")).await.assert_not_allowed();
}

#[tokio::test]
async fn the_word_of_a_partner_with_a_voice_is_brought_by_nobody() {
    let site = Site::open().await;
    let (staff, director) = (site.visitor("staff").await, site.visitor("director").await);
    for visitor in [&staff, &director] {
        visitor.get(&format!("{WITH}/brought")).await.assert_not_allowed();
    }
    site.visitor("facilitator").await.get(&format!("{TO_BRING}/brought")).await.assert_not_allowed();
    let page = format!("{TO_BRING}/brought");
    staff
        .fill(&page, "/brought", &[("correction", "The classrooms were the janitor’s doing.")])
        .await
        .assert_problem("read_by", "Enter who");
    let word = [("read_by", "The superintendent"), ("correction", "The classrooms were the janitor’s doing.")];
    staff.fill(&page, "/brought", &word).await.assert_goes_to(TO_BRING);
    staff.get(TO_BRING).await.assert_sees("of The superintendent, written down by").assert_sees("the janitor’s doing");
}

#[tokio::test]
async fn row_security_keeps_each_sides_words_and_the_order_of_reading() {
    let site = Site::open().await;
    let passed = |who: &str| {
        format!(
            "update handover set state = 'passed', answered_at = now(), answered_by = '@{who}', read_by = 'x' where id = '@handover_with'"
        )
    };
    for (who, hat) in [("staff", "staff"), ("director", "director")] {
        refused(who, site.attempt(who, hat, &passed(who)).await);
    }
    refused("with a name", site.attempt("partner", "partner", &passed("partner")).await);
    let words = |set: &str| format!("update handover_letter set {set} where handover_id = '@handover_with'");
    refused("their words", site.attempt("director", "director", &words("correction = 'All is well'")).await);
    refused("after sending", site.attempt("director", "director", &words("story = 'All is well'")).await);
    refused("the agency’s words", site.attempt("partner", "partner", &words("story = 'All is well'")).await);
    assert_eq!(site.attempt("partner", "partner", &words("correction = 'Two years'")).await.unwrap(), 1);
    for (who, hat) in [("staff", "staff"), ("tribe", "partner")] {
        assert_eq!(site.attempt(who, hat, &words("correction = 'x'")).await.unwrap(), 0, "{who}");
    }
}

#[tokio::test]
async fn what_only_some_may_read_is_in_no_letter() {
    let site = Site::open().await;
    let partner = site.visitor("partner").await;
    for narrow in ["audience = 'leadership'", "audience = 'body'", "audience = 'author'", "audience = 'partnership', withdrawn_at = now()"]
    {
        site.force(&format!("update subject set {narrow} where id = '@commitment_open'")).await;
        partner.get(WITH).await.assert_sees(STORY).assert_never_sees("relative handbook");
    }
    site.force("update subject set audience = 'partnership', withdrawn_at = null where id = '@commitment_open'").await;
    partner.get(WITH).await.assert_sees("relative handbook");
    site.force("update membership set lived_experience = true where id = '@parent'").await;
    site.force("update commitment set promised_by = '@parent' where id = '@commitment_open'").await;
    partner.get(WITH).await.assert_never_sees("relative handbook");
}

#[tokio::test]
async fn the_first_contact_is_a_task_until_it_is_made() {
    let site = Site::open().await;
    let elena = site.visitor("facilitator").await;
    site.force("update handover set first_contact_on = '2026-01-01' where id = '@handover_passed'").await;
    let home = elena.get("/cedar-river").await;
    assert!(home.assert_sees("first contact:").attributes("a", "href").contains(&site.path(PASSED)));
    let page = format!("{PASSED}/first-contact");
    elena.fill(&page, "/first-contact", &[]).await.assert_problem("done_on", "Enter when you met");
    elena.fill(&page, "/first-contact", &[("done_on", "2032-01-01")]).await.assert_problem("done_on", "Enter a day between");
    let met = (site.app.now() - chrono::Duration::days(2)).date_naive().to_string();
    elena.fill(&page, "/first-contact", &[("done_on", &met)]).await.assert_goes_to(PASSED);
    elena.get(&page).await.assert_not_allowed();
    elena.get(PASSED).await.assert_sees("Made on");
    let waiting = elena.get("/cedar-river").await;
    assert!(!waiting.attributes("a", "href").contains(&site.path(PASSED)), "it is done");
    site.visitor("walter").await.get(PASSED).await.assert_sees("Made on");
}

#[tokio::test]
async fn whoever_is_to_make_the_first_contact_is_reminded_once_for_each_day_that_was_set() {
    let site = Site::open().await;
    let told = async || {
        worker::sweep(&site.app).await.unwrap();
        worker::sweep(&site.app).await.unwrap();
        site.count("notice where membership_id = '@facilitator' and path = '/cedar-river/partners/hand-overs/@handover_passed' and said like 'A first contact%'")
            .await
    };
    site.force("update handover set first_contact_on = current_date + 900 where state <> 'begun'").await;
    assert_eq!(told().await, 0);
    site.force("update handover set first_contact_on = '2026-01-01' where id = '@handover_passed'").await;
    assert_eq!(told().await, 1);
    let later = (site.app.now() + chrono::Duration::days(3)).date_naive().to_string();
    let elena = site.visitor("facilitator").await;
    elena.fill(&format!("{PASSED}/first-contact"), "/first-contact", &[("first_contact_on", &later)]).await.assert_goes_to(PASSED);
    assert_eq!(told().await, 1);
    site.clock.advance(chrono::Duration::days(4));
    assert_eq!(told().await, 2, "the day that was set then has come as well");
}

#[tokio::test]
async fn a_relationship_that_somebody_else_keeps_waits_for_a_letter() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let clinic = "/cedar-river/partners/@clinic/edit";
    let list = "/cedar-river/partners/hand-overs";
    staff.fill(clinic, "/@clinic", &[("keeper", "@facilitator")]).await.assert_goes_to("/cedar-river/partners/@clinic");
    staff.get(list).await.assert_never_sees("who kept the relationship until then");
    staff.fill(clinic, "/@clinic", &[("keeper", "@staff")]).await.assert_goes_to("/cedar-river/partners/@clinic");
    staff.get(list).await.assert_sees("who kept the relationship until then");
    let letter = [("leaver", "@facilitator"), ("successor", "@staff"), ("first_contact_on", "@in_a_month"), ("story", "It went well.")];
    let begun = staff.fill("/cedar-river/partners/@clinic/hand-overs/new", "/hand-overs", &letter).await;
    begun.assert_goes_to("/cedar-river/partners/hand-overs/*");
    staff.get(list).await.assert_never_sees("who kept the relationship until then");
    let same = [("leaver", "@staff"), ("successor", "@staff"), ("first_contact_on", "2020-01-01"), ("story", "")];
    let again = staff.fill("/cedar-river/partners/@clinic/hand-overs/new", "/hand-overs", &same).await;
    again.assert_problem("successor", "Choose somebody other").assert_problem("first_contact_on", "Enter a day within");
    again.assert_problem("story", "Enter how the relationship went");
}

const ABOUT: &str = "/cedar-river/partners/hand-overs/@handover_person";
const ABOUT_STORY: &str = "what had become of the one before";

#[tokio::test]
async fn a_person_without_a_body_corrects_the_letter_about_them_and_says_whether_it_is_passed_on() {
    let site = Site::open().await;
    let (parent, staff) = (site.visitor("parent").await, site.visitor("staff").await);
    site.force("update handover set first_contact_on = '2026-01-01' where id = '@handover_person'").await;
    staff.get(ABOUT).await.assert_not_found();
    parent.get("/cedar-river/wanted").await.assert_sees("what whoever comes next will be told about you");
    let answer = format!("{ABOUT}/answer");
    parent.fill(&answer, "/answer", &[("correction", "Not every one.")]).await.assert_problem("pass_on", "Choose whether it is passed on");
    let yes = [("correction", "Not every one: four of six."), ("reach", "A text after eight."), ("pass_on", "yes")];
    parent.fill(&answer, "/answer", &yes).await.assert_flash("Your word stands with the letter, and it is passed on");
    staff.get(ABOUT).await.assert_sees(ABOUT_STORY).assert_sees("four of six").assert_sees("A text after eight.");
    assert!(staff.get("/cedar-river").await.attributes("a", "href").contains(&site.path(ABOUT)), "the first contact is a task with a day");
    parent.get("/cedar-river/wanted").await.assert_never_sees("what whoever comes next will be told about you");
    // They keep it back later, and whoever came next reads it no more.
    let no = [("pass_on", "no")];
    parent
        .fill(&answer, "/answer", &no)
        .await
        .assert_flash("It is not passed on. From now on its writer and you are the only ones who read it");
    staff.get(ABOUT).await.assert_not_found();
    for page in ["/cedar-river", "/cedar-river/notices"] {
        assert!(!staff.get(page).await.attributes("a", "href").contains(&site.path(ABOUT)), "{page} leads there no more");
    }
    site.visitor("facilitator").await.get(ABOUT).await.assert_sees("not passed on, by their own word").assert_sees("four of six");
}

#[tokio::test]
async fn that_there_is_a_letter_about_a_person_is_known_to_nobody_else() {
    let site = Site::open().await;
    for (who, hat) in [
        ("director", "director"),
        ("staff", "staff"),
        ("analyst", "analyst"),
        ("admin", "administrator"),
        ("partner", "partner"),
        ("tribe", "partner"),
    ] {
        let seen = site.attempt(who, hat, "select 1 from handover where person_id is not null").await;
        assert_eq!(seen.unwrap(), 0, "{who}");
        let letter = site.attempt(who, hat, "select 1 from handover_letter where handover_id = '@handover_person'").await;
        assert_eq!(letter.unwrap(), 0, "{who}");
    }
    for who in ["director", "staff", "partner"] {
        site.visitor(who).await.get(ABOUT).await.assert_not_found();
    }
    site.visitor("director").await.get("/cedar-river/partners/hand-overs/letters").await.assert_never_sees("community member");
    site.visitor("admin").await.get("/cedar-river/audit").await.assert_never_sees("began a hand-over of community member");
    site.visitor("harbor").await.get("/harbor/partners/hand-overs/@handover_person").await.assert_not_found();
    // What was passed on is read by who comes next as long as the person is here.
    site.force("update handover set state = 'passed', answered_at = now(), answered_by = person_id where id = '@handover_person'").await;
    let read = "select 1 from handover where id = '@handover_person'";
    assert_eq!(site.attempt("staff", "staff", read).await.unwrap(), 1);
    assert_eq!(site.attempt("director", "director", read).await.unwrap(), 0);
    site.force("update membership set state = 'ended', ended_at = now() where id = '@parent'").await;
    assert_eq!(site.attempt("staff", "staff", read).await.unwrap(), 0);
}

#[tokio::test]
async fn nobody_passes_a_letter_on_for_the_person_whom_it_is_about() {
    let site = Site::open().await;
    let passed = |who: &str| {
        format!("update handover set state = 'passed', answered_at = now(), answered_by = '@{who}' where id = '@handover_person'")
    };
    for (who, hat) in [("facilitator", "staff"), ("staff", "staff"), ("director", "director")] {
        refused(who, site.attempt(who, hat, &passed(who)).await);
    }
    refused("in somebody else’s name", site.attempt("parent", "partner", &passed("facilitator")).await);
    let words = "update handover_letter set correction = 'All is well' where handover_id = '@handover_person'";
    refused("their words", site.attempt("facilitator", "staff", words).await);
    let story = "update handover_letter set story = 'All is well' where handover_id = '@handover_person'";
    refused("the writer’s words", site.attempt("parent", "partner", story).await);
    assert_eq!(site.attempt("parent", "partner", &passed("parent")).await.unwrap(), 1);
    let elena = site.visitor("facilitator").await;
    elena.get(&format!("{ABOUT}/brought")).await.assert_not_allowed();
    elena.get(&format!("{ABOUT}/answer")).await.assert_not_allowed();
}

#[tokio::test]
async fn whoever_does_not_know_a_person_writes_no_letter_about_them() {
    let site = Site::open().await;
    let new = "/cedar-river/partners/hand-overs/people/new";
    site.visitor("director").await.get(new).await.assert_sees("Nobody who speaks for themselves has let you know who they are");
    let about = |leaver: &str| {
        format!(
            "insert into handover (id, person_id, side, leaver_id, leaver_name, successor_id, first_contact_on, created_by, created_at) \
             values (gen_random_uuid(), '@parent', 'agency', '@{leaver}', 'x', '@analyst', '2030-01-01', '@{leaver}', now())"
        )
    };
    refused("not told", site.attempt("director", "director", &about("director")).await);
    assert_eq!(site.attempt("staff", "staff", &about("staff")).await.unwrap(), 1);
    let staff = site.visitor("staff").await;
    let letter = [("person", "@parent"), ("successor", "@staff"), ("first_contact_on", "@in_a_month"), ("story", "We met.")];
    staff.fill(new, "/people/new", &letter).await.assert_problem("successor", "Choose somebody other than yourself");
}
