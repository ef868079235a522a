//! Back to the speakers: whom to reach and how, the sheet on paper, the time that they are given, and what they add themselves.

use crate::support::{Site, Visitor, refused};
use chrono::Duration;
use common_table::platform::session::LINK_COOKIE;
use http::StatusCode;

const BACK: &str = "/cedar-river/sessions/@session_5/speakers/back";
const CARD: &str = "/cedar-river/sessions/@session_5/speakers/@speaker_5_10";
const RETURN_WORDS: &str = "/cedar-river/return/words";
const TWIN: &str = "I have a twin";

/// Somebody who answers the telephone in the evening; whether a message may be left, and name the agency.
async fn by_telephone(site: &Site, message: bool, named: bool) {
    site.force(&format!(
        "update speaker set reach_how = 'telephone', reach_at = '555 0177', reach_hours = 'weekdays after 5 pm', \
         may_leave_message = {message}, may_name_agency = {named} where id = '@speaker_5_10'"
    ))
    .await;
}

async fn bearer(site: &Site, facilitator: &Visitor) -> Visitor {
    facilitator.post(&format!("{CARD}/link"), &[]).await.assert_flash("Link made");
    let token = facilitator.cookie("__Host-shown").unwrap().rsplit('.').next().unwrap().to_owned();
    site.stranger().with_cookie(LINK_COOKIE, &token)
}

/// Whether something waits for somebody, on any page of all that does.
async fn waits_for(who: &Visitor, words: &str) -> bool {
    for page in 1..8 {
        if who.get(&format!("/cedar-river/open?page={page}")).await.words().contains(words) {
            return true;
        }
    }
    false
}

#[tokio::test]
async fn the_list_of_calls_keeps_to_what_each_card_says_and_holds_no_words() {
    let site = Site::open().await;
    let facilitator = site.visitor("facilitator").await;
    // Nobody else of the room is called, or in no way reached: what is said of either is said of this one.
    site.force("update speaker set reach_how = 'in_person' where session_id = '@session_5' and reach_how in ('telephone', '')").await;
    by_telephone(&site, false, false).await;
    let page = facilitator.get(BACK).await;
    page.assert_page("Back to the speakers")
        .assert_sees("To call")
        .assert_sees("555 0177")
        .assert_sees("At these times only: weekdays after 5 pm.");
    page.assert_sees("Leave no message.").assert_sees("Speak with Thomas Greywater alone.").assert_never_sees(TWIN);
    page.assert_never_sees("Not to be reached");
    by_telephone(&site, true, false).await;
    facilitator.get(BACK).await.assert_sees("your name and number, and not the agency’s name").assert_never_sees("Leave no message");
    by_telephone(&site, true, true).await;
    facilitator.get(BACK).await.assert_sees("You may leave a message and name the agency in it");
    site.force("update speaker set reach_how = '' where id = '@speaker_5_10'").await;
    let page = facilitator.get(BACK).await;
    page.assert_sees("Not to be reached").assert_never_sees("555 0177").assert_never_sees("To call");
    site.force("delete from session_duty where membership_id = '@director'").await;
    for who in ["director", "partner", "parent", "tribe"] {
        site.visitor(who).await.get(BACK).await.assert_not_found();
        site.visitor(who).await.get(&format!("{CARD}/sheet")).await.assert_not_found();
    }
    for who in ["analyst", "admin"] {
        site.visitor(who).await.get(BACK).await.assert_not_allowed();
    }
    site.visitor("harbor").await.get(BACK).await.assert_not_found();
}

#[tokio::test]
async fn a_try_goes_the_way_of_the_card_and_ends_when_somebody_asks_for_peace() {
    let site = Site::open().await;
    let facilitator = site.visitor("facilitator").await;
    by_telephone(&site, false, false).await;
    let tries = format!("{CARD}/tries");
    facilitator.get(&tries).await.assert_page("How did it go?").assert_sees("Leave no message").assert_never_sees("A message was left");
    for outcome in ["message", "sent", ""] {
        facilitator.post(&tries, &[("outcome", outcome)]).await.assert_problem("outcome", "Choose how it went");
    }
    facilitator.post(&tries, &[("outcome", "not_reached")]).await.assert_flash("Noted, so that nobody tries twice");
    facilitator.get(BACK).await.assert_sees("They were not reached");
    let noted = |way: &str, outcome: &str, by: &str| {
        format!(
            "insert into reach_try (id, session_id, speaker_id, way, outcome, by_id, at) \
             values (gen_random_uuid(), '@session_5', '@speaker_5_10', '{way}', '{outcome}', '{by}', now())"
        )
    };
    assert_eq!(site.attempt("facilitator", "staff", &noted("telephone", "reached", "@facilitator")).await.unwrap(), 1);
    for (what, who, insert) in [
        ("another channel", "facilitator", noted("letter", "sent", "@facilitator")),
        ("a message", "facilitator", noted("telephone", "message", "@facilitator")),
        ("for somebody else", "facilitator", noted("telephone", "reached", "@staff")),
        ("without a duty", "partner", noted("telephone", "reached", "@partner")),
    ] {
        refused(what, site.attempt(who, if who == "partner" { "partner" } else { "staff" }, &insert).await);
    }
    facilitator.post(&tries, &[("outcome", "in_peace")]).await.assert_flash("Noted, so that nobody tries twice");
    facilitator.get(BACK).await.assert_sees("Left in peace").assert_never_sees("555 0177");
    facilitator.get(&tries).await.assert_sees("they asked to be left in peace");
    facilitator.post(&tries, &[("outcome", "reached")]).await.assert_not_found();
    refused("left in peace", site.attempt("facilitator", "staff", &noted("telephone", "reached", "@facilitator")).await);
}

#[tokio::test]
async fn a_sheet_holds_one_speakers_own_words_in_their_language_and_names_the_agency_where_it_may() {
    let site = Site::open().await;
    let facilitator = site.visitor("facilitator").await;
    let (sheet, name) = (format!("{CARD}/sheet"), site.peek::<String>("select name from agency where slug = 'cedar-river'").await);
    by_telephone(&site, false, false).await;
    let page = facilitator.get(&sheet).await;
    page.assert_page("Your words, to check and send back").assert_sees(TWIN).assert_never_sees("peeled potatoes");
    page.assert_sees("If you say nothing, nothing happens").assert_sees("We ask you until");
    let printed = |page: &crate::support::Answer| page.select("main, head > title").join(" ");
    assert!(!printed(&page).contains(&name), "{}", printed(&page));
    by_telephone(&site, false, true).await;
    assert!(printed(&facilitator.get(&sheet).await).contains(&name));
    facilitator.get(&format!("{sheet}?language=es")).await.assert_page("Sus palabras, para revisar y devolver").assert_sees(TWIN);
    site.force("update statement set language = 'es' where speaker_id = '@speaker_5_10'").await;
    let page = facilitator.get(&sheet).await;
    page.assert_page("Sus palabras, para revisar y devolver");
    assert_eq!(page.attributes("html", "lang"), ["es"]);
    site.force("update statement set language = 'hmn' where speaker_id = '@speaker_5_10'").await;
    facilitator.get(&sheet).await.assert_page("Your words, to check and send back");
}

#[tokio::test]
async fn what_nobody_confirmed_in_time_stays_unread_and_those_on_duty_hear_that_the_time_is_over() {
    let site = Site::open().await;
    let facilitator = site.visitor("facilitator").await;
    let over = "the time for the speakers’ word was over";
    assert!(!waits_for(&facilitator, over).await);
    let day = |days: i64| (site.clock.now() + Duration::days(days)).format("%Y-%m-%d").to_string();
    facilitator.post(BACK, &[("asked_until", &day(-2))]).await.assert_problem("asked_until", "Enter a day that is still ahead");
    facilitator.post(BACK, &[("asked_until", &day(400))]).await.assert_problem("asked_until", "Enter a day that is still ahead");
    facilitator.post(BACK, &[("asked_until", &day(5))]).await.assert_flash("They are asked until that day");
    let link = bearer(&site, &facilitator).await;
    link.get("/cedar-river/return").await.assert_sees("You are asked until").assert_sees("the words stay unread");
    site.clock.advance(Duration::days(8));
    let facilitator = site.visitor("facilitator").await;
    assert!(waits_for(&facilitator, over).await);
    assert!(!waits_for(&site.visitor("director").await, over).await, "nobody else is told");
    for who in ["director", "partner", "analyst"] {
        site.visitor(who).await.get("/cedar-river/statements/@waiting_statement").await.assert_not_found();
    }
    // Late is not too late.
    let word =
        [("statement", "@waiting_statement"), ("word", "confirm"), ("attribution", "role"), ("audience", "author"), ("version", "1")];
    link.post("/cedar-river/return", &word).await.assert_status(StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn whoever_listened_finds_those_who_are_to_be_asked_again_among_what_waits() {
    let site = Site::open().await;
    assert!(waits_for(&site.visitor("facilitator").await, "what they allowed runs out").await);
    site.force("delete from session_duty where membership_id = '@director'").await;
    assert!(!waits_for(&site.visitor("director").await, "what they allowed runs out").await);
}

#[tokio::test]
async fn a_speaker_adds_words_of_their_own_by_their_link() {
    let site = Site::open().await;
    let facilitator = site.visitor("facilitator").await;
    let link = bearer(&site, &facilitator).await;
    link.get("/cedar-river/return").await.assert_sees("Add something in your own words");
    link.get(RETURN_WORDS).await.assert_page("Add something in your own words").assert_sees("they stay yours");
    let fields = [("words", "The swing in the yard was ours"), ("attribution", "role"), ("audience", "partnership"), ("uses", "quoted")];
    link.post(RETURN_WORDS, &[("words", ""), fields[1], fields[2]]).await.assert_problem("words", "Enter what you want to say");
    let kept = link.post(RETURN_WORDS, &fields).await;
    kept.assert_status(StatusCode::SEE_OTHER).assert_flash("Your words are kept. You can change your mind at any time");
    let id = kept.location.rsplit('=').next().unwrap().to_owned();
    let of = format!(
        "statement where id = '{id}' and state = 'confirmed' and confirmed_how = 'link' and written_by is null and may_quote and not may_export"
    );
    assert_eq!(site.count(&of).await, 1);
    assert_eq!(site.count(&format!("consent_change where statement_id = '{id}' and how = 'link' and link_id is not null")).await, 1);
    let page = format!("/cedar-river/statements/{id}");
    for who in ["partner", "facilitator", "director"] {
        site.visitor(who).await.get(&page).await.assert_sees("The swing in the yard was ours");
    }
    link.post(RETURN_WORDS, &fields).await.assert_problem("words", "These words of yours are there already");
    let own = [("words", "Nobody else needs to know this"), ("attribution", "role"), ("audience", "author")];
    let kept = link.post(RETURN_WORDS, &own).await;
    let hidden = format!("/cedar-river/statements/{}", kept.location.rsplit('=').next().unwrap());
    for who in ["facilitator", "staff", "director", "tribe", "analyst"] {
        site.visitor(who).await.get(&hidden).await.assert_not_found();
    }
    link.post("/cedar-river/return/withdrawal", &[("statement", &id)]).await.assert_status(StatusCode::SEE_OTHER);
    site.visitor("partner").await.get(&page).await.assert_never_sees("swing in the yard");
}

#[tokio::test]
async fn nothing_is_added_against_the_card_after_the_end_or_on_somebody_elses() {
    let site = Site::open().await;
    let facilitator = site.visitor("facilitator").await;
    let fields = [("words", "The swing in the yard was ours"), ("attribution", "role"), ("audience", "agency")];
    let own = "/cedar-river/sessions/@session_5/speakers/@speaker_5_1";
    for who in ["partner", "facilitator"] {
        site.visitor(who).await.post(&format!("{own}/words"), &fields).await.assert_not_found();
    }
    let tribe = site.visitor("tribe").await;
    tribe.get(own).await.assert_sees("Add something in your own words");
    tribe.post(&format!("{own}/words"), &fields).await.assert_flash("Your words are kept. You can change your mind at any time");
    let link = bearer(&site, &facilitator).await;
    let said = |words: &'static str| [("words", words), fields[1], fields[2]];
    site.force("update speaker set name = '' where id = '@speaker_5_10'").await;
    let named = [said("We had a dog")[0], ("attribution", "named"), ("audience", "agency")];
    link.post(RETURN_WORDS, &named).await.assert_problem("attribution", "Choose another answer: no name");
    site.force("update speaker set card = 'do_not_write' where id = '@speaker_5_10'").await;
    link.post(RETURN_WORDS, &said("We had a dog")).await.assert_problem("words", "Your card says that nothing is written down");
    site.force("update agency set minors_rule = null where slug = 'cedar-river'; update speaker set card = 'without_name', minor = true where id = '@speaker_5_10'")
        .await;
    link.post(RETURN_WORDS, &said("We had a dog")).await.assert_problem("words", "Nothing can be kept here yet");
    site.force("update speaker set minor = false where id = '@speaker_5_10'; update listening_session set state = 'closed' where id = '@session_5'").await;
    link.post(RETURN_WORDS, &said("We had a dog")).await.assert_problem("words", "The work on this session is over");
    assert_eq!(site.count("statement where words = 'We had a dog'").await, 0);
}

/// A link for the speaker of a card of the session, as somebody without a sign-in holds it.
async fn bearer_of(site: &Site, facilitator: &Visitor, speaker: &str) -> Visitor {
    facilitator.post(&format!("/cedar-river/sessions/@session_5/speakers/{speaker}/link"), &[]).await.assert_flash("Link made");
    let token = facilitator.cookie("__Host-shown").unwrap().rsplit('.').next().unwrap().to_owned();
    site.stranger().with_cookie(LINK_COOKIE, &token)
}

const ROOM: &str = "/cedar-river/return/room";

#[tokio::test]
async fn what_others_said_is_read_by_those_in_the_room_where_its_speaker_agreed() {
    let site = Site::open().await;
    let (facilitator, staff) = (site.visitor("facilitator").await, site.visitor("staff").await);
    let (said, other) = (bearer_of(&site, &facilitator, "@speaker_5_9").await, bearer(&site, &facilitator).await);
    let fields = [("words", "The porch light was always on"), ("attribution", "role"), ("audience", "author")];
    let id = said.post(RETURN_WORDS, &fields).await.location.rsplit('=').next().unwrap().to_owned();
    // Nobody else agreed before.
    site.force("update statement set for_room = false where session_id = '@session_5'").await;
    let tribe = site.visitor("tribe").await;
    let of_tribe = "/cedar-river/sessions/@session_5/speakers/@speaker_5_1/room";
    other.get(ROOM).await.assert_page("Those who were in the room").assert_never_sees("porch light");
    tribe.get(of_tribe).await.assert_sees("Nobody else has agreed");
    let choice = [("statements", id.as_str())];
    said.post(ROOM, &choice).await.assert_problem("sure", "Tick that those who spoke");
    said.post(ROOM, &[choice[0], ("sure", "yes")]).await.assert_flash("Your choice is kept and holds from now on");
    other.get(ROOM).await.assert_sees("The porch light was always on");
    tribe.get(of_tribe).await.assert_sees("The porch light was always on");
    other.get(&format!("/cedar-river/return?statement={id}")).await.assert_not_found();
    let page = format!("/cedar-river/statements/{id}");
    for who in ["facilitator", "staff", "director", "partner", "parent", "analyst"] {
        site.visitor(who).await.get(&page).await.assert_not_found();
    }
    // Whoever gets a card afterwards was not meant.
    let card = [("label", "somebody who came late"), ("card", "without_name"), ("card_how", "aloud")];
    let late = staff.post("/cedar-river/sessions/@session_5/speakers", &card).await;
    let late = late.assert_flash("Card taken in").location.rsplit('/').next().unwrap().to_owned();
    bearer_of(&site, &facilitator, &late).await.get(ROOM).await.assert_never_sees("porch light");
    let only_me = [("statement", id.as_str()), ("attribution", "role"), ("audience", "author"), ("version", "1")];
    said.post("/cedar-river/return/consent", &only_me).await.assert_flash("Your choice is kept and holds from now on");
    other.get(ROOM).await.assert_never_sees("porch light");
    tribe.get(of_tribe).await.assert_sees("Nobody else has agreed");
    tribe.get(&page).await.assert_not_found();
    said.post(ROOM, &[choice[0], ("sure", "yes")]).await.assert_flash("Your choice is kept and holds from now on");
    said.post("/cedar-river/return/withdrawal", &[("statement", &id)]).await.assert_status(StatusCode::SEE_OTHER);
    other.get(ROOM).await.assert_never_sees("porch light");
}

#[tokio::test]
async fn nobody_but_the_speaker_lets_the_room_read_and_no_link_more_than_was_decided_by_it() {
    let site = Site::open().await;
    let facilitator = site.visitor("facilitator").await;
    let link = bearer(&site, &facilitator).await;
    let word = [("how", "telephone"), ("word", "confirm"), ("attribution", "role"), ("audience", "author"), ("version", "1")];
    facilitator.post("/cedar-river/statements/@waiting_statement/entered-answer", &word).await.assert_flash("The speaker’s word is kept");
    let shared = [("statements", "@waiting_statement"), ("sure", "yes")];
    let opened = ["statement where for_room", "room_reader", "subject_reader where subject_id = '@waiting_statement'"];
    let before = [site.count(opened[0]).await, site.count(opened[1]).await, site.count(opened[2]).await];
    link.post(ROOM, &shared).await.assert_problem("statements", "Leave out the words on which you gave your word in another way");
    link.post(ROOM, &[("statements", "@kin_source"), ("sure", "yes")]).await.assert_problem("statements", "Choose from the list");
    for who in ["facilitator", "partner", "parent"] {
        let own = "/cedar-river/sessions/@session_5/speakers/@speaker_5_1/room";
        site.visitor(who).await.post(own, &shared).await.assert_not_found();
    }
    assert_eq!([site.count(opened[0]).await, site.count(opened[1]).await, site.count(opened[2]).await], before);
    refused(
        "said by others",
        site.attempt("facilitator", "staff", "update statement set for_room = true where id = '@waiting_statement'").await,
    );
    let opening = "insert into room_reader (subject_id, speaker_id) values ('@waiting_statement', '@speaker_5_9')";
    refused("opened by others", site.attempt("facilitator", "staff", opening).await);
}
