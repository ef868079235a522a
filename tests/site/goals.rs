//! Shared goals: a word holds for one version, a body's word needs a mandate, and the curve says what it shows.

use crate::support::Site;
use http::StatusCode;

const GOAL: &str = "/cedar-river/goals/@goal_2";
const WORD: &str = "/cedar-river/goals/@goal_2/agreement";

#[tokio::test]
async fn a_change_makes_a_version_that_nobody_agreed_to_yet() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    staff.get(GOAL).await.assert_sees("Words on version 1").assert_never_sees("Nobody has agreed to this version yet");
    let kept = staff.fill(&format!("{GOAL}/edit"), "@goal_2", &[("text", "Families hear from us in their own language")]).await;
    kept.assert_goes_to(GOAL);
    let told =
        "select string_agg(key, ' ') from audit a, jsonb_object_keys(a.fields) key where a.subject_id = '@goal_2' and a.action = 'changed'";
    assert_eq!(site.peek::<String>(&format!("{told} and a.at = (select max(at) from audit where subject_id = '@goal_2')")).await, "text");
    let shown = staff.follow(&kept).await;
    shown.assert_sees("Words on version 2").assert_sees("Nobody has agreed to this version yet").assert_sees("Version 1 stays in force");
}

#[tokio::test]
async fn the_old_version_stays_readable_with_every_word_given_on_it() {
    let site = Site::open().await;
    let tribe = site.visitor("tribe").await;
    let old = tribe.get("/cedar-river/goals/@goal_4/versions/1").await;
    old.assert_page("Version 1 of the goal").assert_sees("within three days").assert_sees("A government is called, not written to.");
    tribe.get("/cedar-river/goals/@goal_4/versions/7").await.assert_not_found();
}

#[tokio::test]
async fn a_word_on_a_version_that_has_been_replaced_is_not_taken() {
    let site = Site::open().await;
    let text: String = site.peek("select text from goal where id = '@goal_2'").await;
    site.visitor("staff").await.fill(&format!("{GOAL}/edit"), "@goal_2", &[("text", "Another text")]).await.assert_goes_to(GOAL);
    let again = site.visitor("tribe").await.post(WORD, &[("word", "agreed"), ("version", "1")]).await;
    again.assert_status(StatusCode::UNPROCESSABLE_ENTITY).assert_sees("Someone else saved this");
    again.assert_sees("Version 1, which you had read").assert_sees(&text).assert_sees("Another text");
    let given: i64 = site.peek("select count(*) from agreement where subject_id = '@goal_2' and membership_id = '@tribe'").await;
    assert_eq!(given, 0);
}

#[tokio::test]
async fn a_tribes_word_needs_a_mandate() {
    let site = Site::open().await;
    site.force("update membership set steward = false, speaks = false, binds = false where id = '@tribe'").await;
    let member = site.visitor("tribe").await;
    member.fill(WORD, "/agreement", &[("word", "agreed")]).await.assert_problem("word", "Ask your stewards for a mandate");
    site.force("update membership set speaks = true, mandate_until = '2020-01-01' where id = '@tribe'").await;
    member.fill(WORD, "/agreement", &[("word", "agreed")]).await.assert_problem("word", "Ask your stewards for a mandate");
    site.force("update membership set mandate_until = null where id = '@tribe'").await;
    member.fill(WORD, "/agreement", &[("word", "agreed")]).await.assert_goes_to(GOAL);
    member.get(GOAL).await.assert_sees("Tall Pine Tribe agreed");
}

#[tokio::test]
async fn staff_do_not_agree_for_anybody() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    staff.post(WORD, &[("word", "agreed"), ("version", "1")]).await.assert_not_allowed();
}

#[tokio::test]
async fn what_a_tribe_does_not_agree_to_says_so_in_the_list_too() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    staff.get("/cedar-river/goals").await.assert_sees("not agreed with Tall Pine Tribe");
    staff.get("/cedar-river/goals/@goal_3").await.assert_sees("not agreed with Tall Pine Tribe");
}

#[tokio::test]
async fn a_goal_is_in_force_only_when_a_partner_agreed() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let made = staff.post("/cedar-river/goals", &[("text", "Every child keeps one school")]).await;
    let state = format!("{}/state", made.location);
    let again = staff.post(&state, &[("state", "in_force"), ("version", "1")]).await;
    again.assert_problem("state", "Wait for a partner’s word");
    // The director’s own word puts nothing in force, and a partner’s word on another version does not either.
    let director = site.visitor("director").await;
    director.fill(&format!("{}/agreement", made.location), "/agreement", &[("word", "agreed")]).await.assert_goes_to(&made.location);
    staff.post(&state, &[("state", "in_force"), ("version", "1")]).await.assert_problem("state", "Wait for a partner’s word");
    site.visitor("tribe").await.fill(&format!("{}/agreement", made.location), "/agreement", &[("word", "agreed")]).await;
    staff.post(&made.location, &[("text", "Every child keeps one teacher"), ("version", "1")]).await.assert_goes_to(&made.location);
    staff.post(&state, &[("state", "in_force"), ("version", "2")]).await.assert_problem("state", "Wait for a partner’s word");
}

#[tokio::test]
async fn the_version_in_force_stays_in_force_until_a_partner_agrees_to_the_new_one() {
    let site = Site::open().await;
    let (staff, director, partner) = (site.visitor("staff").await, site.visitor("director").await, site.visitor("partner").await);
    let old: String = site.peek("select text from goal where id = '@goal_2'").await;
    let new = "Families hear from us before the second day";
    staff.fill(&format!("{GOAL}/edit"), "@goal_2", &[("text", new)]).await.assert_flash("New version saved; nobody has agreed to it yet");
    director.fill(WORD, "/agreement", &[("word", "agreed")]).await.assert_goes_to(GOAL);
    for who in [&staff, &partner] {
        who.get(GOAL).await.assert_sees("Version 1 stays in force").assert_sees(&old);
        let row = who.get("/cedar-river/goals").await.select("tbody tr");
        assert!(row.iter().any(|row| row.starts_with(&old) && row.contains("waits for a partner’s word") && row.contains(new)), "{row:?}");
    }
    assert_eq!(site.peek::<String>("select title from subject where id = '@goal_2'").await, old);
    partner.fill(WORD, "/agreement", &[("word", "agreed")]).await.assert_goes_to(GOAL);
    partner.get(GOAL).await.assert_never_sees("stays in force").assert_sees("Your word says whether you stand behind it too");
    assert_eq!(site.peek::<String>("select title from subject where id = '@goal_2'").await, new);
}

#[tokio::test]
async fn saving_what_was_agreed_to_unchanged_voids_no_word() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let kept = staff.fill(&format!("{GOAL}/edit"), "@goal_2", &[("barriers", "@barrier_1")]).await;
    kept.assert_flash("Goal saved; every word given on it still holds");
    staff.get(GOAL).await.assert_sees("Words on version 1").assert_never_sees("Nobody has agreed to this version yet");
    assert_eq!(site.count("revision where subject_id = '@goal_2'").await, 0);
}

#[tokio::test]
async fn only_who_may_give_a_word_is_shown_the_button() {
    let site = Site::open().await;
    for who in ["partner", "tribe", "parent", "director"] {
        site.visitor(who).await.get(GOAL).await.assert_sees("Give your word");
    }
    let staff = site.visitor("staff").await;
    staff.get(GOAL).await.assert_never_sees("Give your word").assert_sees("The director gives the agency’s word.");
    staff.get("/cedar-river/goals").await.assert_never_sees("Waiting for my word");
    site.force("update membership set steward = false, speaks = false, binds = false where id = '@tribe'").await;
    let member = site.visitor("tribe").await;
    member.get(GOAL).await.assert_never_sees("Give your word").assert_sees("Ask your stewards for a mandate");
    member.get("/cedar-river/goals").await.assert_never_sees("Waiting for my word");
}

#[tokio::test]
async fn taking_a_value_away_is_asked_first() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let day = site.id("goal_open_day");
    let asked = staff.get(&format!("{GOAL}/values/{day}/delete")).await;
    asked.assert_page("Take this value away?");
    staff.get(&format!("{GOAL}/values/1999-01-01/delete")).await.assert_not_found();
    staff.fill(&format!("{GOAL}/values/{day}/delete"), "/delete", &[]).await.assert_flash("Value taken away");
}

#[tokio::test]
async fn the_curve_says_what_it_shows_and_stands_over_its_table() {
    let site = Site::open().await;
    let shown = site.visitor("parent").await.get("/cedar-river/goals/@goal_3").await;
    shown.assert_sees("It fell to 58 percent on").assert_sees("is no closer than at the start");
    assert_eq!(shown.select("svg circle.dot").len(), 11);
    assert_eq!(shown.select("table tbody tr").len(), 12);
}

#[tokio::test]
async fn a_value_is_measured_and_a_day_has_one() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    site.force("update goal set unit = 'visits'").await;
    let path = format!("{GOAL}/values");
    let value = |day, value| [("on_day", day), ("value", value), ("source", "Count")];
    staff.post(&path, &value("2090-01-01", "3")).await.assert_problem("on_day", "Enter a day that has come");
    staff.post(&path, &value("2020-01-01", "many")).await.assert_problem("value", "Enter a number");
    staff.post(&path, &value("2020-01-01", "31,5")).await.assert_problem("value", "Enter a number");
    staff.post(&path, &value("2020-01-01", "1,240")).await.assert_goes_to(GOAL);
    staff.get(GOAL).await.assert_sees("1,240");
    staff.post(&path, &value("2020-01-01", "32")).await.assert_problem("on_day", "Take the value of this day away first");
}

#[tokio::test]
async fn a_partner_does_not_write_goals() {
    let site = Site::open().await;
    let circle = site.visitor("partner").await;
    circle.get("/cedar-river/goals/new").await.assert_not_allowed();
    circle.post(GOAL, &[("text", "Mine"), ("version", "1")]).await.assert_not_allowed();
    circle.get(GOAL).await.assert_never_sees("Change the goal");
}

#[tokio::test]
async fn of_two_who_change_a_goal_the_second_sees_both_texts() {
    let site = Site::open().await;
    let (staff, director) = (site.visitor("staff").await, site.visitor("director").await);
    staff.post(GOAL, &[("text", "The first text"), ("version", "1")]).await.assert_goes_to(GOAL);
    let again = director.post(GOAL, &[("text", "The second text"), ("version", "1")]).await;
    again.assert_status(StatusCode::UNPROCESSABLE_ENTITY).assert_sees("The first text");
    assert_eq!(again.field("text"), "The second text");
}

#[tokio::test]
async fn another_agency_sees_no_goal() {
    let site = Site::open().await;
    let harbor = site.visitor("harbor").await;
    harbor.get("/harbor/goals/@goal_2").await.assert_not_found();
    harbor.get("/harbor/goals").await.assert_never_sees("language");
}

#[tokio::test]
async fn staff_do_not_put_a_goal_in_force_by_a_second_hat_of_theirs() {
    let site = Site::open().await;
    let (second, account) = ("018f5e2a-0000-7000-8000-00000000cccc", "(select account_id from membership where id = '@staff')");
    let staff = site.visitor("staff").await;
    let made = staff.post("/cedar-river/goals", &[("text", "The county wants this alone")]).await;
    let id = made.location.rsplit('/').next().unwrap();
    site.force(&format!(
        "insert into membership (agency_id, id, account_id, name, role, lived_experience, state, created_at) \
         select agency_id, '{second}', {account}, 'Community member', 'partner', true, 'active', now() from membership where id = '@staff'; \
         insert into agreement (agency_id, subject_id, version, membership_id, word, created_at) \
         select agency_id, '{id}', 1, '{second}', 'agreed', '2030-01-01' from membership where id = '@staff'"
    ))
    .await;
    let state = format!("{}/state", made.location);
    staff.post(&state, &[("state", "in_force"), ("version", "1")]).await.assert_problem("state", "Wait for a partner’s word");
    let put = format!("update goal set state = 'in_force' where id = '{id}'");
    crate::support::refused("past the pages", site.attempt("staff", "staff", &put).await);
    let word = format!(
        "insert into agreement (subject_id, version, membership_id, word, created_at) values ('{id}', 1, '@tribe', 'agreed', now())"
    );
    crate::support::refused("nor another's word", site.attempt("staff", "staff", &word).await);
    site.visitor("tribe").await.fill(&format!("{}/agreement", made.location), "/agreement", &[("word", "agreed")]).await;
    staff.post(&state, &[("state", "in_force"), ("version", "1")]).await.assert_goes_to(&made.location);
}

#[tokio::test]
async fn a_target_comes_after_its_baseline_and_a_baseline_has_been_measured() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let fields = |baseline_on, target_on| {
        [
            ("text", "Every child keeps one school"),
            ("indicator", "Moves of school"),
            ("baseline", "31"),
            ("baseline_on", baseline_on),
            ("target", "10"),
            ("target_on", target_on),
        ]
    };
    let again = staff.post("/cedar-river/goals", &fields("2026-12-31", "2026-11-30")).await;
    again.assert_problem("target_on", "Enter a day after the day of the baseline");
    assert_eq!((again.field("text"), again.field("target_on")), ("Every child keeps one school".to_owned(), "2026-11-30".to_owned()));
    staff.post("/cedar-river/goals", &fields("2031-12-31", "2032-11-30")).await.assert_problem("baseline_on", "Enter a day that has come");
    staff.post("/cedar-river/goals", &fields("2025-12-31", "2026-01-31")).await.made();
}

#[tokio::test]
async fn whoever_is_asked_about_a_new_version_sees_what_changed_and_since_when_it_waits() {
    let site = Site::open().await;
    let (staff, partner) = (site.visitor("staff").await, site.visitor("partner").await);
    staff.fill(&format!("{GOAL}/edit"), "@goal_2", &[("text", "Families hear from us. Every week.")]).await.assert_goes_to(GOAL);
    partner.fill(WORD, "/agreement", &[("word", "agreed")]).await.assert_goes_to(GOAL);
    site.clock.put(site.clock.now() + chrono::Duration::days(9));
    let partner_again = site.visitor("partner").await;
    site.visitor("staff")
        .await
        .fill(&format!("{GOAL}/edit"), "@goal_2", &[("text", "Families hear from us. Every day.")])
        .await
        .assert_goes_to(GOAL);
    for page in [WORD, GOAL] {
        let asked = partner_again.get(page).await;
        asked.assert_sees("What changed since version 2").assert_sees("You gave your word on version 2");
        assert_eq!((asked.select("del"), asked.select("ins")), (vec!["Every week.".to_owned()], vec!["Every day.".to_owned()]), "{page}");
        asked.assert_sees("not in the new version");
    }
    let zone: String = site.peek("select zone from agency where slug = 'cedar-river'").await;
    let day = site.clock.now().with_timezone(&zone.parse::<chrono_tz::Tz>().unwrap()).format("%-d %B %Y").to_string();
    let wanted = partner_again.get("/cedar-river/wanted").await.select("ul.wait li");
    assert!(wanted.iter().any(|one| one.starts_with("Do you agree to this goal?") && one.contains(&day)), "{day} {wanted:?}");
    // The target of a version that waits is proposed; once a word is given, nothing says that it is wanting.
    partner_again.get(GOAL).await.assert_sees("Proposed target").assert_sees("stays in force until somebody does");
    partner_again.fill(WORD, "/agreement", &[("word", "agreed")]).await.assert_goes_to(GOAL);
    partner_again.get(GOAL).await.assert_never_sees("Proposed target").assert_never_sees("What changed since version");
}

#[tokio::test]
async fn whoever_gives_another_word_reads_the_one_it_takes_the_place_of() {
    let site = Site::open().await;
    let partner = site.visitor("partner").await;
    partner.fill(WORD, "/agreement", &[("word", "not_agreed"), ("note", "Not without our language")]).await.assert_goes_to(GOAL);
    partner.get(WORD).await.assert_sees("did not agree to this version").assert_sees("Not without our language");
    site.visitor("tribe").await.get(WORD).await.assert_never_sees("Not without our language");
}

#[tokio::test]
async fn a_second_value_of_a_day_is_a_problem_of_its_field_and_nothing_typed_is_lost() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let values = format!("{GOAL}/values");
    site.force("update goal set unit = 'days' where id = '@goal_2'").await;
    let day = "2027-01-03";
    site.force("delete from goal_value where goal_id = '@goal_2'").await;
    staff.post(&values, &[("on_day", day), ("value", "31.5"), ("source", "County system")]).await.assert_goes_to(GOAL);
    let again = staff.post(&values, &[("on_day", day), ("value", "29"), ("source", "A later count of ours")]).await;
    again.assert_problem("on_day", "Take the value of this day away first");
    assert_eq!((again.field("value").as_str(), again.field("source").as_str()), ("29", "A later count of ours"));
    assert_eq!(site.count("goal_value where goal_id = '@goal_2'").await, 1);
}

#[tokio::test]
async fn a_share_is_never_more_than_all_of_it() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let goal = [("text", "Families hear back"), ("indicator", "Answered in time"), ("baseline", "40"), ("baseline_on", "2027-01-01")];
    for (unit, target, taken) in [
        ("percent", "120", false),
        ("% of families", "100.5", false),
        ("percent of calls", "-1", false),
        ("percent", "100", true),
        ("percent more than before", "120", true),
        ("days", "120", true),
    ] {
        let sent = staff
            .post("/cedar-river/goals", &[&goal[..], &[("unit", unit), ("target", target), ("target_on", "2029-01-01")]].concat())
            .await;
        if taken {
            sent.made();
        } else {
            sent.assert_problem("target", "Enter a number from 0 to 100");
            assert_eq!(sent.field("target"), target);
        }
    }
    site.force("update goal set unit = 'percent' where id = '@goal_2'").await;
    let value = [("on_day", "2027-01-03"), ("value", "101"), ("source", "County system")];
    staff.post(&format!("{GOAL}/values"), &value).await.assert_problem("value", "Enter a number from 0 to 100");
}

#[tokio::test]
async fn a_barrier_that_is_not_there_any_more_costs_nobody_what_they_typed() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    for gone in ["018f5e2a-0000-7000-8000-000000000000", "@goal_1", "no number"] {
        let sent = staff.post("/cedar-river/goals", &[("text", "Families hear back within a week"), ("barriers", gone)]).await;
        sent.assert_problem("barriers", "Choose");
        assert_eq!(sent.field("text"), "Families hear back within a week");
    }
    // The same one twice is one.
    staff
        .post("/cedar-river/goals", &[("text", "Families hear back"), ("barriers", "@barrier_1"), ("barriers", "@barrier_1")])
        .await
        .made();
}
