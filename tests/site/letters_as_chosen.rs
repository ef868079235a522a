//! Everybody chooses which letters about their news come, and when; each piece of news is in one letter at most, and some wait for nobody.

use crate::support::{
    Site, Visitor, refused,
    smtp::{Smtp, Taken, with_letters},
};
use chrono::Duration;
use common_table::worker;

const CHOICE: &str = "/cedar-river/notices/letters";
const TOPICS: [&str; 7] = ["answers", "promises", "words", "people", "meetings", "keeping", "other"];

/// Chooses this pace for everything, and these quiet hours.
async fn chooses(who: &Visitor, pace: &str, (from, until): (&str, &str)) {
    let paces = TOPICS.map(|topic| (topic, pace));
    let hours = [("quiet_from", from), ("quiet_until", until), ("zone", "America/Chicago")];
    who.fill(CHOICE, "/letters", &[&paces[..], &hours[..]].concat()).await.assert_flash("Your choice was kept");
}

/// Tells somebody things of this kind, as a slice would.
async fn told(site: &Site, whom: &str, kind: &str, path: &str, many: i32) {
    let now = site.clock.now();
    site.force(&format!(
        "with told as (insert into notice (agency_id, id, membership_id, kind, said, path, made_at) \
             select agency_id, gen_random_uuid(), id, '{kind}', 'Something happened ' || n, '{path}', '{now}' \
             from membership, generate_series(1, {many}) n where id = '{whom}' returning agency_id, id) \
         insert into letter (id, for_agency, kind, about, made_at, run_at) select gen_random_uuid(), agency_id, 'notice', id, '{now}', '{now}' from told"
    ))
    .await;
}

async fn address_of(site: &Site, who: &str) -> String {
    site.peek(&format!("select a.email from account a join membership m on m.account_id = a.id where m.id = '{who}'")).await
}

/// The letters that go to somebody now.
async fn letters(site: &Site, smtp: &mut Smtp, whom: &str) -> Vec<Taken> {
    worker::send_due(&site.app).await;
    let to = address_of(site, whom).await;
    smtp.taken().await.into_iter().filter(|one| one.to == to).collect()
}

#[tokio::test]
async fn what_was_told_meanwhile_comes_in_one_letter_in_the_morning() {
    let mut smtp = Smtp::start(&[]).await;
    let (site, [admin, thomas]) = with_letters(&smtp, ["admin", "tribe"]).await;
    chooses(&thomas, "daily", ("", "")).await;
    let page = "/cedar-river/members/@tribe_member";
    admin.fill(page, "/suspension", &[("why", "The office asked us to wait")]).await;
    admin.fill(page, "/suspension/delete", &[]).await.assert_flash("Taken up again");
    assert!(letters(&site, &mut smtp, "@tribe").await.is_empty(), "not now");
    thomas.get("/cedar-river/notices").await.assert_sees("suspended Ruth").assert_sees("took up again");
    site.clock.advance(Duration::hours(24));
    let taken = letters(&site, &mut smtp, "@tribe").await;
    let [letter] = taken.as_slice() else { panic!("{} letters", taken.len()) };
    for words in
        ["News for you at Cedar River County", "suspended Ruth", "took up again", "/cedar-river/notices", "you choose on that page"]
    {
        assert!(letter.text.contains(words), "{words}: {}", letter.text);
    }
    assert!(!letter.text.contains("asked us to wait"), "a reason stands on the page only");
    site.clock.advance(Duration::hours(24));
    assert!(letters(&site, &mut smtp, "@tribe").await.is_empty(), "and not again");
}

#[tokio::test]
async fn each_piece_of_news_is_in_one_letter_however_many_workers_there_are() {
    let mut smtp = Smtp::start(&[]).await;
    let (site, [thomas]) = with_letters(&smtp, ["tribe"]).await;
    let other = site.another_process().await;
    chooses(&thomas, "weekly", ("", "")).await;
    told(&site, "@tribe", "membership", "/cedar-river/members/changes", 12).await;
    let all = async || {
        let (a, b, c, d) = tokio::join!(
            worker::send_due(&site.app),
            worker::send_due(&other.app),
            worker::send_due(&site.app),
            worker::send_due(&other.app)
        );
        a + b + c + d
    };
    assert_eq!(all().await, 12);
    assert_eq!((site.count("notice where letter_id is null").await, site.count("notice_letter").await), (0, 1));
    let one: String = site.peek("select id::text from notice order by id limit 1").await;
    thomas.fill("/cedar-river/notices", &format!("/notices?one={one}"), &[]).await.assert_flash("Marked as read");
    site.clock.advance(Duration::days(8));
    assert_eq!(all().await, 1);
    let taken = smtp.taken().await;
    let [letter] = taken.as_slice() else { panic!("{} letters", taken.len()) };
    let lines = (1..=12).filter(|n| letter.text.contains(&format!("Something happened {n}."))).count();
    assert_eq!(lines, 11, "each once, but for what was read meanwhile: {}", letter.text);
    // What is told from now on goes into another.
    told(&site, "@tribe", "membership", "/cedar-river/members/changes", 1).await;
    all().await;
    assert_eq!((site.count("notice_letter").await, site.count("notice_letter where closed_at is null").await), (2, 1));
}

#[tokio::test]
async fn nothing_comes_in_quiet_hours_and_it_comes_when_they_end() {
    let mut smtp = Smtp::start(&[]).await;
    let (site, [thomas]) = with_letters(&smtp, ["tribe"]).await;
    let night = site.clock.today(chrono_tz::America::Chicago).and_hms_opt(0, 0, 0).unwrap() + Duration::hours(29);
    chooses(&thomas, "at_once", ("20", "7")).await;
    // Eleven in the evening there, or midnight in the summer.
    site.clock.put(night.and_utc());
    told(&site, "@tribe", "membership", "/cedar-river/members/changes", 1).await;
    assert!(letters(&site, &mut smtp, "@tribe").await.is_empty());
    site.clock.advance(Duration::hours(9));
    assert_eq!(letters(&site, &mut smtp, "@tribe").await.len(), 1);
}

#[tokio::test]
async fn what_nobody_turns_off_comes_at_once_and_the_page_says_why() {
    let mut smtp = Smtp::start(&[]).await;
    let (site, [thomas]) = with_letters(&smtp, ["tribe"]).await;
    chooses(&thomas, "never", ("0", "23")).await;
    thomas.get(CHOICE).await.assert_sees("nobody can turn them off").assert_sees("must know the same minute");
    told(&site, "@tribe", "membership", "/cedar-river/members/changes", 1).await;
    assert!(letters(&site, &mut smtp, "@tribe").await.is_empty());
    for (kind, path) in [("emergency_opening", "/cedar-river/openings"), ("sign_in_ended", "/cedar-river/me"), ("membership", "/hats")] {
        told(&site, "@tribe", kind, path, 1).await;
        assert_eq!(letters(&site, &mut smtp, "@tribe").await.len(), 1, "{kind} {path}");
    }
    site.clock.advance(Duration::days(8));
    assert!(letters(&site, &mut smtp, "@tribe").await.is_empty(), "what no letter was wanted of stays on the page");
}

#[tokio::test]
async fn a_letter_of_several_news_names_the_agency_no_more_than_one_of_one() {
    let mut smtp = Smtp::start(&[]).await;
    let (site, [parent]) = with_letters(&smtp, ["parent"]).await;
    chooses(&parent, "daily", ("", "")).await;
    site.force("update member_identity set may_name_agency = false, reach_channel = 'email' where membership_id = '@parent'").await;
    told(&site, "@parent", "answer", "/cedar-river/loops", 3).await;
    assert!(letters(&site, &mut smtp, "@parent").await.is_empty());
    site.clock.advance(Duration::hours(24));
    let taken = letters(&site, &mut smtp, "@parent").await;
    let [letter] = taken.as_slice() else { panic!("{} letters", taken.len()) };
    assert!(letter.text.contains("Something new for you"), "{}", letter.text);
    for name in ["Cedar River", "cedar-river", "Something happened"] {
        assert!(!letter.text.contains(name), "{name}: {}", letter.text);
    }
}

#[tokio::test]
async fn nobody_reads_or_makes_anothers_choice() {
    let mut smtp = Smtp::start(&[]).await;
    let (site, [thomas, samuel]) = with_letters(&smtp, ["tribe", "harbor"]).await;
    chooses(&thomas, "daily", ("20", "7")).await;
    told(&site, "@tribe", "membership", "/cedar-river/members/changes", 1).await;
    assert!(letters(&site, &mut smtp, "@tribe").await.is_empty());
    for (who, hat) in [("admin", "administrator"), ("director", "director"), ("partner", "partner")] {
        for statement in [
            "update notice_pace set pace = 'never'",
            "update notice_hours set quiet_from = 1",
            "update notice_letter set closed_at = now()",
            "select from notice_pace",
            "select from notice_hours",
            "select from notice_letter",
            "insert into notice_pace (agency_id, membership_id, topic, pace) values (current_agency(), '@tribe_member', 'other', 'never')",
            "insert into notice_hours (agency_id, membership_id, zone) values (current_agency(), '@tribe_member', 'America/Chicago')",
            "insert into notice_letter (agency_id, id, membership_id, due_at) values (current_agency(), gen_random_uuid(), '@tribe', now())",
        ] {
            refused(&format!("{statement} as {who}"), site.attempt(who, hat, statement).await);
        }
    }
    // Nor is anything put into another's letter.
    told(&site, "@partner", "membership", "/cedar-river/members/changes", 1).await;
    let letter: String = site.peek("select id::text from notice_letter").await;
    refused("another's letter", site.attempt("partner", "partner", &format!("update notice set letter_id = '{letter}'")).await);
    let put = format!(
        "insert into notice (agency_id, id, membership_id, kind, said, path, made_at, letter_id) \
         values (current_agency(), gen_random_uuid(), '@tribe', 'duty', 'Put in', '/cedar-river', now(), '{letter}')"
    );
    refused("news that begins in a letter", site.attempt("partner", "partner", &put).await);
    samuel.get(CHOICE).await.assert_not_found();
}

#[tokio::test]
async fn what_is_unread_stands_first_and_its_number_on_every_page() {
    let smtp = Smtp::start(&[]).await;
    let (site, [thomas]) = with_letters(&smtp, ["tribe"]).await;
    let number = "a[data-live=news]";
    assert_eq!(thomas.get("/cedar-river/partners").await.select(number), ["News"]);
    told(&site, "@tribe", "membership", "/cedar-river/members/changes", 2).await;
    site.force("update notice set made_at = made_at - interval '1 day' where said = 'Something happened 1'").await;
    assert_eq!(thomas.get("/cedar-river/partners").await.select(number), ["News 2 not read"]);
    let latest: String = site.peek("select id::text from notice where said = 'Something happened 2'").await;
    thomas.fill("/cedar-river/notices", &format!("/notices?one={latest}"), &[]).await.assert_flash("Marked as read");
    let page = thomas.get("/cedar-river/notices").await;
    assert_eq!(page.select("#main .wait a"), ["Something happened 1", "Something happened 2"], "the older one, which is unread, first");
    assert_eq!(page.select(number), ["News 1 not read"]);
    told(&site, "@tribe", "membership", "/cedar-river/members/changes", 120).await;
    assert_eq!(thomas.get("/cedar-river").await.select(number), ["News 99+ not read"]);
}

#[tokio::test]
async fn a_letter_says_nothing_of_what_its_reader_may_not_see_any_more() {
    let mut smtp = Smtp::start(&[]).await;
    let (site, [staff, elena]) = with_letters(&smtp, ["staff", "facilitator"]).await;
    let open = "/cedar-river/commitments/@commitment_open";
    let asked = [("delegate", "@facilitator"), ("why", "She knows the printer.")];
    let read_by =
        async |audience: &str| site.force(&format!("update subject set audience = '{audience}' where id = '@commitment_open'")).await;
    chooses(&elena, "at_once", ("", "")).await;
    staff.fill(&format!("{open}/delegate"), "/delegate", &asked).await.assert_goes_to(open);
    read_by("leadership").await;
    assert!(letters(&site, &mut smtp, "@facilitator").await.is_empty(), "hidden before the letter went");
    read_by("agency").await;
    staff.fill(&format!("{open}/delegate"), "/delegate", &asked).await.assert_goes_to(open);
    assert_eq!(letters(&site, &mut smtp, "@facilitator").await.len(), 1);
    chooses(&elena, "daily", ("", "")).await;
    staff.fill(&format!("{open}/delegate"), "/delegate", &asked).await.assert_goes_to(open);
    assert!(letters(&site, &mut smtp, "@facilitator").await.is_empty(), "not now");
    read_by("leadership").await;
    site.clock.advance(Duration::hours(24));
    assert!(letters(&site, &mut smtp, "@facilitator").await.is_empty(), "hidden while it was collected");
}

#[tokio::test]
async fn which_letters_somebody_wants_is_in_nobodys_log_but_their_own() {
    let site = Site::open().await;
    chooses(&site.visitor("parent").await, "weekly", ("22", "7")).await;
    assert_eq!(site.count("audit where action = 'chose' and actor_id = '@parent'").await, 1);
    for who in ["director", "admin"] {
        site.visitor(who).await.get("/cedar-river/audit").await.assert_never_sees("letters about news");
    }
}
