//! How often something may be done: by one person, and from one network; what is told beyond it, and that nobody is shut out by others.

use crate::support::{
    Answer, Site, Visitor,
    atlas::{self, Way},
    counting, sending,
};
use chrono::Duration;
use common_table::{
    platform::{
        access::Need,
        clock::Clock,
        db::Db,
        error::Error,
        ids::AccountId,
        limits::{COMMENTS, Counted, Whom},
        network::Network,
    },
    routes, worker,
};
use http::StatusCode;

const OFFICE: &str = "198.51.100.7";
const ELSEWHERE: &str = "203.0.113.20";
const PASSWORD: &str = "common-table-demo";

/// Forms that anybody may send and that cost nothing to speak of.
const CHEAP: &[&str] = &["/leave-quickly"];

async fn sign_in(visitor: &Visitor, email: &str, password: &str) -> Answer {
    visitor.post("/sign-in", &[("email", email), ("password", password)]).await
}

/// Everything that was counted stands at its limit, and beyond.
async fn exhaust(site: &Site) {
    assert!(site.count("tally").await > 0, "nothing was counted");
    site.force("update tally set count = 1000000").await;
}

#[track_caller]
fn assert_waits(answer: &Answer) {
    answer.assert_status(StatusCode::TOO_MANY_REQUESTS);
    let seconds: i64 = answer.header("retry-after").parse().unwrap_or_default();
    assert!((1..=3600).contains(&seconds), "{}: Retry-After {:?}", answer.asked, answer.header("retry-after"));
    let words = answer.words();
    assert!(words.contains("Too many tries in a short time") || words.contains("before you try again"), "{words}");
}

#[tokio::test]
async fn every_costly_route_says_how_often_it_may_be_asked() {
    let mut site = Site::open().await;
    atlas::complete(&mut site).await;
    let table = routes::all();
    let mut wrong = Vec::new();
    for line in table.table().iter().filter(|line| line.method == "POST" && line.limit.is_none()) {
        let by_anybody = matches!(line.need, Need::Anyone | Need::Link | Need::Server) && !CHEAP.contains(&line.path);
        let sends_a_file = line.example.is_some_and(|example| example.form.contains("=@@"));
        let comments = line.path.contains("/comments/{subject}") || line.path.ends_with("/words");
        let exports = line.path.ends_with("/exports") || line.path.ends_with("/downloads") || line.path.ends_with("/desk/copies");
        if by_anybody || sends_a_file || comments || exports || line.path == "/account/password" {
            wrong.push(format!("POST {}", line.path));
        }
    }
    let (ways, _) = atlas::ways(&site).await;
    let mut lists = 0;
    for way in ways.iter().filter(|way| way.is_get()) {
        let Some(who) = way.allowed().first().copied() else { continue };
        let shown = site.visitor(who).await.glance("GET", &way.path).await;
        let is_of_members = way.line.path.starts_with("/{agency}/members");
        let invites = is_of_members && shown.is_page() && !shown.select("form[method=post] input[name=email]").is_empty();
        if shown.is_page() && !shown.select("main form[method=get] input[type=search]").is_empty() {
            lists += 1;
            if way.line.limit.is_none_or(|limit| limit.counted != Counted::Searches) {
                wrong.push(format!("{} searches", way.name()));
            }
        }
        for action in shown.attributes("main form[method=post]", "action").iter().filter(|_| invites) {
            let taker = ways.iter().find(|other| !other.is_get() && &other.path == action && !CHEAP.contains(&other.line.path));
            if taker.is_some_and(|taker| taker.line.limit.is_none()) {
                wrong.push(format!("POST {action}, by which somebody is asked in"));
            }
        }
    }
    assert!(lists >= 8, "only {lists} pages have a search box");
    assert!(wrong.is_empty(), "no limit: {} to mend\n  {}\n", wrong.len(), wrong.join("\n  "));
}

/// Somebody in the office who sends this route's example, or opens its list.
async fn sender(site: &Site, way: &Way) -> Visitor {
    let visitor = if way.is_get() { site.visitor(way.allowed()[0]).await } else { sending::sender(site, way).await };
    visitor.from(OFFICE)
}

async fn sent(site: &Site, way: &Way, visitor: &Visitor, key: &str) -> Answer {
    if way.is_get() {
        return visitor.get(&format!("{}?q=a&who=a", way.path)).await;
    }
    let (mut fields, file) = atlas::form(site, way).await;
    fields.push(("key".to_owned(), key.to_owned()));
    sending::send(visitor, &way.path, &fields, &file).await.0
}

/// Sends a route's example once, then once more when all that it counted is used up.
async fn beyond(site: &Site, way: &Way) -> (Answer, Answer) {
    site.force("delete from tally").await;
    let visitor = sender(site, way).await;
    let within = sent(site, way, &visitor, "within-the-limit-0001").await;
    // An answer uses its link up: the second is sent by one that works.
    site.force("update word_link set spent = false; update return_link set spent_at = null where purpose = 'trust'").await;
    exhaust(site).await;
    // A browser that has just signed in is known from then on.
    let visitor = if way.line.limit.is_some_and(|limit| limit.counted == Counted::Failures) { sender(site, way).await } else { visitor };
    (within, sent(site, way, &visitor, "beyond-the-limit-0001").await)
}

#[tokio::test]
async fn beyond_its_limit_every_route_says_how_long_to_wait_and_nothing_typed_is_lost() {
    let mut site = Site::open().await;
    atlas::complete(&mut site).await;
    let (ways, _) = atlas::ways(&site).await;
    let (mut tried, mut kept) = (0, 0);
    // What only handlers count has tests of its own, where it is not the sign-in itself.
    let counted = |way: &&Way| way.line.limit.is_some_and(|limit| limit.counted != Counted::Failures || way.line.path == "/sign-in");
    for way in ways.iter().filter(counted) {
        let (within, beyond) = beyond(&site, way).await;
        assert_ne!(within.status, StatusCode::TOO_MANY_REQUESTS, "{}", way.name());
        assert_waits(&beyond);
        tried += 1;
        let form = atlas::form(&site, way).await;
        let typed = form.0.iter().filter(|(name, value)| matches!(name.as_str(), "comment" | "email") && !value.is_empty());
        for (name, value) in typed {
            assert!(beyond.text.contains(value.as_str()), "{}: {name} is lost", way.name());
            kept += 1;
        }
    }
    assert!(tried > 25 && kept >= 4, "{tried} routes, {kept} texts");
}

#[tokio::test]
async fn a_comment_beyond_the_limit_waits_on_the_page_and_is_taken_once_when_it_is_sent_again() {
    let site = Site::open().await;
    let partner = site.visitor("partner").await.from(OFFICE);
    let fields = [("comment", "We will bring chairs"), ("comment_audience", "partnership")];
    partner.post("/cedar-river/comments/@court", &fields).await.made();
    exhaust(&site).await;
    let refused = partner.post("/cedar-river/comments/@court", &[("comment", "And a projector"), fields[1]]).await;
    assert_waits(&refused);
    refused.assert_sees("Nothing you typed is lost").assert_sees("And a projector").assert_sees("Cedar River County");
    let staff = site.visitor("staff").await.from(OFFICE);
    site.clock.advance(Duration::minutes(60));
    partner.send_form(&refused.filled("/comments/@court", &[])).await.made();
    partner.send_form(&refused.filled("/comments/@court", &[])).await.made();
    assert_eq!(site.count("comment where words = 'And a projector'").await, 1);
    staff.get("/cedar-river/partners/@court").await.assert_sees("And a projector");
}

#[tokio::test]
async fn one_person_who_does_too_much_shuts_nobody_out_of_their_office() {
    let site = Site::open().await;
    let (hasty, network) = (AccountId::fresh(), Network::around(OFFICE.parse().unwrap()));
    let most = COMMENTS.person.most;
    for number in 0..most * 3 {
        let counted = COMMENTS.count(&site.app.db, Whom::Account(hasty), Some(network)).await;
        assert_eq!(counted.is_ok(), number < most, "number {number}");
    }
    let of_all: Vec<i64> =
        serde_json::from_str(&site.peek::<String>("select json_agg(count order by count)::text from tally").await).unwrap();
    assert_eq!(of_all, [i64::from(most), i64::from(most) + 2], "what was refused did not count for the office");
    COMMENTS.count(&site.app.db, Whom::Account(AccountId::fresh()), Some(network)).await.unwrap();
}

#[tokio::test]
async fn a_network_has_a_limit_of_its_own_whoever_is_in_it() {
    let site = Site::open().await;
    let network = Some(Network::around("2001:db8:7:7::1".parse().unwrap()));
    let someone = || Whom::Account(AccountId::fresh());
    for _ in 0..COMMENTS.network.most {
        COMMENTS.count(&site.app.db, someone(), network).await.unwrap();
    }
    let neighbour = Some(Network::around("2001:db8:7:7:ffff::2".parse().unwrap()));
    assert!(matches!(COMMENTS.count(&site.app.db, someone(), neighbour).await, Err(Error::TooMany(_))), "the same /64");
    COMMENTS.count(&site.app.db, someone(), Some(Network::around("2001:db8:7:8::1".parse().unwrap()))).await.unwrap();
    site.clock.advance(Duration::minutes(COMMENTS.network.minutes));
    COMMENTS.count(&site.app.db, someone(), network).await.unwrap();
}

#[tokio::test]
async fn several_servers_count_together() {
    let site = Site::alone().await;
    let other = Db::open(&site.addresses().0, Clock::held(site.clock.now()), 1).unwrap();
    let (person, network) = (Whom::Account(AccountId::fresh()), Some(Network::around(OFFICE.parse().unwrap())));
    for number in 0..COMMENTS.person.most {
        let db = if number % 2 == 0 { &site.app.db } else { &other };
        COMMENTS.count(db, person, network).await.unwrap();
    }
    for db in [&site.app.db, &other] {
        assert!(matches!(COMMENTS.count(db, person, network).await, Err(Error::TooMany(_))));
    }
    let many = (0..40).map(|_| COMMENTS.count(&other, Whom::Account(AccountId::fresh()), network));
    assert!(futures_util::future::join_all(many).await.iter().all(Result::is_ok), "at once, they do not lock one another up");
}

#[tokio::test]
async fn whoever_tries_passwords_for_somebody_delays_nobody_in_another_network_nor_in_a_browser_that_is_known() {
    let site = Site::open().await;
    let known = site.stranger().from(OFFICE);
    sign_in(&known, "director@demo.example", PASSWORD).await.assert_goes_to("/");
    for number in 0..5 {
        sign_in(&site.stranger().from(OFFICE), "director@demo.example", &format!("a wrong guess, number {number}")).await;
    }
    assert_waits(&sign_in(&site.stranger().from(OFFICE), "director@demo.example", PASSWORD).await);
    sign_in(&known, "director@demo.example", PASSWORD).await.assert_goes_to("/");
    sign_in(&site.stranger().from(ELSEWHERE), "director@demo.example", PASSWORD).await.assert_goes_to("/");
    // What came too early was compared with nothing, and uses up nothing of what all networks share.
    for _ in 0..20 {
        assert_waits(&sign_in(&site.stranger().from(OFFICE), "director@demo.example", "one more wrong guess").await);
    }
    assert_eq!(site.count("tally where count > 5").await, 0);
    // Somebody else at the same office is not kept waiting.
    sign_in(&site.stranger().from(OFFICE), "staff@demo.example", PASSWORD).await.assert_goes_to("/");
}

#[tokio::test]
async fn whoever_tries_from_many_networks_locks_nobody_out_of_their_own_browser() {
    let site = Site::open().await;
    let known = site.stranger().from(OFFICE);
    sign_in(&known, "director@demo.example", PASSWORD).await.assert_goes_to("/");
    for number in 0..4 {
        let far = site.stranger().from(&format!("203.0.113.{number}"));
        sign_in(&far, "director@demo.example", "a wrong guess of somebody").await.assert_problem("email", "Check the email address");
    }
    exhaust(&site).await;
    let fresh = site.stranger().from("192.0.2.44");
    let told = sign_in(&fresh, "director@demo.example", PASSWORD).await;
    assert_waits(&told);
    assert_eq!(told.field("email"), "director@demo.example", "the address stays");
    sign_in(&known, "director@demo.example", PASSWORD).await.assert_goes_to("/");
    sign_in(&fresh, "staff@demo.example", PASSWORD).await.assert_goes_to("/");
    // Another browser's token is none of theirs, and the attack ends with its hour.
    assert_waits(&sign_in(&fresh, "director@demo.example", PASSWORD).await);
    site.clock.advance(Duration::minutes(60));
    sign_in(&fresh, "director@demo.example", PASSWORD).await.assert_goes_to("/");
}

#[tokio::test]
async fn an_office_that_signs_in_one_after_the_other_uses_nothing_up() {
    let site = Site::open().await;
    for email in ["director@demo.example", "staff@demo.example", "analyst@demo.example"] {
        sign_in(&site.stranger().from(OFFICE), email, PASSWORD).await.assert_goes_to("/");
    }
    assert_eq!(site.count("tally where count > 0").await, 0);
    assert!(site.count("tally").await > 0);
}

#[tokio::test]
async fn passwords_that_wait_for_their_turn_are_few_and_whoever_is_known_still_finds_a_place() {
    use futures_util::FutureExt as _;
    let site = Site::open().await;
    let known = site.stranger();
    sign_in(&known, "staff@demo.example", PASSWORD).await.assert_goes_to("/");
    let (mut turns, mut waiting) = (Vec::new(), Vec::new());
    loop {
        let mut next = Box::pin(site.app.passwords.take());
        match next.as_mut().now_or_never() {
            Some(Ok(turn)) => turns.push(turn),
            Some(Err(_)) => break,
            None => waiting.push(next),
        }
        assert!(waiting.len() < 1000, "the line has an end");
    }
    let answer = sign_in(&site.stranger(), "staff@demo.example", PASSWORD).await;
    assert_waits(&answer);
    assert_eq!(answer.field("email"), "staff@demo.example");
    // Whoever is known waits meanwhile, and is not sent away.
    let (comes_in, ()) = tokio::join!(sign_in(&known, "staff@demo.example", PASSWORD), async {
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        drop((turns, waiting));
    });
    comes_in.assert_goes_to("/");
    sign_in(&site.stranger(), "staff@demo.example", PASSWORD).await.assert_goes_to("/");
}

#[tokio::test]
async fn links_that_open_nothing_are_counted_and_one_that_opens_something_never_is() {
    let mut site = Site::open().await;
    atlas::complete(&mut site).await;
    let (guesser, dead) = (site.stranger().from(OFFICE), "A".repeat(43));
    let paths = [format!("/invitations/{dead}"), format!("/reset/{dead}"), format!("/cedar-river/return/{dead}")];
    for path in paths.iter().cycle().take(30) {
        let status = guesser.open_link(path).await.status;
        assert!(matches!(status, StatusCode::NOT_FOUND | StatusCode::GONE), "{path}: {status}");
    }
    for path in &paths {
        assert_waits(&guesser.open_link(path).await);
    }
    let guest = site.stranger().from(OFFICE);
    guest.open_link("/invitations/@invitation").await.assert_page("Join Cedar River County");
    guest.open_link("/reset/@reset").await.assert_page("Choose a new password");
    guest.open_link("/cedar-river/return/@return_token").await.assert_status(StatusCode::OK);
    site.stranger().from(ELSEWHERE).open_link(&paths[0]).await.assert_not_found();
}

#[tokio::test]
async fn what_was_counted_is_swept_away_when_its_time_is_over() {
    let site = Site::open().await;
    site.visitor("partner")
        .await
        .from(OFFICE)
        .post("/cedar-river/comments/@court", &[("comment", "Yes"), ("comment_audience", "agency")])
        .await
        .made();
    assert_eq!(site.count("tally").await, 2, "the person and the network");
    worker::sweep(&site.app).await.unwrap();
    assert_eq!(site.count("tally").await, 2);
    site.clock.advance(Duration::minutes(61));
    worker::sweep(&site.app).await.unwrap();
    assert_eq!(site.count("tally").await, 0);
}

#[tokio::test]
async fn a_list_that_is_only_looked_at_is_not_counted() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await.from(OFFICE);
    staff.get("/cedar-river/partners").await.assert_page("Partners");
    assert_eq!(site.count("tally").await, 0);
    staff.get("/cedar-river/partners?q=court").await.assert_page("Partners");
    assert_eq!(site.count("tally").await, 2);
}

#[tokio::test]
async fn passwords_tried_at_once_are_counted_before_any_is_compared() {
    let site = Site::alone().await;
    let browsers: Vec<Visitor> = (0..12).map(|_| site.stranger().from(OFFICE)).collect();
    let guesses = browsers.iter().map(|browser| sign_in(browser, "nobody@demo.example", "one of many guesses"));
    let answers = futures_util::future::join_all(guesses).await;
    let compared = answers.iter().filter(|answer| answer.status == StatusCode::UNPROCESSABLE_ENTITY).count();
    assert!((1..=5).contains(&compared), "{compared} were compared at once");
    assert!(answers.iter().all(|answer| matches!(answer.status, StatusCode::UNPROCESSABLE_ENTITY | StatusCode::TOO_MANY_REQUESTS)));
}

#[tokio::test]
async fn a_made_up_mark_of_a_known_browser_costs_what_none_does() {
    let site = Site::open().await;
    let made_up = "A".repeat(43);
    let asked = async |mark: Option<&str>, email: &str, password: &str| {
        site.force("delete from tally; delete from sign_in_try").await;
        let browser = site.stranger().from(OFFICE);
        let browser = if let Some(mark) = mark { browser.with_cookie("__Host-known", mark) } else { browser };
        counting::begin();
        let answer = sign_in(&browser, email, password).await;
        (counting::end().words, answer.status)
    };
    asked(None, "staff@demo.example", "a wrong guess").await;
    for (email, password) in
        [("staff@demo.example", "a wrong guess"), ("nobody@demo.example", "a wrong guess"), ("staff@demo.example", PASSWORD)]
    {
        let none = asked(None, email, password).await;
        for mark in [made_up.as_str(), "nonsense", ""] {
            assert_eq!(asked(Some(mark), email, password).await, none, "{email} with {mark:?}");
        }
    }
    // Beyond the limit as well.
    let refused = async |mark: Option<&str>| {
        exhaust(&site).await;
        let browser = site.stranger().from(OFFICE);
        let browser = if let Some(mark) = mark { browser.with_cookie("__Host-known", mark) } else { browser };
        counting::begin();
        let answer = sign_in(&browser, "staff@demo.example", PASSWORD).await;
        assert_waits(&answer);
        counting::end().words
    };
    assert_eq!(refused(Some(&made_up)).await, refused(None).await);
}
