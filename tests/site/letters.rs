//! Letters: an invitation and a new password go by a real mail server, each once or not at all, and what becomes of it is told.

use crate::support::{
    Site, Visitor,
    smtp::{Smtp, Taken},
};
use chrono::Duration;
use common_table::{platform::post::Post, worker};
use http::StatusCode;

const NEW: &str = "five words one after another";

/// Invites somebody to staff, and gives the address of the page that then tells about the letter.
async fn invite(admin: &Visitor, name: &str, email: &str) -> String {
    admin.post("/cedar-river/members", &[("role", "staff"), ("name", name), ("email", email)]).await.location
}

fn only(mut taken: Vec<Taken>) -> Taken {
    assert_eq!(taken.len(), 1, "{:?}", taken.iter().map(|one| &one.to).collect::<Vec<_>>());
    taken.remove(0)
}

#[tokio::test]
async fn an_invitation_goes_by_letter_and_whoever_invites_never_sees_its_link() {
    let mut smtp = Smtp::start(&["login"]).await;
    let site = Site::with_letters(smtp.post("smtp://letters:letters@", "")).await;
    let admin = site.visitor("admin").await;
    let page = invite(&admin, "Wren Ashby", "wren.ashby@agency.example").await;
    let told = admin.get(&page).await;
    told.assert_sees("A letter brings them a link").assert_sees("on its way");
    assert!(!told.text.contains("/invitations/"), "the inviter is shown no link");

    assert_eq!(worker::send_due(&site.app).await, 1);
    let letter = only(smtp.taken().await);
    assert_eq!((letter.to.as_str(), letter.secure), ("wren.ashby@agency.example", true));
    assert!(letter.text.contains("Content-Type: text/plain") && letter.text.contains("Content-Type: text/html"), "{}", letter.text);
    assert!(letter.text.contains("Auto-Submitted: auto-generated"), "{}", letter.text);
    admin.get(&page).await.assert_sees("The letter to wren.ashby@agency.example: sent");

    let link = letter.link("http://localhost/invitations/");
    let path = link.trim_start_matches("http://localhost");
    let stranger = site.stranger();
    stranger.open_link(path).await.assert_page("Join Cedar River County");
    let done = stranger.answer_link(path, &[("name", "Wren Ashby"), ("password", NEW)]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    stranger.open_link(path).await.assert_invitation_over();
}

#[tokio::test]
async fn another_letter_ends_the_link_of_the_one_before_and_a_withdrawn_invitation_sends_none() {
    let mut smtp = Smtp::start(&[]).await;
    let site = Site::with_letters(smtp.post("smtp://", "")).await;
    let admin = site.visitor("admin").await;
    let page = invite(&admin, "Wren Ashby", "wren.ashby@agency.example").await;
    worker::send_due(&site.app).await;
    let first = only(smtp.taken().await).link("/invitations/");
    admin.post(&page, &[]).await;
    worker::send_due(&site.app).await;
    let second = only(smtp.taken().await).link("/invitations/");
    site.stranger().open_link(&first).await.assert_invitation_over();
    site.stranger().open_link(&second).await.assert_page("Join Cedar River County");

    let page = invite(&admin, "Rowan Ashby", "rowan.ashby@agency.example").await;
    let member = page.trim_end_matches("/invitation");
    admin.post(&format!("{member}/ending"), &[("version", "1")]).await;
    assert_eq!(worker::send_due(&site.app).await, 1, "it is looked at");
    assert!(smtp.taken().await.is_empty(), "and not sent");
    assert_eq!(site.count("letter where dropped_at is not null").await, 1);
}

/// What becomes of a letter, by the beginning of its address: how often it is taken in all, and what is told at the end.
const FATES: &[(&str, usize, &str)] = &[
    ("busy", 1, "sent"),
    ("full", 1, "sent"),
    ("dropped", 1, "sent"),
    ("gone", 0, "given up The mail server refuses it (550)"),
    ("spam", 0, "given up The mail server refuses it (554)"),
    ("mute", 1, "sent"),
    ("late", 1, "given up The mail server took too long: nobody knows whether the letter arrived"),
    ("cut", 1, "given up The line was cut while the letter was handed over: nobody knows whether it arrived"),
];

#[tokio::test]
async fn each_letter_arrives_once_or_it_is_told_that_it_did_not() {
    let mut smtp = Smtp::start(&[]).await;
    let site = Site::with_letters(Post { patience: std::time::Duration::from_millis(700), ..smtp.post("smtp://", "") }).await;
    let admin = site.visitor("admin").await;
    let mut pages = Vec::new();
    for (fate, ..) in FATES {
        pages.push(invite(&admin, &format!("Wren {fate}"), &format!("{fate}.wren@agency.example")).await);
    }
    for _ in 0..4 {
        worker::send_due(&site.app).await;
        site.clock.advance(Duration::minutes(20));
    }
    let taken = smtp.taken().await;
    for ((fate, times, told), page) in FATES.iter().zip(&pages) {
        let address = format!("{fate}.wren@agency.example");
        assert_eq!(taken.iter().filter(|letter| letter.to == address).count(), *times, "{fate}");
        let shown = admin.get(page).await;
        assert!(shown.words().contains(&format!("{address}: {told}")), "{fate}: {}", shown.words());
        assert!(!shown.words().contains("no such mailbox"), "what the mail server says is not shown");
    }
    admin.get("/cedar-river").await.assert_sees("4 letters with invitations could not be delivered");
}

const NO_TRUST: &str =
    "tried again soon No encryption can be agreed on with the mail server: it offers none, or its certificate is not trusted";

#[tokio::test]
async fn nothing_is_said_to_a_server_that_is_not_trusted_or_not_encrypted() {
    let mut smtp = Smtp::start(&[]).await;
    let mut plain = Smtp::plain().await;
    let untrusted = smtp.post_trusting("smtp://", "", None);
    for post in [untrusted, plain.post("smtp://", "")] {
        let site = Site::with_letters(post).await;
        let admin = site.visitor("admin").await;
        let page = invite(&admin, "Wren Ashby", "wren@agency.example").await;
        worker::send_due(&site.app).await;
        admin.get(&page).await.assert_sees(NO_TRUST);
        for _ in 1..8 {
            site.clock.advance(Duration::hours(13));
            worker::send_due(&site.app).await;
        }
        site.visitor("admin").await.get(&page).await.assert_sees("given up It was tried 8 times");
        site.clock.advance(Duration::hours(13));
        assert_eq!(worker::send_due(&site.app).await, 0, "never a ninth time");
    }
    assert!(smtp.taken().await.is_empty() && plain.taken().await.is_empty());
    let site = Site::with_letters(plain.post("smtp://", "?tls=none")).await;
    invite(&site.visitor("admin").await, "Wren Ashby", "wren@agency.example").await;
    worker::send_due(&site.app).await;
    assert!(!only(plain.taken().await).secure, "a catcher on the same machine, asked for by name");
}

#[tokio::test]
async fn encryption_from_the_first_byte_and_a_folder_are_ways_as_well() {
    let mut smtp = Smtp::start(&["only-tls"]).await;
    let site = Site::with_letters(smtp.post("smtps://", "")).await;
    invite(&site.visitor("admin").await, "Wren Ashby", "wren@agency.example").await;
    worker::send_due(&site.app).await;
    assert!(only(smtp.taken().await).secure);

    let folder = tempfile::tempdir().unwrap();
    let post = Post::read(&format!("folder:{}", folder.path().display()), Some("table@agency.example".to_owned()), None).unwrap();
    let site = Site::with_letters(post).await;
    invite(&site.visitor("admin").await, "Wren Ashby", "wren@agency.example").await;
    worker::send_due(&site.app).await;
    let files: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().path()).collect();
    assert_eq!(files.len(), 1);
    assert!(std::fs::read_to_string(&files[0]).unwrap().contains("To: wren@agency.example"));
}

#[tokio::test]
async fn a_letter_whose_program_ended_is_not_sent_a_second_time() {
    let mut smtp = Smtp::start(&[]).await;
    let site = Site::with_letters(smtp.post("smtp://", "")).await;
    let admin = site.visitor("admin").await;
    let page = invite(&admin, "Wren Ashby", "wren@agency.example").await;
    // The program claimed it, and ended.
    site.force("update letter set attempts = 1, claimed_until = now() - interval '100 years'").await;
    worker::sweep(&site.app).await.unwrap();
    assert_eq!(worker::send_due(&site.app).await, 0);
    admin.get(&page).await.assert_sees("given up The program ended while it was sent: nobody knows whether it arrived");
    assert!(smtp.taken().await.is_empty());
}

#[tokio::test]
async fn several_workers_send_each_letter_once() {
    let mut smtp = Smtp::start(&[]).await;
    let site = Site::with_letters(smtp.post("smtp://", "")).await;
    let admin = site.visitor("admin").await;
    for number in 0..12 {
        invite(&admin, &format!("Wren {number}"), &format!("wren{number}@agency.example")).await;
    }
    let workers = [worker::send_due(&site.app), worker::send_due(&site.app), worker::send_due(&site.app)];
    let sent: usize = futures_util::future::join_all(workers).await.into_iter().sum();
    let mut taken: Vec<String> = smtp.taken().await.into_iter().map(|letter| letter.to).collect();
    assert_eq!((sent, taken.len()), (12, 12));
    taken.sort();
    taken.dedup();
    assert_eq!(taken.len(), 12, "each of them once");
    assert_eq!(site.count("letter where sent_at is not null and attempts = 1").await, 12);
}

#[tokio::test]
async fn a_new_password_comes_by_letter_and_nobody_learns_which_addresses_sign_in() {
    let mut smtp = Smtp::start(&[]).await;
    let site = Site::with_letters(smtp.post("smtp://", "")).await;
    let staff = site.visitor("staff").await;
    site.force("update account set is_demo = false where email = 'staff@demo.example'").await;
    let stranger = site.stranger();
    let mut answers = Vec::new();
    for email in ["staff@demo.example", "nobody@demo.example", "director@demo.example"] {
        let asked = stranger.post("/reset", &[("email", email)]).await;
        answers.push((asked.status, asked.location.clone(), stranger.get(&asked.location).await.words()));
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    assert_eq!(site.count("letter").await, 3, "as many letters wait for unknown addresses");
    worker::send_due(&site.app).await;
    let letter = only(smtp.taken().await);
    assert_eq!(letter.to, "staff@demo.example");
    assert!(!letter.text.contains("Cedar River") && !letter.text.contains("Marcus"), "{}", letter.text);
    let link = letter.link("http://localhost/reset/");
    let said = letter.text.replace("=\r\n", "").replace("=\n", "");
    assert!(said.contains("until Wednesday 17 March 2027, 1:00 pm CDT"), "the agency’s time: {said}");
    let path = link.trim_start_matches("http://localhost");

    stranger.open_link(path).await.assert_page("Choose a new password");
    stranger.answer_link(path, &[("new_password", "short")]).await.assert_problem("new_password", "");
    assert_eq!(stranger.answer_link(path, &[("new_password", NEW)]).await.location, "/sign-in");
    assert_eq!(stranger.answer_link(path, &[("new_password", NEW)]).await.status, StatusCode::GONE, "once");
    staff.get("/cedar-river").await.assert_sent_to_sign_in();
    let old = stranger.post("/sign-in", &[("email", "staff@demo.example"), ("password", "common-table-demo")]).await;
    assert_ne!(old.status, StatusCode::SEE_OTHER, "the old password is over");
    let new = stranger.post("/sign-in", &[("email", "staff@demo.example"), ("password", NEW)]).await;
    assert_eq!(new.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_way_to_a_new_password_ends_after_an_hour_and_only_the_latest_letter_leads_there() {
    let mut smtp = Smtp::start(&[]).await;
    let site = Site::with_letters(smtp.post("smtp://", "")).await;
    site.force("update account set is_demo = false where email = 'staff@demo.example'").await;
    let stranger = site.stranger();
    for _ in 0..5 {
        stranger.post("/reset", &[("email", "staff@demo.example")]).await;
    }
    worker::send_due(&site.app).await;
    let letters = smtp.taken().await;
    assert_eq!(letters.len(), 3, "nobody’s mailbox is flooded");
    for before in &letters[..2] {
        assert_eq!(stranger.open_link(&before.link("/reset/")).await.status, StatusCode::GONE, "a newer letter took its place");
    }
    let last = letters[2].link("/reset/");
    site.clock.advance(Duration::minutes(59));
    stranger.open_link(&last).await.assert_page("Choose a new password");
    site.clock.advance(Duration::minutes(2));
    assert_eq!(stranger.open_link(&last).await.status, StatusCode::GONE);
    assert_eq!(stranger.answer_link(&last, &[("new_password", NEW)]).await.status, StatusCode::GONE);
}

#[tokio::test]
async fn without_a_way_for_letters_a_new_password_is_a_matter_of_asking_somebody() {
    let site = Site::open().await;
    let page = site.stranger().get("/reset").await;
    page.assert_sees("This site sends no letters");
    assert!(page.select("main form").is_empty());
    site.stranger().post("/reset", &[("email", "staff@demo.example")]).await;
    assert_eq!(site.count("letter").await, 0);
}

#[tokio::test]
async fn a_password_that_is_easy_to_guess_is_refused_wherever_one_is_chosen() {
    let mut smtp = Smtp::start(&[]).await;
    let site = Site::with_letters(smtp.post("smtp://", "")).await;
    let staff = site.visitor("staff").await;
    let own = [("current_password", "common-table-demo"), ("new_password", "iloveyouiloveyou")];
    staff.post("/account/password", &own).await.assert_problem("new_password", "Choose another one: this one is easy to guess");
    site.force("update account set is_demo = false where email = 'staff@demo.example'").await;
    let stranger = site.stranger();
    stranger.post("/reset", &[("email", "staff@demo.example")]).await;
    worker::send_due(&site.app).await;
    let path = only(smtp.taken().await).link("/reset/");
    stranger.answer_link(&path, &[("new_password", "123456789012345678")]).await.assert_problem("new_password", "Choose another one");

    // Nobody learns from it which addresses have an account.
    let admin = site.visitor("admin").await;
    for email in ["new@agency.example", "director@demo.example"] {
        invite(&admin, &format!("Wren {email}"), email).await;
        worker::send_due(&site.app).await;
        let path = only(smtp.taken().await).link("/invitations/");
        let sent = stranger.answer_link(&path, &[("name", "Wren"), ("password", "qwertyuiopasdfgh")]).await;
        sent.assert_problem("password", "Enter the password that you sign in with. If you have none yet, choose another one");
    }
}

#[tokio::test]
async fn a_password_changed_meanwhile_ends_the_way_that_a_letter_opened() {
    let mut smtp = Smtp::start(&[]).await;
    let site = Site::with_letters(smtp.post("smtp://", "")).await;
    let staff = site.visitor("staff").await;
    site.force("update account set is_demo = false where email = 'staff@demo.example'").await;
    site.stranger().post("/reset", &[("email", "staff@demo.example")]).await;
    worker::send_due(&site.app).await;
    let path = only(smtp.taken().await).link("/reset/");
    let own = [("current_password", "common-table-demo"), ("new_password", NEW)];
    assert_eq!(staff.post("/account/password", &own).await.status, StatusCode::SEE_OTHER);
    assert_eq!(site.stranger().answer_link(&path, &[("new_password", "heron ladder copper Tuesday")]).await.status, StatusCode::GONE);
}

#[tokio::test]
async fn a_button_pressed_twice_at_once_changes_the_password_and_says_so_twice() {
    let mut smtp = Smtp::start(&[]).await;
    let site = Site::with_letters(smtp.post("smtp://", "")).await;
    site.force("update account set is_demo = false where email = 'staff@demo.example'").await;
    let (one, other) = (site.stranger(), site.stranger());
    one.post("/reset", &[("email", "staff@demo.example")]).await;
    worker::send_due(&site.app).await;
    let path = only(smtp.taken().await).link("/reset/");
    let fields = [("new_password", NEW), ("key", "pressed-twice-00000001")];
    let (first, second) = tokio::join!(one.answer_link(&path, &fields), other.answer_link(&path, &fields));
    assert_eq!((first.location.as_str(), second.location.as_str()), ("/sign-in", "/sign-in"));
    let somebody = [("new_password", NEW), ("key", "somebody-else-00000001")];
    assert_eq!(one.answer_link(&path, &somebody).await.status, StatusCode::GONE);
}

#[tokio::test]
async fn a_person_with_lived_experience_gets_no_letter_that_nobody_asked_them_about() {
    let mut smtp = Smtp::start(&[]).await;
    let site = Site::with_letters(smtp.post("smtp://", "")).await;
    let admin = site.visitor("admin").await;
    let fields = [("role", "community"), ("reader", "@facilitator"), ("name", "Wren Ashby"), ("email", "wren@home.example")];
    let page = admin.follow(&admin.post("/cedar-river/members", &fields).await).await;
    page.assert_sees("Pass this link on to them").assert_sees("/invitations/");
    assert_eq!(worker::send_due(&site.app).await, 0);
    assert!(smtp.taken().await.is_empty());
}

#[tokio::test]
async fn a_line_end_in_a_name_makes_no_header_of_a_letter() {
    let mut smtp = Smtp::start(&[]).await;
    let site = Site::with_letters(smtp.post("smtp://", "")).await;
    let admin = site.visitor("admin").await;
    site.force("update membership set name = E'Agnes\\r\\nBcc: thief@evil.example\\r\\n\\r\\nHello' where id = '@admin'").await;
    for (name, email) in [
        ("Wren\r\nBcc: thief@evil.example", "wren@agency.example"),
        ("Wren\u{85}Bcc: thief@evil.example\u{2028}X: y", "rowan@agency.example"),
    ] {
        invite(&admin, name, email).await;
    }
    worker::send_due(&site.app).await;
    let taken = smtp.taken().await;
    assert_eq!(taken.len(), 2, "each goes to whom it is for, and to nobody else");
    for letter in &taken {
        assert!(letter.to.ends_with("@agency.example"), "{}", letter.to);
        let head = letter.text.split("\n\n").next().unwrap();
        assert!(!head.lines().any(|line| line.to_lowercase().starts_with("bcc:") || line.starts_with("X:")), "{head}");
    }
}

#[tokio::test]
async fn a_new_password_by_letter_makes_the_browser_known_whatever_others_try() {
    let mut smtp = Smtp::start(&[]).await;
    let site = Site::with_letters(smtp.post("smtp://", "")).await;
    site.force("update account set is_demo = false where email = 'staff@demo.example'").await;
    let (attacker, owner) = (site.stranger().from("203.0.113.9"), site.stranger().from("198.51.100.7"));
    attacker.post("/sign-in", &[("email", "staff@demo.example"), ("password", "a wrong guess of mine")]).await;
    site.force("update tally set count = 1000000").await;
    let sign_in = [("email", "staff@demo.example"), ("password", NEW)];
    owner.post("/reset", &[("email", "staff@demo.example")]).await;
    worker::send_due(&site.app).await;
    let link = only(smtp.taken().await).link("/reset/");
    assert_eq!(owner.answer_link(&link, &[("new_password", NEW)]).await.location, "/sign-in");
    assert_eq!(owner.post("/sign-in", &sign_in).await.status, StatusCode::SEE_OTHER);
    let elsewhere = site.stranger().from("198.51.100.7").post("/sign-in", &sign_in).await;
    assert_eq!(elsewhere.status, StatusCode::TOO_MANY_REQUESTS, "another browser waits until the attack is over");
}

#[tokio::test]
async fn why_a_letter_could_not_be_written_is_told_where_the_letter_stands() {
    let mut smtp = Smtp::start(&[]).await;
    let site = Site::with_letters(smtp.post("smtp://", "")).await;
    let admin = site.visitor("admin").await;
    let page = invite(&admin, "Wren Ashby", "wren@agency.example").await;
    site.force("revoke update (token_hash) on invitation from app_system").await;
    assert_eq!(worker::send_due(&site.app).await, 1);
    let why = "It could not be written: database 42501: permission denied for table invitation";
    admin.get(&page).await.assert_sees(&format!("tried again soon {why}"));
    assert!(smtp.taken().await.is_empty());
    site.force("grant update (token_hash) on invitation to app_system").await;
    site.clock.advance(Duration::minutes(2));
    worker::send_due(&site.app).await;
    assert_eq!(only(smtp.taken().await).to, "wren@agency.example");
}
