//! Partners: the list, one entry, adding and keeping it.

use crate::support::Site;
use common_table::platform::session::SESSION_COOKIE;
use http::StatusCode;

const PARTNERS: &str = "/cedar-river/partners";
const NOWHERE: &str = "018f5e2a-0000-7000-8000-000000000000";

#[tokio::test]
async fn a_coordinator_adds_a_partner_and_sees_it() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let added = staff.post(PARTNERS, &[("name", "  Valley   Library "), ("kind", "education"), ("counties", "Cedar River, Alder")]).await;
    added.assert_goes_to("/cedar-river/partners/*").assert_flash("Partner added");
    staff.follow(&added).await.assert_page("Valley Library").assert_sees("Partner added").assert_sees("Cedar River, Alder");
    staff.get(&added.location).await.assert_never_sees("Partner added");
    assert_eq!(site.count(&format!("audit where subject_id = '{}' and action = 'added'", added.made())).await, 1);
}

#[tokio::test]
async fn a_form_with_problems_is_shown_again_with_every_word_kept() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let long = "x".repeat(301);
    let fields =
        [("name", long.as_str()), ("kind", "planet"), ("city", "Alder"), ("website", "javascript:x"), ("rhythm_next", "2027-02-30")];
    let again = staff.post(PARTNERS, &fields).await;
    assert!(again.select(".problems a").iter().any(|one| one.starts_with("Name: Shorten this to 300")), "which one is said on top");
    again.assert_problem("name", "Shorten this to 300 characters").assert_problem("kind", "Choose what kind");
    again.assert_problem("website", "Enter a web address").assert_problem("rhythm_next", "Enter a day that exists");
    assert_eq!((again.field("name"), again.field("city")), (long.clone(), "Alder".to_owned()));
    assert_eq!(site.count("partner where city = 'Alder'").await, 0);
}

#[tokio::test]
async fn text_that_identifies_a_child_is_stopped_and_kept_for_mending() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let fields = [("name", "Valley Library"), ("kind", "education"), ("description", "Ask for the file of 078-05-1120.")];
    let again = staff.post(PARTNERS, &fields).await;
    again.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(again.field("description"), "Ask for the file of 078-05-1120.");
    assert_eq!(again.select("#description-error").len(), 1);
    assert_eq!(site.count("partner where name = 'Valley Library'").await, 0);
}

#[tokio::test]
async fn the_same_form_sent_twice_makes_one_partner() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let fields = [("name", "Valley Library"), ("kind", "education"), ("key", "pressed-twice-00001")];
    let (first, second) = (staff.post(PARTNERS, &fields).await, staff.post(PARTNERS, &fields).await);
    first.assert_goes_to("/cedar-river/partners/*");
    assert_eq!(first.location, second.location);
    second.assert_flash("Partner added");
    assert_eq!(site.count("partner where name = 'Valley Library'").await, 1);
}

#[tokio::test]
async fn one_key_with_other_words_is_refused() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    staff.post(PARTNERS, &[("name", "Valley Library"), ("kind", "education"), ("key", "one-key-0000001")]).await.made();
    let other = staff.post(PARTNERS, &[("name", "Hill Library"), ("kind", "education"), ("key", "one-key-0000001")]).await;
    other.assert_problem("", "This form was already sent with other words");
    assert_eq!(site.count("partner where name = 'Hill Library'").await, 0);
}

#[tokio::test]
async fn of_two_who_edit_at_once_the_second_sees_both_texts() {
    let site = Site::open().await;
    let (staff, director) = (site.visitor("staff").await, site.visitor("director").await);
    let edit = "/cedar-river/partners/@court/edit";
    let (to, fields) = director.get(edit).await.form("/@court".replace("@court", &site.id("court")).as_str());
    staff.fill(edit, "/@court", &[("city", "Alder Falls")]).await.assert_goes_to("/cedar-river/partners/@court");
    let mut stale: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    stale.retain(|(name, _)| *name != "city");
    stale.push(("city", "Cedar Bridge"));
    let again = director.post(&to, &stale).await;
    again.assert_status(StatusCode::UNPROCESSABLE_ENTITY).assert_sees("Someone else saved this").assert_sees("Alder Falls");
    assert_eq!(again.field("city"), "Cedar Bridge");
    assert_eq!(site.peek::<String>("select city from partner where id = '@court'").await, "Alder Falls");
    let (to, mended) = again.form(&site.id("court"));
    let mended: Vec<(&str, &str)> = mended.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    director.post(&to, &mended).await.assert_goes_to("/cedar-river/partners/@court");
    assert_eq!(site.peek::<String>("select city from partner where id = '@court'").await, "Cedar Bridge");
}

#[tokio::test]
async fn text_typed_while_the_session_ended_comes_back_after_signing_in() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    site.stranger().with_cookie(SESSION_COOKIE, &staff.cookie(SESSION_COOKIE).unwrap()).post("/sign-out", &[]).await.made();
    let words = "Open on Sundays, with a room for 30 people.";
    let sent = staff.post(PARTNERS, &[("name", "Valley Library"), ("kind", "education"), ("description", words)]).await;
    sent.assert_goes_to("/sign-in?again=yes");
    staff.follow(&sent).await.assert_page("Sign in").assert_sees("What you wrote is kept");
    let signed_in = staff.post("/sign-in", &[("email", "staff@demo.example"), ("password", "common-table-demo")]).await;
    signed_in.assert_goes_to("/parked");
    let back = staff.follow(&signed_in).await;
    back.assert_status(StatusCode::UNPROCESSABLE_ENTITY).assert_sees("Your text is back");
    assert_eq!((back.field("name"), back.field("description")), ("Valley Library".to_owned(), words.to_owned()));
    assert_eq!(site.count("partner where name = 'Valley Library'").await, 0, "it is never sent by itself");
    let (to, fields) = back.form("/partners");
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    staff.post(&to, &fields).await.assert_goes_to("/cedar-river/partners/*");
}

#[tokio::test]
async fn another_persons_text_never_comes_back_to_whoever_signs_in_next() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    site.stranger().with_cookie(SESSION_COOKIE, &staff.cookie(SESSION_COOKIE).unwrap()).post("/sign-out", &[]).await.made();
    staff.post(PARTNERS, &[("name", "Valley Library"), ("kind", "education")]).await.assert_sent_to_sign_in();
    let signed_in = staff.post("/sign-in", &[("email", "analyst@demo.example"), ("password", "common-table-demo")]).await;
    assert!(!staff.follow(&signed_in).await.assert_goes_to("/").text.contains("Valley Library"));
    assert_eq!(staff.cookie("__Host-parked"), None, "nor does it wait for them again");
}

#[tokio::test]
async fn another_countys_partner_answers_like_one_that_never_was() {
    let site = Site::open().await;
    let harbor = site.visitor("harbor").await;
    for page in ["", "/edit"] {
        let theirs = harbor.get(&format!("/harbor/partners/@court{page}")).await;
        let none = harbor.get(&format!("/harbor/partners/{NOWHERE}{page}")).await;
        let malformed = harbor.get(&format!("/harbor/partners/court{page}")).await;
        theirs.assert_not_found();
        assert_eq!(theirs.without_keys(), none.without_keys());
        assert_eq!(theirs.without_keys(), malformed.without_keys());
    }
    let change = harbor.post("/harbor/partners/@court", &[("name", "Taken over"), ("kind", "court"), ("version", "1")]).await;
    change.assert_not_found();
    assert_eq!(site.count("partner where name = 'Taken over'").await, 0);
}

#[tokio::test]
async fn another_county_answers_like_one_that_never_was() {
    let site = Site::open().await;
    let harbor = site.visitor("harbor").await;
    let theirs = harbor.get(PARTNERS).await;
    theirs.assert_not_found();
    assert_eq!(theirs.without_keys(), harbor.get("/no-such-county/partners").await.without_keys());
}

#[tokio::test]
async fn an_analyst_reads_partners_but_keeps_no_entry() {
    let site = Site::open().await;
    let analyst = site.visitor("analyst").await;
    analyst.get("/cedar-river/partners/@court").await.assert_page("Cedar River Juvenile Court").assert_never_sees("Edit the entry");
    analyst.get("/cedar-river/partners/@court/edit").await.assert_not_allowed();
    analyst.post(PARTNERS, &[("name", "Valley Library"), ("kind", "education")]).await.assert_not_allowed();
    assert_eq!(site.count("partner where name = 'Valley Library'").await, 0);
}

#[tokio::test]
async fn tribal_governments_stand_first_and_are_counted_apart() {
    let site = Site::open().await;
    let list = site.visitor("director").await.get(PARTNERS).await;
    list.assert_page("Partners");
    let headings = list.select("main h2");
    assert_eq!(headings[..2], ["Tribal governments", "Partners"]);
    let tribes: i64 = site.count("partner p join agency g on g.id = p.agency_id where g.slug = 'cedar-river' and p.is_tribe").await;
    list.assert_sees(&format!("{tribes} Tribal governments, and"));
}

#[tokio::test]
async fn the_list_is_narrowed_by_what_is_chosen() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let courts = staff.get("/cedar-river/partners?kind=court").await;
    courts.assert_sees("Cedar River Juvenile Court").assert_never_sees("New Hope Tabernacle");
    staff.get("/cedar-river/partners?q=TABERN%C3%81CLE").await.assert_sees("New Hope Tabernacle").assert_never_sees("Juvenile Court");
    let none = staff.get("/cedar-river/partners?q=%25&kind=nonsense&keeper=x&page=-1").await;
    none.assert_page("Partners").assert_sees("No partners here");
}

#[tokio::test]
async fn a_file_where_no_file_belongs_is_answered_with_a_page() {
    let site = Site::open().await;
    let sent = site.visitor("staff").await.upload(PARTNERS, &[("name", "Valley Library")], ("file", "a.csv", b"name\n")).await;
    assert!(sent.status.is_client_error(), "{}", sent.status);
}

#[tokio::test]
async fn what_a_body_says_of_itself_is_its_own_once_its_steward_is_there() {
    let site = Site::open().await;
    // Kept before there were rules for it: what the agency cannot mend keeps it from nothing.
    site.force("update partner set own_kept_at = null, recognition_spoken_at = null, email = 'ask at the mill' where id = '@tallpine'")
        .await;
    let staff = site.visitor("staff").await;
    let (entry, edit) = ("/cedar-river/partners/@tallpine", "/cedar-river/partners/@tallpine/edit");
    let own = "select concat_ws('|', name, kind, description, communities, languages, city, website, email, phone, brings, agenda_theirs, recognition, \
        recognition_words) from partner where id = '@tallpine'";
    let before: String = site.peek(own).await;
    staff.get(entry).await.assert_sees("has a steward: its own words here are its own to change");
    let page = staff.get(edit).await;
    page.assert_sees("Tall Pine Tribe speaks for itself here").assert_sees("A body’s words are not the agency’s");
    assert!(page.select("#name, #description, #phone, #recognition_words").is_empty());
    staff.fill(edit, "@tallpine", &[("stage", "paused"), ("agenda_ours", "The year’s placements")]).await.assert_flash("Entry saved");
    assert_eq!(site.count("partner where id = '@tallpine' and stage = 'paused' and agenda_ours = 'The year’s placements'").await, 1);
    // A form from before the steward came: what was typed comes back, and nothing of it is saved.
    let late =
        staff.fill(edit, "@tallpine", &[("name", "Pine Band"), ("kind", "other"), ("description", "A band"), ("stage", "met")]).await;
    late.assert_status(StatusCode::UNPROCESSABLE_ENTITY).assert_sees("nothing of this form is saved yet");
    late.assert_sees("Name: Pine Band").assert_sees("About: A band").assert_sees("What it is: Other");
    assert_eq!(site.count("partner where id = '@tallpine' and stage = 'met'").await, 0);
    for change in
        ["name = 'x'", "description = 'x'", "phone = 'x'", "agenda_theirs = 'x'", "own_kept_at = now()", "recognition_source = 'x'"]
    {
        let past = format!("update partner set {change} where id = '@tallpine'");
        assert!(!matches!(site.attempt("staff", "staff", &past).await, Ok(rows) if rows > 0), "past the pages: {change}");
    }
    // Also when nobody serves any more.
    site.force("update membership set state = 'ended' where partner_id = '@tallpine'").await;
    staff.get(edit).await.assert_sees("Tall Pine Tribe speaks for itself here");
    assert_eq!(site.peek::<String>(own).await, before);
}
