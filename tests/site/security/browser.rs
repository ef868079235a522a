//! What a browser is told with every answer, and what an answer never holds.

use crate::support::{
    Answer, Site,
    atlas::{self, PEOPLE},
    sending,
};
use common_table::platform::{access::Need, session::SESSION_COOKIE};
use http::StatusCode;

const TOLD: &[(&str, &str)] = &[
    ("strict-transport-security", "max-age=31536000; includeSubDomains"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("x-frame-options", "DENY"),
    ("cache-control", "no-store"),
];

fn assert_told(answer: &Answer) {
    for (name, value) in TOLD {
        assert_eq!(answer.header(name), *value, "{} {}: {name}", answer.asked, answer.status);
    }
    let policy = answer.header("content-security-policy");
    for part in ["default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "script-src 'self'"] {
        assert!(policy.contains(part), "{} {}: {policy}", answer.asked, answer.status);
    }
    assert!(!policy.contains("unsafe") && !policy.contains('*'), "{policy}");
    assert!(!answer.headers.contains_key("access-control-allow-origin"), "{}", answer.asked);
}

#[tokio::test]
async fn the_same_is_told_with_every_kind_of_answer() {
    let site = Site::alone().await;
    let (staff, stranger) = (site.visitor("staff").await, site.stranger());
    let form = "application/x-www-form-urlencoded";
    let mut answers = vec![
        (200, stranger.get("/sign-in").await),
        (303, stranger.get("/cedar-river/partners").await),
        (400, stranger.send("POST", "/sign-in", form, vec![0xff, 0xfe]).await),
        (403, staff.get("/cedar-river/settings").await),
        (403, site.stranger().saying("sec-fetch-site", "cross-site").post("/sign-in", &[]).await),
        (404, stranger.get("/nowhere/at/all").await),
        (404, staff.send("DELETE", "/cedar-river/partners", "", Vec::new()).await),
        (410, stranger.open_link(&format!("/reset/{}", "A".repeat(43))).await),
        (413, staff.send("POST", "/cedar-river/partners", form, vec![b'a'; 1024 * 1024 + 1]).await),
        (422, staff.post("/cedar-river/partners", &[]).await),
    ];
    site.force("alter table partner rename to nowhere").await;
    answers.push((500, staff.try_send("GET", "/cedar-river/partners", "", Vec::new()).await.0));
    for (status, answer) in &answers {
        assert_eq!(answer.status.as_u16(), *status, "{}", answer.asked);
        assert_told(answer);
    }
    let fault = &answers.last().unwrap().1;
    for inside in ["sqlx", "postgres", "42p01", "does not exist", "panicked", ".rs:"] {
        assert!(!fault.text.to_lowercase().contains(inside), "a fault of ours tells {inside:?}");
    }
    fault.assert_sees("give this number");
}

#[tokio::test]
async fn another_site_may_read_nothing_and_is_not_echoed() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await.saying("origin", "https://evil.example");
    for (method, path) in [("GET", "/cedar-river/partners"), ("OPTIONS", "/cedar-river/partners"), ("GET", "/static/css/site.css")] {
        let answer = staff.try_send(method, path, "", Vec::new()).await.0;
        assert!(answer.headers.iter().all(|(_, value)| !value.to_str().unwrap_or_default().contains("evil.example")), "{method} {path}");
        assert!(answer.headers.keys().all(|name| !name.as_str().starts_with("access-control-")), "{method} {path}");
    }
}

#[tokio::test]
async fn every_answer_says_what_it_is_and_holds_no_sign_in() {
    let mut site = Site::open().await;
    atlas::complete(&mut site).await;
    let (ways, _) = atlas::ways(&site).await;
    let (mut wrong, mut kinds) = (Vec::new(), std::collections::BTreeSet::new());
    for (who, _) in PEOPLE {
        let visitor = site.visitor(who).await;
        let token = visitor.cookie(SESSION_COOKIE).unwrap();
        for way in ways.iter().filter(|way| way.is_get() && (way.allowed().contains(who) || matches!(way.line.need, Need::SignedIn))) {
            let answer = visitor.glance("GET", &way.path).await;
            let kind = answer.header("content-type").to_owned();
            // Events are in UTF-8 by their own rule.
            let needs_no_letters = kind.starts_with("image/png") || kind.contains("spreadsheetml") || kind == "text/event-stream";
            if answer.status == StatusCode::OK && !needs_no_letters && !kind.ends_with("charset=utf-8") {
                wrong.push(format!("{}: {kind:?}", way.name()));
            }
            if answer.text.contains(&token) || answer.location.contains(&token) {
                wrong.push(format!("{} holds the sign-in", way.name()));
            }
            kinds.insert(kind);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(kinds.len() >= 3, "{kinds:?}");
}

#[tokio::test]
async fn nobody_is_led_to_another_site_after_signing_in_or_choosing_a_role() {
    let site = Site::open().await;
    for next in [
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "\\\\evil.example",
        "/%0d%0aLocation:https://evil.example",
        "/\r\nSet-Cookie: a=b",
        "http:evil.example",
        "evil.example",
    ] {
        let fields = [("email", "staff@demo.example"), ("password", "common-table-demo"), ("next", next)];
        let answer = site.stranger().quoting().post("/sign-in", &fields).await;
        answer.assert_status(StatusCode::SEE_OTHER);
        let to = answer.location.as_str();
        assert!(to.starts_with('/') && !to.starts_with("//") && !to.contains('\\'), "{next:?} leads to {to:?}");
        let chosen = site.visitor("director").await.post("/hats", &[("membership", "@director"), ("next", next)]).await;
        assert_eq!(chosen.location, "/cedar-river", "{next:?}");
    }
}

#[tokio::test]
async fn a_links_token_leaves_the_address_at_once() {
    let mut site = Site::open().await;
    atlas::complete(&mut site).await;
    let (ways, _) = atlas::ways(&site).await;
    // A calendar keeps no cookie, and what it fetches is no page (`calendars.rs`).
    let swaps = |way: &&atlas::Way| way.line.path.contains("{token}") && way.line.path != "/{agency}/my-calendar/{token}";
    let links: Vec<_> = ways.iter().filter(swaps).collect();
    assert!(links.len() >= 3, "{links:?}");
    for way in links {
        assert!(way.is_get(), "{}: a form is never sent to an address with a token", way.name());
        let token = &way.ids.iter().find(|(name, _)| name == "token").unwrap().1;
        let guest = site.stranger();
        let swapped = guest.get(&way.path).await;
        swapped.assert_status(StatusCode::SEE_OTHER);
        assert!(!swapped.location.contains(token.as_str()) && !swapped.text.contains(token.as_str()), "{}", way.name());
        let page = guest.follow(&swapped).await;
        assert!(page.status == StatusCode::OK && !page.text.contains(token.as_str()), "{}: {}", way.name(), page.status);
    }
}

#[tokio::test]
async fn a_form_opened_by_one_link_is_not_taken_for_another() {
    let mut site = Site::open().await;
    atlas::complete(&mut site).await;
    let guest = site.stranger();
    let opened = guest.open_link("/invitations/@invitation").await.filled("/open", &[("password", "four words in a row")]);
    let other = format!("{}A", "B".repeat(42));
    site.force(&format!(
        "insert into membership (agency_id, id, name, role, state, created_at) select agency_id, '018f5e2a-0000-7000-8000-00000000cccc', 'Other Person', \
         'analyst', 'invited', created_at from membership where id = '@admin'; \
         insert into invitation (agency_id, id, membership_id, token_hash, email, made_by, created_at, expires_at) \
         select agency_id, '018f5e2a-0000-7000-8000-00000000cccc', '018f5e2a-0000-7000-8000-00000000cccc', sha256('{other}'), 'other@person.example', id, created_at, \
         created_at + interval '2 years' from membership where id = '@admin'"
    ))
    .await;
    guest.open_link(&format!("/invitations/{other}")).await.assert_sees("other@person.example");
    guest.send_form(&opened).await.assert_problem("", "You opened another link meanwhile").assert_sees("other@person.example");
    assert_eq!(site.count("account where email = 'other@person.example'").await, 0);
}

#[tokio::test]
async fn fields_that_a_form_does_not_have_change_nothing() {
    let mut site = Site::open().await;
    atlas::complete(&mut site).await;
    let (marker, word) = ("018f5e2a-0000-7000-8000-00000000eeee", "zz-planted");
    let extra = [
        ("agency_id", marker),
        ("author_id", marker),
        ("account_id", marker),
        ("membership_id", marker),
        ("speaker_id", marker),
        ("partner_id", marker),
        ("created_by", marker),
        ("consent", word),
        ("label", word),
        ("is_demo", word),
        ("steward", word),
        ("confirmed_at", "2020-02-02"),
    ];
    let (mut wrong, mut sent) = (Vec::new(), 0);
    let (mut ways, _) = atlas::ways(&site).await;
    // Whoever closes their account sends nothing more.
    ways.sort_by_key(|way| way.line.path.contains("clos") && way.line.path.starts_with("/account"));
    for way in ways.iter().filter(|way| !way.is_get()) {
        let (mut fields, file) = atlas::form(&site, way).await;
        let visitor = sending::sender(&site, way).await;
        let added: Vec<_> = extra.iter().filter(|(name, _)| !fields.iter().any(|(own, _)| own == name)).collect();
        fields.extend(added.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let (answer, faults) = sending::send(&visitor, &way.path, &fields, &file).await;
        wrong.extend(faults);
        sent += usize::from(answer.status == StatusCode::SEE_OTHER && !answer.location.starts_with("/sign-in?"));
    }
    let tables: String = site
        .peek(&format!(
            "select string_agg(format('select %L::text as found from %I t where to_jsonb(t)::text ~ %L', tablename, tablename, '{marker}|{word}'), ' union all ') \
             from pg_tables where schemaname = 'public'"
        ))
        .await;
    let kept: String = site.peek(&format!("select coalesce(string_agg(distinct found, ' '), '') from ({tables}) every_table")).await;
    assert_eq!(kept, "", "what no form asked for is kept");
    assert!(wrong.is_empty() && sent > 60, "{sent} forms were taken: {wrong:#?}");
}

#[tokio::test]
async fn a_link_that_runs_is_text_and_an_entity_stays_as_it_was_typed() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    for name in ["%252e%252e%2fetc", "&lt;b&gt;Valley&lt;/b&gt;", "&amp;#x3c;i&amp;#x3e;", "&LT;script&GT;", "\\u003cb\\u003e"] {
        let page = staff.quoting().post("/cedar-river/partners", &[("name", name), ("kind", "education")]).await;
        let shown = staff.follow(&page).await;
        assert_eq!(shown.heading(), name, "as it was typed, once");
        assert!(shown.select("h1 b, h1 i, h1 script").is_empty());
    }
    for website in ["javascript:alert(1)", "data:text/html,x", "//evil.example", "JaVaScRiPt:alert(1)", "vbscript:x"] {
        let page = staff.post("/cedar-river/partners", &[("name", "Valley Library"), ("kind", "education"), ("website", website)]).await;
        page.assert_problem("website", "");
    }
}
