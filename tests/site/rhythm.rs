//! Relationships are kept in a rhythm: whoever keeps one is reminded before its date and once it has passed, each once, and nobody else.

use crate::support::Site;
use chrono::Duration;
use common_table::worker;

const KEPT: &str = "/cedar-river/partners/rhythm";

/// What staff were told about dates.
async fn told(site: &Site, who: &str) -> Vec<String> {
    let said = format!(
        "select coalesce(json_agg(said order by made_at), '[]')::text from notice where kind = 'rhythm' and membership_id = '@{who}'"
    );
    serde_json::from_str(&site.peek::<String>(&said).await).unwrap()
}

/// One relationship, kept by staff every month, with its next date in so many days.
async fn one_kept(site: &Site, days: i64) {
    let day = (site.app.now() + Duration::days(days)).format("%Y-%m-%d");
    site.force(&format!(
        "update partner set rhythm_next = null; \
         update partner set keeper_id = '@staff', rhythm = 'month', rhythm_next = '{day}', stage = 'working' where id = '@kinship'"
    ))
    .await;
}

#[tokio::test]
async fn a_keeper_is_reminded_before_the_date_and_after_it_once_each_whatever_the_workers() {
    let site = Site::open().await;
    one_kept(&site, 9).await;
    worker::sweep(&site.app).await.unwrap();
    assert!(told(&site, "staff").await.is_empty(), "it is more than a week away");
    site.clock.advance(Duration::days(3));
    let (first, second) = tokio::join!(worker::sweep(&site.app), worker::sweep(&site.app));
    first.and(second).unwrap();
    worker::sweep(&site.app).await.unwrap();
    let ahead = told(&site, "staff").await;
    assert!(ahead.len() == 1 && ahead[0].contains("you are to meet"), "{ahead:?}");
    assert!(told(&site, "director").await.is_empty(), "nobody else is told");
    site.clock.advance(Duration::days(8));
    worker::sweep(&site.app).await.unwrap();
    worker::sweep(&site.app).await.unwrap();
    let over = told(&site, "staff").await;
    assert!(over.len() == 2 && over[1].contains("write down what came of it"), "{over:?}");
    // Somebody else keeps it now, and a paused one is nobody's to keep.
    site.force("update partner set keeper_id = '@director' where id = '@kinship'").await;
    worker::sweep(&site.app).await.unwrap();
    assert_eq!((told(&site, "staff").await.len(), told(&site, "director").await.len()), (2, 1));
    site.force("update partner set stage = 'paused', keeper_id = '@facilitator' where id = '@kinship'").await;
    worker::sweep(&site.app).await.unwrap();
    assert!(told(&site, "facilitator").await.is_empty());
    for (who, hat) in [("partner", "partner"), ("staff", "staff"), ("admin", "administrator")] {
        let others = format!("select 1 from rhythm_told where keeper_id <> '@{who}'");
        assert_eq!(site.attempt(who, hat, &others).await.unwrap(), 0, "{who}");
        assert!(site.attempt(who, hat, "update rhythm_told set sort = 'over'").await.is_err(), "{who}");
    }
}

#[tokio::test]
async fn ones_own_relationships_come_first_with_what_both_sides_bring() {
    let site = Site::open().await;
    one_kept(&site, -2).await;
    site.force("update partner set agenda_ours = 'Our empty posts', agenda_theirs = 'How our work is seen' where id = '@kinship'").await;
    let name: String = site.peek("select name from partner where id = '@kinship'").await;
    let staff = site.visitor("staff").await;
    staff.get("/cedar-river/partners").await.assert_sees("Relationships and their dates");
    let page = staff.get(KEPT).await;
    let first = page.select("ul.wait li").into_iter().find(|one| one.starts_with(&name)).unwrap_or_default();
    for says in [&name, "every month, kept by you", "Our empty posts", "How our work is seen", "was due"] {
        assert!(first.contains(says), "{says}: {first}");
    }
    let director = site.visitor("director").await.get(KEPT).await.select("ul.wait li");
    let (mine, others): (Vec<usize>, Vec<usize>) = (0..director.len()).partition(|at| director[*at].contains("kept by you"));
    assert!(mine.iter().max() < others.iter().min(), "the director’s own first: {director:?}");
    site.visitor("partner").await.get(KEPT).await.assert_not_allowed();
    site.visitor("harbor").await.get(KEPT).await.assert_not_found();
}
