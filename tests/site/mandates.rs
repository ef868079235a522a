//! What binds a body needs a mandate. Here one of its people without one, and the agency, try to bind it.

use crate::support::{Site, refused};

const COMMITMENTS: &str = "/cedar-river/commitments";
const TOLD: &str = "/cedar-river/commitments/@commitment_told";
const WITHOUT: &str = "update membership set steward = false, speaks = false, binds = false where id = '@tribe_member'";

fn promise<'a>(by: &'a str, to: &'a str) -> [(&'static str, &'a str); 4] {
    [("what", "Waive the right to notice until spring"), ("promised_by", by), ("promised_to", to), ("due_on", "2032-03-01")]
}

#[tokio::test]
async fn a_member_without_a_mandate_promises_nothing_in_their_bodys_name() {
    let site = Site::open().await;
    site.force(WITHOUT).await;
    let ruth = site.visitor("ruth").await;
    ruth.post(COMMITMENTS, &promise("@tallpine", "@director")).await.assert_problem("promised_by", "Choose who promises");
    ruth.get("/cedar-river/commitments/new").await.assert_sees("Only those whom your Tribe lets bind it");
    // A mandate to speak is none to bind.
    site.force("update membership set speaks = true where id = '@tribe_member'").await;
    ruth.post(COMMITMENTS, &promise("@tallpine", "@director")).await.assert_problem("promised_by", "Choose who promises");
    let theirs: String =
        site.peek("select id::text from commitment where promiser_partner_id = '@tallpine' and state = 'open' limit 1").await;
    ruth.get(&format!("{COMMITMENTS}/{theirs}/edit")).await.assert_not_allowed();
    ruth.get(&format!("{COMMITMENTS}/{theirs}/report")).await.assert_page("Report it done");
    refused(
        "past the pages",
        site.attempt("tribe_member", "partner", &format!("update commitment set what = 'Less' where id = '{theirs}'")).await,
    );
    site.force(WITHOUT).await;
    ruth.get(&format!("{COMMITMENTS}/{theirs}/report")).await.assert_not_allowed();
    let done = format!("update commitment set state = 'reported' where id = '{theirs}'");
    refused("past the pages", site.attempt("tribe_member", "partner", &done).await);
    site.force("update membership set binds = true where id = '@tribe_member'").await;
    ruth.post(COMMITMENTS, &promise("@tallpine", "@director")).await.assert_goes_to("/cedar-river/commitments/*");
}

#[tokio::test]
async fn what_the_agency_was_told_of_a_promise_is_none_until_the_body_says_so() {
    let site = Site::open().await;
    let (staff, ruth, thomas) = (site.visitor("staff").await, site.visitor("ruth").await, site.visitor("tribe").await);
    let made = staff.post(COMMITMENTS, &promise("@tallpine", "@staff")).await;
    made.assert_goes_to("/cedar-river/commitments/*");
    let id = made.location.rsplit('/').next().unwrap().to_owned();
    let state = format!("select state from commitment where id = '{id}'");
    assert_eq!(site.peek::<String>(&state).await, "told");
    staff.get(&made.location).await.assert_sees("It is no promise, and neither due nor late").assert_never_sees("It is no longer needed");
    site.force(&format!("update commitment set due_on = '2020-01-01' where id = '{id}'")).await;
    thomas.get("/cedar-river/commitments?show=late").await.assert_never_sees("Waive the right to notice");
    for open in [
        format!("update commitment set state = 'open' where id = '{id}'"),
        format!(
            "insert into commitment (id, what, side, promiser_partner_id, promised_to, due_on, state, created_by, created_at) \
             select gen_random_uuid(), what, side, promiser_partner_id, promised_to, due_on, 'open', '@staff', now() from commitment where id = '{id}'"
        ),
    ] {
        refused(&open, site.attempt("staff", "staff", &open).await);
    }
    let page = format!("{}/avowal", made.location);
    staff.post(&page, &[("word", "ours"), ("version", "1")]).await.assert_not_allowed();
    ruth.get(&page).await.assert_not_allowed();
    site.visitor("partner").await.get(&page).await.assert_not_allowed();
    thomas.get("/cedar-river/wanted").await.assert_sees("Is this promised, as the agency wrote it down?");
    thomas.fill(&page, "/avowal", &[("word", "ours")]).await.assert_goes_to(&made.location);
    assert_eq!(site.peek::<String>(&state).await, "open");
    thomas.get("/cedar-river/commitments?show=late").await.assert_sees("Waive the right to notice");
    staff.get(&format!("{}/edit", made.location)).await.assert_not_allowed();
}

#[tokio::test]
async fn a_body_says_that_it_did_not_promise() {
    let site = Site::open().await;
    let thomas = site.visitor("tribe").await;
    thomas.get(TOLD).await.assert_sees("Say whether it is promised").assert_sees("waiting for your word");
    site.visitor("staff").await.get(TOLD).await.assert_sees("waiting for their own word");
    thomas.fill(&format!("{TOLD}/avowal"), "/avowal", &[("word", "not_ours")]).await.assert_goes_to(TOLD);
    let page = thomas.get(TOLD).await;
    page.assert_sees("said that this was not promised").assert_never_sees("No longer needed").assert_never_sees("no longer needed");
    site.visitor("staff").await.get(TOLD).await.assert_sees("not promised").assert_never_sees("no longer needed");
    assert_eq!(site.peek::<String>("select state from commitment where id = '@commitment_told'").await, "released");
}

#[tokio::test]
async fn a_member_without_a_mandate_does_not_give_the_co_hosts_word() {
    let site = Site::open().await;
    site.force("update membership set steward = false, speaks = false, binds = false where id = '@partner'").await;
    let member = site.visitor("partner").await;
    let version = |id: &str| format!("select version::text from listening_session where id = '@{id}'");
    for (session, act) in [("session_6", "/summary/agreement"), ("session_4", "/closing/word")] {
        let page = format!("/cedar-river/sessions/@{session}");
        let version: String = site.peek(&version(session)).await;
        let shown = member.get(&page).await.attributes("form", "action");
        assert!(!shown.iter().any(|to| to.ends_with("/agreement") || to.ends_with("/word")), "{session}: {shown:?}");
        member.post(&format!("{page}{act}"), &[("version", &version)]).await.assert_not_found();
    }
    let said = "update listening_session set cohost_agreed_by = '@partner', cohost_agreed_at = now() where id = '@session_6'";
    refused("past the pages", site.attempt("partner", "partner", said).await);
    let for_them = "update listening_session set cohost_closes_by = '@partner', cohost_closes_at = now() where id = '@session_4'";
    refused("nor does the agency", site.attempt("staff", "staff", for_them).await);
    site.force("update membership set speaks = true where id = '@partner'").await;
    let version: String = site.peek(&version("session_6")).await;
    let agreed = member.post("/cedar-river/sessions/@session_6/summary/agreement", &[("version", &version)]).await;
    agreed.assert_goes_to("/cedar-river/sessions/@session_6");
}

/// What somebody who may speak for a body and bind it does in its name, past every page; the last two in one transaction with what they
/// need.
const BINDING: &[&str] = &[
    "update commitment set state = 'reported' where promiser_partner_id = '@tallpine' and state = 'open'",
    "update commitment set what = 'Less' where promiser_partner_id = '@tallpine' and state = 'open'",
    "insert into agreement (subject_id, version, membership_id, partner_id, word, created_at) \
     select id, version, '@tribe_member', '@tallpine', 'agreed', now() from goal where id = '@goal_open'",
    "insert into rating (id, partner_id, side, value, rated_on, rated_by, created_at) \
     values (gen_random_uuid(), '@tallpine', 'partner', 2, '2026-01-01', '@tribe_member', now())",
    "update seat_term set membership_id = '@tribe_member', named_by = '@tribe_member', named_at = now() \
     where seat_id = '@seat_tallpine' and ended_on is null",
    "insert into comment (id, subject_id, author_id, body_id, as_body, audience, words, created_at) \
     values (gen_random_uuid(), '@goal_open', '@tribe_member', '@tallpine', true, 'partnership', 'We see it so', now())",
    "insert into comment (id, subject_id, author_id, body_id, audience, words, created_at) \
     values ('01890000-0000-7000-8000-00000000b0d1', '@goal_open', '@tribe_member', '@tallpine', 'partnership', 'I see it so', now()); \
     update comment set as_body = true where id = '01890000-0000-7000-8000-00000000b0d1'",
];

#[tokio::test]
async fn a_mandate_outside_its_days_binds_nobody_past_every_page() {
    let site = Site::open().await;
    for (from, until, holds) in [("null", "'2020-12-31'", false), ("'2090-01-01'", "null", false), ("'2020-01-01'", "'2090-01-01'", true)] {
        site.force(&format!(
            "update membership set steward = false, speaks = true, binds = true, mandate_from = {from}, mandate_until = {until} where id = '@tribe_member'"
        ))
        .await;
        for act in BINDING {
            let done = site.attempt("tribe_member", "partner", act).await;
            if holds {
                assert!(done.is_ok_and(|rows| rows > 0), "{act}");
            } else {
                refused(&format!("{from} to {until}: {act}"), done);
            }
        }
    }
}

#[tokio::test]
async fn a_body_whose_last_mandate_is_over_has_nobody_who_speaks_for_it() {
    let site = Site::open().await;
    let brought = "/cedar-river/partners/hand-overs/@handover_with/brought";
    let director = site.visitor("director").await;
    director.get(brought).await.assert_not_allowed();
    let over = "update membership set steward = false, speaks = true, binds = false, mandate_until = '2020-12-31' \
         where partner_id in (select id from partner where coalesce(merged_into, id) = '@kinship')";
    site.force(over).await;
    director.get(brought).await.assert_page("What did they say to the letter?");
    let said =
        "update handover set state = 'passed', answered_at = now(), answered_by = '@partner', read_by = '' where id = '@handover_with'";
    refused("by who spoke for it once", site.attempt("partner", "partner", said).await);
}
