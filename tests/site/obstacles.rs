//! Obstacles of the partnership itself: raised by either side, each side's own part, and whose word settles them.

use crate::support::Site;
use chrono::Duration;
use http::StatusCode;

const LIST: &str = "/cedar-river/obstacles";
const TRAVEL: &str = "/cedar-river/obstacles/@obstacle_travel";

#[tokio::test]
async fn either_side_raises_an_obstacle_and_the_other_reads_it() {
    let site = Site::open().await;
    let (staff, partner, parent) = (site.visitor("staff").await, site.visitor("partner").await, site.visitor("parent").await);
    let fields = [("kind", "pay"), ("name", "Mileage is paid too late"), ("partner", "@kinship"), ("audience", "agency")];
    let ours = staff.post(LIST, &fields).await;
    ours.assert_flash("Obstacle raised");
    partner.follow(&ours).await.assert_page("Mileage is paid too late").assert_sees("Write your side’s part");
    partner.get("/cedar-river/wanted").await.assert_sees("what can your side decide").assert_sees("Mileage is paid too late");
    let theirs = parent.post(LIST, &[("kind", "travel"), ("name", "The bus ends at eight"), ("audience", "agency")]).await;
    let page = staff.follow(&theirs).await;
    page.assert_page("The bus ends at eight").assert_sees("community member").assert_never_sees("Dana Whitlock");
    staff.get(&format!("{LIST}?kind=travel&side=partner")).await.assert_sees("The bus ends at eight").assert_never_sees("Mileage is paid");
}

#[tokio::test]
async fn the_agency_says_with_whom_it_is_hard() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let again = staff.post(LIST, &[("kind", "pay"), ("name", "Mileage"), ("audience", "body")]).await;
    again.assert_problem("partner", "Choose the partner").assert_problem("audience", "Choose who may read it");
    assert_eq!(again.field("name"), "Mileage");
}

#[tokio::test]
async fn each_side_writes_its_own_part_and_not_the_others() {
    let site = Site::open().await;
    let (staff, partner) = (site.visitor("staff").await, site.visitor("partner").await);
    partner.fill(&format!("{TRAVEL}/part"), "/part", &[("can", "Our own van"), ("cannot", "The bus")]).await.assert_goes_to(TRAVEL);
    staff.fill(&format!("{TRAVEL}/part"), "/part", &[("can", "The room"), ("cannot", "The roads")]).await.assert_goes_to(TRAVEL);
    staff.get(TRAVEL).await.assert_sees("Our own van").assert_sees("The roads");
    let kept: String = site.peek("select partner_can || ' | ' || agency_cannot from obstacle where id = '@obstacle_travel'").await;
    assert_eq!(kept, "Our own van | The roads");
    staff.fill(&format!("{TRAVEL}/part"), "/part", &[("can", ""), ("cannot", "")]).await.assert_problem("can", "Enter what your side");
}

#[tokio::test]
async fn the_other_side_hears_that_something_was_raised_and_the_agencys_part_waits_for_it() {
    let site = Site::open().await;
    let (partner, director) = (site.visitor("partner").await, site.visitor("director").await);
    let raised = [("kind", "pay"), ("name", "Mileage is paid too late"), ("audience", "agency")];
    let made = partner.post(LIST, &raised).await.made();
    director.get("/cedar-river/notices").await.assert_sees("A partner raised something").assert_never_sees("Mileage is paid too late");
    for who in ["tribe", "parent", "analyst", "admin"] {
        let rows = format!("notice where kind = 'obstacle' and path like '%{made}' and membership_id = '@{who}'");
        assert_eq!(site.count(&rows).await, 0, "{who}");
    }
    let open = director.get("/cedar-river/open").await;
    assert!(open.attributes("a", "href").contains(&format!("{LIST}/{made}/part")));
    director.fill(&format!("{LIST}/{made}/part"), "/part", &[("can", "The form"), ("cannot", "The rate")]).await;
    let open = director.get("/cedar-river/open").await;
    assert!(!open.attributes("a", "href").contains(&format!("{LIST}/{made}/part")));
}

#[tokio::test]
async fn whoever_is_on_neither_side_reads_and_changes_nothing() {
    let site = Site::open().await;
    let open = "/cedar-river/obstacles/@obstacle_language";
    let tribe = site.visitor("tribe").await;
    tribe.get(open).await.assert_sees("Invitations and minutes").assert_never_sees("Open it again").assert_never_sees("Write your side");
    for what in ["part", "course", "settlement", "settlement/delete", "withdrawal"] {
        tribe.get(&format!("{open}/{what}")).await.assert_not_found();
        tribe.post(&format!("{open}/{what}"), &[("words", "Mine"), ("can", "Mine"), ("version", "1")]).await.assert_not_found();
    }
    site.visitor("analyst").await.post(&format!("{open}/part"), &[("can", "Mine")]).await.assert_not_allowed();
}

#[tokio::test]
async fn what_is_shared_with_few_is_there_for_nobody_else() {
    let site = Site::open().await;
    let power = "/cedar-river/obstacles/@obstacle_power";
    site.visitor("director").await.get(power).await.assert_sees("decided before we sit down");
    for who in ["staff", "partner", "parent", "analyst"] {
        let visitor = site.visitor(who).await;
        visitor.get(power).await.assert_not_found();
        visitor.get(LIST).await.assert_never_sees("decided before we sit down");
    }
    let admin = site.visitor("admin").await;
    admin.get("/cedar-river/obstacles/@obstacle_language").await.assert_not_allowed();
    admin.get("/cedar-river/trace/obstacle/@obstacle_language").await.assert_not_found();
    let harbor = site.visitor("harbor").await;
    harbor.get("/harbor/obstacles/@obstacle_language").await.assert_not_found();
    harbor.get("/harbor/obstacles").await.assert_never_sees("Invitations and minutes");
}

#[tokio::test]
async fn only_the_side_that_raised_it_settles_it_and_either_opens_it_again() {
    let site = Site::open().await;
    let (staff, partner) = (site.visitor("staff").await, site.visitor("partner").await);
    staff.get(TRAVEL).await.assert_never_sees("It is settled").assert_sees("The side that raised it says when it is settled");
    staff.post(&format!("{TRAVEL}/settlement"), &[("words", "We say so"), ("version", "1")]).await.assert_not_found();
    partner.fill(&format!("{TRAVEL}/settlement"), "/settlement", &[("words", "")]).await.assert_problem("words", "Enter what settled it");
    let done = partner.fill(&format!("{TRAVEL}/settlement"), "/settlement", &[("words", "We meet on the east side")]).await;
    done.assert_flash("Settled, by the side that raised it");
    staff.get(TRAVEL).await.assert_sees("We meet on the east side");
    staff.get(&format!("{TRAVEL}/course")).await.assert_not_found();
    let again = staff.fill(&format!("{TRAVEL}/settlement/delete"), "/settlement/delete", &[("words", "The room is gone")]).await;
    again.assert_flash("Open again; the other side sees why");
    partner.get(TRAVEL).await.assert_sees("open again").assert_sees("The room is gone").assert_sees("It is settled");
}

#[tokio::test]
async fn row_security_keeps_each_sides_part_and_the_settling_from_the_others_hand() {
    let site = Site::open().await;
    for (who, hat, set, may) in [
        ("staff", "staff", "agency_can = 'x'", true),
        ("staff", "staff", "partner_can = 'x'", false),
        ("staff", "staff", "name = 'x'", false),
        ("staff", "staff", "state = 'settled'", false),
        ("director", "director", "state = 'easing'", true),
        ("analyst", "analyst", "agency_can = 'x'", false),
        ("partner", "partner", "partner_can = 'x'", true),
        ("partner", "partner", "agency_can = 'x'", false),
        ("partner", "partner", "side = 'agency'", false),
    ] {
        let done = site.attempt(who, hat, &format!("update obstacle set {set} where id = '@obstacle_travel'")).await;
        assert_eq!(done.is_ok(), may, "{who}: {set}: {done:?}");
    }
    for who in ["tribe", "parent"] {
        let done = site
            .attempt(who, "partner", "update obstacle set partner_can = 'x' where id in ('@obstacle_travel', '@obstacle_language')")
            .await;
        assert!(done.is_err(), "{who} is on neither side of what the partnership reads");
    }
}

#[tokio::test]
async fn a_next_step_has_its_day_and_the_review_is_ahead() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let fields = [("state", "easing"), ("next_step", "Ask the library"), ("next_on", ""), ("review_on", "2001-01-01")];
    let again = staff.fill(&format!("{TRAVEL}/course"), "/course", &fields).await;
    again
        .assert_problem("next_on", "Enter the day by which")
        .assert_problem("review_on", "Enter a day on which you look at it together that is still ahead");
    let fields = [("state", "settled"), ("owner", "@tallpine"), ("next_step", ""), ("next_on", ""), ("review_on", "2099-01-01")];
    let again = staff.fill(&format!("{TRAVEL}/course"), "/course", &fields).await;
    again.assert_problem("state", "Choose whether it is open or easing").assert_problem("owner", "Choose one of the list");
}

#[tokio::test]
async fn a_review_that_is_due_stands_on_both_sides_first_pages_and_leaves_them_when_it_is_set_anew() {
    let site = Site::open().await;
    let (director, tribe) = (site.visitor("director").await, site.visitor("tribe").await);
    let power = "/cedar-river/obstacles/@obstacle_power";
    let on: String = site.peek("select to_char(review_on, 'FMDD FMMonth YYYY') from obstacle where id = '@obstacle_power'").await;
    let open = director.get("/cedar-river/open").await;
    open.assert_sees("decided before we sit down").assert_sees(&format!("to be looked at together, was due {on}"));
    tribe.get("/cedar-river/wanted").await.assert_sees("where does it stand").assert_sees("decided before we sit down");
    site.visitor("staff").await.get("/cedar-river/open").await.assert_never_sees("decided before we sit down");
    let course = [("state", "open"), ("next_step", ""), ("next_on", ""), ("review_on", "2099-01-01")];
    tribe.fill(&format!("{power}/course"), "/course", &course).await.assert_flash("Where it stands was saved");
    director.get("/cedar-river/open").await.assert_never_sees("decided before we sit down");
    tribe.get("/cedar-river/wanted").await.assert_never_sees("decided before we sit down");
}

#[tokio::test]
async fn what_happened_is_noted_while_the_days_that_have_passed_stay() {
    let site = Site::open().await;
    site.force(
        "update obstacle set next_step = 'Ask the library', next_on = '2026-02-02', review_on = '2026-03-03' where id = '@obstacle_travel'",
    )
    .await;
    let staff = site.visitor("staff").await;
    staff.get(TRAVEL).await.assert_sees("2 February 2026, which has passed").assert_sees("3 March 2026, which has passed");
    let course = format!("{TRAVEL}/course");
    staff.fill(&course, "/course", &[("happened", "The library wrote back")]).await.assert_flash("Where it stands was saved");
    staff.get(TRAVEL).await.assert_sees("The library wrote back");
    let moved = staff.fill(&course, "/course", &[("next_on", "2026-02-03"), ("review_on", "2026-03-04")]).await;
    moved.assert_problem("next_on", "Enter a day for the next step").assert_problem("review_on", "Enter a day on which you look");
}

#[tokio::test]
async fn of_two_who_say_where_it_stands_the_second_sees_both_texts() {
    let site = Site::open().await;
    let (staff, partner) = (site.visitor("staff").await, site.visitor("partner").await);
    let (first, second) = (staff.get(&format!("{TRAVEL}/course")).await, partner.get(&format!("{TRAVEL}/course")).await);
    let course = |step: &'static str| [("state", "easing"), ("next_step", step), ("next_on", "2099-01-01"), ("review_on", "2099-02-01")];
    staff.send_form(&first.filled("/course", &course("The first step"))).await.assert_goes_to(TRAVEL);
    let again = partner.send_form(&second.filled("/course", &course("The second step"))).await;
    again.assert_status(StatusCode::UNPROCESSABLE_ENTITY).assert_sees("The first step");
    assert_eq!(again.field("next_step"), "The second step");
}

#[tokio::test]
async fn whoever_lets_more_people_read_it_is_asked_once_more() {
    let site = Site::open().await;
    let (partner, edit) = (site.visitor("partner").await, format!("{TRAVEL}/edit"));
    let asked = partner.fill(&edit, "@obstacle_travel", &[("audience", "partnership")]).await;
    asked.assert_status(StatusCode::UNPROCESSABLE_ENTITY).assert_sees("Tick that from now on it is read by");
    site.visitor("tribe").await.get(TRAVEL).await.assert_not_found();
    let sure = [("audience", "partnership"), ("sure", "partnership")];
    partner.fill(&edit, "@obstacle_travel", &sure).await.assert_flash("Obstacle saved");
    site.visitor("tribe").await.get(TRAVEL).await.assert_sees("downtown at ten");
}

#[tokio::test]
async fn the_raiser_lets_fewer_read_it_and_takes_it_back() {
    let site = Site::open().await;
    let (staff, partner) = (site.visitor("staff").await, site.visitor("partner").await);
    staff.get(&format!("{TRAVEL}/edit")).await.assert_not_found();
    partner.fill(&format!("{TRAVEL}/edit"), "@obstacle_travel", &[("audience", "leadership")]).await.assert_flash("Obstacle saved");
    staff.get(TRAVEL).await.assert_not_found();
    site.visitor("director").await.get(TRAVEL).await.assert_sees("downtown at ten");
    partner.fill(&format!("{TRAVEL}/withdrawal"), "/withdrawal", &[]).await.assert_flash("Taken back; its words are gone");
    partner.get(TRAVEL).await.assert_sees("Its words are gone").assert_never_sees("downtown at ten");
    for text in ["downtown at ten", "two buses each way", "every second meeting", "come to the east side"] {
        let left: i64 = site
            .peek(&format!(
                "select coalesce(sum((xpath('/row/c/text()', query_to_xml(format('select count(*) as c from %I where %I ilike %L', \
                     table_name, column_name, '%{text}%'), false, true, '')))[1]::text::int), 0)::bigint \
                 from information_schema.columns where table_schema = 'public' and data_type = 'text' and table_name in ('obstacle', 'subject', 'happening')"
            ))
            .await;
        assert_eq!(left, 0, "{text}");
    }
}

#[tokio::test]
async fn the_steward_takes_back_what_their_people_raised_and_nobody_else_does() {
    let site = Site::open().await;
    site.force("update obstacle set raised_by = '@parent' where id = '@obstacle_travel'").await;
    site.visitor("director").await.post(&format!("{TRAVEL}/withdrawal"), &[]).await.assert_not_found();
    site.visitor("tribe").await.post(&format!("{TRAVEL}/withdrawal"), &[]).await.assert_not_found();
    site.visitor("partner")
        .await
        .fill(&format!("{TRAVEL}/withdrawal"), "/withdrawal", &[])
        .await
        .assert_flash("Taken back; its words are gone");
}

#[tokio::test]
async fn whoever_was_shown_the_words_is_known_to_those_whose_they_are() {
    let site = Site::open().await;
    site.clock.advance(Duration::days(1));
    let before = site.count("reading where subject_id = '@obstacle_travel' and membership_id = '@director'").await;
    site.visitor("director").await.get(TRAVEL).await.assert_sees("downtown at ten");
    assert_eq!(site.count("reading where subject_id = '@obstacle_travel' and membership_id = '@director'").await, before + 1);
}

#[tokio::test]
async fn a_partners_page_leads_to_what_makes_working_with_it_hard() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let way = staff.get("/cedar-river/partners/@kinship").await.attributes("a[href*='/obstacles?partner=']", "href").remove(0);
    let listed = staff.get(&way).await;
    listed.assert_sees("with Cedar Valley Kinship Circle").assert_sees("downtown at ten").assert_never_sees("six weeks after");
}
