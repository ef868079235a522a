//! Rules of a session that nobody goes round by editing, and the co-host's own hand in it.

use crate::support::{Answer, Site, Visitor};

const SESSIONS: &str = "/cedar-river/sessions";
const INVITED: &[(&str, &str)] = &[("invitation", "Come and eat with us."), ("cleared", "yes"), ("afterwards", "yes")];
const PLAN: &[(&str, &str)] = &[
    ("title", "Evening with uncles"),
    ("topic", "Whom do you call when you need an answer?"),
    ("community", "Grandparents and kin, CEDAR VALLEY"),
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

async fn planned(staff: &Visitor, changes: &[(&str, &str)]) -> String {
    let made = staff.post(SESSIONS, &with(changes)).await;
    made.assert_flash("Session planned");
    made.location
}

async fn step(who: &Visitor, session: &str, name: &str, fields: &[(&str, &str)]) -> Answer {
    who.post(&format!("{session}/{name}"), fields).await
}

async fn announced(staff: &Visitor, changes: &[(&str, &str)]) -> String {
    let session = planned(staff, changes).await;
    step(staff, &session, "announcement", INVITED).await.assert_flash("Session announced");
    session
}

async fn held(staff: &Visitor, changes: &[(&str, &str)]) -> String {
    let session = announced(staff, changes).await;
    step(staff, &session, "room/notice", &[]).await.assert_flash("Notice noted as read");
    step(staff, &session, "holding", &[("agency", "2"), ("lived_experience", "1"), ("community_partners", "14")])
        .await
        .assert_flash("Session held");
    session
}

#[tokio::test]
async fn the_notice_is_not_noted_before_anybody_can_have_heard_it() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let session = announced(&staff, &[("day", "2030-03-01")]).await;
    step(&staff, &session, "room/notice", &[]).await.assert_problem("", "It has not begun yet");
    staff.get(&format!("{session}/room")).await.assert_never_sees("It was read aloud");
}

#[tokio::test]
async fn cards_are_taken_in_only_where_notes_were_agreed() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    for recording in ["summary", "none"] {
        let session = announced(&staff, &[("recording", recording)]).await;
        step(&staff, &session, "room/notice", &[]).await.assert_flash("Notice noted as read");
        let card = [("label", "an uncle"), ("card", "without_name"), ("card_how", "aloud")];
        step(&staff, &session, "speakers", &card).await.assert_problem("", "No card is needed here");
        staff.get(&format!("{session}/room")).await.assert_never_sees("Take in a card");
    }
}

#[tokio::test]
async fn people_under_18_are_not_let_in_by_editing_the_plan() {
    let site = Site::open().await;
    site.force("update agency set minors_rule = null where slug = 'cedar-river'").await;
    let staff = site.visitor("staff").await;
    let session = announced(&staff, &[]).await;
    let young = with(&[("for_minors", "yes"), ("version", "2")]);
    staff.post(&session, &young).await.assert_problem("for_minors", "The agency has not set its consent rule");
    site.force(&format!("update listening_session set for_minors = true where id = '{}'", session.rsplit('/').next().unwrap())).await;
    step(&staff, &session, "room/notice", &[]).await.assert_problem("", "The agency has not set its consent rule");
}

#[tokio::test]
async fn without_notes_a_co_host_is_named_before_people_are_told() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let session = planned(&staff, &[("recording", "none"), ("cohost", "")]).await;
    step(&staff, &session, "announcement", INVITED).await.assert_problem("", "Name the co-host first");
}

#[tokio::test]
async fn the_co_host_agrees_to_the_summary_in_their_own_name_and_a_new_text_asks_again() {
    let site = Site::open().await;
    let (staff, partner) = (site.visitor("staff").await, site.visitor("partner").await);
    let session = held(&staff, &[("recording", "summary")]).await;
    let summary = |words: &'static str| [("summary", words), ("agreed_with", "Joanna Littlefield")];
    staff.fill(&format!("{session}/summary"), "/summary", &summary("They want one number.")).await.assert_flash("Summary saved");
    site.visitor("tribe").await.post(&format!("{session}/summary/agreement"), &[("version", "5")]).await.assert_not_found();
    site.visitor("staff").await.post(&format!("{session}/summary/agreement"), &[("version", "5")]).await.assert_not_found();
    partner.fill(&session, "/summary/agreement", &[]).await.assert_flash("Agreed, in your name, for the co-host");
    staff.get(&session).await.assert_sees("agreed to it here");
    staff.fill(&format!("{session}/summary"), "/summary", &summary("They want two numbers.")).await.assert_flash("Summary saved");
    staff.get(&session).await.assert_never_sees("agreed to it here");
    partner.get(&session).await.assert_sees("We agree to the summary");
}

#[tokio::test]
async fn the_co_hosts_own_word_closes_a_session_without_notes() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let session = held(&staff, &[("recording", "none")]).await;
    step(&staff, &session, "closing", &[]).await.assert_problem("word", "Enter who of the co-host");
    site.visitor("partner").await.fill(&session, "/closing/word", &[]).await.assert_flash("Your word is kept: the session may be closed");
    step(&staff, &session, "closing", &[]).await.assert_flash("Session closed");
    staff.get(&session).await.assert_sees("by the word of");
}

#[tokio::test]
async fn one_person_with_lived_experience_is_not_counted_by_themselves_before_others() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let session = held(&staff, &[]).await;
    staff.get(&session).await.assert_sees("People with lived experience");
    let other = site.visitor("tribe").await.get(&session).await;
    other.assert_never_sees("People with lived experience").assert_sees("Community members").assert_sees("17");
    // Few in all: neither their number nor a sum that would tell it.
    let id = session.rsplit('/').next().unwrap();
    site.force(&format!("update attendance set number = 0 where session_id = '{id}' and constituency = 'community_partners'")).await;
    staff.get(&session).await.assert_sees("People in all");
    let few = site.visitor("tribe").await.get(&session).await;
    few.assert_sees("Community members fewer than 5").assert_never_sees("People in all");
}

#[tokio::test]
async fn the_invitation_can_be_worded_anew_until_people_come() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let session = announced(&staff, &[]).await;
    let page = format!("{session}/invitation");
    staff
        .fill(&page, "/invitation", &[("invitation", "Come at six."), ("cleared", "yes"), ("afterwards", "yes")])
        .await
        .assert_flash("Invitation saved");
    site.visitor("tribe").await.get(&session).await.assert_sees("Come at six.");
    step(&staff, &session, "room/notice", &[]).await.assert_flash("Notice noted as read");
    let late = [("invitation", "Come at seven."), ("cleared", "yes"), ("afterwards", "yes"), ("version", "4")];
    step(&staff, &session, "invitation", &late).await.assert_problem("", "The invitation can be changed");
}

#[tokio::test]
async fn before_announcing_the_organizer_reads_what_the_same_table_said_promised_and_kept() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let session = planned(&staff, &[("cohost", "")]).await;
    let page = staff.get(&format!("{session}/announcement")).await;
    page.assert_sees("Answered and done").assert_sees("summary of the room, agreed with Joanna Littlefield").assert_sees("acknowledged by");
    page.assert_sees("Relatives are asked too late");
}

#[tokio::test]
async fn whoever_brings_words_back_sees_how_many_have_no_way_back_yet() {
    let site = Site::open().await;
    let (staff, facilitator) = (site.visitor("staff").await, site.visitor("facilitator").await);
    let words = [("speaker", "@speaker_5_10"), ("words", "The kettle was always on")];
    staff.post("/cedar-river/sessions/@session_5/statements", &words).await;
    let all: i64 = site.count("statement where session_id = '@session_5' and state in ('draft', 'with_speaker')").await;
    let page = facilitator.get("/cedar-river/sessions/@session_5/confirmation").await;
    page.assert_sees(&format!("{all} statements wait for their speakers’ word")).assert_sees("without a sign-in and without a link yet");
    facilitator.get("/cedar-river/sessions/@session_5").await.assert_sees(&format!("{all} statements wait"));
}

#[tokio::test]
async fn people_are_asked_how_they_are_after_they_spoke_and_invited_before() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let early = staff.post(SESSIONS, &with(&[("day", "2030-03-05"), ("checkin_on", "2030-03-04")])).await;
    early.assert_problem("checkin_on", "Enter the day of the session or a later one");
    assert_eq!((early.field("title"), early.field("checkin_on")), ("Evening with uncles".to_owned(), "2030-03-04".to_owned()));
    let ahead = planned(&staff, &[("day", "2030-03-05"), ("checkin_on", "2030-03-05")]).await;
    let partner = site.visitor("partner").await;
    let supports = format!("{ahead}/supports");
    partner
        .fill(&supports, "/supports", &[("checkin_on", "2030-03-01")])
        .await
        .assert_problem("checkin_on", "Enter the day of the session");
    // What is over is announced by nobody; what was announced otherwise is written down afterwards.
    let over = planned(&staff, &[("day", "2027-02-01")]).await;
    let invited = [("invitation", "Come and eat with us."), ("cleared", "yes")];
    let again = step(&staff, &over, "announcement", &invited).await;
    again.assert_problem("afterwards", "Change the day in the plan").assert_sees("the session ended on 1 February 2027");
    assert_eq!(again.field("invitation"), "Come and eat with us.");
    staff.get(&format!("{ahead}/announcement")).await.assert_never_sees("The session is over");
    staff.send_form(&again.filled("/announcement", &[("cleared", "yes"), ("afterwards", "yes")])).await.assert_flash("Session announced");
}

#[tokio::test]
async fn a_closed_session_keeps_its_check_in_until_it_is_done() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let session = held(&staff, &[("recording", "none"), ("checkin_on", "2027-03-02"), ("title", "Evening with aunts")]).await;
    let closing = format!("{session}/closing");
    staff.get(&closing).await.assert_sees("the check-in with those who spoke, was due 2 March 2027");
    step(&staff, &session, "closing", &[("word", "Joanna Littlefield")]).await.assert_flash("Session closed");
    staff.get(&session).await.assert_sees("was due 2 March 2027");
    let first = async |card: &str, who: &str| {
        let page = site.visitor(who).await.get("/cedar-river").await;
        page.select(&format!("section[aria-labelledby={card}]")).join("")
    };
    let shown = first("ahead", "staff").await;
    assert!(shown.contains("Evening with aunts") && shown.contains("check in with those who spoke"), "{shown}");
    site.force("update rereading set done_at = created_at where done_at is null; update recall set state = 'deleted' where state = 'open'; update representative set handover_done_at = created_at where handover_done_at is null; update obstacle set agency_can = 'The hour' where agency_can = ''")
        .await;
    site.force("update listening_session set checkin_on = '2020-01-01' where title = 'Evening with aunts'").await;
    assert!(!first("tasks", "director").await.contains("Evening with aunts"), "years later it crowds nothing out");
    site.force("update listening_session set checkin_on = '2027-03-02' where title = 'Evening with aunts'").await;
    let shown = first("tasks", "director").await;
    assert!(shown.contains("Evening with aunts") && shown.contains("were to be asked how they are by 2 March 2027"), "{shown}");
    site.visitor("facilitator").await.post(&format!("{session}/check-in"), &[]).await.assert_not_found();
    let director = site.visitor("director").await;
    director.fill(&session, "/check-in", &[]).await.assert_flash("Check-in noted");
    staff.get(&session).await.assert_never_sees("was due").assert_sees("Check-in done");
    assert!(!first("tasks", "director").await.contains("Evening with aunts"));
    assert!(!first("ahead", "staff").await.contains("Evening with aunts"));
}

#[tokio::test]
async fn a_session_shows_what_rests_on_its_words_and_nothing_that_hides_behind_a_hidden_word() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let barrier = async |name: &str, source: &str| {
        let fields = [("name", name), ("level", "practice"), ("audience", "partnership")];
        let made = staff.post("/cedar-river/barriers", &fields).await.made();
        staff.post(&format!("/cedar-river/barriers/{made}/evidence"), &[("sources", source)]).await.assert_flash("Evidence joined");
        made
    };
    let near = barrier("Nobody calls the family back", "@kin_source").await;
    let plan = [("name", "One number, always answered"), ("barriers", near.as_str()), ("audience", "partnership")];
    staff.post("/cedar-river/plans", &plan).await.made();
    let led = async |who: &str| {
        site.visitor(who).await.get("/cedar-river/sessions/@session_4").await.select("section[aria-labelledby=led] li").join("; ")
    };
    let shown = led("staff").await;
    assert!(shown.contains("barrierNobody calls the family back") && shown.contains("action planOne number, always answered"), "{shown}");
    site.force("update subject set audience = 'author' where id = '@kin_source'").await;
    let shown = led("staff").await;
    assert!(!shown.contains("Nobody calls the family back") && !shown.contains("One number"), "{shown}");
}

#[tokio::test]
async fn what_a_plan_lacks_is_listed_in_the_order_of_the_page() {
    let site = Site::open().await;
    let again = site.visitor("staff").await.post(SESSIONS, &[("zone", "America/Chicago")]).await;
    let listed = again.attributes(".problems a", "href");
    assert_eq!(listed, ["#title", "#community", "#day", "#time", "#minutes", "#recording"]);
}

#[tokio::test]
async fn whom_no_letter_can_reach_is_not_said_to_be_silent_and_nobody_stands_there_twice() {
    let site = Site::open().await;
    let facilitator = site.visitor("facilitator").await;
    let invited = "/cedar-river/sessions/@session_8/invitees";
    let form = |people: &'static str| [("people", people), ("language", "en")];
    facilitator.post(invited, &form("Wren Ashby")).await.assert_flash("Invited: whoever has an address or a sign-in is asked now");
    facilitator.get(invited).await.assert_sees("Not asked yet 1").assert_sees("none: no address");
    let again = facilitator.post(invited, &form("wren ashby, wren@families.example")).await;
    again.assert_problem("people", "Take out the line of wren ashby");
    // An address that was typed wrong is no name.
    facilitator.post(invited, &form("Lark Ashby, lark.families.example")).await.assert_problem("people", "Line 1: enter an email address");
    assert_eq!(site.count("session_invitee where name ilike '%ashby%'").await, 1);
}
