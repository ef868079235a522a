//! Barriers: what stands in the way, shown by what its reader may read.

use crate::support::Site;
use http::StatusCode;

const BARRIERS: &str = "/cedar-river/barriers";
const FIRST: &str = "/cedar-river/barriers/@barrier_1";

#[tokio::test]
async fn a_coordinator_writes_a_barrier_down() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let fields = [("name", "No bus after six"), ("level", "structure"), ("groups", "night workers, teens"), ("partner_owner", "@kinship")];
    let made = staff.post(BARRIERS, &fields).await;
    made.assert_goes_to("/cedar-river/barriers/*").assert_flash("Barrier added");
    site.visitor("parent").await.follow(&made).await.assert_page("No bus after six").assert_sees("night workers, teens");
}

#[tokio::test]
async fn a_barrier_says_where_it_sits() {
    let site = Site::open().await;
    let again = site.visitor("staff").await.post(BARRIERS, &[("name", "No bus after six"), ("level", "weather")]).await;
    again.assert_problem("level", "Choose where it sits");
    assert_eq!(again.field("name"), "No bus after six");
}

#[tokio::test]
async fn an_owner_is_somebody_of_the_right_side() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let fields = [("name", "No bus after six"), ("level", "structure"), ("owner", "@kinship"), ("partner_owner", "@staff")];
    staff.post(BARRIERS, &fields).await.assert_problem("owner", "Choose one of the list").assert_problem("partner_owner", "Choose one");
}

#[tokio::test]
async fn a_draft_stays_with_the_agencys_staff_until_it_is_opened() {
    let site = Site::open().await;
    let draft = "/cedar-river/barriers/@barrier_7";
    for who in ["partner", "tribe", "parent"] {
        let visitor = site.visitor(who).await;
        visitor.get(draft).await.assert_not_found();
        visitor.get(BARRIERS).await.assert_never_sees("The first free appointment");
    }
    let staff = site.visitor("staff").await;
    staff.fill(&format!("{draft}/edit"), "@barrier_7", &[("audience", "partnership")]).await.assert_goes_to(draft);
    site.visitor("partner").await.get(draft).await.assert_sees("The first free appointment");
}

#[tokio::test]
async fn what_the_partnership_reads_is_not_closed_to_it_again() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    staff.fill(&format!("{FIRST}/edit"), "@barrier_1", &[("audience", "agency")]).await.assert_goes_to(FIRST);
    site.visitor("partner").await.get(FIRST).await.assert_sees("Relatives are not asked");
}

#[tokio::test]
async fn evidence_is_only_what_one_may_read() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let path = format!("{FIRST}/evidence");
    staff.post(&path, &[]).await.assert_problem("sources", "Choose at least one");
    staff.post(&path, &[("sources", "018f5e2a-0000-7000-8000-000000000000")]).await.assert_not_found();
    staff.post(&path, &[("sources", "@plan_1")]).await.assert_not_found();
}

#[tokio::test]
async fn what_became_of_it_is_told_with_its_day() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let open = "/cedar-river/barriers/@barrier_open";
    staff.fill(&format!("{open}/state"), "/state", &[("state", "removed")]).await.assert_problem("happened", "Enter what happened");
    let fields = [("state", "removed"), ("happened", "Meetings are after school since June.")];
    staff.fill(&format!("{open}/state"), "/state", &fields).await.assert_goes_to(open);
    site.visitor("parent").await.get(open).await.assert_sees("Meetings are after school since June.");
}

#[tokio::test]
async fn a_barrier_that_lost_a_source_is_read_again() {
    let site = Site::open().await;
    site.force(
        "insert into rereading (agency_id, id, subject_id, reason, created_at)
         select agency_id, gen_random_uuid(), id, 'A statement was taken back', now() from subject where id = '@barrier_4'",
    )
    .await;
    let staff = site.visitor("staff").await;
    let barrier = "/cedar-river/barriers/@barrier_4";
    staff.get(&format!("{BARRIERS}?reread=yes")).await.assert_sees("Visits take place only in office hours");
    site.visitor("partner").await.get(barrier).await.assert_sees("read again").assert_never_sees("I have read it again");
    staff.fill(barrier, "/rereading", &[]).await.assert_goes_to(barrier);
    staff.get(barrier).await.assert_never_sees("I have read it again");
}

#[tokio::test]
async fn of_two_who_edit_a_barrier_the_second_sees_both_texts() {
    let site = Site::open().await;
    let (staff, director) = (site.visitor("staff").await, site.visitor("director").await);
    let version = site.id("barrier_open_version");
    let open = "/cedar-river/barriers/@barrier_open";
    let fields = |name| [("name", name), ("level", "structure"), ("version", version.as_str())];
    staff.post(open, &fields("The first text")).await.assert_goes_to(open);
    let again = director.post(open, &fields("The second text")).await;
    again.assert_status(StatusCode::UNPROCESSABLE_ENTITY).assert_sees("The first text");
    assert_eq!(again.field("name"), "The second text");
}

#[tokio::test]
async fn partners_and_analysts_change_no_barrier() {
    let site = Site::open().await;
    for who in ["partner", "analyst"] {
        let visitor = site.visitor(who).await;
        visitor.get(FIRST).await.assert_never_sees("Edit the barrier");
        visitor.post(BARRIERS, &[("name", "Mine"), ("level", "policy")]).await.assert_not_allowed();
        visitor.get(&format!("{FIRST}/state")).await.assert_not_allowed();
    }
}

#[tokio::test]
async fn another_agency_sees_no_barrier() {
    let site = Site::open().await;
    let harbor = site.visitor("harbor").await;
    harbor.get("/harbor/barriers/@barrier_1").await.assert_not_found();
    harbor.get("/harbor/barriers").await.assert_never_sees("Relatives");
}

#[tokio::test]
async fn a_barrier_made_from_a_theme_rests_on_it() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let theme = staff.get("/cedar-river/themes/@theme_ride").await;
    let way = theme.attributes("a[href*='/barriers/new?theme=']", "href").remove(0);
    let fields = [("name", "No bus after six"), ("level", "structure")];
    let made = staff.fill(&way, "/barriers", &fields).await;
    made.assert_flash("Barrier added");
    staff.get("/cedar-river/themes/@theme_ride").await.assert_sees("barrierNo bus after six");
    let name: String = site.peek("select name from theme where id = '@theme_ride'").await;
    staff.follow(&made).await.assert_sees(&name);
    let listed = staff.get(&format!("{BARRIERS}?theme=@theme_ride&sort=name")).await;
    listed
        .assert_sees("No bus after six")
        .assert_sees("Visits take place only in office hours")
        .assert_never_sees("Relatives are not asked");
    // Taking the box away takes the theme away, and nothing else that shows the barrier.
    let kept = site.count("edge where from_id = '@barrier_1' and kind = 'evidence'").await;
    staff.post(FIRST, &[("name", "Relatives are not asked"), ("level", "practice"), ("version", "1")]).await;
    let version: i32 = site.peek("select version from barrier where id = '@barrier_1'").await;
    let fields = [("name", "Relatives are not asked"), ("level", "practice"), ("version", &version.to_string())];
    staff.post(FIRST, &fields).await.assert_goes_to(FIRST);
    assert_eq!(site.count("edge where from_id = '@barrier_1' and kind = 'evidence'").await, kept - 1);
}

#[tokio::test]
async fn an_administrator_reads_nobodys_words_on_a_barrier() {
    let site = Site::open().await;
    let said = site.visitor("staff").await.get(FIRST).await.select(".quotation blockquote");
    assert!(!said.is_empty(), "staff read what shows it");
    let admin = site.visitor("admin").await.get(FIRST).await;
    assert!(admin.select(".quotation").is_empty());
    for words in said {
        admin.assert_never_sees(&words);
    }
}

#[tokio::test]
async fn a_barrier_leads_on_to_a_goal_and_a_plan_and_shows_them() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let open = "/cedar-river/barriers/@barrier_open";
    for (kind, send, field) in [("goals", "/goals", "text"), ("plans", "/plans", "name")] {
        let way = staff.get(open).await.attributes(&format!("a[href*='/{kind}/new?barrier=']"), "href").remove(0);
        let form = staff.get(&way).await;
        assert_eq!(form.attributes("input[name='barriers'][checked]", "value"), [site.id("barrier_open")]);
        let name = format!("What we do about it, {kind}");
        staff.send_form(&form.filled(send, &[(field, &name), ("audience", "partnership")])).await.made();
        for who in ["staff", "parent"] {
            site.visitor(who).await.get(open).await.assert_sees(&name);
        }
    }
    for who in ["analyst", "partner"] {
        site.visitor(who).await.get(open).await.assert_never_sees("Set a goal from this").assert_never_sees("Make a plan for this");
    }
    // A barrier that is not there for the reader is not chosen.
    let form = staff.get("/cedar-river/goals/new?barrier=018f5e2a-0000-7000-8000-000000000000").await;
    assert!(form.attributes("input[name='barriers'][checked]", "value").is_empty());
}
