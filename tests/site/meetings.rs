//! Meetings: an agenda of all, what an open-meeting law forbids, minutes that the other side confirms, and what goes up and comes back.

use crate::support::{Site, refused};

const BOARD: &str = "/cedar-river/meetings/@meeting_board";
const LAW: &str = "/cedar-river/meetings/@meeting_law";
const AHEAD: &str = "/cedar-river/meetings/@meeting_ahead";
const OPEN: &str = "/cedar-river/meetings/@meeting_open";
const SENT: &str = "/cedar-river/meetings/@meeting_sent";

#[tokio::test]
async fn minutes_say_who_came_by_organization_and_name_nobody() {
    let site = Site::open().await;
    let shown = site.visitor("tribe").await.get(BOARD).await;
    shown.assert_page("Shared table, first evening");
    shown.assert_sees("Tall Pine Tribe").assert_sees("Cedar Valley Kinship Circle").assert_sees("3 people of the agency");
    shown.assert_sees("fewer than 5 people with lived experience").assert_never_sees("Dana Whitlock");
    shown.assert_sees("Thomas Greywater, for Tall Pine Tribe: yes").assert_sees("Seen differently: The Circle would have begun");
    shown.assert_sees("A name and a number at the county for every Tribe").assert_sees("The county pays two rooms and four drivers");
}

#[tokio::test]
async fn whoever_belongs_to_the_group_adds_to_its_agenda() {
    let site = Site::open().await;
    let path = format!("{AHEAD}/agenda");
    site.visitor("partner").await.post(&path, &[("text", "Who drives in winter?")]).await.assert_goes_to(AHEAD);
    site.visitor("tribe").await.get(AHEAD).await.assert_sees("Who drives in winter?").assert_never_sees("Add to the agenda");
    // Neither sits in this group.
    for who in ["tribe", "parent"] {
        site.visitor(who).await.post(&path, &[("text", "From elsewhere")]).await.assert_not_allowed();
    }
    site.visitor("analyst").await.post(&path, &[("text", "From elsewhere")]).await.assert_not_allowed();
}

#[tokio::test]
async fn an_item_is_taken_away_by_whoever_added_it() {
    let site = Site::open().await;
    let path = format!("{AHEAD}/agenda/@meeting_ahead_item/delete");
    site.visitor("tribe").await.post(&path, &[]).await.assert_not_found();
    site.visitor("partner").await.post(&path, &[]).await.assert_goes_to(AHEAD);
    site.visitor("partner").await.get(AHEAD).await.assert_never_sees("The leaflet, as the families wrote it");
}

#[tokio::test]
async fn a_community_members_item_does_not_say_who_they_are() {
    let site = Site::open().await;
    let forum = "/cedar-river/meetings/@meeting_forum";
    let shown = site.visitor("partner").await.get(forum).await;
    shown.assert_sees("When do the new letters come?").assert_sees("community member").assert_never_sees("Dana Whitlock");
    shown.assert_sees("14 people with lived experience");
}

#[tokio::test]
async fn a_published_agenda_stays_as_it_is() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    staff.post(&format!("{LAW}/publication"), &[]).await.assert_goes_to(LAW);
    let late = site.visitor("partner").await;
    late.post(&format!("{LAW}/agenda"), &[("text", "One more thing")]).await.assert_problem("text", "The agenda is published");
    let moved = [("title", "Shared table"), ("day", "2033-01-01"), ("time", "18:00"), ("minutes", "90"), ("version", "2")];
    staff.post(LAW, &moved).await.assert_problem("day", "The agenda is published");
    let count = "select count(*)::text from agenda_item where meeting_id = '@meeting_law'";
    assert_eq!(site.peek::<String>(count).await, "1");
}

#[tokio::test]
async fn an_agenda_that_was_not_published_in_time_is_not_published_at_all() {
    let site = Site::open().await;
    site.clock.advance(chrono::Duration::days(16));
    let staff = site.visitor("staff").await;
    staff.post(&format!("{LAW}/publication"), &[]).await.assert_sees("It is too late: the agenda had to be published by");
    site.clock.advance(chrono::Duration::days(6));
    let staff = site.visitor("staff").await;
    let held = [("agency", "3"), ("notes", "We talked"), ("version", "1")];
    staff.post(&format!("{LAW}/minutes"), &held).await.assert_sees("its agenda was not published");
}

#[tokio::test]
async fn nobody_comments_on_what_is_coming_under_the_law() {
    let site = Site::open().await;
    let partner = site.visitor("partner").await;
    partner.get(LAW).await.assert_sees("members do not comment among themselves").assert_never_sees("Add a comment");
    let comment = [("comment", "I think we should say no"), ("comment_audience", "partnership")];
    let path = "/cedar-river/comments/@meeting_law";
    partner.post(path, &comment).await.assert_problem("comment", "Bring it to the meeting");
    partner.post("/cedar-river/comments/@meeting_ahead", &comment).await.assert_goes_to("/cedar-river/meetings/*");
}

#[tokio::test]
async fn under_the_law_nothing_is_decided_in_secret() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    site.force("update meeting set state = 'held', agenda_published_at = created_at where id = '@meeting_law'").await;
    let path = format!("{LAW}/decisions");
    staff.get(&path).await.assert_never_sees("by a secret ballot");
    staff.post(&path, &[("what", "It is so"), ("how", "ballot")]).await.assert_problem("how", "Choose another way");
    staff.post(&path, &[("what", "It is so"), ("how", "vote")]).await.assert_problem("votes", "Enter how each voted");
    // Without the law a ballot is a way of deciding.
    staff.post(&format!("{OPEN}/decisions"), &[("what", "It is so"), ("how", "ballot")]).await.assert_goes_to(OPEN);
}

#[tokio::test]
async fn a_meeting_is_held_after_it_began() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let held = [("agency", "3"), ("notes", "We talked"), ("version", "1")];
    staff.post(&format!("{AHEAD}/minutes"), &held).await.assert_sees("It has not begun yet");
    let nobody = [("notes", "We talked"), ("version", "1")];
    staff.post(&format!("{AHEAD}/minutes"), &nobody).await.assert_problem("bodies", "Choose who came");
}

#[tokio::test]
async fn minutes_are_confirmed_by_the_chair_of_the_partners_side() {
    let site = Site::open().await;
    let path = format!("{SENT}/minutes/word");
    for who in ["staff", "director", "admin", "tribe", "parent"] {
        site.visitor(who).await.post(&path, &[("word", "confirmed")]).await.assert_not_allowed();
    }
    let partner = site.visitor("partner").await;
    partner.get("/cedar-river/wanted").await.assert_sees("Are these minutes right?");
    let (notes, decided) = ("the families who waited longest", "a first payment by check within three days");
    partner.get(&path).await.assert_sees(notes).assert_sees(decided);
    let again = partner.fill(&path, "/minutes/word", &[("word", "returned")]).await;
    again.assert_problem("note", "Enter what is missing or wrong").assert_sees(notes).assert_sees(decided);
    partner.fill(&path, "/minutes/word", &[("word", "confirmed")]).await.assert_goes_to(SENT);
    partner.post(&path, &[("word", "returned"), ("note", "No")]).await.assert_not_allowed();
    partner.get(&path).await.assert_flash("Nobody waits for your word on these minutes");
    site.visitor("tribe").await.get(SENT).await.assert_sees("Confirmed by Joanna Littlefield");
}

#[tokio::test]
async fn what_was_confirmed_is_never_changed() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let again = [("agency", "9"), ("notes", "Something else"), ("version", "4")];
    staff.post(&format!("{BOARD}/minutes"), &again).await.assert_not_found();
    staff.post(&format!("{BOARD}/decisions"), &[("what", "Another thing"), ("how", "consensus")]).await.assert_not_found();
    staff.post(&format!("{SENT}/decisions"), &[("what", "Another thing"), ("how", "consensus")]).await.assert_not_found();
}

#[tokio::test]
async fn minutes_go_to_nobody_where_no_chair_sits() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    staff.post("/cedar-river/groups/@group_team/seats/@seat_team/vacancy", &[]).await;
    staff.post(&format!("{OPEN}/minutes/sending"), &[]).await.assert_sees("Fill the seat of a chair on the partners’ side first");
    let partner = site.visitor("partner").await;
    partner.post(&format!("{SENT}/minutes/word"), &[("word", "confirmed")]).await.assert_not_allowed();
}

#[tokio::test]
async fn what_went_up_stays_open_until_something_comes_back() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    staff.get(OPEN).await.assert_sees("nothing came back yet");
    let group = "/cedar-river/groups/@group_leadership";
    staff.get(group).await.assert_sees("A second person for the payments").assert_sees("nothing came back yet");
    let path = format!("{OPEN}/sent-up/@meeting_open_sent");
    site.visitor("partner").await.post(&path, &[("back", "Yes")]).await.assert_not_allowed();
    staff.post(&path, &[("back", "")]).await.assert_problem("back", "Enter what came back");
    staff.post(&path, &[("back", "Yes, from February.")]).await.assert_goes_to(OPEN);
    staff.post(&path, &[("back", "No, after all.")]).await.assert_not_found();
    site.visitor("parent").await.get(OPEN).await.assert_sees("Yes, from February.").assert_never_sees("nothing came back yet");
}

#[tokio::test]
async fn a_meeting_that_comes_again_is_planned_for_each_of_its_days() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let plan = |until: &'static str| {
        [
            ("title", "Every second week"),
            ("day", "2032-03-02"),
            ("time", "18:00"),
            ("minutes", "60"),
            ("every", "2"),
            ("until", until),
            ("cohost", "@kinship"),
        ]
    };
    staff.post("/cedar-river/meetings", &plan("2032-01-01")).await.assert_problem("until", "Enter until when");
    staff.post("/cedar-river/meetings", &plan("2040-01-01")).await.assert_problem("until", "Enter an earlier day");
    staff.post("/cedar-river/meetings", &plan("2032-04-01")).await.assert_goes_to("/cedar-river/meetings/*");
    let days = "select string_agg(((starts_at at time zone zone)::timestamp)::text, ' ' order by starts_at) from meeting where title = 'Every second week'";
    assert_eq!(
        site.peek::<String>(days).await,
        "2032-03-02 18:00:00 2032-03-16 18:00:00 2032-03-30 18:00:00",
        "also where the clocks change"
    );
}

#[tokio::test]
async fn a_calendar_file_keeps_its_identity_counts_up_and_says_nothing_of_the_matter() {
    let site = Site::open().await;
    let (staff, path) = (site.visitor("staff").await, format!("{AHEAD}/calendar"));
    let first = read(&staff.glance("GET", &path).await.text);
    assert_eq!((first["METHOD"].as_str(), first["SEQUENCE"].as_str(), first["SUMMARY"].as_str()), ("PUBLISH", "0", "Meeting"));
    let moved =
        [("title", "Kin first"), ("day", "2032-07-06"), ("time", "18:00"), ("minutes", "60"), ("place", "The library"), ("version", "1")];
    staff.post(AHEAD, &moved).await.assert_goes_to(AHEAD);
    let second = read(&staff.glance("GET", &path).await.text);
    assert_eq!((first["UID"].as_str(), "1"), (second["UID"].as_str(), second["SEQUENCE"].as_str()));
    assert_eq!((second["DTSTART"].as_str(), second["TZOFFSETTO"].as_str()), ("20320706T180000", "-0600 -0500 -0600 -0500"));
    staff.post(&format!("{AHEAD}/cancellation"), &[("because", "The road is closed")]).await.assert_goes_to(AHEAD);
    let third = read(&staff.glance("GET", &path).await.text);
    assert_eq!((third["METHOD"].as_str(), third["STATUS"].as_str(), third["SEQUENCE"].as_str()), ("CANCEL", "CANCELLED", "2"));
}

#[tokio::test]
async fn the_database_keeps_the_law_and_the_minutes_past_every_page() {
    let site = Site::open().await;
    let confirmed =
        |who: &str| format!("update meeting set state = 'confirmed', word_by = '@{who}', word_at = now() where id = '@meeting_sent'");
    for (who, hat) in [("staff", "staff"), ("director", "director"), ("tribe", "partner"), ("parent", "partner")] {
        refused(who, site.attempt(who, hat, &confirmed(who)).await);
    }
    for written in [
        "update meeting set notes = 'Nothing was said' where id = '@meeting_board'",
        "update meeting set agenda_published_at = starts_at where id = '@meeting_law'",
    ] {
        refused(written, site.attempt("staff", "staff", written).await);
    }
    let said = |on: &str| {
        format!(
            "insert into comment (agency_id, id, subject_id, author_id, audience, words, created_at) \
             values (current_agency(), gen_random_uuid(), '{on}', '@staff', 'partnership', 'No', now())"
        )
    };
    refused("a comment on what is coming", site.attempt("staff", "staff", &said("@meeting_law")).await);
    assert_eq!(site.attempt("staff", "staff", &said("@meeting_ahead")).await.unwrap(), 1);
    let item = |by: &str| {
        format!(
            "insert into agenda_item (agency_id, id, meeting_id, text, by_id, created_at) \
             values (current_agency(), gen_random_uuid(), '@meeting_ahead', 'Mine', '@{by}', now())"
        )
    };
    refused("somebody who does not sit there", site.attempt("tribe", "partner", &item("tribe")).await);
    refused("in somebody else’s name", site.attempt("staff", "staff", &item("partner")).await);
    assert_eq!(site.attempt("staff", "staff", &item("staff")).await.unwrap(), 1);
    let decided = "insert into meeting_decision (agency_id, id, meeting_id, what, how, created_by, created_at) \
         values (current_agency(), gen_random_uuid(), '@meeting_board', 'It is so', 'consensus', '@staff', now())";
    refused("a decision in confirmed minutes", site.attempt("staff", "staff", decided).await);
}

#[tokio::test]
async fn nobody_confirms_minutes_that_they_have_not_read() {
    let site = Site::open().await;
    let (partner, path) = (site.visitor("partner").await, format!("{SENT}/minutes/word"));
    let version = partner.get(&path).await.field("version");
    // Another chair returned them meanwhile, and they were written anew and sent again.
    site.force("update meeting set notes = 'Nothing of what was said', version = version + 3 where id = '@meeting_sent'").await;
    let early = partner.post(&path, &[("word", "confirmed"), ("version", version.as_str())]).await;
    early.assert_status(http::StatusCode::UNPROCESSABLE_ENTITY).assert_sees("Someone else saved this");
    assert_eq!(site.count("meeting where id = '@meeting_sent' and state = 'sent'").await, 1);
    partner.fill(&path, "/minutes/word", &[("word", "confirmed")]).await.assert_goes_to(SENT);
}

#[tokio::test]
async fn minutes_go_to_nobody_who_has_left() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    site.force("update membership set state = 'suspended' where partner_id = '@kinship' and state = 'active'").await;
    staff.post(&format!("{OPEN}/minutes/sending"), &[]).await.assert_sees("Fill the seat of a chair on the partners’ side first");
    let forum = "/cedar-river/meetings/@meeting_forum";
    site.force("update meeting set state = 'held', held_at = starts_at, cohost_id = '@kinship' where id = '@meeting_forum'").await;
    staff.post(&format!("{forum}/minutes/sending"), &[]).await.assert_sees("Nobody speaks for the co-host here");
    // Whoever has a mandate that holds speaks for it as well as a steward.
    site.force("update membership set state = 'active', steward = false, speaks = true where id = '@partner'; delete from told_by_hand; delete from notice").await;
    staff.post(&format!("{forum}/minutes/sending"), &[]).await.assert_goes_to(forum);
    assert_eq!(site.count("notice where membership_id = '@partner' and kind = 'minutes'").await, 1);
}

/// What another reader of calendars finds in a file.
pub fn read(body: &str) -> std::collections::BTreeMap<String, String> {
    let calendar = ical::IcalParser::new(body.as_bytes()).next().unwrap().unwrap();
    let event = calendar.events.first().unwrap();
    let zone = calendar.timezones.first().unwrap();
    let all = calendar.properties.iter().chain(&event.properties);
    let mut found: std::collections::BTreeMap<String, String> =
        all.map(|one| (one.name.clone(), one.value.clone().unwrap_or_default())).collect();
    let offsets = zone.transitions.iter().flat_map(|turn| turn.properties.iter().filter(|one| one.name == "TZOFFSETTO"));
    let offsets: Vec<String> = offsets.filter_map(|one| one.value.clone()).collect();
    found.insert("TZOFFSETTO".to_owned(), offsets.join(" "));
    found
}
