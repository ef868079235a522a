//! The letter about what waits: one, as often as its reader wants at most, and lines in it that show one thing, are spent by the answer
//! and not by opening, and are dead once that thing is not theirs to answer any more.

use crate::support::{
    Site,
    smtp::{Smtp, Taken, with_letters},
    word_links,
};
use chrono::Duration;
use common_table::worker;
use http::StatusCode;

const HERE: &str = "http://localhost";
const ANSWERED: &str = "Does this answer you?";

async fn round(site: &Site, smtp: &mut Smtp) -> Vec<Taken> {
    worker::sweep(&site.app).await.unwrap();
    worker::send_due(&site.app).await;
    let all = smtp.taken().await;
    all.into_iter().filter(|one| one.text.contains("Your word is wanted at") || one.text.contains("Something waits for you")).collect()
}

async fn address_of(site: &Site, who: &str) -> String {
    site.peek(&format!("select a.email from account a join membership m on m.account_id = a.id where m.id = '{who}'")).await
}

async fn letter_to(site: &Site, smtp: &mut Smtp, who: &str) -> Taken {
    let (email, mut all) = (address_of(site, who).await, round(site, smtp).await);
    all.retain(|one| one.to == email && !one.text.contains("Harbor"));
    assert_eq!(all.len(), 1, "one letter to {who}");
    all.remove(0)
}

/// The address that stands below a line of the letter; of several the first that is answered without a sign-in.
#[track_caller]
fn below(letter: &Taken, line: &str) -> String {
    let address = |at: usize| {
        let rest = &letter.text[at..];
        let address = &rest[rest.find(HERE).expect("an address below the line") + HERE.len()..];
        address.split_whitespace().next().unwrap().to_owned()
    };
    let all: Vec<String> = letter.text.match_indices(line).map(|(at, _)| address(at)).collect();
    let first = all.first().unwrap_or_else(|| panic!("no {line} in {}", letter.text));
    all.iter().find(|one| one.starts_with("/word/")).unwrap_or(first).clone()
}

#[tokio::test]
async fn a_line_that_programs_open_ten_times_is_spent_by_the_answer_alone() {
    let mut smtp = Smtp::start(&[]).await;
    let (site, [joanna]) = with_letters(&smtp, ["partner"]).await;
    let letter = letter_to(&site, &mut smtp, "@partner").await;
    assert!(!letter.text.contains("sign in today"), "no pressing");
    let line = below(&letter, ANSWERED);
    assert!(line.starts_with("/word/") && !line.contains("cedar-river"), "{line}");
    let everything = "select md5(string_agg(w::text, ',' order by w.id)) from word_link w";
    let (links, entries) = (site.peek::<String>(everything).await, site.count("audit").await);
    for _ in 0..10 {
        let scanner = site.stranger();
        scanner.open_link(&line).await.assert_page(ANSWERED);
        scanner.glance("HEAD", &line).await;
    }
    assert_eq!((site.peek::<String>(everything).await, site.count("audit").await), (links, entries), "opening changes nothing");
    let (guest, other) = (site.stranger(), site.stranger());
    let page = guest.open_link(&line).await;
    page.assert_never_sees("Joanna").assert_never_sees("Sign out");
    let at = page.asked.split(' ').next_back().unwrap().to_owned();
    guest.post(&at, &[("word", "not_yet"), ("why", "")]).await.assert_problem("why", "Enter what is still open");
    other.open_link(&line).await.assert_page(ANSWERED);
    guest.post(&at, &[("word", "closes")]).await.assert_goes_to("/cedar-river/word/thanks");
    other.post(&at, &[("word", "closes")]).await.assert_link_over();
    site.stranger().open_link(&line).await.assert_link_over();
    let question: String = site.peek("select record_id::text from word_link where what = 'answer' and spent").await;
    joanna.get(&format!("/cedar-river/loops/{question}")).await.assert_sees("closed by the one who raised it");
    assert_eq!(site.count(&format!("audit where subject_id = '{question}' and action = 'closed' and actor_id = '@partner'")).await, 1);
}

#[tokio::test]
async fn a_letter_is_of_one_agency_and_its_lines_open_nothing_at_another() {
    let mut smtp = Smtp::start(&[]).await;
    let (site, []) = with_letters(&smtp, []).await;
    let harbor = "(select id from agency where slug = 'harbor')";
    let hers = "(select m.id from membership m join membership c on c.account_id = m.account_id and c.id = '@partner' where m.agency_id = (select id from agency where slug = 'harbor'))";
    site.force(&format!(
        "insert into trust_wording (agency_id, version, question, steps, smallest, by_itself, set_by, set_at) \
         select {harbor}, 9, 'Does it count?', array['a', 'b', 'c', 'd', 'e'], 5, false, {hers}, created_at from membership where id = '@partner'; \
         insert into trust_round (agency_id, id, opened_on, closes_on, wording, created_at) \
         select {harbor}, gen_random_uuid(), opened_on, closes_on, 9, created_at from trust_round where id = '@trust_open'; \
         insert into trust_asked (agency_id, round_id, membership_id, side) \
         select agency_id, id, {hers}, 'partner' from trust_round where agency_id = {harbor} and wording = 9"
    ))
    .await;
    let email = address_of(&site, "@partner").await;
    let all: Vec<Taken> = round(&site, &mut smtp).await.into_iter().filter(|one| one.to == email).collect();
    assert_eq!(all.len(), 2, "one of each agency");
    let (cedar, harbor): (Vec<&Taken>, Vec<&Taken>) = all.iter().partition(|one| one.text.contains("Cedar River County"));
    assert!(!cedar[0].text.to_lowercase().contains("harbor"), "{}", cedar[0].text);
    assert!(!harbor[0].text.to_lowercase().contains("cedar"), "{}", harbor[0].text);
    let line = below(harbor[0], "One question, without your name");
    let guest = site.stranger();
    let page = guest.open_link(&line).await;
    page.assert_page("One question").assert_sees("Does it count?");
    let at = page.asked.split(' ').next_back().unwrap().to_owned();
    assert!(at.starts_with("/harbor/word/"), "{at}");
    guest.get(&at.replace("/harbor/", "/cedar-river/")).await.assert_link_over();
    guest.get(&at.replace("/trust", "/answer")).await.assert_link_over();
}

#[tokio::test]
async fn what_is_not_theirs_any_more_waits_nowhere_and_leaves_no_trace() {
    let mut smtp = Smtp::start(&[]).await;
    let (mut site, []) = with_letters(&smtp, []).await;
    word_links::complete(&mut site).await;
    let letter = letter_to(&site, &mut smtp, "@partner").await;
    let (link, token) = (site.id("word_done"), site.id("word_done_token"));
    // The letter made its own token for it, which stands in the letter alone.
    site.force(&format!("update word_link set token_hash = sha256(convert_to('{token}', 'UTF8')) where id = '{link}'")).await;
    let line = format!("/word/{link}/{token}");
    let what: String = site.peek("select what from commitment where id = '@commitment_reported'").await;
    let guest = site.stranger();
    let page = guest.open_link(&line).await;
    page.assert_page("Was it kept?").assert_sees(&what);
    let at = page.asked.split(' ').next_back().unwrap().to_owned();
    // Fewer read it from now on, and she is not among them.
    site.force("delete from subject_reader where subject_id = '@commitment_reported'; update subject set audience = 'agency' where id = '@commitment_reported'").await;
    for hidden in
        [guest.get(&at).await, guest.post(&at, &[("word", "kept"), ("version", "1")]).await, site.stranger().open_link(&line).await]
    {
        hidden.assert_link_over();
        assert!(!hidden.text.contains(&what), "{}", hidden.text);
    }
    // Another question of hers, and she is a member no more.
    let other = below(&letter, ANSWERED);
    site.stranger().open_link(&other).await.assert_page(ANSWERED);
    site.force("update membership set state = 'suspended' where id = '@partner'").await;
    site.stranger().open_link(&other).await.assert_link_over();
    site.force("update membership set state = 'active' where id = '@partner'").await;
    site.stranger().open_link(&other).await.assert_page(ANSWERED);
    // It lapses without effect.
    site.clock.advance(Duration::days(31));
    site.stranger().open_link(&other).await.assert_link_over();
    let open =
        "loop l join word_link w on w.record_id = l.id where w.what = 'answer' and w.membership_id = '@partner' and l.state <> 'answered'";
    assert_eq!(site.count(open).await, 0, "nothing was decided by silence");
}

#[tokio::test]
async fn two_workers_send_one_letter_and_none_before_its_time() {
    let mut smtp = Smtp::start(&[]).await;
    let (site, [joanna]) = with_letters(&smtp, ["partner"]).await;
    site.force("update session set expires_at = expires_at + interval '1 year'").await;
    let email = address_of(&site, "@partner").await;
    let hers = |all: &[Taken]| all.iter().filter(|one| one.to == email && one.text.contains("wanted at Cedar River")).count();
    let (first, second) = tokio::join!(worker::sweep(&site.app), worker::sweep(&site.app));
    first.and(second).unwrap();
    // A second letter of hers stands in the queue all the same.
    site.force(
        "insert into letter (id, for_agency, kind, about, made_at, run_at) \
         select gen_random_uuid(), for_agency, kind, about, made_at, run_at from letter where kind = 'wanted' and about = '@partner'",
    )
    .await;
    tokio::join!(worker::send_due(&site.app), worker::send_due(&site.app));
    assert_eq!(hers(&smtp.taken().await), 1, "one letter");
    site.clock.advance(Duration::days(6));
    assert_eq!(hers(&round(&site, &mut smtp).await), 0, "the week is not over");
    site.clock.advance(Duration::days(2));
    assert_eq!(hers(&round(&site, &mut smtp).await), 1, "the next week");
    joanna
        .fill("/cedar-river/wanted/letter", "/wanted/letter", &[("pace", "never")])
        .await
        .assert_flash("Kept: letters about what waits come no more often than that");
    site.clock.advance(Duration::days(90));
    assert_eq!(hers(&round(&site, &mut smtp).await), 0, "never");
}

#[tokio::test]
async fn a_letter_to_somebody_with_lived_experience_says_nothing_unless_they_allowed_it() {
    let mut smtp = Smtp::start(&[]).await;
    let (site, []) = with_letters(&smtp, []).await;
    let email = address_of(&site, "@parent").await;
    for (reach, allowed, letters) in [("telephone", true, 0), ("email", false, 1), ("email", true, 1)] {
        site.force(&format!(
            "update member_identity set may_name_agency = {allowed}, reach_channel = '{reach}' where membership_id = '@parent'; \
             delete from word_letter; delete from letter"
        ))
        .await;
        let hers: Vec<Taken> = round(&site, &mut smtp).await.into_iter().filter(|one| one.to == email).collect();
        assert_eq!(hers.len(), letters, "{reach}");
        for letter in &hers {
            let names = letter.text.to_lowercase().replace("cedar-river", "cedar river").contains("cedar river");
            assert_eq!(names, allowed, "{}", letter.text);
            assert_eq!(letter.text.contains("Is this what you said?"), allowed, "{}", letter.text);
            let line = below(letter, if allowed { "Is this what you said?" } else { "Open what waits: number 1" });
            let opened = site.stranger().open_link(&line).await;
            opened.assert_status(StatusCode::OK).assert_never_sees("Dana Whitlock");
        }
    }
}

#[tokio::test]
async fn the_question_about_trust_comes_in_the_letter_and_nothing_stands_beside_its_answer() {
    let mut smtp = Smtp::start(&[]).await;
    let (site, []) = with_letters(&smtp, []).await;
    site.force("update member_identity set may_name_agency = true, reach_channel = 'email' where membership_id = '@parent'").await;
    let line = below(&letter_to(&site, &mut smtp, "@parent").await, "One question, without your name");
    let guest = site.stranger();
    let page = guest.open_link(&line).await;
    let at = page.asked.split(' ').next_back().unwrap().to_owned();
    guest.post(&at, &[("step", "")]).await.assert_problem("step", "Choose one of the five");
    guest.post(&at, &[("step", "2"), ("words", "Said from the letter")]).await.assert_goes_to("/cedar-river/word/thanks");
    guest.post(&at, &[("step", "5")]).await.assert_link_over();
    assert_eq!(site.count("trust_answer where words = 'Said from the letter' and step = 2 and side = 'partner'").await, 1);
    assert_eq!(site.count("trust_asked where membership_id = '@parent' and round_id = '@trust_open' and answered").await, 1);
    let moments: i64 = site
        .peek("select count(*) from information_schema.columns where table_name = 'word_link' and data_type like 'timestamp%' and column_name <> 'expires_at'")
        .await;
    assert_eq!(moments, 0, "nothing says when a line was answered");
    assert_eq!(site.count("word_link where what = 'trust' and membership_id = '@parent' and spent and expires_at is not null").await, 1);
}

#[tokio::test]
async fn nobody_makes_sees_or_spends_anothers_line() {
    let mut smtp = Smtp::start(&[]).await;
    let (site, [parent]) = with_letters(&smtp, ["parent"]).await;
    letter_to(&site, &mut smtp, "@partner").await;
    for (who, hat) in
        [("admin", "administrator"), ("director", "director"), ("staff", "staff"), ("tribe", "partner"), ("parent", "partner")]
    {
        let others = format!("membership_id <> '@{who}'");
        assert_eq!(site.attempt(who, hat, &format!("select 1 from word_link where {others}")).await.unwrap(), 0, "{who} sees lines");
        assert_eq!(site.attempt(who, hat, &format!("update word_link set spent = true where {others}")).await.unwrap(), 0, "{who}");
        assert_eq!(site.attempt(who, hat, &format!("select 1 from word_letter where {others}")).await.unwrap(), 0, "{who} sees turns");
        let forged = "insert into word_link (agency_id, id, token_hash, membership_id, what, record_id, expires_at) \
             select agency_id, gen_random_uuid(), 'x', '@partner', 'answer', gen_random_uuid(), created_at from membership where id = '@partner'";
        assert!(site.attempt(who, hat, forged).await.is_err(), "{who} makes a line for somebody else");
    }
    // Whoever is signed in as somebody else opens no line by its address.
    let link: String = site.peek("select id::text from word_link where what = 'answer' and membership_id = '@partner' limit 1").await;
    parent.get(&format!("/cedar-river/word/{link}/answer")).await.assert_link_over();
    parent.get(&format!("/word/{link}/{}", "A".repeat(43))).await.assert_link_over();
    assert_eq!(site.count(&format!("word_link where id = '{link}' and not spent")).await, 1);
}

#[tokio::test]
async fn somebody_says_it_by_telephone_and_it_is_marked_and_they_are_told() {
    let mut smtp = Smtp::start(&[]).await;
    let (site, [staff, joanna]) = with_letters(&smtp, ["staff", "partner"]).await;
    let letter = letter_to(&site, &mut smtp, "@partner").await;
    let beside = "Does this answer you? (by telephone: code ";
    let code = letter.text[letter.text.find(beside).unwrap() + beside.len()..].split(')').next().unwrap().to_owned();
    assert!(!letter.text.contains("without your name (by telephone"), "what has no name is not said on the telephone");
    let desk = "/cedar-river/word/telephone";
    joanna.get(desk).await.assert_not_allowed();
    staff.post(desk, &[("code", "AAAA-AAAA")]).await.assert_problem("code", "Nothing that waits has this code");
    staff.post(desk, &[("code", "A")]).await.assert_problem("code", "Enter the eight letters and numbers of the code");
    let opened = staff.post(desk, &[("code", &code.to_lowercase())]).await.location;
    staff.get(&opened).await.assert_page(ANSWERED).assert_sees("You write this down for the person on the telephone");
    site.stranger().get(&opened).await.assert_link_over();
    site.clock.advance(Duration::minutes(31));
    staff.get(&opened).await.assert_link_over();
    let again = staff.post(desk, &[("code", &code)]).await.location;
    staff
        .post(&again, &[("word", "not_yet"), ("why", "The form is still in English only")])
        .await
        .assert_goes_to("/cedar-river/word/thanks");
    staff.post(desk, &[("code", &code)]).await.assert_problem("code", "Nothing that waits has this code");
    site.stranger().open_link(&below(&letter, ANSWERED)).await.assert_link_over();
    joanna.get("/cedar-river/notices").await.assert_sees("wrote down what you said on the telephone");
    let marked = "happening h join word_link w on w.record_id = h.subject_id where w.spent and h.what = 'by telephone' and h.text like 'Marcus Tellwell wrote down%'";
    assert_eq!(site.count(marked).await, 1);
    assert_eq!(site.count("audit where action = 'opened for somebody on the telephone' and actor_id = '@staff'").await, 2);
}

#[tokio::test]
async fn by_telephone_nobody_opens_what_they_may_not_read_themselves() {
    let mut smtp = Smtp::start(&[]).await;
    let (site, [staff]) = with_letters(&smtp, ["staff"]).await;
    let letter = letter_to(&site, &mut smtp, "@partner").await;
    let beside = "Does this answer you? (by telephone: code ";
    let code = letter.text[letter.text.find(beside).unwrap() + beside.len()..].split(')').next().unwrap().to_owned();
    let theirs = "select record_id from word_link where what = 'answer' and membership_id = '@partner'";
    let (desk, none) = ("/cedar-river/word/telephone", "Nothing that waits has this code");
    for few in ["audience = 'leadership'", "audience = 'agency', protocols = 1"] {
        site.force(&format!("update subject set {few} where id in ({theirs})")).await;
        staff.post(desk, &[("code", &code)]).await.assert_problem("code", none);
    }
    // The next letter has no code for what staff may not read, and its link all the same.
    site.clock.advance(Duration::days(8));
    site.force("update session set expires_at = expires_at + interval '1 year'; update subject set audience = 'leadership', protocols = null where id in (select record_id from word_link where what = 'answer')").await;
    let next = letter_to(&site, &mut smtp, "@partner").await;
    assert!(below(&next, ANSWERED).starts_with("/word/"), "{}", next.text);
    assert!(!next.text.contains(beside), "{}", next.text);
    site.force("update subject set audience = 'agency' where id in (select record_id from word_link where what = 'answer')").await;
    site.clock.advance(Duration::days(8));
    assert!(letter_to(&site, &mut smtp, "@partner").await.text.contains(beside));
}
