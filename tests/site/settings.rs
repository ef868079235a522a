//! An agency's settings: who changes them, what is refused, where they show, and its logo and accent.

use crate::support::Site;
use http::StatusCode;

const SETTINGS: &str = "/cedar-river/settings";
const LOGO: &str = "/cedar-river/settings/logo";

#[tokio::test]
async fn what_an_administrator_sets_stands_on_everybodys_next_page() {
    let site = Site::open().await;
    let admin = site.visitor("admin").await;
    let changes = [
        ("name", "Cedar River County, family department"),
        ("hotline", "555 0199"),
        ("contact", "Marcus, 555 0142"),
        ("accent", "#7A2E1E"),
    ];
    admin.fill(SETTINGS, "/settings", &changes).await.assert_goes_to(SETTINGS).assert_flash("Settings saved");
    let page = site.visitor("parent").await.get("/cedar-river/partners").await;
    page.assert_sees("Cedar River County, family department").assert_sees("555 0199").assert_sees("Marcus, 555 0142");
    assert_eq!(page.attributes("link[rel=stylesheet]", "href").last().map(String::as_str), Some("/cedar-river/accent/7a2e1e.css"));
    let fields: String = site.peek("select fields::text from audit where kind = 'settings' order by at desc limit 1").await;
    assert!(fields.contains("hotline") && !fields.contains("555 0199") && !fields.contains("scale"), "{fields}");
}

#[tokio::test]
async fn the_log_says_what_a_setting_was_and_became_and_nothing_of_a_form_sent_as_it_was() {
    let site = Site::open().await;
    let admin = site.visitor("admin").await;
    admin.fill(SETTINGS, "/settings", &[("answer_days", "41")]).await.assert_goes_to(SETTINGS);
    admin.get("/cedar-river/audit?kind=settings").await.assert_sees("days to answer: ").assert_sees("→ 41");
    let long = |end: &str| format!("{} {end}", "What is written here may be asked for under the law on public records.".repeat(2));
    for end in ["Ask the county clerk.", "Ask the records office."] {
        admin.fill(SETTINGS, "/settings", &[("public_records", &long(end))]).await.assert_goes_to(SETTINGS);
    }
    let told: String = site.peek("select detail from audit where kind = 'settings' order by at desc, id desc limit 1").await;
    assert!(told.contains("the county clerk. → ") && told.ends_with("the records office.") && told.chars().count() < 220, "{told}");
    let before = site.count("audit where kind = 'settings'").await;
    admin.fill(SETTINGS, "/settings", &[]).await.assert_goes_to(SETTINGS);
    assert_eq!(site.count("audit where kind = 'settings'").await, before);
    admin.get(SETTINGS).await.assert_sees("Single sign-on");
    admin.get("/cedar-river/settings/files").await.assert_sees("Nothing is scanned").assert_never_sees("Nothing harmful was found");
    let turned = admin.get("/cedar-river/audit?since=2027-02-01&until=2027-01-01").await;
    turned.assert_sees("the same day as under “Since”, or a later one");
}

#[tokio::test]
async fn only_the_administrator_changes_settings() {
    let site = Site::open().await;
    for who in ["director", "staff", "analyst", "partner", "parent"] {
        let visitor = site.visitor(who).await;
        visitor.get(SETTINGS).await.assert_not_allowed();
        visitor.post(SETTINGS, &[("name", "Mine")]).await.assert_not_allowed();
    }
    let harbor = site.visitor("harbor").await;
    harbor.get(SETTINGS).await.assert_not_found();
    harbor.get("/cedar-river/logo/@file").await.assert_not_found();
    harbor.get("/harbor/logo/@file").await.assert_not_found();
}

#[tokio::test]
async fn an_accent_that_not_everybody_can_read_is_refused() {
    let site = Site::open().await;
    let admin = site.visitor("admin").await;
    for (accent, told) in [
        ("#ffcc00", "Choose a darker color"),
        ("#767676", "Choose a darker color"),
        ("green", "Enter a color such as"),
        ("#12345", "Enter a color such as"),
    ] {
        let again = admin.fill(SETTINGS, "/settings", &[("accent", accent)]).await;
        again.assert_problem("accent", told);
        assert_eq!(again.field("accent"), accent);
    }
    admin.fill(SETTINGS, "/settings", &[("accent", "#6b6b6b")]).await.assert_goes_to(SETTINGS);
}

#[tokio::test]
async fn the_accents_sheet_says_what_its_name_says_and_nothing_else() {
    let site = Site::open().await;
    let stranger = site.stranger();
    let sheet = stranger.get("/cedar-river/accent/7a2e1e.css").await;
    assert_eq!(sheet.text, ":root{--accent:#7a2e1e;--accent-ink:#ffffff}");
    assert_eq!(sheet.header("content-type"), "text/css; charset=utf-8");
    assert!(sheet.header("cache-control").contains("immutable"));
    for nonsense in ["ffcc00.css", "7a2e1e", "%237a2e1e.css", "7a2e1e.css.css", "red%3B%7D.css"] {
        stranger.get(&format!("/cedar-river/accent/{nonsense}")).await.assert_not_found();
    }
}

#[tokio::test]
async fn a_logo_is_a_picture_by_what_it_holds_and_by_its_name() {
    let site = Site::open().await;
    let admin = site.visitor("admin").await;
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>";
    for (name, bytes) in [("logo.png", &svg[..]), ("logo.svg", svg), ("logo.png", b""), ("logo.png", b"GIF89a")] {
        admin.upload(LOGO, &[], ("file", name, bytes)).await.assert_problem("file", "Choose a picture in PNG, JPEG or WebP");
    }
    let large = [b"\x89PNG\r\n\x1a\n".to_vec(), vec![0; 1024 * 1024]].concat();
    admin.upload(LOGO, &[], ("file", "logo.png", &large)).await.assert_problem("file", "Choose a smaller picture");
    let picture = std::fs::read(format!("{}/tests/data/logo.png", env!("CARGO_MANIFEST_DIR"))).unwrap();
    for name in ["logo.html", "logo.png.svg", "logo.jpg", "logo", ".png.exe"] {
        admin.upload(LOGO, &[], ("file", name, &picture)).await.assert_problem("file", "Choose a picture in PNG, JPEG or WebP");
    }
    let before = site.id("file");
    admin.upload(LOGO, &[], ("file", "logo.png", &picture)).await.assert_goes_to(SETTINGS).assert_flash("Logo changed");
    let parent = site.visitor("parent").await;
    let shown = parent.get("/cedar-river/partners").await.attributes(".brand img", "src").pop().unwrap();
    assert!(!shown.ends_with(&before));
    let logo = parent.get(&shown).await;
    logo.assert_status(StatusCode::OK);
    assert_eq!((logo.header("content-type"), logo.header("x-content-type-options")), ("image/png", "nosniff"));
    assert_eq!(logo.header("content-security-policy"), "default-src 'none'; sandbox");
    parent.get(&format!("/cedar-river/logo/{before}")).await.assert_not_found();
    assert_eq!(site.count(&format!("file where id = '{before}'")).await, 0);
    admin.post("/cedar-river/settings/logo/delete", &[]).await.assert_goes_to(SETTINGS);
    parent.get(&shown).await.assert_not_found();
}

#[tokio::test]
async fn two_administrators_who_change_the_same_settings_see_both_texts() {
    let site = Site::open().await;
    let admin = site.visitor("admin").await;
    admin.fill(SETTINGS, "/settings", &[("hotline", "555 0111")]).await.assert_goes_to(SETTINGS);
    let late = admin.fill(SETTINGS, "/settings", &[("hotline", "555 0122"), ("version", "3")]).await;
    late.assert_status(StatusCode::UNPROCESSABLE_ENTITY)
        .assert_sees("Someone else saved this while you were writing")
        .assert_sees("555 0111");
    assert_eq!(late.field("hotline"), "555 0122");
    assert_eq!(site.peek::<String>("select hotline from agency where slug = 'cedar-river'").await, "555 0111");
}

#[tokio::test]
async fn settings_that_cannot_be_are_refused_field_by_field() {
    let site = Site::open().await;
    let admin = site.visitor("admin").await;
    let changes = [
        ("name", ""),
        ("zone", "Mars/Olympus"),
        ("scale", "only one"),
        ("assess_at", "9"),
        ("acknowledge_days", "0"),
        ("answer_days", "soon"),
        ("reporting_notice", ""),
        ("hotline", ""),
    ];
    let again = admin.fill(SETTINGS, "/settings", &changes).await;
    again.assert_problem("name", "Enter the agency’s name").assert_problem("zone", "Choose the time zone");
    again.assert_problem("scale", "Enter two to five steps").assert_problem("acknowledge_days", "Enter a number from 1 to 180");
    again.assert_problem("answer_days", "Enter a number of days").assert_problem("reporting_notice", "Enter what is read aloud");
    admin.fill(SETTINGS, "/settings", &[("scale", "need, strength")]).await.assert_problem("scale", "Keep at least 3 steps");
    admin
        .fill(SETTINGS, "/settings", &[("acknowledge_days", "20"), ("answer_days", "10")])
        .await
        .assert_problem("answer_days", "Enter as many days");
}

#[tokio::test]
async fn without_a_name_nothing_is_shown_with_it_whatever_is_ticked() {
    let site = Site::open().await;
    let admin = site.visitor("admin").await;
    admin.fill(SETTINGS, "/settings", &[("without_name", "named"), ("with_name", "research")]).await.assert_goes_to(SETTINGS);
    let table: String = site.peek("select card_table::text from agency where slug = 'cedar-river'").await;
    assert_eq!(table, r#"{"with_name": ["research"], "without_name": []}"#);
}

#[tokio::test]
async fn what_was_set_before_stays_to_be_read_by_those_who_answer_for_it() {
    let site = Site::open().await;
    let admin = site.visitor("admin").await;
    let was: String = site.peek("select hotline from agency where slug = 'cedar-river'").await;
    admin.fill(SETTINGS, "/settings", &[("hotline", "555 0166"), ("answer_days", "21")]).await.assert_goes_to(SETTINGS);
    assert_eq!(site.count("settings_change where field in ('hotline', 'days to answer')").await, 2);
    let unchanged = site.count("settings_change").await;
    admin.fill(SETTINGS, "/settings", &[]).await.assert_goes_to(SETTINGS);
    assert_eq!(site.count("settings_change").await, unchanged, "what stays as it was is no change");
    for who in ["admin", "director"] {
        let page = site.visitor(who).await.get("/cedar-river/settings/changes").await;
        page.assert_page("Changes of settings").assert_sees(&was).assert_sees("555 0166").assert_sees("Agnes Lindqvist");
    }
    for who in ["staff", "analyst", "tribe", "parent"] {
        site.visitor(who).await.get("/cedar-river/settings/changes").await.assert_not_allowed();
    }
    site.visitor("harbor").await.get("/harbor/settings/changes").await.assert_never_sees("555 0166");
    let forged = "insert into settings_change (agency_id, id, at, by_id, field, was, becomes) select agency_id, gen_random_uuid(), now(), '@admin', 'name', 'a', 'b' \
                  from membership where id = '@staff'";
    crate::support::refused("forged", site.attempt("staff", "staff", forged).await);
}
