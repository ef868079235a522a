//! People who are invited by name: one letter each that says nothing of the matter, an answer by a link that opening does not spend,
//! what they need known to those who facilitate alone, and a session that is moved after answers came in.

use crate::{
    meetings::read,
    support::{
        Site, Visitor, refused,
        smtp::{Smtp, Taken, with_letters},
    },
};
use chrono::Duration;
use common_table::{platform::session::LINK_COOKIE, worker};

const SESSION: &str = "/cedar-river/sessions/@session_8";
const INVITED: &str = "/cedar-river/sessions/@session_8/invitees";
const REPLY: &str = "/cedar-river/reply";
const LINK: &str = "http://localhost/cedar-river/reply/";

async fn invite(facilitator: &Visitor, people: &str, named: &str) {
    let form = [("people", people), ("language", "en"), ("may_name_agency", named)];
    facilitator.post(INVITED, &form).await.assert_goes_to(INVITED);
}

async fn sent(site: &Site, smtp: &mut Smtp) -> Vec<Taken> {
    worker::send_due(&site.app).await;
    smtp.taken().await
}

/// The calendar file that came with a letter.
#[track_caller]
fn file(letter: &Taken) -> String {
    let begins = letter.text.find("BEGIN:VCALENDAR").unwrap_or_else(|| panic!("no file in {}", letter.text));
    let ends = letter.text[begins..].find("END:VCALENDAR").unwrap() + begins;
    format!("{}END:VCALENDAR\r\n", &letter.text[begins..ends])
}

/// The one letter to Wren. Members who are invited as well are written to as they chose.
#[track_caller]
fn to_wren(letters: &[Taken]) -> &Taken {
    let mut all = letters.iter().filter(|one| one.to == "wren@families.example");
    let one = all.next().expect("a letter to Wren");
    assert!(all.next().is_none(), "one letter each");
    one
}

fn path(letter: &Taken) -> String {
    letter.link(LINK).trim_start_matches("http://localhost").to_owned()
}

#[tokio::test]
async fn an_invitation_is_one_letter_each_with_a_file_and_says_nothing_of_the_matter() {
    let mut smtp = Smtp::start(&[]).await;
    let (site, [facilitator]) = with_letters(&smtp, ["facilitator"]).await;
    invite(&facilitator, "Wren Ashby, wren@families.example\nLark Ashby, lark@families.example", "yes").await;
    // Whoever is invited already gets no second letter.
    invite(&facilitator, "Wren Ashby, WREN@families.example", "yes").await;
    let letters = sent(&site, &mut smtp).await;
    let mut to: Vec<&str> = letters.iter().map(|one| one.to.as_str()).collect();
    to.sort_unstable();
    assert_eq!(to, ["lark@families.example", "wren@families.example"]);
    for letter in &letters {
        assert!(letter.text.contains("Cedar River County invites you to a meeting"), "{}", letter.text);
        for word in ["Leaving care", "eighteen", "Tall Pine council", "young adults", "listening", "Ashby,"] {
            assert!(!letter.text.contains(word), "{word}: {}", letter.text);
        }
        assert!(letter.text.contains("text/calendar") && letter.text.contains("method=PUBLISH"), "{}", letter.text);
        let found = read(&file(letter));
        assert_eq!((found["METHOD"].as_str(), found["SEQUENCE"].as_str(), found["SUMMARY"].as_str()), ("PUBLISH", "0", "Meeting"));
        assert_eq!(found["UID"], site.path("@session_8@common-table"));
        assert_eq!(found["LOCATION"], "Tall Pine community hall");
        assert!(found["ORGANIZER"].starts_with("mailto:"), "{found:?}");
    }
    assert_ne!(letters[0].link(LINK), letters[1].link(LINK), "a link each");
}

#[tokio::test]
async fn without_their_word_a_letter_names_neither_the_agency_nor_the_place() {
    let mut smtp = Smtp::start(&[]).await;
    let (site, [facilitator]) = with_letters(&smtp, ["facilitator"]).await;
    invite(&facilitator, "Wren Ashby, wren@families.example", "").await;
    let letters = sent(&site, &mut smtp).await;
    for word in ["Cedar River County", "community hall", "Tall Pine"] {
        assert!(!letters[0].text.contains(word), "{word}: {}", letters[0].text);
    }
    assert!(!read(&file(&letters[0])).contains_key("LOCATION"));
}

#[tokio::test]
async fn a_link_is_spent_by_the_answer_and_not_by_opening_it() {
    let mut smtp = Smtp::start(&[]).await;
    let (site, [facilitator]) = with_letters(&smtp, ["facilitator"]).await;
    invite(&facilitator, "Wren Ashby, wren@families.example", "yes").await;
    let link = path(&sent(&site, &mut smtp).await[0]);
    // A scanner of mail opens whatever it finds, often.
    for method in ["GET", "HEAD", "GET", "GET"] {
        let scanner = site.stranger();
        scanner.glance(method, &link).await;
        scanner.open_link(&link).await.assert_page("You are invited").assert_sees("Tall Pine community hall");
    }
    let wren = site.stranger();
    wren.open_link(&link).await;
    wren.post(REPLY, &[("answer", ""), ("needs", "A ramp"), ("about", "0")]).await.assert_problem("answer", "Choose whether you come");
    let answer = [("answer", "coming"), ("needs", "A ramp"), ("about", "0"), ("key", "answered-twice-0001")];
    wren.post(REPLY, &answer).await.assert_goes_to(REPLY);
    // The same form once more, by a program that answers twice.
    site.stranger().with_cookie(LINK_COOKIE, link.rsplit('/').next().unwrap()).post(REPLY, &answer).await.assert_goes_to(REPLY);
    site.stranger().answer_link(&link, &[("answer", "not_coming"), ("about", "0")]).await.assert_link_over();
    assert_eq!(site.count("session_invitee where email = 'wren@families.example' and answer = 'coming' and version = 2").await, 1);
    facilitator.get(INVITED).await.assert_sees("A ramp");
    // Whoever answered changes their mind in the same browser; who does not come needs nothing.
    wren.get(REPLY).await.assert_page("You are invited");
    wren.post(REPLY, &[("answer", "not_coming"), ("needs", "A ramp"), ("about", "0")]).await.assert_goes_to(REPLY);
    assert_eq!(site.count("session_invitee where needs = 'A ramp'").await, 0);
    // It reaches nothing else.
    for other in [SESSION, INVITED, "/cedar-river", "/cedar-river/return/consent"] {
        assert!(!wren.get(other).await.text.contains("Marlee"), "{other}");
    }
}

#[tokio::test]
async fn an_address_that_bounces_is_told_to_whoever_invites() {
    let mut smtp = Smtp::start(&[]).await;
    let (site, [facilitator, staff]) = with_letters(&smtp, ["facilitator", "staff"]).await;
    invite(&facilitator, "Gone Ashby, gone.ashby@families.example", "yes").await;
    assert!(sent(&site, &mut smtp).await.is_empty());
    let told = facilitator.get(INVITED).await;
    told.assert_sees("1 letter could not be delivered").assert_sees("Gone Ashby");
    // Neither that somebody was asked nor what became of it is for whoever only takes notes.
    staff.get(INVITED).await.assert_not_found();
    staff.get(SESSION).await.assert_never_sees("invited by name");
    let id: String = site.peek("select id::text from session_invitee where name = 'Gone Ashby'").await;
    let page = format!("{INVITED}/{id}");
    let right = [("name", "Gone Ashby"), ("email", "found.ashby@families.example"), ("language", "es"), ("version", "1")];
    facilitator.post(&page, &right).await.assert_goes_to(&page);
    let letters = sent(&site, &mut smtp).await;
    assert!(letters[0].text.contains("Content-Language: es"), "{}", letters[0].text);
    facilitator.get(INVITED).await.assert_never_sees("could not be delivered");
}

#[tokio::test]
async fn what_people_need_is_for_those_who_facilitate_and_for_nobody_else() {
    let site = Site::open().await;
    site.visitor("facilitator").await.get(INVITED).await.assert_sees("A ride from the clinic").assert_sees("Marlee Two Rivers");
    for who in ["director", "staff", "tribe", "partner", "parent"] {
        site.visitor(who).await.get(INVITED).await.assert_not_found();
    }
    for who in ["analyst", "admin"] {
        site.visitor(who).await.get(INVITED).await.assert_not_allowed();
    }
    let read = "select id from session_invitee where session_id = '@session_8' and name <> ''";
    for (who, hat) in
        [("director", "director"), ("staff", "staff"), ("tribe", "partner"), ("admin", "administrator"), ("parent", "partner")]
    {
        refused(who, site.attempt(who, hat, read).await);
    }
    assert_eq!(site.attempt("facilitator", "staff", read).await.unwrap(), 3);
    // A member gives their own answer, and no other column is theirs.
    let mine = |set: &str| format!("update session_invitee set {set} where membership_id = '@parent'");
    assert_eq!(site.attempt("parent", "partner", &mine("answer = 'coming', answered_at = now()")).await.unwrap(), 1);
    refused("their own invitation", site.attempt("parent", "partner", &mine("may_name_agency = true")).await);
    refused("a list of one’s own", site.attempt("parent", "partner", &mine("membership_id = '@partner'")).await);
    let put = "insert into session_invitee (id, session_id, name, language, made_by, created_at) \
        values (gen_random_uuid(), '@session_8', 'Somebody', 'en', '@staff', now())";
    refused("whoever only takes notes", site.attempt("staff", "staff", put).await);
}

#[tokio::test]
async fn a_member_is_asked_on_their_own_page_and_answers_there() {
    let site = Site::open().await;
    let parent = site.visitor("parent").await;
    parent.get("/cedar-river/wanted").await.assert_sees("You are invited: do you come?");
    let path = format!("{SESSION}/reply");
    parent.get(&path).await.assert_page("You are invited");
    parent.get(SESSION).await.assert_sees("You are invited: say whether you come");
    parent.post(&path, &[("answer", "coming"), ("needs", "Child care for two"), ("about", "0")]).await.assert_goes_to(SESSION);
    parent.get(SESSION).await.assert_sees("You said whether you come").assert_never_sees("You are invited: say");
    parent.get("/cedar-river/wanted").await.assert_never_sees("You are invited: do you come?");
    site.visitor("facilitator").await.get(INVITED).await.assert_sees("Child care for two");
    site.visitor("partner").await.get(&path).await.assert_not_found();
    // The log tells nobody that somebody was asked.
    for who in ["director", "admin", "partner"] {
        site.visitor(who).await.get("/cedar-river/audit").await.assert_never_sees("answered an invitation");
    }
}

#[tokio::test]
async fn a_session_that_is_moved_keeps_the_answers_and_asks_again() {
    let mut smtp = Smtp::start(&[]).await;
    let (site, [facilitator]) = with_letters(&smtp, ["facilitator"]).await;
    invite(&facilitator, "Wren Ashby, wren@families.example", "yes").await;
    let first = path(&sent(&site, &mut smtp).await[0]);
    let wren = site.stranger();
    wren.answer_link(&first, &[("answer", "coming"), ("needs", "A ramp"), ("about", "0")]).await.assert_goes_to(REPLY);

    let plan = format!("{SESSION}/edit");
    // Another title moves nobody.
    facilitator.fill(&plan, SESSION, &[("title", "Turning eighteen")]).await.assert_goes_to(SESSION);
    assert!(sent(&site, &mut smtp).await.is_empty());
    facilitator.fill(&plan, SESSION, &[("time", "19:30")]).await.assert_goes_to(SESSION);
    let letters = sent(&site, &mut smtp).await;
    let moved = to_wren(&letters);
    assert!(moved.text.contains("has a new time or place"), "{}", moved.text);
    let found = read(&file(moved));
    assert_eq!((found["SEQUENCE"].as_str(), found["UID"].clone()), ("1", site.path("@session_8@common-table")));
    assert!(found["DTSTART"].ends_with("T193000"), "{found:?}");
    facilitator.get(INVITED).await.assert_sees("asked again").assert_sees("A ramp");
    // The browser that answered holds a link that ended with the new letter; what it had open is not an answer to the new time.
    wren.get(REPLY).await.assert_link_over();
    let again = site.stranger();
    again.open_link(&path(moved)).await.assert_sees("changed after you answered");
    again.post(REPLY, &[("answer", "coming"), ("about", "0")]).await.assert_problem("answer", "Look at the time and place again");
    again.post(REPLY, &[("answer", "coming"), ("needs", "A ramp"), ("about", "1")]).await.assert_goes_to(REPLY);
    assert_eq!(site.count("session_invitee where name = 'Wren Ashby' and answer = 'coming' and answered_about = 1").await, 1);

    facilitator.post(&format!("{SESSION}/cancellation"), &[("because", "The road is closed")]).await.assert_goes_to(SESSION);
    let letters = sent(&site, &mut smtp).await;
    let off = to_wren(&letters);
    let found = read(&file(off));
    assert_eq!((found["METHOD"].as_str(), found["STATUS"].as_str(), found["SEQUENCE"].as_str()), ("CANCEL", "CANCELLED", "2"));
    site.stranger().open_link(&path(off)).await.assert_sees("It was called off").assert_never_sees("Send my answer");
}

#[tokio::test]
async fn who_is_invited_before_the_announcement_is_asked_by_it() {
    let mut smtp = Smtp::start(&[]).await;
    let (site, [staff, tribe]) = with_letters(&smtp, ["staff", "tribe"]).await;
    let planned = "/cedar-river/sessions/@session_9";
    // Nobody is asked when and where: nothing goes out before the announcement.
    site.force("delete from session_time").await;
    let people = [("people", "Wren Ashby, wren@families.example"), ("language", "en"), ("may_name_agency", "yes")];
    staff.post(&format!("{planned}/invitees"), &people).await;
    tribe.post(&format!("{planned}/invitees"), &people).await.assert_not_found();
    assert!(sent(&site, &mut smtp).await.is_empty());
    staff.post(&format!("{planned}/announcement"), &[("invitation", "Come and eat with us."), ("cleared", "yes")]).await;
    let letters = sent(&site, &mut smtp).await;
    site.stranger().open_link(&path(&letters[0])).await.assert_sees("Come and eat with us.");
}

#[tokio::test]
async fn somebody_taken_off_the_list_holds_a_dead_link_and_no_letter_goes_to_them() {
    let mut smtp = Smtp::start(&[]).await;
    let (site, [facilitator]) = with_letters(&smtp, ["facilitator"]).await;
    let link = format!("/cedar-river/reply/{}", site.id("reply_token"));
    site.stranger().open_link(&link).await.assert_page("You are invited");
    facilitator.post(&format!("{INVITED}/@invitee/delete"), &[]).await.assert_goes_to(INVITED);
    site.stranger().open_link(&link).await.assert_link_over();
    invite(&facilitator, "Wren Ashby, wren@families.example", "yes").await;
    site.force("delete from session_invitee where name = 'Wren Ashby'").await;
    assert!(sent(&site, &mut smtp).await.is_empty());
}

#[tokio::test]
async fn a_month_after_the_session_nobody_knows_who_was_invited() {
    let site = Site::open().await;
    site.clock.advance(Duration::days(30));
    worker::sweep(&site.app).await.unwrap();
    assert!(site.count("session_invitee where session_id = '@session_8'").await > 0, "it is over for less than a month");
    site.clock.advance(Duration::days(10));
    worker::sweep(&site.app).await.unwrap();
    assert_eq!(site.count("session_invitee where session_id = '@session_8'").await, 0);
    assert_eq!(site.count("return_link where invitee_id is not null").await, 0);
}

#[tokio::test]
async fn who_was_invited_stays_while_a_hold_lies_on_the_session() {
    let site = Site::open().await;
    let reason = [("reason", "A lawsuit over Elm"), ("authority", "Superior Court 27-9"), ("from", "2027-01-04")];
    let everything = [&reason[..], &[("scope", "everything"), ("record", "")]].concat();
    site.visitor("admin").await.post("/cedar-river/retention/holds", &everything).await.assert_goes_to("/cedar-river/retention/holds/*");
    site.clock.advance(Duration::days(60));
    worker::sweep(&site.app).await.unwrap();
    assert!(site.count("session_invitee where session_id = '@session_8'").await > 0, "what is held is not destroyed");
    site.force("update legal_hold set lifted_at = set_at, lifted_by = set_by").await;
    worker::sweep(&site.app).await.unwrap();
    assert_eq!(site.count("session_invitee where session_id = '@session_8'").await, 0);
}

#[tokio::test]
async fn a_role_that_was_changed_sees_nobody_who_is_invited() {
    let site = Site::open().await;
    let invited = "select 1 from session_invitee where session_id = '@session_8'";
    assert!(site.attempt("facilitator", "staff", invited).await.unwrap() > 0);
    for role in ["analyst", "administrator"] {
        assert_eq!(site.attempt("facilitator", role, invited).await.unwrap(), 0, "{role} with a duty from before");
    }
}

#[tokio::test]
async fn how_long_it_is_known_who_was_invited_is_set_within_bounds_and_never_longer_than_was_told() {
    const KEPT: &str = "/cedar-river/retention/invited";
    let site = Site::open().await;
    let (admin, facilitator) = (site.visitor("admin").await, site.visitor("facilitator").await);
    for (days, problem) in [("6", "Enter a number from 7 to 90"), ("91", "Enter a number from 7 to 90"), ("", "Enter a number of days")] {
        admin.fill(KEPT, "/retention/invited", &[("days", days)]).await.assert_problem("days", problem);
    }
    for who in ["director", "staff", "tribe"] {
        site.visitor(who).await.get(KEPT).await.assert_not_allowed();
        site.visitor(who).await.post(KEPT, &[("days", "60"), ("version", "@settings_version")]).await.assert_not_allowed();
    }
    admin.fill(KEPT, "/retention/invited", &[("days", "60")]).await.assert_goes_to("/cedar-river/retention");
    site.visitor("director")
        .await
        .get("/cedar-river/settings/changes")
        .await
        .assert_sees("days until it is not known any more who was invited");
    // Whoever was invited before was told 30 days; whoever is invited now is told 60.
    let told = "What you need is destroyed 30 days after it";
    site.stranger().open_link(&format!("/cedar-river/reply/{}", site.id("reply_token"))).await.assert_sees(told);
    facilitator.get(INVITED).await.assert_sees("destroyed 60 days after the session");
    invite(&facilitator, "Wren Ashby, wren@families.example", "yes").await;
    for longer in [
        "update session_invitee set kept_days = 90 where id = '@invitee'",
        "insert into session_invitee (id, session_id, name, language, \
        kept_days, made_by, created_at) values (gen_random_uuid(), '@session_8', 'Somebody', 'en', 90, '@facilitator', now())",
    ] {
        refused(longer, site.attempt("facilitator", "staff", longer).await);
    }
    let known = async || site.count("session_invitee where session_id = '@session_8'").await;
    site.force("update listening_session set starts_at = starts_at - interval '20 days' where id = '@session_8'").await;
    site.clock.advance(Duration::days(40));
    worker::sweep(&site.app).await.unwrap();
    assert_eq!(known().await, 1, "whoever was told 60 days is known still");
    site.force("update agency set invitees_days = 7 where slug = 'cedar-river'").await;
    worker::sweep(&site.app).await.unwrap();
    assert_eq!(known().await, 0, "a shorter time holds at once");
}

#[tokio::test]
async fn another_agency_neither_sees_nor_invites() {
    let site = Site::open().await;
    let elsewhere = INVITED.replace("cedar-river", "harbor");
    site.visitor("facilitator").await.get(&elsewhere).await.assert_not_found();
    let link = format!("/harbor/reply/{}", site.id("reply_token"));
    site.stranger().open_link(&link).await.assert_link_over();
}

const PLANNED: &str = "/cedar-river/sessions/@session_9";

#[tokio::test]
async fn those_who_are_to_be_invited_say_which_time_would_suit_and_learn_nothing_else() {
    let mut smtp = Smtp::start(&[]).await;
    let (site, [staff, tribe]) = with_letters(&smtp, ["staff", "tribe"]).await;
    let times = format!("{PLANNED}/times");
    staff.get(&times).await.assert_sees("1 of 2 who were asked");
    tribe.get(&times).await.assert_not_found();
    let people = [("people", "Wren Ashby, wren@families.example"), ("language", "en"), ("may_name_agency", "yes")];
    staff.post(&format!("{PLANNED}/invitees"), &people).await;
    let letters = sent(&site, &mut smtp).await;
    let letter = to_wren(&letters);
    assert!(letter.text.contains("When could you come?") && !letter.text.contains("text/calendar"), "{}", letter.text);
    let wren = site.stranger();
    let shown = wren.open_link(&path(letter)).await;
    shown.assert_page("When could you come?").assert_sees("Kinship Circle hall");
    for word in ["Schools", "first phone call", "Fairbanks"] {
        shown.assert_never_sees(word);
    }
    // Times of another session are no choice here, and nothing that is not settled can be answered.
    wren.post("/cedar-river/reply/times", &[("times", "@session_8")]).await.assert_problem("times", "Choose from the list");
    wren.post(REPLY, &[("answer", "coming"), ("about", "0")]).await.assert_link_over();
    wren.post("/cedar-river/reply/times", &[("times", "@time_second")]).await.assert_goes_to(REPLY);
    site.stranger().open_link(&path(letter)).await.assert_link_over();
    staff.get(&times).await.assert_sees("2 of 3 who were asked");
    assert_eq!(site.count("session_time_word where time_id = '@time_second'").await, 2);

    staff.post(&format!("{times}/@time_second/choice"), &[]).await.assert_goes_to(PLANNED);
    staff.get(PLANNED).await.assert_sees("Cedar Valley school, the library");
    staff.post(&format!("{PLANNED}/announcement"), &[("invitation", "Come and eat with us."), ("cleared", "yes")]).await;
    let letters = sent(&site, &mut smtp).await;
    assert!(to_wren(&letters).text.contains("invites you to a meeting"), "{}", to_wren(&letters).text);
    // The link that asked about times ended with it.
    wren.get(REPLY).await.assert_link_over();
    staff.get(&times).await.assert_not_found();
}

#[tokio::test]
async fn the_database_lets_nobody_choose_for_others() {
    let site = Site::open().await;
    let word = "insert into session_time_word (time_id, invitee_id) \
        select '@time_first', id from session_invitee where session_id = '@session_9' limit 1";
    for (who, hat) in [("director", "director"), ("tribe", "partner"), ("parent", "partner")] {
        refused(who, site.attempt(who, hat, word).await);
    }
    let put_up = "insert into session_time (id, session_id, starts_at, place, created_at) \
        values (gen_random_uuid(), '@session_9', now() + interval '9 days', 'Elsewhere', now())";
    refused("whoever did not plan it", site.attempt("director", "director", put_up).await);
    assert_eq!(site.attempt("staff", "staff", put_up).await.unwrap(), 1);
    let late = put_up.replace("@session_9", "@session_8");
    refused("once it is announced", site.attempt("facilitator", "staff", &late).await);
}
