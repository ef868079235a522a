//! First pages: each person's own, with what needs them first; what a page does not show it still counts, and what its reader
//! may not see is nowhere on it.

use crate::support::Site;
use chrono::Duration;

const HOME: &str = "/cedar-river";

#[tokio::test]
async fn a_directors_reviews_come_first_with_their_day() {
    let site = Site::open().await;
    let page = site.visitor("director").await.get(HOME).await;
    let first = page.select("section[aria-labelledby=answers] li").remove(0);
    assert!(first.starts_with("May our own worker") && first.contains("government to government"), "{first}");
    assert!(first.contains("your review") && first.contains("answer was due"), "{first}");
    for card in ["Waiting for an answer", "What you promised", "Promised to you, waiting for your word", "Sent by staff this week"] {
        page.assert_sees(card);
    }
    page.assert_sees("What else waits");
}

#[tokio::test]
async fn what_a_directors_page_does_not_show_it_still_counts() {
    let site = Site::open().await;
    site.force("update loop set state = 'acknowledged', answer_by = current_date - 3650 where state in ('answered', 'closed')").await;
    let director = site.visitor("director").await;
    let page = director.get(HOME).await;
    let open = site.count("loop l join subject s on s.id = l.id where s.audience in ('leadership', 'agency', 'partnership', 'public') and l.state in ('raised', 'acknowledged', 'review') and l.agency_id = (select id from agency where slug = 'cedar-river')").await;
    let listed = director.get("/cedar-river/loops").await.select(".numbers div").remove(0);
    assert_eq!(listed, format!("No answer yet {open}"));
    page.assert_sees(&format!("{} more, and all questions", open - 5));
    assert_eq!(page.select("section[aria-labelledby=answers] li").len(), 5);
    let needed: i64 = page.heading().split(' ').next().unwrap().parse().unwrap();
    assert!(needed > 10, "more than the page shows: {}", page.heading());
    page.assert_sees("For your review, late or due within seven days:").assert_sees("are late already");
}

#[tokio::test]
async fn what_is_open_and_not_on_the_first_page_is_one_link_away() {
    let site = Site::open().await;
    // Nobody set a day on which those who spoke are asked how they are: a week after, it is asked for all the same.
    let held =
        "state in ('held', 'with_speakers', 'confirmed', 'closed') and agency_id = (select id from agency where slug = 'cedar-river')";
    site.force(&format!(
        "update listening_session set checkin_on = null, checkin_done_at = null, starts_at = '2027-03-01 18:00Z' where {held}"
    ))
    .await;
    let sessions = site.count(&format!("listening_session where {held}")).await;
    assert!(sessions > 3);
    let director = site.visitor("director").await;
    let home = director.get(HOME).await;
    let way = home.attributes("section[aria-labelledby=tasks] .actions a", "href").remove(0);
    let open = director.get(&way).await;
    let listed = open.select("section[aria-labelledby=tasks] li");
    home.assert_sees(&format!("All of these ({})", listed.len()));
    assert_eq!(listed.iter().filter(|one| one.contains("were to be asked how they are by 8 March 2027")).count() as i64, sessions);
    let partner = site.visitor("partner").await.get(&way).await;
    assert!(partner.select("section[aria-labelledby=tasks]").is_empty());
}

#[tokio::test]
async fn answers_that_staff_sent_by_themselves_are_listed_for_the_director() {
    let site = Site::open().await;
    let sent = "section[aria-labelledby=sent] li";
    let fields = [("answer", "done"), ("answer_words", "It hangs there now"), ("version", "1")];
    site.visitor("staff").await.post("/cedar-river/loops/@loop_raised/answer", &fields).await.assert_flash("Answer sent");
    let title: String = site.peek("select title from subject where id = '@loop_raised'").await;
    let director = site.visitor("director").await;
    let found = director.get(HOME).await.select(sent);
    assert!(
        found.iter().any(|one| one.starts_with(&title) && one.contains("Marcus Tellwell answered") && one.ends_with("done")),
        "{found:?}"
    );
    site.clock.advance(Duration::days(8));
    assert!(!site.visitor("director").await.get(HOME).await.select(sent).iter().any(|one| one.starts_with(&title)));
}

#[tokio::test]
async fn staff_see_what_each_session_of_the_week_still_lacks() {
    let site = Site::open().await;
    let ahead = "select id::text from listening_session where state in ('planned', 'announced') order by starts_at limit 1";
    let session: String = site.peek(ahead).await;
    let title: String = site.peek(&format!("select title from listening_session where id = '{session}'")).await;
    let card = "section[aria-labelledby=ahead]";
    let at = |days: i64| (site.app.now() + Duration::days(days)).to_rfc3339();
    let staff = site.visitor("staff").await;
    site.force(&format!("update listening_session set starts_at = '{}' where id = '{session}'", at(9))).await;
    assert!(!staff.get(HOME).await.select(card).join("").contains(&title), "it is not this week");
    site.force(&format!(
        "update listening_session set starts_at = '{}', cohost_id = null, pay = '', stop_rule = '', checkin_on = null, food = 'soup' where id = '{session}'; \
         delete from session_duty where session_id = '{session}'",
        at(2)
    ))
    .await;
    let shown = staff.get(HOME).await.select(card).join("");
    for lack in [
        "co-host still to find",
        "facilitator still to name",
        "stop rule still to agree",
        "check-in day still to set",
        "pay still to decide",
    ] {
        assert!(shown.contains(&title) && shown.contains(lack), "{lack}: {shown}");
    }
    assert!(!shown.contains("food still to arrange"), "{shown}");
    site.force(&format!("update listening_session set starts_at = '{}' where id = '{session}'", at(-1))).await;
    assert!(staff.get(HOME).await.select(card).join("").contains("say whether it was held"));
    site.force(&format!("update listening_session set state = 'held', recording = 'notes', summary = '' where id = '{session}'; delete from attendance where session_id = '{session}'")).await;
    let shown = staff.get(HOME).await.select(card).join("");
    for lack in ["say how many came", "write the summary of the room", "bring the words back to their speakers"] {
        assert!(shown.contains(lack), "{lack}: {shown}");
    }
}

#[tokio::test]
async fn an_answer_that_waits_for_the_director_is_no_more_staffs_turn() {
    let site = Site::open().await;
    let answers = site.visitor("staff").await.get(HOME).await.select("section[aria-labelledby=answers]").join("");
    assert!(!answers.contains("May our own worker") && !answers.contains("review"), "{answers}");
    let waiting = "loop where state in ('raised', 'acknowledged') and id in (select id from subject where audience in ('agency', 'partnership', 'public')) and agency_id = (select id from agency where slug = 'cedar-river')";
    let more = site.count(waiting).await - 5;
    let more = if more > 0 { format!("{more} more, and all questions") } else { "All questions".to_owned() };
    assert!(answers.contains(&more), "{answers}");
}

#[tokio::test]
async fn a_lent_duty_leads_to_its_work() {
    let site = Site::open().await;
    let lent: String = site.peek("select lent_to::text from delegation where ended_at is null limit 1").await;
    let who = if lent == site.id("staff") { "staff" } else { "facilitator" };
    let ways = site.visitor(who).await.get(HOME).await.attributes("section[aria-labelledby=lent] a", "href");
    assert!(!ways.is_empty());
    for way in ways {
        site.visitor(who).await.get(&way).await.assert_status(http::StatusCode::OK);
    }
}

#[tokio::test]
async fn a_partner_sees_what_waits_for_their_word_and_what_came_of_what_they_told() {
    let site = Site::open().await;
    let partner = site.visitor("partner").await;
    let page = partner.get(HOME).await;
    let wanted = partner.get("/cedar-river/wanted").await.select("ul.wait li").len();
    assert_eq!(page.heading(), format!("{wanted} things wait for your word"));
    assert_eq!(page.select("section[aria-labelledby=wanted] li").len(), wanted.min(5));
    let all = if wanted > 5 { format!("{} more, and all of it", wanted - 5) } else { "All of it".to_owned() };
    assert_eq!(page.select("section[aria-labelledby=wanted] header a"), [all]);
    let asked = page.select("section[aria-labelledby=wanted] strong a");
    for (asked, about) in asked.iter().zip(page.select("section[aria-labelledby=wanted] li p:not(.who)")) {
        assert!(asked.ends_with(&about), "the link says what it is about: {asked}");
    }
    page.assert_sees("What you promised").assert_sees("Bring two grandparents").assert_sees("behind:");
    let ways = page.attributes("section[aria-labelledby=told] a[href*='/trace/statement/']", "href");
    partner.get(&ways[0]).await.assert_status(http::StatusCode::OK);
    for way in page.attributes("section[aria-labelledby=told] ul.chain a", "href") {
        partner.get(&way).await.assert_status(http::StatusCode::OK);
    }
}

#[tokio::test]
async fn a_colleagues_question_waits_for_the_colleagues_word() {
    let site = Site::open().await;
    let before = site.visitor("partner").await.get(HOME).await;
    let mine = "section[aria-labelledby=raised] li";
    let title: String = site.peek("select title from subject where id = '@loop_answered'").await;
    let row = |rows: Vec<String>| rows.into_iter().find(|row| row.starts_with(&title)).unwrap_or_default();
    assert!(row(before.select(mine)).contains("answered, waiting for your word"));
    site.force("update loop set raised_by = '@kinship_left' where id = '@loop_answered'").await;
    let after = site.visitor("partner").await.get(HOME).await;
    // The colleague has left: what the steward is asked now is who inherits it.
    let wanted = site.visitor("partner").await.get("/cedar-river/wanted").await.select("ul.wait li").join(" ");
    assert!(wanted.contains("Somebody has left: who inherits this? The consent card is in English"), "{wanted}");
    let found = row(after.select(mine));
    assert!(found.is_empty() || found.contains("answered, waiting for their word"), "{found}");
    assert!(!after.select("section[aria-labelledby=wanted]").join("").contains("Does this answer you? The consent card is in English"));
}

#[tokio::test]
async fn nothing_hidden_stands_on_anybodys_first_page() {
    let site = Site::open().await;
    for who in ["staff", "analyst", "admin", "partner", "parent"] {
        let page = site.visitor(who).await.get(HOME).await;
        page.assert_never_sees("Who at the county keeps the list of our families");
    }
    for who in ["partner", "parent", "analyst", "admin"] {
        site.visitor(who).await.get(HOME).await.assert_never_sees("Send the placement numbers by Tribe");
    }
    site.visitor("partner").await.get(HOME).await.assert_never_sees("your review").assert_never_sees("Ask your office");
    site.visitor("harbor").await.get("/harbor").await.assert_never_sees("Tall Pine");
}

#[tokio::test]
async fn an_analyst_finds_her_own_exports_and_why_others_were_voided() {
    let site = Site::open().await;
    let analyst = site.visitor("analyst").await;
    site.force("update export set state = 'ready' where id in ('@statements_export', '@loops_export')").await;
    let page = analyst.get(HOME).await;
    let ready = page.attributes("section[aria-labelledby=ready] li a", "href");
    assert!(ready.iter().any(|way| way.ends_with(&site.id("statements_export"))), "{ready:?}");
    assert!(!ready.iter().any(|way| way.ends_with(&site.id("loops_export"))), "the director’s are hers");
    let voided = |id: &str, because: &str| {
        format!("update export set state = 'void', void_at = now(), void_because = '{because}' where id = '@{id}'")
    };
    site.force(&voided("statements_export", "Words in it were taken back by their speaker")).await;
    site.force(&voided("loops_export", "Consent or audience of something in it changed")).await;
    let page = analyst.get(HOME).await;
    let ways = |card: &str| page.attributes(&format!("section[aria-labelledby={card}] li a"), "href").join(" ");
    assert!(ways("withdrawn").contains(&site.id("statements_export")) && !ways("withdrawn").contains(&site.id("loops_export")));
    assert!(ways("void").contains(&site.id("loops_export")) && !ways("void").contains(&site.id("statements_export")));
}

#[tokio::test]
async fn an_administrator_counts_everybody_who_has_not_come_in_yet() {
    let site = Site::open().await;
    let waiting = site.count("membership where state in ('proposed', 'invited', 'accepted') and agency_id = (select id from agency where slug = 'cedar-river')").await;
    assert!(waiting > 1, "the demonstration has somebody proposed and somebody invited");
    site.visitor("admin").await.get(HOME).await.assert_sees(&format!("{waiting} people who were invited or proposed have not come in yet"));
}

#[tokio::test]
async fn an_analysts_lists_lead_to_the_rest_of_them_with_its_number() {
    let site = Site::open().await;
    let analyst = site.visitor("analyst").await;
    for n in 0..7 {
        site.force(&format!(
            "insert into export (agency_id, id, what, format, state, asked_by, created_at, void_at, void_because)
             select agency_id, gen_random_uuid(), 'themes', 'csv', 'void', id, created_at, created_at, '{}' from membership where id = '@analyst'",
            if n < 6 { "Words in it were taken back by the person who gave them" } else { "Consent or audience of something in it changed" }
        ))
        .await;
    }
    let page = analyst.get(HOME).await;
    for (card, words) in [("withdrawn", "voided by a withdrawal"), ("void", "voided otherwise"), ("ready", "of yours that are ready")] {
        let link = page.select(&format!("section[aria-labelledby={card}] header a")).remove(0);
        let number: usize = link.strip_prefix(&format!("All {words} (")).and_then(|rest| rest.strip_suffix(')')).unwrap().parse().unwrap();
        let way = page.attributes(&format!("section[aria-labelledby={card}] header a"), "href").remove(0);
        assert_eq!(analyst.get(&way).await.select("tbody tr").len(), number, "{card}");
        assert!(card != "withdrawn" || number >= 6);
    }
}

#[tokio::test]
async fn what_somebody_has_begun_stands_on_their_own_first_page_until_it_is_opened_or_sent() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let card = "section[aria-labelledby=begun]";
    let goal = staff.post("/cedar-river/goals", &[("text", "Every child keeps one teacher"), ("audience", "agency")]).await.location;
    staff.post("/cedar-river/plans", &[("name", "Teachers who stay"), ("audience", "agency")]).await.made();
    let barrier = [("name", "Moves come in the middle of a term"), ("level", "practice"), ("audience", "agency")];
    staff.post("/cedar-river/barriers", &barrier).await.made();
    let typed = [("name", "Moves come without a word"), ("draft", "save")];
    staff.fill("/cedar-river/barriers/new", "/barriers", &typed).await.assert_flash("Draft saved. Only you can see it");
    staff.fill("/cedar-river/plans/@plan_1/edit", "@plan_1", &[("draft", "save")]).await.assert_flash("Draft saved. Only you can see it");
    let page = staff.get(HOME).await;
    let shown = page.select(card).join("");
    let plan: String = site.peek("select title from subject where id = '@plan_1'").await;
    for begun in
        ["Every child keeps one teacher", "Teachers who stay", "Moves come in the middle of a term", "Moves come without a word", &plan]
    {
        assert!(shown.contains(begun), "{begun}: {shown}");
    }
    assert!(
        shown.contains("A new barrier, saved") && shown.contains("A change to a plan, saved") && shown.contains("shared goal, begun"),
        "{shown}"
    );
    let open = format!("{HOME}/open");
    staff.get(&open).await.assert_sees("Every child keeps one teacher").assert_sees("Moves come without a word");
    for way in page.attributes(&format!("{card} a"), "href") {
        staff.get(&way).await.assert_status(http::StatusCode::OK);
    }
    for who in ["director", "facilitator", "partner"] {
        let other = site.visitor(who).await.get(HOME).await;
        assert!(!other.select(card).join("").contains("Every child keeps one teacher"), "{who}");
        other.assert_never_sees("Moves come without a word").assert_never_sees("A change to a plan, saved");
        site.visitor(who).await.get(&open).await.assert_never_sees("Every child keeps").assert_never_sees("Moves come without a word");
    }
    // In the lists: everybody of the agency's drafts, one's own, and none for partners.
    let director = site.visitor("director").await;
    for (list, name) in
        [("goals", "Every child keeps one teacher"), ("plans", "Teachers who stay"), ("barriers", "Moves come in the middle")]
    {
        let drafts = |which: &str| format!("{HOME}/{list}?drafts={which}");
        staff.get(&drafts("mine")).await.assert_sees(name);
        director.get(&drafts("all")).await.assert_sees(name);
        director.get(&drafts("mine")).await.assert_never_sees(name);
        let partner = site.visitor("partner").await;
        partner.get(&drafts("all")).await.assert_never_sees(name);
        assert!(partner.get(&format!("{HOME}/{list}")).await.select("select[name=drafts]").is_empty());
    }
    staff.fill(&format!("{goal}/edit"), goal.rsplit('/').next().unwrap(), &[("audience", "partnership")]).await.assert_goes_to(&goal);
    staff.fill("/cedar-river/barriers/new", "/barriers", &[("draft", "discard")]).await.assert_flash("Draft thrown away");
    let shown = staff.get(HOME).await.select(card).join("");
    assert!(!shown.contains("Every child keeps one teacher") && !shown.contains("Moves come without a word"), "{shown}");
    // A partner's own stopped form is theirs to find again.
    let parent = site.visitor("parent").await;
    parent.fill("/cedar-river/loops/new", "/loops", &[("words", "When do you call back?"), ("draft", "save")]).await.made();
    assert!(parent.get(HOME).await.select(card).join("").contains("When do you call back?"));
}

#[tokio::test]
async fn one_statement_that_waits_is_opened_from_the_first_page_and_marked_in_the_list() {
    let site = Site::open().await;
    let parent = site.visitor("parent").await;
    let at = parent.get(HOME).await.attributes("p.lede a", "href").remove(0);
    parent.get(&at).await.assert_sees("Until you say so, only you and those who bring them back to you");
    parent.get("/cedar-river/statements?whose=wanted").await.assert_sees("waits for you").assert_never_sees("with the speaker");
}

#[tokio::test]
async fn what_a_bodys_people_told_is_headed_so_and_what_came_of_it_stands_once() {
    let site = Site::open().await;
    let ruth = site.visitor("ruth").await.get(HOME).await;
    assert_eq!(ruth.select("section[aria-labelledby=told] h2"), ["What your people told us, and what came of it"]);
    ruth.assert_never_sees("What you told us");
    let mut chains = site.visitor("tribe").await.get(HOME).await.select("section[aria-labelledby=told] ul.chain");
    let all = chains.len();
    chains.sort_unstable();
    chains.dedup();
    assert!(all > 0 && chains.len() == all, "{chains:?}");
}

#[tokio::test]
async fn the_three_that_press_most_stand_first_in_the_order_that_the_page_says() {
    let site = Site::open().await;
    let first = "section[aria-labelledby=first] li";
    let director = site.visitor("director").await;
    let page = director.get(HOME).await;
    page.assert_sees("First what waits for your own word, then what is late, the longest first, then what is due within seven days");
    let shown = page.select(first);
    assert!(shown.len() == 3 && shown[0].starts_with("May our own worker") && shown[0].contains("An answer, "), "{shown:?}");
    // Nothing waits for her word any more: a date that passed years ago comes before everything else.
    site.force(
        "update loop set state = 'acknowledged' where state = 'review'; update commitment set state = 'confirmed' where state = 'reported'; \
         update commitment set delegate_asked = null; \
         update partner set keeper_id = '@director', rhythm = 'month', rhythm_next = '2020-01-02' where id = '@kinship'",
    )
    .await;
    let shown = director.get(HOME).await.select(first);
    assert!(shown[0].starts_with("Cedar Valley Kinship Circle") && shown[0].contains("A date with them"), "{shown:?}");
    let staff = site.visitor("staff").await.get(HOME).await.select(first).join(" ");
    assert!(!staff.contains("your review") && !staff.contains("Cedar Valley Kinship Circle, A date"), "{staff}");
    assert!(site.visitor("partner").await.get(HOME).await.select(first).is_empty(), "it is the agency’s");
}

#[tokio::test]
async fn a_parents_first_page_on_a_phone_has_no_card_without_something_in_it() {
    let site = Site::open().await;
    let page = site.visitor("parent").await.get(HOME).await;
    for card in ["raised", "promised", "ours", "ahead", "begun"] {
        let there = !page.select(&format!("section[aria-labelledby={card}] h2")).is_empty();
        assert_eq!(there, !page.select(&format!("section[aria-labelledby={card}] li")).is_empty(), "{card}");
    }
    assert!(page.select("section[aria-labelledby=told] blockquote").len() <= 3);
    site.visitor("tribe").await.get(HOME).await.assert_sees("Your desk");
}
