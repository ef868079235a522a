//! Consent cards and duties: what a changed card does to words already written down, who holds the drafts, and when nothing is
//! written.

use crate::support::{Site, Visitor};
use http::StatusCode;

const SESSION: &str = "/cedar-river/sessions/@session_5";
const CARD: &str = "/cedar-river/sessions/@session_5/speakers/@speaker_5_10";

async fn written(staff: &Visitor, words: &str) -> String {
    let made = staff.post(&format!("{SESSION}/statements"), &[("speaker", "@speaker_5_10"), ("words", words)]).await;
    made.assert_status(StatusCode::SEE_OTHER);
    format!("/cedar-river/statements/{}", made.location.rsplit('=').next().unwrap())
}

async fn confirmed(facilitator: &Visitor, statement: &str, attribution: &str, audience: &str) {
    let uses = [("uses", "quoted"), ("uses", "exported")];
    let fields = [("how", "telephone"), ("word", "confirm"), ("attribution", attribution), ("audience", audience), ("version", "1")];
    let fields = [fields.as_slice(), &uses].concat();
    facilitator.post(&format!("{statement}/entered-answer"), &fields).await.assert_flash("The speaker’s word is kept");
}

async fn card(staff: &Visitor, changes: &[(&str, &str)]) {
    staff.fill(&format!("{CARD}/edit"), CARD, changes).await.assert_flash("Card saved");
}

fn id(statement: &str) -> &str {
    statement.rsplit('/').next().unwrap()
}

#[tokio::test]
async fn a_duty_that_is_handed_on_takes_the_drafts_with_it() {
    let site = Site::open().await;
    let (staff, facilitator) = (site.visitor("staff").await, site.visitor("facilitator").await);
    let statement = written(&staff, "The boat had a red sail").await;
    let director = site.visitor("director").await;
    director.get(&statement).await.assert_not_found();
    staff
        .fill(&format!("{SESSION}/duties"), "/duties", &[("facilitators", "@director"), ("note_takers", "@staff")])
        .await
        .assert_flash("Duties saved");
    director.get(&statement).await.assert_sees("The boat had a red sail");
    facilitator.get(&statement).await.assert_not_found();
    facilitator.get("/cedar-river/statements?whose=held&q=sail").await.assert_never_sees("red sail");
    let word = [("how", "telephone"), ("word", "confirm"), ("attribution", "role"), ("audience", "agency"), ("version", "1")];
    facilitator.post(&format!("{statement}/entered-answer"), &word).await.assert_not_found();
    director.post(&format!("{statement}/entered-answer"), &word).await.assert_flash("The speaker’s word is kept");
}

#[tokio::test]
async fn a_card_that_says_do_not_write_strikes_what_waits() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let statement = written(&staff, "Nobody came to the play").await;
    card(&staff, &[("card", "do_not_write")]).await;
    staff.get(&statement).await.assert_never_sees("Nobody came to the play");
    assert_eq!(site.count(&format!("statement where id = '{}' and state = 'struck' and words is null", id(&statement))).await, 1);
    assert_eq!(site.count(&format!("spoken_run where statement_id = '{}'", id(&statement))).await, 0);
}

#[tokio::test]
async fn a_narrower_card_narrows_what_was_confirmed_and_a_wider_one_widens_nothing() {
    let site = Site::open().await;
    let (staff, facilitator) = (site.visitor("staff").await, site.visitor("facilitator").await);
    card(&staff, &[("card", "with_name"), ("name", "Bartholomew Quill")]).await;
    let statement = written(&staff, "We skated to school").await;
    confirmed(&facilitator, &statement, "named", "partnership").await;
    let partner = site.visitor("partner").await;
    partner.get(&statement).await.assert_sees("Bartholomew Quill");
    card(&staff, &[("card", "without_name")]).await;
    partner.get(&statement).await.assert_sees("We skated to school").assert_never_sees("Bartholomew Quill");
    let own = format!("statement where id = '{}' and may_export and not may_name", id(&statement));
    assert_eq!(site.count(&own).await, 1, "what the speaker allowed beyond the card stays");
    card(&staff, &[("card", "with_name"), ("name", "Bartholomew Quill")]).await;
    partner.get(&statement).await.assert_never_sees("Bartholomew Quill");
}

#[tokio::test]
async fn a_member_who_is_joined_to_a_card_later_finds_their_words() {
    let site = Site::open().await;
    let (staff, parent) = (site.visitor("staff").await, site.visitor("parent").await);
    let statement = written(&staff, "The bus was never late in June").await;
    parent.get(&statement).await.assert_not_found();
    site.force("update speaker set membership_id = null where membership_id = '@parent'").await;
    let version: i32 = site.peek("select version from speaker where id = '@speaker_5_10'").await;
    let fields = [
        ("label", "a twin, Tall Pine"),
        ("card", "without_name"),
        ("card_how", "aloud"),
        ("membership", "@parent"),
        ("version", &version.to_string()),
    ];
    staff.post(CARD, &fields).await.assert_flash("Card saved");
    parent.get(&statement).await.assert_sees("Your word is wanted");
}

#[tokio::test]
async fn words_whose_word_is_given_go_to_nobody_elses_sign_in() {
    let site = Site::open().await;
    let (staff, facilitator, partner) = (site.visitor("staff").await, site.visitor("facilitator").await, site.visitor("partner").await);
    let statement = written(&staff, "The gate was red that year").await;
    confirmed(&facilitator, &statement, "anonymous", "author").await;
    let version: String = site.peek("select version::text from speaker where id = '@speaker_5_10'").await;
    let fields = [
        ("label", "a twin, Tall Pine"),
        ("card", "without_name"),
        ("card_how", "aloud"),
        ("membership", "@partner"),
        ("version", &version),
    ];
    staff.post(CARD, &fields).await.assert_problem("membership", "Leave this as it is");
    let joined = "update speaker set membership_id = '@partner' where id = '@speaker_5_10'";
    crate::support::refused("past the page", site.attempt("staff", "staff", joined).await);
    partner.get(&statement).await.assert_not_found();
}

#[tokio::test]
async fn a_card_is_joined_only_to_those_whom_its_form_offers() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    site.force("update membership set state = 'suspended' where id = '@tribe'").await;
    let fields = [("label", "an aunt"), ("card", "without_name"), ("card_how", "aloud"), ("membership", "@tribe")];
    staff.post(&format!("{SESSION}/speakers"), &fields).await.assert_problem("membership", "Choose one of the list");
    let joined = "update speaker set membership_id = '@tribe' where id = '@speaker_5_9'";
    crate::support::refused("past the page", site.attempt("staff", "staff", joined).await);
}

#[tokio::test]
async fn nobody_on_duty_says_for_a_member_how_they_may_be_reached() {
    let site = Site::open().await;
    let (staff, members) = (site.visitor("staff").await, "/cedar-river/sessions/@session_7/speakers/@speaker_7_1");
    let reach = "select reach_how || reach_at || reach_through from speaker where id = '@speaker_7_1'";
    let (before, version) =
        (site.peek::<String>(reach).await, site.peek::<String>("select version::text from speaker where id = '@speaker_7_1'").await);
    let mallory = [("reach_how", "email"), ("reach_at", "mallory@x.example"), ("version", version.as_str())];
    staff.post(&format!("{members}/reach"), &mallory).await.assert_not_found();
    let card = [
        [("label", "the chair"), ("card", "without_name"), ("card_how", "aloud"), ("membership", "@partner")].as_slice(),
        mallory.as_slice(),
    ]
    .concat();
    staff.post(members, &card).await.assert_flash("Card saved");
    assert_eq!(site.peek::<String>(reach).await, before);
    let by_hand = "update speaker set reach_at = 'mallory@x.example' where id = '@speaker_7_1'";
    crate::support::refused("past the page", site.attempt("staff", "staff", by_hand).await);
    assert_eq!(site.attempt("partner", "partner", by_hand).await.unwrap(), 1, "the member themselves");
}

#[tokio::test]
async fn a_body_added_later_lets_nobody_read_what_was_confirmed_without_it() {
    let site = Site::open().await;
    let (staff, facilitator, tribe) = (site.visitor("staff").await, site.visitor("facilitator").await, site.visitor("tribe").await);
    let body: String = site.peek("select partner_id::text from speaker where id = '@speaker_5_10'").await;
    card(&staff, &[("partner", "")]).await;
    let statement = written(&staff, "The fair came in August").await;
    confirmed(&facilitator, &statement, "role", "agency").await;
    card(&staff, &[("partner", &body)]).await;
    tribe.get(&statement).await.assert_not_found();
}

#[tokio::test]
async fn a_change_of_the_agencys_table_holds_for_later_cards_only() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    site.force("update agency set card_table = '{\"without_name\": [\"kept\"], \"with_name\": [\"kept\"]}' where slug = 'cedar-river'")
        .await;
    let statement = written(&staff, "We kept bees behind the barn").await;
    assert_eq!(site.count(&format!("statement where id = '{}' and may_quote", id(&statement))).await, 1);
    let fields = [("label", "an aunt, Tall Pine"), ("card", "without_name"), ("card_how", "aloud")];
    let made = staff.post(&format!("{SESSION}/speakers"), &fields).await;
    made.assert_flash("Card taken in");
    staff.get(&made.location).await.assert_sees("The words may be kept in the notes, and nothing else");
}

#[tokio::test]
async fn words_written_down_for_the_wrong_person_are_given_to_the_right_one_or_discarded() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let statement = written(&staff, "The hall was cold in May").await;
    let label: String = site.peek("select label from speaker where id = '@speaker_5_9'").await;
    staff.fill(&statement, &statement, &[("speaker", "@speaker_5_9")]).await.assert_flash("Words mended");
    staff.get(&statement).await.assert_sees(&label);
    let owned = format!("subject s join statement st on st.id = s.id where s.id = '{}' and s.speaker_id = st.speaker_id", id(&statement));
    assert_eq!(site.count(&owned).await, 1);
    staff.fill(&format!("{statement}/discarding"), "/discarding", &[]).await.assert_flash("Draft discarded");
    staff.get(&statement).await.assert_never_sees("The hall was cold in May");
}

#[tokio::test]
async fn while_it_is_stopped_nothing_is_written_mended_or_answered() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let statement = written(&staff, "He came by on his bicycle").await;
    staff.post(&format!("{SESSION}/room/stop"), &[]).await.assert_flash("Stopped");
    staff.get(&format!("{SESSION}/statements")).await.assert_sees("The session is stopped").assert_sees("Stop and get help");
    let stopped = "The session is stopped";
    staff.fill(&statement, &statement, &[("words", "He came by on his bike")]).await.assert_problem("", stopped);
    let word = [("how", "telephone"), ("word", "confirm"), ("attribution", "role"), ("audience", "agency"), ("version", "1")];
    staff.post(&format!("{statement}/entered-answer"), &word).await.assert_problem("", stopped);
    let said = [("what", "That we were late"), ("said_by", "Rosalind Achterberg"), ("said_to", "Everyone in the room")];
    staff.post(&format!("{SESSION}/acknowledgements"), &said).await.assert_problem("", stopped);
    let fields = [("label", "an aunt"), ("card", "without_name"), ("card_how", "aloud")];
    staff.post(&format!("{SESSION}/speakers"), &fields).await.assert_problem("", stopped);
}

#[tokio::test]
async fn words_that_were_changed_are_never_confirmed_as_they_were_without_a_word() {
    let site = Site::open().await;
    let (staff, facilitator) = (site.visitor("staff").await, site.visitor("facilitator").await);
    let statement = written(&staff, "The boat had a red sail").await;
    let word = [("how", "telephone"), ("word", "confirm"), ("attribution", "role"), ("audience", "agency"), ("version", "1")];
    let other = [&word[..], &[("words", "The boat had a blue sail")]].concat();
    let asked = facilitator.post(&format!("{statement}/entered-answer"), &other).await;
    asked.assert_problem("word", "Choose “I want to change them”");
    assert_eq!(asked.field("words"), "The boat had a blue sail");
    let same = [&word[..], &[("words", "The boat  had a red sail\r\n")]].concat();
    facilitator.post(&format!("{statement}/entered-answer"), &same).await.assert_flash("The speaker’s word is kept");
}

#[tokio::test]
async fn the_same_words_of_the_same_person_are_written_down_once() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    written(&staff, "The boat had a red sail").await;
    let again = [("speaker", "@speaker_5_10"), ("words", "The boat had a red sail")];
    staff.post(&format!("{SESSION}/statements"), &again).await.assert_problem("words", "Leave it: these words of theirs");
}

#[tokio::test]
async fn an_empty_card_can_be_printed_with_what_each_answer_allows() {
    let site = Site::open().await;
    let page = site.visitor("staff").await.get(&format!("{SESSION}/speakers/printed-card")).await;
    page.assert_page("Consent card").assert_sees("The words may be kept in the notes");
    site.visitor("director").await.get(&format!("{SESSION}/speakers/printed-card")).await.assert_not_found();
}

#[tokio::test]
async fn words_of_somebody_under_18_wait_for_the_agencys_rule() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    site.force("update speaker set minor = true where id = '@speaker_5_10'; update agency set minors_rule = null").await;
    let answer = staff.post(&format!("{SESSION}/statements"), &[("speaker", "@speaker_5_10"), ("words", "I like the dog")]).await;
    answer.assert_problem("speaker", "Write nothing down");
}

#[tokio::test]
async fn what_a_member_keeps_about_being_reached_stands_on_their_card() {
    let site = Site::open().await;
    let (partner, staff) = (site.visitor("partner").await, site.visitor("staff").await);
    partner.fill("/cedar-river/me", "/readers", &[("reader", "@staff")]).await.made();
    for (channel, told) in [
        ("telephone", "By telephone: where, is still to ask, After 6 pm; a message may be left, without naming the agency"),
        ("letter", "By letter: where, is still to ask, After 6 pm"),
        ("email", "By email: where, is still to ask, After 6 pm"),
        ("in_person", "Only in person, After 6 pm"),
    ] {
        let changes = [("channel", channel), ("hours", "After 6 pm"), ("message", "yes")];
        partner.fill("/cedar-river/me", "/reach", &changes).await.made();
        let card = [("label", "an aunt, Cedar Valley"), ("card", "without_name"), ("card_how", "aloud"), ("membership", "@partner")];
        let made = staff.post("/cedar-river/sessions/@session_7/speakers", &card).await;
        staff.follow(&made).await.assert_sees(told);
        staff.follow(&made).await.assert_never_sees("partner@demo.example");
        let typed = [&card[1..], &[("label", "her sister"), ("reach_at", "555-0142")][..]].concat();
        staff.post("/cedar-river/sessions/@session_7/speakers", &typed).await.made();
    }
    assert_eq!(
        site.count("speaker where reach_at <> '' and reach_how = 'in_person'").await,
        0,
        "no number stands where none is to be called"
    );
}

#[tokio::test]
async fn a_number_on_a_card_outlives_a_change_of_how_one_may_be_reached() {
    let site = Site::open().await;
    let partner = site.visitor("partner").await;
    site.force(
        "update speaker set membership_id = null where membership_id = '@partner'; \
         update speaker set membership_id = '@partner', reach_how = 'telephone', reach_at = '555-0142' where id = '@speaker_5_10'",
    )
    .await;
    let at = "select reach_how || ' ' || reach_at from speaker where id = '@speaker_5_10'";
    for (channel, stands) in [
        ("text", "text 555-0142"),
        ("in_person", "in_person "),
        ("letter", "letter "),
        ("email", "email "),
        ("telephone", "telephone 555-0142"),
    ] {
        partner.fill("/cedar-river/me", "/me/reach", &[("channel", channel), ("hours", "After 6 pm")]).await.made();
        assert_eq!(site.peek::<String>(at).await, stands);
    }
    // What waits aside is on no page of those who see the card.
    partner.fill("/cedar-river/me", "/me/reach", &[("channel", "letter")]).await.made();
    for who in ["staff", "facilitator"] {
        site.visitor(who).await.glance("GET", CARD).await.assert_never_sees("555-0142");
    }
    // Their own card says it anew.
    site.force("update speaker set reach_how = 'telephone', reach_at = '555-0199' where id = '@speaker_5_10'").await;
    partner.fill("/cedar-river/me", "/me/reach", &[("channel", "telephone"), ("hours", "Mornings")]).await.made();
    assert_eq!(site.peek::<String>(at).await, "telephone 555-0199");
}

#[tokio::test]
async fn a_number_on_ones_own_page_stands_on_the_cards_and_can_be_taken_away() {
    let site = Site::open().await;
    let partner = site.visitor("partner").await;
    site.force(
        "update speaker set membership_id = null where membership_id = '@partner'; \
         update speaker set membership_id = '@partner', reach_how = 'telephone', reach_at = '', reach_aside = '{}' where id = '@speaker_5_10'",
    )
    .await;
    let at = "select reach_how || ' ' || reach_at from speaker where id = '@speaker_5_10'";
    let says = async |fields: &[(&str, &str)]| partner.fill("/cedar-river/me", "/me/reach", fields).await;
    let none = "Saved. No number of yours is kept here: whoever is to reach you has to ask you for it";
    says(&[("channel", "telephone")]).await.assert_flash(none);
    says(&[("channel", "telephone"), ("at", "aunt@x.example")]).await.assert_problem("at", "Enter a telephone number");
    says(&[("channel", "telephone"), ("at", "555-0142")]).await.made();
    assert_eq!(site.peek::<String>(at).await, "telephone 555-0142");
    says(&[("channel", "email"), ("at", "aunt@x.example")]).await.made();
    assert_eq!(site.peek::<String>(at).await, "email aunt@x.example");
    partner.get("/cedar-river/me").await.assert_sees("by telephone or text, 555-0142");
    says(&[("forget", "yes")]).await.made();
    assert_eq!(site.count("speaker where id = '@speaker_5_10' and reach_aside <> '{}'").await, 0);
    says(&[("at", "")]).await.made();
    assert_eq!(site.peek::<String>(at).await, "email ");
}

#[tokio::test]
async fn whoever_looks_at_their_own_card_is_spoken_to() {
    let site = Site::open().await;
    let card = "/cedar-river/sessions/@session_7/speakers/@speaker_7_1";
    site.force("update speaker set reach_how = 'through', reach_through = 'Mara' where id = '@speaker_7_1'").await;
    let own = site.visitor("partner").await.get(card).await;
    own.assert_sees("Through a person you named: Mara").assert_never_sees("a person they named");
    site.visitor("staff").await.get(card).await.assert_sees("Through a person they named: Mara");
}

#[tokio::test]
async fn an_edit_by_somebody_who_no_longer_knows_the_speaker_never_loses_whose_card_it_is() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    site.force(
        "update speaker set membership_id = null where membership_id = '@parent';
         update speaker set membership_id = '@parent', word_given_at = null where id = '@speaker_5_10';
         delete from identity_reader where membership_id = '@parent'",
    )
    .await;
    staff.get(&format!("{CARD}/edit")).await.assert_sees("The member whose card it is").assert_never_sees("Dana Whitlock");
    card(&staff, &[("community", "Alder Falls")]).await;
    assert_eq!(site.count("speaker where id = '@speaker_5_10' and membership_id = '@parent' and community = 'Alder Falls'").await, 1);
}

#[tokio::test]
async fn a_card_and_every_choice_show_exactly_what_readers_will_see() {
    let site = Site::open().await;
    let (staff, facilitator) = (site.visitor("staff").await, site.visitor("facilitator").await);
    card(&staff, &[("card", "with_name"), ("name", "Bartholomew Quill"), ("community", "")]).await;
    let shown: Vec<String> = staff.get(CARD).await.select("dl.facts div");
    assert!(shown.iter().any(|one| one.contains("Readers see beside the words") && one.contains("Bartholomew Quill")), "{shown:?}");
    let statement = written(&staff, "We skated to school").await;
    let asked = facilitator.get(&format!("{statement}/entered-answer")).await;
    asked.assert_sees("Readers see: “Bartholomew Quill”.").assert_sees("Readers see: “a community member”.");
    confirmed(&facilitator, &statement, "named", "partnership").await;
    site.visitor("partner").await.get(&statement).await.assert_sees("Bartholomew Quill");
    card(&staff, &[("card", "without_name")]).await;
    let nameless = written(&staff, "The ferry was late").await;
    facilitator
        .get(&format!("{nameless}/entered-answer"))
        .await
        .assert_sees("Readers see: “a community member”")
        .assert_never_sees("with the name");
}
