//! What came of a session, told to those who spoke there: each reads what their own words led to, says of a promise whether it was kept, and
//! nobody learns who said so. And the agency's face on the pages of a link.

use crate::support::{Site, Visitor, refused, word_links};
use common_table::platform::session::LINK_COOKIE;
use http::StatusCode;

const SESSION: &str = "/cedar-river/sessions/@session_5";
const ANSWERS: &str = "/cedar-river/sessions/@session_5/answers";
const RETURN: &str = "/cedar-river/return";
const ASKED: &str = "/cedar-river/return/answers/@asked_answer";
const KEPT: &str = "Your word is kept. You can change your mind at any time";

/// The page of a link about the statement that begins so.
async fn page_about(site: &Site, begins: &str) -> String {
    let id: String = site.peek(&format!("select id::text from statement where words like '{begins}%'")).await;
    format!("{RETURN}?statement={id}")
}

/// Whoever holds a new link for a speaker of the session.
async fn holder_of(site: &Site, speaker: &str) -> Visitor {
    let facilitator = site.visitor("facilitator").await;
    facilitator.post(&format!("{SESSION}/speakers/{speaker}/link"), &[]).await.assert_flash("Link made");
    let shown = facilitator.cookie("__Host-shown").unwrap();
    site.stranger().with_cookie(LINK_COOKIE, shown.rsplit('.').next().unwrap())
}

#[tokio::test]
async fn a_speaker_reads_by_their_link_what_their_own_words_led_to_and_nobody_elses() {
    let site = Site::open().await;
    let holder = site.bearer("later_token");
    let (led, other) = (page_about(&site, "In nursing school").await, page_about(&site, "Somebody should tell the children").await);
    let page = holder.get(&led).await;
    page.assert_sees("What came of it").assert_sees("Saturday visits at school").assert_sees("six families came the first time");
    page.assert_sees("Find two drivers for sibling visits").assert_sees("in work");
    // What the same person said elsewhere led nowhere.
    holder.get(&other).await.assert_sees("Nothing has been told to you yet").assert_never_sees("Saturday visits at school");
    holder_of(&site, "@speaker_5_9").await.get(RETURN).await.assert_never_sees("Saturday visits at school");
    for (narrow, wide) in [("@plan_4", "partnership"), ("@barrier_4", "partnership")] {
        site.force(&format!("update subject set audience = 'agency' where id = '{narrow}'")).await;
        let closed = holder.get(&led).await;
        closed.assert_never_sees("Saturday visits at school").assert_never_sees("Find two drivers");
        site.force(&format!("update subject set audience = '{wide}' where id = '{narrow}'")).await;
        holder.get(&led).await.assert_sees("Find two drivers");
    }
    site.force("update subject set audience = 'agency' where id = '@plan_4'").await;
    site.visitor("staff").await.get(ANSWERS).await.assert_sees("told to nobody now");
    site.force("update subject set audience = 'partnership' where id = '@plan_4'").await;
    let steward_only = "update subject set protocols = 1 where id = '@plan_4'";
    site.force(steward_only).await;
    holder.get(&led).await.assert_never_sees("Saturday visits at school");
    site.visitor("staff").await.get(ANSWERS).await.assert_never_sees("Saturday visits at school");
}

#[tokio::test]
async fn those_who_spoke_say_whether_a_promise_was_kept_and_nobody_learns_who_said_so() {
    let site = Site::open().await;
    let (holder, staff) = (site.bearer("later_token"), site.visitor("staff").await);
    let led = page_about(&site, "In nursing school").await;
    holder.get(&led).await.assert_sees("This was promised to you").assert_never_sees("You said:");
    let said = |word: &'static str| [("said", word)];
    holder.post(ASKED, &said("kept")).await.assert_flash(KEPT);
    holder.get(&led).await.assert_sees("You said: “Yes, it was done”");
    staff.get(ANSWERS).await.assert_sees("1 of those who spoke say that it was done; 1 say that something is missing.");
    holder.post(ASKED, &said("missing")).await.assert_flash(KEPT);
    staff.get(ANSWERS).await.assert_sees("2 say that something is missing.").assert_never_sees("say that it was done;");
    let told =
        "notice where kind = 'speaker_word' and membership_id = '@facilitator' and path = '/cedar-river/sessions/@session_5/answers'";
    assert_eq!(site.count(&site.path(told)).await, 3, "whoever carries it out hears of each word, the one of the year too");
    assert_eq!(
        site.count("commitment where id = '@commitment_drivers' and state = 'open'").await,
        1,
        "the word of the one promised is theirs"
    );
    // A member who spoke says it on the page of what they said, and nobody says it there for them.
    let own = "/cedar-river/statements/@answered_statement/answers/@asked_answer";
    site.visitor("tribe").await.post(own, &said("kept")).await.assert_flash(KEPT);
    staff.get(ANSWERS).await.assert_sees("1 of those who spoke say that it was done; 2 say that something is missing.");
    for who in ["partner", "parent", "facilitator", "director"] {
        site.visitor(who).await.post(own, &said("missing")).await.assert_not_found();
    }
    // What is no promise, what one is not told, and what is no word.
    holder.post("/cedar-river/return/answers/@session_answer", &said("kept")).await.assert_not_found();
    holder.post(ASKED, &said("perhaps")).await.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    holder_of(&site, "@speaker_5_9").await.post(ASKED, &said("kept")).await.assert_not_found();
    site.bearer("reply_token").post(ASKED, &said("kept")).await.assert_not_found();
    for (who, hat) in [("director", "director"), ("staff", "staff"), ("admin", "administrator"), ("partner", "partner")] {
        assert_eq!(site.attempt(who, hat, "select 1 from answer_word").await.unwrap(), 0, "{who} sees who said what");
    }
    let forged = "insert into answer_word (answer_id, speaker_id, kept, at) values ('@asked_answer', '@speaker_5_9', true, now())";
    refused("a word that no speaker gave", site.attempt("staff", "staff", forged).await);
    let counted = "update session_answer set said_kept = 40 where id = '@asked_answer'";
    refused("a number that nobody said", site.attempt("director", "director", counted).await);
}

#[tokio::test]
async fn only_what_the_whole_partnership_reads_is_told_and_by_the_agencys_own_people() {
    let site = Site::open().await;
    let (staff, facilitator) = (site.visitor("staff").await, site.visitor("facilitator").await);
    site.force("update subject set audience = 'agency' where id = '@theme_language'").await;
    let tell = |record: &'static str, words: &'static str| [("record", record), ("words", words), ("language", "en")];
    facilitator.post(ANSWERS, &tell("@theme_language", "It is on the list")).await.assert_problem("record", "Choose what came of it");
    facilitator.post(ANSWERS, &tell("@plan_1", "It is on the list")).await.assert_problem("record", "Choose what came of it");
    let by_hand = |record: &str, asks: bool| {
        format!(
            "insert into session_answer (id, session_id, subject_id, words, language, asks, by_id, told_at) \
             values (gen_random_uuid(), '@session_5', '{record}', 'x', 'en', {asks}, current_membership(), now())"
        )
    };
    refused("what fewer read", site.attempt("staff", "staff", &by_hand("@theme_language", false)).await);
    refused("a question about what is no promise", site.attempt("staff", "staff", &by_hand("@barrier_4", true)).await);
    refused("by a partner", site.attempt("partner", "partner", &by_hand("@barrier_4", false)).await);
    let asked = [("record", "@theme_visits"), ("words", "We read it"), ("language", "en"), ("asks", "yes")];
    let again = staff.post(ANSWERS, &asked).await;
    again.assert_problem("asks", "Leave this out, or choose a promise");
    assert!(again.filled(ANSWERS, &[]).1.contains(&("words".to_owned(), "We read it".to_owned())), "what was typed is gone");
    let copied = [
        ("record", "@theme_visits"),
        ("words", "You told us: In nursing school we learn that touch heals. In the visiting room there was a rule"),
        ("language", "en"),
    ];
    staff.post(ANSWERS, &copied).await.assert_problem("words", "");
    staff.post(ANSWERS, &asked[..3]).await.assert_flash("Those whose words led there can read it now");
    let mine = page_about(&site, "In nursing school").await;
    site.bearer("later_token").get(&mine).await.assert_sees("Visits feel watched").assert_sees("We read it");
    // A member who spoke reads it on the statement's own page, and others do not.
    let id: String = site.peek("select id::text from statement where words like 'A visit in an office%'").await;
    let statement = format!("/cedar-river/statements/{id}");
    site.visitor("tribe").await.get(&statement).await.assert_sees("What you are told came of it").assert_sees("We read it");
    site.visitor("partner").await.get(&statement).await.assert_never_sees("What you are told came of it");
    for who in ["analyst", "admin", "partner", "parent", "tribe"] {
        site.visitor(who).await.get(ANSWERS).await.assert_not_allowed();
    }
    let told: String = site.peek("select id::text from session_answer where subject_id = '@theme_visits'").await;
    staff.post(&format!("{ANSWERS}/{told}/delete"), &[]).await.assert_flash("Taken back: nobody reads it any more");
    site.bearer("later_token").get(&mine).await.assert_never_sees("We read it");
}

#[tokio::test]
async fn the_pages_of_a_link_carry_the_agencys_logo_and_its_bearer_is_handed_no_other_file() {
    let mut site = Site::open().await;
    word_links::complete(&mut site).await;
    let logo = "header img.logo";
    let (holder, line) = (site.bearer("later_token"), site.bearer("word_confirm_token"));
    let other: String =
        site.peek("select id::text from file where id <> (select logo_file_id from agency where slug = 'cedar-river') limit 1").await;
    for (visitor, page, link) in [
        (&holder, RETURN.to_owned(), RETURN.to_owned()),
        (&site.bearer("reply_token"), "/cedar-river/reply".to_owned(), RETURN.to_owned()),
        (&line, site.path("/cedar-river/word/@word_confirm/statement"), site.path("/cedar-river/word/@word_confirm")),
    ] {
        let shown = visitor.get(&page).await.attributes(logo, "src");
        assert_eq!(shown.len(), 1, "{page}");
        assert!(shown[0].starts_with(&format!("{link}/logo/")), "{shown:?}");
        let picture = visitor.glance("GET", &shown[0]).await;
        picture.assert_status(StatusCode::OK);
        assert_eq!(picture.header("content-type"), "image/png");
        visitor.glance("GET", &format!("{link}/logo/{other}")).await.assert_not_found();
        site.stranger().glance("GET", &shown[0]).await.assert_link_over();
    }
    site.visitor("admin").await.post("/cedar-river/settings/logo/delete", &[]).await.assert_flash("Logo taken down");
    assert!(holder.get(RETURN).await.attributes(logo, "src").is_empty());
}
