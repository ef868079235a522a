//! Questions go on by themselves: the days on which the agency is closed, what is handed to the director, what nobody is left to close;
//! and one answer to several.

use crate::support::{Site, Visitor, refused};
use chrono::{Duration, NaiveDate};
use common_table::worker;

const LOOPS: &str = "/cedar-river/loops";
const CLOSED: &str = "/cedar-river/closed-days";

async fn raise(who: &Visitor, words: &str) -> String {
    who.post(LOOPS, &[("kind", "concern"), ("audience", "agency"), ("words", words)]).await.made()
}

/// Somebody more on the partners' side who speaks for themselves, and something that they raised.
async fn raised_by_another(site: &Site, number: usize, words: &str) -> String {
    let (person, raised) =
        (format!("018f5e2a-0000-7000-8000-0000000001{number:02}"), format!("018f5e2a-0000-7000-8000-0000000002{number:02}"));
    site.force(&format!(
        "insert into membership (agency_id, id, name, role, state, lived_experience, created_at)
         select agency_id, '{person}', 'Person {number}', 'partner', 'active', true, created_at from membership where id = '@parent';
         insert into subject (agency_id, id, kind, title, path, audience, author_id, created_at)
         select agency_id, '{raised}', 'loop', '{words}', '/cedar-river/loops/{raised}', 'agency', '{person}', now() from membership where id = '@parent';
         insert into loop (agency_id, id, kind, words, raised_by, acknowledge_by, answer_by, created_at)
         select agency_id, '{raised}', 'concern', '{words}', '{person}', '2099-01-01', '2099-01-31', now() from membership where id = '@parent'"
    ))
    .await;
    raised
}

#[tokio::test]
async fn clocks_of_working_days_leave_out_when_the_agency_is_closed() {
    let site = Site::open().await;
    let (admin, partner) = (site.visitor("admin").await, site.visitor("partner").await);
    site.force("delete from closed_day; update agency set working_days = true, acknowledge_days = 1, answer_days = 2").await;
    let by = async |id: &str| site.peek::<NaiveDate>(&format!("select acknowledge_by from loop where id = '{id}'")).await;
    let open = by(&raise(&partner, "The first of two").await).await;
    admin.post(CLOSED, &[("day", &open.to_string()), ("name", "Founding day")]).await.assert_flash("The day is on the list");
    let closed = by(&raise(&partner, "The second of two").await).await;
    assert!(closed > open, "{closed} is not after {open}");
    // Whoever raised something sees by which days it is counted; only administrators change them.
    partner.get(CLOSED).await.assert_sees("Founding day").assert_sees("count working days").assert_never_sees("Add a day");
    for who in ["director", "staff", "partner"] {
        site.visitor(who).await.post(CLOSED, &[("day", "2098-05-05"), ("name", "Ours")]).await.assert_not_allowed();
    }
    admin.post(&format!("{CLOSED}/{open}/delete"), &[]).await.assert_flash("The day is off the list: it counts again");
    assert_eq!(by(&raise(&partner, "The third of two").await).await, open);
}

#[tokio::test]
async fn no_holiday_is_assumed_and_those_of_a_year_are_offered() {
    let site = Site::open().await;
    let admin = site.visitor("admin").await;
    site.force("delete from closed_day").await;
    let year = site.id("next_year");
    let page = admin.get(&format!("{CLOSED}?year={year}")).await;
    page.assert_sees("No day is on the list").assert_sees("Thanksgiving Day");
    let days = page.attributes("input[name=days]", "value");
    assert!(days.len() >= 10 && days.contains(&site.id("next_labor_day")), "{days:?}");
    let holidays = format!("{CLOSED}/holidays");
    let none = admin.post(&holidays, &[("year", year.as_str())]).await;
    none.assert_problem("days", "Choose the days on which you are closed").assert_sees(&format!("federal holidays of {year}"));
    // A day that is no holiday of that year is none of those offered.
    admin.post(&holidays, &[("year", &year), ("days", "2099-12-25")]).await.assert_problem("days", "Choose the days");
    let two = [("year", year.as_str()), ("days", days[0].as_str()), ("days", days[1].as_str())];
    admin.post(&holidays, &two).await.assert_flash("2 days are on the list now");
    admin.post(&holidays, &two).await.assert_problem("days", "These days are on the list already");
    admin.post(CLOSED, &[("day", &days[0]), ("name", "Again")]).await.assert_problem("day", "That day is on the list already");
    let past = admin.post(CLOSED, &[("day", "2001-01-01"), ("name", "Long ago")]).await;
    past.assert_problem("day", "Enter today or a later day");
    assert_eq!(past.attributes("input[name=name]", "value"), ["Long ago"]);
    site.visitor("director").await.get("/cedar-river/settings/changes").await.assert_sees("days on which the agency is closed");
}

#[tokio::test]
async fn the_database_lets_only_an_administrator_close_the_agency() {
    let site = Site::open().await;
    for (who, hat) in [("director", "director"), ("staff", "staff"), ("partner", "partner"), ("analyst", "analyst")] {
        let closed = "insert into closed_day (day, name, set_by, created_at) values ('2098-05-05', 'Ours', current_membership(), now())";
        refused(who, site.attempt(who, hat, closed).await);
        refused(who, site.attempt(who, hat, "delete from closed_day").await);
    }
    let for_another = "insert into closed_day (day, name, set_by, created_at) values ('2098-05-05', 'Ours', '@director', now())";
    refused("in another’s name", site.attempt("admin", "administrator", for_another).await);
}

#[tokio::test]
async fn what_is_late_for_too_long_is_handed_to_the_director_once() {
    let site = Site::open().await;
    site.force("update loop set escalated_at = null; update agency set escalate_days = 3, working_days = false, acknowledge_days = 5")
        .await;
    let raised = raise(&site.visitor("partner").await, "Nobody answers this in time").await;
    let handed = format!("loop where id = '{raised}' and escalated_at is not null");
    site.clock.advance(Duration::days(8));
    worker::sweep(&site.app).await.unwrap();
    assert_eq!(site.count(&handed).await, 0, "three days late is not yet too late");
    let told = "notice where kind = 'question_late' and membership_id = '@director'";
    let before = site.count(told).await;
    site.clock.advance(Duration::days(1));
    for _ in 0..2 {
        worker::sweep(&site.app).await.unwrap();
    }
    assert_eq!(site.count(&handed).await, 1);
    assert_eq!(site.count(told).await, before + 1);
    let director = site.visitor("director").await;
    director.get("/cedar-river").await.assert_sees("handed to you");
    director.get(&format!("{LOOPS}?state=escalated")).await.assert_sees("Nobody answers this in time");
    site.visitor("partner").await.get(&format!("{LOOPS}/{raised}")).await.assert_sees("handed to the director on");
    site.visitor("staff").await.get("/cedar-river").await.assert_never_sees("handed to you");
    // Where the agency sets no day, nothing is handed over.
    site.force("update agency set escalate_days = null").await;
    let other = raise(&site.visitor("partner").await, "Nobody answers this either").await;
    site.clock.advance(Duration::days(200));
    worker::sweep(&site.app).await.unwrap();
    assert_eq!(site.count(&format!("loop where id = '{other}' and escalated_at is not null")).await, 0);
}

#[tokio::test]
async fn no_notice_counts_a_late_question_that_a_protocol_keeps_from_directors() {
    let site = Site::open().await;
    site.force("update loop set escalated_at = now()").await;
    let told = "notice where kind = 'question_late'";
    let before = site.count(told).await;
    let raised = raise(&site.visitor("tribe").await, "For our own people and one director").await;
    site.force(&format!("update subject set protocols = 1 where id = '{raised}'")).await;
    site.clock.advance(Duration::days(60));
    worker::sweep(&site.app).await.unwrap();
    assert_eq!(site.count(&format!("loop where id = '{raised}' and escalated_at is not null")).await, 1);
    assert_eq!(site.count(told).await, before, "a director who may not read it would know of it");
}

#[tokio::test]
async fn one_answer_reaches_each_who_raised_it_and_each_closes_their_own() {
    let site = Site::open().await;
    let (staff, partner, parent) = (site.visitor("staff").await, site.visitor("partner").await, site.visitor("parent").await);
    let (ours, mine) = (raise(&partner, "The door sticks in the rain").await, raise(&parent, "I could not open the door").await);
    let at = format!("{LOOPS}/together");
    let way = staff.get(&format!("{LOOPS}/{ours}")).await.attributes("a[href*='/together?of=']", "href");
    let page = staff.get(&format!("{}&seek=open+the+door", way[0])).await;
    assert_eq!(page.attributes("input[name=of][checked]", "value"), [ours.as_str()], "what was chosen stays, whatever is looked for");
    assert!(page.attributes("input[name=of]", "value").contains(&mine));
    let one = [("of", ours.as_str()), ("answer", "done"), ("answer_words", "The door is planed")];
    let again = staff.post(&at, &one).await;
    again.assert_problem("of", "Choose two or more").assert_sees("I could not open the door");
    assert_eq!(again.field("answer_words"), "The door is planed");
    let both = [("of", ours.as_str()), ("of", mine.as_str()), ("answer", "not_possible"), ("answer_words", "The door is planed")];
    staff.post(&at, &both).await.assert_problem("reason", "Say why it is not possible");
    for who in ["partner", "tribe", "analyst", "admin"] {
        site.visitor(who).await.post(&at, &both).await.assert_not_allowed();
    }
    let both = [("of", ours.as_str()), ("of", mine.as_str()), ("answer", "done"), ("answer_words", "The door is planed")];
    staff.post(&at, &both).await.assert_flash("2 answers sent");
    // Each reads their own, and not that there was another: two are too few to be counted.
    let page = partner.get(&format!("{LOOPS}/{ours}")).await;
    page.assert_sees("The door is planed").assert_never_sees("I could not open").assert_never_sees("people raised this");
    parent.post(&format!("{LOOPS}/{ours}/closure"), &[]).await.assert_not_found();
    parent.post(&format!("{LOOPS}/{mine}/closure"), &[]).await.assert_flash("Closed, by your word");
    assert_eq!(site.count(&format!("loop where id = '{ours}' and state = 'answered'")).await, 1);
    // What somebody answered meanwhile is not answered twice.
    let more = raise(&partner, "And the window too").await;
    let fields = [("of", ours.as_str()), ("of", more.as_str()), ("answer", "done"), ("answer_words", "It is planed as well")];
    staff.post(&at, &fields).await.assert_problem("of", "Somebody answered one of these meanwhile");
    assert_eq!(site.count(&format!("loop where id = '{more}' and state = 'raised'")).await, 1);
}

#[tokio::test]
async fn how_many_raised_the_same_is_told_from_five_people_on() {
    let site = Site::open().await;
    let (staff, parent) = (site.visitor("staff").await, site.visitor("parent").await);
    let mine = raise(&parent, "The bus comes once an hour").await;
    let mut these = vec![mine.clone(), raise(&parent, "And no bus on Sundays").await];
    for number in 0..4 {
        these.push(raised_by_another(&site, number, "The bus again").await);
    }
    // A question that staff may not read is none of those chosen.
    let hidden = parent.post(LOOPS, &[("kind", "concern"), ("audience", "leadership"), ("words", "The bus driver shouts")]).await.made();
    let answer = [("answer", "done"), ("answer_words", "The bus comes every half hour now")];
    let with_hidden: Vec<(&str, &str)> = these.iter().chain([&hidden]).map(|id| ("of", id.as_str())).chain(answer).collect();
    staff.post(&format!("{LOOPS}/together"), &with_hidden).await.assert_problem("of", "Somebody answered one of these");
    let fields: Vec<(&str, &str)> = these.iter().map(|id| ("of", id.as_str())).chain(answer).collect();
    staff.post(&format!("{LOOPS}/together"), &fields).await.assert_flash("6 answers sent");
    // Two of the six are one person's.
    parent.get(&format!("{LOOPS}/{mine}")).await.assert_sees("5 people raised this").assert_never_sees("The bus again");
    parent.post(&format!("{LOOPS}/{mine}/closure/delete"), &[("why", "Not in the evening")]).await;
    parent.get(&format!("{LOOPS}/{mine}")).await.assert_never_sees("5 people raised this");
}

#[tokio::test]
async fn answers_to_a_tribe_wait_for_the_director_also_among_several() {
    let site = Site::open().await;
    let (tribe, partner) = (site.visitor("tribe").await, site.visitor("partner").await);
    let (theirs, ours) = (raise(&tribe, "The notice comes too late").await, raise(&partner, "Notices come late").await);
    let fields = [("of", theirs.as_str()), ("of", ours.as_str()), ("answer", "done"), ("answer_words", "They go out on the same day")];
    let sent = site.visitor("staff").await.post(&format!("{LOOPS}/together"), &fields).await;
    sent.assert_flash("1 answer sent; the others are kept for the director to send");
    tribe.get(&format!("{LOOPS}/{theirs}")).await.assert_never_sees("They go out on the same day");
    partner.get(&format!("{LOOPS}/{ours}")).await.assert_sees("They go out on the same day");
}

#[tokio::test]
async fn what_nobody_is_left_to_close_ends_and_is_never_called_closed() {
    let site = Site::open().await;
    let (parent, partner) = (site.visitor("parent").await, site.visitor("partner").await);
    let mut answered = Vec::new();
    for (who, words) in [(&parent, "Who keeps my file?"), (&partner, "Who keeps our file?")] {
        let raised = raise(who, words).await;
        let fields = [("answer", "done"), ("answer_words", "The clerk keeps it"), ("version", "1")];
        site.visitor("staff").await.post(&format!("{LOOPS}/{raised}/answer"), &fields).await.assert_flash("Answer sent");
        answered.push(raised);
    }
    let state = async |at: usize| site.peek::<String>(&format!("select state from loop where id = '{}'", answered[at])).await;
    site.force("update membership set state = 'ended' where id in ('@parent', '@partner')").await;
    worker::sweep(&site.app).await.unwrap();
    assert_eq!(state(0).await, "answered", "there is a month for it");
    site.clock.advance(Duration::days(31));
    worker::sweep(&site.app).await.unwrap();
    assert_eq!(state(0).await, "left");
    assert_eq!(state(1).await, "answered", "a body names who inherits");
    let staff = site.visitor("staff").await;
    let page = staff.get(&format!("{LOOPS}/{}", answered[0])).await;
    page.assert_sees("It ended without their word").assert_sees("The clerk keeps it").assert_never_sees("closed by the one who raised it");
    let rows = staff.get(&format!("{LOOPS}?state=closed")).await.select("ul.wait li").join(" ");
    assert!(!rows.contains("Who keeps my file?"), "{rows}");
    staff.get(&format!("{LOOPS}?state=left")).await.assert_sees("Who keeps my file?").assert_sees("nobody is left to give the word");
}

#[tokio::test]
async fn the_database_lets_nobody_say_that_nobody_is_left() {
    let site = Site::open().await;
    for (who, hat) in [("director", "director"), ("staff", "staff"), ("partner", "partner")] {
        let ended = "update loop set state = 'left', closed_at = now() where id = '@loop_answered'";
        refused(who, site.attempt(who, hat, ended).await);
    }
}

#[tokio::test]
async fn you_said_we_did_shows_each_reader_what_they_may_read_with_the_reasons() {
    let site = Site::open().await;
    let at = "/cedar-river/answers";
    let (staff, tribe, parent) = (site.visitor("staff").await, site.visitor("tribe").await, site.visitor("parent").await);
    let reason: String = site.peek("select answer_reason from loop where id = '@loop_not_possible'").await;
    let page = staff.get(at).await;
    page.assert_page("You said, we did").assert_sees("Not possible, with the reason");
    staff.get(&format!("{at}?answer=not_possible")).await.assert_sees(&reason);
    // One body's page holds that body's questions alone.
    let ours = staff.get(&format!("{at}?partner=@kinship")).await;
    assert_eq!(ours.select("h2").into_iter().filter(|heading| heading.contains("Kinship")).count(), 1);
    let by = ours.select("figcaption");
    assert!(!by.is_empty() && by.iter().all(|by| by.contains("Kinship")), "{by:?}");
    // What is not for them is on no page of theirs and in no number: neither words nor a body's name in the choices.
    tribe.get(at).await.assert_never_sees("The consent card is in English");
    let numbers = |page: &crate::support::Answer| page.select(".numbers dd");
    let before = (numbers(&staff.get(at).await), numbers(&parent.get(at).await));
    site.force("update subject set audience = 'author' where id = '@loop_answered'").await;
    assert_ne!(numbers(&staff.get(at).await), before.0);
    assert_eq!(numbers(&parent.get(at).await), before.1);
    site.visitor("admin").await.get(at).await.assert_not_allowed();
    site.visitor("harbor").await.get(at).await.assert_not_found();
}
