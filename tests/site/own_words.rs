//! A speaker’s own say: by link, by telephone, by their card, and who sees hints of who spoke.

use crate::support::{Answer, Site, Visitor};
use common_table::platform::session::LINK_COOKIE;
use http::StatusCode;

const SESSION: &str = "/cedar-river/sessions/@session_5";
const CARD: &str = "/cedar-river/sessions/@session_5/speakers/@speaker_5_10";
const RETURN: &str = "/cedar-river/return";

/// Writes one statement down for a speaker of the Tall Pine session; answers its address.
async fn written(staff: &Visitor, speaker: &str, words: &str) -> String {
    let made = staff.post(&format!("{SESSION}/statements"), &[("speaker", speaker), ("words", words)]).await;
    made.assert_status(StatusCode::SEE_OTHER);
    format!("/cedar-river/statements/{}", made.location.rsplit('=').next().unwrap())
}

async fn entered(facilitator: &Visitor, statement: &str, changes: &[(&str, &str)]) -> Answer {
    let usual = [("how", "telephone"), ("word", "confirm"), ("attribution", "role"), ("audience", "partnership"), ("version", "1")];
    let kept = usual.iter().filter(|(name, _)| !changes.iter().any(|(other, _)| other == name));
    let fields: Vec<(&str, &str)> = kept.copied().chain(changes.iter().copied()).collect();
    facilitator.post(&format!("{statement}/entered-answer"), &fields).await
}

/// A link for the speaker of the card, as somebody without a sign-in holds it.
async fn link(site: &Site, facilitator: &Visitor) -> (String, Visitor) {
    facilitator.post(&format!("{CARD}/link"), &[]).await.assert_flash("Link made");
    let shown = facilitator.cookie("__Host-shown").unwrap();
    let token = shown.rsplit('.').next().unwrap().to_owned();
    (token.clone(), site.stranger().with_cookie(LINK_COOKIE, &token))
}

#[tokio::test]
async fn a_speaker_whose_word_was_given_aloud_can_still_have_a_link_and_take_the_words_back() {
    let site = Site::open().await;
    let (staff, facilitator) = (site.visitor("staff").await, site.visitor("facilitator").await);
    let statement = written(&staff, "@speaker_5_10", "The dogs slept under the porch").await;
    entered(&facilitator, &statement, &[("audience", "author")]).await.assert_flash("The speaker’s word is kept");
    facilitator.get(&statement).await.assert_not_found();
    let shown = facilitator.get(&format!("{CARD}/link")).await;
    shown.assert_page("A link for the speaker").assert_never_sees("dogs");
    let (token, bearer) = link(&site, &facilitator).await;
    let id = statement.rsplit('/').next().unwrap();
    bearer.get(&format!("{RETURN}?statement={id}")).await.assert_sees("The dogs slept under the porch");
    bearer.post(&format!("{RETURN}/withdrawal"), &[("statement", id)]).await.assert_status(StatusCode::SEE_OTHER);
    bearer.get(&format!("{RETURN}?statement={id}")).await.assert_sees("took these words back").assert_sees("Keep this address");
    site.stranger().with_cookie(LINK_COOKIE, &token).get(RETURN).await.assert_link_over();
    assert_eq!(site.count(&format!("statement where id = '{id}' and state = 'withdrawn'")).await, 1);
}

#[tokio::test]
async fn one_link_lists_all_that_its_speaker_said_and_nothing_of_anybody_else() {
    let site = Site::open().await;
    let (staff, facilitator) = (site.visitor("staff").await, site.visitor("facilitator").await);
    written(&staff, "@speaker_5_10", "We painted the boat green").await;
    written(&staff, "@speaker_5_10", "The radio was always on").await;
    let other = written(&staff, "@speaker_5_9", "My room faced the river").await;
    let (_, bearer) = link(&site, &facilitator).await;
    let page = bearer.get(RETURN).await;
    page.assert_sees("We painted the boat green").assert_sees("The radio was always on").assert_never_sees("faced the river");
    bearer.get(&format!("{RETURN}?statement={}", other.rsplit('/').next().unwrap())).await.assert_not_found();
}

#[tokio::test]
async fn a_link_lets_the_speaker_change_who_may_read_after_they_have_answered() {
    let site = Site::open().await;
    let (staff, facilitator) = (site.visitor("staff").await, site.visitor("facilitator").await);
    let statement = written(&staff, "@speaker_5_10", "The moon was over the mill").await;
    let id = statement.rsplit('/').next().unwrap();
    let (_, bearer) = link(&site, &facilitator).await;
    let word = [("statement", id), ("word", "confirm"), ("attribution", "role"), ("audience", "author"), ("version", "1")];
    bearer.post(RETURN, &word).await.assert_goes_to(RETURN);
    let partner = site.visitor("partner").await;
    partner.get(&statement).await.assert_not_found();
    let choices = [("statement", id), ("attribution", "community"), ("audience", "partnership"), ("version", "2")];
    let asked = bearer.post(&format!("{RETURN}/consent"), &choices).await;
    asked.assert_problem("sure", "Tick that from now on it is read by every member of the partnership");
    assert_eq!(asked.select("input[name=sure]").len(), 1);
    partner.get(&statement).await.assert_not_found();
    // The tick holds for the readers that it named.
    let other = [&choices[..], &[("sure", "agency")]].concat();
    bearer
        .post(&format!("{RETURN}/consent"), &other)
        .await
        .assert_problem("sure", "Tick that from now on it is read by every member of the partnership");
    let choices = [&choices[..], &[("sure", "partnership")]].concat();
    bearer.post(&format!("{RETURN}/consent"), &choices).await.assert_status(StatusCode::SEE_OTHER);
    partner.get(&statement).await.assert_sees("The moon was over the mill");
    bearer.post(&format!("{RETURN}/consent"), &choices).await.assert_sees("Someone else saved this");
}

#[tokio::test]
async fn the_next_words_propose_no_more_readers_than_the_speaker_chose_last_and_the_new_address_stands_before_them() {
    let site = Site::open().await;
    let (staff, facilitator) = (site.visitor("staff").await, site.visitor("facilitator").await);
    let mut said = Vec::new();
    for words in ["The gate was never shut", "The well was dry by June"] {
        let fields = [("speaker", "@speaker_5_10"), ("words", words), ("wanted", "partnership")];
        let made = staff.post(&format!("{SESSION}/statements"), &fields).await;
        said.push(made.location.rsplit('=').next().unwrap().to_owned());
    }
    let (_, bearer) = link(&site, &facilitator).await;
    let proposed = "input[name=audience][checked]";
    let before = bearer.get(&format!("{RETURN}?statement={}", said[1])).await;
    assert_eq!(before.attributes(proposed, "value"), ["partnership"]);
    let word = [("statement", said[0].as_str()), ("word", "confirm"), ("attribution", "role"), ("audience", "author"), ("version", "1")];
    bearer.post(RETURN, &word).await.assert_goes_to(RETURN);
    let after = bearer.get(&format!("{RETURN}?statement={}", said[1])).await;
    assert_eq!(after.attributes(proposed, "value"), ["author"]);
    let place = |words: &str| after.words().find(words).unwrap_or_else(|| panic!("no “{words}”"));
    assert!(place("Keep this address") < place("Are these your words?"));
}

#[tokio::test]
async fn words_nobody_on_duty_reads_any_more_are_taken_back_by_telephone() {
    let site = Site::open().await;
    let (staff, facilitator) = (site.visitor("staff").await, site.visitor("facilitator").await);
    let statement = written(&staff, "@speaker_5_10", "The bread was still warm").await;
    entered(&facilitator, &statement, &[("audience", "author")]).await.assert_flash("The speaker’s word is kept");
    let withdrawal = format!("{CARD}/withdrawal");
    site.visitor("director").await.post(&withdrawal, &[("how", "telephone")]).await.assert_not_found();
    facilitator.get(&withdrawal).await.assert_page("The speaker takes words back").assert_never_sees("bread");
    facilitator.post(&withdrawal, &[("how", "member")]).await.assert_problem("how", "Choose how the speaker");
    facilitator.post(&withdrawal, &[("how", "telephone")]).await.assert_flash("The words are gone from here");
    let id = statement.rsplit('/').next().unwrap();
    assert_eq!(site.count(&format!("statement where id = '{id}' and state = 'withdrawn' and words is null")).await, 1);
    assert_eq!(site.count(&format!("consent_change where statement_id = '{id}' and how = 'telephone' and uses = '{{}}'")).await, 1);
    assert_eq!(site.count("audit where action = 'withdrawal entered' and actor_id = '@facilitator'").await, 1);
    assert_eq!(site.count("statement where speaker_id = '@speaker_5_10' and words is not null").await, 0);
}

#[tokio::test]
async fn striking_asks_once_more_and_then_the_words_are_gone() {
    let site = Site::open().await;
    let (staff, facilitator) = (site.visitor("staff").await, site.visitor("facilitator").await);
    let statement = written(&staff, "@speaker_5_10", "I should not have said this").await;
    entered(&facilitator, &statement, &[("word", "strike")]).await.assert_problem("sure", "Tick that the words");
    entered(&facilitator, &statement, &[("word", "strike"), ("sure", "yes")]).await.assert_flash("The speaker’s word is kept");
    let id = statement.rsplit('/').next().unwrap();
    assert_eq!(site.count(&format!("statement where id = '{id}' and state = 'struck' and words is null and folded is null")).await, 1);
}

#[tokio::test]
async fn what_was_read_back_in_the_room_is_read_by_those_whom_the_speaker_chose() {
    let site = Site::open().await;
    let (staff, facilitator) = (site.visitor("staff").await, site.visitor("facilitator").await);
    let statement = written(&staff, "@speaker_5_10", "He called every Sunday at noon").await;
    let read_back = [("how", "read_back"), ("witness", "Thomas Greywater"), ("uses", "quoted")];
    site.visitor("partner").await.get(&statement).await.assert_not_found();
    entered(&facilitator, &statement, &read_back).await.assert_flash("The speaker’s word is kept");
    site.visitor("partner").await.get(&statement).await.assert_sees("He called every Sunday at noon");
    site.visitor("tribe").await.get(&statement).await.assert_sees("heard by Thomas Greywater");
}

#[tokio::test]
async fn a_persons_word_comes_through_somebody_only_when_the_card_names_them() {
    let site = Site::open().await;
    let (staff, facilitator) = (site.visitor("staff").await, site.visitor("facilitator").await);
    let statement = written(&staff, "@speaker_5_10", "The gate was never locked").await;
    site.force("update speaker set reach_through = '' where id = '@speaker_5_10'").await;
    entered(&facilitator, &statement, &[("how", "through")]).await.assert_problem("how", "Choose how the speaker");
    site.force("update speaker set reach_through = 'Thomas Greywater' where id = '@speaker_5_10'").await;
    entered(&facilitator, &statement, &[("how", "through")]).await.assert_flash("The speaker’s word is kept");
}

#[tokio::test]
async fn only_a_named_speakers_page_says_whose_people_they_are_and_how_they_gave_their_word() {
    let site = Site::open().await;
    let (staff, facilitator) = (site.visitor("staff").await, site.visitor("facilitator").await);
    let body: String =
        site.peek("select name from partner where id = (select body_id from statement where id = '@waiting_statement')").await;
    let (body, levels) = (format!("({body})"), ["author", "body", "leadership", "agency", "partnership", "public"]);
    for attribution in ["named", "role", "community", "anonymous"] {
        for audience in levels {
            let statement = written(&staff, "@speaker_5_10", &format!("Snow fell on the {attribution} {audience} roof")).await;
            let choices = [("attribution", attribution), ("audience", audience), ("witness", "Thomas Greywater"), ("uses", "exported")];
            entered(&facilitator, &statement, &choices).await.assert_flash("The speaker’s word is kept");
            for who in ["director", "analyst", "partner", "parent", "tribe"] {
                let page = site.visitor(who).await.get(&statement).await;
                if page.status != StatusCode::OK {
                    continue;
                }
                let hints = who == "tribe" || attribution == "named";
                for hint in [body.as_str(), "by telephone", "heard by Thomas Greywater"] {
                    assert_eq!(page.words().contains(hint), hints, "{who} sees “{hint}”, {attribution}, {audience}");
                }
            }
        }
    }
}

#[tokio::test]
async fn a_mark_without_words_gives_no_hint_of_who_spoke() {
    let site = Site::open().await;
    let (staff, facilitator) = (site.visitor("staff").await, site.visitor("facilitator").await);
    let statement = written(&staff, "@speaker_5_10", "The stove ticked all night").await;
    entered(&facilitator, &statement, &[("attribution", "named")]).await.assert_flash("The speaker’s word is kept");
    site.visitor("partner").await.get(&statement).await.assert_sees("by telephone");
    facilitator.post(&format!("{CARD}/withdrawal"), &[("how", "paper")]).await.assert_flash("The words are gone from here");
    site.visitor("partner").await.get(&statement).await.assert_sees("Taken back on").assert_never_sees("by telephone");
}

#[tokio::test]
async fn what_a_reader_should_know_stands_before_the_words() {
    let site = Site::open().await;
    let facilitator = site.visitor("facilitator").await;
    let fields =
        [("speaker", "@speaker_5_10"), ("words", "The lake took him"), ("sensitivity", "speaks of a death"), ("language", "other")];
    let made = facilitator.post(&format!("{SESSION}/statements"), &fields).await;
    let page = facilitator.get(&format!("/cedar-river/statements/{}", made.location.rsplit('=').next().unwrap())).await;
    assert_eq!(page.select("details.sensitive > summary"), ["Before you read: speaks of a death"]);
    assert_eq!(page.attributes(".card [lang]", "lang"), ["und"]);
    page.assert_sees("Leave this page quickly");
}
