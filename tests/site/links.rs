//! A speaker's link in the wrong hands: who makes one, what it can do, and who is told.

use crate::support::{Site, Visitor};
use common_table::platform::session::LINK_COOKIE;
use http::StatusCode;

const SESSION: &str = "/cedar-river/sessions/@session_5";
const CARD: &str = "/cedar-river/sessions/@session_5/speakers/@speaker_5_10";
const CONSENT: &str = "/cedar-river/return/consent";

/// A statement of the card's speaker, its word given by telephone.
async fn told(site: &Site, words: &str, audience: &str) -> String {
    let (staff, facilitator) = (site.visitor("staff").await, site.visitor("facilitator").await);
    let made = staff.post(&format!("{SESSION}/statements"), &[("speaker", "@speaker_5_10"), ("words", words)]).await;
    let id = made.location.rsplit('=').next().unwrap().to_owned();
    let word = [("how", "telephone"), ("word", "confirm"), ("attribution", "anonymous"), ("audience", audience), ("version", "1")];
    facilitator.post(&format!("/cedar-river/statements/{id}/entered-answer"), &word).await.assert_flash("The speaker’s word is kept");
    id
}

async fn holder_of_a_link(site: &Site) -> Visitor {
    let facilitator = site.visitor("facilitator").await;
    facilitator.post(&format!("{CARD}/link"), &[]).await.assert_flash("Link made");
    let shown = facilitator.cookie("__Host-shown").unwrap();
    site.stranger().with_cookie(LINK_COOKIE, shown.rsplit('.').next().unwrap())
}

fn choices<'a>(id: &'a str, audience: &'a str, version: &'a str) -> [(&'a str, &'a str); 4] {
    [("statement", id), ("attribution", "anonymous"), ("audience", audience), ("version", version)]
}

#[tokio::test]
async fn nobody_makes_a_link_for_a_speaker_who_has_a_sign_in() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let members = "/cedar-river/sessions/@session_7/speakers/@speaker_7_1";
    staff.get(members).await.assert_page("A speaker’s card").assert_never_sees("A link for the speaker");
    staff.get(&format!("{members}/link")).await.assert_not_found();
    staff.post(&format!("{members}/link"), &[]).await.assert_not_found();
    let by_hand = "insert into return_link (id, token_hash, subject_id, speaker_id, purpose, made_by, created_at, expires_at) \
                   values (gen_random_uuid(), '\\x00', '@session_7', '@speaker_7_1', 'confirm', current_membership(), now(), now() + interval '1 day')";
    crate::support::refused("past the page", site.attempt("staff", "staff", by_hand).await);
    let draft = by_hand.replace("'@session_7', '@speaker_7_1'", "'@chosen_statement', null");
    crate::support::refused("a link to a record, past its speaker", site.attempt("director", "director", &draft).await);
}

/// The same, where it was asked once more whether these may read it.
fn sure<'a>(choices: &[(&'a str, &'a str)], audience: &'a str) -> Vec<(&'a str, &'a str)> {
    [choices, &[("sure", audience)]].concat()
}

#[tokio::test]
async fn whoever_makes_a_link_after_the_word_was_given_opens_the_words_to_nobody() {
    let site = Site::open().await;
    let id = told(&site, "The lamp stayed lit until morning", "body").await;
    let (statement, analyst) = (format!("/cedar-river/statements/{id}"), site.visitor("analyst").await);
    let holder = holder_of_a_link(&site).await;
    let wider = [choices(&id, "public", "2").as_slice(), &[("sure", "public"), ("uses", "exported"), ("uses", "published")]].concat();
    holder.post(CONSENT, &wider).await.assert_problem("audience", "Choose the same or less");
    analyst.get(&statement).await.assert_not_found();
    // Less is always taken; and what was taken back by it is not given again by it.
    holder.post(CONSENT, &choices(&id, "author", "2")).await.assert_status(StatusCode::SEE_OTHER);
    holder.post(CONSENT, &sure(&choices(&id, "body", "3"), "body")).await.assert_problem("audience", "Choose the same or less");
    site.visitor("tribe").await.get(&statement).await.assert_not_found();
}

#[tokio::test]
async fn a_speaker_whose_own_link_was_ended_by_another_loses_nothing_to_it() {
    let site = Site::open().await;
    let (staff, partner) = (site.visitor("staff").await, site.visitor("partner").await);
    let made =
        staff.post(&format!("{SESSION}/statements"), &[("speaker", "@speaker_5_10"), ("words", "We hid the bread in the barn")]).await;
    let id = made.location.rsplit('=').next().unwrap().to_owned();
    let own = holder_of_a_link(&site).await;
    let word = [choices(&id, "author", "1").as_slice(), &[("word", "confirm")]].concat();
    own.post("/cedar-river/return", &word).await.assert_status(StatusCode::SEE_OTHER);
    let other = holder_of_a_link(&site).await;
    other
        .post(CONSENT, &sure(&choices(&id, "partnership", "2"), "partnership"))
        .await
        .assert_problem("audience", "Choose the same or less");
    partner.get(&format!("/cedar-river/statements/{id}")).await.assert_not_found();
    own.get("/cedar-river/return").await.assert_link_over();
}

#[tokio::test]
async fn what_is_done_and_read_by_a_link_names_whoever_made_it() {
    let site = Site::open().await;
    let id = told(&site, "The river was up to the second step", "body").await;
    let (facilitator, tribe) = (site.visitor("facilitator").await, site.visitor("tribe").await);
    let maker: String = site.peek("select name from membership where id = '@facilitator'").await;
    let holder = holder_of_a_link(&site).await;
    assert_eq!(
        site.count(&format!("audit where action = 'link made for the speaker of' and subject_id = '{id}' and actor_name = '{maker}'"))
            .await,
        1
    );
    for _ in 0..2 {
        holder.get("/cedar-river/return").await.assert_sees("up to the second step");
    }
    assert_eq!(site.count(&format!("reading where subject_id = '{id}' and how = 'by link'")).await, 1, "once a day");
    tribe.get(&format!("/cedar-river/statements/{id}")).await.assert_sees(&format!("opened by a return link that {maker} made"));
    let log = tribe.get(&format!("/cedar-river/audit?record={id}")).await;
    log.assert_sees("link made for the speaker of");
    holder.post("/cedar-river/return/withdrawal", &[("statement", &id)]).await.assert_status(StatusCode::SEE_OTHER);
    let said = format!(
        "audit where action = 'withdrawn' and subject_id = '{id}' and actor_id is null and actor_name = 'by a link that {maker} made'"
    );
    assert_eq!(site.count(&said).await, 1);
    let read = "select id from reading where how = 'by link'";
    assert_eq!(site.attempt("facilitator", "staff", read).await.unwrap(), 0, "who made it does not learn when it is opened");
    facilitator.get(&format!("{CARD}/link")).await.assert_never_sees("second step");
}

#[tokio::test]
async fn what_a_speaker_does_by_their_own_address_is_told_as_theirs() {
    let site = Site::open().await;
    let id = told(&site, "The cellar door was never locked", "body").await;
    let maker: String = site.peek("select name from membership where id = '@facilitator'").await;
    let speaker = holder_of_a_link(&site).await;
    speaker.post(CONSENT, &choices(&id, "author", "2")).await.assert_status(StatusCode::SEE_OTHER);
    speaker.post("/cedar-river/return/withdrawal", &[("statement", &id)]).await.assert_status(StatusCode::SEE_OTHER);
    let by = "select string_agg(actor_name, '; ' order by at, id) from audit where actor_id is null and subject_id =";
    let told: String = site.peek(&format!("{by} '{id}' and action in ('withdrawn', 'chose who may read')")).await;
    assert!(told.ends_with(&format!("by the speaker’s own address, after a link that {maker} made")), "{told}");
    assert_eq!(told.matches("own address").count(), 1, "the first act is by the link: {told}");
}

#[tokio::test]
async fn one_speakers_link_is_never_shown_as_anothers() {
    let site = Site::open().await;
    let facilitator = site.visitor("facilitator").await;
    facilitator.post(&format!("{CARD}/link"), &[]).await.assert_flash("Link made");
    let other = facilitator.get("/cedar-river/sessions/@session_5/speakers/@speaker_5_9/link").await;
    other.assert_page("A link for the speaker").assert_never_sees("Give this address");
}

#[tokio::test]
async fn a_speaker_reads_by_their_link_what_was_noted_about_reaching_them() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let id = told(&site, "Nobody rang the bell twice", "body").await;
    staff
        .fill(&format!("{CARD}/edit"), CARD, &[("reach_how", "email"), ("reach_at", "mallory@x.example")])
        .await
        .assert_flash("Card saved");
    let name: String = site.peek("select name from membership where id = '@staff'").await;
    let noted = format!("audit where action = 'noted how to reach the speaker of' and subject_id = '{id}' and actor_name = '{name}'");
    assert_eq!(site.count(&noted).await, 1);
    holder_of_a_link(&site).await.get("/cedar-river/return").await.assert_sees("mallory@x.example");
}
