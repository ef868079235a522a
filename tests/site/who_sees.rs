//! Who can see what: the answer is the database's own, the sentences agree with it, and asking teaches nobody what they may not know.

use crate::support::{Answer, Site, Visitor};

const WHO: &str = "/cedar-river/who-sees";
const FURTHER: &str = "A further rule of the records decides here";

async fn asked(visitor: &Visitor, person: &str, record: &str) -> Answer {
    let sent = visitor.post(WHO, &[("person", person), ("record", record)]).await;
    sent.assert_goes_to("/cedar-river/who-sees/*").assert_flash("Asked. It stands in the log of the record");
    visitor.follow(&sent).await
}

/// Ids out of the database, in one text.
async fn ids(site: &Site, question: &str) -> Vec<String> {
    let all: String = site.peek(&format!("select coalesce(string_agg(id::text, ' '), '') from ({question}) q")).await;
    all.split_whitespace().map(str::to_owned).collect()
}

/// Whether a page of the record opens for them, which is what the answer is about.
async fn opens(visitor: &Visitor, path: &str) -> bool {
    visitor.glance("GET", path).await.status == http::StatusCode::OK
}

#[tokio::test]
async fn the_answer_is_what_the_person_finds() {
    let site = Site::open().await;
    let records = ids(&site, "select distinct on (kind, audience, body_id is null) id from subject where agency_id = (select id from agency where slug = 'cedar-river') order by kind, audience, body_id is null, id limit 40").await;
    let (director, tribe) = (site.visitor("director").await, site.visitor("tribe").await);
    let mut tried = 0;
    for who in ["director", "staff", "analyst", "admin", "partner", "tribe", "parent"] {
        let (visitor, person) = (site.visitor(who).await, site.id(who));
        for record in &records {
            let path: String = site.peek(&format!("select path from subject where id = '{record}'")).await;
            for asker in [&director, &tribe] {
                let sent = asker.post(WHO, &[("person", &person), ("record", record)]).await;
                if sent.status != http::StatusCode::SEE_OTHER {
                    continue;
                }
                let answer = asker.follow(&sent).await;
                assert!(!answer.text.contains(FURTHER), "{who} {path}: {}", answer.words());
                // Told in part, the answer is that of anybody of the same role and body.
                if answer.text.contains("of the same role and body") {
                    continue;
                }
                tried += 1;
                assert_eq!(answer.heading().ends_with(" can see it"), opens(&visitor, &path).await, "{who} {path}: {}", answer.words());
            }
        }
    }
    assert!(tried > 60, "only {tried} answers were compared");
}

#[tokio::test]
async fn a_record_that_the_asker_may_not_see_answers_like_one_that_never_was() {
    let site = Site::open().await;
    let admin = site.visitor("admin").await;
    for hidden in ["@loop_answered", "@asked_statement"] {
        let told = admin.post(WHO, &[("person", "@staff"), ("record", hidden)]).await;
        let never = admin.post(WHO, &[("person", "@staff"), ("record", "018f5e2a-0000-7000-8000-000000000000")]).await;
        for answer in [&told, &never] {
            answer.assert_problem("record", "Enter the address of a page that you can open: there is no such record");
            assert!(!answer.field("record").is_empty(), "what was typed is kept");
        }
        let plain = |answer: &crate::support::Answer| answer.words().replace(&answer.field("record"), "it");
        assert_eq!(plain(&told), plain(&never));
    }
    assert_eq!(site.count("sight_question where asked_by = '@admin'").await, 0);
    let elsewhere = admin.post(WHO, &[("person", "@staff"), ("record", "https://table.example/harbor/partners/@court")]).await;
    elsewhere.assert_problem("record", "Enter the address of the record’s page");
    site.visitor("analyst").await.get(WHO).await.assert_not_allowed();
    site.visitor("harbor").await.get(WHO).await.assert_not_found();
    let staff = site.visitor("staff").await;
    staff.post(WHO, &[("person", "@staff"), ("record", "@court")]).await.assert_problem("record", "Enter a record that is your own");
}

#[tokio::test]
async fn nobody_learns_whose_words_they_are_by_asking_about_everybody() {
    let site = Site::open().await;
    // Words of somebody without a body, which the director may read and which do not say whose they are.
    site.force(
        "update subject set audience = 'agency', body_id = null, author_id = '@parent' where id = '@chosen_statement'; \
         update statement set attribution = 'anonymous', shown_as = '', body_id = null where id = '@chosen_statement'; \
         insert into membership (agency_id, id, name, role, lived_experience, state, created_at) select agency_id, '018f5e2a-0000-7000-8000-00000000bbbb', 'Community member', 'partner', true, 'active', created_at \
         from membership where id = '@parent'",
    )
    .await;
    let director = site.visitor("director").await;
    let author = asked(&director, "@parent", "@chosen_statement").await;
    let other = asked(&director, "018f5e2a-0000-7000-8000-00000000bbbb", "@chosen_statement").await;
    let sentences = |page: &Answer| page.select("main li").join("|");
    assert_eq!((author.heading(), sentences(&author)), (other.heading(), sentences(&other)));
    author.assert_sees("is told to its author and their body’s stewards alone").assert_sees("cannot see it");
    // The author themselves is told.
    let own = asked(&site.visitor("parent").await, "@parent", "@chosen_statement").await;
    own.assert_sees("can see it").assert_sees("It is their own");
}

#[tokio::test]
async fn a_steward_is_told_why_and_the_log_says_who_asked() {
    let site = Site::open().await;
    let partner = site.visitor("partner").await;
    let told = asked(&partner, "@director", "@chosen_statement").await;
    told.assert_never_sees("faster than any search");
    let not = asked(&partner, "@tribe", "@chosen_statement").await;
    not.assert_sees("cannot see it").assert_sees("against it");
    partner.get("/cedar-river/audit?record=@chosen_statement").await.assert_sees("asked who sees");
    // A membership that is over opens nothing, whatever the record allows; others than the office no longer know of it.
    site.force("update membership set state = 'suspended', suspended_by = 'agency' where id = '@analyst'").await;
    let director = site.visitor("director").await;
    asked(&director, "@analyst", "@court").await.assert_sees("cannot see it").assert_sees("The membership is suspended");
    partner.post(WHO, &[("person", "@analyst"), ("record", "@chosen_statement")]).await.assert_not_found();
    let question: String = site.peek("select id::text from sight_question order by at desc, id desc limit 1").await;
    site.visitor("tribe").await.get(&format!("{WHO}/{question}")).await.assert_not_found();
}

#[tokio::test]
async fn an_answer_is_logged_when_it_is_asked_and_opened_again_it_asks_nothing_anew() {
    let site = Site::open().await;
    let director = site.visitor("director").await;
    let asked_once = "audit where action = 'asked who sees' and subject_id = '@court'";
    let before = site.count(asked_once).await;
    let sent = director.post(WHO, &[("person", "@staff"), ("record", "@court")]).await;
    let first = director.follow(&sent).await;
    first.assert_sees("can see it");
    // Since then the membership is suspended: the answer stays that of its moment, and another one has to be asked for.
    site.force("update membership set state = 'suspended', suspended_by = 'agency' where id = '@staff'").await;
    let again = director.follow(&sent).await;
    assert_eq!((first.heading(), first.select("main li")), (again.heading(), again.select("main li")));
    assert_eq!(site.count(asked_once).await, before + 1);
    asked(&director, "@staff", "@court").await.assert_sees("cannot see it");
    assert_eq!(site.count(asked_once).await, before + 2);
}

#[tokio::test]
async fn who_answers_for_a_record_asks_from_its_trace_without_copying_an_address() {
    let site = Site::open().await;
    let (director, staff) = (site.visitor("director").await, site.visitor("staff").await);
    let (trace, link) = ("/cedar-river/trace/partner/@court", "a[href*='/who-sees?record=']");
    let ways = director.get(trace).await.attributes(link, "href");
    let sent = director.fill(&ways[0], "/who-sees", &[("person", "@staff")]).await;
    director.follow(&sent).await.assert_sees("Cedar River Juvenile Court");
    assert!(staff.get(trace).await.attributes(link, "href").is_empty(), "staff ask about what is their own");
}

#[tokio::test]
async fn an_answer_is_shown_no_longer_to_somebody_who_may_know_less_by_now() {
    let site = Site::open().await;
    let partner = site.visitor("partner").await;
    let sent = partner.post(WHO, &[("person", "@director"), ("record", "@chosen_statement")]).await;
    partner.follow(&sent).await.assert_sees("see it");
    site.force("update subject set audience = 'partnership', author_id = '@parent', body_id = null where id = '@chosen_statement'").await;
    partner.follow(&sent).await.assert_not_found();
}

#[tokio::test]
async fn a_speaker_without_an_account_sees_by_their_link_that_it_was_asked() {
    let site = Site::open().await;
    let bearer = site.stranger();
    bearer.open_link("/cedar-river/return/@return_token").await.assert_never_sees("it was asked whether somebody");
    site.force(
        "insert into sight_question (agency_id, id, asked_by, member_id, subject_id, at, sees, told_all, parts) \
         select t.agency_id, gen_random_uuid(), '@director', '@staff', t.id, '2027-05-03 18:00Z', false, false, '[]' \
         from statement t where t.speaker_id in (select speaker_id from return_link where spent_at is null)",
    )
    .await;
    let told = bearer.open_link("/cedar-river/return/@return_token").await;
    told.assert_sees("On 3 May 2027 it was asked whether somebody in the partnership can see your words");
    // Nobody else but the asker reads the question.
    assert_eq!(site.attempt("staff", "staff", "select 1 from sight_question").await.unwrap(), 0);
    assert_eq!(site.attempt("admin", "administrator", "select 1 from sight_question").await.unwrap(), 0);
}
