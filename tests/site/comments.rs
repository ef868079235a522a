//! Comments: who reads, who edits, who takes back, and how little may be hidden.

use crate::support::{Answer, Site, Visitor};

const COURT: &str = "/cedar-river/partners/@court";

async fn say(who: &Visitor, subject: &str, audience: &str, words: &str) -> Answer {
    who.post(&format!("/cedar-river/comments/{subject}"), &[("comment", words), ("comment_audience", audience)]).await
}

/// The comment that was just added.
fn added(answer: &Answer) -> String {
    answer.assert_flash("Comment added");
    answer.location.rsplit("#comment-").next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_comment_is_read_by_whom_its_author_chose() {
    let site = Site::open().await;
    let partner = site.visitor("partner").await;
    let id = added(&say(&partner, "@court", "body", "Only among us for now").await);
    partner.get(COURT).await.assert_sees("Only among us for now");
    for who in ["staff", "director", "analyst", "tribe", "parent", "admin"] {
        let other = site.visitor(who).await;
        other.get(COURT).await.assert_never_sees("Only among us for now");
        if who != "admin" {
            other.get(&format!("/cedar-river/comments/{id}/reply")).await.assert_not_found();
        }
    }
}

#[tokio::test]
async fn a_person_without_a_body_cannot_choose_a_body() {
    let site = Site::open().await;
    let parent = site.visitor("parent").await;
    say(&parent, "@court", "body", "For whom?").await.assert_problem("comment_audience", "Choose who may read");
    assert_eq!(site.count("comment where words = 'For whom?'").await, 0);
}

#[tokio::test]
async fn a_person_with_lived_experience_is_a_community_member_to_others() {
    let site = Site::open().await;
    for who in ["staff", "director", "tribe"] {
        let page = site.visitor(who).await.get("/cedar-river/partners/@clinic").await;
        page.assert_sees("community member").assert_never_sees("Dana Whitlock");
    }
}

#[tokio::test]
async fn a_comment_on_a_hidden_record_is_as_if_it_never_was() {
    let site = Site::open().await;
    let (partner, tribe) = (site.visitor("partner").await, site.visitor("tribe").await);
    let id = added(&say(&partner, "@loop_answered", "partnership", "Everyone may know this").await);
    say(&tribe, "@loop_answered", "partnership", "I guessed the address").await.assert_not_found();
    tribe.get(&format!("/cedar-river/comments/{id}/reply")).await.assert_not_found();
    site.visitor("staff").await.get("/cedar-river/loops/@loop_answered").await.assert_sees("Everyone may know this");
}

#[tokio::test]
async fn an_answer_reaches_the_person_it_answers_and_nobody_wider() {
    let site = Site::open().await;
    let (parent, director) = (site.visitor("parent").await, site.visitor("director").await);
    let id = added(&say(&parent, "@court", "leadership", "For the director alone").await);
    let fields = [("comment", "I read this and will call you"), ("reply_to", id.as_str())];
    added(&director.post("/cedar-river/comments/@court", &fields).await);
    parent.get(COURT).await.assert_sees("I read this and will call you");
    for who in ["staff", "partner", "tribe"] {
        site.visitor(who).await.get(COURT).await.assert_never_sees("I read this and will call you");
    }
}

#[tokio::test]
async fn only_a_mandate_in_force_speaks_for_a_body() {
    let site = Site::open().await;
    let tribe = site.visitor("tribe").await;
    let fields = [("comment", "Our position"), ("comment_audience", "partnership"), ("comment_as", "yes")];
    added(&tribe.post("/cedar-river/comments/@court", &fields).await);
    site.force("update membership set mandate_until = '2000-01-01' where id = '@tribe'").await;
    tribe.post("/cedar-river/comments/@court", &fields).await.assert_problem("comment_as", "Write this as yourself");
}

#[tokio::test]
async fn a_former_text_is_kept_and_shown_as_such() {
    let site = Site::open().await;
    let (partner, staff) = (site.visitor("partner").await, site.visitor("staff").await);
    let fields = [("comment", "Mondays, after five"), ("comment_audience", "agency"), ("version", "1")];
    staff.post("/cedar-river/comments/@comment_own/words", &fields).await.assert_not_found();
    partner.post("/cedar-river/comments/@comment_own/words", &fields).await.assert_flash("Comment saved");
    staff.get(COURT).await.assert_sees("Mondays, after five").assert_sees("edited");
    staff.get("/cedar-river/comments/@comment_own/history").await.assert_sees("free on Mondays after four");
    let stale = [("comment", "Too late"), ("comment_audience", "agency"), ("version", "1")];
    partner.post("/cedar-river/comments/@comment_own/words", &stale).await.assert_sees("Someone else saved this");
}

#[tokio::test]
async fn what_its_author_took_back_stands_nowhere() {
    let site = Site::open().await;
    let (parent, staff) = (site.visitor("parent").await, site.visitor("staff").await);
    staff.post("/cedar-river/comments/@comment_4/withdrawal", &[]).await.assert_not_found();
    parent.post("/cedar-river/comments/@comment_4/withdrawal", &[]).await.assert_flash("Comment taken back; its words are gone");
    let page = staff.get("/cedar-river/partners/@parents").await;
    page.assert_sees("taken back by its author").assert_never_sees("a seat for new people");
    staff.get("/cedar-river/comments/@comment_4/history").await.assert_never_sees("a seat for new people");
    assert_eq!(site.count("comment where words like '%a seat for new people%'").await, 0);
    assert_eq!(site.count("comment_revision where words like '%a seat for new people%'").await, 0);
}

#[tokio::test]
async fn a_comment_is_hidden_only_with_a_reason_that_its_readers_see() {
    let site = Site::open().await;
    let (staff, tribe) = (site.visitor("staff").await, site.visitor("tribe").await);
    let at = "/cedar-river/comments/@comment_to_hide/moderation";
    tribe.post(at, &[("because", "spam"), ("reason", "No")]).await.assert_not_allowed();
    let again = staff.post(at, &[("because", "unkind"), ("reason", "")]).await;
    again.assert_problem("because", "Choose why").assert_problem("reason", "Say why");
    let fields = [("because", "identifying"), ("reason", "It names a house")];
    staff.post(at, &fields).await.assert_flash("Hidden, with your reason in its place");
    let page = tribe.get("/cedar-river/partners/@schools").await;
    page.assert_sees("It names a house").assert_never_sees("yellow house");
    assert_eq!(site.count("comment where words like '%yellow house%'").await, 0);
}

#[tokio::test]
async fn a_tribes_position_is_never_hidden_only_an_identifying_passage_masked() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let at = "/cedar-river/comments/@comment_2/moderation";
    let whole = [("because", "identifying"), ("reason", "All of it")];
    staff.post(at, &whole).await.assert_problem("passage", "Name the identifying passage");
    let as_spam = [("because", "spam"), ("reason", "A passage"), ("passage", "the hearing list")];
    staff.post(at, &as_spam).await.assert_problem("passage", "Name the identifying passage");
    let masked = [("because", "identifying"), ("reason", "One list is one family"), ("passage", "the hearing list for our children")];
    staff.post(at, &masked).await.assert_flash("Hidden, with your reason in its place");
    let page = site.visitor("parent").await.get(COURT).await;
    page.assert_sees("Tall Pine asks that [passage hidden] be sent").assert_never_sees("hearing list for our children");
    site.visitor("tribe").await.get("/cedar-river/wanted").await.assert_sees("A passage of what you said");
}

#[tokio::test]
async fn a_moderator_from_the_partners_side_looks_again_when_the_author_asks() {
    let site = Site::open().await;
    let (partner, tribe) = (site.visitor("partner").await, site.visitor("tribe").await);
    let look = "/cedar-river/comments/@comment_hidden/second-look";
    tribe.get(look).await.assert_not_found();
    partner
        .post("/cedar-river/comments/@comment_hidden/second-look/request", &[])
        .await
        .assert_flash("A moderator from the partners’ side was asked");
    partner.post(look, &[("finding", "show")]).await.assert_not_found();
    tribe.get(look).await.assert_sees("Third and Alder").assert_sees("The stewards can because its author asked");
    tribe.post(look, &[("finding", "show")]).await.assert_goes_to("/cedar-river/comments/moderation");
    site.visitor("parent").await.get("/cedar-river/partners/@sheriff").await.assert_sees("Two officers stood in the hall");
}

#[tokio::test]
async fn a_former_text_keeps_the_readers_it_was_written_for() {
    let site = Site::open().await;
    let (partner, staff) = (site.visitor("partner").await, site.visitor("staff").await);
    let id = added(&say(&partner, "@court", "body", "The judge is tired of us").await);
    let (words, wider) = (
        format!("/cedar-river/comments/{id}/words"),
        [("comment", "We would like to meet the judge"), ("comment_audience", "partnership"), ("version", "1")],
    );
    partner.post(&words, &wider).await.assert_problem("sure", "Tick that from now on it is read by every member of the partnership");
    partner.post(&words, &[&wider[..], &[("sure", "partnership")]].concat()).await.assert_flash("Comment saved");
    staff.get(COURT).await.assert_sees("We would like to meet the judge");
    staff.get(&format!("/cedar-river/comments/{id}/history")).await.assert_not_found();
    partner.get(&format!("/cedar-river/comments/{id}/history")).await.assert_sees("The judge is tired of us");
}

#[tokio::test]
async fn a_narrow_comment_is_looked_at_again_by_stewards_only_once_its_author_asked() {
    let site = Site::open().await;
    let (partner, director, tribe) = (site.visitor("partner").await, site.visitor("director").await, site.visitor("tribe").await);
    let id = added(&say(&partner, "@court", "leadership", "Ask at the yellow door").await);
    let hidden = [("because", "identifying"), ("reason", "It names a door")];
    director.post(&format!("/cedar-river/comments/{id}/moderation"), &hidden).await.assert_flash("Hidden, with your reason in its place");
    let look = format!("/cedar-river/comments/{id}/second-look");
    tribe.get(&look).await.assert_not_found();
    partner.get(COURT).await.assert_sees("stewards who may read this page can then read the comment");
    partner.post(&format!("{look}/request"), &[]).await.assert_flash("A moderator from the partners’ side was asked");
    tribe.get(&look).await.assert_sees("Ask at the yellow door");
    site.visitor("parent").await.get(COURT).await.assert_never_sees("It names a door");
    tribe.post(&look, &[("finding", "show")]).await.assert_goes_to("/cedar-river/comments/moderation");
    director.get(COURT).await.assert_sees("Ask at the yellow door");
    site.visitor("staff").await.get(COURT).await.assert_never_sees("Ask at the yellow door");
}

#[tokio::test]
async fn a_passage_is_not_the_whole_of_a_tribes_position() {
    let site = Site::open().await;
    let whole = site.peek::<String>("select words from comment where id = '@comment_2'").await;
    let fields = [("because", "identifying"), ("reason", "All of it"), ("passage", whole.as_str())];
    let answer = site.visitor("staff").await.post("/cedar-river/comments/@comment_2/moderation", &fields).await;
    answer.assert_problem("passage", "Name a shorter passage");
}

#[tokio::test]
async fn a_steward_chooses_who_reads_what_their_people_wrote_and_leaves_the_words() {
    let site = Site::open().await;
    site.force(
        "insert into comment (agency_id, id, subject_id, author_id, body_id, audience, words, created_at)
         select agency_id, '018f5e2a-0000-7000-8000-00000000cccc', '@court', id, '@tallpine', 'body', 'The river road is closed', created_at
         from membership where id = '@tribe_member'",
    )
    .await;
    let (tribe, parent) = (site.visitor("tribe").await, site.visitor("parent").await);
    let at = "/cedar-river/comments/018f5e2a-0000-7000-8000-00000000cccc";
    site.visitor("partner").await.get(&format!("{at}/readers")).await.assert_not_found();
    parent.get(COURT).await.assert_never_sees("The river road is closed");
    let wider = [("comment_audience", "partnership"), ("version", "1")];
    let asked = tribe.post(&format!("{at}/readers"), &wider).await;
    asked.assert_problem("sure", "Tick that from now on it is read by every member of the partnership");
    asked.assert_sees("Yes, it may be read by every member of the partnership");
    parent.get(COURT).await.assert_never_sees("The river road is closed");
    // A tick is for the readers that it named, and for no others.
    let others = [("comment_audience", "partnership"), ("sure", "agency"), ("version", "1")];
    tribe
        .post(&format!("{at}/readers"), &others)
        .await
        .assert_problem("sure", "Tick that from now on it is read by every member of the partnership");
    let (to, fields) = asked.filled("/readers", &[("sure", "partnership")]);
    tribe.send_form(&(to, fields)).await.assert_flash("Who may read it was changed");
    parent.get(COURT).await.assert_sees("The river road is closed");
    tribe.get(&format!("{at}/words")).await.assert_not_found();
}

#[tokio::test]
async fn a_tribe_does_not_cease_to_be_one_for_a_minute() {
    let site = Site::open().await;
    let (staff, thomas) = (site.visitor("staff").await, site.visitor("tribe").await);
    let flipped = staff.fill("/cedar-river/partners/@tallpine/edit", "/partners/@tallpine", &[("kind", "other")]).await;
    flipped.assert_sees("nothing of this form is saved yet");
    for change in ["kind = 'other'", "is_tribe = false"] {
        let attempt = format!("update partner set {change} where id = '@tallpine'");
        crate::support::refused(&attempt, site.attempt("staff", "staff", &attempt).await);
    }
    // Whatever its entry says later, what was said for the Tribe stays a Tribe's position.
    let fields = [("comment", "Our position stands: no"), ("comment_audience", "partnership"), ("comment_as", "yes")];
    let id = added(&thomas.post("/cedar-river/comments/@court", &fields).await);
    site.force("update partner set kind = 'other', is_tribe = false where id = '@tallpine'").await;
    let whole = [("because", "spam"), ("reason", "Off topic")];
    staff.post(&format!("/cedar-river/comments/{id}/moderation"), &whole).await.assert_problem("passage", "Name the identifying passage");
    let gone = format!("update comment set words = null where id = '{id}'");
    crate::support::refused("past the pages", site.attempt("staff", "staff", &gone).await);
    thomas.fill("/cedar-river/our-entry", "/our-entry", &[("kind", "tribe")]).await;
    assert!(site.peek::<bool>("select is_tribe from partner where id = '@tallpine'").await, "its own people say what it is");
}

#[tokio::test]
async fn a_steward_who_looked_again_reads_no_later_text() {
    let site = Site::open().await;
    let (partner, staff, tribe) = (site.visitor("partner").await, site.visitor("staff").await, site.visitor("tribe").await);
    let id = added(&say(&partner, "@court", "agency", "Alpha beta seventeen").await);
    staff.post(&format!("/cedar-river/comments/{id}/moderation"), &[("because", "spam"), ("reason", "Off topic")]).await;
    let look = format!("/cedar-river/comments/{id}/second-look");
    partner.post(&format!("{look}/request"), &[]).await.assert_flash("A moderator from the partners’ side was asked");
    tribe.post(&look, &[("finding", "show")]).await.assert_goes_to("/cedar-river/comments/moderation");
    tribe.get(COURT).await.assert_sees("Alpha beta seventeen");
    let later = [("comment", "Only for our own people"), ("comment_audience", "body")];
    partner.fill(&format!("/cedar-river/comments/{id}/words"), "/words", &later).await.assert_flash("Comment saved");
    tribe.get(COURT).await.assert_never_sees("Only for our own people");
}

#[tokio::test]
async fn an_author_takes_words_back_from_a_record_that_they_no_longer_see() {
    let site = Site::open().await;
    let (partner, tribe) = (site.visitor("partner").await, site.visitor("tribe").await);
    let id = added(&say(&partner, "@barrier_open", "partnership", "We lent them our hall twice").await);
    site.force("update subject set audience = 'agency', title = 'A hidden name' where id = '@barrier_open'").await;
    partner.get("/cedar-river/barriers/@barrier_open").await.assert_not_found();
    partner.get("/cedar-river/me").await.assert_sees("Comments you have written");
    let mine = partner.get("/cedar-river/comments/mine").await;
    mine.assert_sees("We lent them our hall twice").assert_sees("on a record that you no longer see").assert_never_sees("A hidden name");
    tribe.get("/cedar-river/comments/mine").await.assert_never_sees("We lent them our hall twice");
    let withdrawal = format!("/cedar-river/comments/{id}/withdrawal");
    tribe.get(&withdrawal).await.assert_not_found();
    partner.get(&withdrawal).await.assert_sees("We lent them our hall twice").assert_never_sees("A hidden name");
    partner
        .post(&withdrawal, &[])
        .await
        .assert_goes_to("/cedar-river/comments/mine")
        .assert_flash("Comment taken back; its words are gone");
    assert_eq!(site.count(&format!("comment where id = '{id}' and words is null and withdrawn_at is not null")).await, 1);
    partner.get("/cedar-river/comments/mine").await.assert_sees("You took this comment back").assert_never_sees("our hall twice");
}

#[tokio::test]
async fn what_is_said_for_a_tribe_is_never_said_for_an_organization() {
    let site = Site::open().await;
    let tribe = site.visitor("tribe").await;
    site.force("update membership set speaks = true where id = '@tribe'").await;
    let fields = [("comment", "We will host the next one"), ("comment_audience", "partnership"), ("comment_as", "yes")];
    added(&tribe.post("/cedar-river/comments/@clinic", &fields).await);
    let page = site.visitor("staff").await.get("/cedar-river/partners/@clinic").await;
    page.assert_sees("said for the Tribe, written by Thomas Greywater");
    tribe.get("/cedar-river/loops").await.assert_sees("Mine, or my Tribe’s").assert_never_sees("my organization");
    tribe.get("/cedar-river/partners/@tallpine").await.assert_sees("The Tribe brings each time").assert_never_sees("They bring each time");
}
