//! The demonstration shows a year of partnership in two counties, as large as its visitors were told it is.

use crate::support::Site;

/// Rows of an agency.
async fn of(site: &Site, agency: &str, rows: &str, of: &str) -> i64 {
    let within = format!("t.agency_id = (select id from agency where slug = '{agency}')");
    let of = if of.is_empty() { within } else { format!("{within} and {of}") };
    site.count(&format!("{rows} t where {of}")).await
}

#[tokio::test]
async fn cedar_river_has_lived_a_year_of_partnership() {
    let site = Site::open().await;
    let cedar = async |rows: &str, which: &str| of(&site, "cedar-river", rows, which).await;
    let partners = cedar("partner", "merged_into is null").await;
    assert!((38..=45).contains(&partners), "some 40 partners: {partners}");
    assert_eq!(cedar("listening_session", "").await, 9);
    for state in ["planned", "announced", "held", "with_speakers", "confirmed", "closed", "cancelled"] {
        assert!(cedar("listening_session", &format!("state = '{state}'")).await >= 1, "no session is {state}");
    }
    let readable = cedar("statement", "state not in ('struck', 'withdrawn')").await;
    assert!(readable >= 120, "120 statements: {readable}");
    for state in ["draft", "with_speaker", "confirmed", "corrected", "struck", "withdrawn"] {
        assert!(cedar("statement", &format!("state = '{state}'")).await >= 1, "no statement is {state}");
    }
    for (state, least) in [("raised", 2), ("acknowledged", 3), ("review", 1), ("answered", 3), ("closed", 8), ("withdrawn", 1)] {
        let many = cedar("loop", &format!("state = '{state}'")).await;
        assert!(many >= least, "{many} questions are {state}");
    }
    let today = "(select max(at)::date from audit)";
    assert!(cedar("loop", &format!("state in ('raised', 'acknowledged') and answer_by < {today}")).await >= 1, "no question is late");
    for (rows, least) in [("barrier", 7), ("goal", 4), ("plan", 4), ("commitment", 30), ("outreach", 20)] {
        assert!(cedar(rows, "").await >= least, "{rows}");
    }
    assert!(cedar("goal_value", "").await >= 30, "goals are drawn as curves");
}

#[tokio::test]
async fn both_sides_of_many_relationships_have_rated_them_and_they_differ() {
    let site = Site::open().await;
    let pairs = "(select r.agency_id, r.partner_id,
            (array_agg(r.value order by r.created_at desc) filter (where r.side = 'agency'))[1] as ours,
            (array_agg(r.value order by r.created_at desc) filter (where r.side = 'partner'))[1] as theirs
        from rating r group by 1, 2)";
    assert!(of(&site, "cedar-river", pairs, "t.ours is not null and t.theirs is not null").await >= 9);
    for gap in [-1, 0, 1, 2] {
        assert!(of(&site, "cedar-river", pairs, &format!("t.ours - t.theirs = {gap}")).await >= 1, "no relationship has a gap of {gap}");
    }
    let home = site.visitor("director").await.get("/cedar-river").await;
    home.assert_sees("Cedar River Resource Families").assert_sees("Speak First: youth who were in care");
}

#[tokio::test]
async fn the_other_county_has_a_small_life_of_its_own() {
    let site = Site::open().await;
    let harbor = async |rows: &str, which: &str| of(&site, "harbor", rows, which).await;
    assert!(harbor("partner", "").await >= 6);
    assert_eq!(harbor("listening_session", "state in ('confirmed', 'announced')").await, 2);
    assert!(harbor("statement", "state = 'confirmed'").await >= 4);
    for (rows, many) in [("barrier", 1), ("goal", 1), ("plan", 1), ("loop", 2)] {
        assert_eq!(harbor(rows, "").await, many, "{rows}");
    }
    let joanna = site.visitor("partner").await;
    joanna.get("/harbor/loops/@harbor_loop_open").await.assert_sees("Our license names two bedrooms");
    site.visitor("harbor").await.get("/harbor/loops").await.assert_sees("Joanna Littlefield, Harbor Resource Families");
    site.visitor("staff").await.get("/harbor/loops").await.assert_not_found();
}

#[tokio::test]
async fn whoever_went_for_the_director_says_why() {
    let site = Site::open().await;
    let page = site.visitor("director").await.get("/cedar-river/outreach").await;
    page.assert_page("Outreach");
    assert!(of(&site, "cedar-river", "outreach", "delegate_reason <> ''").await >= 3);
}
