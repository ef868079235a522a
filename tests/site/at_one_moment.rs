//! The same form from two windows of one person at one moment: it is done once, and neither window meets a fault.

use crate::support::{Site, standstill::Standstill};

/// Both windows send it while a row is held that its writing needs: the first stands before that row with what it has written, and the
/// second before the first. Answers what both were answered.
async fn both(site: &Site, who: &str, path: &str, fields: &[(&str, &str)], needed: &str) -> [u16; 2] {
    let (one, other) = (site.visitor(who).await, site.visitor(who).await);
    // That they are here is noted before.
    for window in [&one, &other] {
        window.get("/cedar-river").await;
    }
    let mut held = Standstill::at(site, &format!("select 1 from {needed} for update")).await;
    let (first, second, ()) = tokio::join!(one.try_post(path, fields), other.try_post(path, fields), async {
        held.until(2).await;
        held.let_go().await;
    });
    let mut statuses = [first.0.status.as_u16(), second.0.status.as_u16()];
    statuses.sort_unstable();
    statuses
}

#[tokio::test]
async fn the_same_source_joined_from_two_windows_at_one_moment_is_joined_once() {
    let site = Site::alone().await;
    let sources = "/cedar-river/themes/@theme_kin/sources";
    let offered = site.visitor("staff").await.get(sources).await.attributes("input[name='sources']", "value");
    let source = offered.first().map(String::as_str).expect("a source that this person has not joined yet");
    let own = format!("from_id = '@theme_kin' and to_id = '{source}' and by_id = '@staff'");
    let statuses = both(&site, "staff", sources, &[("sources", source)], "subject where id = '@theme_kin'").await;
    assert_eq!(statuses, [303, 422], "the second hears that it is joined");
    assert_eq!(site.count(&format!("edge where {own}")).await, 1);
    assert_eq!(site.count(&format!("coding where theme_id = '@theme_kin' and source_id = '{source}' and coder_id = '@staff'")).await, 1);

    let evidence = "/cedar-river/barriers/@barrier_open/evidence";
    let more = [("sources", "@barrier_open_more")];
    assert_eq!(both(&site, "staff", evidence, &more, "subject where id = '@barrier_open'").await, [303, 303]);
    assert_eq!(site.count("edge where from_id = '@barrier_open' and to_id = '@barrier_open_more' and kind = 'evidence'").await, 1);
}

#[tokio::test]
async fn what_is_written_once_is_written_once_by_two_windows_at_one_moment() {
    let site = Site::alone().await;
    let hidden = [("because", "identifying"), ("reason", "It names a house")];
    let moderation = "/cedar-river/comments/@comment_to_hide/moderation";
    let before = site.count("audit where action = 'hid'").await;
    assert_eq!(both(&site, "staff", moderation, &hidden, "comment where id = '@comment_to_hide'").await, [303, 422]);
    assert_eq!(site.count("audit where action = 'hid'").await, before + 1);

    let term = "/cedar-river/groups/@group_board/seats/@seat_vacant/term";
    let sits = [("who", "@parent"), ("from_on", "2032-01-01")];
    assert_eq!(both(&site, "staff", term, &sits, "group_seat where id = '@seat_vacant'").await, [303, 422]);
    assert_eq!(site.count("seat_term where seat_id = '@seat_vacant' and ended_on is null").await, 1);

    let attendance = "/cedar-river/sessions/@session_6/attendance";
    let came = [("agency", "2"), ("lived_experience", "11")];
    assert_eq!(both(&site, "staff", attendance, &came, "listening_session where id = '@session_6'").await, [303, 303]);
    assert_eq!(site.peek::<i64>("select sum(number) from attendance where session_id = '@session_6'").await, 13);

    site.force("delete from identity_reader where membership_id = '@staff'; delete from member_identity where membership_id = '@staff'")
        .await;
    let reach = [("channel", "text"), ("at", "555 0100"), ("hours", "After six"), ("version", "0")];
    assert_eq!(both(&site, "staff", "/cedar-river/me/reach", &reach, "membership where id = '@staff'").await, [303, 422]);
    assert_eq!(site.count("member_identity where membership_id = '@staff' and reach_hours = 'After six' and version = 1").await, 1);
}

#[tokio::test]
async fn of_two_merges_that_cross_at_one_moment_one_goes() {
    let site = Site::alone().await;
    let (staff, director) = (site.visitor("staff").await, site.visitor("director").await);
    for person in [&staff, &director] {
        person.get("/cedar-river").await;
    }
    let (kin, paper) = ("/cedar-river/themes/@theme_kin/merge", "/cedar-river/themes/@theme_paper/merge");
    let both = "select 1 from theme where id in ('@theme_kin', '@theme_paper') order by id for update";
    let mut held = Standstill::at(&site, both).await;
    let (there, back, ()) = tokio::join!(
        staff.try_post(kin, &[("into", "@theme_paper"), ("reason", "Being asked late is the same first week")]),
        director.try_post(paper, &[("into", "@theme_kin"), ("reason", "The paper is what kin wait for")]),
        async {
            held.until(2).await;
            held.let_go().await;
        }
    );
    let mut statuses = [there.0.status.as_u16(), back.0.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 422], "the second hears that one was merged");
    assert_eq!(site.count("theme where id in ('@theme_kin', '@theme_paper') and merged_into is null").await, 1, "one name leads on");
}

#[tokio::test]
async fn the_quarters_question_asked_from_two_windows_at_one_moment_is_one_round() {
    let site = Site::alone().await;
    site.force("update trust_round set state = 'withheld' where session_id is null and state = 'open'").await;
    let (rounds, asked) =
        ("trust_round where session_id is null and state = 'open'", "audit where action = 'asked' and kind = 'question about trust'");
    let before = site.count(asked).await;
    let statuses = both(&site, "staff", "/cedar-river/trust/rounds", &[("session", "")], "trust_wording").await;
    assert_eq!(statuses, [303, 303], "the second gets the first’s");
    assert_eq!((site.count(rounds).await, site.count(asked).await), (1, before + 1));
    let of = "trust_asked q join trust_round r on r.id = q.round_id and r.session_id is null and r.state = 'open'";
    assert_eq!(
        site.count(&format!("(select distinct q.membership_id from {of}) people")).await,
        site.count(of).await,
        "each is asked once"
    );
    // Whoever asks it later is shown the same round.
    let round: String = site.peek(&format!("select id::text from {rounds}")).await;
    let again = site.visitor("director").await.post("/cedar-river/trust/rounds", &[("session", "")]).await;
    again.assert_goes_to(&format!("/cedar-river/trust/rounds/{round}")).assert_flash("Somebody asked it already: this is the round");
    assert_eq!(site.count(asked).await, before + 1);
    let refused = site.attempt(
        "staff",
        "staff",
        "insert into trust_round (agency_id, id, opened_on, closes_on, wording, created_at) \
        select agency_id, gen_random_uuid(), opened_on, closes_on, wording, created_at from trust_round where session_id is null limit 1",
    );
    assert!(refused.await.is_err(), "the database keeps one open");
}

#[tokio::test]
async fn how_long_consent_holds_is_kept_by_one_of_two_at_one_moment() {
    let site = Site::alone().await;
    let path = "/cedar-river/settings/consent";
    let version = site.visitor("admin").await.get(path).await.field("version");
    let terms = [("quoted", "7"), ("exported", "7"), ("version", version.as_str())];
    let kept = "consent_term where agency_id = (select id from agency where slug = 'cedar-river')";
    assert_eq!(both(&site, "admin", path, &terms, kept).await, [303, 422], "the second sees what the first kept");
    assert_eq!(site.count("audit where action = 'set how long consent holds' and detail like '%quoted: 7 months%'").await, 1);
}
