//! What the operator sees and may do: a line in the log for each request and nothing that anybody typed, numbers on a listener of
//! their own, secrets from files, and the sign-ins of somebody whose device was lost.

use crate::{
    program::{Home, Running, ask, send},
    support::Site,
};
use serde_json::Value;
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

const PASSWORD: &str = "heron-ladder-copper-tuesday";
/// Never in a log: what somebody typed, searched for, sent as a header, or tried as a password.
const PLANTED: &[&str] = &[
    PASSWORD,
    "wrong-zanzibar-password",
    "ana@cedar.example",
    "nobody@zanzibar.example",
    "Ana Ruiz",
    "Zanzibar",
    "zanzibar",
    "quokka",
    "smtp-hidden-word",
    "forged",
];

/// A site with one agency, and its administrator signed in.
struct Served {
    home: Home,
    running: Running,
    port: String,
    cookie: String,
    /// Requests sent so far.
    sent: usize,
    numbers: BTreeSet<String>,
}

impl Served {
    async fn open(name: &str, settings: &[(&str, &str)], log: &Path) -> Self {
        let home = Home::new(name);
        let create = ["agency", "create", "cedar", "Cedar County", "--administrator", "Ana Ruiz", "--email", "ana@cedar.example"];
        let (well, said) = home.run(&create, &[]).await;
        assert!(well, "{said}");
        let token = said.split("/invitations/").nth(1).unwrap().trim().to_owned();
        let mut running = home.serve_with(settings, log);
        let port = running.says("Common Table answers at http://localhost:").await.rsplit(':').next().unwrap().to_owned();
        let mut served = Self { home, running, port, cookie: String::new(), sent: 0, numbers: BTreeSet::new() };
        let swapped = served.get(&format!("/invitations/{token}")).await;
        let invitation = swapped.split("__Host-invitation=").nth(1).and_then(|rest| rest.split(';').next());
        let carried = format!("Cookie: __Host-invitation={}\r\n", invitation.unwrap_or_else(|| panic!("{swapped}")));
        let taken = served.form("/invitations/open", &format!("name=Ana+Ruiz&password={PASSWORD}"), &carried).await;
        assert!(taken.starts_with("HTTP/1.1 303"), "{taken}");
        served.cookie = session_of(&taken);
        served
    }

    async fn raw(&mut self, bytes: &[u8]) -> String {
        let answer = send(&self.port, bytes).await;
        if let Some(number) = header(&answer, "x-request-id") {
            self.sent += 1;
            assert!(self.numbers.insert(number.to_owned()), "a number of its own: {answer}");
        }
        answer
    }

    async fn get(&mut self, path: &str) -> String {
        let (port, cookie) = (self.port.clone(), self.cookie.clone());
        let head = format!("GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nCookie: __Host-session={cookie}\r\nConnection: close\r\n\r\n");
        self.raw(head.as_bytes()).await
    }

    async fn form(&mut self, path: &str, body: &str, more: &str) -> String {
        let (port, cookie) = (self.port.clone(), self.cookie.clone());
        let origin = if more.contains("Origin:") { String::new() } else { format!("Origin: http://localhost:{port}\r\n") };
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: localhost:{port}\r\n{origin}Cookie: __Host-session={cookie}\r\nConnection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n{more}\r\n{body}",
            body.len(),
        );
        self.raw(head.as_bytes()).await
    }

    /// All kinds of requests and failures, with words that nobody may find in the log.
    async fn be_visited(&mut self) {
        let own = self.cookie.clone();
        for path in [
            "/account",
            "/cedar",
            "/cedar/members?find=quokka",
            "/cedar/partners/quokka",
            "/quokka/members",
            "/cedar/partners/018f5e2a-0000-7000-8000-00000000aaaa",
            "/static/quokka.css",
            "/healthz",
            "/metrics",
            "/reset/quokkaquokkaquokkaquokkaquokkaquokkaquokkaq",
            "/invitations/quokkaquokkaquokkaquokkaquokkaquokkaquokkaq",
            "/cedar/return/quokkaquokkaquokkaquokkaquokkaquokkaquokkaq",
            "/sign-in?next=%0d%0aINFO%20forged%1b[2J",
            "/cedar/audit?who=quokka%00%ff",
        ] {
            self.get(path).await;
        }
        let typed = "name=Zanzibar%0d%0aINFO+forged+%1b%5b2J&contact=zanzibar&hotline=quokka&key=quokka-key-0001";
        self.form("/cedar/settings", typed, "").await;
        self.form("/cedar/members", "role=staff&name=Zanzibar+Person&email=nobody@zanzibar.example", "").await;
        self.form("/cedar/members", "role=quokka&name=&email=zanzibar", "").await;
        self.form("/cedar/members", "role=quokka", "Origin: http://zanzibar.example\r\n").await;
        self.form("/cedar/partners", "name=Zanzibar", "X-Quokka: zanzibar\r\nUser-Agent: quokka\u{1b}[2J\r\n").await;
        self.form("/cedar/members", "name=%ff%fe%00zanzibar", "").await;
        for _ in 0..7 {
            self.form("/sign-in", "email=ana@cedar.example&password=wrong-zanzibar-password", "").await;
        }
        self.form("/sign-in", "email=nobody@zanzibar.example&password=wrong-zanzibar-password", "").await;
        self.form("/reset", "email=nobody@zanzibar.example", "").await;
        "zanzibar".clone_into(&mut self.cookie);
        self.get("/cedar/members").await;
        self.form("/cedar/settings", "name=Zanzibar", "").await;
        self.cookie = own;
        self.raw(format!("TRACE /quokka HTTP/1.1\r\nHost: localhost:{}\r\nConnection: close\r\n\r\n", self.port).as_bytes()).await;
        self.raw(b"GET /zanzibar quokka\r\n\r\n").await;
        self.raw(format!("QUOKKA / HTTP/1.1\r\nHost: localhost:{}\r\nConnection: close\r\n\r\n", self.port).as_bytes()).await;
    }
}

fn header<'a>(answer: &'a str, name: &str) -> Option<&'a str> {
    let head = answer.split("\r\n\r\n").next()?;
    head.lines().find_map(|line| line.split_once(": ").filter(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value))
}

fn session_of(answer: &str) -> String {
    let cookie = answer.split("__Host-session=").nth(1).unwrap_or_else(|| panic!("no sign-in: {answer}"));
    cookie.split(';').next().unwrap_or_default().to_owned()
}

fn log_of(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("ct-log-{}-{name}", std::process::id()))
}

/// Letters go nowhere: that is a failure like others.
const MAIL: [(&str, &str); 2] = [("MAIL_URL", "smtp://me:smtp-hidden-word@127.0.0.1:9"), ("MAIL_FROM", "Table <table@cedar.example>")];

#[tokio::test]
async fn each_request_has_a_line_of_json_and_nothing_that_was_typed_is_in_it() {
    let log = log_of("json");
    let mut served = Served::open("json", &[&MAIL[..], &[("LOG_FORMAT", "json"), ("RUST_LOG", "trace")]].concat(), &log).await;
    served.be_visited().await;
    let (numbers, sent, cookie) = (served.numbers.clone(), served.sent, served.cookie.clone());
    assert!(served.running.ends("TERM").await.success());
    let written = std::fs::read_to_string(&log).unwrap();
    let _ = std::fs::remove_file(&log);
    for planted in PLANTED.iter().copied().chain([cookie.as_str()]) {
        let at = written.lines().find(|line| line.contains(planted));
        assert!(at.is_none(), "{planted} is in the log: {at:?}");
    }
    let lines: Vec<Value> = written.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}"))).collect();
    let answered: Vec<&Value> = lines.iter().filter(|line| line["target"] == "common_table::request").collect();
    let told: BTreeSet<String> = answered.iter().map(|line| line["span"]["request"].as_str().unwrap().to_owned()).collect();
    assert_eq!((answered.len(), &told), (sent, &numbers), "one line a request, under the number that was given back");
    let fields: BTreeSet<&str> = answered.iter().flat_map(|line| line.as_object().unwrap().keys()).map(String::as_str).collect();
    let known = ["account", "actor", "agency", "level", "message", "method", "ms", "route", "span", "status", "target", "timestamp"];
    assert_eq!(fields, BTreeSet::from(known));
    let page = answered.iter().find(|line| line["route"] == "/{agency}/members" && line["method"] == "GET" && line["status"] == 200);
    let page = page.expect("the list of members");
    assert!(page["actor"].as_str().unwrap().len() == 36 && page["agency"].as_str().unwrap().len() == 36, "{page}");
    assert!(page["timestamp"].as_str().unwrap().ends_with('Z'), "in UTC");
    let events: BTreeSet<&str> =
        lines.iter().filter(|line| line["target"] == "common_table::event").map(|line| line["message"].as_str().unwrap()).collect();
    for event in ["changed", "denied", "password refused", "password too soon", "signed in"] {
        assert!(events.contains(event), "{event} is not among {events:?}");
    }
    let changed = lines.iter().find(|line| line["message"] == "changed" && line["kind"] == "member" && line["action"] == "invited");
    let changed = changed.expect("an invitation");
    assert!(numbers.contains(changed["span"]["request"].as_str().unwrap()) && changed["by"] == page["actor"], "{changed}");
}

#[tokio::test]
async fn a_log_of_text_has_one_line_for_each_request_too() {
    let log = log_of("text");
    let mut served = Served::open("text", &[&MAIL[..], &[("RUST_LOG", "trace")]].concat(), &log).await;
    served.be_visited().await;
    let (numbers, cookie) = (served.numbers.clone(), served.cookie.clone());
    // A request from the same address after its end is refused by the system, and no line is forged.
    assert!(served.running.ends("TERM").await.success());
    let written = std::fs::read_to_string(&log).unwrap();
    let _ = std::fs::remove_file(&log);
    for planted in PLANTED.iter().copied().chain([cookie.as_str(), "\u{1b}"]) {
        let at = written.lines().find(|line| line.contains(planted));
        assert!(at.is_none(), "{planted} is in the log: {at:?}");
    }
    for number in &numbers {
        let lines = written.lines().filter(|line| line.contains(number) && line.contains("answered"));
        assert_eq!(lines.count(), 1, "{number}");
    }
    drop(served.home);
}

#[tokio::test]
async fn numbers_are_answered_at_an_address_of_their_own_and_say_nothing_of_anybody() {
    let log = log_of("numbers");
    let home = Home::new("numbers");
    let create = ["agency", "create", "cedar", "Cedar County", "--administrator", "Ana Ruiz", "--email", "ana@cedar.example"];
    assert!(home.run(&create, &[]).await.0);
    let mut running = home.serve_with(&[("METRICS_LISTEN", "127.0.0.1:0")], &log);
    let at = running.says("Numbers for Prometheus at http://127.0.0.1:").await;
    let numbers = at.rsplit(':').next().unwrap().trim_end_matches("/metrics").to_owned();
    let port = running.says("Common Table answers at http://localhost:").await.rsplit(':').next().unwrap().to_owned();
    ask(&port, "/sign-in").await;
    ask(&port, "/cedar/members").await;
    ask(&port, "/cedar/members/018f5e2a-0000-7000-8000-00000000aaaa").await;
    let (public, elsewhere) = (ask(&port, "/metrics").await, ask(&numbers, "/sign-in").await);
    assert!(public.starts_with("HTTP/1.1 404") && elsewhere.starts_with("HTTP/1.1 404"), "{public} {elsewhere}");
    let text = ask(&numbers, "/metrics").await;
    assert!(text.starts_with("HTTP/1.1 200") && text.contains("application/openmetrics-text"), "{text}");
    for line in [
        "common_table_http_request_duration_seconds_count{method=\"GET\",route=\"/sign-in\",class=\"2xx\"} 1",
        "common_table_http_request_duration_seconds_count{method=\"GET\",route=\"/{agency}/members\",class=\"3xx\"} 1",
        "common_table_http_request_duration_seconds_bucket{le=\"0.005\",method=\"GET\",route=\"/sign-in\",class=\"2xx\"}",
        "common_table_database_connections{state=\"open\"}",
        "common_table_database_up 1.0",
        "common_table_jobs{state=\"waiting\"} 0.0",
        "common_table_letters{state=\"failed\"} 0.0",
        "common_table_letters_oldest_seconds 0.0",
        "common_table_passwords{state=\"waiting\"} 0.0",
        "common_table_limited_total 0",
        "common_table_build_info{version=",
        "process_resident_memory_bytes",
        "# EOF",
    ] {
        assert!(text.contains(line), "{line} is not in {text}");
    }
    for somebody in ["cedar", "Ana", "018f5e2a", "@"] {
        assert!(!text.contains(somebody), "{somebody}");
    }
    assert!(running.ends("TERM").await.success());
    let _ = std::fs::remove_file(&log);
}

#[tokio::test]
async fn a_secret_may_stand_in_a_file_and_shows_nowhere() {
    let (site, home) = (Site::alone().await, Home::new("secrets"));
    let (login, _) = site.addresses();
    let (file, log) = (log_of("secret"), log_of("secret-log"));
    std::fs::write(&file, format!("{login}&application_name=quokka\n")).unwrap();
    let named = file.to_str().unwrap();
    assert_eq!(home.run(&["verify"], &[("DATABASE_URL_FILE", named)]).await, (true, String::new()));
    let (well, said) = home.run(&["verify"], &[("DATABASE_URL_FILE", named), ("DATABASE_URL", &login)]).await;
    assert!(!well && said == "Set DATABASE_URL or DATABASE_URL_FILE, not both.\n", "{said}");
    let nowhere = "postgres://app_login:quokka@127.0.0.1:9/common_table";
    for arguments in [&["session", "list", "ana@cedar.example"][..], &["serve"], &["verify"]] {
        let (well, said) = home.run(arguments, &[("DATABASE_URL", nowhere), ("OWNER_DATABASE_URL", nowhere)]).await;
        assert!(!well && said.contains("does not let") && !said.contains("quokka"), "{arguments:?}: {said}");
    }
    let (well, said) = home.run(&["serve"], &[MAIL[0], MAIL[1], ("MAIL_TRUSTED", "/nowhere/at/all.pem")]).await;
    assert!(!well && said.contains("Set MAIL_TRUSTED") && !said.contains("smtp-hidden-word"), "{said}");

    let mut running = home.serve_with(&[("DATABASE_URL_FILE", named)], &log);
    running.says("Common Table answers at").await;
    let arguments = std::fs::read(format!("/proc/{}/cmdline", running.child.id().unwrap())).unwrap();
    assert!(!String::from_utf8_lossy(&arguments).contains("app_login"));
    assert!(!running.said.iter().any(|line| line.contains("quokka") || line.contains("app_login")), "{:?}", running.said);
    assert!(running.ends("TERM").await.success());
    assert!(!std::fs::read_to_string(&log).unwrap().contains("quokka"));
    let _ = (std::fs::remove_file(&file), std::fs::remove_file(&log));
}

#[tokio::test]
async fn the_operator_ends_the_sign_ins_of_a_lost_device_and_the_agency_reads_of_it() {
    let log = log_of("sign-ins");
    let mut served = Served::open("sign-ins", &[], &log).await;
    let (first, own) = (served.cookie.clone(), format!("email=ana@cedar.example&password={PASSWORD}"));
    // Another browser, which carries no sign-in yet.
    served.cookie.clear();
    let second = session_of(&served.form("/sign-in", &own, "User-Agent: Firefox/1 Windows\r\n").await);
    let (well, listed) = served.home.run(&["session", "list", "Ana@cedar.example"], &[]).await;
    assert!(well && listed.lines().count() == 2 && listed.contains("Firefox on Windows, began "), "{listed}");
    assert!(!listed.contains(&first) && !listed.contains(&second), "no secret is printed");
    let number = listed.lines().find(|line| line.contains("Firefox")).unwrap().split("  ").next().unwrap().to_owned();

    let end = ["session", "end", "ana@cedar.example", &number];
    let (well, said) = served.home.run(&end, &[]).await;
    assert!(well && said.starts_with("One sign-in has ended."), "{said}");
    let (well, said) = served.home.run(&end, &[]).await;
    assert!(!well && said.contains("has no sign-in of that number"), "{said}");
    served.cookie.clone_from(&second);
    assert!(served.get("/cedar/audit").await.contains("/sign-in?next="), "the lost device is out at its next page");
    served.cookie.clone_from(&first);
    let page = served.get("/cedar/audit").await;
    assert!(page.contains("ended the sign-ins of") && page.contains("the operator"), "{page}");

    let (well, said) = served.home.run(&["session", "end", "ana@cedar.example", "--all"], &[]).await;
    assert!(well && said.starts_with("One sign-in has ended."), "{said}");
    assert!(served.get("/cedar").await.contains("/sign-in?next="));
    let (well, said) = served.home.run(&["session", "end", "ana@cedar.example", "--all"], &[]).await;
    assert!(well && said == "There was no open sign-in.\n", "{said}");
    for arguments in [&["session", "list", "nobody@cedar.example"][..], &["session", "end", "nobody@cedar.example", "--all"]] {
        let (well, said) = served.home.run(arguments, &[]).await;
        assert!(!well && said == "Nobody signs in with the address nobody@cedar.example.\n", "{said}");
    }
    let (well, _) = served.home.run(&["session", "end", "ana@cedar.example"], &[]).await;
    assert!(!well, "one, or all: said aloud");
    assert!(served.running.ends("TERM").await.success());
    let _ = std::fs::remove_file(&log);
}

#[tokio::test]
async fn another_key_takes_the_place_of_one_and_nothing_is_lost_or_printed() {
    let log = log_of("keys");
    let mut served = Served::open("keys", &[], &log).await;
    let entered = "issuer=https://login.cedar.example&application=common-table&application_password=between-us&label=County+account";
    let answer = served.form("/cedar/settings/sign-on", entered, "").await;
    assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
    assert!(served.running.ends("TERM").await.success());
    let file = served.home.folder().join("site-key");
    let keys = || std::fs::read_to_string(&file).unwrap().split(',').map(|key| key.trim().to_owned()).collect::<Vec<_>>();
    let old = keys();
    assert_eq!(old.len(), 1);

    let (well, said) = served.home.run(&["key", "new"], &[]).await;
    assert!(well && said.contains("2 keys open what they sealed"), "{said}");
    let both = keys();
    assert_eq!((both.len(), &both[1]), (2, &old[0]), "the new one stands first, and the old one still opens");
    let (well, told) = served.home.run(&["key", "drop"], &[]).await;
    assert!(well && told.starts_with("1 secret was sealed anew."), "{told}");
    assert_eq!(keys(), both[..1]);
    let (well, again) = served.home.run(&["key", "drop"], &[]).await;
    assert!(well && again.starts_with("0 secrets were sealed anew."), "{again}");
    for key in &both {
        assert!(!said.contains(key) && !told.contains(key), "a key is never printed");
    }

    // The old file from a backup: what the newer key sealed does not open, and nothing is thrown away.
    std::fs::write(&file, &old[0]).unwrap();
    assert!(served.home.run(&["key", "new"], &[]).await.0);
    let (well, said) = served.home.run(&["key", "drop"], &[]).await;
    assert!(!well && said.contains("1 secret opens by none of the keys") && keys().len() == 2, "{said}");
    let (well, said) = served.home.run(&["key", "new"], &[("SITE_KEY", &both[0])]).await;
    assert!(!well && said.contains("SITE_KEY_FILE") && !said.contains(&both[0]), "{said}");
    let _ = std::fs::remove_file(&log);
}
