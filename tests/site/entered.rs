//! What somebody enters for a member who cannot come to the site: marked for good, not confirmed until they say so, in a time that ends by
//! itself, and with no right to anything else of theirs.

use crate::support::{Site, Visitor, refused};
use chrono::Duration;
use common_table::worker;

const BEGIN: &str = "/cedar-river/members/@partner/acting";
const BAND: &str = "You are entering for";
const WORDS: &str = "Who holds the key of the family room on Saturdays?";
const QUESTION: [(&str, &str); 3] = [("kind", "question"), ("audience", "agency"), ("words", WORDS)];

/// Begins to enter for the member of that page; answers the address of the time.
async fn begin(who: &Visitor, page: &str, how: &str, minutes: &str) -> String {
    let begun = who.fill(page, "/acting", &[("how", how), ("minutes", minutes), ("agreed", "yes")]).await;
    begun.assert_flash("Begun. It ends by itself");
    begun.location
}

async fn question(site: &Site, words: &str) -> String {
    site.peek(&format!("select '/cedar-river/loops/' || id from loop where words = '{words}'")).await
}

#[tokio::test]
async fn what_is_entered_for_somebody_is_marked_until_they_say_it_is_what_they_said() {
    let site = Site::open().await;
    let (staff, director, partner) = (site.visitor("staff").await, site.visitor("director").await, site.visitor("partner").await);
    let unasked = staff.fill(BEGIN, "/acting", &[("how", "telephone"), ("minutes", "30")]).await;
    unasked.assert_problem("agreed", "Ask them first");
    let time = begin(&staff, BEGIN, "telephone", "30").await;
    for page in ["/cedar-river", "/cedar-river/partners/@court"] {
        staff.get(page).await.assert_sees(BAND);
        partner.get(page).await.assert_never_sees(BAND);
    }
    staff
        .fill(BEGIN, "/acting", &[("how", "paper"), ("minutes", "15"), ("agreed", "yes")])
        .await
        .assert_problem("", "You enter for somebody already");
    staff.fill(&time, "/questions", &QUESTION).await.assert_flash("Entered. They are asked whether it is what they said");
    let asked = question(&site, WORDS).await;
    director
        .get(&asked)
        .await
        .assert_sees("entered for them by Marcus Tellwell, told by telephone")
        .assert_sees("not confirmed by them yet");
    director.get("/cedar-river/loops?sort=new").await.assert_sees("entered for them, not confirmed");
    partner.get("/cedar-river/notices").await.assert_sees("entered a question for you, as you told it by telephone");
    partner.get("/cedar-river/wanted").await.assert_sees("Somebody entered this for you: is it what you said?");
    let word = format!("{asked}/entered");
    staff.post(&word, &[("word", "right")]).await.assert_not_allowed();
    site.visitor("tribe").await.post(&word, &[("word", "right")]).await.assert_not_found();
    partner.fill(&word, "/entered", &[]).await.assert_problem("word", "Choose one of the two");
    partner.fill(&word, "/entered", &[("word", "right")]).await.assert_flash("Confirmed: it is what you said");
    director.get(&asked).await.assert_sees("confirmed by them").assert_never_sees("not confirmed by them yet");
    partner.get(&word).await.assert_flash("You have said whether this is what you said");
    partner.get(&time).await.assert_page("Entered for you").assert_sees("Marcus Tellwell");
    director.get(&time).await.assert_not_found();
}

#[tokio::test]
async fn what_they_did_not_say_is_struck_and_whoever_entered_it_is_told() {
    let site = Site::open().await;
    let (staff, partner) = (site.visitor("staff").await, site.visitor("partner").await);
    let time = begin(&staff, BEGIN, "paper", "15").await;
    let words = "The benches in the hall are for lawyers alone";
    let fields = [("entered_comment", words), ("entered_audience", "partnership")];
    staff
        .post(&format!("{time}/comments/@court"), &[("entered_comment", words), ("entered_audience", "public")])
        .await
        .assert_problem("entered_audience", "Choose who may read it");
    staff.post(&format!("{time}/comments/@court"), &fields).await.assert_flash("Entered. They are asked whether it is what they said");
    let court = "/cedar-river/partners/@court";
    site.visitor("tribe").await.get(court).await.assert_sees(words).assert_sees("told on paper, not confirmed by them yet");
    let id: String = site.peek(&format!("select id::text from comment where words = '{words}'")).await;
    let word = format!("/cedar-river/comments/{id}/entered");
    partner.get(court).await.assert_sees("Is this what you said?");
    partner.fill(&word, "/entered", &[("word", "wrong")]).await.assert_flash("Struck: its words are gone");
    site.visitor("tribe").await.get(court).await.assert_never_sees(words).assert_sees("struck by the one for whom it was entered");
    staff.get("/cedar-river/notices").await.assert_sees("was struck: it is not what they said");
    partner.get(&word).await.assert_flash("You have said whether this is what you said");
    assert_eq!(
        site.count(&format!("comment where id = '{id}' and words is null and entered_by = '@staff' and confirmed_at is null")).await,
        1
    );

    let question = [("kind", "idea"), ("audience", "agency"), ("words", "Let the Saturday group end")];
    staff.fill(&time, "/questions", &question).await.assert_flash("Entered. They are asked whether it is what they said");
    let asked = self::question(&site, "Let the Saturday group end").await;
    partner.fill(&format!("{asked}/entered"), "/entered", &[("word", "wrong")]).await.assert_flash("Struck: its words are gone");
    staff.get(&asked).await.assert_never_sees("Saturday group").assert_sees("struck: it is not what they said");
}

#[tokio::test]
async fn the_time_ends_by_itself_and_nothing_that_was_typed_is_lost() {
    let site = Site::open().await;
    let (staff, partner) = (site.visitor("staff").await, site.visitor("partner").await);
    let time = begin(&staff, BEGIN, "telephone", "15").await;
    site.clock.put(site.clock.now() + Duration::minutes(16));
    staff.get("/cedar-river").await.assert_never_sees(BAND);
    let late = staff.post(&format!("{time}/questions"), &QUESTION).await;
    late.assert_problem("", "Your time to enter for them is over");
    assert_eq!(late.field("words"), WORDS);
    let comment = [("entered_comment", "Too late"), ("entered_audience", "agency")];
    staff.post(&format!("{time}/comments/@court"), &comment).await.assert_problem("", "Your time to enter for them is over");
    let ended = "audit where member_id = '@partner' and action = 'ended the time to enter for'";
    let before = site.count(ended).await;
    worker::sweep(&site.app).await.unwrap();
    let id = time.rsplit('/').next().unwrap();
    assert_eq!(site.count(&format!("acting where id = '{id}' and ended_at = until")).await, 1);
    assert_eq!(site.count(ended).await, before + 1);

    let again = begin(&staff, BEGIN, "telephone", "15").await;
    partner.post(&format!("{again}/ending"), &[]).await.assert_flash("Ended. Nothing more is entered in it");
    staff.post(&format!("{again}/questions"), &QUESTION).await.assert_problem("", "Your time to enter for them is over");
    assert_eq!(site.count("audit where member_id = '@partner' and action = 'stopped entering for' and actor_id = '@partner'").await, 1);
    assert_eq!(site.count(&format!("loop where words = '{WORDS}'")).await, 0);
}

#[tokio::test]
async fn whoever_wants_nobody_to_enter_for_them_is_obeyed_at_once() {
    let site = Site::open().await;
    let (staff, partner) = (site.visitor("staff").await, site.visitor("partner").await);
    let time = begin(&staff, BEGIN, "telephone", "60").await;
    partner.fill("/cedar-river/me", "/me/acting", &[("nobody", "yes")]).await.assert_flash("Saved. Nobody enters anything for you");
    staff.post(&format!("{time}/questions"), &QUESTION).await.assert_problem("", "Your time to enter for them is over");
    staff.get(BEGIN).await.assert_sees("does not want anybody to enter for them");
    refused("while they forbid it", site.attempt("facilitator", "staff", &begun("@facilitator", "@partner")).await);
    refused("their wish", site.attempt("staff", "staff", "delete from not_acted_for where membership_id = '@partner'").await);
    partner.post("/cedar-river/me/acting", &[]).await.assert_flash("Saved. Whoever you tell something may enter it for you");
    staff.get(BEGIN).await.assert_sees("They agreed to it");
}

fn begun(helper: &str, member: &str) -> String {
    format!(
        "update acting set ended_at = least(until, current_moment()) where helper_id = current_membership() and ended_at is null; \
         insert into acting (id, helper_id, member_id, told_how, begun_at, until) \
         values (gen_random_uuid(), '{helper}', '{member}', 'telephone', current_moment(), current_moment() + interval '1 hour')"
    )
}

#[tokio::test]
async fn only_the_agencys_staff_and_their_own_people_enter_and_for_a_parent_only_whom_she_lets_know() {
    let site = Site::open().await;
    for who in ["analyst", "admin"] {
        site.visitor(who).await.get(BEGIN).await.assert_not_allowed();
    }
    site.visitor("tribe").await.get(BEGIN).await.assert_not_found();
    let parents = "/cedar-river/members/@parent/acting";
    site.visitor("director").await.get(parents).await.assert_not_found();
    site.visitor("staff").await.get(parents).await.assert_page("Enter for Dana Whitlock");
    site.visitor("tribe").await.get("/cedar-river/members/@tribe_member/acting").await.assert_sees("They agreed to it");
    for (who, hat, member) in [
        ("director", "director", "@parent"),
        ("tribe", "partner", "@partner"),
        ("analyst", "analyst", "@partner"),
        ("admin", "administrator", "@partner"),
    ] {
        refused(who, site.attempt(who, hat, &begun(&format!("@{who}"), member)).await);
    }
    refused("in another's name", site.attempt("director", "director", &begun("@staff", "@partner")).await);
    assert!(site.attempt("tribe", "partner", &begun("@tribe", "@tribe_member")).await.is_ok());
}

/// Puts down a question of that member, entered as said.
fn entered(member: &str, acting: &str, by: &str, how: &str) -> String {
    format!(
        "insert into subject (id, kind, title, path, audience, body_id, author_id, created_at) select '{ID}', 'loop', 'x', '/x', 'agency', \
         partner_id, id, now() from membership where id = '{member}'; \
         insert into loop (id, kind, words, raised_by, raised_for_partner_id, acknowledge_by, answer_by, created_at, acting_id, entered_by, told_how) \
         select '{ID}', 'question', 'x', id, partner_id, '2027-04-01', '2027-05-01', now(), {acting}, {by}, {how} from membership where id = '{member}'"
    )
}

const ID: &str = "018f5e2a-0000-7000-8000-00000000bbbb";

#[tokio::test]
async fn the_database_takes_nothing_in_anothers_name_but_what_is_entered_in_a_time_that_runs() {
    let site = Site::open().await;
    let moment = |what: &str| format!("select ({what})::text from acting where id = '@acting'");
    let during: String = site.peek(&moment("begun_at + interval '1 minute'")).await;
    let until: String = site.peek(&moment("until")).await;
    let at = |moment: &str, statement: &str| format!("set local app.moment = '{moment}'; {statement}");
    let good = entered("@parent", "'@acting'", "'@facilitator'", "'telephone'");
    assert!(site.attempt("facilitator", "staff", &at(&during, &good)).await.is_ok());
    refused("over", site.attempt("facilitator", "staff", &at(&until, &good)).await);
    let ended = format!("update acting set ended_at = least(until, current_moment()) where id = '@acting'; {good}");
    refused("ended", site.attempt("facilitator", "staff", &at(&during, &ended)).await);
    for (what, who, statement) in [
        ("without the mark", "facilitator", entered("@parent", "null", "null", "null")),
        ("told otherwise", "facilitator", entered("@parent", "'@acting'", "'@facilitator'", "'paper'")),
        ("by another", "facilitator", entered("@parent", "'@acting'", "'@staff'", "'telephone'")),
        ("for another", "facilitator", entered("@partner", "'@acting'", "'@facilitator'", "'telephone'")),
        ("in another's time", "staff", entered("@parent", "'@acting'", "'@staff'", "'telephone'")),
    ] {
        refused(what, site.attempt(who, "staff", &at(&during, &statement)).await);
    }
    let comment = |as_body: bool, audience: &str| {
        let insert = format!(
            "insert into comment (id, subject_id, author_id, as_body, audience, words, created_at, acting_id, entered_by, told_how) \
             values ('{ID}', '@court', '@parent', {as_body}, '{audience}', 'x', now(), '@acting', '@facilitator', 'telephone')"
        );
        at(&during, &insert)
    };
    assert!(site.attempt("facilitator", "staff", &comment(false, "agency")).await.is_ok());
    refused("in the body's name", site.attempt("facilitator", "staff", &comment(true, "agency")).await);
    refused("for everybody", site.attempt("facilitator", "staff", &comment(false, "public")).await);
}

#[tokio::test]
async fn only_its_own_person_says_whether_it_is_what_they_said_and_the_mark_stays() {
    let site = Site::open().await;
    for (table, id, own) in [("loop", "@loop_entered", "parent"), ("comment", "@comment_entered", "tribe")] {
        let set = |what: &str| format!("update {table} set {what} where id = '{id}'");
        for who in ["facilitator", "staff"] {
            refused(who, site.attempt(who, "staff", &set("confirmed_at = now()")).await);
            refused(who, site.attempt(who, "staff", &set("struck_at = now()")).await);
        }
        refused("the mark", site.attempt(own, "partner", &set("acting_id = null, entered_by = null, told_how = null")).await);
        assert_eq!(site.attempt(own, "partner", &set("confirmed_at = now()")).await.unwrap(), 1);
        let twice = format!("{}; {}", set("confirmed_at = now()"), set("confirmed_at = null, struck_at = now()"));
        refused("once", site.attempt(own, "partner", &twice).await);
    }
}

#[tokio::test]
async fn whoever_enters_reads_nothing_more_and_a_parent_stays_a_community_member_to_others() {
    let site = Site::open().await;
    let (elena, parent) = (site.visitor("facilitator").await, site.visitor("parent").await);
    elena.get("/cedar-river/partners").await.assert_sees("You are entering for a community member").assert_never_sees("Dana Whitlock");
    site.force("update subject set audience = 'leadership' where id = '@loop_entered'").await;
    elena.get("/cedar-river/loops/@loop_entered").await.assert_not_found();
    parent.get("/cedar-river/loops/@loop_entered").await.assert_sees("entered for them by Elena Brandt, told in person");
    let director = site.visitor("director").await.get("/cedar-river/loops/@loop_entered").await;
    director.assert_sees("community member").assert_sees("entered for them by Elena Brandt").assert_never_sees("Dana Whitlock");
    for own in ["closure", "withdrawal", "readers", "entered"] {
        elena.post(&format!("/cedar-river/loops/@loop_entered/{own}"), &[]).await.assert_not_allowed();
    }
    // What she may read and they may not is not commented on in their name.
    let about = "/cedar-river/acting/@acting/comments/@loop_answered";
    elena
        .post(about, &[("entered_comment", "I read it"), ("entered_audience", "agency")])
        .await
        .assert_problem("", "They may not read this page themselves");
}
