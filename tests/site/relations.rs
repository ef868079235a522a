//! Keeping a relationship: outreach, ratings from both sides, who speaks for a body, and the entry that a body keeps itself.

use crate::support::Site;
use http::StatusCode;

const OUTREACH: &str = "/cedar-river/outreach";

fn visit<'a>(partner: &'a str, went: &'a str, said: &'a str) -> Vec<(&'static str, &'a str)> {
    vec![
        ("partner", partner),
        ("held_on", "2026-05-02"),
        ("went", went),
        ("how", "visit"),
        ("said", said),
        ("next_step", "Call"),
        ("next_on", "2026-06-01"),
    ]
}

#[tokio::test]
async fn outreach_put_under_the_right_partner_leaves_the_wrong_one() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let reason = ("delegate_reason", "she was ill");
    let mut fields = visit("@kinship", "@staff", "They asked for marigolds");
    fields.push(reason);
    let made = staff.post(OUTREACH, &fields).await;
    made.assert_flash("Outreach written down");
    let (entry, mark) = (made.location.clone(), "They asked for marigolds");
    site.visitor("partner").await.get(&entry).await.assert_sees(mark);
    site.visitor("tribe").await.get(&entry).await.assert_not_found();
    staff.fill(&format!("{entry}/edit"), &entry, &[("partner", "@tallpine")]).await.assert_flash("Outreach saved");
    site.visitor("tribe").await.get(&entry).await.assert_sees(mark);
    let joanna = site.visitor("partner").await;
    joanna.get(&entry).await.assert_not_found();
    joanna.get(OUTREACH).await.assert_never_sees(&entry);
    site.visitor("parent").await.get(&entry).await.assert_not_found();
    site.visitor("analyst").await.get(&entry).await.assert_sees(mark).assert_sees("directors, staff and analysts can read this");
}

#[tokio::test]
async fn who_goes_for_a_director_says_why_and_another_next_step_is_to_be_done_again() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let again = staff.post(OUTREACH, &visit("@tallpine", "@staff", "")).await;
    again.assert_problem("delegate_reason", "Enter why somebody else went");
    let mut fields = visit("@tallpine", "@staff", "");
    fields.push(("delegate_reason", "the road was closed to her"));
    let made = staff.post(OUTREACH, &fields).await;
    let delegated = staff.get(&format!("{OUTREACH}?delegate=yes")).await;
    assert!(delegated.assert_sees("by delegate").text.contains(&made.made()));
    staff.post(&format!("{}/next-step", made.location), &[]).await.assert_flash("Next step done");
    staff.fill(&format!("{}/edit", made.location), &made.location, &[("said", "More")]).await.assert_flash("Outreach saved");
    staff.get(&made.location).await.assert_sees("done");
    staff.fill(&format!("{}/edit", made.location), &made.location, &[("next_step", "Write")]).await.assert_flash("Outreach saved");
    staff.get(&made.location).await.assert_sees("It is done");
    let comment = [("comment", "That was a good day"), ("comment_audience", "body")];
    let thomas = site.visitor("tribe").await;
    thomas.post(&format!("/cedar-river/comments/{}", made.made()), &comment).await.assert_status(StatusCode::SEE_OTHER);
    thomas.get(&made.location).await.assert_sees("That was a good day").assert_sees("Trace");
}

#[tokio::test]
async fn people_who_left_stay_in_old_entries_and_their_work_is_to_be_handed_over() {
    let site = Site::open().await;
    let (staff, admin) = (site.visitor("staff").await, site.visitor("admin").await);
    staff
        .fill("/cedar-river/partners/@clinic/edit", "/@clinic", &[("keeper", "@facilitator")])
        .await
        .assert_goes_to("/cedar-river/partners/@clinic");
    let made = staff.post(OUTREACH, &visit("@clinic", "@facilitator", "")).await;
    admin.fill("/cedar-river/members/@facilitator/ending", "/ending", &[]).await.assert_goes_to("/cedar-river/members");
    staff.fill(&format!("{}/edit", made.location), &made.location, &[("said", "Much")]).await.assert_flash("Outreach saved");
    staff
        .fill("/cedar-river/partners/@clinic/edit", "/@clinic", &[("stage", "paused")])
        .await
        .assert_goes_to("/cedar-river/partners/@clinic");
    assert_eq!(site.count("partner where id = '@clinic' and keeper_id = '@facilitator'").await, 1);
    staff.get("/cedar-river/partners/hand-overs").await.assert_sees("Willow Street Family Clinic").assert_sees("Elena Brandt");
    let taken = staff.post("/cedar-river/partners", &[("name", "Valley Library"), ("kind", "education"), ("keeper", "@facilitator")]).await;
    taken.assert_problem("keeper", "Choose one of the directors and staff");
}

#[tokio::test]
async fn the_rhythm_offers_the_next_date_after_an_entry() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    site.force("update partner set rhythm_next = '2026-05-01' where id = '@court'").await;
    staff.get("/cedar-river/partners?sort=next").await.assert_sees("was due");
    let made = staff.post(OUTREACH, &visit("@court", "@director", "")).await;
    let page = staff.get(&made.location).await;
    let offered = page.form(&format!("{}/next-date", made.location)).1;
    assert!(offered.contains(&("rhythm_next".to_owned(), "2026-06-02".to_owned())), "{offered:?}");
    staff.fill(&made.location, "/next-date", &[]).await.assert_flash("Next date put down");
    assert_eq!(site.count("partner where id = '@court' and rhythm_next = '2026-06-02'").await, 1);
}

#[tokio::test]
async fn a_relationships_ratings_are_read_by_its_two_sides_and_whom_the_director_named() {
    let site = Site::open().await;
    let ratings = "/cedar-river/partners/@kinship/ratings";
    site.visitor("tribe").await.get(ratings).await.assert_not_found();
    site.visitor("parent").await.get(ratings).await.assert_not_found();
    site.visitor("partner").await.get(ratings).await.assert_sees("Answers come now. Not always in time.");
    site.force("update membership set sees_landscape = false where id = '@facilitator'").await;
    let elena = site.visitor("facilitator").await;
    let page = elena.get(ratings).await;
    page.assert_sees("They are not open to you").assert_never_sees("Neither side has rated").assert_never_sees("Answers come now");
    assert!(!page.attributes("nav a", "href").iter().any(|href| href.ends_with("/landscape")));
    elena.get("/cedar-river/partners/landscape").await.assert_sees("It is not open to you").assert_never_sees("Kinship");
    let director = site.visitor("director").await.get("/cedar-river/partners/landscape").await;
    director.assert_sees("Tribal governments").assert_sees("not rated").assert_sees("Hmong Family Association");
    director.assert_sees("assessment offered").assert_sees("Nothing is sent by itself");
    site.visitor("director").await.get("/cedar-river/partners/@hope/ratings").await.assert_sees("offers a partnering assessment");
}

#[tokio::test]
async fn a_body_with_a_steward_names_its_own_people_and_the_agency_does_not() {
    let site = Site::open().await;
    let path = "/cedar-river/partners/@tallpine/representatives";
    let (staff, thomas) = (site.visitor("staff").await, site.visitor("tribe").await);
    let told = [("name", "Marcus Tellwell"), ("mandate", "he said so"), ("may_bind", "yes"), ("starts_on", "2026-05-01")];
    staff.get(path).await.assert_sees("the body itself names who speaks for it").assert_never_sees("Name the person");
    staff.post(path, &told).await.assert_not_found();
    let row = "insert into representative (id, partner_id, name, may_bind, starts_on, created_at) \
        values ('018f5e2a-0000-7000-8000-00000000bbbb', '@tallpine', 'Marcus', true, '2026-05-01', now())";
    for (who, hat) in [("staff", "staff"), ("director", "director"), ("admin", "administrator"), ("partner", "partner")] {
        let done = site.attempt(who, hat, row).await;
        assert!(matches!(&done, Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some("42501")), "{who}: {done:?}");
        let changed =
            site.attempt(who, hat, "update representative set may_bind = true, ends_on = null where partner_id = '@tallpine'").await;
        assert!(!matches!(changed, Ok(1..)), "{who}: {changed:?}");
    }
    let named = [("member", "@tribe_member"), ("position", "family services"), ("starts_on", "2026-05-01")];
    thomas.post(path, &named).await.assert_flash("Representative added");
    thomas.post(path, &[("member", "@partner"), ("starts_on", "2026-05-01")]).await.assert_problem("member", "Choose one of your members");
    let shown = site.visitor("director").await.get(path).await;
    shown.assert_sees("Ruth Greywater").assert_sees("Named by the council for matters of children and families");
    assert_eq!(shown.words().matches("may bind the body").count(), 1, "only Thomas may bind, as the memberships have it");
    thomas.fill("/cedar-river/members/@tribe_member/mandate", "/mandate", &[("speaks", "yes"), ("binds", "yes")]).await;
    let shown = site.visitor("director").await.get(path).await;
    assert_eq!(shown.words().matches("may bind the body").count(), 2);
    let person: String = site.peek("select id::text from representative where membership_id = '@tribe_member'").await;
    let ended = [("ends_on", "2026-04-01"), ("version", "1")];
    thomas.post(&format!("{path}/{person}/end"), &ended).await.assert_problem("ends_on", "Enter a last day that is not before the first");
    staff.post(&format!("{path}/{person}/end"), &[("ends_on", "2026-06-01"), ("version", "1")]).await.assert_not_found();
}

#[tokio::test]
async fn a_tribe_says_who_it_is_and_nobody_else_changes_its_words() {
    let site = Site::open().await;
    let (staff, thomas) = (site.visitor("staff").await, site.visitor("tribe").await);
    let renamed = [("name", "Tall Pine Nation")];
    thomas.fill("/cedar-river/our-entry", "/our-entry", &renamed).await.assert_flash("Your entry is saved");
    staff.get("/cedar-river/partners?q=tall+pine+tribe").await.assert_sees("Tall Pine Nation");
    let edit = "/cedar-river/partners/@tallpine/edit";
    staff.get(edit).await.assert_sees("A body’s words are not the agency’s");
    let over = [("recognition", "federal_list"), ("recognition_source", "a list"), ("recognition_on", "2026-01-01")];
    staff.fill(edit, "/@tallpine", &over).await.assert_sees("nothing of this form is saved yet");
    staff.get("/cedar-river/partners/@tallpine").await.assert_sees("A sovereign nation on its own land");
    let past = "update partner set recognition = 'federal_list', recognition_words = '' where id = '@tallpine'";
    crate::support::refused("past the page", site.attempt("staff", "staff", past).await);
    thomas
        .fill("/cedar-river/our-entry", "/our-entry", &[("recognition", "own_words"), ("recognition_words", "")])
        .await
        .assert_problem("recognition_words", "Enter your own words");
    thomas.fill("/cedar-river/our-entry", "/our-entry", &[("recognition", "not_stated")]).await.assert_flash("Your entry is saved");
    staff.get("/cedar-river/partners/@tallpine").await.assert_sees("Not stated").assert_never_sees("A sovereign nation");
    staff.get(edit).await.assert_sees("A body’s words are not the agency’s");
}

#[tokio::test]
async fn a_member_of_an_entry_that_was_joined_still_reads_keeps_and_speaks_for_its_body() {
    let site = Site::open().await;
    let (staff, joanna) = (site.visitor("staff").await, site.visitor("partner").await);
    let gone = "/cedar-river/partners/@kinship";
    let comment = [("comment", "Call us by our name"), ("comment_audience", "body")];
    joanna.post("/cedar-river/comments/@kinship", &comment).await.assert_status(StatusCode::SEE_OTHER);
    site.force("update merge set state = 'undone' where state = 'proposed'").await;
    let asked = staff.post("/cedar-river/partners/@parents/merge", &[("other", "@kinship"), ("keep", "@parents")]).await;
    joanna
        .post(&format!("{}/word", asked.location), &[("word", "given")])
        .await
        .assert_flash("Your word is given. The two entries are one");
    let kept = joanna.get(gone).await;
    kept.assert_goes_to("/cedar-river/partners/@parents");
    let page = joanna.follow(&kept).await;
    page.assert_sees("Entries joined to this one").assert_sees("Keep our own entry");
    joanna.get(&format!("{gone}/joined")).await.assert_sees("Call us by our name").assert_sees("Grandparents, aunts and uncles");
    staff.get(&format!("{gone}/joined")).await.assert_never_sees("Call us by our name");
    joanna.fill("/cedar-river/our-entry", "/our-entry", &[("city", "Alder Falls")]).await.assert_goes_to("/cedar-river/partners/@parents");
    assert_eq!(site.peek::<String>("select city from partner where id = '@parents'").await, "Alder Falls");
    let ratings = joanna.get("/cedar-river/partners/@parents/ratings").await;
    ratings.assert_sees("We are asked, and then it is quiet.");
    joanna.post("/cedar-river/partners/@parents/ratings", &[("value", "3"), ("note", "One body now")]).await.assert_flash("Rating added");
    joanna.get("/cedar-river/partners/@kinship/ratings").await.assert_sees("One body now");
    let people = "/cedar-river/partners/@parents/representatives";
    let person: String = site.peek("select id::text from representative where partner_id = '@kinship'").await;
    joanna.get(people).await.assert_sees("Joanna Littlefield").assert_sees("Name the person");
    joanna.fill(&format!("{people}/{person}/end"), "/end", &[("ends_on", "2026-12-01")]).await.assert_flash("Hand-over saved");
    let entry: String = site.peek("select id::text from outreach where partner_id = '@kinship' order by held_on limit 1").await;
    let entry = format!("{OUTREACH}/{entry}");
    staff.fill(&format!("{entry}/edit"), &entry, &[("said", "They came twice")]).await.assert_flash("Outreach saved");
    joanna.get(&entry).await.assert_sees("They came twice");
}
