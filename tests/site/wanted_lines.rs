//! The lines of the letter about what waits, for all that one person answers for themselves: each shows one thing, is spent by the answer
//! and not by opening, and leads nowhere once the thing does not wait for that person any more. What binds a body has none.

use crate::support::{
    Site,
    smtp::{Smtp, Taken, with_letters},
    word_links,
};
use chrono::Duration;
use common_table::worker;

/// A name of a line, the page that it opens, an answer that is none and what is said of it, an answer, and what came of it.
type Line = (&'static str, &'static str, [(&'static str, &'static str); 2], (&'static str, &'static str), &'static str);

const LINES: [Line; 5] = [
    (
        "word_reply",
        "You are invited",
        [("answer", "coming"), ("needs", "A ramp")],
        ("answer", "Choose whether you come"),
        "session_invitee where membership_id = '@parent' and session_id = '@session_8' and answer = 'coming' and needs = 'A ramp' and answered_by is null",
    ),
    (
        "word_promise",
        "Is this promised?",
        [("word", "ours"), ("", "")],
        ("word", "Choose one of the answers"),
        "commitment c join word_link l on l.record_id = c.id where l.id = '@word_promise' and c.state = 'open' and c.promised_by = '@parent'",
    ),
    (
        "word_influence",
        "Was it kept?",
        [("word", "not_kept"), ("note", "Nobody reads this")],
        ("word", "Choose whether it was kept"),
        "influence_word where promise_id = '@influence_decided' and membership_id = '@parent' and word = 'not_kept' and note = ''",
    ),
    (
        "word_minutes",
        "Are the minutes right?",
        [("word", "confirmed"), ("", "")],
        ("word", "Choose whether the minutes are right"),
        "meeting where id = '@meeting_sent' and state = 'confirmed' and word_by = '@partner'",
    ),
    (
        "word_renewal",
        "May it go on?",
        [("word", "again"), ("", "")],
        ("word", "Choose one of the two"),
        "consent_renewal r join word_link l on l.record_id = r.id where l.id = '@word_renewal' and r.answer = 'again' and r.how = 'link' and r.answered_by = '@parent'",
    ),
];

/// One of each sort waits.
async fn waiting() -> Site {
    let mut site = Site::alone().await;
    word_links::complete(&mut site).await;
    site
}

fn address(site: &Site, name: &str) -> String {
    format!("/word/{}/{}", site.id(name), site.id(&format!("{name}_token")))
}

/// Where the thing itself stands, behind the token.
async fn place(site: &Site, name: &str) -> String {
    site.stranger().open_link(&address(site, name)).await.asked.split(' ').next_back().unwrap().to_owned()
}

async fn letter_to(site: &Site, smtp: &mut Smtp, who: &str) -> Vec<Taken> {
    worker::sweep(&site.app).await.unwrap();
    worker::send_due(&site.app).await;
    let email: String =
        site.peek(&format!("select a.email from account a join membership m on m.account_id = a.id where m.id = '{who}'")).await;
    let all = smtp.taken().await;
    all.into_iter().filter(|one| one.to == email && one.text.contains("wanted at Cedar River County")).collect()
}

#[tokio::test]
async fn each_line_is_opened_ten_times_for_nothing_and_spent_by_the_answer() {
    let site = waiting().await;
    let everything = "select md5(string_agg(w::text, ',' order by w.id)) from word_link w";
    for (name, heading, answer, (field, problem), came) in LINES {
        let line = address(&site, name);
        let before = (site.peek::<String>(everything).await, site.count("audit").await);
        for _ in 0..10 {
            let scanner = site.stranger();
            scanner.open_link(&line).await.assert_page(heading).assert_never_sees("Sign out");
            scanner.glance("HEAD", &line).await;
        }
        assert_eq!((site.peek::<String>(everything).await, site.count("audit").await), before, "{name}: opening changes nothing");
        let (guest, other) = (site.stranger(), site.stranger());
        guest.open_link(&line).await.assert_page(heading);
        other.open_link(&line).await.assert_page(heading);
        let at = place(&site, name).await;
        guest.fill(&at, &at, &[(answer[0].0, "")]).await.assert_problem(field, problem);
        assert_eq!(site.count(came).await, 0, "{name}");
        let (to, mut fields) = other.get(&at).await.form(&at);
        fields.retain(|(known, _)| answer.iter().all(|(given, _)| given != known));
        fields
            .extend(answer.iter().filter(|(given, _)| !given.is_empty()).map(|(given, value)| ((*given).to_owned(), (*value).to_owned())));
        let answer: Vec<(&str, &str)> = answer.iter().filter(|(given, _)| !given.is_empty()).copied().collect();
        guest.fill(&at, &at, &answer).await.assert_goes_to("/cedar-river/word/thanks");
        assert_eq!(site.count(came).await, 1, "{name}");
        // Whoever had it open at the same time, and whoever opens it afterwards, meets the same as with a link that never was.
        other.send_form(&(to, fields)).await.assert_link_over();
        site.stranger().open_link(&line).await.assert_link_over();
        site.stranger().open_link(&format!("/word/{}/{}", site.id(name), "A".repeat(43))).await.assert_link_over();
    }
}

#[tokio::test]
async fn a_line_opens_its_own_thing_at_its_own_agency_and_to_nobody_without_it() {
    let site = waiting().await;
    let (director, partner) = (site.visitor("director").await, site.visitor("partner").await);
    let bearer = site.stranger();
    let mut places = Vec::new();
    for (name, ..) in LINES {
        bearer.open_link(&address(&site, name)).await;
        places.push(place(&site, name).await);
    }
    for at in &places {
        bearer.get(at).await.assert_status(http::StatusCode::OK);
        bearer.get(&at.replace("/cedar-river/", "/harbor/")).await.assert_link_over();
        for stranger in [&director, &partner, &site.stranger()] {
            stranger.get(at).await.assert_link_over();
        }
        let (begins, own) = at.rsplit_once('/').unwrap();
        for suffix in ["reply", "avowal", "influence", "minutes", "again", "answer", "trust"].iter().filter(|suffix| **suffix != own) {
            bearer.get(&format!("{begins}/{suffix}")).await.assert_link_over();
        }
    }
}

#[tokio::test]
async fn what_waits_no_more_or_not_for_them_leads_nowhere() {
    let site = waiting().await;
    let over = [
        (
            "word_reply",
            "update session_invitee set answer = 'coming', answered_at = created_at, answered_about = (select sequence from listening_session where id = '@session_8') where membership_id = '@parent'",
        ),
        (
            "word_promise",
            "update commitment set state = 'released' where id = (select record_id from word_link where id = '@word_promise')",
        ),
        // Fewer read what it is about, and they are not among them.
        (
            "word_influence",
            "delete from subject_reader; update subject set audience = 'agency' where id = (select subject_id from influence_promise where id = '@influence_decided')",
        ),
        // Another chairs from now on.
        ("word_minutes", "update seat_term set ended_on = from_on where membership_id = '@partner'"),
        ("word_renewal", "update consent_renewal set asked_up_to = asked_at where membership_id = '@parent'"),
    ];
    for (name, change) in over {
        let (line, at, guest) = (address(&site, name), place(&site, name).await, site.stranger());
        let before = guest.open_link(&line).await;
        let about = before.select("p.lede").remove(0);
        site.force(change).await;
        for hidden in
            [guest.get(&at).await, guest.post(&at, &[("word", "kept"), ("answer", "coming")]).await, site.stranger().open_link(&line).await]
        {
            hidden.assert_link_over();
            assert!(!hidden.text.contains(&about), "{name}");
        }
        assert_eq!(site.count(&format!("word_link where id = '@{name}' and spent")).await, 0, "{name}");
    }
    // With the membership all of a person's lines are dead.
    site.force("update session_invitee set answer = null, answered_at = null, answered_about = null where membership_id = '@parent' and answered_at = created_at").await;
    site.stranger().open_link(&address(&site, "word_reply")).await.assert_page("You are invited");
    site.force("update membership set state = 'suspended' where id = '@parent'").await;
    site.stranger().open_link(&address(&site, "word_reply")).await.assert_link_over();
}

#[tokio::test]
async fn what_binds_a_body_waits_on_the_page_and_has_no_line() {
    let mut smtp = Smtp::start(&[]).await;
    let (site, [joanna]) = with_letters(&smtp, ["partner"]).await;
    let of_hers = |what: &str| format!("word_link where membership_id = '@partner' and what = '{what}'");
    // A promise that her body is said to have made, and minutes that she confirms as its chair.
    site.force("update commitment set promiser_partner_id = '@kinship', promised_by = '@partner' where id = '@commitment_told'").await;
    let letter = letter_to(&site, &mut smtp, "@partner").await;
    assert_eq!(letter.len(), 1);
    assert_eq!((site.count(&of_hers("promise")).await, site.count(&of_hers("minutes")).await), (0, 1));
    joanna
        .get("/cedar-river/wanted")
        .await
        .assert_sees("Is this promised, as the agency wrote it down?")
        .assert_sees("Are these minutes right?");
    // The same as a forum that her body hosts.
    site.force("delete from word_link; delete from word_letter; delete from letter; update meeting set group_id = null, cohost_id = '@kinship' where id = '@meeting_sent'").await;
    let letter = letter_to(&site, &mut smtp, "@partner").await;
    assert_eq!((letter.len(), site.count(&of_hers("minutes")).await), (1, 0));
}

#[tokio::test]
async fn a_speaker_ends_what_they_allowed_from_the_letter_and_it_shows_none_of_their_words() {
    let mut smtp = Smtp::start(&[]).await;
    let (site, [joanna]) = with_letters(&smtp, ["partner"]).await;
    let soon = site.clock.now() + Duration::days(30);
    site.force(&format!(
        "update statement set may_quote = true, quote_until = '{soon}' where id = '@chosen_statement'; delete from consent_renewal; \
         insert into consent_renewal (agency_id, id, session_id, speaker_id, membership_id, uses, runs_out_at, asked_up_to, way, asked_at) \
         select agency_id, gen_random_uuid(), session_id, speaker_id, '@partner', array['quoted'], '{soon}', '{soon}'::timestamptz + interval '30 days', 'page', created_at \
         from statement where id = '@chosen_statement'"
    ))
    .await;
    let words: String = site.peek("select words from statement where id = '@chosen_statement'").await;
    let shown = joanna.get("/cedar-river/wanted").await;
    shown.assert_sees("What you allowed runs out: may it go on?");
    let way = shown.attributes("ul.wait a", "href").into_iter().find(|way| way.contains("renewal")).expect("a way to it");
    joanna.get(way.split('#').next().unwrap()).await.assert_status(http::StatusCode::OK);
    let all = letter_to(&site, &mut smtp, "@partner").await;
    let text = &all[0].text;
    let from = text.find("What you allowed runs out").expect("a line for it");
    let line = text[from..].split_whitespace().find_map(|word| word.strip_prefix("http://localhost")).expect("its address").to_owned();
    let guest = site.stranger();
    let page = guest.open_link(&line).await;
    page.assert_page("May it go on?").assert_sees("be quoted where people work on what was heard");
    assert!(!text.contains(&words) && !page.text.contains(&words), "their words stand in neither");
    let at = page.asked.split(' ').next_back().unwrap().to_owned();
    guest.fill(&at, &at, &[("word", "no")]).await.assert_goes_to("/cedar-river/word/thanks");
    assert_eq!(
        site.count("statement where id = '@chosen_statement' and not may_quote and quote_until is null and words is not null").await,
        1
    );
    assert_eq!(
        site.count(
            "consent_change where statement_id = '@chosen_statement' and how = 'link' and by_id = '@partner' and not 'quoted' = any (uses)"
        )
        .await,
        1
    );
    joanna.get("/cedar-river/wanted").await.assert_never_sees("What you allowed runs out: may it go on?");
}

#[tokio::test]
async fn the_letter_waits_for_the_end_of_its_readers_quiet_hours() {
    let mut smtp = Smtp::start(&[]).await;
    let (site, [joanna]) = with_letters(&smtp, ["partner"]).await;
    let page = "/cedar-river/notices/letters";
    joanna.get(page).await.assert_sees("none about what waits for your word");
    let quiet = [("quiet_from", "20"), ("quiet_until", "7"), ("zone", "America/Chicago")];
    joanna.fill(page, "/letters", &quiet).await.assert_flash("Your choice was kept");
    // Eleven in the evening there, or midnight in the summer.
    site.clock.put((site.clock.today(chrono_tz::America::Chicago).and_hms_opt(0, 0, 0).unwrap() + Duration::hours(29)).and_utc());
    assert!(letter_to(&site, &mut smtp, "@partner").await.is_empty(), "not at night");
    assert!(letter_to(&site, &mut smtp, "@partner").await.is_empty(), "nor by another round of the worker");
    assert_eq!(site.count("word_letter where membership_id = '@partner' and last_at is not null").await, 0, "her turn is not over by that");
    site.clock.advance(Duration::hours(9));
    assert_eq!(letter_to(&site, &mut smtp, "@partner").await.len(), 1, "one in the morning");
}

#[tokio::test]
async fn the_agencys_own_side_gets_the_letter_and_every_line_of_it_wants_a_sign_in() {
    let mut smtp = Smtp::start(&[]).await;
    let (site, [dana]) = with_letters(&smtp, ["director"]).await;
    let all = letter_to(&site, &mut smtp, "@director").await;
    assert_eq!(all.len(), 1);
    let text = &all[0].text;
    assert!(!text.contains("/word/") && text.contains("(sign in to answer)"), "{text}");
    assert_eq!(site.count("word_link where membership_id = '@director'").await, 0);
    let lines: Vec<&str> = text.split_whitespace().filter_map(|word| word.strip_prefix("http://localhost")).collect();
    assert!(lines.len() > 1, "{text}");
    for line in lines {
        assert!(line == "/cedar-river" || line.starts_with("/cedar-river/"), "of this agency: {line}");
        let asked = site.stranger().get(line).await;
        assert!(asked.location.starts_with("/sign-in?"), "{line}: {}", asked.location);
        dana.get(line).await.assert_status(http::StatusCode::OK);
    }
}
