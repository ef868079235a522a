//! Emergency openings: one record, one member, some hours; told the same minute, or on the day of the order; and nothing beyond it.

use crate::support::{Answer, Site, Visitor};
use chrono::{DateTime, Duration, Utc};
use common_table::worker;

const OPENINGS: &str = "/cedar-river/emergency-openings";
pub const WHY: &str = "Order 26-117 of the juvenile court";

fn fields<'a>(record: &'a str, hours: &'a str) -> Vec<(&'static str, &'a str)> {
    vec![("record", record), ("hours", hours), ("reason", WHY)]
}

pub async fn opened(site: &Site, record: &str, more: &[(&'static str, &str)]) -> (Visitor, Answer) {
    let admin = site.visitor("admin").await;
    let mut all = fields(record, "4");
    all.extend(more);
    let made = admin.post(OPENINGS, &all).await;
    assert!(made.status.is_redirection(), "{} {}", made.status, made.text);
    (admin, made)
}

async fn words_of(site: &Site, statement: &str) -> String {
    site.peek::<String>(&format!("select words from statement where id = '{statement}'")).await
}

#[tokio::test]
async fn an_administrator_reads_exactly_that_record_for_exactly_that_time() {
    let site = Site::open().await;
    let said = words_of(&site, "@tribe_statement").await;
    let (admin, made) = opened(&site, "@tribe_statement", &[]).await;
    let record = format!("{}/record", made.location);
    admin.get(&record).await.assert_sees(&said[..30]);
    // Nobody else, by the same address.
    for who in ["director", "staff", "analyst", "tribe", "partner", "parent"] {
        let refused = site.visitor(who).await.get(&record).await;
        assert!(!refused.status.is_success() && !refused.text.contains(&said[..30]), "{who}");
    }
    // Nothing else, on no other page of this administrator: no list, no count, no export, no search.
    for path in [
        "",
        "/audit",
        "/members",
        "/sessions",
        "/trace/statement/@tribe_statement",
        "/statements/@tribe_statement",
        "/statements",
        "/loops",
    ] {
        let page = admin.get(&format!("/cedar-river{path}")).await;
        assert!(!page.text.contains(&said[..30]), "{path}");
    }
    // It ends by itself, at the minute.
    site.clock.advance(Duration::hours(4) - Duration::minutes(1));
    admin.get(&record).await.assert_sees(&said[..30]);
    site.clock.advance(Duration::minutes(1));
    admin.get(&record).await.assert_not_found();
    admin.get(&made.location).await.assert_sees(WHY);
}

#[tokio::test]
async fn an_opening_is_ended_before_its_time_and_stays_on_the_record() {
    let site = Site::open().await;
    let (admin, made) = opened(&site, "@tribe_statement", &[]).await;
    admin
        .get(&format!("{}/record", made.location))
        .await
        .assert_page(&site.peek::<String>("select title from subject where id = '@tribe_statement'").await);
    admin.post(&format!("{}/ending", made.location), &[]).await.assert_flash("It is closed again");
    admin.get(&format!("{}/record", made.location)).await.assert_not_found();
    admin.post(&format!("{}/ending", made.location), &[]).await.assert_not_found();
    let audit = admin.get("/cedar-river/audit").await;
    audit.assert_sees("opened in an emergency").assert_sees("ended an emergency opening");
    assert_eq!(site.count("audit where subject_id = '@tribe_statement' and action = 'was opened in an emergency'").await, 1);
}

#[tokio::test]
async fn the_stewards_of_the_body_are_told_the_same_minute_and_see_when_it_was_read() {
    let site = Site::open().await;
    let tribe = site.visitor("tribe").await;
    site.force("delete from notice").await;
    let (admin, made) = opened(&site, "@tribe_statement", &[]).await;
    let title: String = site.peek("select title from subject where id = '@tribe_statement'").await;
    tribe.get("/cedar-river/notices").await.assert_sees("A statement of your people was opened in an emergency").assert_never_sees(&title);
    assert_eq!(site.count(&format!("notice where membership_id = '@tribe' and path = '{}'", made.location)).await, 1);
    tribe.get("/cedar-river/desk").await.assert_sees(WHY);
    tribe.get(&made.location).await.assert_sees(WHY).assert_sees("It has not been read in this opening");
    admin.get(&format!("{}/record", made.location)).await;
    let name: String = site.peek("select name from membership where id = '@admin'").await;
    tribe.get(&made.location).await.assert_sees(&name).assert_never_sees("It has not been read in this opening");
    tribe.get("/cedar-river/desk/records/@tribe_statement").await.assert_sees("opened it in an emergency");
    assert_eq!(site.count("reading where how = 'emergency' and subject_id = '@tribe_statement' and membership_id = '@admin'").await, 1);
    for who in ["partner", "parent"] {
        let visitor = site.visitor(who).await;
        visitor.get(&made.location).await.assert_not_found();
        visitor.get(OPENINGS).await.assert_never_sees(WHY);
    }
    for who in ["staff", "analyst", "facilitator"] {
        site.visitor(who).await.get(OPENINGS).await.assert_not_allowed();
    }
    // The directors are told as well, and see on the page that it was read, who by, and who can close it.
    let director = site.visitor("director").await;
    director.get("/cedar-river/notices").await.assert_sees("A statement was opened in an emergency").assert_never_sees(&title);
    let seen = director.get(&made.location).await;
    seen.assert_sees(WHY)
        .assert_never_sees("It has not been read in this opening")
        .assert_sees("An administrator can close it before its time");
    admin.get(&made.location).await.assert_never_sees("It has not been read in this opening");
}

/// Of words that one of its people keeps to themselves, the steward learns that some were opened, and not which or whose.
#[tokio::test]
async fn the_author_is_told_which_of_their_own_words_were_opened_and_nobody_else_is() {
    let site = Site::open().await;
    let title: String = site.peek("select title from subject where id = '@tribe_statement'").await;
    site.force("update subject set audience = 'author', author_id = '@parent' where id = '@tribe_statement'").await;
    let (_, made) = opened(&site, "@tribe_statement", &[]).await;
    let (parent, tribe) = (site.visitor("parent").await, site.visitor("tribe").await);
    parent.get(&made.location).await.assert_sees(WHY).assert_sees(&title);
    parent.get("/cedar-river/notices").await.assert_sees("Your statement was opened in an emergency").assert_never_sees(&title);
    let told = tribe.get("/cedar-river/notices").await;
    told.assert_sees("A statement that one of your people keeps to themselves was opened").assert_never_sees(&title);
    let seen = tribe.get(&made.location).await;
    seen.assert_sees(WHY).assert_sees("that its author keeps to themselves").assert_never_sees(&title);
    // Without a body it is the author's affair alone.
    site.force(
        "update subject set body_id = null where id = '@loop_raised'; update subject set author_id = '@parent' where id = '@loop_raised'",
    )
    .await;
    let (_, made) = opened(&site, "@loop_raised", &[]).await;
    site.visitor("parent").await.get(&made.location).await.assert_sees(WHY);
    site.visitor("tribe").await.get(&made.location).await.assert_not_found();
    site.visitor("partner").await.get(&made.location).await.assert_not_found();
}

#[tokio::test]
async fn where_a_court_forbids_notice_it_comes_by_itself_on_the_day_of_the_order() {
    let site = Site::open().await;
    let tribe = site.visitor("tribe").await;
    site.force("delete from notice").await;
    let pages = async || {
        let mut all = String::new();
        for path in
            ["", "/desk", "/emergency-openings", "/desk/records/@tribe_statement", "/statements/@tribe_statement", "/audit", "/wanted"]
        {
            all += &tribe.get(&format!("/cedar-river{path}")).await.without_keys();
        }
        all
    };
    let quiet = pages().await;
    let day = (site.clock.now() + Duration::days(30)).date_naive();
    let until = day.to_string();
    let secret = [("sealed", "yes"), ("order_reference", "Sealed 26-9"), ("notice_on", until.as_str())];
    let (admin, made) = opened(&site, "@tribe_statement", &secret).await;
    admin.get(&format!("{}/record", made.location)).await.assert_sees("Open to you until");
    assert_eq!(pages().await, quiet, "no page of theirs tells that it is there");
    tribe.get(&made.location).await.assert_not_found();
    site.visitor("director").await.get(&made.location).await.assert_sees("Sealed 26-9");
    let told = "audit where subject_id = '@tribe_statement' and action = 'was opened in an emergency'";
    worker::sweep(&site.app).await.unwrap();
    assert_eq!(site.count(told).await, 0);
    // A minute before that day at the agency, and at its first minute.
    let zone: String = site.peek("select zone from agency where slug = 'cedar-river'").await;
    let begins: DateTime<Utc> = site.peek(&format!("select ('{until}'::date::timestamp at time zone '{zone}')")).await;
    site.clock.put(begins - Duration::minutes(1));
    let tribe = site.visitor("tribe").await;
    tribe.get(&made.location).await.assert_not_found();
    site.clock.put(begins);
    tribe.get(&made.location).await.assert_sees(WHY).assert_sees("Sealed 26-9");
    tribe.get("/cedar-river/desk").await.assert_sees(WHY);
    assert_eq!(site.count("notice where kind = 'emergency_opening'").await, 0, "the day tells, not whoever looks");
    // Real people get a letter: the keeper queues it, for nobody asks on that day.
    site.force("update agency set is_demo = false where slug = 'cedar-river'").await;
    worker::sweep(&site.app).await.unwrap();
    worker::sweep(&site.app).await.unwrap();
    assert_eq!(site.count(told).await, 1, "told once");
    let notices = "notice where kind = 'emergency_opening' and membership_id = '@tribe'";
    assert_eq!(site.count(notices).await, 1, "told once");
    assert_eq!(site.count(&format!("letter where kind = 'notice' and about in (select id from {notices})")).await, 1);
    assert_eq!(site.count("emergency_opening where told_at is null and notice_at <= now()").await, 0);
}

#[tokio::test]
async fn an_opening_needs_a_record_a_reason_and_some_hours() {
    let site = Site::open().await;
    let admin = site.visitor("admin").await;
    let empty = admin.post(OPENINGS, &[]).await;
    empty.assert_problem("record", "Enter the address of the record’s page").assert_problem("reason", "Enter why it must be opened");
    empty.assert_problem("hours", "Enter for how many hours");
    admin.post(OPENINGS, &fields("@tribe_statement", "73")).await.assert_problem("hours", "Enter a number from 1 to 72");
    admin
        .post(OPENINGS, &fields("0189f7a0-1111-7000-8000-00000000abcd", "4"))
        .await
        .assert_problem("record", "Enter a record whose words are here");
    let mut order = fields("@tribe_statement", "4");
    order.push(("sealed", "yes"));
    let again = admin.post(OPENINGS, &order).await;
    again
        .assert_problem("order_reference", "Enter the order’s number")
        .assert_problem("notice_on", "Enter the day on which they may be told");
    order.extend([("order_reference", "26-9"), ("notice_on", "2020-01-01")]);
    admin.post(OPENINGS, &order).await.assert_problem("notice_on", "Enter a day that is ahead of us");
    // What was taken back is gone.
    site.visitor("tribe").await.post("/cedar-river/desk/withdrawal", &[("record", "@tribe_statement"), ("sure", "yes")]).await;
    admin.post(OPENINGS, &fields("@tribe_statement", "4")).await.assert_problem("record", "Enter a record whose words are here");
    // A partner's entry or a barrier holds nobody's contributed words.
    admin.post(OPENINGS, &fields("@barrier_open", "4")).await.assert_problem("record", "Enter a record whose words are here");
    // Another agency's record is none of this one's.
    let foreign: String = site.peek("select s.id::text from subject s join agency g on g.id = s.agency_id where g.slug = 'harbor' and s.kind in ('statement', 'loop') limit 1").await;
    admin.post(OPENINGS, &fields(&foreign, "4")).await.assert_problem("record", "Enter a record whose words are here");
    for who in ["director", "staff", "analyst", "tribe", "partner", "parent"] {
        site.visitor(who).await.post(OPENINGS, &fields("@loop_raised", "4")).await.assert_not_allowed();
    }
}

#[tokio::test]
async fn questions_and_comments_are_opened_like_statements() {
    let site = Site::open().await;
    for (record, table) in [("@loop_6", "loop"), ("@tribe_comment", "comment")] {
        let said: String = site.peek(&format!("select words from {table} where id = '{record}'")).await;
        let (admin, made) = opened(&site, record, &[]).await;
        admin.get(&format!("{}/record", made.location)).await.assert_sees(&said[..20]);
        site.visitor("tribe").await.get(&made.location).await.assert_sees(WHY);
    }
}

#[tokio::test]
async fn an_opened_comment_does_not_open_what_it_was_said_about() {
    let site = Site::open().await;
    site.force("update comment set subject_id = '@tribe_statement' where id = '@tribe_comment'").await;
    let (_, made) = opened(&site, "@tribe_comment", &[]).await;
    for (what, rows) in [("comment", 1), ("statement", 0), ("loop", 0)] {
        let moment = site.clock.now().to_rfc3339();
        let asked = format!("set local app.opening = '{}'; set local app.moment = '{moment}'; select id from {what}", made.made());
        assert_eq!(site.attempt("admin", "administrator", &asked).await.unwrap(), rows, "{what}");
    }
}

/// Asked past every handler: the database itself opens that one row, to that member, under that hat, for that time.
#[tokio::test]
async fn row_security_opens_that_row_to_that_member_and_nothing_besides() {
    let site = Site::open().await;
    let (_, made) = opened(&site, "@tribe_statement", &[]).await;
    let opening = made.made();
    let now = site.clock.now();
    let rows = async |who: &str, hat: &str, moment: DateTime<Utc>| {
        let asked = format!(
            "set local app.opening = '{opening}'; set local app.moment = '{}'; select id from statement where words is not null",
            moment.to_rfc3339()
        );
        site.attempt(who, hat, &asked).await.unwrap()
    };
    assert_eq!(rows("admin", "administrator", now).await, 1);
    assert_eq!(rows("admin", "administrator", now + Duration::hours(4)).await, 0);
    assert_eq!(rows("admin", "administrator", now - Duration::minutes(1)).await, 0);
    for who in ["director", "analyst"] {
        assert_eq!(rows(who, "administrator", now).await, 0, "{who}, under that hat");
    }
    let unnamed = format!("set local app.moment = '{}'; select id from statement where words is not null", now.to_rfc3339());
    assert_eq!(site.attempt("admin", "administrator", &unnamed).await.unwrap(), 0, "on every page but its own");
    let parent = rows("parent", "partner", now).await;
    site.force("update emergency_opening set ended_at = now()").await;
    assert_eq!(rows("admin", "administrator", now).await, 0, "ended before its time");
    site.force("delete from reading where opening_id is not null; delete from emergency_opening").await;
    assert_eq!(rows("parent", "partner", now).await, parent, "another member's transaction that names it sees no more");
    assert_eq!(rows("admin", "administrator", now).await, 0);
}

/// A protocol that nobody of the agency's staff is in: an opening is the lawful way through it, for that one thing; the stewards see it.
#[tokio::test]
async fn an_opening_is_the_one_way_through_a_protocol_and_shows_nothing_else_that_is_under_it() {
    let site = Site::open().await;
    site.force(
        "insert into protected_item (agency_id, item_id, subject_id, body_id)
         select agency_id, id, id, body_id from subject where body_id = '@tallpine' and kind = 'statement';
         insert into item_protocol (agency_id, item_id, protocol_id, put_by, created_at)
         select agency_id, id, '@protocol', '@tribe', created_at from subject where body_id = '@tallpine' and kind = 'statement';
         update subject set protocols = 1, marked = true, audience = 'partnership' where body_id = '@tallpine' and kind = 'statement';
         update comment set audience = 'partnership' where id = '@protected';
         delete from notice",
    )
    .await;
    let page = "/cedar-river/statements/@tribe_statement";
    for who in ["staff", "analyst", "partner"] {
        site.visitor(who).await.get(page).await.assert_not_found();
    }
    let (said, tribe) = (words_of(&site, "@tribe_statement").await, site.visitor("tribe").await);
    let (admin, made) = opened(&site, "@tribe_statement", &[]).await;
    admin.get(&format!("{}/record", made.location)).await.assert_sees(&said[..30]);
    tribe.get("/cedar-river/notices").await.assert_sees("A statement of your people was opened in an emergency");
    tribe.get(&made.location).await.assert_sees(WHY);
    for who in ["staff", "analyst", "partner"] {
        site.visitor(who).await.get(page).await.assert_not_found();
    }
    // The database itself, in a transaction that names the opening.
    let opening = made.made();
    let asked = async |who: &str, hat: &str, what: &str| {
        let moment = site.clock.now().to_rfc3339();
        site.attempt(who, hat, &format!("set local app.opening = '{opening}'; set local app.moment = '{moment}'; {what}")).await
    };
    let record = "select id from subject where id = '@tribe_statement'";
    assert_eq!(asked("admin", "administrator", record).await.unwrap(), 1);
    // Whoever it was opened for may have another role by now, also one that sees that there was an opening.
    for (who, hat) in [("staff", "staff"), ("analyst", "analyst"), ("partner", "partner"), ("admin", "staff"), ("admin", "director")] {
        assert_eq!(asked(who, hat, record).await.unwrap(), 0, "{who} as {hat}");
    }
    for hidden in [
        "select id from subject where protocols is not null and id <> '@tribe_statement'",
        "select id from comment where id = '@protected'",
        "select id from protocol",
        "select id from protocol_reader",
        "select item_id from item_protocol",
        "select item_id from protected_item",
    ] {
        assert_eq!(asked("admin", "administrator", hidden).await.unwrap(), 0, "{hidden}");
    }
    for change in [
        "update subject set protocols = null where id = '@tribe_statement'",
        "update subject set audience = 'public' where id = '@tribe_statement'",
        "update statement set words = 'x' where id = '@tribe_statement'",
        "delete from item_protocol",
    ] {
        assert_eq!(asked("admin", "administrator", change).await.unwrap_or(0), 0, "{change}");
    }
    // Each is opened by itself, and closes by itself.
    let comment: String = site.peek("select words from comment where id = '@protected'").await;
    let (_, other) = opened(&site, "@protected", &[]).await;
    admin.get(&format!("{}/record", other.location)).await.assert_sees(&comment[..20]);
    site.clock.advance(Duration::hours(4));
    for over in [&made, &other] {
        admin.get(&format!("{}/record", over.location)).await.assert_not_found();
    }
}

#[tokio::test]
async fn what_makes_working_together_hard_opens_like_any_other_words() {
    let site = Site::open().await;
    let tribe = site.visitor("tribe").await;
    let (admin, made) = opened(&site, "@obstacle_power", &[]).await;
    let (record, words) = (format!("{}/record", made.location), "decided before we sit down");
    admin.get(&record).await.assert_sees(words).assert_sees("gone to the commissioners already");
    for path in ["/obstacles", "/obstacles/@obstacle_power", "/trace/obstacle/@obstacle_power", "/audit", ""] {
        let page = admin.get(&format!("/cedar-river{path}")).await;
        assert!(!page.text.contains(words), "{path}");
    }
    for (hat, rows) in [("administrator", "obstacle"), ("administrator", "subject where kind = 'obstacle'")] {
        assert_eq!(site.attempt("admin", hat, &format!("select 1 from {rows}")).await.unwrap(), 0, "without the opening");
    }
    tribe.get("/cedar-river/notices").await.assert_sees("An obstacle of your people was opened in an emergency").assert_never_sees(words);
    tribe.get(&made.location).await.assert_sees(WHY);
    site.clock.advance(Duration::hours(4));
    admin.get(&record).await.assert_not_found();
}
