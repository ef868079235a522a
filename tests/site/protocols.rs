//! A body keeps who reads what its people contributed. Here its stewards do, and everybody else tries.

use crate::{
    reports::{made, taken},
    support::{Site, Visitor, refused},
};
use chrono::Duration;

const OURS: &str = "/cedar-river/protocols";
const ITEM: &str = "/cedar-river/protected/@protected";
const ENTRY: &str = "/cedar-river/partners/@tallpine";
const ASKED: &str = "Asked. It acts once a second steward says yes; all stewards see it";
const ALONE: &str = "Done. You are the only steward, so it acts at once";
const HOLDS: &str = "Done. It holds from now on";
const WORDS: &str = "The names of those who decide are known to the elders";

/// Tall Pine has two stewards: Thomas, who made the protocols, and Ruth.
async fn two_stewards(site: &Site) -> (Visitor, Visitor) {
    let thomas = site.visitor("tribe").await;
    thomas.fill("/cedar-river/members/@tribe_member/mandate", "/mandate", &[("steward", "yes")]).await;
    (thomas, site.visitor("ruth").await)
}

/// The newest request of Tall Pine.
async fn request(site: &Site) -> String {
    let newest = "select id::text from protocol_request where body_id = '@tallpine' order by created_at desc, id desc limit 1";
    format!("{OURS}/requests/{}", site.peek::<String>(newest).await)
}

async fn reads(site: &Site, who: &str) -> bool {
    site.visitor(who).await.get(ENTRY).await.text.contains(WORDS)
}

#[tokio::test]
async fn two_stewards_decide_while_the_clock_goes_on() {
    let site = Site::open().await;
    let (thomas, ruth) = two_stewards(&site).await;
    let earlier = site.clock.now();
    assert!(site.clock.now() > earlier, "time passes between two looks at the clock, as it does on a machine");
    thomas.post(&format!("{OURS}/@protocol/ending"), &[]).await.assert_flash(ASKED);
    ruth.post(&request(&site).await, &[("word", "approve")]).await.assert_flash("Approved. It acts from now on");
}

#[tokio::test]
async fn words_under_a_protocol_are_read_by_those_in_it_and_by_nobody_else() {
    let site = Site::open().await;
    for (who, may) in
        [("tribe", true), ("director", true), ("staff", false), ("analyst", false), ("admin", false), ("ruth", false), ("partner", false)]
    {
        assert_eq!(reads(&site, who).await, may, "{who}");
    }
    let director = site.visitor("director").await;
    director.get(ENTRY).await.assert_sees("read under “Kept by the council of elders”");
    let (staff, never) = (site.visitor("staff").await, "018f5e2a-0000-7000-8000-0000000000ff");
    for page in ["reply", "history", "readers", "moderation"] {
        let hidden = staff.get(&format!("/cedar-river/comments/@protected/{page}")).await;
        let none = staff.get(&format!("/cedar-river/comments/{never}/{page}")).await;
        assert_eq!((hidden.status, hidden.without_keys()), (none.status, none.without_keys()), "{page}");
    }
    let reply = [("comment", "We hear you"), ("reply_to", "@protected")];
    staff.post("/cedar-river/comments/@tallpine", &reply).await.assert_not_found();
    let answered =
        director.post("/cedar-river/comments/@tallpine", &[("comment", "Marigold and thank you"), ("reply_to", "@protected")]).await;
    answered.assert_flash("Comment added");
    for (who, may) in [("tribe", true), ("director", true), ("staff", false), ("ruth", false)] {
        assert_eq!(
            site.visitor(who).await.get(ENTRY).await.text.contains("Marigold"),
            may,
            "an answer is read with what it answers: {who}"
        );
    }
    // No page shows an answer without what it answers; nor does the database.
    for (who, hat, rows) in [("tribe", "partner", 1), ("staff", "staff", 0), ("tribe_member", "partner", 0)] {
        assert_eq!(site.attempt(who, hat, "select id from comment where words like 'Marigold%'").await.unwrap(), rows, "{who}");
    }
}

#[tokio::test]
async fn a_guest_reads_until_the_last_day_and_may_leave_before() {
    let site = Site::open().await;
    assert!(reads(&site, "director").await);
    let thomas = site.visitor("tribe").await;
    let until = site.peek::<String>("select until::text from protocol_reader where id = '@protocol_reader'").await;
    let over = site.peek::<chrono::DateTime<chrono::Utc>>("select ends_at from protocol_reader where id = '@protocol_reader'").await;
    thomas.get(&format!("{OURS}/@protocol")).await.assert_sees("until");
    site.clock.put(over - Duration::seconds(1));
    assert!(reads(&site, "director").await, "on the last day, {until}");
    site.clock.put(over);
    assert!(!reads(&site, "director").await, "after it");
    let staff = [("own", "@tribe_member"), ("guest", "@staff")];
    site.visitor("tribe").await.post(&format!("{OURS}/@protocol/readers"), &staff).await.assert_flash(ALONE);
    assert!(reads(&site, "staff").await && reads(&site, "ruth").await);
    let ruth = site.visitor("ruth").await;
    let shown = ruth.get(&format!("{OURS}/@protocol")).await;
    shown.assert_sees("Ruth Greywater").assert_never_sees("Marcus Tellwell").assert_never_sees("It was given to us so");
    let own = shown.attributes("main form", "action").into_iter().find(|to| to.contains("/readers/")).expect("a way out");
    ruth.post(&own, &[]).await.assert_goes_to(OURS);
    assert!(site.count("notice where kind = 'protocol' and said like 'Ruth Greywater, % left “%”'").await > 0);
    assert!(!reads(&site, "ruth").await);
    site.visitor("staff").await.get(&format!("{OURS}/@protocol")).await.assert_not_allowed();
}

#[tokio::test]
async fn what_lets_more_people_read_waits_for_a_second_steward() {
    let site = Site::open().await;
    let (thomas, ruth) = two_stewards(&site).await;
    thomas.get(OURS).await.assert_sees("We have 2 stewards");
    let guest = [("guest", "@staff")];
    thomas.post(&format!("{OURS}/@protocol/readers"), &guest).await.assert_flash(ASKED);
    assert!(!reads(&site, "staff").await);
    let asked = request(&site).await;
    thomas.get(&asked).await.assert_sees("Take it back");
    thomas.post(&asked, &[("word", "approve")]).await.assert_problem("", "Leave the second word to another steward");
    let by_hand = format!(
        "update protocol_request set state = 'approved', decided_by = current_membership(), decided_at = now() where id = '{}'",
        asked.rsplit('/').next().unwrap()
    );
    refused("past the page", site.attempt("tribe", "partner", &by_hand).await);
    ruth.get(OURS).await.assert_sees("more readers under a protocol");
    ruth.get("/cedar-river/wanted").await.assert_sees("Another of your stewards asks for a second word");
    thomas.get("/cedar-river/wanted").await.assert_never_sees("Another of your stewards");
    ruth.get(&asked).await.assert_sees("Marcus Tellwell").assert_sees("Yes, do it");
    ruth.post(&asked, &[("word", "refuse")]).await.assert_problem("because", "Enter why you refuse it");
    ruth.post(&asked, &[("word", "refuse"), ("because", "The council has not met")]).await.assert_flash("Refused. All stewards see why");
    thomas.get(OURS).await.assert_sees("The council has not met");
    ruth.post(&asked, &[("word", "approve")]).await.assert_problem("", "Nothing waits here any more");
    assert!(!reads(&site, "staff").await);

    for (fields, told) in [
        (vec![("deed", "take_off"), ("protocol", "@protocol")], ASKED),
        (vec![("deed", "put"), ("protocol", "@protocol_second")], HOLDS),
        (vec![("deed", "any")], ASKED),
    ] {
        thomas.post(ITEM, &fields).await.assert_flash(told);
    }
    assert!(!reads(&site, "director").await, "in one of the two only");
    let any = request(&site).await;
    ruth.post(&any, &[("word", "approve")]).await.assert_flash("Approved. It acts from now on");
    assert!(reads(&site, "director").await, "one of them is enough now");
    thomas.post(ITEM, &[("deed", "all")]).await.assert_flash(HOLDS);
    assert!(!reads(&site, "director").await);
    let seen = ruth.get("/cedar-river/audit").await;
    seen.assert_sees("Thomas Greywater").assert_sees("Ruth Greywater").assert_never_sees("The council has not met");
}

#[tokio::test]
async fn a_request_lapses_after_thirty_days_and_taking_a_reader_out_waits_for_nobody() {
    let site = Site::open().await;
    let (thomas, _) = two_stewards(&site).await;
    thomas.post(&format!("{OURS}/@protocol/ending"), &[]).await.assert_flash(ASKED);
    let asked = request(&site).await;
    site.force("update session set expires_at = '2030-01-01'").await;
    site.clock.advance(Duration::days(30));
    let ruth = site.visitor("ruth").await;
    ruth.get(&asked).await.assert_sees("lapsed: no second word in 30 days");
    ruth.post(&asked, &[("word", "approve")]).await.assert_problem("", "Nothing waits here any more");
    assert_eq!(site.count("protocol where id = '@protocol' and ended_at is null").await, 1);
    ruth.post(&format!("{OURS}/@protocol/readers/@protocol_reader/delete"), &[])
        .await
        .assert_flash("Taken out. They read nothing under this protocol any more");
    assert!(!reads(&site, "director").await);
}

#[tokio::test]
async fn suspending_the_second_steward_spares_nobody_their_word() {
    let site = Site::open().await;
    let (thomas, _) = two_stewards(&site).await;
    let admin = site.visitor("admin").await;
    admin.fill("/cedar-river/members/@tribe_member", "/suspension", &[("why", "On leave until spring")]).await;
    thomas.post(&format!("{OURS}/@protocol/readers"), &[("guest", "@staff")]).await.assert_flash(ASKED);
    assert!(!reads(&site, "staff").await);
    admin.fill("/cedar-river/members/@tribe", "/suspension", &[("why", "On leave until spring")]).await;
    assert!(reads(&site, "director").await && !reads(&site, "staff").await, "without a steward it stands as it was");
    admin.get(&request(&site).await).await.assert_not_allowed();
    // However long it lasts: it is not the body that took a steward away.
    admin.fill("/cedar-river/members/@tribe", "/suspension/delete", &[]).await;
    site.clock.advance(Duration::days(31));
    site.visitor("tribe").await.post(&format!("{OURS}/@protocol/readers"), &[("guest", "@staff")]).await.assert_flash(ASKED);
}

#[tokio::test]
async fn whoever_stops_the_other_steward_waits_thirty_days_all_the_same() {
    let site = Site::open().await;
    let (thomas, _) = two_stewards(&site).await;
    let member = "/cedar-river/members/@tribe_member";
    thomas.fill(&format!("{member}/mandate"), "/mandate", &[("steward", "")]).await.assert_goes_to(member);
    let (readers, guest) = (format!("{OURS}/@protocol/readers"), [("guest", "@staff")]);
    thomas.post(&readers, &guest).await.assert_flash(ASKED);
    assert!(!reads(&site, "staff").await);
    site.clock.advance(Duration::days(31));
    site.visitor("tribe").await.post(&readers, &guest).await.assert_flash(ALONE);
    assert!(reads(&site, "staff").await);
}

#[tokio::test]
async fn what_somebody_asked_who_is_no_steward_any_more_is_approved_by_nobody() {
    let site = Site::open().await;
    let (_, ruth) = two_stewards(&site).await;
    ruth.post(&format!("{OURS}/@protocol/ending"), &[]).await.assert_flash(ASKED);
    let (asked, thomas) = (request(&site).await, site.visitor("tribe").await);
    thomas.fill("/cedar-river/members/@tribe_member/mandate", "/mandate", &[("steward", "")]).await;
    thomas.post(&asked, &[("word", "approve")]).await.assert_problem("", "Refuse it, or ask anew");
    let by_hand = format!(
        "update protocol_request set state = 'approved', decided_by = '@tribe', decided_at = now() where id = '{}'",
        asked.rsplit('/').next().unwrap()
    );
    refused("past the page", site.attempt("tribe", "partner", &by_hand).await);
    thomas.post(&asked, &[("word", "refuse"), ("because", "She has left the office")]).await.assert_flash("Refused. All stewards see why");
}

#[tokio::test]
async fn where_no_steward_serves_whoever_speaks_for_the_body_narrows_and_nobody_widens() {
    let site = Site::open().await;
    let ruth = site.visitor("ruth").await;
    ruth.post("/cedar-river/comments/@tallpine", &[("comment", "Foxglove by the river"), ("comment_audience", "partnership")]).await;
    let comment = site.peek::<String>("select id::text from comment where words like 'Foxglove%'").await;
    let item = format!("/cedar-river/protected/{comment}");
    ruth.get(&item).await.assert_not_found();
    let put = [("deed", "put"), ("protocol", "@protocol_second")];
    ruth.post(&item, &put).await.assert_not_found();
    let foxglove = async |who: &str| site.visitor(who).await.get(ENTRY).await.text.contains("Foxglove");
    assert!(foxglove("staff").await);
    site.visitor("admin").await.fill("/cedar-river/members/@tribe", "/suspension", &[("why", "On leave until spring")]).await;
    ruth.get(OURS).await.assert_sees("No steward serves now").assert_never_sees("Make a protocol");
    ruth.post(&item, &put).await.assert_flash(HOLDS);
    assert!(!foxglove("staff").await && foxglove("ruth").await);
    let off = [("deed", "take_off"), ("protocol", "@protocol_second")];
    ruth.post(&item, &off).await.assert_not_found();
    let widen = format!("delete from item_protocol where item_id = '{comment}'");
    refused("taking it off past every page", site.attempt("tribe_member", "partner", &widen).await);
}

/// What an administrator could try past every page; each would let somebody read what a body keeps.
const TRIES: &[&str] = &[
    "update subject set protocols = null where protocols is not null",
    "update comment set protocols = null where id = '@protected'",
    "update comment set thread_protocols = null, protocols = null where thread_protocols is not null",
    "update protocol set own_people = 'all'",
    "update protocol set ended_at = now()",
    "update protocol set body_id = '@kinship'",
    "insert into protocol_reader (id, protocol_id, body_id, membership_id, added_by, created_at) \
     values ('018f5e2a-0000-7000-8000-00000000cccc', '@protocol', '@tallpine', current_membership(), current_membership(), now())",
    "insert into protocol_reader (id, protocol_id, body_id, role, added_by, created_at) \
     values ('018f5e2a-0000-7000-8000-00000000cccc', '@protocol', '@tallpine', 'staff', current_membership(), now())",
    "update protocol_reader set ends_at = null, until = null",
    "update protocol_reader set membership_id = current_membership()",
    "delete from item_protocol",
    "delete from protected_item",
    "update protected_item set all_of = false",
    "insert into protocol_request (id, body_id, what, proposed, asked_by, created_at) \
     values ('018f5e2a-0000-7000-8000-00000000cccc', '@tallpine', 'end', '{}', current_membership(), now())",
    "update protocol_request set state = 'approved', decided_by = current_membership(), decided_at = now()",
    "insert into community_label (id, body_id, name, words, link, set_by, created_at) \
     values ('018f5e2a-0000-7000-8000-00000000cccc', '@tallpine', 'x', 'x', 'x', current_membership(), now())",
    "update community_label set ended_at = now()",
];

#[tokio::test]
async fn no_transaction_of_the_agencys_side_widens_ends_or_sees_through_a_protocol() {
    let site = Site::open().await;
    for (who, hat) in
        [("admin", "administrator"), ("staff", "staff"), ("director", "director"), ("partner", "partner"), ("tribe_member", "partner")]
    {
        for attempt in TRIES {
            refused(&format!("{who}: {attempt}"), site.attempt(who, hat, attempt).await);
        }
    }
    for attempt in [TRIES[3], TRIES[12]] {
        assert!(site.attempt("tribe", "partner", attempt).await.is_ok_and(|rows| rows > 0), "what a sole steward may do: {attempt}");
    }
    // With two stewards the database wants the second word as well.
    two_stewards(&site).await;
    for attempt in [TRIES[3], TRIES[4], TRIES[8], TRIES[10], TRIES[12]] {
        refused(&format!("one of two stewards: {attempt}"), site.attempt("tribe", "partner", attempt).await);
    }
}

#[tokio::test]
async fn the_administrator_tries_every_way_and_reads_no_protected_word() {
    let site = Site::open().await;
    let admin = site.visitor("admin").await;
    admin.post("/cedar-river/members/proposals", &[("body", "@tallpine"), ("name", "Agnes")]).await;
    for who in ["@tribe", "@tribe_member"] {
        admin.fill(&format!("/cedar-river/members/{who}"), "/suspension", &[("why", "On leave until spring")]).await;
    }
    let new = [("role", "analyst"), ("name", "Agnes Second"), ("email", "agnes2@example.org")];
    admin.post("/cedar-river/members", &new).await;
    for path in [OURS, ITEM, "/cedar-river/labels", "/cedar-river/label-notices"] {
        admin
            .post(path, &[("deed", "take_off"), ("protocol", "@protocol"), ("name", "Open"), ("own_people", "all")])
            .await
            .assert_not_allowed();
    }
    for path in [OURS, ITEM, "/cedar-river/protocols/@protocol", "/cedar-river/protocols/@protocol/readers"] {
        admin.get(path).await.assert_not_allowed();
    }
    admin.post(&format!("{OURS}/@protocol/ending"), &[]).await.assert_not_allowed();
    admin.post("/cedar-river/comments/@protected/readers", &[("comment_audience", "public"), ("version", "1")]).await.assert_not_allowed();
    admin.post("/cedar-river/members/@tribe/ending", &[("version", "1")]).await.assert_not_allowed();
    admin.post("/cedar-river/members/@tribe_member/mandate", &[("steward", "yes"), ("version", "3")]).await.assert_not_allowed();
    let named = [
        ("body", "@tallpine"),
        ("document", "letter"),
        ("dated", "2026-01-15"),
        ("reference", "x"),
        ("received_by", "@director"),
        ("name", "Agnes"),
        ("email", "agnes3@example.org"),
    ];
    admin.post("/cedar-river/members/first-stewards", &named).await.assert_problem("body", "Choose a body that has no steward");
    // Staff try as well: two entries joined, a co-host's duty, an audience, a hidden comment.
    let staff = site.visitor("staff").await;
    staff.post("/cedar-river/partners/@tallpine/merge", &[("other", "@stonebend"), ("keep", "@stonebend")]).await;
    staff.post("/cedar-river/comments/@protected/moderation", &[("because", "spam"), ("reason", "x")]).await.assert_not_found();
    for who in ["admin", "staff", "analyst"] {
        let visitor = site.visitor(who).await;
        for path in [ENTRY, "/cedar-river", "/cedar-river/audit", "/cedar-river/partners", "/cedar-river/trace/partner/@tallpine"] {
            let seen = visitor.glance("GET", &site.path(path)).await;
            assert!(!seen.text.contains(WORDS) && !seen.text.contains("council of elders"), "{who} at {path}");
        }
    }
    assert_eq!(site.count("protocol where id = '@protocol' and ended_at is null and own_people = 'named'").await, 1);
    assert_eq!(site.count("item_protocol where item_id = '@protected'").await, 1);
}

#[tokio::test]
async fn a_file_made_before_the_protocol_is_not_handed_out_after_it() {
    let site = Site::open().await;
    let (thomas, analyst, staff) = (site.visitor("tribe").await, site.visitor("analyst").await, site.visitor("staff").await);
    let raised = [("kind", "question"), ("words", "Who keeps the snowberry list of our homes?"), ("audience", "partnership")];
    let question = thomas.post("/cedar-river/loops", &raised).await.made();
    let export = made(&site, &analyst, &[("what", "loops"), ("format", "csv")]).await;
    let before = taken(&analyst, &export).await;
    assert!(before.contains("snowberry") && before.contains("TK Attribution (TK A) (https://localcontexts.org/label/tk-attribution/)"));
    let item = format!("/cedar-river/protected/{question}");
    thomas.post(&item, &[("deed", "put"), ("protocol", "@protocol_second")]).await.assert_flash(HOLDS);
    analyst.get(&format!("/cedar-river/loops/{question}")).await.assert_not_found();
    let refused = analyst.post(&format!("{export}/downloads"), &[]).await;
    refused.assert_goes_to(&export).assert_flash("There is no file to take any more");
    let recalls = site.count(&format!("recall where subject_id = '{question}' and taken_by = '@analyst' and state = 'open'")).await;
    assert_eq!(recalls, 1, "the copy that left is asked back");
    let after = made(&site, &analyst, &[("what", "loops"), ("format", "csv")]).await;
    assert!(!taken(&analyst, &after).await.contains("snowberry"));
    staff.get("/cedar-river/loops").await.assert_never_sees("snowberry");
    site.visitor("ruth").await.get("/cedar-river/loops").await.assert_sees("snowberry");
}

#[tokio::test]
async fn a_label_is_the_bodys_own_and_a_notice_the_agencys() {
    let site = Site::open().await;
    let (thomas, staff) = (site.visitor("tribe").await, site.visitor("staff").await);
    let question = staff.get("/cedar-river/loops/@loop_2").await;
    question.assert_sees("TK Attribution (TK A)").assert_sees("label of Tall Pine Tribe").assert_sees("Name us when you use it");
    assert!(question.attributes("main a", "href").iter().any(|link| link == "https://localcontexts.org/label/tk-attribution/"));
    thomas.get("/cedar-river/loops?state=closed").await.assert_sees("TK Attribution (TK A)");
    let entry = staff.get(ENTRY).await;
    entry.assert_sees("Open to collaborate").assert_sees("notice of the agency, not a label");
    let label = [("name", "TK Secret"), ("words", "Ask first"), ("link", "https://example.org/label")];
    staff.post("/cedar-river/labels", &label).await.assert_not_allowed();
    staff.post("/cedar-river/labels/@label/delete", &[]).await.assert_not_allowed();
    site.visitor("partner").await.post("/cedar-river/labels/@label/delete", &[]).await.assert_not_found();
    let script = [("name", "TK Secret"), ("words", "Ask first"), ("link", "javascript:alert(1)")];
    thomas.post("/cedar-river/labels", &script).await.assert_problem("link", "Enter a web address");
    thomas.post("/cedar-river/labels", &label).await.assert_flash(ALONE);
    staff.get("/cedar-river/loops/@loop_2").await.assert_sees("TK Secret");
    thomas.post("/cedar-river/labels/@label/delete", &[]).await.assert_flash(ALONE);
    staff.get("/cedar-river/loops/@loop_2").await.assert_never_sees("TK Attribution").assert_sees("TK Secret");
    staff.post("/cedar-river/label-notices/@label_notice/delete", &[]).await.assert_flash("Notice taken away");
    staff.get(ENTRY).await.assert_never_sees("Open to collaborate");
}

#[tokio::test]
async fn another_bodys_steward_keeps_nothing_of_ours() {
    let site = Site::open().await;
    let joanna = site.visitor("partner").await;
    for path in
        [ITEM, "/cedar-river/protocols/@protocol", "/cedar-river/protocols/@protocol/edit", "/cedar-river/protocols/@protocol/readers"]
    {
        joanna.get(path).await.assert_not_found();
    }
    joanna.post(ITEM, &[("deed", "take_off"), ("protocol", "@protocol")]).await.assert_not_found();
    joanna.post(&format!("{OURS}/@protocol/ending"), &[]).await.assert_not_found();
    joanna.get("/cedar-river/protocols/requests/@protocol_request").await.assert_not_found();
    joanna.get(OURS).await.assert_never_sees("council of elders").assert_never_sees("TK Attribution");
    // What the agency wrote of us is not ours to keep from it.
    let thomas = site.visitor("tribe").await;
    thomas.get("/cedar-river/protected/@tallpine").await.assert_not_found();
    thomas.get("/cedar-river/protected/@court").await.assert_not_found();
}
