//! The co-host's people plan with the agency and listen with it: what they arrange, the duties they may have, and what does not
//! open by it.

use crate::support::{Site, Visitor};
use http::StatusCode;

const NINE: &str = "/cedar-river/sessions/@session_9";
const SEVEN: &str = "/cedar-river/sessions/@session_7";

#[tokio::test]
async fn the_cohosts_people_arrange_what_people_need_to_come_and_nothing_else() {
    let site = Site::open().await;
    let (partner, staff) = (site.visitor("partner").await, site.visitor("staff").await);
    let supports = format!("{NINE}/supports");
    let shown = partner.get(NINE).await;
    assert_eq!(shown.attributes("main a[href$='/supports']", "href").len(), 1);
    let opened = partner.get(&supports).await.filled("/supports", &[("food", "Soup, cooked by us"), ("support_person", "Ruth Alderman")]);
    partner.send_form(&opened).await.assert_goes_to(NINE).assert_flash("Saved: so that people can come");
    staff.get(NINE).await.assert_sees("Soup, cooked by us").assert_sees("Ruth Alderman");
    let late = partner.send_form(&(opened.0.clone(), partner.get(&supports).await.filled("/supports", &[("version", "1")]).1)).await;
    late.assert_status(StatusCode::UNPROCESSABLE_ENTITY).assert_sees("Someone else saved this");
    for page in ["edit", "duties", "announcement", "cancellation"] {
        partner.get(&format!("{NINE}/{page}")).await.assert_not_allowed();
    }
    // Past every page, the database holds the same.
    for (column, may) in
        [("food = 'Bread'", true), ("stop_rule = 'Stand up.'", true), ("title = 'Ours'", false), ("recording = 'none'", false)]
    {
        let changed = cohost_attempts(&site, &format!("update listening_session set {column} where id = '@session_9'")).await;
        assert_eq!(changed, may, "{column}");
    }
    assert!(!cohost_attempts(&site, "update listening_session set state = 'announced' where id = '@session_9'").await);
    site.visitor("tribe").await.get(&supports).await.assert_not_found();
    site.visitor("parent").await.get(&supports).await.assert_not_found();
    // Another body hosts it now.
    site.force("update listening_session set cohost_id = '@tallpine' where id = '@session_9'").await;
    assert!(!cohost_attempts(&site, "update listening_session set food = 'Bread' where id = '@session_9'").await);
    partner.get(&supports).await.assert_not_found();
}

/// Whether the database lets the co-host's steward do it, past every page.
async fn cohost_attempts(site: &Site, statement: &str) -> bool {
    let body = format!("set local app.body = '@kinship'; {statement}");
    site.attempt("partner", "partner", &body).await.is_ok_and(|rows| rows > 0)
}

#[tokio::test]
async fn once_people_have_come_what_was_arranged_stays() {
    let site = Site::open().await;
    let partner = site.visitor("partner").await;
    partner.get(&format!("{SEVEN}/supports")).await.assert_not_found();
    partner.get(SEVEN).await.assert_never_sees("Arrange this, and the care below");
    assert!(!cohost_attempts(&site, "update listening_session set food = 'Bread' where id = '@session_7'").await);
}

/// Gives the notes of session seven to the co-host's steward, by the word of those who listened.
async fn give_notes(staff: &Visitor, to: &str) {
    let duties = format!("{SEVEN}/duties");
    staff.get(&duties).await.assert_sees("Joanna Littlefield, ");
    let given = staff.fill(&duties, "/duties", &[("facilitators", "@staff"), ("note_takers", to)]).await;
    given.assert_flash("Duties saved");
}

#[tokio::test]
async fn a_note_taker_of_the_cohosts_writes_down_what_is_heard_as_long_as_they_host_it() {
    let site = Site::open().await;
    let (staff, partner) = (site.visitor("staff").await, site.visitor("partner").await);
    let (room, words) = (format!("{SEVEN}/room"), format!("{SEVEN}/statements"));
    for page in [&room, &words, &format!("{SEVEN}/speakers")] {
        partner.get(page).await.assert_not_found();
    }
    give_notes(&staff, "@partner").await;
    partner.get(SEVEN).await.assert_sees("Takes notes Joanna Littlefield");
    partner.get(&room).await.assert_status(StatusCode::OK);
    partner.get(&format!("{SEVEN}/speakers/new")).await.assert_never_sees("Thomas Greywater");
    let card = [("label", "an aunt, Cedar Valley"), ("card", "without_name"), ("card_how", "aloud")];
    let aunt = partner.post(&format!("{SEVEN}/speakers"), &card).await.made();
    let note = [("speaker", aunt.as_str()), ("words", "The phone rang out in an empty office."), ("wanted", "agency")];
    partner.post(&words, &note).await.assert_flash("Written down. Nobody reads it before the speaker has given their word");
    for who in [&partner, &staff] {
        who.get(&words).await.assert_sees("The phone rang out in an empty office.");
    }
    let draft: String = site.peek("select id::text from statement where words like 'The phone rang out%'").await;
    let draft = format!("/cedar-river/statements/{draft}");
    for stranger in ["director", "facilitator", "tribe", "analyst"] {
        site.visitor(stranger).await.get(&draft).await.assert_gone("The phone rang out");
    }
    // The agency's plan, its steps and its other rooms stay its own.
    partner.get(&format!("{SEVEN}/edit")).await.assert_not_allowed();
    partner.get(&format!("{SEVEN}/duties")).await.assert_not_allowed();
    partner.get("/cedar-river/sessions/@session_6/room").await.assert_not_found();
    for plan in ["title = 'Ours'", "cohost_id = null", "state = 'cancelled'", "starts_at = now()"] {
        assert!(!cohost_attempts(&site, &format!("update listening_session set {plan} where id = '@session_7'")).await, "{plan}");
    }
    // Another body hosts it from now on: the duty is over at the next request, and so are the drafts.
    let before = staff.get(&format!("{SEVEN}/edit")).await.filled("/@session_7", &[("cohost", "@tallpine")]);
    staff.send_form(&before).await.assert_flash("Plan saved");
    for page in [&room, &words, &draft] {
        partner.get(page).await.assert_gone("The phone rang out");
    }
    assert_eq!(site.count("session_duty where session_id = '@session_7' and membership_id = '@partner'").await, 0);
    staff.get(&draft).await.assert_sees("The phone rang out");
}

#[tokio::test]
async fn only_the_cohosts_people_and_the_agencys_are_given_a_duty_and_only_by_the_agency() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    for not_here in ["@tribe", "@parent", "@analyst"] {
        let refused = staff.fill(&format!("{SEVEN}/duties"), "/duties", &[("note_takers", not_here)]).await;
        refused.assert_problem("note_takers", "Choose from the list");
    }
    give_notes(&staff, "@partner").await;
    let give = "insert into session_duty (agency_id, session_id, membership_id, duty) values (current_agency(), '@session_9', '@partner', 'facilitator')";
    assert!(!cohost_attempts(&site, give).await, "nobody gives a duty to themselves");
    let drop = "delete from session_duty where session_id = '@session_7' and membership_id = '@staff'";
    assert!(!cohost_attempts(&site, drop).await, "nor takes one from somebody");
    // Joined to a body that is no longer the co-host's, a duty left over opens nothing.
    site.force("update listening_session set cohost_id = '@tallpine' where id = '@session_7'").await;
    site.visitor("partner").await.get(&format!("{SEVEN}/room")).await.assert_not_found();
    site.visitor("partner").await.get(&format!("{SEVEN}/statements")).await.assert_not_found();
}
