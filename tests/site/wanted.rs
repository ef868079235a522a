//! "Your word is wanted": nobody is asked for a word that is not theirs to give, and nobody is left out.

use crate::support::Site;

const WANTED: &str = "/cedar-river/wanted";
const DONE: &str = "Was this done, as it was promised?";
const GOAL: &str = "Do you agree to this goal?";

#[tokio::test]
async fn only_who_speaks_for_a_body_is_asked_for_its_word() {
    let site = Site::open().await;
    let page = site.visitor("partner").await.get(WANTED).await;
    page.assert_sees(DONE).assert_sees("Send the summary of the October session").assert_sees(GOAL);
    site.force("update membership set steward = false, speaks = false, binds = false where id = '@partner'").await;
    let member = site.visitor("partner").await;
    member.get(WANTED).await.assert_never_sees(DONE).assert_never_sees(GOAL).assert_sees("Does this answer you?");
    member.get("/cedar-river/commitments?show=my_word").await.assert_sees("No promises here");
    member
        .get("/cedar-river")
        .await
        .assert_never_sees(DONE)
        .assert_sees("reported done, waiting for the word of your organization or Tribe");
    site.force("update membership set speaks = true, mandate_until = '2020-01-01' where id = '@partner'").await;
    site.visitor("partner").await.get(WANTED).await.assert_never_sees(DONE).assert_never_sees(GOAL);
    site.force("update membership set mandate_until = null where id = '@partner'").await;
    site.visitor("partner").await.get(WANTED).await.assert_sees(DONE).assert_sees(GOAL);
}

#[tokio::test]
async fn whoever_reported_it_under_another_hat_is_not_asked() {
    let site = Site::open().await;
    let account = "(select account_id from membership where id = '@partner')";
    site.force(&format!("update membership set account_id = {account}, state = 'ended' where id = '@staff'")).await;
    let circle = site.visitor("partner").await;
    circle.get(WANTED).await.assert_never_sees("Send the summary of the October session");
    circle.get("/cedar-river/commitments?show=my_word").await.assert_never_sees("Send the summary of the October session");
}

#[tokio::test]
async fn a_person_without_a_body_is_asked_for_their_own_word() {
    let site = Site::open().await;
    let parent = site.visitor("parent").await;
    parent.get(WANTED).await.assert_sees(GOAL).assert_never_sees("Send the summary of the October session");
    let ways = parent.get(WANTED).await.attributes("ul.wait a", "href");
    for way in ways {
        parent.get(&way).await.assert_status(http::StatusCode::OK);
    }
}

#[tokio::test]
async fn a_goal_is_wanted_again_when_it_has_a_new_version() {
    let site = Site::open().await;
    let partner = site.visitor("partner").await;
    let goals = async || partner.get(WANTED).await.select("ul.wait li").into_iter().filter(|one| one.starts_with(GOAL)).count();
    let before = goals().await;
    site.visitor("staff").await.fill("/cedar-river/goals/@goal_2/edit", "@goal_2", &[("text", "In every language spoken here")]).await;
    assert_eq!(goals().await, before + 1);
    partner.fill("/cedar-river/goals/@goal_2/agreement", "/agreement", &[("word", "agreed")]).await;
    assert_eq!(goals().await, before);
}
