//! Statements: written down with consent, read by nobody before their speaker has given their word, and afterwards by
//! exactly those whom the speaker chose.

use crate::support::{Answer, Site, Visitor};
use common_table::platform::session::LINK_COOKIE;
use http::StatusCode;

const OPEN_SESSION: &str = "/cedar-river/sessions/@session_5/statements";
const RETURN: &str = "/cedar-river/return";

/// Writes one statement down for a speaker of the Tall Pine session; answers its address.
async fn written(staff: &Visitor, speaker: &str, words: &str) -> String {
    let made = staff.post(OPEN_SESSION, &[("speaker", speaker), ("words", words)]).await;
    made.assert_status(StatusCode::SEE_OTHER);
    format!("/cedar-river/statements/{}", made.location.rsplit('=').next().unwrap())
}

async fn by_telephone(facilitator: &Visitor, statement: &str, audience: &str, uses: &[&str]) -> Answer {
    let mut fields = vec![("how", "telephone"), ("word", "confirm"), ("attribution", "role"), ("audience", audience), ("version", "1")];
    fields.extend(uses.iter().map(|one| ("uses", *one)));
    facilitator.post(&format!("{statement}/entered-answer"), &fields).await
}

#[tokio::test]
async fn a_draft_is_read_by_those_who_bring_it_back_and_nobody_else() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let statement = written(&staff, "@speaker_5_10", "The gymnasium smelled of oranges").await;
    for who in ["staff", "facilitator"] {
        site.visitor(who).await.get(&statement).await.assert_sees("The gymnasium smelled of oranges");
    }
    for who in ["director", "analyst", "partner", "tribe", "parent"] {
        let visitor = site.visitor(who).await;
        visitor.get(&statement).await.assert_not_found();
        visitor.get("/cedar-river/statements?q=gymnasium").await.assert_never_sees("oranges");
    }
}

#[tokio::test]
async fn a_person_who_asked_not_to_be_written_down_is_not() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let answer = staff.post(OPEN_SESSION, &[("speaker", "@speaker_5_14"), ("words", "I only came to listen")]).await;
    answer.assert_problem("speaker", "This person asked that their words are not written down");
}

#[tokio::test]
async fn nothing_is_written_down_in_a_session_without_notes() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let answer = staff.post("/cedar-river/sessions/@session_2/statements", &[("speaker", "@speaker_5_10"), ("words", "Anything")]).await;
    answer.assert_problem("", "Words can be written down only in a session with notes");
}

/// What access.md says of a statement of Tall Pine whose speaker has no sign-in.
fn may_read(who: &str, audience: &str, exported: bool) -> bool {
    let level = ["author", "body", "leadership", "agency", "partnership", "public"].iter().position(|one| *one == audience).unwrap();
    match who {
        "tribe" => level >= 1,
        "director" => level >= 2,
        "staff" | "facilitator" => level >= 3,
        "analyst" => level >= 3 && exported,
        "partner" | "parent" => level >= 4,
        _ => false,
    }
}

#[tokio::test]
async fn each_reader_sees_what_the_speaker_chose_in_lists_and_on_pages() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let facilitator = site.visitor("facilitator").await;
    let mut made = Vec::new();
    for (number, audience) in ["author", "body", "leadership", "agency", "partnership", "public"].into_iter().enumerate() {
        for exported in [false, true] {
            let mark = format!("marigold{number}{exported}");
            let statement = written(&staff, "@speaker_5_10", &format!("We planted {mark} by the door")).await;
            let uses: &[&str] = if exported { &["quoted", "exported"] } else { &["quoted"] };
            by_telephone(&facilitator, &statement, audience, uses).await.assert_flash("The speaker’s word is kept");
            made.push((audience, exported, mark, statement));
        }
    }
    for who in ["director", "staff", "facilitator", "analyst", "partner", "tribe", "parent"] {
        let visitor = site.visitor(who).await;
        let list = visitor.get("/cedar-river/statements?q=marigold").await;
        for (audience, exported, mark, statement) in &made {
            let may = may_read(who, audience, *exported);
            assert_eq!(list.words().contains(mark.as_str()), may, "{who} on the list: {audience}, exported {exported}");
            let page = visitor.get(statement).await;
            assert_eq!(page.status == StatusCode::OK, may, "{who} on the page: {audience}, exported {exported}");
            if !may {
                page.assert_not_found();
            }
        }
    }
}

#[tokio::test]
async fn the_bearer_of_a_link_reaches_one_item_and_their_answer_spends_it() {
    let site = Site::open().await;
    let bearer = site.bearer("return_token");
    bearer.get(RETURN).await.assert_page("Your words");
    bearer.get(RETURN).await.assert_page("Your words");
    for other in ["/cedar-river/statements", "/cedar-river/statements/@kin_source", "/cedar-river/themes"] {
        bearer.get(other).await.assert_sent_to_sign_in();
    }
    let fields = [("word", "confirm"), ("attribution", "anonymous"), ("audience", "agency"), ("version", "@return_version")];
    bearer.post(RETURN, &fields).await.assert_goes_to(RETURN);
    let spent = site.bearer("return_token").get(RETURN).await;
    assert!(!spent.assert_link_over().text.contains("Cedar River"));
    site.bearer("return_token").post(RETURN, &fields).await.assert_link_over();
    let never = site.stranger().with_cookie(LINK_COOKIE, &"A".repeat(43)).get(RETURN).await;
    assert_eq!(never.without_keys(), spent.without_keys(), "spent, lapsed and never made look alike");
}

#[tokio::test]
async fn an_answer_pressed_twice_leaves_the_speaker_the_link_by_which_words_are_taken_back() {
    let site = Site::open().await;
    let key = ("key", "pressed-twice-0001");
    let fields = [("word", "confirm"), ("attribution", "anonymous"), ("audience", "agency"), ("version", "@return_version"), key];
    let (first, second) = (site.bearer("return_token"), site.bearer("return_token"));
    first.post(RETURN, &fields).await.assert_goes_to(RETURN);
    second.post(RETURN, &fields).await.assert_goes_to(RETURN).assert_flash("Your word is kept. You can change your mind at any time");
    assert_eq!(second.cookie(LINK_COOKIE), first.cookie(LINK_COOKIE));
    second.get(RETURN).await.assert_page("Your words");
    second.post("/cedar-river/return/withdrawal", &[]).await.assert_flash("The words are gone from here");
}

#[tokio::test]
async fn an_answer_without_a_choice_is_asked_again_and_loses_nothing() {
    let site = Site::open().await;
    let parent = site.visitor("parent").await;
    let fields = [("words", "I call at eight"), ("attribution", "role"), ("audience", "agency"), ("version", "1")];
    let answer = parent.post("/cedar-river/statements/@asked_statement/answer", &fields).await;
    answer.assert_problem("word", "Choose what should happen with these words");
    assert!(answer.text.contains("I call at eight"));
}

#[tokio::test]
async fn a_read_back_allows_no_more_than_the_card() {
    let site = Site::open().await;
    let facilitator = site.visitor("facilitator").await;
    let fields = [
        ("how", "read_back"),
        ("word", "confirm"),
        ("uses", "published"),
        ("attribution", "role"),
        ("audience", "agency"),
        ("version", "1"),
    ];
    let answer = facilitator.post("/cedar-river/statements/@waiting_statement/entered-answer", &fields).await;
    answer.assert_problem("uses", "Take the tick off “They may be in public reports”: the card does not allow it");
    // Each complaint stands at the field that it is about, and what was not said at all is asked for first.
    let with = |changes: &[(&'static str, &'static str)]| {
        let kept = fields.iter().filter(|(name, _)| !changes.iter().any(|(other, _)| other == name));
        kept.copied().chain(changes.iter().copied()).collect::<Vec<_>>()
    };
    site.force("update statement set may_name = false, may_quote = true where id = '@waiting_statement'").await;
    let page = "/cedar-river/statements/@waiting_statement/entered-answer";
    let named = facilitator.post(page, &with(&[("uses", "quoted"), ("attribution", "named")])).await;
    named.assert_problem("attribution", "Choose another answer: the card does not let the name be shown");
    assert!(named.select("#uses-error").is_empty(), "the uses are within the card");
    let unsaid = facilitator.post(page, &with(&[("how", "")])).await;
    unsaid.assert_problem("how", "Choose how the speaker gave their word");
    assert!(unsaid.select("#uses-error").is_empty());
    assert_eq!(unsaid.select("#problems li").len(), 1);
}

#[tokio::test]
async fn a_word_given_face_to_face_is_kept_as_that_and_allows_no_more_than_the_card() {
    let site = Site::open().await;
    let facilitator = site.visitor("facilitator").await;
    let page = "/cedar-river/statements/@waiting_statement/entered-answer";
    let fields = [("how", "in_person"), ("word", "confirm"), ("attribution", "role"), ("audience", "agency")];
    let more: Vec<_> = fields.iter().copied().chain([("uses", "published")]).collect();
    facilitator.fill(page, "/entered-answer", &more).await.assert_problem("uses", "Take the tick off “They may be in public reports”");
    let done = facilitator.fill(page, "/entered-answer", &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.words());
    assert_eq!(site.peek::<String>("select confirmed_how from statement where id = '@waiting_statement'").await, "in_person");
    facilitator.get("/cedar-river/statements/@waiting_statement").await.assert_sees("face to face");
}

#[tokio::test]
async fn a_note_begins_for_the_speaker_alone_and_in_a_language_that_is_offered_once() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let page = staff.get(OPEN_SESSION).await;
    assert_eq!(page.attributes("input[name='wanted'][checked]", "value"), ["author"]);
    assert_eq!(page.attributes("select[name='language'] option[selected]", "value"), ["en"]);
    assert_eq!(page.select("select[name='language'] option").iter().filter(|one| *one == "English").count(), 1);
    // A language that is not offered stays when something else is mended.
    site.force("update statement set language = 'lkt' where id = '@waiting_statement'").await;
    let mending = site.visitor("facilitator").await.get("/cedar-river/statements/@waiting_statement/mending").await;
    assert_eq!(mending.attributes("select[name='language'] option[selected]", "value"), ["lkt"]);
}

#[tokio::test]
async fn a_steward_decides_who_reads_what_their_people_said_and_never_allows_more() {
    let site = Site::open().await;
    let (staff, facilitator, tribe) = (site.visitor("staff").await, site.visitor("facilitator").await, site.visitor("tribe").await);
    let statement = written(&staff, "@speaker_5_10", "The lake freezes late now").await;
    by_telephone(&facilitator, &statement, "agency", &["quoted"]).await.assert_status(StatusCode::SEE_OTHER);
    let choose = |audience: &'static str| [("attribution", "role"), ("audience", audience), ("uses", "quoted"), ("version", "2")];
    let consent = format!("{statement}/consent");
    let more = [("attribution", "role"), ("audience", "agency"), ("uses", "quoted"), ("uses", "published"), ("version", "2")];
    tribe.post(&consent, &more).await.assert_problem("uses", "Allow the same or less");
    let asked = tribe.post(&consent, &choose("partnership")).await;
    asked.assert_problem("sure", "Tick that from now on it is read by every member of the partnership");
    assert_eq!(asked.select("input[name=sure]").len(), 1);
    site.visitor("parent").await.get(&statement).await.assert_not_found();
    let sure = [&choose("partnership")[..], &[("sure", "partnership")]].concat();
    tribe.post(&consent, &sure).await.assert_status(StatusCode::SEE_OTHER);
    site.visitor("parent").await.get(&statement).await.assert_sees("The lake freezes late now");
    let choose = |audience: &'static str| [("attribution", "role"), ("audience", audience), ("uses", "quoted"), ("version", "3")];
    tribe.post(&consent, &choose("body")).await.assert_goes_to(&statement);
    staff.get(&statement).await.assert_not_found();
    tribe.get(&statement).await.assert_sees("The lake freezes late now");
}

#[tokio::test]
async fn who_opened_somebodys_words_stands_where_the_speaker_can_read_it() {
    let site = Site::open().await;
    site.visitor("director").await.get("/cedar-river/statements/@chosen_statement").await.assert_status(StatusCode::OK);
    site.visitor("partner").await.get("/cedar-river/statements/@chosen_statement").await.assert_sees("Rosalind Achterberg opened it, ");
    site.visitor("staff").await.get("/cedar-river/statements/@chosen_statement").await.assert_never_sees("Who has read it");
}

#[tokio::test]
async fn a_list_does_not_tell_in_which_order_words_were_typed() {
    let site = Site::open().await;
    let (staff, facilitator) = (site.visitor("staff").await, site.visitor("facilitator").await);
    let mut typed = Vec::new();
    for words in ["Rope", "Salt", "Tin", "Wool", "Yarn", "Oats"] {
        site.clock.advance(chrono::Duration::minutes(1));
        let statement = written(&staff, "@speaker_5_10", words).await;
        by_telephone(&facilitator, &statement, "partnership", &["quoted"]).await.assert_flash("The speaker’s word is kept");
        typed.push(statement);
    }
    let page = site.visitor("director").await.get("/cedar-river/statements?session=@session_5").await;
    let listed: Vec<String> = page.attributes("main a", "href").into_iter().filter(|to| typed.contains(to)).collect();
    let mut by_id = typed.clone();
    by_id.sort_unstable_by(|one, other| other.cmp(one));
    let mut shown = listed.clone();
    shown.dedup();
    by_id.retain(|one| shown.contains(one));
    assert!(shown.len() > 3, "{} of them on the page", shown.len());
    assert_eq!(shown, by_id);
    let moments = "(select distinct created_at from subject where id in (select id from statement where session_id = '@session_5')) told";
    assert_eq!(site.count(moments).await, 1, "whatever is listed with other records stands where its session does");
}

#[tokio::test]
async fn ones_own_words_that_wait_come_first_and_each_language_spoken_is_offered_once() {
    let site = Site::open().await;
    site.force(
        "create temporary table one as select t.* from statement t join subject s on s.id = t.id
         where t.state = 'confirmed' and s.audience = 'partnership' and t.agency_id = (select id from agency where slug = 'cedar-river') limit 1;
         create temporary table made as select gen_random_uuid() as id, n from generate_series(1, 120) n;
         insert into subject (agency_id, id, kind, title, path, audience, created_at)
         select s.agency_id, m.id, 'statement', 'Statement', '/cedar-river/statements/' || m.id, 'partnership', s.created_at + make_interval(days => 400 + m.n)
         from made m, subject s join one on one.id = s.id;
         insert into statement select (jsonb_populate_record(one, jsonb_build_object('id', m.id, 'speaker_id', null,
             'language', case when m.n % 2 = 0 then 'hmn' else 'es' end))).* from made m, one",
    )
    .await;
    let parent = site.visitor("parent").await;
    let ways = |page: &crate::support::Answer| page.attributes("main a[href*='/statements/']", "href").join(" ");
    let mine = site.id("asked_statement");
    let first = ways(&parent.get("/cedar-river/statements").await);
    assert!(first.contains(&mine), "it is older than a hundred others, and theirs to answer");
    assert!(!ways(&parent.get("/cedar-river/statements?page=2").await).contains(&mine));
    let wanted = ways(&parent.get("/cedar-river/statements?whose=wanted").await);
    assert!(wanted.contains(&mine) && !ways(&parent.get("/cedar-river/statements?whose=back").await).contains(&mine));
    let offered = parent.get("/cedar-river/statements?more=yes").await.attributes("select[name=language] option", "value");
    let mut once = offered.clone();
    once.sort_unstable();
    once.dedup();
    assert!(once.len() == offered.len() && ["en", "es", "hmn"].iter().all(|code| once.iter().any(|one| one == code)), "{offered:?}");
    let spanish = parent.get("/cedar-river/statements?language=es").await;
    assert!(!ways(&spanish).contains(&mine));
}
