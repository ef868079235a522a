//! A legal hold takes two people, to be confirmed and to be ended. It keeps from the moment it is set; whoever is alone lets nothing go.

use crate::support::{Site, Visitor, refused};
use http::StatusCode;

const HOLDS: &str = "/cedar-river/retention/holds";
/// Nobody was told anything yet.
const QUIET: &str = "delete from told_by_hand; delete from notice";
const STATEMENT: &str = "/cedar-river/statements/@chosen_statement";

async fn set(visitor: &Visitor, scope: &str, record: &str) -> String {
    let fields = [
        ("scope", scope),
        ("record", record),
        ("reason", "A lawsuit over Elm"),
        ("authority", "Superior Court 27-9"),
        ("from", "2027-01-04"),
    ];
    let set = visitor.post(HOLDS, &fields).await;
    set.assert_goes_to("/cedar-river/retention/holds/*");
    set.location
}

/// One person with the hats of director and administrator.
async fn both_hats(site: &Site) -> Visitor {
    site.force("update membership set account_id = null where id = '@director'; update membership d set account_id = a.account_id from membership a where d.id = '@director' and a.id = '@admin'").await;
    site.visitor("admin").await
}

#[tokio::test]
async fn a_hold_is_confirmed_by_somebody_else_and_holds_meanwhile() {
    let site = Site::open().await;
    let (admin, director) = (site.visitor("admin").await, site.visitor("director").await);
    let hold = set(&admin, "everything", "").await;
    admin.get(&hold).await.assert_sees("Another director or administrator confirms it").assert_never_sees("Confirm the hold");
    let alone = admin.post(&format!("{hold}/confirmation"), &[("version", "1")]).await;
    alone.assert_problem("", "Somebody other than the one who set it confirms it");
    // Not confirmed yet, it keeps.
    site.visitor("partner").await.post(&format!("{STATEMENT}/withdrawal"), &[]).await;
    assert_eq!(site.count("sealed_text").await, 1);
    director.fill(&hold, "/confirmation", &[]).await.assert_goes_to(&hold).assert_flash("The hold is confirmed");
    director.get(&hold).await.assert_sees("Confirmed");
    director.post(&format!("{hold}/confirmation"), &[("version", "2")]).await.assert_problem("", "This hold was confirmed already");
    for who in ["staff", "tribe", "analyst"] {
        site.visitor(who).await.post(&format!("{hold}/confirmation"), &[("version", "1")]).await.assert_not_allowed();
    }
}

#[tokio::test]
async fn a_hold_ends_by_two_and_goes_on_until_then() {
    let site = Site::open().await;
    let (admin, director) = (site.visitor("admin").await, site.visitor("director").await);
    let hold = set(&admin, "everything", "").await;
    site.visitor("partner").await.post(&format!("{STATEMENT}/withdrawal"), &[]).await;
    let early = director.post(&format!("{hold}/lifting/decision"), &[("decision", "end"), ("version", "1")]).await;
    early.assert_problem("", "Nobody proposes that this hold ends");
    director.fill(&hold, "/lifting", &[("because", "The case is closed")]).await.assert_goes_to(&hold);
    assert_eq!(site.count("sealed_text").await, 1, "a proposal lets nothing go");
    let own = director.post(&format!("{hold}/lifting/decision"), &[("decision", "end"), ("version", "2")]).await;
    own.assert_problem("", "Two people let a hold end");
    director.fill(&hold, "/lifting/decision", &[("decision", "keep")]).await.assert_flash("The hold goes on");
    director.fill(&hold, "/lifting", &[("because", "Counsel agrees")]).await.assert_goes_to(&hold);
    admin.fill(&hold, "/lifting/decision", &[("decision", "end")]).await.assert_goes_to(&hold);
    assert_eq!(site.count("sealed_text").await, 0);
    admin.get(&hold).await.assert_sees("Ended").assert_sees("Counsel agrees");
}

#[tokio::test]
async fn the_same_person_under_another_hat_is_no_second_person() {
    let site = Site::open().await;
    let both = both_hats(&site).await;
    both.post("/hats", &[("membership", "@admin")]).await;
    let hold = set(&both, "everything", "").await;
    both.fill(&hold, "/lifting", &[("because", "x")]).await.assert_goes_to(&hold);
    both.post("/hats", &[("membership", "@director")]).await;
    let confirmed = both.post(&format!("{hold}/confirmation"), &[("version", "2")]).await;
    confirmed.assert_problem("", "Somebody other than the one who set it");
    let ended = both.post(&format!("{hold}/lifting/decision"), &[("decision", "end"), ("version", "2")]).await;
    ended.assert_problem("", "Two people let a hold end");
    assert_eq!(site.count("legal_hold where lifted_at is not null or confirmed_at is not null").await, 0);
}

#[tokio::test]
async fn past_every_page_nobody_ends_or_confirms_a_hold_alone() {
    let site = Site::open().await;
    set(&site.visitor("admin").await, "everything", "").await;
    let theirs = "where set_by = '@admin' and scope = 'everything'";
    for (who, hat, attempt) in [
        ("admin", "administrator", "update legal_hold set confirmed_by = current_membership(), confirmed_at = now()"),
        ("admin", "administrator", "update legal_hold set lifted_by = current_membership(), lifted_at = now()"),
        ("director", "director", "update legal_hold set lifted_by = current_membership(), lifted_at = now()"),
        (
            "director",
            "director",
            "update legal_hold set lifted_by = current_membership(), lifted_at = now(), end_by = current_membership(), end_at = now()",
        ),
        ("director", "director", "update legal_hold set end_by = '@admin', end_at = now()"),
        ("director", "director", "update legal_hold set scope = 'record', subject_id = '@court'"),
        // What a director may write, and with it something else.
        (
            "director",
            "director",
            "update legal_hold set end_by = current_membership(), end_at = now(), scope = 'record', subject_id = '@court'",
        ),
        ("director", "director", "update legal_hold set end_by = current_membership(), end_at = now(), authority = 'Nobody'"),
        ("director", "director", "update legal_hold set end_by = current_membership(), end_at = now(), set_by = '@analyst'"),
        ("staff", "staff", "update legal_hold set end_by = current_membership(), end_at = now()"),
        ("tribe", "partner", "update legal_hold set end_by = current_membership(), end_at = now()"),
    ] {
        let done = site.attempt(who, hat, &format!("{attempt} {theirs}")).await;
        assert!(!matches!(done, Ok(rows) if rows > 0), "{who}: {attempt}");
    }
    let proposed = format!("update legal_hold set end_by = current_membership(), end_at = now() {theirs}");
    assert_eq!(site.attempt("director", "director", &proposed).await.unwrap(), 1, "what a director may do");
    let another = "insert into legal_hold (id, scope, reason, authority, from_on, set_by, set_at) \
        values (gen_random_uuid(), 'everything', 'x', 'x', '2027-01-04', current_membership(), now())";
    for (who, hat) in [("staff", "staff"), ("analyst", "analyst"), ("tribe", "partner"), ("parent", "partner")] {
        refused(who, site.attempt(who, hat, another).await);
    }
    assert_eq!(site.attempt("admin", "administrator", another).await.unwrap(), 1, "what an administrator may do");
}

#[tokio::test]
async fn those_whose_words_are_held_hear_it_and_not_why() {
    let site = Site::open().await;
    site.force(QUIET).await;
    let session: String = site.peek("select session_id::text from statement where id = '@chosen_statement'").await;
    set(&site.visitor("admin").await, "matter", &format!("/cedar-river/sessions/{session}")).await;
    let held = "notice where kind = 'words_held'";
    assert_eq!(site.count(&format!("{held} and membership_id = '@partner' and said like 'Something that you contributed%'")).await, 1);
    assert_eq!(site.count(&format!("{held} and (said ilike '%Elm%' or said like '%27-9%' or path like '%/retention/%')")).await, 0);
    // Those who answer for holds hear of it, and nobody else.
    assert_eq!(site.count("notice where kind = 'legal_hold' and membership_id = '@director'").await, 1);
    assert_eq!(
        site.count("notice where kind = 'legal_hold' and membership_id in ('@staff', '@analyst', '@tribe', '@parent', '@partner')").await,
        0
    );
    let stewards = "select count(*) from notice n join membership m on m.id = n.membership_id where n.said like 'Words that your people%' and not m.steward";
    assert_eq!(site.peek::<i64>(stewards).await, 0);
    set(&site.visitor("admin").await, "everything", "").await;
    assert!(site.count(&format!("{held} and membership_id = '@tribe' and said like 'Words that your people%'")).await > 0);
    site.visitor("tribe").await.get("/cedar-river/notices").await.assert_sees("lie under a legal hold").assert_never_sees("Superior Court");
}

/// The only director set it: without the administrator nobody could confirm it, nor let it end.
#[tokio::test]
async fn a_hold_on_a_question_for_directors_is_confirmed_and_ended_by_an_administrator_who_reads_nothing_of_it() {
    let site = Site::open().await;
    site.force(QUIET).await;
    site.force("update subject set audience = 'leadership', protocols = null where id = '@loop_answered'").await;
    let (director, admin) = (site.visitor("director").await, site.visitor("admin").await);
    let hold = set(&director, "record", "@loop_answered").await;
    let unread = "notice where kind = 'legal_hold' and membership_id = '@admin' and read_at is null";
    assert_eq!(site.count(unread).await, 1);
    let number = hold[hold.len() - 4..].to_uppercase();
    let listed = admin.get(HOLDS).await;
    listed.assert_sees(&format!("Legal hold {number}")).assert_sees("to be confirmed").assert_never_sees("27-9");
    admin.fill(&hold, "/confirmation", &[]).await.assert_goes_to(HOLDS);
    assert_eq!(site.count(unread).await, 0, "what was dealt with waits no more");
    let listed = admin.get(HOLDS).await.select("section[aria-labelledby=unseen] li");
    assert!(listed.iter().any(|one| one.contains(&number) && one.contains("in force") && !one.contains("confirmed")), "{listed:?}");
    director.fill(&hold, "/lifting", &[("because", "The audit is over")]).await.assert_goes_to(&hold);
    let page = admin.get(&hold).await;
    page.assert_sees("May the hold end?").assert_never_sees("The audit is over").assert_never_sees("A lawsuit over Elm");
    admin.get(HOLDS).await.assert_sees("proposed to end");
    for who in ["staff", "tribe"] {
        site.visitor(who)
            .await
            .post(&format!("{hold}/lifting/decision"), &[("decision", "end"), ("version", "3")])
            .await
            .assert_not_allowed();
    }
    admin
        .fill(&hold, "/lifting/decision", &[("decision", "end")])
        .await
        .assert_goes_to(HOLDS)
        .assert_flash("The hold has ended. What was sealed under it alone is destroyed");
    assert_eq!(site.count("legal_hold where end_by = '@director' and lifted_by = '@admin'").await, 1);
    let names: String = site.peek("select name from membership where id = '@director'").await;
    director.get(&hold).await.assert_sees(&format!("Proposed by {names}: The audit is over; ended by"));
}

#[tokio::test]
async fn whoever_proposed_an_end_takes_it_back_with_one_button_and_the_hold_waits_on_a_directors_first_page() {
    let site = Site::open().await;
    let (admin, director) = (site.visitor("admin").await, site.visitor("director").await);
    let hold = set(&admin, "everything", "").await;
    let number = format!("Legal hold {}", hold[hold.len() - 4..].to_uppercase());
    director.get("/cedar-river").await.assert_sees(&number);
    admin.fill(&hold, "/lifting", &[("because", "The audit is over")]).await.assert_goes_to(&hold);
    admin.get(&hold).await.assert_sees("Take the proposal back").assert_never_sees("Confirm the hold");
    director.get(&hold).await.assert_never_sees("Take the proposal back");
    admin.fill(&hold, "/lifting/decision", &[]).await.assert_flash("The hold goes on");
    director.fill(&hold, "/confirmation", &[]).await.assert_flash("The hold is confirmed");
    let home = director.get("/cedar-river").await;
    assert!(!home.select(".wait strong, .wait a").join(" ").contains(&number), "done, it waits no more");
}

#[tokio::test]
async fn another_agency_finds_no_hold_to_confirm() {
    let site = Site::open().await;
    let hold = set(&site.visitor("admin").await, "everything", "").await;
    site.visitor("harbor").await.post(&format!("{hold}/confirmation"), &[("version", "1")]).await.assert_not_found();
}

#[tokio::test]
async fn what_somebody_proposed_who_serves_no_more_ends_no_hold() {
    let site = Site::open().await;
    let (admin, director) = (site.visitor("admin").await, site.visitor("director").await);
    let hold = set(&admin, "everything", "").await;
    director.fill(&hold, "/lifting", &[("because", "The case is closed")]).await.assert_goes_to(&hold);
    let end = "update legal_hold set lifted_by = current_membership(), lifted_at = now() where scope = 'everything' and set_by = '@admin'";
    assert_eq!(site.attempt("admin", "administrator", end).await.unwrap(), 1, "what the second person may do");
    for (gone, back) in
        [("state = 'suspended', suspended_by = 'agency'", "state = 'active', suspended_by = null"), ("role = 'staff'", "role = 'director'")]
    {
        site.force(&format!("update membership set {gone} where id = '@director'")).await;
        refused(gone, site.attempt("admin", "administrator", end).await);
        let decided = admin.post(&format!("{hold}/lifting/decision"), &[("decision", "end"), ("version", "2")]).await;
        decided.assert_problem("", "Nobody proposes that this hold ends");
        admin.get(&hold).await.assert_sees("Propose to end the hold").assert_never_sees("The case is closed");
        site.force(&format!("update membership set {back} where id = '@director'")).await;
    }
    admin.get(&hold).await.assert_sees("May the hold end?");
    site.force("update membership set state = 'suspended', suspended_by = 'agency' where id = '@director'").await;
    admin.fill(&hold, "/lifting", &[("because", "Counsel says so")]).await.assert_goes_to(&hold);
    assert_eq!(site.count("legal_hold where end_by = '@admin' and lifted_because = 'Counsel says so' and lifted_at is null").await, 1);
}

#[tokio::test]
async fn a_hold_on_what_only_its_author_reads_is_confirmed_by_somebody_who_learns_nothing_of_it() {
    let site = Site::open().await;
    site.force(QUIET).await;
    site.force("update subject set audience = 'author', author_id = '@director', protocols = null where id = '@loop_answered'").await;
    let (director, admin) = (site.visitor("director").await, site.visitor("admin").await);
    let hold = set(&director, "record", "@loop_answered").await;
    let told = "notice where kind = 'legal_hold' and said like 'Legal hold % was set.%'";
    assert_eq!(site.count(&format!("{told} and membership_id = '@admin'")).await, 1);
    assert_eq!(site.count(&format!("{told} and membership_id in ('@director', '@staff', '@analyst', '@tribe', '@parent')")).await, 0);
    let title: String = site.peek("select title from subject where id = '@loop_answered'").await;
    let page = admin.get(&hold).await;
    page.assert_sees("Legal hold")
        .assert_sees("It keeps something that you may not see")
        .assert_never_sees(&title)
        .assert_never_sees("A lawsuit over Elm")
        .assert_never_sees("27-9");
    admin.get(HOLDS).await.assert_never_sees("27-9");
    for who in ["staff", "analyst", "tribe", "parent"] {
        site.visitor(who).await.get(&hold).await.assert_not_allowed();
    }
    let past = "update legal_hold set end_by = current_membership(), end_at = now() where scope = 'record' and set_by = '@director'";
    assert_eq!(site.attempt("admin", "administrator", past).await.unwrap(), 0, "row security shows them nothing of it");
    director.post(&format!("{hold}/confirmation"), &[("version", "1")]).await.assert_problem("", "Somebody other than the one who set it");
    admin.post(&format!("{hold}/confirmation"), &[("version", "7")]).await.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    admin.fill(&hold, "/confirmation", &[]).await.assert_goes_to(HOLDS).assert_flash("The hold is confirmed");
    assert_eq!(site.count("legal_hold where set_by = '@director' and confirmed_by = '@admin'").await, 1);
    let page = admin.get(&hold).await;
    page.assert_sees("It keeps something that you may not see").assert_never_sees("Confirm the hold").assert_never_sees(&title);
    director.get(&hold).await.assert_sees("Confirmed").assert_sees("A lawsuit over Elm");
}

/// Whoever set it may be away, or gone: then the two who answer for holds see nothing of what it keeps, and end it.
#[tokio::test]
async fn a_hold_on_what_a_director_alone_reads_is_ended_by_two_others_who_learn_nothing_of_it() {
    let site = Site::open().await;
    site.force("update subject set audience = 'author', author_id = '@director', protocols = null where id = '@loop_answered'").await;
    let (director, admin) = (site.visitor("director").await, site.visitor("admin").await);
    let hold = set(&director, "record", "@loop_answered").await;
    admin.fill(&hold, "/confirmation", &[]).await.assert_goes_to(HOLDS);
    let title: String = site.peek("select title from subject where id = '@loop_answered'").await;
    // The analyst is a director from now on, and was told nothing of it.
    site.force("update membership set role = 'director' where id = '@analyst'").await;
    let priya = site.visitor("analyst").await;
    let number = format!("Legal hold {}", hold[hold.len() - 4..].to_uppercase());
    for visitor in [&admin, &priya] {
        visitor.get(HOLDS).await.assert_sees(&number).assert_never_sees("27-9").assert_never_sees(&title);
    }
    admin.fill(&hold, "/lifting", &[("because", "")]).await.assert_problem("because", "Enter why the hold ends");
    let proposed = admin.fill(&hold, "/lifting", &[("because", "The county settled")]).await;
    proposed.assert_goes_to(&hold).assert_flash("Proposed. The hold goes on until somebody else lets it end");
    // Not by the same person again; it is taken back with a button, and proposed anew.
    let own = admin.post(&format!("{hold}/lifting/decision"), &[("decision", "end"), ("version", "3")]).await;
    own.assert_problem("", "Two people let a hold end");
    admin.post(&format!("{hold}/lifting"), &[("because", "Again"), ("version", "3")]).await.assert_problem("", "It was proposed already");
    admin.get(&hold).await.assert_sees("Take the proposal back");
    admin.fill(&hold, "/lifting/decision", &[]).await.assert_flash("The hold goes on");
    admin.fill(&hold, "/lifting", &[("because", "The county settled")]).await.assert_goes_to(&hold);
    for who in ["staff", "facilitator", "tribe", "parent"] {
        let body = [("decision", "end"), ("version", "5")];
        site.visitor(who).await.post(&format!("{hold}/lifting/decision"), &body).await.assert_not_allowed();
    }
    site.visitor("harbor")
        .await
        .post(&format!("{hold}/lifting/decision"), &[("decision", "end"), ("version", "5")])
        .await
        .assert_not_found();
    assert_eq!(site.count("legal_hold where lifted_at is not null").await, 0);
    priya.get(&hold).await.assert_sees("May the hold end?").assert_never_sees(&title).assert_never_sees("The county settled");
    priya.fill(&hold, "/lifting/decision", &[("decision", "end")]).await.assert_goes_to(HOLDS);
    assert_eq!(site.count("legal_hold where end_by = '@admin' and lifted_by = '@analyst'").await, 1);
    priya.get(&hold).await.assert_not_found();
    director.get(&hold).await.assert_sees("Ended").assert_sees("The county settled");
}

/// Two administrators are not enough, whatever they may see of it.
#[tokio::test]
async fn one_of_the_two_who_end_a_hold_unseen_is_a_director() {
    let site = Site::open().await;
    site.force("update subject set audience = 'author', author_id = '@director', protocols = null where id = '@loop_answered'").await;
    let hold = set(&site.visitor("director").await, "record", "@loop_answered").await;
    let admin = site.visitor("admin").await;
    admin.fill(&hold, "/lifting", &[("because", "The county settled")]).await.assert_goes_to(&hold);
    site.force("update membership set role = 'administrator' where id = '@analyst'").await;
    let priya = site.visitor("analyst").await;
    priya.get(&hold).await.assert_sees("Keep the hold").assert_never_sees("What becomes of it?");
    let ended = priya.post(&format!("{hold}/lifting/decision"), &[("decision", "end"), ("version", "2")]).await;
    ended.assert_problem("", "Two people let a hold end, and one of them is a director");
    assert_eq!(site.count("legal_hold where lifted_at is not null").await, 0);
}

#[tokio::test]
async fn what_is_taken_off_a_held_promise_is_sealed_and_goes_when_the_hold_ends() {
    let site = Site::open().await;
    let (staff, admin, director) = (site.visitor("staff").await, site.visitor("admin").await, site.visitor("director").await);
    let promise = "/cedar-river/commitments/@commitment_open";
    let chapter = ("file", "chapter.pdf", b"%PDF-1.4 first chapter".as_slice());
    staff.upload(&format!("{promise}/evidence"), &[], chapter).await.assert_flash("File attached");
    let id: String = site.peek("select id::text from evidence where commitment_id = '@commitment_open'").await;
    let hold = set(&admin, "everything", "").await;
    let file = format!("/cedar-river/commitments/evidence/{id}");
    staff.fill(&format!("{file}/delete"), "/delete", &[]).await.assert_flash("File taken off");
    for who in [&staff, &admin, &director] {
        who.get(&file).await.assert_not_found();
    }
    staff.get(promise).await.assert_sees("a file taken off");
    let hidden = "select 1 from file where name = 'chapter.pdf'";
    assert_eq!(site.attempt("staff", "staff", hidden).await.unwrap(), 0, "not even whoever attached it");
    let kept = format!("file_chunk c join evidence e on e.file_id = c.file_id where e.id = '{id}' and e.off_at is not null");
    assert_eq!(site.count(&kept).await, 1, "what is held stays");
    director.fill(&hold, "/lifting", &[("because", "The case is closed")]).await.assert_goes_to(&hold);
    admin.fill(&hold, "/lifting/decision", &[("decision", "end")]).await.assert_goes_to(&hold);
    assert_eq!(site.count("file where name = 'chapter.pdf'").await, 0);
    assert_eq!(site.count(&format!("evidence where id = '{id}'")).await, 0);
}

#[tokio::test]
async fn only_those_who_answer_for_holds_are_told_of_one_that_they_may_not_see() {
    let site = Site::open().await;
    site.force("update subject set audience = 'leadership', protocols = null where id = '@loop_answered'").await;
    set(&site.visitor("director").await, "record", "@loop_answered").await;
    let unseen = "select 1 from unseen_holds(null, array(select id from legal_hold where lifted_at is null and subject_id is not null))";
    assert_eq!(site.attempt("admin", "administrator", unseen).await.unwrap(), 1, "who answers for it and does not see it");
    assert_eq!(site.attempt("director", "director", unseen).await.unwrap(), 0, "who sees it");
    for (who, hat) in [("staff", "staff"), ("analyst", "analyst"), ("partner", "partner"), ("tribe", "partner"), ("parent", "partner")] {
        assert_eq!(site.attempt(who, hat, unseen).await.unwrap(), 0, "{who}");
    }
    // What comes of it says neither why nor on what.
    for column in ["reason", "authority", "subject_id"] {
        let asked = format!("select {column} from unseen_holds(null, '{{}}')");
        assert!(site.attempt("admin", "administrator", &asked).await.is_err(), "{column}");
    }
}
