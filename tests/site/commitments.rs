//! Promises: only the one promised says that they were kept, and what is late is late for everybody.

use crate::support::Site;
use chrono::Duration;
use http::StatusCode;

const REPORTED: &str = "/cedar-river/commitments/@commitment_reported";
const OPEN: &str = "/cedar-river/commitments/@commitment_open";

#[tokio::test]
async fn the_one_promised_confirms_what_was_reported() {
    let site = Site::open().await;
    let circle = site.visitor("partner").await;
    circle.get(REPORTED).await.assert_sees("Say whether it was kept");
    let given = circle.fill(&format!("{REPORTED}/word"), "/word", &[("word", "kept")]).await;
    given.assert_goes_to(REPORTED).assert_flash("Your word was kept with the promise");
    let (state, by): (String, bool) = (
        site.peek("select state from commitment where id = '@commitment_reported'").await,
        site.peek("select confirmed_by = '@partner' from commitment where id = '@commitment_reported'").await,
    );
    assert_eq!((state.as_str(), by), ("confirmed", true));
}

#[tokio::test]
async fn the_promiser_never_confirms_their_own_promise() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    staff.get(REPORTED).await.assert_sees("It counts as kept when Cedar Valley Kinship Circle says so");
    staff.get(&format!("{REPORTED}/word")).await.assert_not_allowed();
    let version = site.id("commitment_reported_version");
    staff.post(&format!("{REPORTED}/word"), &[("word", "kept"), ("version", &version)]).await.assert_not_allowed();
    let state: String = site.peek("select state from commitment where id = '@commitment_reported'").await;
    assert_eq!(state, "reported");
}

#[tokio::test]
async fn another_body_has_no_word_on_it() {
    let site = Site::open().await;
    let tribe = site.visitor("tribe").await;
    tribe.get(&format!("{REPORTED}/word")).await.assert_not_allowed();
}

#[tokio::test]
async fn a_member_without_a_mandate_does_not_give_their_bodys_word() {
    let site = Site::open().await;
    site.force("update membership set steward = false, speaks = false, binds = false where id = '@partner'").await;
    let member = site.visitor("partner").await;
    member.get(&format!("{REPORTED}/word")).await.assert_not_allowed();
    site.force("update membership set speaks = true, mandate_until = '2020-01-01' where id = '@partner'").await;
    member.get(&format!("{REPORTED}/word")).await.assert_not_allowed();
    site.force("update membership set mandate_until = null where id = '@partner'").await;
    member.get(&format!("{REPORTED}/word")).await.assert_page("Was it kept?");
}

#[tokio::test]
async fn whoever_promised_does_not_confirm_under_another_hat() {
    let site = Site::open().await;
    let account = "(select account_id from membership where id = '@partner')";
    site.force(&format!("update membership set account_id = {account}, state = 'ended' where id = '@staff'")).await;
    let circle = site.visitor("partner").await;
    circle.get(&format!("{REPORTED}/word")).await.assert_not_allowed();
}

#[tokio::test]
async fn returning_a_promise_says_what_is_missing() {
    let site = Site::open().await;
    let circle = site.visitor("partner").await;
    let again = circle.fill(&format!("{REPORTED}/word"), "/word", &[("word", "returned"), ("note", "")]).await;
    again.assert_problem("note", "Enter what is missing");
    let returned = circle.fill(&format!("{REPORTED}/word"), "/word", &[("word", "returned"), ("note", "The second page.")]).await;
    returned.assert_goes_to(REPORTED);
    site.visitor("staff").await.get(REPORTED).await.assert_sees("The second page.").assert_sees("returned");
}

#[tokio::test]
async fn a_promise_is_late_for_both_sides_the_day_after_its_day() {
    let site = Site::open().await;
    let what = "Show the Circle the new relative handbook before it is printed";
    for who in ["staff", "partner"] {
        site.visitor(who).await.get("/cedar-river/commitments?show=late").await.assert_never_sees(what);
    }
    site.clock.put(site.app.now() + Duration::days(16));
    for who in ["staff", "partner"] {
        site.visitor(who).await.get("/cedar-river/commitments?show=late").await.assert_sees(what);
    }
}

#[tokio::test]
async fn what_waits_for_a_word_is_neither_late_nor_kept() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let what = "Send the summary of the October session for the Circle to correct";
    staff.get("/cedar-river/commitments?show=late").await.assert_never_sees(what);
    staff.get("/cedar-river/commitments?show=kept").await.assert_never_sees(what);
    staff.get("/cedar-river/commitments?show=waiting").await.assert_sees(what);
}

#[tokio::test]
async fn a_report_says_what_shows_it() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    staff.fill(&format!("{OPEN}/report"), "/report", &[]).await.assert_problem("evidence", "Enter what shows that it is done");
    let done = staff.fill(&format!("{OPEN}/report"), "/report", &[("evidence", "The handbook lay on the table on Monday.")]).await;
    done.assert_goes_to(OPEN);
    staff.follow(&done).await.assert_sees("The handbook lay on the table on Monday.");
}

#[tokio::test]
async fn a_partner_does_not_change_the_agencys_promise() {
    let site = Site::open().await;
    let circle = site.visitor("partner").await;
    for part in ["/edit", "/report", "/delegate"] {
        circle.get(&format!("{OPEN}{part}")).await.assert_not_allowed();
    }
    let version = site.id("commitment_open_version");
    let fields = [("what", "Something else"), ("due_on", "2032-01-01"), ("why", "because"), ("version", version.as_str())];
    circle.post(OPEN, &fields).await.assert_not_allowed();
}

#[tokio::test]
async fn a_body_writes_down_its_own_promises_and_nobody_elses() {
    let site = Site::open().await;
    let circle = site.visitor("partner").await;
    let fields = |by| [("what", "Bring the supper"), ("promised_by", by), ("promised_to", "@staff"), ("due_on", "2032-01-01")];
    circle.post("/cedar-river/commitments", &fields("@tallpine")).await.assert_problem("promised_by", "Choose who promises");
    let made = circle.post("/cedar-river/commitments", &fields("@kinship")).await;
    made.assert_goes_to("/cedar-river/commitments/*");
    circle.follow(&made).await.assert_page("Bring the supper").assert_sees("Report it done");
}

#[tokio::test]
async fn nobody_promises_to_their_own_side() {
    let site = Site::open().await;
    let fields = [("what", "Bring the supper"), ("promised_by", "@staff"), ("promised_to", "@director"), ("due_on", "2032-01-01")];
    let again = site.visitor("staff").await.post("/cedar-river/commitments", &fields).await;
    again.assert_problem("promised_to", "Choose somebody on the other side");
}

#[tokio::test]
async fn a_changed_day_is_told_with_its_reason() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let page = format!("{OPEN}/edit");
    staff.fill(&page, "@commitment_open", &[("due_on", "2032-01-01")]).await.assert_problem("why", "Enter why the day changes");
    staff.fill(&page, "@commitment_open", &[("due_on", "2032-01-01"), ("why", "The printer broke.")]).await.assert_goes_to(OPEN);
    site.visitor("partner").await.get(OPEN).await.assert_sees("The printer broke.").assert_sees("day changed");
}

#[tokio::test]
async fn of_two_who_change_a_promise_the_second_sees_both_texts() {
    let site = Site::open().await;
    let (staff, director) = (site.visitor("staff").await, site.visitor("director").await);
    let version = site.id("commitment_open_version");
    let due: String = site.peek("select due_on::text from commitment where id = '@commitment_open'").await;
    let fields = |what| [("what", what), ("due_on", due.as_str()), ("version", version.as_str())];
    staff.post(OPEN, &fields("Show the first chapter")).await.assert_goes_to(OPEN);
    let again = director.post(OPEN, &fields("Show the last chapter")).await;
    again.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    again.assert_sees("Show the first chapter");
    assert_eq!(again.field("what"), "Show the last chapter");
}

#[tokio::test]
async fn a_narrow_promise_is_read_by_the_agency_and_the_one_it_concerns() {
    let site = Site::open().await;
    let late = "/cedar-river/commitments/@commitment_late";
    for who in ["director", "analyst", "tribe"] {
        site.visitor(who).await.get(late).await.assert_sees("Send the placement numbers by Tribe");
    }
    for who in ["partner", "parent", "admin"] {
        let visitor = site.visitor(who).await;
        visitor.get(late).await.assert_not_found();
        visitor.get("/cedar-river/commitments").await.assert_never_sees("Send the placement numbers by Tribe");
    }
}

#[tokio::test]
async fn another_agency_sees_no_promise() {
    let site = Site::open().await;
    let harbor = site.visitor("harbor").await;
    harbor.get(OPEN).await.assert_not_found();
    harbor.get("/harbor/commitments/@commitment_open").await.assert_not_found();
    harbor.get("/harbor/commitments").await.assert_never_sees("handbook");
}

#[tokio::test]
async fn an_analyst_reads_and_promises_nothing() {
    let site = Site::open().await;
    let analyst = site.visitor("analyst").await;
    analyst.get(OPEN).await.assert_never_sees("Report it done");
    analyst.get("/cedar-river/commitments/new").await.assert_not_allowed();
}

#[tokio::test]
async fn only_who_promised_carries_or_answers_for_it_changes_a_promise() {
    let site = Site::open().await;
    let own = "/cedar-river/commitments/@commitment_returned";
    let staff = site.visitor("staff").await;
    for part in ["/edit", "/delegate"] {
        staff.get(&format!("{own}{part}")).await.assert_not_allowed();
    }
    staff.get(own).await.assert_never_sees("Ask a delegate").assert_sees("Report it done");
    for who in ["facilitator", "director"] {
        site.visitor(who).await.get(own).await.assert_sees("Change the words or the day").assert_sees("Ask a delegate");
    }
}

#[tokio::test]
async fn when_the_one_promised_has_left_a_director_names_who_gives_the_word() {
    let site = Site::open().await;
    let theirs = "/cedar-river/commitments/@commitment_12";
    let to: String = site.peek("select promised_to::text from commitment where id = '@commitment_12'").await;
    assert_eq!(to, site.id("facilitator"), "the twelfth promise was made to the facilitator");
    site.force("update commitment set state = 'reported', confirmed_at = null, confirmed_by = null where id = '@commitment_12'").await;
    let (director, staff) = (site.visitor("director").await, site.visitor("staff").await);
    director.get(&format!("{theirs}/successor")).await.assert_not_allowed();
    site.force("update membership set state = 'ended' where id = '@facilitator'").await;
    staff.get(&format!("{theirs}/word")).await.assert_not_allowed();
    staff.get(theirs).await.assert_sees("has left").assert_never_sees("Let somebody else give the word");
    staff.get(&format!("{theirs}/successor")).await.assert_not_allowed();
    let page = format!("{theirs}/successor");
    director.fill(&page, "/successor", &[("successor", "")]).await.assert_problem("successor", "Choose who gives the word");
    director.fill(&page, "/successor", &[("successor", "@staff")]).await.assert_flash("Somebody else gives the word now");
    staff.get("/cedar-river").await.assert_sees("reported done, waiting for your word");
    staff.fill(&format!("{theirs}/word"), "/word", &[("word", "kept")]).await.assert_goes_to(theirs);
}

#[tokio::test]
async fn a_person_without_a_body_is_called_by_name_only_where_they_told_it() {
    let site = Site::open().await;
    let name: String = site.peek("select name from member_identity where membership_id = '@parent'").await;
    let options = "select#promised_to option[value='@parent']";
    site.force("delete from identity_reader where membership_id = '@parent'").await;
    let unknown = site.visitor("staff").await.get("/cedar-river/commitments/new").await.select(options).join("");
    assert!(unknown.starts_with("Community member, here since"), "{unknown}");
    site.force(
        "insert into identity_reader (agency_id, membership_id, reader_id)
         select agency_id, id, '@staff' from membership where id = '@parent'",
    )
    .await;
    assert_eq!(site.visitor("staff").await.get("/cedar-river/commitments/new").await.select(options).join(""), name);
    site.visitor("director").await.get("/cedar-river/commitments/new").await.assert_never_sees(&name);
}

#[tokio::test]
async fn the_list_is_narrowed_to_a_partner_and_to_who_carries_it() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let tribes = staff.get("/cedar-river/commitments?partner=@tallpine&sort=new").await;
    tribes.assert_sees("Give the county a number that is answered at night").assert_never_sees("relative handbook");
    tribes.assert_sees("How promises are kept");
    let hers = staff.get("/cedar-river/commitments?owner=@facilitator").await;
    hers.assert_sees("Pay the readers within thirty days").assert_never_sees("relative handbook");
    staff
        .get("/cedar-river/commitments?q=nobody+ever+promised+this")
        .await
        .assert_sees("How promises are kept")
        .assert_sees("No promises here");
}

#[tokio::test]
async fn a_new_promise_lies_ahead_unless_it_was_made_earlier() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let fields = |earlier| {
        [
            ("what", "Bring the supper"),
            ("promised_by", "@staff"),
            ("promised_to", "@kinship"),
            ("due_on", "2026-08-01"),
            ("earlier", earlier),
        ]
    };
    let again = staff.post("/cedar-river/commitments", &fields("")).await;
    again.assert_problem("due_on", "Enter a day that is still ahead").assert_sees("It was promised earlier");
    assert_eq!(again.field("what"), "Bring the supper");
    let made = staff.send_form(&again.filled("/commitments", &[("earlier", "yes")])).await;
    staff.follow(&made).await.assert_page("Bring the supper").assert_sees("was due 1 August 2026");
    let page = format!("{OPEN}/edit");
    let moved = staff.fill(&page, "@commitment_open", &[("due_on", "2026-08-01"), ("why", "The printer broke.")]).await;
    moved.assert_problem("due_on", "Enter a day that is still ahead");
    staff.get("/cedar-river/commitments/new").await.assert_never_sees("It was promised earlier");
}
