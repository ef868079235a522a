//! Listening sessions: planning, announcing, the room, the steps, and who sees what of them.

use crate::support::{Answer, Site, Visitor};
use http::StatusCode;

const SESSIONS: &str = "/cedar-river/sessions";
const NOWHERE: &str = "018f5e2a-0000-7000-8000-000000000000";

const PLAN: &[(&str, &str)] = &[
    ("title", "Evening with uncles"),
    ("community", "uncles, Cedar Valley"),
    ("cohost", "@kinship"),
    ("day", "2027-03-01"),
    ("time", "18:00"),
    ("minutes", "90"),
    ("zone", "America/Chicago"),
    ("place", "Elm Street hall"),
    ("recording", "notes"),
    ("support_person", "Ruth Alderman"),
    ("stop_rule", "Raise a hand."),
    ("facilitators", "@staff"),
];

fn with<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = PLAN.iter().filter(|(name, _)| !changes.iter().any(|(other, _)| other == name));
    kept.copied().chain(changes.iter().copied()).collect()
}

/// A session planned by the coordinator, with some fields changed: its address.
async fn planned(staff: &Visitor, changes: &[(&str, &str)]) -> String {
    let made = staff.post(SESSIONS, &with(changes)).await;
    made.assert_flash("Session planned");
    made.location
}

async fn step(who: &Visitor, session: &str, name: &str, fields: &[(&str, &str)]) -> Answer {
    who.post(&format!("{session}/{name}"), fields).await
}

const INVITED: &[(&str, &str)] = &[("invitation", "Come and eat with us."), ("cleared", "yes"), ("afterwards", "yes")];

/// The same, announced and with the notice read.
async fn begun(staff: &Visitor, changes: &[(&str, &str)]) -> String {
    let session = planned(staff, changes).await;
    step(staff, &session, "announcement", INVITED).await.assert_flash("Session announced");
    step(staff, &session, "room/notice", &[]).await.assert_flash("Notice noted as read");
    session
}

#[tokio::test]
async fn a_session_lives_from_plan_to_close() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let session = begun(&staff, &[]).await;
    step(&staff, &session, "holding", &[("agency", "2"), ("lived_experience", "9")]).await.assert_flash("Session held");
    step(&staff, &session, "return", &[]).await.assert_flash("Brought back to the speakers");
    step(&staff, &session, "confirmation", &[]).await.assert_flash("Session confirmed");
    step(&staff, &session, "closing", &[]).await.assert_flash("Session closed");
    staff.get(&session).await.assert_page("Evening with uncles").assert_sees("11");
}

#[tokio::test]
async fn no_step_can_be_skipped() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let session = planned(&staff, &[]).await;
    for name in ["holding", "return", "confirmation", "closing"] {
        step(&staff, &session, name, &[("agency", "1")]).await.assert_problem("", "This step cannot be taken now");
    }
    step(&staff, &session, "announcement", INVITED).await.assert_flash("Session announced");
    for name in ["announcement", "return", "confirmation", "closing"] {
        step(&staff, &session, name, INVITED).await.assert_problem("", "This step cannot be taken now");
    }
}

#[tokio::test]
async fn a_session_without_notes_closes_only_by_the_co_hosts_word() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let session = begun(&staff, &[("recording", "none")]).await;
    step(&staff, &session, "holding", &[("agency", "2")]).await.assert_flash("Session held");
    step(&staff, &session, "return", &[]).await.assert_problem("", "This step cannot be taken now");
    step(&staff, &session, "closing", &[]).await.assert_problem("word", "Enter who of the co-host");
    step(&staff, &session, "closing", &[("word", "Joanna Littlefield")]).await.assert_flash("Session closed");
}

#[tokio::test]
async fn a_session_without_notes_has_no_summary() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let session = begun(&staff, &[("recording", "none")]).await;
    step(&staff, &session, "holding", &[("agency", "2")]).await.assert_flash("Session held");
    let words = [("summary", "They want one number."), ("agreed_with", "Joanna Littlefield"), ("version", "4")];
    step(&staff, &session, "summary", &words).await.assert_problem("", "No notes were agreed");
    assert_eq!(site.count("listening_session where summary = 'They want one number.'").await, 0);
}

#[tokio::test]
async fn a_session_with_a_summary_only_goes_back_once_the_summary_is_agreed() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let session = begun(&staff, &[("recording", "summary")]).await;
    step(&staff, &session, "holding", &[("agency", "2")]).await.assert_flash("Session held");
    step(&staff, &session, "return", &[]).await.assert_problem("", "Write the summary of the room first");
}

#[tokio::test]
async fn the_notice_comes_before_any_card() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let session = planned(&staff, &[]).await;
    step(&staff, &session, "announcement", INVITED).await.assert_flash("Session announced");
    let card = [("label", "an uncle"), ("card", "without_name"), ("card_how", "aloud")];
    step(&staff, &session, "speakers", &card).await.assert_problem("", "Read the reporting notice aloud first");
    step(&staff, &session, "holding", &[("agency", "1")]).await.assert_problem("", "Note first in the room");
}

#[tokio::test]
async fn nobody_speaks_before_a_support_person_is_named() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let session = planned(&staff, &[("support_person", "")]).await;
    step(&staff, &session, "announcement", INVITED).await.assert_flash("Session announced");
    step(&staff, &session, "room/notice", &[]).await.assert_problem("", "Add the support person");
    // The room leads there, and offers nothing that would be refused.
    let room = staff.get(&format!("{session}/room")).await;
    room.assert_sees("the plan names a support person").assert_never_sees("It was read aloud");
    assert!(room.attributes("main a", "href").contains(&format!("{session}/edit")));
}

#[tokio::test]
async fn a_session_that_has_not_begun_was_not_held() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let session = begun(&staff, &[]).await;
    site.force(&format!("update listening_session set starts_at = '2030-03-01' where id = '{}'", session.rsplit('/').next().unwrap()))
        .await;
    step(&staff, &session, "holding", &[("agency", "1")]).await.assert_problem("", "It has not begun yet");
}

#[tokio::test]
async fn somebody_must_have_come_for_it_to_be_held() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let session = begun(&staff, &[]).await;
    step(&staff, &session, "holding", &[("tribes", "0")]).await.assert_problem("agency", "Enter how many came");
    step(&staff, &session, "holding", &[("tribes", "many")]).await.assert_problem("tribes", "Enter how many came");
}

#[tokio::test]
async fn what_was_called_off_says_why_and_goes_no_further() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let session = planned(&staff, &[]).await;
    step(&staff, &session, "cancellation", &[]).await.assert_problem("because", "Enter why");
    step(&staff, &session, "cancellation", &[("because", "The hall was flooded")]).await.assert_flash("Session called off");
    step(&staff, &session, "announcement", INVITED).await.assert_problem("", "This step cannot be taken now");
    staff.get(&session).await.assert_sees("The hall was flooded");
}

#[tokio::test]
async fn once_people_have_come_it_cannot_be_called_off() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let session = begun(&staff, &[]).await;
    step(&staff, &session, "cancellation", &[("because", "Too late")]).await.assert_problem("", "People have come");
}

#[tokio::test]
async fn a_planned_session_is_seen_by_the_agency_and_the_co_host_only() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let session = planned(&staff, &[]).await;
    for who in ["director", "analyst", "partner"] {
        site.visitor(who).await.get(&session).await.assert_page("Evening with uncles");
    }
    for who in ["admin", "tribe", "parent"] {
        let visitor = site.visitor(who).await;
        visitor.get(&session).await.assert_not_found();
        visitor.get(SESSIONS).await.assert_never_sees("Evening with uncles");
    }
}

#[tokio::test]
async fn an_announced_session_is_seen_by_every_member() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let session = planned(&staff, &[]).await;
    step(&staff, &session, "announcement", INVITED).await.assert_flash("Session announced");
    for who in ["admin", "tribe", "parent"] {
        site.visitor(who).await.get(&session).await.assert_sees("Come and eat with us.");
    }
}

#[tokio::test]
async fn a_series_with_nothing_to_see_does_not_exist_for_others() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let made = staff.post("/cedar-river/sessions/series", &[("name", "Evenings with uncles"), ("community", "uncles")]).await;
    let series = made.assert_flash("Series begun").location.clone();
    for who in ["parent", "admin"] {
        let visitor = site.visitor(who).await;
        visitor.get(&series).await.assert_not_found();
        visitor.get("/cedar-river/sessions/series").await.assert_never_sees("Evenings with uncles");
    }
}

#[tokio::test]
async fn another_agency_finds_no_session_here() {
    let site = Site::open().await;
    let harbor = site.visitor("harbor").await;
    harbor.get("/harbor/sessions/@session_1").await.assert_not_found();
    harbor.get(&format!("/harbor/sessions/{NOWHERE}")).await.assert_not_found();
    harbor.post("/harbor/sessions/@session_9/announcement", INVITED).await.assert_not_found();
    harbor.get("/harbor/sessions").await.assert_never_sees("Tall Pine");
}

#[tokio::test]
async fn only_those_with_a_duty_see_the_speakers() {
    let site = Site::open().await;
    site.visitor("staff").await.get("/cedar-river/sessions/@session_4/speakers").await.assert_sees("a great-aunt, Cedar Valley");
    for who in ["director", "analyst", "admin", "tribe"] {
        let visitor = site.visitor(who).await;
        visitor.get("/cedar-river/sessions/@session_4/speakers/@speaker_4_6").await.assert_not_found();
        visitor.get("/cedar-river/sessions/@session_4").await.assert_never_sees("great-aunt");
    }
    site.visitor("director").await.get("/cedar-river/sessions/@session_4/speakers").await.assert_not_found();
    site.visitor("director").await.get("/cedar-river/sessions/@session_4/room").await.assert_not_found();
}

#[tokio::test]
async fn a_speaker_sees_only_their_own_card() {
    let site = Site::open().await;
    let parent = site.visitor("parent").await;
    parent.get("/cedar-river/sessions/@session_4/speakers/@speaker_4_2").await.assert_page("Your card");
    parent.get("/cedar-river/sessions/@session_4/speakers/@speaker_4_3").await.assert_not_found();
    parent.get("/cedar-river/sessions/@session_4").await.assert_sees("You spoke in this session");
    site.visitor("partner").await.get("/cedar-river/sessions/@session_4/speakers/@speaker_4_2").await.assert_not_found();
}

#[tokio::test]
async fn a_speaker_says_how_they_may_be_reached() {
    let site = Site::open().await;
    let parent = site.visitor("parent").await;
    let card = "/cedar-river/sessions/@session_4/speakers/@speaker_4_2";
    parent.fill(card, "/reach", &[("reach_how", "email"), ("reach_at", "")]).await.assert_problem("reach_at", "Enter the number");
    parent
        .fill(card, "/reach", &[("reach_how", "email"), ("reach_at", "d@home.example")])
        .await
        .assert_flash("How you may be reached is saved");
    let staff = site.visitor("staff").await;
    staff.get(card).await.assert_sees("By email: d@home.example");
}

#[tokio::test]
async fn a_card_of_another_session_is_not_found_below_this_one() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    staff.get("/cedar-river/sessions/@session_5/speakers/@speaker_4_3").await.assert_not_found();
    let card = [("label", "an uncle"), ("card", "without_name"), ("card_how", "aloud"), ("version", "1")];
    staff.post("/cedar-river/sessions/@session_5/speakers/@speaker_4_3", &card).await.assert_not_found();
}

#[tokio::test]
async fn a_director_cannot_take_a_duty_once_people_have_spoken() {
    let site = Site::open().await;
    let director = site.visitor("director").await;
    let fields = [("facilitators", "@director"), ("version", "1")];
    director.post("/cedar-river/sessions/@session_4/duties", &fields).await.assert_not_allowed();
    director.get("/cedar-river/sessions/@session_4/speakers").await.assert_not_found();
}

#[tokio::test]
async fn a_director_hands_the_duties_on_when_nobody_who_listened_is_left() {
    let site = Site::open().await;
    site.force("update membership set state = 'ended' where id in ('@staff', '@facilitator')").await;
    let director = site.visitor("director").await;
    director
        .fill("/cedar-river/sessions/@session_4/duties", "/duties", &[("facilitators", "@director"), ("note_takers", "@director")])
        .await
        .assert_flash("Duties saved");
    director.get("/cedar-river/sessions/@session_4/speakers").await.assert_sees("a great-aunt, Cedar Valley");
}

#[tokio::test]
async fn people_under_18_are_closed_until_the_agency_sets_its_rule() {
    let site = Site::open().await;
    site.force("update agency set minors_rule = null where slug = 'cedar-river'").await;
    let staff = site.visitor("staff").await;
    let session = begun(&staff, &[]).await;
    let card = [("label", "a niece"), ("card", "without_name"), ("card_how", "aloud"), ("minor", "yes"), ("minor_consent", "her aunt")];
    step(&staff, &session, "speakers", &card).await.assert_problem("minor", "Leave this card out");
    let young = planned(&staff, &[("for_minors", "yes"), ("title", "Evening with nieces")]).await;
    step(&staff, &young, "announcement", INVITED).await.assert_problem("", "The agency has not set its consent rule");
    assert_eq!(site.count("speaker where label = 'a niece'").await, 0);
}

#[tokio::test]
async fn once_the_rule_is_set_each_card_says_who_consented() {
    let site = Site::open().await;
    site.force("update agency set minors_rule = 'A guardian signs.' where slug = 'cedar-river'").await;
    let staff = site.visitor("staff").await;
    let session = begun(&staff, &[]).await;
    let card = [("label", "a niece"), ("card", "without_name"), ("card_how", "aloud"), ("minor", "yes")];
    step(&staff, &session, "speakers", &card).await.assert_problem("minor_consent", "Enter who consented");
    let signed = [card.as_slice(), &[("minor_consent", "her guardian, on paper")]].concat();
    step(&staff, &session, "speakers", &signed).await.assert_flash("Card taken in");
}

#[tokio::test]
async fn a_name_that_may_not_be_shown_is_not_kept() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let session = begun(&staff, &[]).await;
    let card = [("label", "an uncle"), ("name", "Bartholomew Quill"), ("card", "without_name"), ("card_how", "paper")];
    step(&staff, &session, "speakers", &card).await.assert_flash("Card taken in");
    assert_eq!(site.count("speaker where name = 'Bartholomew Quill'").await, 0);
}

#[tokio::test]
async fn stopping_stores_the_time_and_no_words() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let session = begun(&staff, &[]).await;
    staff.get(&format!("{session}/room/stop")).await.assert_page("Stop and get help").assert_sees("555 0100").assert_sees("Ruth Alderman");
    step(&staff, &session, "room/stop", &[("words", "what she told us")]).await.assert_flash("Stopped");
    assert_eq!(site.count("listening_session where stopped_at is not null").await, 1);
    step(&staff, &session, "room/stop/delete", &[]).await.assert_flash("The session went on");
    assert_eq!(site.count("listening_session where stopped_at is not null").await, 0);
}

#[tokio::test]
async fn of_two_who_edit_a_plan_the_second_sees_both_texts() {
    let site = Site::open().await;
    let (staff, director) = (site.visitor("staff").await, site.visitor("director").await);
    let session = planned(&staff, &[]).await;
    director.post(&session, &with(&[("place", "Oak Street hall"), ("version", "1")])).await.assert_flash("Plan saved");
    let again = staff.post(&session, &with(&[("place", "Birch Street hall"), ("version", "1")])).await;
    again.assert_status(StatusCode::UNPROCESSABLE_ENTITY).assert_sees("Someone else saved this").assert_sees("Oak Street hall");
    assert_eq!(again.field("place"), "Birch Street hall");
}

#[tokio::test]
async fn after_the_announcement_recording_may_only_become_less() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let session = planned(&staff, &[("recording", "summary")]).await;
    step(&staff, &session, "announcement", INVITED).await.assert_flash("Session announced");
    staff.post(&session, &with(&[("recording", "notes"), ("version", "2")])).await.assert_problem("recording", "Choose the same or less");
    staff.post(&session, &with(&[("recording", "none"), ("version", "2")])).await.assert_flash("Plan saved");
}

#[tokio::test]
async fn a_plan_with_faults_is_shown_again_with_every_word() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let faults = [("day", "2027-02-30"), ("time", "25:00"), ("zone", "Mars/Base"), ("minutes", "5"), ("cohost", "x"), ("title", "")];
    let again = staff.post(SESSIONS, &with(&faults)).await;
    again.assert_problem("title", "Enter what").assert_problem("day", "Enter a day that exists").assert_problem("time", "Enter the time");
    again.assert_problem("zone", "Choose the time zone").assert_problem("minutes", "Enter a number from 15");
    again.assert_problem("cohost", "Choose one of the list");
    assert_eq!(again.field("place"), "Elm Street hall");
}

#[tokio::test]
async fn an_hour_that_the_clocks_jump_over_is_pointed_out() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    staff.post(SESSIONS, &with(&[("day", "2027-03-14"), ("time", "02:30")])).await.assert_problem("time", "Enter another time");
}

#[tokio::test]
async fn somebody_of_another_house_cannot_be_given_a_duty() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    for who in ["@tribe", "@analyst", "@court"] {
        staff.post(SESSIONS, &with(&[("facilitators", who)])).await.assert_problem("facilitators", "Choose from the list");
    }
}

#[tokio::test]
async fn the_list_says_what_is_still_lacking() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    staff.get(SESSIONS).await.assert_sees("Spanish interpreter still to find").assert_sees("Note-taker still to name");
    site.visitor("partner").await.get(SESSIONS).await.assert_never_sees("still to find");
}

#[tokio::test]
async fn the_invitation_waits_until_it_is_cleared_for_all() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let session = planned(&staff, &[]).await;
    step(&staff, &session, "announcement", &[("invitation", "Come.")]).await.assert_problem("cleared", "Read it once more");
    let identifying = [("invitation", "Bring the number 078-05-1120."), ("cleared", "yes"), ("afterwards", "yes")];
    step(&staff, &session, "announcement", &identifying).await.assert_problem("invitation", "Take out the Social Security number");
}
