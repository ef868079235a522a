//! In the room: notes that wait for the line, what is thrown away in one tap, a sign-in that would end too soon, and the card as it was
//! shown: on paper, aloud, or on the speaker's own telephone.

use crate::support::{Site, Visitor, refused};
use chrono::Duration;
use common_table::platform::session::LINK_COOKIE;
use http::StatusCode;

const SESSION: &str = "/cedar-river/sessions/@session_5";
const NOTES: &str = "/cedar-river/sessions/@session_5/statements";
const KEY: &str = "/cedar-river/sessions/@session_5/statements/key";
const RETURN: &str = "/cedar-river/return";
const OWN_CARD: &str = "/cedar-river/return/card";
const WRITTEN: &str = "Written down. Nobody reads it before the speaker has given their word";

/// Writes one statement down; answers its id.
async fn written(visitor: &Visitor, words: &str) -> String {
    let made = visitor.post(NOTES, &[("speaker", "@speaker_5_10"), ("words", words)]).await;
    made.assert_flash(WRITTEN).location.rsplit('=').next().unwrap().to_owned()
}

#[tokio::test]
async fn the_key_of_waiting_notes_is_each_sign_ins_own_and_given_to_those_on_duty_alone() {
    let site = Site::open().await;
    let (staff, again, facilitator) = (site.visitor("staff").await, site.visitor("staff").await, site.visitor("facilitator").await);
    let key = staff.get(KEY).await;
    key.assert_status(StatusCode::OK);
    assert_eq!(key.text.len(), 44, "32 bytes");
    assert_eq!(key.header("cache-control"), "no-store");
    assert_eq!(staff.get(KEY).await.text, key.text, "the same as long as the sign-in lives");
    assert_ne!(again.get(KEY).await.text, key.text, "another sign-in of the same person");
    assert_ne!(facilitator.get(KEY).await.text, key.text);
    assert_eq!(site.count(&format!("session where encode(notes_seed, 'base64') = '{}'", key.text)).await, 0, "the seed alone is no key");
    for who in ["director", "partner", "tribe", "parent"] {
        site.visitor(who).await.get(KEY).await.assert_not_found();
    }
    site.visitor("admin").await.get(KEY).await.assert_not_allowed();
    staff.post("/sign-out", &[]).await.assert_status(StatusCode::SEE_OTHER);
    staff.get(KEY).await.assert_sent_to_sign_in();
}

#[tokio::test]
async fn where_no_words_are_taken_nothing_is_kept_in_the_browser() {
    let site = Site::open().await;
    let (staff, facilitator) = (site.visitor("staff").await, site.visitor("facilitator").await);
    let notes = |page: &crate::support::Answer| page.attributes("form[data-notes]", "data-notes").len();
    assert_eq!(notes(&staff.get(NOTES).await), 1);
    for quiet in ["@session_2", "@session_6"] {
        let of = format!("/cedar-river/sessions/{quiet}/statements");
        let page = staff.get(&of).await;
        page.assert_sees("This session takes no words now");
        assert_eq!((notes(&page), page.attributes("script[src*='notes']", "src").len()), (0, 0), "{quiet}");
        staff.get(&format!("{of}/key")).await.assert_not_found();
    }
    facilitator.post(&format!("{SESSION}/room/stop"), &[]).await.assert_flash("Stopped");
    assert_eq!(notes(&staff.get(NOTES).await), 0);
    staff.get(KEY).await.assert_not_found();
    let late = staff.post(NOTES, &[("speaker", "@speaker_5_10"), ("words", "The well froze in March")]).await;
    late.assert_problem("", "Words can be written down only");
}

#[tokio::test]
async fn a_note_that_comes_twice_over_a_broken_line_stands_once_and_two_note_takers_lose_nothing() {
    let site = Site::open().await;
    let (staff, facilitator) = (site.visitor("staff").await, site.visitor("facilitator").await);
    let note = [("speaker", "@speaker_5_10"), ("words", "We rowed across before school"), ("key", "7c9e6679-7425-40de-944b-e07fc1f90ae7")];
    let first = staff.post(NOTES, &note).await;
    first.assert_flash(WRITTEN);
    let second = staff.post(NOTES, &note).await;
    assert_eq!((second.status, &second.location), (first.status, &first.location));
    assert_eq!(site.count("statement where words = 'We rowed across before school'").await, 1);
    let other = [("speaker", "@speaker_5_10"), ("words", "The oars were my uncle’s"), ("key", "7c9e6679-7425-40de-944b-e07fc1f90ae7")];
    facilitator.post(NOTES, &other).await.assert_flash(WRITTEN);
    for visitor in [&staff, &facilitator] {
        visitor.get(NOTES).await.assert_sees("We rowed across before school").assert_sees("The oars were my uncle’s");
    }
    let again = [("speaker", "@speaker_5_10"), ("words", "We rowed across before school"), ("key", "another-window-00000001")];
    facilitator.post(NOTES, &again).await.assert_problem("words", "Leave it");
}

#[tokio::test]
async fn the_words_stand_before_who_spoke_them_who_is_one_tap_away() {
    let site = Site::open().await;
    let page = site.visitor("staff").await.get(NOTES).await;
    let place = |sign: &str| page.text.find(sign).unwrap_or_else(|| panic!("{sign} is not there"));
    assert!(place("href=\"#speaker\"") < place("<textarea") && place("<textarea") < place("id=\"speaker\""));
    assert_eq!(page.select("form[data-notes] a[href='#speaker']"), ["Who speaks?"]);
    // Whoever gave a name is found by it, as it stands beside the words of theirs that wait.
    let page = site.visitor("staff").await.get("/cedar-river/sessions/@session_7/statements").await;
    let (offered, waits) = (page.select("form[data-notes] .choices-inline label"), page.select("section[aria-labelledby=waiting] strong"));
    let is_offered = |shown: &String| offered.iter().any(|label| label.starts_with(shown.as_str()));
    assert!(!waits.is_empty() && waits.iter().all(is_offered), "{waits:?} {offered:?}");
}

#[tokio::test]
async fn what_should_not_be_written_down_goes_in_one_tap_and_what_was_written_down_is_asked_about_first() {
    let site = Site::open().await;
    let (staff, director) = (site.visitor("staff").await, site.visitor("director").await);
    let page = staff.get(NOTES).await;
    let buttons = page.select("form[data-notes] button[name=draft][value=discard]");
    assert!(buttons.iter().any(|words| words == "Do not write this down"), "{buttons:?}");
    let before = (site.count("statement").await, site.count("draft").await);
    let typed =
        [("speaker", "@speaker_5_10"), ("words", "He hid under the stairs"), ("draft", "discard"), ("draft_page", &site.path(NOTES))];
    staff.post(NOTES, &typed).await.assert_goes_to(NOTES);
    assert_eq!((site.count("statement").await, site.count("draft").await), before, "it is kept nowhere");
    staff.get(NOTES).await.assert_never_sees("hid under the stairs");
    // What has been written down already may be somebody's word: a page asks before it is erased.
    let id = written(&staff, "The bell rang twice at noon").await;
    director.post(&format!("/cedar-river/statements/{id}/discarding"), &[("version", "1")]).await.assert_not_found();
    let (notes, asks) = (staff.get(NOTES).await, format!("/cedar-river/statements/{id}/discarding"));
    assert!(notes.attributes("a", "href").contains(&asks) && !notes.attributes("form", "action").contains(&asks));
    staff.get(&asks).await.assert_page("Discard this draft?").assert_sees("bell rang twice");
    assert_eq!(site.count(&format!("statement where id = '{id}' and words is not null")).await, 1, "looking erases nothing");
    staff.fill(&asks, "/discarding", &[]).await.assert_flash("Draft discarded");
    staff.get(NOTES).await.assert_never_sees("bell rang twice");
    assert_eq!(site.count(&format!("statement where id = '{id}' and words is null")).await, 1);
}

#[tokio::test]
async fn a_sign_in_that_would_end_before_the_session_is_told_in_the_room() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let (room, notes) = ("/cedar-river/sessions/@session_7/room", "/cedar-river/sessions/@session_7/statements");
    let told = "before this session is over";
    let now = site.clock.now();
    let begins = |ago: Duration| format!("update listening_session set starts_at = '{}', minutes = 120 where id = '@session_7'", now - ago);
    let ends = |ahead: Duration| format!("update session set expires_at = '{}' where ended_at is null", now + ahead);
    site.force(&begins(Duration::minutes(10))).await;
    site.force(&ends(Duration::hours(3))).await;
    staff.get(room).await.assert_never_sees(told);
    site.force(&ends(Duration::hours(1))).await;
    for page in [room, notes] {
        let shown = staff.get(page).await;
        shown.assert_sees(told);
        assert!(shown.attributes("main a", "href").iter().any(|to| to.starts_with("/sign-in?next=")), "{page}");
    }
    site.force(&begins(Duration::hours(-30))).await;
    staff.get(room).await.assert_never_sees(told);
}

#[tokio::test]
async fn a_card_keeps_the_wording_that_was_shown() {
    let site = Site::open().await;
    let (staff, admin) = (site.visitor("staff").await, site.visitor("admin").await);
    let printed = staff.get(&format!("{SESSION}/speakers/printed-card?language=es")).await;
    printed.assert_page("Tarjeta de consentimiento").assert_sees("Estas palabras son suyas").assert_sees("Wording: Spanish, version 1");
    staff.get(&format!("{SESSION}/speakers/new")).await.assert_sees("Read aloud: English, version 1");
    let fields = [("label", "an aunt, Elm Street"), ("card", "without_name"), ("card_how", "aloud"), ("wording", "@wording_es")];
    let card = staff.post(&format!("{SESSION}/speakers"), &fields).await;
    card.assert_flash("Card taken in");
    let id = card.location.rsplit('/').next().unwrap();
    staff.post(NOTES, &[("speaker", id), ("words", "Nadie contestaba el teléfono")]).await.assert_flash(WRITTEN);
    let shown = format!(
        "consent_change c join statement st on st.id = c.statement_id where st.speaker_id = '{id}' and c.how = 'card' and c.wording_id = '@wording_es'"
    );
    assert_eq!(site.count(&site.path(&shown)).await, 1, "with what the card allows it is kept what was said before");
    let next = [("language", "es"), ("words", "Usted decide sobre sus palabras.")];
    admin.post("/cedar-river/settings/consent/wordings", &next).await.assert_flash("Kept as the next version: it is shown from now on");
    staff.get(&card.location).await.assert_sees("Spanish, version 1").assert_sees("Estas palabras son suyas");
    staff.fill(&format!("{}/edit", card.location), &card.location, &[("community", "Elm Street")]).await.assert_flash("Card saved");
    assert_eq!(site.count(&site.path(&format!("speaker where id = '{id}' and wording_id = '@wording_es'"))).await, 1);
    let nonsense = [("label", "an aunt"), ("card", "without_name"), ("card_how", "aloud"), ("wording", "nonsense")];
    staff.post(&format!("{SESSION}/speakers"), &nonsense).await.assert_problem("wording", "");
}

/// A card that is handed over: its id, and whoever holds the link.
async fn handed_over(site: &Site, facilitator: &Visitor) -> (String, Visitor) {
    let made = facilitator.post(&format!("{SESSION}/speakers/own-cards"), &[]).await;
    made.assert_flash("Card made");
    let shown = facilitator.cookie("__Host-shown").unwrap();
    let (id, token) = shown.split_once('.').unwrap();
    let page = facilitator.get(&made.location).await;
    assert_eq!(page.attributes("svg.scan path", "d").len(), 1, "a picture to be scanned");
    page.assert_sees("own telephone");
    facilitator.get(&made.location).await.assert_never_sees("to be scanned");
    (id.to_owned(), site.stranger().with_cookie(LINK_COOKIE, token))
}

#[tokio::test]
async fn a_speaker_fills_in_the_card_on_their_own_telephone_and_until_then_nothing_is_written_down() {
    let site = Site::open().await;
    let facilitator = site.visitor("facilitator").await;
    let (id, holder) = handed_over(&site, &facilitator).await;
    let note = [("speaker", id.as_str()), ("words", "The ferry left without us")];
    facilitator.post(NOTES, &note).await.assert_problem("speaker", "This person asked that their words are not written down");
    holder.get(RETURN).await.assert_goes_to(OWN_CARD);
    let spanish = holder.get(&format!("{OWN_CARD}?language=es")).await;
    spanish
        .assert_page("Su tarjeta de consentimiento")
        .assert_sees("Estas palabras son suyas")
        .assert_sees("Escriban mis palabras sin mi nombre");
    spanish.assert_never_sees("How may you be reached").assert_never_sees("This is my card");
    let young = [("card", "without_name"), ("label", "a brother"), ("minor", "yes")];
    holder.post(OWN_CARD, &young).await.assert_problem("minor", "Give this back");
    let joven = [("label", "un hermano"), ("minor", "yes"), ("reach_how", "telephone"), ("language", "es"), ("wording", "@wording_es")];
    let again = holder.post(OWN_CARD, &joven).await;
    again
        .assert_problem("minor", "Devuelva esto")
        .assert_problem("card", "Elija qué se puede escribir")
        .assert_problem("reach_at", "Escriba el número");
    assert_eq!((again.field("label"), again.field("language")), ("un hermano".to_owned(), "es".to_owned()));
    again.assert_sees("Hay un problema").assert_sees("Estas palabras son suyas").assert_never_sees("There is a problem");
    let telephone =
        site.stranger().with_cookie(LINK_COOKIE, &holder.cookie(LINK_COOKIE).unwrap()).saying("accept-language", "es-US,en;q=0.8");
    telephone.get(OWN_CARD).await.assert_page("Su tarjeta de consentimiento").assert_sees("Estas palabras son suyas");
    telephone.get(&format!("{OWN_CARD}?language=en")).await.assert_page("Your consent card");
    // A language that nobody wrote anything in.
    holder.get(&format!("{OWN_CARD}?language=tlh")).await.assert_page("Your consent card").assert_sees("Español");
    let answer = [
        ("card", "with_name"),
        ("label", "a cook, Elm Street"),
        ("name", "Ottoline Marsh"),
        ("reach_how", "text"),
        ("reach_at", "555 0144"),
        ("wording", "@wording_es"),
    ];
    holder.post(OWN_CARD, &answer).await.assert_flash("Your card is filled in");
    holder.get(RETURN).await.assert_sees("Keep this address");
    holder.get(OWN_CARD).await.assert_sees("By the speaker, on their own telephone").assert_sees("Ottoline Marsh");
    let kept = format!(
        "speaker where id = '{id}' and card = 'with_name' and 'kept' = any (uses) and wording_id = '@wording_es' and filled_at is not null"
    );
    assert_eq!(site.count(&site.path(&kept)).await, 1);
    facilitator.post(NOTES, &note).await.assert_flash(WRITTEN);
    holder.get(RETURN).await.assert_sees("The ferry left without us");
    // Once is once.
    holder.post(OWN_CARD, &[("card", "do_not_write"), ("label", "nobody")]).await.assert_problem("", "This card is filled in already");
    site.bearer("return_token").get(OWN_CARD).await.assert_never_sees("Ottoline Marsh");
}

#[tokio::test]
async fn nobody_on_duty_answers_for_a_speaker_under_the_speakers_name() {
    let site = Site::open().await;
    let (staff, facilitator) = (site.visitor("staff").await, site.visitor("facilitator").await);
    let (id, holder) = handed_over(&site, &facilitator).await;
    let card = format!("{SESSION}/speakers/{id}");
    let own = [("label", "a cook"), ("card", "without_name"), ("card_how", "own"), ("version", "1")];
    staff.post(&card, &own).await.assert_problem("card_how", "Choose how they told you");
    staff.post(&format!("{SESSION}/speakers"), &own[..3]).await.assert_problem("card_how", "Choose how they told you");
    for by_hand in ["set card = 'with_name'", "set filled_at = now()"] {
        refused(by_hand, site.attempt("staff", "staff", &format!("update speaker {by_hand} where id = '{id}'")).await);
    }
    let made = "insert into speaker (id, session_id, label, card, card_how, created_at, handed_at) \
                values (gen_random_uuid(), '@session_5', 'a cook', 'without_name', 'own', now(), now())";
    refused("a card that nobody filled in", site.attempt("staff", "staff", made).await);
    // The telephone fails: they say it aloud, and the link answers no more.
    let aloud = [("label", "a cook, Elm Street"), ("card", "without_name"), ("card_how", "aloud"), ("version", "1")];
    staff.post(&card, &aloud).await.assert_flash("Card saved");
    let late = [("card", "with_name"), ("label", "a cook"), ("name", "Ottoline Marsh")];
    holder.post(OWN_CARD, &late).await.assert_problem("", "This card is filled in already");
    assert_eq!(site.count(&format!("speaker where id = '{id}' and card = 'without_name' and card_how = 'aloud' and name = ''")).await, 1);
}

#[tokio::test]
async fn what_was_told_another_way_is_marked_so_with_who_wrote_it_down_and_waits_for_its_speaker() {
    let site = Site::open().await;
    let (staff, facilitator, partner) = (site.visitor("staff").await, site.visitor("facilitator").await, site.visitor("partner").await);
    let note = [("speaker", "@speaker_5_10"), ("words", "She called the week after"), ("told_how", "telephone")];
    let made = staff.post(NOTES, &note).await;
    let id = made.assert_flash(WRITTEN).location.rsplit('=').next().unwrap().to_owned();
    let (statement, mark) = (format!("/cedar-river/statements/{id}"), "told by telephone, written down by");
    for page in [staff.get(&statement).await, facilitator.get(&format!("{statement}/entered-answer")).await] {
        page.assert_sees(mark).assert_sees("Marcus Tellwell");
    }
    facilitator.post(&format!("{SESSION}/speakers/@speaker_5_10/link"), &[]).await.assert_flash("Link made");
    let shown = facilitator.cookie("__Host-shown").unwrap();
    let speaker = site.stranger().with_cookie(LINK_COOKIE, shown.rsplit('.').next().unwrap());
    // The link shows its bearer who wrote their own words down, and no other member.
    speaker.get(&format!("{RETURN}?statement={id}")).await.assert_sees("told by telephone, written down by Marcus Tellwell");
    let word = [("statement", id.as_str()), ("word", "confirm"), ("attribution", "role"), ("audience", "partnership"), ("version", "1")];
    let by_hand = format!("update statement set told_how = 'room' where id = '{id}'");
    staff.fill(&statement, &statement, &[("told_how", "paper")]).await.assert_flash("Words mended");
    staff.get(&statement).await.assert_sees("sent or handed in on paper, written down by");
    let word = word.map(|(name, value)| if name == "version" { (name, "2") } else { (name, value) });
    speaker.post(RETURN, &word).await.assert_status(StatusCode::SEE_OTHER);
    refused("how it came, once its speaker gave their word", site.attempt("director", "director", &by_hand).await);
    partner.get(&statement).await.assert_sees("She called the week after").assert_never_sees("written down by");
    let nonsense = [("speaker", "@speaker_5_10"), ("words", "He wrote once"), ("told_how", "pigeon")];
    staff.post(NOTES, &nonsense).await.assert_problem("told_how", "Choose how it was told");
}
