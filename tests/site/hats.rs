//! Lent duties and named readers: what a director lends holds at the next request, and ends by itself.

use crate::support::Site;
use chrono::Duration;

const LANDSCAPE: &str = "/cedar-river/partners/landscape";
const LENT: &str = "/cedar-river/delegations";

/// Whether somebody sees how all relationships are rated, as the site knows it.
async fn sees_all(site: &Site, who: &str) -> bool {
    let visitor = site.visitor(who).await;
    visitor.get(LANDSCAPE).await;
    let moment = site.clock.now().to_rfc3339();
    site.peek(&format!(
        "select landscape from look_up_session((select s.token_hash from session s join account a on a.id = s.account_id \
         where a.email = '{who}@demo.example' order by s.created_at desc, s.id desc limit 1), 'cedar-river', '{moment}')"
    ))
    .await
}

#[tokio::test]
async fn a_director_names_who_of_the_staff_sees_the_landscape() {
    let site = Site::open().await;
    let director = site.visitor("director").await;
    assert!(sees_all(&site, "facilitator").await);
    director
        .fill("/cedar-river/members/@facilitator", "/landscape", &[("open", "no")])
        .await
        .assert_goes_to("/cedar-river/members/@facilitator");
    assert!(!sees_all(&site, "facilitator").await);
    director
        .fill("/cedar-river/members/@facilitator", "/landscape", &[("open", "yes")])
        .await
        .assert_goes_to("/cedar-river/members/@facilitator");
    assert!(sees_all(&site, "facilitator").await);
    director.post("/cedar-river/members/@analyst/landscape", &[("open", "yes"), ("version", "1")]).await.assert_not_allowed();
    director.post("/cedar-river/members/@tribe/landscape", &[("open", "yes"), ("version", "1")]).await.assert_not_allowed();
}

#[tokio::test]
async fn a_lent_duty_ends_by_itself() {
    let site = Site::open().await;
    let director = site.visitor("director").await;
    director.fill("/cedar-river/members/@facilitator", "/landscape", &[("open", "no")]).await;
    let until = (site.clock.now() + Duration::days(10)).date_naive().to_string();
    let fields = [("duty", "landscape"), ("to", "@facilitator"), ("until", until.as_str()), ("reason", "While I travel")];
    director.post(LENT, &fields).await.assert_goes_to(LENT).assert_flash("Duty lent. It ends by itself");
    assert!(sees_all(&site, "facilitator").await);
    site.visitor("facilitator").await.get("/cedar-river/me").await.assert_sees("lent by Rosalind Achterberg");
    site.clock.put(site.clock.now() + Duration::days(11));
    assert!(!sees_all(&site, "facilitator").await);
    site.visitor("facilitator").await.get("/cedar-river/me").await.assert_never_sees("lent by Rosalind Achterberg");
    site.visitor("admin").await.get(LENT).await.assert_sees("While I travel");
}

#[tokio::test]
async fn a_director_takes_a_lent_duty_back() {
    let site = Site::open().await;
    let director = site.visitor("director").await;
    director.post("/cedar-river/delegations/@delegation/ending", &[]).await.assert_goes_to(LENT);
    director.post("/cedar-river/delegations/@delegation/ending", &[]).await.assert_not_found();
    assert_eq!(site.count("delegation where ended_at is not null").await, 1, "it stays on the record");
}

#[tokio::test]
async fn only_a_director_lends_and_only_to_the_agencys_side() {
    let site = Site::open().await;
    let until = (site.clock.now() + Duration::days(10)).date_naive().to_string();
    for who in ["staff", "admin", "analyst"] {
        let fields = [("duty", "answers"), ("to", "@staff"), ("until", until.as_str()), ("reason", "Because")];
        site.visitor(who).await.post(LENT, &fields).await.assert_not_allowed();
    }
    let director = site.visitor("director").await;
    for (to, until, field) in [
        ("@tribe", until.as_str(), "to"),
        ("@analyst", until.as_str(), "to"),
        ("@staff", "2020-01-01", "until"),
        ("@staff", "2090-01-01", "until"),
    ] {
        let refused = director.post(LENT, &[("duty", "answers"), ("to", to), ("until", until), ("reason", "Because")]).await;
        refused.assert_problem(field, if field == "to" { "Choose to whom" } else { "Enter a last day within the coming year" });
    }
    director.post(LENT, &[]).await.assert_problem("duty", "Choose the duty").assert_problem("reason", "Enter why you lend it");
}

#[tokio::test]
async fn nobody_on_the_partners_side_reads_why_a_duty_was_lent() {
    let site = Site::open().await;
    for who in ["partner", "tribe", "parent"] {
        site.visitor(who).await.get(LENT).await.assert_not_allowed();
    }
}
