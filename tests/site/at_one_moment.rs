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
