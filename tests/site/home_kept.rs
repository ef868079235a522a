//! First pages of those who work on no partnership record. An administrator's names people and numbers, never what anybody said; an
//! analyst's counts what she may read and nothing else. And meetings stand ahead for whoever sits there.

use crate::{
    reports::{made, taken},
    support::Site,
};

const HOME: &str = "/cedar-river";

#[tokio::test]
async fn an_administrator_sees_whose_invitation_is_over_and_who_came_in_by_one_step() {
    let site = Site::open().await;
    let admin = site.visitor("admin").await;
    let card = "section[aria-labelledby=members] li";
    let name: String = site.peek("select name from membership where id = '@invited'").await;
    let row = |rows: Vec<String>| rows.into_iter().find(|row| row.starts_with(&name)).unwrap_or_default();
    let before = row(admin.get(HOME).await.select(card));
    assert!(before.contains("staff, invited on") && before.ends_with("no answer yet"), "{before}");
    site.force("update invitation set expires_at = created_at where membership_id = '@invited'").await;
    let page = admin.get(HOME).await;
    assert!(row(page.select(card)).ends_with("the link is over"), "{:?}", page.select(card));
    for way in page.attributes(&format!("{card} a"), "href") {
        admin.get(&way).await.assert_status(http::StatusCode::OK);
    }
    let single = "section[aria-labelledby=single]";
    site.force("update member_seen set two_factors = true; update member_seen set two_factors = false where membership_id = '@analyst'")
        .await;
    let shown = admin.get(HOME).await.select(&format!("{single} li")).join("; ");
    assert!(shown.contains("Priya Natarajan") && !shown.contains("Marcus Tellwell"), "{shown}");
    let way = admin.get(HOME).await.attributes(&format!("{single} header a"), "href").remove(0);
    admin.get(&way).await.assert_sees("Priya Natarajan").assert_never_sees("Marcus Tellwell");
    // A partner’s people answer for their sign-ins themselves.
    site.force("update member_seen set two_factors = membership_id <> '@partner'").await;
    admin.get(HOME).await.assert_sees("Nobody of the agency’s own side came in by one step alone");
}

#[tokio::test]
async fn an_administrator_is_told_what_waits_for_their_word_and_not_what_it_is_about() {
    let site = Site::open().await;
    let admin = site.visitor("admin").await;
    site.force(
        "update legal_hold set lifted_at = now(), lifted_by = set_by; delete from retention_rule where kind = 'outreach'; \
         update steward_act set received_by = '@director' where received_by = '@admin'",
    )
    .await;
    let quiet = admin.get(HOME).await;
    assert_eq!(quiet.heading(), "Looking after the agency’s place here");
    assert!(quiet.select("section[aria-labelledby=asks]").is_empty());
    let schedule = quiet.select("section[aria-labelledby=schedule] li").join("; ");
    assert!(schedule.contains("Outreach entries nobody said how long they are kept"), "{schedule}");
    site.force(
        "insert into legal_hold (agency_id, id, scope, reason, authority, from_on, set_by, set_at)
         select agency_id, gen_random_uuid(), 'everything', 'The Elm Street matter', 'Court of the district', '2027-01-04', id, now()
         from membership where id = '@director'",
    )
    .await;
    let page = admin.get(HOME).await;
    assert_eq!(page.heading(), "One thing needs you today");
    let asked = page.select("section[aria-labelledby=asks] li").join("; ");
    assert!(asked.starts_with("Legal hold") && asked.contains("set by") && asked.ends_with("to be confirmed"), "{asked}");
    page.assert_never_sees("Elm Street").assert_never_sees("Court of the district");
    let way = page.attributes("section[aria-labelledby=asks] li a", "href").remove(0);
    admin.get(&way).await.assert_status(http::StatusCode::OK);
    // One’s own hold waits for somebody else.
    site.force("update legal_hold set set_by = '@admin' where reason = 'The Elm Street matter'").await;
    let own = admin.get(HOME).await;
    assert_eq!(own.heading(), "Looking after the agency’s place here");
    assert!(own.select("section[aria-labelledby=schedule] li").join("; ").contains("a second person confirms it"));
}

#[tokio::test]
async fn an_analyst_is_asked_to_delete_her_copies_until_she_says_that_they_are_gone() {
    let site = Site::open().await;
    let (analyst, staff) = (site.visitor("analyst").await, site.visitor("staff").await);
    site.force("update export_taken set deleted_at = now() where deleted_at is null").await;
    let card = "section[aria-labelledby=copies] li";
    let export = made(&site, &analyst, &[("what", "themes"), ("format", "csv")]).await;
    taken(&analyst, &export).await;
    assert!(analyst.get(HOME).await.select(card).is_empty(), "nothing in it was taken back");
    let id = export.rsplit('/').next().unwrap();
    site.force(&format!(
        "update export set state = 'void', void_at = now(), void_because = 'Words in it were taken back by their speaker' where id = '{id}'"
    ))
    .await;
    let page = analyst.get(HOME).await;
    assert_eq!(page.attributes(&format!("{card} a"), "href"), [export.as_str()]);
    page.assert_sees("1 export to delete your copies of").assert_sees("say that your copies are deleted");
    assert!(staff.get(HOME).await.select(card).is_empty(), "they are hers");
    analyst.post(&format!("{export}/copies"), &[]).await;
    assert!(analyst.get(HOME).await.select(card).is_empty());
}

#[tokio::test]
async fn an_analyst_sees_how_far_her_export_is() {
    let site = Site::open().await;
    let analyst = site.visitor("analyst").await;
    let asked = analyst.post("/cedar-river/reports/exports", &[("what", "goals"), ("format", "csv")]).await.location;
    let id = asked.rsplit('/').next().unwrap().to_owned();
    let shown = async || analyst.get(HOME).await.select("section[aria-labelledby=under-way] li").join("; ");
    assert!(shown().await.ends_with("waits for its turn"));
    site.force(&format!("update export set started_at = now(), row_count = 12 where id = '{id}'")).await;
    assert_eq!(shown().await, "Shared goals with values, CSV 12 rows so far being made");
    let failed = "state = 'failed', void_at = created_at, void_because = 'The disk was full'";
    site.force(&format!("update export set {failed} where id = '{id}'")).await;
    assert!(shown().await.contains("The disk was full") && shown().await.ends_with("could not be made"));
    site.force(&format!("update export set void_at = created_at - interval '8 days' where id = '{id}'")).await;
    assert_eq!(shown().await, "");
}

#[tokio::test]
async fn an_analyst_counts_what_she_may_read_and_is_under_no_theme() {
    let site = Site::open().await;
    let analyst = site.visitor("analyst").await;
    site.force("delete from edge where kind = 'source'").await;
    let page = analyst.get(HOME).await;
    let number = |page: &crate::support::Answer| {
        let lede = page.select("p.lede").remove(0);
        lede.split(['.', ',', ':'])
            .find_map(|part| part.trim().split_once(" statement"))
            .map_or(0, |(number, _)| number.rsplit(' ').next().unwrap().parse::<i64>().unwrap())
    };
    let all = number(&page);
    assert!(all > 3, "{:?}", page.select("p.lede"));
    let way = page.attributes("section[aria-labelledby=uncoded] li a", "href").remove(0);
    let session = way.rsplit("session=").next().unwrap().to_owned();
    analyst.get(&way).await.assert_status(http::StatusCode::OK);
    // What a speaker does not allow to be exported, an analyst neither reads nor counts.
    let closed = format!(
        "update statement set may_export = false, consent_version = consent_version + 1 where session_id = '{session}'; \
         update subject set analysts_until = '2000-01-01' where id in (select id from statement where session_id = '{session}')"
    );
    site.force(&closed).await;
    let after = analyst.get(HOME).await;
    assert!(number(&after) < all);
    assert!(!after.attributes("section[aria-labelledby=uncoded] li a", "href").contains(&way));
}

#[tokio::test]
async fn an_analyst_sees_which_questions_about_goals_wait_and_how_much_is_withheld() {
    let site = Site::open().await;
    let analyst = site.visitor("analyst").await;
    let card = "section[aria-labelledby=questions] li";
    let before = analyst.get(HOME).await.select(card).len();
    site.force(
        "update subject set audience = 'partnership' where id = '@loop_raised'; update loop set state = 'raised', answer_by = '2020-01-01' where id = '@loop_raised'; \
         insert into edge (agency_id, from_id, to_id, kind, by_id, created_at)
         select agency_id, id, '@goal_1', 'raised_from', raised_by, created_at from loop where id in ('@loop_raised', '@loop_in_review') on conflict do nothing",
    )
    .await;
    let page = analyst.get(HOME).await;
    let shown = page.select(card);
    let title: String = site.peek("select title from subject where id = '@loop_raised'").await;
    assert_eq!(shown.len(), before + 1, "what waits for the director’s review, and is hers to read, is not here: {shown:?}");
    assert!(shown[0].starts_with(&title) && shown[0].contains("about the shared goal") && shown[0].contains("no reply yet"), "{shown:?}");
    site.force("update trust_round set state = 'withheld'; delete from trust_sum; update trust_wording set smallest = 50").await;
    let withheld = analyst.get(HOME).await.select("section[aria-labelledby=withheld] li").join("; ");
    assert!(withheld.contains("of one side fewer than 50 people spoke") && withheld.contains("no sum"), "{withheld}");
}

#[tokio::test]
async fn a_meeting_stands_ahead_for_whoever_sits_there() {
    let site = Site::open().await;
    let ahead = async |who: &str| site.visitor(who).await.get(HOME).await.select("section[aria-labelledby=ahead] li").join("; ");
    for who in ["parent", "partner", "tribe"] {
        assert!(ahead(who).await.contains("Shared table, new year"), "{who} sits on the board");
    }
    assert!(!ahead("tribe").await.contains("Kin first, every fourth week"), "the Tribe has no seat in the team");
    site.force("update seat_term set ended_on = from_on where membership_id = '@parent'").await;
    assert!(!ahead("parent").await.contains("Shared table, new year"), "nobody’s seat any more");
    site.force("update meeting set state = 'cancelled' where id = '@meeting_law'").await;
    assert!(!ahead("tribe").await.contains("Shared table, new year"), "it was called off");
}

#[tokio::test]
async fn what_went_up_waits_with_the_agency_until_something_comes_back() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let open = format!("{HOME}/open");
    let row = async || {
        let page = staff.get(&open).await;
        page.select("section[aria-labelledby=tasks] li")
            .into_iter()
            .find(|row| row.starts_with("A second person for the payments"))
            .unwrap_or_default()
    };
    let shown = row().await;
    assert!(shown.contains("came up to Partnership leadership team") && shown.ends_with("say what came back"), "{shown}");
    let back = format!("{HOME}/meetings/@meeting_open/sent-up/@meeting_open_sent");
    staff.get(&back).await.assert_status(http::StatusCode::OK);
    staff.post(&back, &[("back", "Yes, from February.")]).await.assert_goes_to("/cedar-river/meetings/@meeting_open");
    assert_eq!(row().await, "");
    site.visitor("partner").await.get(&open).await.assert_never_sees("say what came back");
}
