//! Groups: who sits there, for how long and on whose mandate; what a body alone may say, and what nobody learns.

use crate::support::{Site, refused};

const BOARD: &str = "/cedar-river/groups/@group_board";

#[tokio::test]
async fn a_board_shows_its_seats_its_chairs_and_what_is_vacant() {
    let site = Site::open().await;
    let shown = site.visitor("partner").await.get(BOARD).await;
    shown.assert_page("Shared table of Cedar River");
    shown.assert_sees("Rosalind Achterberg").assert_sees("Thomas Greywater, for Tall Pine Tribe");
    shown.assert_sees("Mandate: Tribal council, by vote at its winter session").assert_sees("1 vacant").assert_sees("Version 2");
    shown.assert_sees("It reports to Partnership leadership team");
}

#[tokio::test]
async fn a_community_member_is_called_so_by_all_who_were_not_told_their_name() {
    let site = Site::open().await;
    for who in ["tribe", "partner", "admin", "analyst", "director"] {
        let shown = site.visitor(who).await.get(BOARD).await;
        shown.assert_never_sees("Dana Whitlock").assert_sees("community member");
    }
    site.visitor("parent").await.get(BOARD).await.assert_sees("Dana Whitlock");
}

#[tokio::test]
async fn the_list_finds_vacant_seats_and_the_groups_of_ones_own() {
    let site = Site::open().await;
    let tribe = site.visitor("tribe").await;
    tribe.get("/cedar-river/groups?seats=vacant").await.assert_sees("Shared table of Cedar River").assert_never_sees("Kin first");
    let mine = tribe.get("/cedar-river/groups?seats=mine").await;
    mine.assert_sees("Partnership leadership team").assert_never_sees("Kin first: implementation team");
}

#[tokio::test]
async fn a_seat_is_given_once_and_is_vacant_when_the_agency_says_so() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let term = format!("{BOARD}/seats/@seat_vacant/term");
    staff.post(&term, &[("who", "@kinship"), ("from_on", "2032-01-01")]).await.assert_problem("who", "Choose who has the seat");
    let backwards = [("who", "@parent"), ("from_on", "2032-01-02"), ("until_on", "2032-01-01")];
    staff.post(&term, &backwards).await.assert_problem("until_on", "Enter a day that is not before");
    staff.post(&term, &[("who", "@parent"), ("from_on", "2032-01-01")]).await.assert_goes_to(BOARD);
    staff.post(&term, &[("who", "@parent"), ("from_on", "2032-01-01")]).await.assert_problem("who", "Say first that the seat is vacant");
    staff.post(&format!("{BOARD}/seats/@seat_vacant/vacancy"), &[]).await.assert_goes_to(BOARD);
    staff.get(BOARD).await.assert_sees("1 vacant").assert_sees("Who sat here before");
}

#[tokio::test]
async fn a_seat_is_vacant_when_whoever_sat_there_has_left() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    site.force("update membership set state = 'ended' where id in ('@parent', '@tribe')").await;
    let board = staff.get(BOARD).await;
    board
        .assert_sees("2 vacant")
        .assert_sees("Tall Pine Tribe has not said yet who sits for it")
        .assert_never_sees("Thomas Greywater, for");
    staff.get("/cedar-river/groups").await.assert_sees("2 vacant");
    site.force("update membership set state = 'active' where id = '@parent'").await;
    staff.get(BOARD).await.assert_sees("1 vacant");
}

#[tokio::test]
async fn a_tribes_seat_takes_a_tribe() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    staff.post(&format!("{BOARD}/seats/@seat_tallpine/vacancy"), &[]).await.assert_goes_to(BOARD);
    let term = format!("{BOARD}/seats/@seat_tallpine/term");
    staff.post(&term, &[("who", "@kinship"), ("from_on", "2032-01-01")]).await.assert_problem("who", "Choose a Tribal government");
}

#[tokio::test]
async fn nobody_of_the_agency_says_who_sits_for_a_body() {
    let site = Site::open().await;
    let path = format!("{BOARD}/seats/@seat_tallpine/sitter");
    for who in ["staff", "director", "admin"] {
        site.visitor(who).await.post(&path, &[("member", "@tribe"), ("mandate", "Ours")]).await.assert_not_allowed();
    }
    // Another body's steward, under the same permission.
    site.visitor("partner").await.post(&path, &[("member", "@partner"), ("mandate", "Ours")]).await.assert_not_allowed();
    let own = format!("{BOARD}/seats/@seat_kinship/sitter");
    site.visitor("partner")
        .await
        .post(&own, &[("member", "@tribe"), ("mandate", "Somebody else’s")])
        .await
        .assert_problem("member", "Choose one of the list");
}

#[tokio::test]
async fn nobody_is_named_to_a_term_that_is_over() {
    let site = Site::open().await;
    let seat = "where seat_id = '@seat_tallpine' and ended_on is null";
    let named = format!("update seat_term set membership_id = '@tribe', named_by = '@tribe', named_at = now() {seat}");
    for (until, rows) in [("'2090-01-01'", 1), ("null", 1)] {
        site.force(&format!("update seat_term set from_on = '2020-01-01', until_on = {until} {seat}")).await;
        assert_eq!(site.attempt("tribe", "partner", &named).await.unwrap(), rows, "{until}");
    }
    site.force(&format!("update seat_term set until_on = '2020-12-31' {seat}")).await;
    refused("over", site.attempt("tribe", "partner", &named).await);
}

#[tokio::test]
async fn the_database_lets_nobody_but_a_body_say_who_sits_for_it() {
    let site = Site::open().await;
    let seat = "where seat_id = '@seat_tallpine' and ended_on is null";
    for (who, hat) in [("director", "director"), ("staff", "staff"), ("admin", "administrator"), ("partner", "partner")] {
        let named = format!("update seat_term set membership_id = '@{who}', named_by = '@{who}' {seat}");
        refused(who, site.attempt(who, hat, &named).await);
        let taken = format!("update seat_term set partner_id = null, membership_id = '@{who}', ended_on = from_on {seat}");
        refused(who, site.attempt(who, hat, &taken).await);
    }
    let straight = "insert into seat_term (agency_id, id, group_id, seat_id, partner_id, membership_id, from_on, given_by, created_at) \
         values (current_agency(), gen_random_uuid(), '@group_board', '@seat_vacant', '@tallpine', '@tribe', '2032-01-01', '@staff', now())";
    refused("a Tribe’s person, seated by staff", site.attempt("staff", "staff", straight).await);
    // The Tribe's own word, but only for its own people.
    let own = |member: &str| format!("update seat_term set membership_id = '@{member}', named_by = '@tribe', named_at = now() {seat}");
    assert_eq!(site.attempt("tribe", "partner", &own("tribe")).await.unwrap(), 1);
    refused("somebody else’s person", site.attempt("tribe", "partner", &own("partner")).await);
}

#[tokio::test]
async fn a_charter_grows_by_versions_and_two_writers_do_not_overwrite_each_other() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let path = format!("{BOARD}/charter");
    let late = staff.post(&path, &[("text", "A charter begun long ago"), ("version", "1")]).await;
    late.assert_sees("Someone else saved this while you were writing");
    staff.post(&path, &[("text", "Eleven seats from now on."), ("version", "2")]).await.assert_goes_to(BOARD);
    let shown = site.visitor("parent").await.get(BOARD).await;
    shown.assert_sees("Version 3").assert_sees("Eleven seats from now on.").assert_sees("Version 1");
}

#[tokio::test]
async fn a_partner_adds_no_group_and_a_draft_is_the_agencys() {
    let site = Site::open().await;
    let entry = [("name", "Quiet team"), ("kind", "network"), ("purpose", "To try it"), ("method", "advice"), ("audience", "agency")];
    site.visitor("tribe").await.post("/cedar-river/groups", &entry).await.assert_not_allowed();
    let made = site.visitor("staff").await.post("/cedar-river/groups", &entry).await;
    site.visitor("tribe").await.follow(&made).await.assert_not_found();
    site.visitor("tribe").await.get("/cedar-river/groups").await.assert_never_sees("Quiet team");
    let meeting = [("group", made.made()), ("title", "Quiet evening".to_owned())];
    let meeting: Vec<(&str, &str)> = meeting.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let more = [("day", "2032-03-02"), ("time", "18:00"), ("minutes", "60"), ("audience", "partnership")];
    let planned = site.visitor("staff").await.post("/cedar-river/meetings", &[&meeting[..], &more[..]].concat()).await;
    site.visitor("tribe").await.follow(&planned).await.assert_not_found();
}

#[tokio::test]
async fn another_agencys_people_find_no_group_and_no_meeting() {
    let site = Site::open().await;
    let harbor = site.visitor("harbor").await;
    for (kind, known) in [("groups", "@group_board"), ("meetings", "@meeting_board")] {
        harbor.get(&format!("/harbor/{kind}/{known}")).await.assert_not_found();
    }
    harbor.get("/harbor/meetings/@meeting_board/calendar").await.assert_not_found();
}

#[tokio::test]
async fn a_group_under_the_law_is_read_by_all() {
    let site = Site::open().await;
    let entry = [
        ("name", "Open board"),
        ("kind", "board"),
        ("purpose", "To decide"),
        ("method", "majority"),
        ("open_law", "yes"),
        ("agenda_days", "3"),
        ("audience", "agency"),
    ];
    site.visitor("staff").await.post("/cedar-river/groups", &entry).await.assert_problem("audience", "Choose every member");
}

#[tokio::test]
async fn a_seat_takes_those_whose_it_is() {
    let site = Site::open().await;
    site.force("update seat_term set ended_on = from_on where seat_id in ('@seat_tallpine', '@seat_kinship')").await;
    let sits = |seat: &str, body: &str, person: &str| {
        format!(
            "insert into seat_term (agency_id, id, group_id, seat_id, partner_id, membership_id, from_on, given_by, created_at) \
             values (current_agency(), gen_random_uuid(), '@group_board', '{seat}', {body}, {person}, '2032-01-01', '@staff', now())"
        )
    };
    for (seat, body, person) in [
        ("@seat_tallpine", "null", "'@director'"),
        ("@seat_tallpine", "null", "'@parent'"),
        ("@seat_tallpine", "'@kinship'", "null"),
        ("@seat_kinship", "'@tallpine'", "null"),
        ("@seat_kinship", "null", "'@staff'"),
        ("@seat_vacant", "null", "'@director'"),
        ("@seat_vacant", "'@kinship'", "null"),
    ] {
        refused(seat, site.attempt("staff", "staff", &sits(seat, body, person)).await);
    }
    for (seat, body, person) in
        [("@seat_tallpine", "'@tallpine'", "null"), ("@seat_kinship", "'@kinship'", "null"), ("@seat_vacant", "null", "'@parent'")]
    {
        assert_eq!(site.attempt("staff", "staff", &sits(seat, body, person)).await.unwrap(), 1, "{seat}");
    }
}
