//! Revocation acts at the very next request: a thousand times, of ten kinds, while others go on reading. Each round takes something
//! away in the database, as the forms do, and asks at once.

use crate::support::{Site, Visitor};
use chrono::Duration;
use http::StatusCode;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// What is taken away, and how it is given back for the next round.
struct Right {
    what: &'static str,
    who: &'static str,
    page: &'static str,
    taken: &'static str,
    given: &'static str,
}

const RIGHTS: &[Right] = &[
    Right {
        what: "a membership ends",
        who: "staff",
        page: "/cedar-river/partners/@court",
        taken: "update membership set state = 'ended', ended_at = now() where id = '@staff'",
        given: "update membership set state = 'active', ended_at = null where id = '@staff'",
    },
    Right {
        what: "a membership is suspended",
        who: "facilitator",
        page: "/cedar-river/partners/@court",
        taken: "update membership set state = 'suspended', suspended_by = 'agency' where id = '@facilitator'",
        given: "update membership set state = 'active', suspended_by = null where id = '@facilitator'",
    },
    Right {
        what: "a role changes",
        who: "analyst",
        page: "/cedar-river/reports/exports/new",
        taken: "update membership set role = 'administrator' where id = '@analyst'",
        given: "update membership set role = 'analyst' where id = '@analyst'",
    },
    Right {
        what: "somebody is no steward any more",
        who: "tribe",
        page: "/cedar-river/desk/narrowing",
        taken: "update membership set steward = false where id = '@tribe'",
        given: "update membership set steward = true where id = '@tribe'",
    },
    Right {
        what: "a sign-in ends",
        who: "parent",
        page: "/cedar-river/partners/@court",
        taken: "update session set ended_at = now() where account_id = (select account_id from membership where id = '@parent')",
        given: "update session set ended_at = null where account_id = (select account_id from membership where id = '@parent')",
    },
    Right {
        what: "an administrator ends a sign-in’s way in",
        who: "analyst",
        page: "/cedar-river/partners/@court",
        taken: "update own_sign_in set ended_at = now(), ended_by = '@admin' where membership_id = '@analyst'",
        given: "update own_sign_in set ended_at = null, ended_by = null where membership_id = '@analyst'",
    },
    Right {
        what: "words are read by fewer",
        who: "director",
        page: "/cedar-river/statements/@tribe_statement",
        taken: "update subject set audience = 'body' where id = '@tribe_statement'",
        given: "update subject set audience = 'leadership' where id = '@tribe_statement'",
    },
    Right {
        what: "a lent duty ends",
        who: "facilitator",
        page: "/cedar-river/loops/@loop_in_review",
        taken: "update delegation set ended_at = now() where duty = 'answers' and lent_to = '@facilitator'",
        given: "update delegation set ended_at = null where duty = 'answers' and lent_to = '@facilitator'",
    },
    Right {
        what: "a reader of a protocol is removed",
        who: "director",
        page: "/cedar-river/loops/@loop_2",
        taken: "delete from protocol_reader where protocol_id = '01890000-0000-7000-8000-0000000000aa'",
        given: "insert into protocol_reader (agency_id, id, protocol_id, body_id, membership_id, added_by, created_at)
                select agency_id, gen_random_uuid(), id, body_id, '@director', made_by, created_at from protocol where id = '01890000-0000-7000-8000-0000000000aa'",
    },
    Right {
        what: "an emergency opening ends",
        who: "admin",
        page: "/cedar-river/emergency-openings/@opening/record",
        taken: "update emergency_opening set ended_at = now() where id = '@opening'",
        given: "update emergency_opening set ended_at = null where id = '@opening'",
    },
];

const ROUNDS: usize = 112;

/// Whether the page shows what the right opens. A lent duty shows by its form.
async fn has(visitor: &Visitor, right: &Right) -> bool {
    let page = visitor.glance("GET", right.page).await;
    page.status == StatusCode::OK && (right.what != "a lent duty ends" || page.text.contains("/review\""))
}

#[tokio::test]
async fn what_is_taken_away_is_gone_at_the_next_request_a_thousand_times() {
    let site = Site::open().await;
    site.force(
        "update subject set audience = 'leadership', author_id = null where id = '@tribe_statement';
         update loop set answered_by = '@staff', state = 'review' where id = '@loop_in_review';
         insert into protocol (agency_id, id, body_id, name, own_people, made_by, created_at)
         select agency_id, '01890000-0000-7000-8000-0000000000aa', '@tallpine', 'Council first', 'named', '@tribe', created_at from membership where id = '@tribe';
         insert into protected_item (agency_id, item_id, subject_id, body_id) select agency_id, id, id, '@tallpine' from subject where id = '@loop_2';
         insert into item_protocol (agency_id, item_id, protocol_id, put_by, created_at)
         select agency_id, id, '01890000-0000-7000-8000-0000000000aa', '@tribe', created_at from subject where id = '@loop_2';
         update subject set protocols = 1 where id = '@loop_2';
         insert into protocol_reader (agency_id, id, protocol_id, body_id, membership_id, added_by, created_at)
         select agency_id, gen_random_uuid(), id, body_id, '@director', made_by, created_at from protocol where id = '01890000-0000-7000-8000-0000000000aa';
         insert into delegation (agency_id, id, duty, lent_by, lent_to, reason, until, created_at)
         select agency_id, gen_random_uuid(), 'answers', '@director', id, '', '2029-01-01', created_at from membership where id = '@facilitator'",
    )
    .await;
    let (over, reading) = (AtomicBool::new(false), AtomicUsize::new(0));
    let reader = site.visitor("partner").await;
    // Others go on reading meanwhile, and are never turned away.
    let readers = async {
        while !over.load(Ordering::Relaxed) {
            assert_eq!(reader.glance("GET", "/cedar-river/partners/@kinship").await.status, StatusCode::OK);
            reading.fetch_add(1, Ordering::Relaxed);
        }
    };
    let revoked = async {
        let mut refused = 0;
        for right in RIGHTS {
            let visitor = site.visitor(right.who).await;
            for round in 0..ROUNDS {
                assert!(has(&visitor, right).await, "{}: round {round} begins without it", right.what);
                site.force(right.taken).await;
                assert!(!has(&visitor, right).await, "{}: round {round} still has it", right.what);
                refused += 1;
                site.force(right.given).await;
            }
        }
        over.store(true, Ordering::Relaxed);
        refused
    };
    let (refused, ()) = tokio::join!(revoked, readers);
    assert!(refused >= 1000, "only {refused}");
    assert!(reading.load(Ordering::Relaxed) > 100, "nobody read meanwhile");
}

/// Whatever was forgotten when it was closed.
#[tokio::test]
async fn a_closed_account_is_out_at_the_next_request_though_its_sign_in_stands() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    staff.get("/cedar-river").await.assert_status(StatusCode::OK);
    site.force("update account set closed_at = now() where id = (select account_id from membership where id = '@staff')").await;
    assert!(
        site.count("session where ended_at is null and account_id = (select account_id from membership where id = '@staff')").await > 0
    );
    staff.get("/cedar-river").await.assert_sent_to_sign_in();
}

/// Consent that is withdrawn through the site's own form takes the words from the next request of everybody.
#[tokio::test]
async fn words_taken_back_are_gone_for_every_reader_at_once() {
    let site = Site::open().await;
    let (director, staff, tribe) = (site.visitor("director").await, site.visitor("staff").await, site.visitor("tribe").await);
    site.force("update subject set audience = 'agency' where id = '@tribe_statement'").await;
    let said: String = site.peek("select words from statement where id = '@tribe_statement'").await;
    let page = "/cedar-river/statements/@tribe_statement";
    for reader in [&director, &staff] {
        reader.get(page).await.assert_sees(&said[..30]);
    }
    tribe
        .post("/cedar-river/desk/withdrawal", &[("record", "@tribe_statement"), ("sure", "yes")])
        .await
        .assert_status(StatusCode::SEE_OTHER);
    for reader in [&director, &staff, &tribe] {
        reader.get(page).await.assert_never_sees(&said[..30]);
    }
    // What ends by itself ends without anybody's doing.
    site.clock.advance(Duration::days(1));
    site.visitor("director").await.get(page).await.assert_never_sees(&said[..30]);
}
