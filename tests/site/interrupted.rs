//! What comes in between: a sign-in that ends while somebody types, another person who saves first, a database that is away,
//! a body that is too large. Nothing typed is lost, nothing acts by itself, nothing is done twice.

use crate::support::{Answer, Site, Visitor};
use chrono::Duration;
use common_table::{accounts::paths::AWAY, platform::session::SESSION_COOKIE, server};
use http::StatusCode;
use std::net::SocketAddr;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    task::JoinSet,
};

const PARTNERS: &str = "/cedar-river/partners";
const COURT: &str = "/cedar-river/partners/@court";
const EDIT: &str = "/cedar-river/partners/@court/edit";

async fn sign_in(visitor: &Visitor, who: &str) -> Answer {
    let email = format!("{who}@demo.example");
    visitor.post("/sign-in", &[("email", email.as_str()), ("password", "common-table-demo")]).await
}

async fn city(site: &Site) -> String {
    site.peek("select city from partner where id = '@court'").await
}

#[tokio::test]
async fn whoever_signed_out_before_sending_is_not_told_that_the_text_is_kept() {
    let site = Site::open().await;
    let sent = site.stranger().post(PARTNERS, &[("name", "Valley Library"), ("kind", "education")]).await;
    sent.assert_goes_to("/sign-in");
    site.stranger().follow(&sent).await.assert_page("Sign in").assert_never_sees("What you wrote is kept");
}

#[tokio::test]
async fn a_sign_in_that_ends_by_itself_loses_no_text() {
    let site = Site::open().await;
    let staff = site.stranger();
    sign_in(&staff, "staff").await.made();
    site.clock.advance(Duration::hours(8) + Duration::minutes(1));
    let words = "Open on Sundays, with a room for 30 people.";
    let sent = staff.post(PARTNERS, &[("name", "Valley Library"), ("kind", "education"), ("description", words)]).await;
    sent.assert_goes_to("/sign-in?again=yes");
    sign_in(&staff, "staff").await.assert_goes_to("/parked");
    for _ in 0..2 {
        let back = staff.get("/parked").await;
        back.assert_status(StatusCode::UNPROCESSABLE_ENTITY).assert_sees("Your text is back");
        assert_eq!(back.field("description"), words, "loading the page anew loses nothing");
    }
    let back = staff.get("/parked").await.filled("/partners", &[]);
    staff.send_form(&back).await.assert_goes_to("/cedar-river/partners/*");
    staff.get("/parked").await.assert_goes_to("/");
    assert_eq!(site.count("parked_form").await, 0, "what was taken is kept no longer");
}

#[tokio::test]
async fn the_browsers_cookie_opens_nothing_once_the_server_says_so() {
    let site = Site::open().await;
    let staff = site.stranger();
    sign_in(&staff, "staff").await.made();
    site.clock.advance(Duration::hours(8));
    assert!(staff.cookie(SESSION_COOKIE).is_some());
    staff.get(PARTNERS).await.assert_sent_to_sign_in();
    site.clock.advance(Duration::hours(24));
    assert_eq!(staff.cookie(SESSION_COOKIE), None);
}

#[tokio::test]
async fn a_mistake_in_one_field_hides_nobody_elses_edit() {
    let site = Site::open().await;
    let (staff, director) = (site.visitor("staff").await, site.visitor("director").await);
    let wrong = director.get(EDIT).await.filled("/@court", &[("city", "Cedar Bridge"), ("name", "")]);
    staff.fill(EDIT, "/@court", &[("city", "Alder Falls")]).await.assert_goes_to(COURT);
    let again = director.send_form(&wrong).await;
    again.assert_problem("name", "Enter the partner’s name").assert_sees("Someone else saved this").assert_sees("Alder Falls");
    director.send_form(&again.filled("/@court", &[("name", "Juvenile Court")])).await.assert_goes_to(COURT);
    assert_eq!(city(&site).await, "Cedar Bridge", "both texts were shown, and one was chosen");
}

#[tokio::test]
async fn an_edit_saved_while_a_mistake_is_mended_is_not_overwritten() {
    let site = Site::open().await;
    let (staff, director) = (site.visitor("staff").await, site.visitor("director").await);
    let wrong = director.get(EDIT).await.filled("/@court", &[("city", "Cedar Bridge"), ("name", "")]);
    let again = director.send_form(&wrong).await;
    again.assert_problem("name", "Enter the partner’s name").assert_never_sees("Someone else saved this");
    staff.fill(EDIT, "/@court", &[("city", "Alder Falls"), ("stage", "to_contact"), ("contracted", "yes")]).await.assert_goes_to(COURT);
    let mended = director.send_form(&again.filled("/@court", &[("name", "Juvenile Court")])).await;
    mended.assert_status(StatusCode::UNPROCESSABLE_ENTITY).assert_sees("Someone else saved this").assert_sees("Alder Falls");
    let theirs = mended.select(".theirs .prose").join(", ");
    assert!(theirs.contains("Ticked") && theirs.contains("to contact"), "what they chose is shown as it is read: {theirs}");
    assert_eq!(city(&site).await, "Alder Falls");
}

#[tokio::test]
async fn text_that_comes_back_hides_nobody_elses_edit() {
    let site = Site::open().await;
    let director = site.stranger();
    sign_in(&director, "director").await.made();
    let typed = director.get(EDIT).await.filled("/@court", &[("city", "Cedar Bridge")]);
    site.clock.advance(Duration::hours(9));
    site.visitor("staff").await.fill(EDIT, "/@court", &[("city", "Alder Falls")]).await.assert_goes_to(COURT);
    director.send_form(&typed).await.assert_sent_to_sign_in();
    sign_in(&director, "director").await.assert_goes_to("/parked");
    let back = director.get("/parked").await;
    back.assert_sees("Your text is back").assert_sees("Someone else saved this").assert_sees("Alder Falls");
    assert_eq!((back.field("city"), city(&site).await), ("Cedar Bridge".to_owned(), "Alder Falls".to_owned()));
    director.send_form(&back.filled("/@court", &[])).await.assert_goes_to(COURT);
    assert_eq!(city(&site).await, "Cedar Bridge");
}

#[tokio::test]
async fn a_speaker_sees_what_was_mended_while_they_answered() {
    let site = Site::open().await;
    let parent = site.visitor("parent").await;
    let page = "/cedar-river/statements/@asked_statement";
    let choices = [("word", "correct"), ("words", "Nobody called us back for a month."), ("attribution", "role"), ("audience", "agency")];
    let typed = parent.get(page).await.filled("/answer", &choices);
    let mended = "Nobody called us back, said the aunt.";
    site.force(&format!("update statement set words = '{mended}', version = version + 1 where id = '@asked_statement'")).await;
    let late = parent.send_form(&typed).await;
    late.assert_status(StatusCode::UNPROCESSABLE_ENTITY).assert_sees("Someone else saved this");
    assert_eq!(late.select(".theirs .prose"), [mended], "both texts, and nothing that the answer alone says");
    assert_eq!(late.filled("/answer", &[]).1.iter().find(|(name, _)| name == "words").unwrap().1, "Nobody called us back for a month.");
    parent.send_form(&late.filled("/answer", &[])).await.made();
}

#[tokio::test]
async fn a_report_on_a_promise_hides_nobody_elses() {
    let site = Site::open().await;
    let (staff, director) = (site.visitor("staff").await, site.visitor("director").await);
    let report = "/cedar-river/commitments/@commitment_open/report";
    let typed = staff.get(report).await.filled("/report", &[("evidence", "The list hangs in the hall.")]);
    director.fill(report, "/report", &[("evidence", "The minutes went out on Monday.")]).await.made();
    let late = staff.send_form(&typed).await;
    late.assert_status(StatusCode::UNPROCESSABLE_ENTITY).assert_sees("Someone else saved this");
    assert_eq!(late.select(".theirs .prose"), ["The minutes went out on Monday."]);
    assert_eq!(late.field("evidence"), "The list hangs in the hall.");
}

#[tokio::test]
async fn a_lone_button_pressed_too_late_does_nothing_and_leads_back_to_its_page() {
    let site = Site::open().await;
    let admin = site.stranger();
    sign_in(&admin, "admin").await.made();
    site.clock.advance(Duration::hours(9));
    let entries = site.count("audit").await;
    admin.post("/cedar-river/settings/logo/delete", &[]).await.assert_sent_to_sign_in();
    sign_in(&admin, "admin").await.assert_goes_to("/parked");
    let back = admin.get("/parked").await;
    back.assert_goes_to("/cedar-river/settings/logo/delete")
        .assert_flash("Nothing was sent: you had to sign in or to confirm that it is you first, or you had another role. If you still want it, do it once more here");
    assert_eq!(site.count("audit").await, entries);
    admin.get("/parked").await.assert_goes_to("/");
}

#[tokio::test]
async fn a_pasted_list_comes_back_though_its_form_has_a_place_for_a_file() {
    let site = Site::open().await;
    let staff = site.stranger();
    sign_in(&staff, "staff").await.made();
    site.clock.advance(Duration::hours(9));
    let list = "name\tcity\nValley Library\tAlder Falls";
    staff.upload("/cedar-river/partners/import", &[("pasted", list)], ("file", "", b"")).await.assert_goes_to("/sign-in?again=yes");
    sign_in(&staff, "staff").await.assert_goes_to("/parked");
    assert_eq!(staff.get("/parked").await.field("pasted").replace("\r\n", "\n"), list);
    assert_eq!(site.count("partner where name = 'Valley Library'").await, 0);
}

#[tokio::test]
async fn what_acts_outside_an_agency_is_never_kept_to_act_later() {
    let site = Site::open().await;
    let director = site.stranger();
    sign_in(&director, "director").await.made();
    site.clock.advance(Duration::hours(9));
    for (path, fields) in [("/hats", [("membership", "@director")]), ("/account/ended-sessions", [("session", "x")])] {
        director.post(path, &fields).await.assert_goes_to("/sign-in");
    }
    director.post("/sign-out", &[]).await.assert_goes_to("/sign-in");
    assert_eq!(site.count("parked_form").await, 0);
}

#[tokio::test]
async fn connections_that_break_between_two_forms_are_not_noticed() {
    let site = Site::alone().await;
    let staff = site.visitor("staff").await;
    staff.post(PARTNERS, &[("name", "Valley Library"), ("kind", "education")]).await.made();
    site.force(BREAK).await;
    staff.post(PARTNERS, &[("name", "Hill Library"), ("kind", "education")]).await.made();
}

const BREAK: &str = "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";

#[tokio::test]
async fn while_the_database_is_away_what_was_typed_waits_on_the_page() {
    let site = Site::alone().await;
    let staff = site.visitor("staff").await;
    let database: String = site.peek("select current_database()::text").await;
    site.force(&format!("alter database {database} connection limit 0")).await;
    site.force(BREAK).await;
    let words = "Open on Sundays.\r\nWith a room for “30 people”.";
    let away = staff.post(PARTNERS, &[("name", "Valley Library"), ("kind", "education"), ("description", words)]).await;
    away.assert_status(StatusCode::SERVICE_UNAVAILABLE)
        .assert_sees("The records cannot be reached just now")
        .assert_sees("Open on Sundays.");
    let again = away.filled("/partners", &[]);
    staff.get(PARTNERS).await.assert_status(StatusCode::SERVICE_UNAVAILABLE);
    let sign_in = sign_in(&site.stranger(), "staff").await;
    sign_in.assert_status(StatusCode::SERVICE_UNAVAILABLE);
    assert!(!sign_in.text.contains("common-table-demo"), "a password is never given back");
    site.force(&format!("alter database {database} connection limit -1")).await;
    let made = staff.send_form(&again).await.made();
    assert_eq!(staff.send_form(&again).await.made(), made, "sending it twice does it once");
    assert_eq!(site.peek::<String>(&format!("select description from partner where id = '{made}'")).await, words.replace("\r\n", "\n"));
    assert_eq!(site.count("partner where name = 'Valley Library'").await, 1);
}

#[tokio::test]
async fn while_the_database_is_away_no_password_is_given_back_and_nobody_is_kept_here() {
    let site = Site::alone().await;
    let (staff, parent) = (site.visitor("staff").await, site.visitor("parent").await);
    let (old, new) = ("common-table-demo", "five words one after another");
    let form = staff.get("/account").await.filled("/password", &[("current_password", old), ("new_password", new)]);
    for page in ["/account", "/sign-in"] {
        let names = site.visitor("staff").await.get(page).await.attributes("input[type=password]", "name");
        assert!(!names.is_empty() && names.iter().all(|name| name.contains("password")), "{page}: by its name it is never kept: {names:?}");
    }
    let database: String = site.peek("select current_database()::text").await;
    site.force(&format!("alter database {database} connection limit 0")).await;
    site.force(BREAK).await;
    let away = staff.send_form(&form).await;
    away.assert_status(StatusCode::SERVICE_UNAVAILABLE).assert_sees("The records cannot be reached just now");
    assert!(!away.text.contains(old) && !away.text.contains(new), "neither in the words nor in a hidden field");
    assert_eq!(away.attributes("input[type=hidden]", "value").iter().filter(|value| [old, new].contains(&value.as_str())).count(), 0);
    let left = parent.post("/leave-quickly", &[]).await;
    assert_eq!((left.status, left.location.as_str()), (StatusCode::SEE_OTHER, AWAY));
    assert_eq!(parent.cookie(SESSION_COOKIE), None, "the browser forgets the sign-in");
}

#[tokio::test]
async fn ten_megabytes_are_read_to_their_end_so_that_the_browser_shows_the_answer() {
    let site = Site::open().await;
    let listening = server::listen(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
    let (address, router) = (listening.address, server::site(site.app.clone()));
    let mut tasks = JoinSet::new();
    tasks.spawn(listening.serve(router, std::future::pending()));
    let size = 10 * 1024 * 1024;
    let head = format!(
        "POST {PARTNERS} HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nConnection: close\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {size}\r\n\r\n"
    );
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    // As a browser does: everything is sent before anything is read.
    for _ in 0..160 {
        stream.write_all(&vec![b'x'; size / 160]).await.unwrap();
    }
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 413") && answer.contains("up to 1 MB of text"), "{}", &answer[..200]);
}

#[tokio::test]
async fn the_answer_after_an_error_comes_whole_over_the_same_connection() {
    let site = Site::open().await;
    let cookie = site.visitor("staff").await.cookie(SESSION_COOKIE).unwrap();
    let listening = server::listen(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
    let (address, router) = (listening.address, server::site(site.app.clone()));
    let mut tasks = JoinSet::new();
    tasks.spawn(listening.serve(router, std::future::pending()));
    let asked =
        |path: &str, last: &str| format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {SESSION_COOKIE}={cookie}\r\n{last}\r\n");
    let mut stream = TcpStream::connect(address).await.unwrap();
    let missing = format!("{PARTNERS}/018f5e2a-0000-7000-8000-00000000ffff");
    stream.write_all(asked(&missing, "").as_bytes()).await.unwrap();
    stream.write_all(asked(PARTNERS, "Connection: close\r\n").as_bytes()).await.unwrap();
    let mut answers = Vec::new();
    stream.read_to_end(&mut answers).await.unwrap();
    let answers = String::from_utf8(answers).unwrap();
    let (head, rest) = answers.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 404"), "{head}");
    let length = head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
    let after: &str = &rest[length.unwrap_or(0)..];
    assert!(after.starts_with("HTTP/1.1 200"), "what follows the page of the error: {:?}", after.lines().next());
}

#[tokio::test]
async fn what_identifies_a_child_is_stopped_in_short_fields_too() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let number = staff.post(PARTNERS, &[("name", "Ask for 078 05 1120"), ("kind", "court"), ("counties", "Maria Lopez, 03/04/2015")]).await;
    number.assert_problem("name", "Take out the Social Security number").assert_problem("counties", "Take out the date of birth");
    assert_eq!(number.field("name"), "Ask for 078 05 1120", "it is kept for mending");
    let phone = staff.post(PARTNERS, &[("name", "Valley Library"), ("kind", "court"), ("phone", "078 05 1120")]).await;
    phone.made();
    staff.post(PARTNERS, &[("name", "\u{200b}\u{feff}"), ("kind", "court")]).await.assert_problem("name", "Enter the partner’s name");
}

#[tokio::test]
async fn a_logo_is_taken_down_only_after_a_question() {
    let site = Site::open().await;
    let admin = site.visitor("admin").await;
    let asked = admin.get("/cedar-river/settings").await.attributes("main a[href$='/delete']", "href");
    let entries = site.count("audit").await;
    let shown = admin.get(&asked[0]).await;
    shown.assert_page("Take the logo down?").assert_sees("Go back");
    assert_eq!(site.count("audit").await, entries, "asking changes nothing");
    admin.send_form(&shown.filled("/delete", &[])).await.assert_goes_to("/cedar-river/settings");
}
