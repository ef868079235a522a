//! What speakers are told of what others decide about their words, and of copies that have left.

use crate::{
    reports::{made, taken},
    support::Site,
};

const ID: &str = "018f5e2a-0000-7000-8000-00000000eeee";
const STATEMENT: &str = "/cedar-river/statements/018f5e2a-0000-7000-8000-00000000eeee";

/// Words of Ruth, one of the Tribe's people, which she confirmed herself for these readers.
async fn spoken(site: &Site, audience: &str) {
    site.force(&format!(
        "insert into subject (agency_id, id, kind, title, path, audience, body_id, author_id, for_analysts, created_at)
         select agency_id, '{ID}', 'statement', 'Statement of the spring', '{STATEMENT}', '{audience}', '@tallpine', '@tribe_member', true, created_at
         from membership where id = '@staff';
         insert into statement (agency_id, id, session_id, body_id, words, attribution, shown_as, wanted_audience, may_keep, may_quote, may_export,
             state, written_by, created_at, consent_version)
         select agency_id, '{ID}', '@session_1', '@tallpine', 'The river taught us when to call', 'role', 'an auntie', '{audience}', true, true, true,
             'confirmed', id, created_at, 2 from membership where id = '@staff';
         insert into consent_change (agency_id, id, statement_id, version, uses, audience, how, by_id, created_at)
         select agency_id, gen_random_uuid(), '{ID}', 2, '{{kept,quoted,exported}}', '{audience}', 'member', id, created_at
         from membership where id = '@tribe_member'"
    ))
    .await;
}

#[tokio::test]
async fn a_speaker_is_told_when_their_steward_lets_more_people_read_their_words() {
    let site = Site::open().await;
    spoken(&site, "body").await;
    let (ruth, thomas) = (site.visitor("ruth").await, site.visitor("tribe").await);
    ruth.get("/cedar-river").await.assert_never_sees("Your steward decided about your words");
    let consent = format!("{STATEMENT}/consent");
    let wider = [("audience", "partnership"), ("sure", "partnership")];
    thomas.fill(&consent, "/consent", &wider).await.assert_flash("Your choice is kept and holds from now on");
    let home = ruth.get("/cedar-river").await;
    home.assert_sees("Thomas Greywater let more people read it").assert_sees("Now: every member of the partnership");
    home.assert_sees("Before: the author’s own organization or Tribe").assert_sees("Take the words back");
    ruth.get(STATEMENT).await.assert_sees("Thomas Greywater: more people may read it");
    site.visitor("partner").await.get("/cedar-river").await.assert_never_sees("Thomas Greywater let");
    // It stands there until the speaker has decided themselves.
    ruth.fill(&consent, "/consent", &[("audience", "body")]).await.assert_flash("Your choice is kept and holds from now on");
    ruth.get("/cedar-river").await.assert_never_sees("Your steward decided about your words");
    thomas.get(STATEMENT).await.assert_sees("The speaker: fewer people may read it");
}

#[tokio::test]
async fn whoever_lets_fewer_people_read_sees_which_copies_left_and_each_is_called_back_once() {
    let site = Site::open().await;
    spoken(&site, "agency").await;
    let (thomas, analyst) = (site.visitor("tribe").await, site.visitor("analyst").await);
    let consent = format!("{STATEMENT}/consent");
    thomas.get(&consent).await.assert_sees("No copy of these words has left");
    let export = made(&site, &analyst, &[("what", "statements"), ("format", "csv")]).await;
    assert!(taken(&analyst, &export).await.contains("The river taught us"));
    // However often the words were looked at since.
    site.force(&format!(
        "insert into reading (agency_id, id, at, membership_id, subject_id, how)
         select m.agency_id, gen_random_uuid(), now() + make_interval(days => n), m.id, '{ID}', 'viewed' from membership m, generate_series(1, 60) n where m.id = '@staff'"
    ))
    .await;
    thomas.get(&consent).await.assert_sees("Priya Natarajan took a file away").assert_sees("goes on the recall list");
    let recalled = format!("recall where subject_id = '{ID}' and taken_by = '@analyst' and state = 'open'");
    let wider = [("audience", "partnership"), ("sure", "partnership")];
    thomas.fill(&consent, "/consent", &wider).await.assert_flash("Your choice is kept and holds from now on");
    assert_eq!(site.count(&recalled).await, 0, "more readers call nothing back");
    for audience in ["agency", "body"] {
        thomas.fill(&consent, "/consent", &[("audience", audience)]).await.assert_flash("Your choice is kept and holds from now on");
        assert_eq!(site.count(&recalled).await, 1, "{audience}");
    }
    thomas.get(STATEMENT).await.assert_sees("before less was allowed").assert_sees("being called back");
    site.visitor("staff").await.get("/cedar-river/recalls").await.assert_sees("before less was allowed");
    // Whoever said that the copy is deleted is not asked again, also when the words are taken back altogether.
    analyst.post(&format!("{export}/copies"), &[]).await;
    thomas.get(STATEMENT).await.assert_sees("Priya Natarajan said that it is deleted");
    thomas.fill(&format!("{STATEMENT}/withdrawal"), "/withdrawal", &[]).await;
    assert_eq!(site.count(&format!("statement where id = '{ID}' and words is null")).await, 1);
    let called_back = format!("recall where subject_id = '{ID}' and taken_by = '@analyst'");
    assert_eq!((site.count(&called_back).await, site.count(&recalled).await), (1, 0));
    // A copy that its taker wrote off is not said to be deleted.
    site.force(&format!(
        "update recall set state = 'cannot', because = 'a drive that was lost' where subject_id = '{ID}' and taken_by = '@analyst'"
    ))
    .await;
    thomas.get(STATEMENT).await.assert_sees("a drive that was lost").assert_never_sees("said that it is deleted");
}

#[tokio::test]
async fn nobody_says_of_somebody_elses_copy_that_it_is_deleted() {
    let site = Site::open().await;
    let analyst = site.visitor("analyst").await;
    let export = made(&site, &analyst, &[("what", "partners"), ("format", "csv")]).await;
    taken(&analyst, &export).await;
    let say = "update export_taken set deleted_at = now() where taken_by = '@analyst' and deleted_at is null";
    assert_eq!(site.attempt("director", "director", say).await.unwrap_or(0), 0);
    assert!(site.attempt("analyst", "analyst", say).await.unwrap() > 0);
}

#[tokio::test]
async fn how_somebody_may_be_reached_is_one_truth_on_their_page_and_on_every_card() {
    let site = Site::open().await;
    let parent = site.visitor("parent").await;
    site.force("update speaker set reach_how = 'telephone' where membership_id = '@parent'").await;
    let said = parent.fill("/cedar-river/me", "/me/reach", &[("channel", "in_person"), ("hours", "")]).await;
    said.assert_flash("Saved. Every letter and call list obeys it, and so do your consent cards");
    assert_eq!(site.count("speaker where membership_id = '@parent' and reach_how <> 'in_person'").await, 0);
    let newest = "select '/cedar-river/sessions/' || session_id || '/speakers/' || id from speaker where membership_id = '@parent' order by created_at desc, id limit 1";
    let card: String = site.peek(newest).await;
    parent.get("/cedar-river/me").await.assert_sees("On your consent cards").assert_sees("As on this page").assert_never_sees("Otherwise:");
    parent.get(&card).await.assert_sees("Only in person").assert_sees("for this session’s card alone");
    parent.fill(&card, "/reach", &[("reach_how", "telephone"), ("reach_at", "555-0100")]).await.assert_goes_to(&card);
    parent.get("/cedar-river/me").await.assert_sees("Otherwise: By telephone, 555-0100");
    // Whoever said “not at all”, or named a person in between, is not reached otherwise by what their page says.
    for (how, words) in [("", "Otherwise: Not to be reached"), ("through", "Otherwise: Through a person you named")] {
        let newest = "(select id from speaker where membership_id = '@parent' order by created_at desc, id limit 1)";
        site.force(&format!("update speaker set reach_how = '{how}', reach_at = '' where id = {newest}")).await;
        parent.fill("/cedar-river/me", "/me/reach", &[("channel", "text"), ("hours", "After 6 pm"), ("message", "yes")]).await.made();
        assert_eq!(site.peek::<String>(&format!("select reach_how || reach_hours from speaker where id = {newest}")).await, how);
        parent.get("/cedar-river/me").await.assert_sees(words).assert_sees("that you change on the card itself");
    }
}
