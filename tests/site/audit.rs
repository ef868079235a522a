//! Who changed what: everybody reads the entries on what is theirs, and no entry tells what its record keeps unsaid.

use crate::support::{Site, Visitor};

const AUDIT: &str = "/cedar-river/audit";
const READERS: &[&str] = &["director", "admin", "partner", "tribe", "ruth", "parent"];

/// Who of the readers sees a line of the log that holds all of these words.
async fn readers_of(site: &Site, query: &str, words: &[&str]) -> Vec<&'static str> {
    let mut found = Vec::new();
    for who in READERS {
        let page = site.visitor(who).await.get(&format!("{AUDIT}{query}")).await;
        if page.select("tbody tr").iter().any(|row| words.iter().all(|word| row.contains(word))) {
            found.push(*who);
        }
    }
    found
}

async fn comment(visitor: &Visitor, about: &str, audience: &str) {
    let fields = [("comment", "Seventeen letters"), ("comment_audience", audience)];
    visitor.post(&format!("/cedar-river/comments/{about}"), &fields).await;
}

#[tokio::test]
async fn a_partner_reads_of_their_own_affairs_and_not_of_another_bodys() {
    let site = Site::open().await;
    let (staff, thomas) = (site.visitor("staff").await, site.visitor("tribe").await);
    // Another body's people, who rated whom, who speaks for whom, and a proposal to join two entries.
    thomas.fill("/cedar-river/members/@tribe_member/mandate", "/mandate", &[("speaks", "yes"), ("mandate", "By the council")]).await;
    assert_eq!(
        readers_of(&site, "?kind=member", &["Thomas Greywater", "changed the mandate of"]).await,
        ["director", "admin", "tribe", "ruth"]
    );
    staff.post("/cedar-river/partners/@court/ratings", &[("value", "1"), ("note", "Far apart")]).await.assert_flash("Rating added");
    assert_eq!(readers_of(&site, "?who=Marcus", &["rated the relationship with", "Juvenile Court"]).await, ["director"]);
    staff.post("/cedar-river/partners/@tallpine/ratings", &[("value", "2")]).await.assert_flash("Rating added");
    let rated = readers_of(&site, "?who=Marcus", &["rated the relationship with", "Tall Pine"]).await;
    assert_eq!(rated, ["director", "tribe", "ruth"], "the body reads that its relationship was rated");
    let named = [("name", "Lou Ferris"), ("mandate", "by office"), ("starts_on", "2026-05-01")];
    staff.post("/cedar-river/partners/@court/representatives", &named).await.assert_flash("Representative added");
    assert_eq!(readers_of(&site, "?who=Marcus", &["named a representative of"]).await, ["director", "admin"]);
    for who in ["partner", "tribe", "parent"] {
        let log = site.visitor(who).await.get(AUDIT).await;
        log.assert_never_sees("proposed to join: Cedar River Juvenile Court").assert_never_sees("Wren Halloran");
    }
    site.visitor("parent").await.get(&format!("{AUDIT}?kind=member&who=Thomas")).await.assert_sees("No changes here");
    site.visitor("staff").await.get(AUDIT).await.assert_not_allowed();
}

#[tokio::test]
async fn an_entry_never_names_the_speaker_of_a_statement() {
    let site = Site::open().await;
    site.force("update speaker set membership_id = '@tribe_member' where id = '@speaker_5_10'").await;
    let (staff, ruth) = (site.visitor("staff").await, site.visitor("ruth").await);
    let made =
        staff.post("/cedar-river/sessions/@session_5/statements", &[("speaker", "@speaker_5_10"), ("words", "We plant marigolds")]).await;
    let statement = format!("/cedar-river/statements/{}", made.location.rsplit('=').next().unwrap());
    let chosen = [("word", "confirm"), ("attribution", "anonymous"), ("audience", "partnership"), ("version", "1")];
    ruth.post(&format!("{statement}/answer"), &chosen).await.assert_status(http::StatusCode::SEE_OTHER);
    let version: i32 = site.peek(&format!("select version from statement where id = '{}'", statement.rsplit('/').next().unwrap())).await;
    let narrower = [("attribution", "anonymous"), ("audience", "agency"), ("version", &version.to_string())];
    ruth.post(&format!("{statement}/consent"), &narrower).await.assert_status(http::StatusCode::SEE_OTHER);
    for who in READERS {
        let visitor = site.visitor(who).await;
        let knows = ["tribe", "ruth"].contains(who);
        for query in ["?kind=statement", "?kind=statement&who=Ruth", "?kind=statement&who=greywater"] {
            let log = visitor.get(&format!("{AUDIT}{query}")).await;
            assert_eq!(log.words().contains("Ruth Greywater"), knows, "{who} at {query}");
        }
    }
    let director = site.visitor("director").await.get(&format!("{AUDIT}?kind=statement")).await;
    director.assert_sees("the speaker or their body").assert_sees("confirmed");
    let stored = format!(
        "audit where subject_id = '{}' and (actor_id is not null or actor_name like '%Ruth%') and action <> 'added'",
        statement.rsplit('/').next().unwrap()
    );
    assert_eq!(site.count(&stored).await, 0);
}

#[tokio::test]
async fn an_answer_under_review_is_not_told_to_the_one_who_asked() {
    let site = Site::open().await;
    let (staff, director) = (site.visitor("staff").await, site.visitor("director").await);
    let fields = [("answer", "not_possible"), ("answer_words", "The library is closed"), ("reason", "It burned down"), ("version", "1")];
    staff.post("/cedar-river/loops/@loop_raised/answer", &fields).await.assert_flash("Answer kept for the director to send");
    let version: i32 = site.peek("select version from loop where id = '@loop_raised'").await;
    let version = version.to_string();
    let back = [("decision", "return"), ("note", "Ask the school instead"), ("version", version.as_str())];
    director.post("/cedar-river/loops/@loop_raised/review", &back).await.assert_flash("The answer went back to the one who wrote it");
    for action in ["sent an answer for review", "returned an answer"] {
        assert_eq!(readers_of(&site, "?kind=loop", &[action]).await, ["director"], "{action}");
    }
}

#[tokio::test]
async fn an_entry_on_a_comment_is_read_by_those_who_may_read_the_comment() {
    let site = Site::open().await;
    let thomas = site.visitor("tribe").await;
    for (audience, readers) in [
        ("body", vec!["tribe", "ruth"]),
        ("leadership", vec!["director", "tribe", "ruth"]),
        ("partnership", vec!["director", "partner", "tribe", "ruth"]),
    ] {
        site.force("delete from audit where kind = 'comment'").await;
        comment(&thomas, "@kinship", audience).await;
        assert_eq!(site.count("audit where kind = 'comment' and action = 'added'").await, 1, "{audience}");
        assert_eq!(readers_of(&site, "?kind=comment", &["Thomas Greywater", "added"]).await, readers, "{audience}");
    }
}

#[tokio::test]
async fn how_somebody_may_be_reached_and_who_may_know_them_stays_their_own_affair() {
    let site = Site::open().await;
    let thomas = site.visitor("tribe").await;
    thomas.fill("/cedar-river/me", "/me/reach", &[("channel", "text"), ("hours", "Mornings")]).await.assert_goes_to("/cedar-river/me");
    assert_eq!(readers_of(&site, "?who=Thomas&kind=member", &["changed how to reach"]).await, ["tribe"]);
}

#[tokio::test]
async fn the_log_is_narrowed_by_kind_by_the_agencys_days_and_to_one_record() {
    let site = Site::open().await;
    let (admin, director, staff) = (site.visitor("admin").await, site.visitor("director").await, site.visitor("staff").await);
    admin.get(&format!("{AUDIT}?kind=settings")).await.assert_sees("changed: settings").assert_never_sees("Tall Pine Tribe");
    // Half past eleven in the evening at the agency is the next day in Greenwich.
    staff
        .fill("/cedar-river/partners/@court/edit", "/@court", &[("city", "Alder Falls")])
        .await
        .assert_goes_to("/cedar-river/partners/@court");
    site.force("update audit set at = '2026-07-02 04:30:00+00' where subject_id = '@court' and action = 'changed'").await;
    let on = |since: &str, until: &str| format!("{AUDIT}?record={}&since={since}&until={until}", site.id("court"));
    director.get(&on("2026-07-01", "2026-07-01")).await.assert_sees("city (11)");
    director.get(&on("2026-07-02", "2026-07-02")).await.assert_never_sees("city (11)");
    let page = director.get("/cedar-river/partners/@court").await;
    let link = page.attributes("a", "href").into_iter().find(|href| href.contains("/audit?record=")).expect("the page leads to its log");
    director.get(&link).await.assert_sees("Only changes of one record stand here").assert_never_sees("Tall Pine Tribe");
}

#[tokio::test]
async fn the_log_names_the_fields_that_changed_and_no_others() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    staff.fill("/cedar-river/partners/@court/edit", "/@court", &[("stage", "paused")]).await.assert_goes_to("/cedar-river/partners/@court");
    let fields: String = site
        .peek("select fields::text from audit where subject_id = '@court' and action = 'changed' order by at desc, id desc limit 1")
        .await;
    assert_eq!(fields, "{\"stage\": 6}");
}

#[tokio::test]
async fn the_log_says_what_left_in_which_form_and_how_many_rows_to_those_who_may_know() {
    let site = Site::open().await;
    let analyst = site.visitor("analyst").await;
    let asked = [("what", "statements"), ("format", "csv"), ("state", "corrected"), ("since", "2026-05-01")];
    let export = crate::reports::made(&site, &analyst, &asked).await;
    let rows = crate::reports::taken(&analyst, &export).await.lines().count() - 1;
    let of =
        |page: &crate::support::Answer, did: &str| page.select("tbody tr").into_iter().find(|row| row.contains(did)).unwrap_or_default();
    let director = site.visitor("director").await.get(&format!("{AUDIT}?kind=export")).await;
    let what = "Statements, CSV; mended by the speaker, from 1 May 2026";
    assert!(of(&director, "asked for").contains(what), "{}", of(&director, "asked for"));
    let counted = format!("{what}; {}", common_table::platform::words::count(rows as i64, "row", "rows"));
    for did in ["made", "took"] {
        assert!(of(&director, did).contains(&counted), "{}", of(&director, did));
    }
    // An administrator reads what left, and not a number that counts what only others may read.
    let admin = site.visitor("admin").await.get(&format!("{AUDIT}?kind=export")).await;
    assert!(of(&admin, "took").contains(what) && !of(&admin, "took").contains("row"), "{}", of(&admin, "took"));
}

#[tokio::test]
async fn so_it_does_for_sessions_barriers_plans_and_themes() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    for (record, field, value, noted) in [
        ("/cedar-river/sessions/@session_8", "stop_rule", "A raised hand", "{\"stop rule\": 13}"),
        ("/cedar-river/barriers/@barrier_1", "groups", "Infants", "{\"groups\": 7}"),
        ("/cedar-river/plans/@plan_1", "resources", "Two days a week", "{\"resources\": 15}"),
        ("/cedar-river/themes/@theme_kin", "description", "Told in three rooms", "{\"description\": 19}"),
    ] {
        let record = site.path(record);
        let id = record.rsplit('/').next().unwrap().to_owned();
        staff.fill(&format!("{record}/edit"), &format!("/{id}"), &[(field, value)]).await.assert_goes_to(&record);
        let last =
            format!("select fields::text from audit where subject_id = '{id}' and action = 'changed' order by at desc, id desc limit 1");
        assert_eq!(site.peek::<String>(&last).await, noted, "{record}");
    }
}
