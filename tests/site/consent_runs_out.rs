//! Consent that runs out: from the end on it reads as “no” wherever it was asked for before; the speaker is asked once, silence is no
//! consent, and nobody but the speaker lengthens it.

use crate::{
    reports::{made, rows, taken},
    support::Site,
};
use chrono::{DateTime, Duration, Utc};
use common_table::worker;

const KIN: &str = "/cedar-river/statements/@kin_source";
const TERMS: &str = "/cedar-river/settings/consent";
const RENEWAL: &str = "/cedar-river/renewals/@renewal";
const SAID: &str = "four streets away";
const KEPT: &str = "Kept: it holds for what is allowed from now on, and for what was allowed before from today";

/// Past the end of what was allowed for the words of the fourth session, which were given half-way through the year.
async fn after_its_end(site: &Site) {
    let end: DateTime<Utc> = site.peek("select greatest(quote_until, export_until) from statement where id = '@kin_source'").await;
    site.clock.put(end);
}

#[tokio::test]
async fn what_ran_out_is_not_quoted_and_not_exported_from_the_next_request_on() {
    let site = Site::open().await;
    let (staff, analyst) = (site.visitor("staff").await, site.visitor("analyst").await);
    staff.get("/cedar-river/themes/@theme_kin").await.assert_sees(SAID);
    analyst.get(KIN).await.assert_sees(SAID);
    assert!(rows(&site, &analyst, "statements").await.iter().any(|row| row["words"].contains(SAID)));
    after_its_end(&site).await;
    let (staff, analyst) = (site.visitor("staff").await, site.visitor("analyst").await);
    staff.get("/cedar-river/themes/@theme_kin").await.assert_sees("It is not to be quoted, or no longer").assert_never_sees(SAID);
    staff.get("/cedar-river/barriers/@barrier_1").await.assert_never_sees(SAID);
    analyst.get(KIN).await.assert_not_found();
    analyst.get("/cedar-river/themes/@theme_kin").await.assert_never_sees(SAID);
    for who in ["analyst", "director"] {
        let all = rows(&site, &site.visitor(who).await, "statements").await;
        assert!(all.iter().all(|row| !row["words"].contains(SAID)), "{who}");
    }
    // Whom the speaker lets read it still reads it, and sees that no more may be done with it.
    staff
        .get(KIN)
        .await
        .assert_sees(SAID)
        .assert_sees("that ran out on")
        .assert_sees("not to be quoted")
        .assert_never_sees("may be exported");
}

#[tokio::test]
async fn a_file_that_is_ready_is_not_handed_out_once_what_it_rests_on_ran_out() {
    let site = Site::open().await;
    let analyst = site.visitor("analyst").await;
    let export = made(&site, &analyst, &[("what", "statements"), ("format", "csv")]).await;
    assert!(taken(&analyst, &export).await.contains(SAID), "while it holds");
    let soon = (site.clock.now() + Duration::hours(1)).to_rfc3339();
    site.force(&format!(
        "update statement set export_until = '{soon}' where id = '@kin_source'; update subject set analysts_until = '{soon}' where id = '@kin_source'"
    ))
    .await;
    analyst.get(KIN).await.assert_sees(SAID);
    site.clock.advance(Duration::hours(2));
    let analyst = site.visitor("analyst").await;
    let door = analyst.post(&format!("{export}/downloads"), &[]).await;
    assert!(!door.location.contains("taking"), "{}", door.location);
    let id = export.rsplit('/').next().unwrap();
    assert_eq!(site.peek::<String>(&format!("select state from export where id = '{id}'")).await, "void");
    analyst.get(KIN).await.assert_not_found();
}

#[tokio::test]
async fn the_speaker_is_asked_once_and_silence_is_no_consent() {
    let site = Site::open().await;
    let asked = site.count("consent_renewal where answer is null").await;
    assert!(asked > 0, "the year ends with somebody to be asked");
    assert_eq!(site.count("consent_renewal where uses = '{}'").await, 0);
    let end = "statement st where st.speaker_id = (select speaker_id from consent_renewal where id = '@renewal') and st.may_quote";
    for _ in 0..4 {
        worker::sweep(&site.app).await.unwrap();
        site.clock.advance(Duration::days(21));
    }
    let again = "select count(*) from (select speaker_id from consent_renewal where asked_up_to <= (select asked_up_to from consent_renewal \
                 where id = '@renewal') group by speaker_id having count(*) > 1) twice";
    assert_eq!(site.peek::<i64>(again).await, 0, "nobody is asked twice about one end");
    let moment = site.clock.now().to_rfc3339();
    assert_eq!(site.count(&format!("{end} and coalesce(st.quote_until > '{moment}', true)")).await, 0, "nothing went on by itself");
    assert_eq!(site.count("consent_renewal where answer is not null").await, 0);
}

#[tokio::test]
async fn a_member_is_told_and_what_they_choose_again_holds_anew() {
    let site = Site::open().await;
    let chosen = "/cedar-river/statements/@chosen_statement";
    let until = "select quote_until::text from statement where id = '@chosen_statement'";
    let before: String = site.peek(until).await;
    site.clock.advance(Duration::days(150));
    worker::sweep(&site.app).await.unwrap();
    let partner = site.visitor("partner").await;
    partner.get("/cedar-river/notices").await.assert_sees("Some of what you allowed runs out soon");
    assert!(site.count("consent_renewal where membership_id = '@partner' and answer is null").await > 0);
    let page = partner.get(chosen).await;
    page.assert_sees("How this was allowed").assert_sees("English, version 1").assert_sees("on their own page");
    let consent = partner.get(&format!("{chosen}/consent")).await;
    consent.assert_sees("These are your words, and they stay yours").assert_sees("Holds for one year");
    let wording = consent.field("wording");
    let fields = [("uses", "quoted"), ("attribution", "role"), ("audience", "agency"), ("version", "2"), ("wording", wording.as_str())];
    partner.post(&format!("{chosen}/consent"), &fields).await.assert_flash("Your choice is kept and holds from now on");
    assert_ne!(site.peek::<String>(until).await, before);
    assert_eq!(site.count("statement where id = '@chosen_statement' and export_until is null and not may_export").await, 1);
}

#[tokio::test]
async fn whoever_listened_asks_by_hand_and_enters_what_was_said() {
    let site = Site::open().await;
    let facilitator = site.visitor("facilitator").await;
    facilitator.get("/cedar-river/statements").await.assert_sees("To be asked again");
    facilitator.get("/cedar-river/renewals").await.assert_sees("To be asked again").assert_sees("be quoted where people work");
    facilitator.get(RENEWAL).await.assert_sees("How they may be reached");
    let fields = [("answer", "again"), ("version", "1")];
    facilitator.post(RENEWAL, &fields).await.assert_problem("how", "Choose how the speaker gave their word");
    let of = "statement st where st.speaker_id = (select speaker_id from consent_renewal where id = '@renewal') and st.may_quote";
    let ends = format!("select min(st.quote_until)::text from {of}");
    let before: String = site.peek(&ends).await;
    let kept = "consent_change where how = 'telephone' and wording_id is not null and by_id = '@facilitator'";
    let entries = site.count(kept).await;
    facilitator.post(RENEWAL, &[("how", "telephone"), fields[0], fields[1]]).await.assert_flash("What they said is kept");
    assert_ne!(site.peek::<String>(&ends).await, before);
    assert!(site.count(kept).await > entries, "who asked, how, and what was shown");
    facilitator.get(RENEWAL).await.assert_not_found();
}

#[tokio::test]
async fn a_no_ends_it_at_once() {
    let site = Site::open().await;
    let facilitator = site.visitor("facilitator").await;
    let of = "statement st where st.speaker_id = (select speaker_id from consent_renewal where id = '@renewal')";
    assert!(site.count(&format!("{of} and st.may_quote")).await > 0);
    facilitator.post(RENEWAL, &[("answer", "no"), ("how", "in_person"), ("version", "1")]).await.assert_flash("What they said is kept");
    assert_eq!(site.count(&format!("{of} and (st.may_quote or st.may_export)")).await, 0);
    let left = "subject s join statement st on st.id = s.id where s.for_analysts and st.speaker_id = (select speaker_id from consent_renewal where id = '@renewal')";
    assert_eq!(site.count(left).await, 0, "an analyst reads none of it");
}

#[tokio::test]
async fn nobody_who_did_not_listen_learns_whom_to_ask() {
    let site = Site::open().await;
    site.force("delete from session_duty where membership_id = '@director'").await;
    for who in ["director", "parent"] {
        let visitor = site.visitor(who).await;
        visitor.get(RENEWAL).await.assert_not_found();
        visitor.get("/cedar-river/renewals").await.assert_sees("Nobody is to be asked");
        visitor.get("/cedar-river/statements").await.assert_never_sees("To be asked again");
        visitor.post(RENEWAL, &[("answer", "again"), ("how", "telephone"), ("version", "1")]).await.assert_not_found();
    }
    for who in ["analyst", "admin"] {
        site.visitor(who).await.get(RENEWAL).await.assert_not_allowed();
    }
    site.visitor("harbor").await.get(RENEWAL).await.assert_not_found();
}

#[tokio::test]
async fn only_the_speaker_lengthens_what_they_allowed() {
    let site = Site::open().await;
    let until = "select quote_until::text from statement where id = '@kin_source'";
    let before: String = site.peek(until).await;
    let admin = site.visitor("admin").await;
    let version = admin.get(TERMS).await.field("version");
    let longer = [("quoted", "120"), ("exported", "120"), ("version", version.as_str())];
    admin.post(TERMS, &longer).await.assert_flash(KEPT);
    assert_eq!(site.peek::<String>(until).await, before, "a longer time lengthens nothing that was given");
    let version = admin.get(TERMS).await.field("version");
    admin.post(TERMS, &[("version", version.as_str())]).await.assert_flash(KEPT);
    assert_eq!(site.peek::<String>(until).await, before, "nor does none");
    admin.post(TERMS, &[("quoted", "1"), ("version", "0")]).await.assert_flash(KEPT);
    assert_ne!(site.peek::<String>(until).await, before, "a shorter one counts from today");
    admin.post(TERMS, &[("quoted", "0"), ("version", "1")]).await.assert_problem("quoted", "Enter a number from 1 to 120");
    admin.post(TERMS, &[("quoted", "2"), ("version", "7")]).await.assert_sees("Someone else saved this");
    site.visitor("director").await.post(TERMS, &longer).await.assert_not_allowed();
    for (who, hat) in [("staff", "staff"), ("director", "director"), ("admin", "administrator"), ("analyst", "analyst")] {
        let past_every_page = [
            "update statement set quote_until = null where id = '@kin_source'",
            "update subject set analysts_until = null where id = '@kin_source'",
            "update consent_renewal set answer = 'again', answered_at = now() where id = '@renewal'",
        ];
        for statement in past_every_page {
            let done = site.attempt(who, hat, statement).await;
            assert!(!matches!(done, Ok(rows) if rows > 0), "{who}: {statement}");
        }
    }
    for hat in ["staff", "director", "partner"] {
        let made = "insert into consent_term (agency_id, used, months, set_by, set_at) values (current_agency(), 'research', 3, current_membership(), now())";
        assert!(site.attempt("staff", hat, made).await.is_err(), "{hat}");
    }
}

#[tokio::test]
async fn a_steward_who_leaves_it_as_it_is_lengthens_nothing() {
    let site = Site::open().await;
    let said = "statement where words like 'I learned our songs%'";
    let (id, version): (String, i32) =
        (site.peek(&format!("select id::text from {said}")).await, site.peek(&format!("select version from {said}")).await);
    let before: String = site.peek(&format!("select quote_until::text from {said}")).await;
    let (tribe, version) = (site.visitor("tribe").await, version.to_string());
    let fields = [("uses", "quoted"), ("attribution", "role"), ("audience", "agency"), ("version", version.as_str())];
    tribe.post(&format!("/cedar-river/statements/{id}/consent"), &fields).await.assert_flash("Your choice is kept and holds from now on");
    assert_eq!(site.peek::<String>(&format!("select quote_until::text from {said}")).await, before);
}

#[tokio::test]
async fn a_wording_is_followed_and_never_changed() {
    let site = Site::open().await;
    let admin = site.visitor("admin").await;
    let fields = [("language", "en"), ("words", "You decide, and you can decide anew on any day.")];
    admin.post(&format!("{TERMS}/wordings"), &fields).await.assert_flash("Kept as the next version: it is shown from now on");
    admin.get(TERMS).await.assert_sees("English, version 2").assert_sees("Spanish, version 1");
    let partner = site.visitor("partner").await;
    partner.get("/cedar-river/statements/@chosen_statement").await.assert_sees("English, version 1").assert_sees("they stay yours");
    partner
        .get("/cedar-river/statements/@chosen_statement/consent")
        .await
        .assert_sees("you can decide anew")
        .assert_never_sees("they stay yours");
    admin.post(&format!("{TERMS}/wordings"), &[("language", "xx"), ("words", "Hm")]).await.assert_problem("language", "Choose a language");
    assert!(site.attempt("admin", "administrator", "update consent_wording set words = 'Another'").await.is_err());
}
