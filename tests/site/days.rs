//! The day it is at the agency decides what is today, late and over, and is the day that is shown.

use crate::{
    reports::{made, rows},
    support::Site,
};

const HOME: &str = "/cedar-river";

/// Seven in the evening of 19 March at an agency far west, where London has the 20th already.
async fn far_west() -> Site {
    let site = Site::open().await;
    site.force("update agency set zone = 'Pacific/Honolulu' where slug = 'cedar-river'").await;
    site.clock.put("2027-03-20T05:00:00Z".parse().unwrap());
    site
}

#[tokio::test]
async fn first_pages_and_lists_show_the_agencys_day() {
    let site = far_west().await;
    let (analyst, director, staff) = (site.visitor("analyst").await, site.visitor("director").await, site.visitor("staff").await);
    made(&site, &analyst, &[("what", "themes"), ("format", "csv")]).await;
    analyst.get(HOME).await.assert_sees("made on 19 March 2027").assert_never_sees("20 March");
    let fields = [("answer", "done"), ("answer_words", "It hangs there now"), ("version", "1")];
    staff.post("/cedar-river/loops/@loop_raised/answer", &fields).await.assert_flash("Answer sent");
    let sent = director.get(HOME).await.select("section[aria-labelledby=sent] li").join(" ");
    assert!(sent.contains("19 March 2027") && !sent.contains("20 March"), "{sent}");
    // Whoever left that evening left on the 19th, and whoever left on the 18th did so on no other day.
    site.force("update representative set ends_on = '2027-03-18', handover_done_at = null where id = (select min(id::text)::uuid from representative where agency_id = (select id from agency where slug = 'cedar-river'))").await;
    site.force("update rereading set done_at = created_at where done_at is null; update recall set state = 'deleted' where state = 'open'")
        .await;
    // Its first page shows the first few; all stand on the page behind it.
    let tasks = director.get(&format!("{HOME}/open")).await.select("section[aria-labelledby=tasks] li").join(" ");
    assert!(tasks.contains("left on 18 March 2027"), "{tasks}");
    let theme = ("update theme set created_at = '2027-03-20 04:00+00' where id = '@theme_kin'", site.id("theme_kin"));
    site.force(theme.0).await;
    let row = rows(&site, &analyst, "themes").await.into_iter().find(|row| row["id"] == theme.1).unwrap();
    assert_eq!(row["added_on"], "2027-03-19");
}

#[tokio::test]
async fn what_is_due_that_day_is_not_late_in_the_evening() {
    let site = far_west().await;
    let (staff, director) = (site.visitor("staff").await, site.visitor("director").await);
    let late = async || {
        let numbers = director.get("/cedar-river/reports").await.select("section[aria-labelledby=answered] dl.numbers div");
        numbers.iter().find_map(|number| number.strip_prefix("Late")?.trim().parse::<i64>().ok()).unwrap()
    };
    site.force("update loop set state = 'acknowledged', answer = null, answer_by = '2027-03-18' where id = '@loop_raised'").await;
    let before = late().await;
    site.force("update loop set answer_by = '2027-03-19' where id = '@loop_raised'").await;
    assert_eq!(late().await, before - 1);
    let title: String = site.peek("select title from subject where id = '@loop_raised'").await;
    let listed =
        staff.get("/cedar-river/loops?state=open&sort=new").await.select("ul.wait li").into_iter().find(|row| row.contains(&title));
    assert!(listed.unwrap_or_default().contains("due today"));
}

#[tokio::test]
async fn a_mandate_and_a_lent_duty_hold_until_the_end_of_their_day() {
    let site = far_west().await;
    site.force(
        "update membership set steward = false, speaks = true, mandate_from = null, mandate_until = '2027-03-19' where id = '@partner'",
    )
    .await;
    let as_body = "Say this for ";
    let partner = site.visitor("partner").await;
    partner.get("/cedar-river/barriers/@barrier_open").await.assert_sees(as_body);
    site.force(
        "update delegation set ended_at = created_at where lent_to = '@facilitator'; update membership set sees_landscape = false where id = '@facilitator';
         insert into delegation (agency_id, id, duty, lent_by, lent_to, reason, until, created_at)
         select agency_id, gen_random_uuid(), 'landscape', '@director', id, '', '2027-03-19', created_at from membership where id = '@facilitator'",
    )
    .await;
    let opened = async || {
        let of = "select bool_or(l.landscape) from session s cross join lateral look_up_session(s.token_hash, 'cedar-river', '{}') l where l.membership_id = '@facilitator'";
        site.peek::<bool>(&of.replace("{}", &site.clock.now().to_rfc3339())).await
    };
    let facilitator = site.visitor("facilitator").await;
    facilitator.get(HOME).await.assert_sees("until 19 March 2027");
    assert!(opened().await, "the landscape is open until midnight there");
    // An hour after midnight in Honolulu.
    site.clock.put("2027-03-20T11:00:00Z".parse().unwrap());
    assert!(!opened().await);
    partner.get("/cedar-river/barriers/@barrier_open").await.assert_never_sees(as_body);
}

#[tokio::test]
async fn whoever_reads_words_twice_in_one_day_of_the_agency_is_noted_once() {
    let site = far_west().await;
    let reads = "reading where subject_id = '@loop_answered' and membership_id = '@director' and how = 'viewed'";
    let before = site.count(reads).await;
    for (moment, noted) in [
        // The evening of the 19th, on both sides of midnight in London, and the 20th.
        ("2027-03-19T23:00:00Z", 1),
        ("2027-03-20T05:00:00Z", 1),
        ("2027-03-20T11:00:00Z", 2),
    ] {
        site.clock.put(moment.parse().unwrap());
        site.visitor("director").await.get("/cedar-river/loops/@loop_answered").await.assert_page("What was asked, and what came of it");
        assert_eq!(site.count(reads).await, before + noted, "{moment}");
    }
}
