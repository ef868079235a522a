//! What a withdrawal erases: what came from the words that are taken back. Names, what stood here before, a Tribe's position and
//! what others contributed stay.

use crate::support::{Answer, Site, Visitor};
use chrono::Duration;

const COURT: &str = "/cedar-river/partners/@court";

async fn say(who: &Visitor, words: &str, as_body: bool) -> String {
    let mut fields = vec![("comment", words), ("comment_audience", "partnership")];
    if as_body {
        fields.push(("comment_as", "yes"));
    }
    let added: Answer = who.post("/cedar-river/comments/@court", &fields).await;
    added.assert_flash("Comment added");
    added.location.rsplit("#comment-").next().unwrap_or_default().to_owned()
}

async fn describe(staff: &Visitor, words: &str) {
    staff.fill(&format!("{COURT}/edit"), "/@court", &[("description", words)]).await.assert_goes_to(COURT);
}

async fn take_back(who: &Visitor, comment: &str) {
    who.post(&format!("/cedar-river/comments/{comment}/withdrawal"), &[]).await.assert_flash("Comment taken back; its words are gone");
}

async fn version(site: &Site) -> i32 {
    site.peek("select version from partner where id = '@court'").await
}

const LOST: &str = "audit where action = 'lost words that were taken back'";

#[tokio::test]
async fn whoever_quotes_others_and_takes_it_back_erases_only_the_quotation() {
    let site = Site::open().await;
    let (staff, tribe, partner) = (site.visitor("staff").await, site.visitor("tribe").await, site.visitor("partner").await);
    let name = "Tall Pine Band of the Upper Cedar River Valley and Its Neighbors";
    site.force(&format!(
        "update partner set name = '{name}' where id = '@tallpine'; update subject set title = '{name}' where id = '@tallpine'"
    ))
    .await;
    let (described, position) = (
        "Hears cases on the second floor every Tuesday from nine until noon",
        "We ask that no hearing is held without a word from our own court",
    );
    describe(&staff, described).await;
    say(&tribe, position, true).await;
    site.clock.advance(Duration::minutes(1));
    let before = version(&site).await;
    let quoted = say(&partner, &format!("They wrote: {described}. {position}. So says the {name}!"), false).await;
    partner.get(COURT).await.assert_sees("So says the Tall Pine Band");
    take_back(&partner, &quoted).await;
    let page = staff.get(COURT).await;
    page.assert_sees(described).assert_sees(position).assert_never_sees("words taken back").assert_never_sees("So says the");
    staff.get("/cedar-river/partners/@tallpine").await.assert_page(name);
    assert_eq!(version(&site).await, before, "nobody changed the record");
    assert_eq!(site.count(LOST).await, 0);
    assert_eq!(site.count(&format!("comment where id = '{quoted}' and words is null")).await, 1);
}

#[tokio::test]
async fn a_name_stays_a_name_whoever_said_it_first() {
    let site = Site::open().await;
    let (staff, partner) = (site.visitor("staff").await, site.visitor("partner").await);
    let name = "Confederated Houses of the Lower Alder and Both Forks River";
    let asked = say(&partner, &format!("When will the {name} be asked?"), false).await;
    site.clock.advance(Duration::minutes(1));
    let made = staff.post("/cedar-river/partners", &[("name", name), ("kind", "court")]).await.made();
    describe(&staff, &format!("Works with {name} on Fridays")).await;
    take_back(&partner, &asked).await;
    staff.get(&format!("/cedar-river/partners/{made}")).await.assert_page(name);
    staff.get(COURT).await.assert_sees(name);
}

#[tokio::test]
async fn what_came_from_a_comment_goes_with_it_and_what_others_said_is_a_task() {
    let site = Site::open().await;
    let (staff, tribe, partner) = (site.visitor("staff").await, site.visitor("tribe").await, site.visitor("partner").await);
    let said = "my neighbor waited eleven weeks for a letter that never came";
    let comment = say(&partner, said, false).await;
    site.clock.advance(Duration::minutes(1));
    describe(&staff, &format!("We were told: {said}.")).await;
    say(&tribe, &format!("As you say, {said}; that is our position"), true).await;
    say(&site.visitor("parent").await, &format!("Mine too: {said}"), false).await;
    let before = version(&site).await;
    let whole: i32 = site.peek("select version from subject where id = '@court'").await;
    take_back(&partner, &comment).await;
    let page = staff.get(COURT).await;
    page.assert_sees("We were told: [words taken back]").assert_sees("that is our position").assert_sees(&format!("Mine too: {said}"));
    assert_eq!(version(&site).await, before + 1);
    assert!(site.peek::<i32>("select version from subject where id = '@court'").await > whole);
    assert_eq!(site.count(&format!("{LOST} and subject_id = '@court' and fields ? 'description' and actor_id is null")).await, 1);
    staff.get("/cedar-river/recalls").await.assert_sees("Words copied into a partner").assert_sees("The same words in a comment by others");
    assert_eq!(site.attempt("tribe", "partner", "select id from recall where of_comment is not null").await.unwrap(), 0);
    assert!(site.attempt("partner", "partner", "select id from recall where of_comment is not null").await.unwrap() > 0);
}

#[tokio::test]
async fn a_comment_that_grew_by_others_words_takes_none_of_them_along() {
    let site = Site::open().await;
    let (staff, partner) = (site.visitor("staff").await, site.visitor("partner").await);
    let comment = say(&partner, "Mondays suit us", false).await;
    let described = "Keeps one room for families on the ground floor beside the garden";
    describe(&staff, described).await;
    let grown = [("comment", described), ("comment_audience", "partnership"), ("sure", "partnership"), ("version", "1")];
    partner.post(&format!("/cedar-river/comments/{comment}/words"), &grown).await.assert_flash("Comment saved");
    take_back(&partner, &comment).await;
    staff.get(COURT).await.assert_sees(described);
}

#[tokio::test]
async fn a_statement_taken_back_leaves_a_tribes_position_and_what_stood_before() {
    let site = Site::open().await;
    let (staff, facilitator) = (site.visitor("staff").await, site.visitor("facilitator").await);
    let (stood, own) = ("letters are sent to an address that was left years ago", "we stood in the rain and nobody opened the door for us");
    describe(&staff, &format!("Known since spring: {stood}.")).await;
    let session = "/cedar-river/sessions/@session_5";
    let words = format!("{stood}, and {own}");
    let made = staff.post(&format!("{session}/statements"), &[("speaker", "@speaker_5_10"), ("words", &words)]).await;
    let statement = made.location.rsplit('=').next().unwrap().to_owned();
    let word = [("how", "telephone"), ("word", "confirm"), ("attribution", "role"), ("audience", "partnership"), ("version", "1")];
    facilitator
        .post(&format!("/cedar-river/statements/{statement}/entered-answer"), &word)
        .await
        .assert_flash("The speaker’s word is kept");
    let position = say(&site.visitor("tribe").await, "Our position", true).await;
    let other = say(&site.visitor("parent").await, "Somebody said", false).await;
    site.force(&format!(
        "update comment set words = 'Our position: {own}' where id = '{position}'; update comment set words = 'Somebody said {own}' where id = '{other}'; \
         update plan_progress set note = '{own}' where id = (select id from plan_progress order by id limit 1)"
    ))
    .await;
    let withdrawal = format!("{session}/speakers/@speaker_5_10/withdrawal");
    facilitator.post(&withdrawal, &[("how", "telephone")]).await.assert_flash("The words are gone from here");
    let page = staff.get(COURT).await;
    page.assert_sees(&format!("Known since spring: {stood}"))
        .assert_sees(&format!("Our position: {own}"))
        .assert_never_sees("Somebody said we stood");
    assert_eq!(site.count(&format!("plan_progress where note like '%{own}%'")).await, 0);
    assert_eq!(
        site.count(&format!("recall where subject_id = '{statement}' and state = 'open' and what like 'The same words in a comment%'"))
            .await,
        1
    );
    assert_eq!(
        site.count(&format!("said_run where first_in = '{statement}'")).await,
        0,
        "and nothing is left by which the words could be known"
    );
}
