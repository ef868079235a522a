//! Meetings that come again, who hears of them, the file of a group's calendar, comments on one thing of a meeting, and the tables that
//! leave. What people put on an agenda is theirs, and nobody who did not belong hears of a meeting.

use crate::{
    reports,
    support::{Site, refused},
};

const AHEAD: &str = "/cedar-river/meetings/@meeting_ahead";
const LAW: &str = "/cedar-river/meetings/@meeting_law";
const SENT: &str = "/cedar-river/meetings/@meeting_sent";

/// The days and hours of the meetings that are planned under a title, each with its place.
async fn planned(site: &Site, title: &str) -> String {
    site.peek(&format!(
        "select coalesce(string_agg(to_char(starts_at at time zone zone, 'YYYY-MM-DD HH24:MI ') || place, '; ' order by starts_at), '') \
         from meeting where title = '{title}' and state = 'planned'"
    ))
    .await
}

#[tokio::test]
async fn a_meeting_of_each_month_moves_and_ends_with_those_that_follow() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let plan = |every: &'static str| {
        [
            ("title", "Second Tuesdays"),
            ("day", "2032-03-09"),
            ("time", "18:00"),
            ("minutes", "60"),
            ("place", "Library"),
            ("group", "@group_team"),
            ("every", every),
            ("monthly", "yes"),
            ("until", "2032-06-30"),
        ]
    };
    staff.post("/cedar-river/meetings", &plan("2")).await.assert_problem("every", "Leave the weeks empty where it comes each month");
    staff.post("/cedar-river/meetings", &plan("")).await.assert_flash("Meetings planned");
    let all = "2032-03-09 18:00 Library; 2032-04-13 18:00 Library; 2032-05-11 18:00 Library; 2032-06-08 18:00 Library";
    assert_eq!(planned(&site, "Second Tuesdays").await, all);
    let second: String =
        site.peek("select id::text from meeting where title = 'Second Tuesdays' order by starts_at offset 1 limit 1").await;
    let at = format!("/cedar-river/meetings/{second}");
    staff.get(&at).await.assert_sees("2 more are planned after this one");
    // What was published for its day stays on it.
    site.force("update meeting set agenda_published_at = now() where title = 'Second Tuesdays' and starts_at > '2032-06-01'").await;
    let moved = [("day", "2032-04-15"), ("time", "17:30"), ("place", "Kinship Circle"), ("following", "yes")];
    staff.fill(&format!("{at}/edit"), &at, &moved).await.assert_flash("Meeting saved, and those that follow");
    let moved = "2032-03-09 18:00 Library; 2032-04-15 17:30 Kinship Circle; 2032-05-13 17:30 Kinship Circle; 2032-06-08 18:00 Library";
    assert_eq!(planned(&site, "Second Tuesdays").await, moved);
    let off = [("because", "The hall is closed"), ("following", "yes")];
    staff.post(&format!("{at}/cancellation"), &off).await.assert_flash("The meetings are called off");
    assert_eq!(planned(&site, "Second Tuesdays").await, "2032-03-09 18:00 Library");
    // One alone is called off alone.
    let other = planned(&site, "Kin first, every fourth week").await;
    staff.post(&format!("{AHEAD}/cancellation"), &[("because", "Ice on the road")]).await.assert_flash("The meeting is called off");
    assert_eq!(planned(&site, "Kin first, every fourth week").await.split("; ").count() + 1, other.split("; ").count());
}

#[tokio::test]
async fn whoever_sits_there_hears_that_a_meeting_moved_and_was_called_off_and_nobody_else_does() {
    let site = Site::open().await;
    let (staff, at) = (site.visitor("staff").await, site.path(AHEAD));
    let told = |who: &str| format!("notice where membership_id = '@{who}' and kind = 'meeting' and path = '{at}'");
    let before = site.count(&told("partner")).await;
    assert_eq!(before, 1, "that they are planned is told once, however often it comes again");
    staff.fill(&format!("{AHEAD}/edit"), AHEAD, &[("place", "The school")]).await.assert_flash("Meeting saved");
    // Its title is no news for anybody's calendar.
    staff.fill(&format!("{AHEAD}/edit"), AHEAD, &[("title", "Kin first")]).await.assert_flash("Meeting saved");
    staff.post(&format!("{AHEAD}/cancellation"), &[("because", "Snow")]).await.assert_goes_to(AHEAD);
    assert_eq!(site.count(&told("partner")).await, before + 2);
    for who in ["tribe", "parent", "analyst", "admin", "tribe_member"] {
        assert_eq!(site.count(&told(who)).await, 0, "{who} does not sit there");
    }
    let news = site.visitor("partner").await.get("/cedar-river/notices").await;
    news.assert_sees("A meeting of a group in which you sit has another time or place");
    news.assert_sees("A meeting of a group in which you sit is called off").assert_never_sees("Snow");
    // A draft of the agency is told to nobody.
    let draft = [
        ("title", "Among us"),
        ("day", "2032-03-02"),
        ("time", "18:00"),
        ("minutes", "60"),
        ("cohost", "@kinship"),
        ("audience", "agency"),
    ];
    let made = staff.post("/cedar-river/meetings", &draft).await.location;
    assert_eq!(site.count(&format!("notice where path = '{made}'")).await, 0);
}

#[tokio::test]
async fn a_body_that_is_given_a_seat_hears_that_it_says_who_sits_there() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    staff.post("/cedar-river/groups/@group_board/seats/@seat_kinship/vacancy", &[]).await;
    let told = "notice where membership_id = '@partner' and kind = 'meeting_seat'";
    let before = site.count(told).await;
    let given = [("who", "@kinship"), ("from_on", "2027-01-01")];
    staff.post("/cedar-river/groups/@group_board/seats/@seat_kinship/term", &given).await.assert_flash("The seat is given");
    assert_eq!(site.count(told).await, before + 1);
}

#[tokio::test]
async fn a_groups_calendar_holds_what_lies_ahead_and_is_no_file_of_what_cannot_be_seen() {
    let site = Site::open().await;
    let (staff, path) = (site.visitor("staff").await, "/cedar-river/groups/@group_team/calendar");
    let uids = |text: &str| {
        let calendar = ical::IcalParser::new(text.as_bytes()).next().unwrap().unwrap();
        let uid =
            |one: &ical::parser::ical::component::IcalEvent| one.properties.iter().find(|one| one.name == "UID").unwrap().value.clone();
        calendar.events.iter().map(uid).collect::<Vec<_>>()
    };
    let ahead = "meeting where group_id = '@group_team' and state = 'planned'";
    let parent = site.visitor("parent").await;
    let file = parent.glance("GET", path).await;
    assert_eq!(uids(&file.text).len() as i64, site.count(ahead).await);
    assert!(!file.text.contains("Kin first"), "its subject says nothing");
    staff.post(&format!("{AHEAD}/cancellation"), &[("because", "Snow")]).await;
    let after = parent.glance("GET", path).await;
    assert_eq!(uids(&after.text), uids(&file.text));
    assert!(after.text.contains("STATUS:CANCELLED"));
    site.force(
        "update subject set audience = 'agency' where id in (select id from meeting where group_id = '@group_team') or id = '@group_team'",
    )
    .await;
    assert_eq!(parent.glance("GET", path).await.status, http::StatusCode::NOT_FOUND);
    assert_eq!(site.visitor("harbor").await.glance("GET", path).await.status, http::StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_comment_says_which_item_it_is_about_and_stays_when_the_item_is_gone() {
    let site = Site::open().await;
    let partner = site.visitor("partner").await;
    let page = partner.get(AHEAD).await;
    let about = page.attributes("a[href*='about=']", "href");
    let item = site.id("meeting_ahead_item");
    let way = about.iter().find(|way| way.contains(&item)).expect("a link beside the item");
    let chosen = partner.get(way).await.attributes("select[name=comment_part] option[selected]", "value");
    assert_eq!(chosen, [item.as_str()]);
    let path = "/cedar-river/comments/@meeting_ahead";
    let said = |words: &'static str, part: &'static str| [("comment", words), ("comment_audience", "partnership"), ("comment_part", part)];
    // A refused one keeps what it is about.
    let again = partner.post(path, &said("", "@meeting_ahead_item")).await;
    again.assert_problem("comment", "Write your comment");
    assert_eq!(again.attributes("input[name=comment_part]", "value"), [item.as_str()]);
    partner.post(path, &said("Print it in two languages", "@meeting_ahead_item")).await.assert_flash("Comment added");
    let tribe = site.visitor("tribe").await;
    tribe.get(AHEAD).await.assert_sees("about the agenda: The leaflet, as the families wrote it");
    // Something of another meeting is nothing here: the comment stands on the whole.
    partner.post(path, &said("On the whole of it", "@meeting_open_decision")).await.assert_flash("Comment added");
    assert_eq!(site.count("comment where words = 'On the whole of it' and part_id is null").await, 1);
    partner.post(&format!("{AHEAD}/agenda/@meeting_ahead_item/delete"), &[]).await.assert_goes_to(AHEAD);
    let after = tribe.get(AHEAD).await;
    after.assert_sees("Print it in two languages").assert_sees("about something that was taken away since");
    after.assert_never_sees("The leaflet, as the families wrote it");
}

#[tokio::test]
async fn minutes_are_commented_on_once_there_are_some() {
    let site = Site::open().await;
    let partner = site.visitor("partner").await;
    let said = |on: &str, words: &'static str| (format!("/cedar-river/comments/{on}"), words, site.id(on.trim_start_matches('@')));
    for (path, words, part) in [said("@meeting_sent", "The names are right"), said("@meeting_ahead", "There are none yet")] {
        let fields = [("comment", words), ("comment_audience", "partnership"), ("comment_part", part.as_str())];
        partner.post(&path, &fields).await.assert_flash("Comment added");
    }
    site.visitor("staff").await.get(SENT).await.assert_sees("about the minutes");
    assert_eq!(site.count("comment where words = 'There are none yet' and part_id is null").await, 1);
    // Words for fewer stay with fewer, whatever they are about.
    let narrow = [("comment", "Only among us"), ("comment_audience", "body"), ("comment_part", "@meeting_sent")];
    partner.post("/cedar-river/comments/@meeting_sent", &narrow).await.assert_flash("Comment added");
    for who in ["staff", "tribe", "analyst", "admin"] {
        site.visitor(who).await.get(SENT).await.assert_never_sees("Only among us");
    }
}

#[tokio::test]
async fn a_group_under_the_law_is_no_place_for_comments_beside_its_meetings() {
    let site = Site::open().await;
    let partner = site.visitor("partner").await;
    let comment = [("comment", "Before we meet: say no"), ("comment_audience", "partnership")];
    partner
        .get("/cedar-river/groups/@group_board")
        .await
        .assert_sees("members do not comment among themselves")
        .assert_never_sees("Add a comment");
    partner.post("/cedar-river/comments/@group_board", &comment).await.assert_problem("comment", "Bring it to the meeting");
    partner.post("/cedar-river/comments/@group_team", &comment).await.assert_goes_to("/cedar-river/groups/*");
    site.visitor("tribe").await.get("/cedar-river/groups/@group_team").await.assert_sees("Before we meet: say no");
    partner.get(LAW).await.assert_never_sees("Comment on it");
}

#[tokio::test]
async fn meetings_are_found_by_their_agenda_their_minutes_and_their_decisions() {
    let site = Site::open().await;
    let tribe = site.visitor("tribe").await;
    let found = async |words: &str| tribe.get(&format!("/cedar-river/meetings?q={words}")).await.select("tbody th").join("; ");
    assert!(found("families+wrote+it").await.starts_with("Kin first, every fourth week"), "by its agenda");
    assert!(found("what+relatives+ask+there").await.contains("Shared table, summer evening"), "by its minutes");
    assert!(found("visits+on+saturdays").await.contains("Shared table, first evening"), "by a decision");
    site.force("update subject set audience = 'agency' where id = '@meeting_board'").await;
    assert!(!found("visits+on+saturdays").await.contains("Shared table, first evening"), "what cannot be seen is not found");
    let groups = tribe.get("/cedar-river/groups?q=says+early+what").await;
    assert_eq!(groups.select("tbody tr").len(), 1);
}

#[tokio::test]
async fn what_meetings_decided_leaves_as_tables_that_name_nobody_of_the_partners_side() {
    let site = Site::open().await;
    let analyst = site.visitor("analyst").await;
    let row = |all: Vec<std::collections::BTreeMap<String, String>>, id: String| all.into_iter().find(|row| row["id"] == id).unwrap();
    let meetings = reports::rows(&site, &analyst, "meetings").await;
    let (few, many) = (row(meetings.clone(), site.id("meeting_board")), row(meetings, site.id("meeting_forum")));
    assert_eq!((few["came_agency"].as_str(), few["came_lived_experience"].as_str(), few["state"].as_str()), ("3", "", "confirmed"));
    assert_eq!((many["came_lived_experience"].as_str(), many["items"].as_str()), ("14", "2"));
    let decisions = reports::rows(&site, &analyst, "decisions").await;
    let vote = decisions.iter().find(|row| row["how"] == "vote").unwrap();
    assert!(vote["votes"].contains("Tall Pine Tribe: yes") && vote["votes"].contains("community member: yes"), "{vote:?}");
    assert!(decisions.iter().any(|row| row["dissent"].starts_with("The Circle would have begun")));
    let seats = reports::rows(&site, &analyst, "seats").await;
    let tribes = row(seats.clone(), site.id("seat_tallpine"));
    assert_eq!(
        ["partner", "named", "person", "vacant", "chair"].map(|one| tribes[one].as_str()),
        ["Tall Pine Tribe", "yes", "", "no", "yes"]
    );
    assert_eq!(row(seats, site.id("seat_vacant"))["vacant"], "yes");
    for what in ["groups", "seats", "meetings", "decisions"] {
        let all = format!("{:?}", reports::rows(&site, &analyst, what).await);
        for hidden in ["Thomas Greywater", "Dana Whitlock", "Joanna Littlefield", "When do the new letters come?"] {
            assert!(!all.contains(hidden), "{what}: {hidden}");
        }
    }
    // A draft of the agency leaves with whoever may read it, and what an analyst may not is not there.
    site.force("update subject set audience = 'author', author_id = '@staff' where id = '@meeting_forum'").await;
    assert!(reports::rows(&site, &analyst, "meetings").await.iter().all(|row| row["id"] != site.id("meeting_forum")));
}

#[tokio::test]
async fn the_database_keeps_series_and_what_a_comment_is_about_past_every_page() {
    let site = Site::open().await;
    let alone = "update meeting set series_id = null where id = '@meeting_ahead'";
    refused("a meeting leaves its series", site.attempt("staff", "staff", alone).await);
    let place = "update meeting set place = 'Here' where id = '@meeting_ahead'";
    assert_eq!(site.attempt("staff", "staff", place).await.unwrap(), 1, "what staff may do");
    let said = |on: &str, part: &str| {
        format!(
            "insert into comment (agency_id, id, subject_id, author_id, audience, words, created_at, part_id) \
             values (current_agency(), gen_random_uuid(), '{on}', '@staff', 'partnership', 'No', now(), '{part}')"
        )
    };
    refused("something of another meeting", site.attempt("staff", "staff", &said("@meeting_sent", "@meeting_ahead_item")).await);
    refused("minutes that are not there", site.attempt("staff", "staff", &said("@meeting_ahead", "@meeting_ahead")).await);
    assert_eq!(site.attempt("staff", "staff", &said("@meeting_ahead", "@meeting_ahead_item")).await.unwrap(), 1);
    site.visitor("staff")
        .await
        .post(
            "/cedar-river/comments/@meeting_ahead",
            &[("comment", "In two languages"), ("comment_audience", "partnership"), ("comment_part", "@meeting_ahead_item")],
        )
        .await
        .assert_flash("Comment added");
    let whole = "update comment set part_id = null where words = 'In two languages'";
    refused("what a comment is about", site.attempt("staff", "staff", whole).await);
}
