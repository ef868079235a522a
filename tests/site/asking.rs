//! Asking without an account: what somebody asks whom nobody knows, the code by which they come back, and what nobody learns from it.

use crate::support::{Answer, Site, Visitor, counting, refused};
use common_table::platform::session::LINK_COOKIE;
use http::StatusCode;

const ASK: &str = "/cedar-river/ask";
const RETURN: &str = "/cedar-river/ask/return";
const ASKED: &str = "/cedar-river/ask/question";
const SETTING: &str = "/cedar-river/settings/asking";
const LIBRARY: &str = "198.51.100.7";

/// Somebody asks; answers the page after it, which shows the code once.
async fn ask(who: &Visitor, words: &str, audience: &str) -> Answer {
    let fields = [("kind", "concern"), ("words", words), ("audience", audience), ("about", "the river camp")];
    let sent = who.fill(ASK, "/cedar-river/ask", &fields).await;
    sent.assert_goes_to("/cedar-river/ask/sent");
    who.follow(&sent).await
}

fn code(shown: &Answer) -> String {
    let codes = shown.select(".letter code");
    assert_eq!(codes.len(), 1, "{}", shown.words());
    codes[0].clone()
}

async fn comes_back(site: &Site, code: &str) -> Visitor {
    let visitor = site.stranger();
    visitor.post(RETURN, &[("language", "en"), ("code", code)]).await.assert_goes_to("/cedar-river/ask/question");
    visitor
}

/// The record of what was asked last.
async fn last(site: &Site) -> String {
    site.peek("select id::text from loop where raised_by is null order by created_at desc limit 1").await
}

#[tokio::test]
async fn somebody_without_an_account_asks_and_their_code_alone_brings_them_back() {
    let site = Site::open().await;
    let (stranger, staff) = (site.stranger(), site.visitor("staff").await);
    stranger.get(ASK).await.assert_page("Ask the agency something").assert_sees("This is not for emergencies").assert_sees("call 911");
    let shown = ask(&stranger, "The heron hall is locked when visits begin", "agency").await;
    let code = code(&shown);
    assert!(stranger.cookie(LINK_COOKIE).is_none(), "sending opens nothing by itself");
    stranger.get("/cedar-river/ask/sent").await.assert_page("The code was shown before").assert_never_sees(&code);

    let raiser = comes_back(&site, &code.to_lowercase().replace('-', " ")).await;
    let page = raiser.get(ASKED).await;
    page.assert_page("What you asked").assert_sees("heron hall").assert_sees("sent, no reply yet").assert_sees("the river camp");
    let at = format!("/cedar-river/loops/{}", last(&site).await);
    staff.get("/cedar-river/loops?sort=new").await.assert_sees("concern from somebody without an account");
    staff.get(&at).await.assert_sees("Nobody here knows who asked").assert_sees("the river camp").assert_sees("acknowledge by");
    staff.post(&format!("{at}/acknowledgement"), &[]).await.assert_flash("Acknowledged");
    raiser.post(&format!("{ASKED}/words"), &[("more", "")]).await.assert_problem("more", "Write what you want to add");
    raiser
        .post(&format!("{ASKED}/words"), &[("more", "The side door as well")])
        .await
        .assert_goes_to("/cedar-river/ask/question?done=added");
    staff.get(&at).await.assert_sees("The side door as well").assert_sees("added to by somebody without an account");
    staff.get("/cedar-river/notices").await.assert_sees("Somebody without an account added to what they asked");

    let promises = site.count("commitment").await;
    let answer = [("answer", "will"), ("answer_words", "The heron hall opens at eight"), ("due", "2099-01-31"), ("version", "3")];
    staff.post(&format!("{at}/answer"), &answer).await.assert_flash("Answer sent");
    assert_eq!(site.count("commitment").await, promises, "nobody could say that it was kept");
    raiser.get(ASKED).await.assert_sees("we will, by 31 January 2099").assert_sees("Does this answer you?");
    let word = format!("{ASKED}/word");
    raiser.post(&word, &[("word", "not_yet"), ("why", "")]).await.assert_problem("why", "Write what is still open");
    raiser
        .post(&word, &[("word", "not_yet"), ("why", "It was shut at nine today")])
        .await
        .assert_goes_to("/cedar-river/ask/question?done=open");
    staff.get(&at).await.assert_sees("It was shut at nine today").assert_sees("reopened once");
    let answer = [("answer", "done"), ("answer_words", "The heron key hangs with the guard"), ("version", "5")];
    staff.post(&format!("{at}/answer"), &answer).await.assert_flash("Answer sent");
    raiser.post(&word, &[("word", "closes")]).await.assert_goes_to("/cedar-river/ask/question?done=closed");
    raiser.get(ASKED).await.assert_sees("closed by you");
    staff.get(&at).await.assert_sees("closed by somebody without an account");
    staff.get("/cedar-river/answers").await.assert_sees("The heron key hangs with the guard");
    staff.get("/cedar-river/answers?community=The+River+Camp").await.assert_sees("The heron key hangs with the guard");
    staff.get("/cedar-river/answers?community=Another").await.assert_never_sees("The heron key hangs with the guard");
}

#[tokio::test]
async fn who_asks_is_kept_nowhere_and_a_code_only_as_a_hash() {
    let site = Site::open().await;
    let stranger = site.stranger().from(LIBRARY);
    let shown = ask(&stranger, "What is kept of whoever writes this down here", "leadership").await;
    let (code, id) = (code(&shown), last(&site).await);
    let plain = code.replace('-', "");
    comes_back(&site, &code).await.post(&format!("{ASKED}/words"), &[("more", "And of this")]).await.assert_status(StatusCode::SEE_OTHER);
    let holding = async |sign: &str| -> String {
        site.peek(&format!(
            "select coalesce(string_agg(tablename, ', '), '') from (select tablename, (xpath('/row/c/text()', query_to_xml(format( \
             'select count(*) as c from %I t where t::text ilike %L', tablename, '%{sign}%'), false, true, '')))[1]::text::int as n \
             from pg_tables where schemaname = 'public') q where n > 0"
        ))
        .await
    };
    assert_eq!(holding(&plain).await + &holding(&code).await + &holding(LIBRARY).await, "");
    let named =
        "loop where id = '{id}' and (raised_by, heir_id, raised_for_partner_id, entered_by) is distinct from (null, null, null, null)";
    assert_eq!(site.count(&named.replace("{id}", &id)).await, 0);
    assert_eq!(site.count(&format!("subject where id = '{id}' and (author_id is not null or body_id is not null)")).await, 0);
    assert_eq!(site.count(&format!("audit where subject_id = '{id}' and (actor_id is not null or author_id is not null)")).await, 0);
    assert_eq!(site.count(&format!("audit where subject_id = '{id}' and detail = 'by somebody without an account'")).await, 2);
    assert_eq!(site.count(&format!("happening where subject_id = '{id}' and by_id is not null")).await, 0);
    assert_eq!(&id[14..15], "4", "an id that holds a moment would tell when it was");
    let columns = "select string_agg(column_name, ' ' order by column_name) from information_schema.columns \
                   where table_schema = 'public' and table_name = 'return_code'";
    assert_eq!(site.peek::<String>(columns).await, "agency_id code_hash loop_id");
}

#[tokio::test]
async fn the_same_form_sent_twice_asks_once_and_hands_the_same_code_over() {
    let site = Site::open().await;
    let stranger = site.stranger();
    let page = stranger.get(ASK).await;
    let form = page.filled("/cedar-river/ask", &[("kind", "idea"), ("words", "Put a bench at the heron door")]);
    let before = site.count("loop where raised_by is null").await;
    stranger.send_form(&form).await.assert_goes_to("/cedar-river/ask/sent");
    let other = site.stranger();
    let again = other.send_form(&form).await;
    let (first, second) = (code(&stranger.get("/cedar-river/ask/sent").await), code(&other.follow(&again).await));
    assert_eq!((site.count("loop where raised_by is null").await, first), (before + 1, second));
    // Neither a form of another time nor one that a program filled in leads to a code that somebody else has.
    let copied: Vec<(&str, &str)> =
        form.1.iter().filter(|(name, _)| name != "key").map(|(name, value)| (name.as_str(), value.as_str())).collect();
    stranger.post(ASK, &copied).await.assert_problem("", "Send it once more");
    let filled = stranger.fill(ASK, "/cedar-river/ask", &[("kind", "idea"), ("words", "Buy now"), ("website", "http://x.example")]).await;
    filled.assert_problem("website", "").assert_sees("Leave the field empty");
    assert_eq!(site.count("loop where raised_by is null").await, before + 1);
}

#[tokio::test]
async fn codes_that_open_nothing_look_alike_cost_the_same_and_are_tried_a_while_only() {
    let site = Site::open().await;
    let right = code(&ask(&site.stranger(), "Is the heron hall warm in winter", "agency").await);
    let last = if right.ends_with('0') { '1' } else { '0' };
    let near = format!("{}{last}", &right[..right.len() - 1]);
    let library = site.stranger().from(LIBRARY);
    let (mut told, mut asked) = (Vec::new(), Vec::new());
    for wrong in [near.as_str(), "K7QM-3XPA-9TCV-R2WH-6BND", "x", "' or 1=1 --", &"A".repeat(3000), "ÄÖÜ-🦆"] {
        counting::begin();
        let answer = library.quoting().post(RETURN, &[("code", wrong)]).await;
        asked.push(counting::end().words);
        answer.assert_problem("code", "This code opens nothing here");
        assert!(library.cookie(LINK_COOKIE).is_none());
        told.push(answer.select(".problems").join(" "));
    }
    counting::begin();
    let opened = library.post(RETURN, &[("code", &right)]).await;
    asked.push(counting::end().words);
    opened.assert_goes_to("/cedar-river/ask/question");
    assert!(told.iter().all(|one| *one == told[0]), "{told:?}");
    assert!(asked.iter().all(|one| *one == asked[0]), "the right one is looked up like every other: {asked:?}");
    // Nor does the browser's secret, tried by itself, open anything else.
    for token in ["A".repeat(43), library.cookie(LINK_COOKIE).unwrap().to_lowercase()] {
        site.stranger().with_cookie(LINK_COOKIE, &token).get(ASKED).await.assert_link_over();
    }
    let mut tries = 7;
    while library.post(RETURN, &[("code", "K7QM")]).await.status != StatusCode::TOO_MANY_REQUESTS {
        tries += 1;
        assert!(tries < 70, "nobody is stopped");
    }
    library.post(RETURN, &[("code", &right)]).await.assert_status(StatusCode::TOO_MANY_REQUESTS);
    site.stranger().from("203.0.113.20").post(RETURN, &[("code", &right)]).await.assert_goes_to("/cedar-river/ask/question");
}

#[tokio::test]
async fn an_agency_that_is_not_open_answers_like_one_that_is_not_there() {
    let site = Site::open().await;
    let stranger = site.stranger();
    let code = code(&ask(&stranger, "Does the heron hall have a ramp", "agency").await);
    let form = [("language", "en"), ("kind", "idea"), ("words", "An idea"), ("audience", "agency"), ("code", code.as_str())];
    for path in ["ask", "ask/sent", "ask/return", "ask/question"] {
        let (closed, none) = (stranger.get(&format!("/harbor/{path}")).await, stranger.get(&format!("/no-such-county/{path}")).await);
        assert_eq!((closed.status, closed.without_keys()), (StatusCode::NOT_FOUND, none.without_keys()), "{path}");
        let closed = stranger.post(&format!("/harbor/{path}"), &form).await;
        let none = stranger.post(&format!("/no-such-county/{path}"), &form).await;
        assert_eq!((closed.status, closed.without_keys()), (none.status, none.without_keys()), "{path}");
    }
    // Open to its own, another agency opens nothing of this one.
    site.force("insert into asking (agency_id, open, set_by, set_at) select m.agency_id, true, m.id, m.created_at from membership m join agency g on g.id = m.agency_id where g.slug = 'harbor' limit 1").await;
    stranger.post("/harbor/ask/return", &form).await.assert_problem("code", "This code opens nothing here");
    let raiser = comes_back(&site, &code).await;
    raiser.get("/harbor/ask/question").await.assert_link_over();
    raiser.post("/harbor/ask/question/withdrawal", &[]).await.assert_link_over();
    raiser.get(ASKED).await.assert_sees("a ramp");
    // A speaker's link is no code, and a code no speaker's link.
    site.bearer("return_token").get(ASKED).await.assert_link_over();
    raiser.get("/cedar-river/return").await.assert_link_over();
}

#[tokio::test]
async fn a_director_alone_opens_the_door_and_whoever_has_a_code_comes_back_after_it_is_shut() {
    let site = Site::open().await;
    let code = code(&ask(&site.stranger(), "Who opens the heron hall", "agency").await);
    for who in ["staff", "analyst", "admin", "partner", "parent", "tribe"] {
        site.visitor(who).await.post(SETTING, &[("open", ""), ("version", "@asking_version")]).await.assert_not_allowed();
    }
    site.visitor("admin").await.get(SETTING).await.assert_sees("A director opens or closes this");
    for (who, hat) in [("staff", "staff"), ("admin", "administrator"), ("partner", "partner")] {
        refused(who, site.attempt(who, hat, "update asking set open = false, set_by = current_membership()").await);
    }
    let director = site.visitor("director").await;
    director.post(SETTING, &[("open", ""), ("version", "0")]).await.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    let shut = director.post(SETTING, &[("open", ""), ("version", "@asking_version")]).await;
    shut.assert_flash("Nobody can ask without an account any more");
    director.get("/cedar-river/settings/changes").await.assert_sees("asking without an account");
    site.stranger().get(ASK).await.assert_not_found();
    site.stranger().post(ASK, &[("words", "Let me in")]).await.assert_not_found();
    site.stranger().get(RETURN).await.assert_page("Come back with your code").assert_never_sees("Ask something new");
    comes_back(&site, &code).await.get(ASKED).await.assert_sees("Who opens the heron hall");
}

#[tokio::test]
async fn nobody_reads_it_but_those_who_were_chosen() {
    let site = Site::open().await;
    ask(&site.stranger(), "Only quokkaleaders may read of this", "leadership").await;
    let first = last(&site).await;
    ask(&site.stranger(), "Those at the quokkaoffice may read of this", "agency").await;
    let second = last(&site).await;
    for (who, leaders, office) in [
        ("director", true, true),
        ("staff", false, true),
        ("facilitator", false, true),
        ("analyst", false, true),
        ("partner", false, false),
        ("parent", false, false),
        ("tribe", false, false),
    ] {
        let visitor = site.visitor(who).await;
        for (id, word, sees) in [(&first, "quokkaleaders", leaders), (&second, "quokkaoffice", office)] {
            let page = visitor.get(&format!("/cedar-river/loops/{id}")).await;
            assert_eq!(page.status == StatusCode::OK, sees, "{who}: {word}");
            for list in ["/cedar-river/loops?sort=new", "/cedar-river", "/cedar-river/answers"] {
                let list = visitor.get(list).await;
                assert!(sees || !list.text.contains(word), "{who} reads {word} at {}", list.asked);
            }
        }
    }
    let admin = site.visitor("admin").await;
    for id in [&first, &second] {
        admin.get(&format!("/cedar-river/loops/{id}")).await.assert_not_allowed();
        admin.get(&format!("/cedar-river/audit?record={id}")).await.assert_never_sees("quokka");
        assert_eq!(site.attempt("admin", "administrator", &format!("select 1 from loop where id = '{id}'")).await.unwrap(), 0);
        assert_eq!(site.attempt("staff", "staff", "select 1 from return_code").await.unwrap(), 0);
    }
    let wider = site.stranger().fill(ASK, "/cedar-river/ask", &[("kind", "idea"), ("words", "For all"), ("audience", "public")]).await;
    wider.assert_problem("audience", "Choose who may read it");
    // A code opens its own question, and no other.
    let raiser = comes_back(&site, &site.id("asked_code")).await;
    raiser.get(ASKED).await.assert_sees("one chair for grown-ups").assert_never_sees("quokka");
    raiser.get(&format!("/cedar-river/loops/{second}")).await.assert_sent_to_sign_in();
}

#[tokio::test]
async fn the_database_lets_nobody_speak_for_somebody_unknown() {
    let site = Site::open().await;
    let (id, at) = (site.id("asked_answered"), "where id = '@asked_answered'");
    for (who, hat) in [("director", "director"), ("staff", "staff"), ("partner", "partner")] {
        for (what, statement) in [
            ("closes it", format!("update loop set state = 'closed', closed_at = now() {at}")),
            ("lets more read it", format!("update subject set audience = 'public' {at}")),
            (
                "writes as they would",
                format!("insert into happening (id, subject_id, what, created_at) values (gen_random_uuid(), '{id}', 'closed', now())"),
            ),
            (
                "asks in their place",
                "insert into subject (id, kind, title, path, audience, created_at) values ('018f5e2a-0000-4000-8000-00000000ab00', 'loop', 'x', '/x', 'agency', now())".to_owned(),
            ),
            (
                "asks by a row",
                "insert into loop (id, kind, words, acknowledge_by, answer_by, created_at) values (gen_random_uuid(), 'idea', 'x', '2099-01-01', '2099-01-01', now())".to_owned(),
            ),
            ("makes a code", format!("insert into return_code (loop_id, code_hash) values ('{id}', '\\x00')")),
        ] {
            refused(&format!("{who} {what}"), site.attempt(who, hat, &statement).await);
        }
    }
    // Whoever holds another link reaches none of it, nor what is said about an answer before it goes out.
    for reads in ["select 1 from loop", "select 1 from happening", "select 1 from return_code"] {
        assert_eq!(site.attempt("partner", "link", &format!("set local app.link = '@partner'; {reads}")).await.unwrap(), 0, "{reads}");
    }
    site.force("insert into happening (agency_id, id, subject_id, what, by_id, created_at) select agency_id, gen_random_uuid(), '@asked_answered', 'returned by the director', id, now() from membership where id = '@director'").await;
    let returned = "set local app.link = '@asked_answered'; select 1 from happening where what = 'returned by the director'";
    assert_eq!(site.attempt("partner", "link", returned).await.unwrap(), 0);
}

#[tokio::test]
async fn taking_it_back_erases_it_and_says_so_to_whoever_has_the_code() {
    let site = Site::open().await;
    let code = code(&ask(&site.stranger(), "The heronquokka corridor has no light at all after five in the evening", "agency").await);
    let (at, staff) = (format!("/cedar-river/loops/{}", last(&site).await), site.visitor("staff").await);
    staff.get(&at).await.assert_sees("heronquokka");
    let raiser = comes_back(&site, &code).await;
    raiser.get(&format!("{ASKED}/withdrawal")).await.assert_page("Take this back?").assert_sees("heronquokka");
    raiser.post(&format!("{ASKED}/withdrawal"), &[]).await.assert_goes_to("/cedar-river/ask/question?done=gone");
    raiser.get(ASKED).await.assert_sees("You took this back").assert_never_sees("heronquokka").assert_never_sees("the river camp");
    raiser.post(&format!("{ASKED}/words"), &[("more", "One thing more")]).await.assert_goes_to("/cedar-river/ask/question");
    staff.get(&at).await.assert_sees("Its words are gone").assert_never_sees("heronquokka").assert_never_sees("One thing more");
    let left = "select count(*) from loop l join subject s on s.agency_id = l.agency_id and s.id = l.id where concat(l.words, l.about, s.title) ~ 'heronquokka|river camp'";
    assert_eq!(site.peek::<i64>(left).await, 0);
}

#[tokio::test]
async fn it_is_asked_and_mended_in_spanish_and_a_network_that_sends_without_end_waits() {
    let site = Site::open().await;
    let reader = site.stranger();
    let page = reader.get("/cedar-river/ask?language=es").await;
    page.assert_page("Preguntar algo a la agencia").assert_sees("Esto no es para emergencias");
    assert_eq!(page.attributes("html", "lang"), ["es"]);
    let mended = reader.post(ASK, &[("language", "es"), ("words", "Mi número es 123-45-6789"), ("audience", "agency")]).await;
    mended.assert_problem("words", "Quite el número").assert_problem("kind", "Elija qué es");
    assert!(mended.text.contains("123-45-6789"), "what was typed is kept");
    assert_eq!(mended.attributes("html", "lang"), ["es"]);
    let raiser = site.stranger();
    raiser
        .post("/cedar-river/ask/return?language=es", &[("language", "es"), ("code", "@asked_closed_code")])
        .await
        .assert_goes_to("/cedar-river/ask/question?language=es");
    raiser.get("/cedar-river/ask/question?language=es").await.assert_page("Lo que usted preguntó").assert_sees("cerrado por usted");
    let library = site.stranger().from(LIBRARY);
    for number in 0..30 {
        let sent = library.fill(ASK, "/cedar-river/ask", &[("kind", "idea"), ("words", &format!("Idea {number}"))]).await;
        sent.assert_goes_to("/cedar-river/ask/sent");
    }
    let over = library.fill(ASK, "/cedar-river/ask", &[("kind", "idea"), ("words", "One idea more")]).await;
    over.assert_status(StatusCode::TOO_MANY_REQUESTS);
    assert!(over.text.contains("One idea more"), "what was typed is kept");
    ask(&site.stranger().from("203.0.113.20"), "Somebody elsewhere", "agency").await;
    // Machines in many networks do not bury what people ask.
    site.force(
        "insert into subject (agency_id, id, kind, title, path, audience, created_at)
         select s.agency_id, ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'loop', 'x', '/x', 'agency', s.created_at
         from generate_series(1, 300) n, (select agency_id, created_at from loop where raised_by is null order by created_at desc limit 1) s;
         insert into loop (agency_id, id, kind, words, acknowledge_by, answer_by, created_at)
         select agency_id, id, 'idea', 'x', '2099-01-01', '2099-01-01', created_at from subject where id::text like '00000000-0000-4000-8000-%'",
    )
    .await;
    let many = site.stranger().fill(ASK, "/cedar-river/ask", &[("kind", "idea"), ("words", "An idea that came late")]).await;
    many.assert_problem("", "Talk to a person");
    assert!(many.text.contains("An idea that came late"), "what was typed is kept");
}

#[tokio::test]
async fn it_is_let_go_from_its_answer_on_and_a_hold_keeps_it_sealed() {
    let site = Site::open().await;
    let due = async |name: &str| {
        let asked = format!("select 1 from closed_records('loop', '2099-01-01', 'UTC') where id = '@{name}'");
        site.attempt("director", "director", &asked).await.unwrap()
    };
    assert_eq!((due("asked_answered").await, due("asked_closed").await, due("asked").await), (1, 1, 0));
    assert_eq!(due("loop_answered").await, 0, "a member can still give their word");
    let hold =
        [("scope", "everything"), ("record", ""), ("reason", "A lawsuit"), ("authority", "Superior Court 27-9"), ("from", "2027-01-04")];
    site.visitor("admin").await.post("/cedar-river/retention/holds", &hold).await.assert_status(StatusCode::SEE_OTHER);
    let raiser = comes_back(&site, &site.id("asked_code")).await;
    raiser.post(&format!("{ASKED}/withdrawal"), &[]).await.assert_goes_to("/cedar-river/ask/question?done=gone");
    raiser.get(ASKED).await.assert_sees("keeps the words sealed").assert_never_sees("one chair for grown-ups");
    let sealed = "sealed_text t join sealed s on s.agency_id = t.agency_id and s.id = t.sealed_id where s.subject_id = '@asked'";
    assert_eq!(site.count(sealed).await, 3, "the words, whom they are about, and what was added");
}
