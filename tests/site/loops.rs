//! Questions, concerns and ideas: the clocks, the answers, and whose word closes them.

use crate::support::Site;
use chrono::Duration;
use common_table::worker;
use http::StatusCode;

const LOOPS: &str = "/cedar-river/loops";

/// Every text in the database, searched as superuser.
async fn found_anywhere(site: &Site, words: &str) -> i64 {
    site.peek(&format!(
        "select coalesce(sum((xpath('/row/c/text()', query_to_xml(format('select count(*) as c from %I where %I like %L', \
             table_name, column_name, '%{words}%'), false, true, '')))[1]::text::int), 0)::bigint \
         from information_schema.columns where table_schema = 'public' and data_type = 'text'"
    ))
    .await
}

#[tokio::test]
async fn only_the_one_who_raised_it_closes_it() {
    let site = Site::open().await;
    for who in ["tribe", "parent"] {
        site.visitor(who).await.get("/cedar-river/loops/@loop_11").await.assert_page("What was asked, and what came of it");
        site.visitor(who).await.post("/cedar-river/loops/@loop_11/closure", &[]).await.assert_not_found();
    }
    for who in ["staff", "director", "analyst", "admin"] {
        site.visitor(who).await.post("/cedar-river/loops/@loop_11/closure", &[]).await.assert_not_allowed();
    }
    let partner = site.visitor("partner").await;
    partner.get("/cedar-river/loops/@loop_11").await.assert_sees("This answers me");
    partner.post("/cedar-river/loops/@loop_11/closure", &[]).await.assert_flash("Closed, by your word");
    partner.post("/cedar-river/loops/@loop_raised/closure", &[]).await.assert_not_found();
}

#[tokio::test]
async fn not_possible_always_has_its_reason() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let fields = [("answer", "not_possible"), ("answer_words", "We cannot"), ("version", "1")];
    let again = staff.post("/cedar-river/loops/@loop_raised/answer", &fields).await;
    again.assert_problem("reason", "Say why it is not possible");
    assert_eq!(again.field("answer_words"), "We cannot");
    let fields = [("answer", "will"), ("answer_words", "Soon"), ("due", "2001-01-01"), ("version", "1")];
    staff.post("/cedar-river/loops/@loop_raised/answer", &fields).await.assert_problem("due", "Enter a day that is still ahead");
}

#[tokio::test]
async fn not_possible_goes_out_only_by_the_directors_word() {
    let site = Site::open().await;
    let (staff, partner, director) = (site.visitor("staff").await, site.visitor("partner").await, site.visitor("director").await);
    let fields = [("answer", "not_possible"), ("answer_words", "The library is closed"), ("reason", "It burned down"), ("version", "1")];
    staff.post("/cedar-river/loops/@loop_raised/answer", &fields).await.assert_flash("Answer kept for the director to send");
    partner.get("/cedar-river/loops/@loop_raised").await.assert_sees("No answer yet").assert_never_sees("The library is closed");
    let version = async || site.peek::<i32>("select version from loop where id = '@loop_raised'").await.to_string();
    let now = version().await;
    staff.post("/cedar-river/loops/@loop_raised/review", &[("decision", "release"), ("version", &now)]).await.assert_not_allowed();
    let empty = [("decision", "return"), ("version", now.as_str())];
    director.post("/cedar-river/loops/@loop_raised/review", &empty).await.assert_problem("note", "Say what the answer");
    let back = [("decision", "return"), ("note", "Ask the school instead"), ("version", now.as_str())];
    director.post("/cedar-river/loops/@loop_raised/review", &back).await.assert_flash("The answer went back to the one who wrote it");
    partner.get("/cedar-river/loops/@loop_raised").await.assert_never_sees("Ask the school instead");
    let now = version().await;
    let fields = [("answer", "not_possible"), ("answer_words", "The library is closed"), ("reason", "It burned down"), ("version", &now)];
    staff.post("/cedar-river/loops/@loop_raised/answer", &fields).await.assert_flash("Answer kept for the director to send");
    // The page that she opened before the answer was written anew lets nothing go.
    let stale = director.post("/cedar-river/loops/@loop_raised/review", &[("decision", "release"), ("version", back[2].1)]).await;
    stale.assert_status(StatusCode::UNPROCESSABLE_ENTITY).assert_sees("Someone else saved this");
    let now = version().await;
    let release = [("decision", "release"), ("version", now.as_str())];
    director.post("/cedar-river/loops/@loop_raised/review", &release).await.assert_flash("The answer has gone out");
    partner.get("/cedar-river/loops/@loop_raised").await.assert_sees("The library is closed").assert_sees("It burned down");
}

#[tokio::test]
async fn an_answer_to_a_tribe_waits_for_the_director_where_the_agency_set_it_so() {
    let site = Site::open().await;
    let tribe = site.visitor("tribe").await;
    tribe.get("/cedar-river/loops/@loop_in_review").await.assert_never_sees("asks your office for a time");
    site.visitor("director").await.get("/cedar-river/loops?state=review").await.assert_sees("May our own worker");
    let raised = tribe.post(LOOPS, &[("kind", "question"), ("audience", "agency"), ("words", "And in summer?")]).await.made();
    site.force("update agency set director_reviews = false").await;
    let (staff, at) = (site.visitor("staff").await, format!("{LOOPS}/{raised}/answer"));
    let lost = [("answer", "done"), ("answer_words", "In summer too"), ("reason", "Rain"), ("due", "2099-01-01"), ("version", "1")];
    staff.post(&at, &lost).await.assert_problem("due", "Choose “we will”").assert_problem("reason", "Choose “not possible”");
    let fields = [("answer", "done"), ("answer_words", "In summer too"), ("version", "1")];
    staff.post(&at, &fields).await.assert_flash("Answer sent");
}

#[tokio::test]
async fn the_clocks_leave_weekends_out_where_the_agency_counts_working_days() {
    let site = Site::open().await;
    let raise = [("kind", "idea"), ("audience", "agency"), ("words", "A bench before the court")];
    let partner = site.visitor("partner").await;
    site.force("update agency set working_days = false, acknowledge_days = 5, answer_days = 30").await;
    let calendar = partner.post(LOOPS, &raise).await.made();
    site.force("update agency set working_days = true, acknowledge_days = 5, answer_days = 30").await;
    let working = partner.post(LOOPS, &raise).await.made();
    let days = |id: &str, column: &str, only: &str| {
        format!(
            "select count(*) from loop, generate_series((created_at at time zone 'America/Chicago')::date + 1, {column}, '1 day') d where id = '{id}' and {only}"
        )
    };
    let weekday = "extract(isodow from d) < 6";
    assert_eq!(site.peek::<i64>(&days(&calendar, "acknowledge_by", "true")).await, 5);
    assert_eq!(site.peek::<i64>(&days(&calendar, "answer_by", "true")).await, 30);
    assert_eq!(site.peek::<i64>(&days(&working, "acknowledge_by", weekday)).await, 5);
    assert_eq!(site.peek::<i64>(&days(&working, "answer_by", weekday)).await, 30);
}

#[tokio::test]
async fn what_is_answered_is_never_late_and_counted_apart() {
    let site = Site::open().await;
    site.clock.advance(Duration::days(400));
    let staff = site.visitor("staff").await;
    staff
        .get("/cedar-river/loops?state=late")
        .await
        .assert_never_sees("The consent card is in English")
        .assert_sees("library on the east side");
    staff.get("/cedar-river/loops?state=answered").await.assert_sees("The consent card is in English").assert_sees("answered, no word yet");
    site.visitor("partner").await.get("/cedar-river/loops?state=answered").await.assert_sees("answered, waiting for your word");
}

#[tokio::test]
async fn not_yet_says_why_and_starts_the_clocks_anew() {
    let site = Site::open().await;
    let (partner, staff) = (site.visitor("partner").await, site.visitor("staff").await);
    let at = "/cedar-river/loops/@loop_answered/closure/delete";
    partner.post(at, &[("why", "")]).await.assert_problem("why", "Say what is still open");
    partner.post(at, &[("why", "The Hmong one has another text")]).await.assert_flash("Open again; the agency was told why");
    let page = staff.get("/cedar-river/loops/@loop_answered").await;
    page.assert_sees("The Hmong one has another text")
        .assert_sees("Reopened, no new answer yet")
        .assert_sees("printed in Spanish and Hmong");
    page.assert_sees("The answer before, ").assert_never_sees("No reply yet");
    let stages = page.select("ol.steps li");
    assert!(stages[0].starts_with("Raised") && stages[1].starts_with("Reopened"), "{stages:?}");
    let title: String = site.peek("select title from subject where id = '@loop_answered'").await;
    site.force("update loop set state = 'closed', closed_at = now() where state = 'answered'").await;
    for (who, list) in
        [("staff", "/cedar-river/loops?state=open"), ("partner", "/cedar-river/loops?whose=ours"), ("partner", "/cedar-river")]
    {
        let rows = site.visitor(who).await.get(list).await.select("ul.wait li");
        let row = rows.iter().find(|row| row.starts_with(&title)).unwrap_or_else(|| panic!("{who} at {list}: {rows:?}"));
        assert!(row.contains("reopened, no new answer yet"), "{who}: {row}");
    }
    let ahead: bool = site.peek("select acknowledge_by > current_date - 3650 and state = 'raised' and reopened = 1 and answer is null from loop where id = '@loop_answered'").await;
    assert!(ahead, "both clocks run again");
}

#[tokio::test]
async fn what_was_taken_back_stands_nowhere() {
    let site = Site::open().await;
    let (partner, staff) = (site.visitor("partner").await, site.visitor("staff").await);
    assert!(found_anywhere(&site, "Two grandmothers signed").await > 0);
    partner.post("/cedar-river/loops/@loop_answered/withdrawal", &[]).await.assert_flash("Taken back; its words are gone");
    assert_eq!(found_anywhere(&site, "Two grandmothers signed").await, 0);
    assert_eq!(found_anywhere(&site, "The consent card is in English").await, 0);
    staff
        .get("/cedar-river/loops/@loop_answered")
        .await
        .assert_sees("taken back by the one who raised it")
        .assert_never_sees("grandmothers");
    staff.get("/cedar-river/trace/loop/@loop_answered").await.assert_never_sees("The consent card");
}

#[tokio::test]
async fn a_raiser_is_asked_once_more_and_left_in_peace() {
    let site = Site::open().await;
    site.force("delete from happening where what = 'asked once more'; update loop set asked_again_at = null").await;
    site.visitor("partner").await.get("/cedar-river/wanted").await.assert_never_sees("you were asked once more");
    for _ in 0..2 {
        worker::sweep(&site.app).await.unwrap();
    }
    let asked = site.count("happening where what = 'asked once more' and subject_id = '@loop_answered'").await;
    assert_eq!(asked, 1);
    assert_eq!(site.count("happening where what = 'asked once more' and subject_id = '@loop_19'").await, 1);
    site.visitor("partner").await.get("/cedar-river/wanted").await.assert_sees("you were asked once more");
}

#[tokio::test]
async fn the_body_of_somebody_who_left_names_who_inherits() {
    let site = Site::open().await;
    let (partner, tribe) = (site.visitor("partner").await, site.visitor("tribe").await);
    let (at, mine, theirs) = ("/cedar-river/loops/@loop_left/heir", site.id("partner"), site.id("tribe"));
    tribe.post(at, &[("heir", &theirs)]).await.assert_not_found();
    partner.post(at, &[("heir", &theirs)]).await.assert_problem("heir", "Choose one of your own people");
    partner.post(at, &[("heir", &mine)]).await.assert_flash("The heir was named");
    let version: i32 = site.peek("select version from loop where id = '@loop_left'").await;
    let fields = [("answer", "done"), ("answer_words", "The school sends a list"), ("version", &version.to_string())];
    site.visitor("staff").await.post("/cedar-river/loops/@loop_left/answer", &fields).await.assert_flash("Answer sent");
    partner.post("/cedar-river/loops/@loop_left/closure", &[]).await.assert_flash("Closed, by your word");
}

#[tokio::test]
async fn a_hidden_question_answers_like_one_that_never_was() {
    let site = Site::open().await;
    for who in ["tribe", "parent", "harbor"] {
        site.visitor(who).await.get("/cedar-river/loops/@loop_answered").await.assert_not_found();
    }
    site.visitor("admin").await.get(LOOPS).await.assert_not_allowed();
    site.visitor("staff").await.get("/cedar-river/loops/@loop_12").await.assert_not_found();
    site.visitor("tribe").await.get("/cedar-river/loops/new?from=@loop_answered").await.assert_not_found();
}

#[tokio::test]
async fn whoever_opens_anothers_words_is_written_down() {
    let site = Site::open().await;
    let reads = "reading where subject_id = '@loop_answered' and membership_id = '@staff'";
    let before = site.count(reads).await;
    site.visitor("staff").await.get("/cedar-river/loops/@loop_answered").await.assert_page("What was asked, and what came of it");
    assert_eq!(site.count(reads).await, before + 1);
    site.visitor("partner").await.get("/cedar-river/loops/@loop_answered").await.assert_sees("This answers me");
    assert_eq!(site.count("reading where subject_id = '@loop_answered' and membership_id = '@partner'").await, 0);
}

#[tokio::test]
async fn only_the_raiser_and_their_steward_change_who_reads() {
    let site = Site::open().await;
    let at = "/cedar-river/loops/@loop_answered/readers";
    site.visitor("director").await.post(at, &[("audience", "partnership")]).await.assert_not_allowed();
    let partner = site.visitor("partner").await;
    partner.post(at, &[("audience", "author"), ("version", "1")]).await.assert_problem("audience", "Choose who may read it");
    partner.fill(at, "/readers", &[("audience", "partnership"), ("sure", "partnership")]).await.assert_flash("Who may read it was changed");
    site.visitor("tribe").await.get("/cedar-river/loops/@loop_answered").await.assert_sees("The consent card is in English");
}

#[tokio::test]
async fn a_we_will_is_a_promise_that_becomes_late() {
    let site = Site::open().await;
    let (staff, partner) = (site.visitor("staff").await, site.visitor("partner").await);
    let due = (site.app.now() + Duration::days(10)).date_naive().to_string();
    let words = "We bring two chairs and a lamp into the waiting room";
    let fields = [("answer", "will"), ("answer_words", words), ("due", &due), ("version", "1")];
    let raised = partner.post(LOOPS, &[("kind", "idea"), ("audience", "agency"), ("words", "A lamp where people wait")]).await.made();
    staff.post(&format!("{LOOPS}/{raised}/answer"), &fields).await.assert_flash("Answer sent");
    partner.get(&format!("{LOOPS}/{raised}")).await.assert_sees(&format!("came of it: commitment{words}")).assert_sees("due in 1");
    for who in [&staff, &partner] {
        who.get("/cedar-river/commitments?show=late").await.assert_never_sees(words);
    }
    let to: String = site.peek(&format!("select promised_to_partner_id::text from commitment where what = '{words}'")).await;
    assert_eq!(to, site.id("kinship"), "it is promised to the body of the one who asked");
    site.clock.advance(Duration::days(12));
    for who in ["staff", "partner"] {
        site.visitor(who).await.get("/cedar-river/commitments?show=late").await.assert_sees(words);
        site.visitor(who).await.get(&format!("{LOOPS}/{raised}")).await.assert_sees("late, was due");
    }
    site.visitor("partner").await.get(&format!("{LOOPS}/{raised}/readers")).await.assert_page("Who may read it?");
    // Answered again, it is the same promise; taken back, its words are gone and nobody owes it any more.
    let partner = site.visitor("partner").await;
    partner.post(&format!("{LOOPS}/{raised}/closure/delete"), &[("why", "One lamp is not enough")]).await;
    let version: i32 = site.peek(&format!("select version from loop where id = '{raised}'")).await;
    let due = (site.app.now() + Duration::days(30)).date_naive().to_string();
    let again = [("answer", "will"), ("answer_words", "Two lamps, then"), ("due", &due), ("version", &version.to_string())];
    site.visitor("staff").await.post(&format!("{LOOPS}/{raised}/answer"), &again).await.assert_flash("Answer sent");
    assert_eq!(site.count(&format!("commitment where what = '{words}'")).await, 0);
    assert_eq!(site.count("commitment where what = 'Two lamps, then' and state = 'open'").await, 1);
    partner.post(&format!("{LOOPS}/{raised}/withdrawal"), &[]).await.assert_flash("Taken back; its words are gone");
    assert_eq!(found_anywhere(&site, "Two lamps, then").await, 0);
    assert_eq!(
        site.count(&format!("commitment c join loop l on l.promise_id = c.id where l.id = '{raised}' and c.state = 'released'")).await,
        1
    );
}

#[tokio::test]
async fn an_answer_that_waits_for_the_director_promises_nothing_yet() {
    let site = Site::open().await;
    let promised = "loop where id = '@loop_in_review' and promise_id is not null";
    assert_eq!(site.count(promised).await, 0);
    let director = site.visitor("director").await;
    director.get("/cedar-river").await.assert_sees("your review");
    let page = "/cedar-river/loops/@loop_in_review";
    let (to, mut fields) = director.get(page).await.form("/review");
    fields.push(("decision".to_owned(), "release".to_owned()));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    director.post(&to, &fields).await.assert_flash("The answer has gone out");
    assert_eq!(site.count(promised).await, 1);
    site.visitor("tribe").await.get("/cedar-river/commitments?show=to_us").await.assert_sees("asks your office for a time");
}

#[tokio::test]
async fn a_partner_asks_about_whatever_they_read() {
    let site = Site::open().await;
    let partner = site.visitor("partner").await;
    let pages =
        ["barriers/@barrier_1", "goals/@goal_2", "plans/@plan_1", "commitments/@commitment_open", "partners/@court", "themes/@theme_kin"];
    for page in pages {
        let page = format!("/cedar-river/{page}");
        let shown = partner.get(&page).await;
        let way = shown.attributes("a[href*='/loops/new?from=']", "href").into_iter().find(|way| !way.contains("comment="));
        let form = partner.get(&way.unwrap_or_else(|| panic!("{page} offers no way to ask"))).await;
        form.assert_page("Raise a question, a concern or an idea").assert_sees("from the");
        assert_eq!(form.attributes(".meta a", "href"), [site.path(&page)]);
        site.visitor("staff").await.get(&page).await.assert_never_sees("Ask about this");
    }
    let ways = partner.get("/cedar-river/loops/@loop_answered").await.attributes("a[href*='/loops/new?from=']", "href");
    assert!(ways.iter().all(|way| way.contains("comment=")), "a question is asked about: {ways:?}");
    let asked = [("kind", "question"), ("audience", "agency"), ("words", "Who chose this goal?")];
    let made = partner.fill("/cedar-river/loops/new?from=@goal_2", "/loops", &asked).await;
    partner.follow(&made).await.assert_sees("raised from: shared goal");
}

#[tokio::test]
async fn a_question_from_a_comment_leads_back_to_it_for_those_who_read_it() {
    let site = Site::open().await;
    let comment = site.id("comment_2");
    let partner = site.visitor("partner").await;
    let way = partner.get("/cedar-river/partners/@court").await.attributes(&format!("#comment-{comment} a[href*='comment=']"), "href");
    let asked = [("kind", "question"), ("audience", "partnership"), ("words", "Since when is the list sent?")];
    let made = partner.fill(&way[0], "/loops", &asked).await;
    partner.follow(&made).await.assert_sees("raised from: a comment on the partner");
    site.force(&format!("update comment set audience = 'body' where id = '{comment}'")).await;
    partner.follow(&made).await.assert_sees("raised from: partner").assert_never_sees("a comment on");
    partner.get(&way[0]).await.assert_not_found();
}

#[tokio::test]
async fn the_list_keeps_its_counts_filters_and_order_in_the_address() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let none = staff.get("/cedar-river/loops?state=withdrawn&kind=idea&partner=@court").await;
    none.assert_sees("Nothing here");
    assert_eq!(none.select(".numbers div"), staff.get(LOOPS).await.select(".numbers div"), "the counts are of all");
    let newest = staff.get("/cedar-river/loops?sort=new&more=yes").await.select("ul.wait strong");
    let oldest = staff.get("/cedar-river/loops?sort=old").await.select("ul.wait strong");
    assert_eq!(newest.first(), oldest.last());
    assert!(newest.len() > 5 && newest != oldest);
}

#[tokio::test]
async fn a_comment_that_one_may_not_see_is_like_one_that_never_was() {
    let site = Site::open().await;
    let (partner, tribe) = (site.visitor("partner").await, site.visitor("tribe").await);
    let fields = [("comment", "For the director alone, for now"), ("comment_audience", "leadership")];
    let added = partner.post("/cedar-river/comments/@court", &fields).await;
    let hidden = added.location.rsplit("#comment-").next().unwrap().to_owned();
    for comment in [hidden.as_str(), "018f5e2a-0000-7000-8000-00000000eeee"] {
        for from in [None, Some(("from", "@court"))] {
            let asked = [("kind", "question"), ("words", "Is anything there?"), ("audience", "agency"), ("comment", comment)];
            tribe.post(LOOPS, &[asked.as_slice(), from.as_slice()].concat()).await.assert_not_found();
        }
    }
    let raised = format!(
        "insert into loop (id, kind, words, raised_by, acknowledge_by, answer_by, comment_id, created_at) \
         select id, 'question', 'x', current_membership(), now()::date, now()::date, '{hidden}', now() from subject where id = '@court'"
    );
    crate::support::refused("past the page", site.attempt("tribe", "partner", &raised).await);
}

#[tokio::test]
async fn a_list_of_many_years_is_read_no_further_than_its_page_and_says_more_than() {
    let site = Site::open().await;
    site.force(
        "create temporary table one as select * from loop where id = '@loop_1';
         create temporary table made as select gen_random_uuid() as id, n from generate_series(1, 1100) n;
         insert into subject (agency_id, id, kind, title, path, audience, created_at)
         select s.agency_id, m.id, 'loop', 'Question ' || m.n, '/cedar-river/loops/' || m.id, 'agency', s.created_at - make_interval(days => 400 + m.n)
         from made m, subject s where s.id = '@loop_1';
         insert into loop select (jsonb_populate_record(one, jsonb_build_object('id', m.id, 'state', 'closed',
             'created_at', one.created_at - make_interval(days => 400 + m.n)))).* from made m, one",
    )
    .await;
    let staff = site.visitor("staff").await;
    let page = staff.get(LOOPS).await;
    let numbers = page.select(".numbers div");
    assert_eq!(numbers[3], "Closed by the raiser more than 999");
    assert_eq!(numbers[0], format!("No answer yet {}", site.count("loop l join subject s on s.id = l.id where s.audience in ('agency', 'partnership', 'public') and l.state in ('raised', 'acknowledged', 'review') and l.agency_id = (select id from agency where slug = 'cedar-river')").await));
    // Open first, then answered, then closed, the newest first; and so on from page to page, each once.
    let ways = |page: &crate::support::Answer| page.attributes("ul.wait li strong a", "href");
    let (first, second) = (ways(&page), ways(&staff.get(&format!("{LOOPS}?page=2")).await));
    assert!(first.len() == 50 && second.len() == 50 && first.iter().all(|way| !second.contains(way)), "{first:?} {second:?}");
    let old = staff.get(&format!("{LOOPS}?sort=old&state=closed")).await.select("ul.wait li strong");
    assert_eq!((old[0].as_str(), old[1].as_str()), ("Question 1100", "Question 1099"));
}

#[tokio::test]
async fn a_promise_made_in_a_long_answer_has_a_short_title_and_the_answer_behind_it() {
    let site = Site::open().await;
    let (staff, partner) = (site.visitor("staff").await, site.visitor("partner").await);
    let raised = partner.post(LOOPS, &[("kind", "idea"), ("audience", "agency"), ("words", "A lamp where people wait")]).await.made();
    let rest = "We walked through the room with two of you on Tuesday, and saw that nobody can read there after four in winter.";
    let due = (site.app.now() + Duration::days(10)).date_naive().to_string();
    let words = format!("We put two lamps into the waiting room before the first snow. {rest}");
    let fields = [("answer", "will"), ("answer_words", words.as_str()), ("due", &due), ("version", "1")];
    staff.post(&format!("{LOOPS}/{raised}/answer"), &fields).await.assert_flash("Answer sent");
    let promise: String = site.peek(&format!("select promise_id::text from loop where id = '{raised}'")).await;
    let page = partner.get(&format!("/cedar-river/commitments/{promise}")).await;
    page.assert_page("We put two lamps into the waiting room before the first snow.")
        .assert_sees(rest)
        .assert_sees("A lamp where people wait");
    partner.get("/cedar-river/commitments?show=to_us").await.assert_sees("We put two lamps").assert_never_sees(rest);
    partner.post(&format!("{LOOPS}/{raised}/withdrawal"), &[]).await.assert_flash("Taken back; its words are gone");
    assert_eq!(found_anywhere(&site, rest).await, 0);
}
