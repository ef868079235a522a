//! Another address for a sign-in, and the end of an account.

use crate::support::{
    Site, Visitor,
    smtp::{self, Smtp, Taken},
};
use common_table::worker;
use http::StatusCode;

const NEW: &str = "wren@elsewhere.example";

/// A site that sends letters, and one of its staff signed in, whose account is a real one.
async fn with_letters(smtp: &Smtp) -> (Site, Visitor, String) {
    let site = Site::with_letters(smtp.post("smtp://", "")).await;
    let staff = site.visitor("staff").await;
    site.force("update account set is_demo = false; update agency set is_demo = false").await;
    let address = site.peek("select a.email from account a join membership m on m.account_id = a.id where m.id = '@staff'").await;
    (site, staff, address)
}

async fn letters(site: &Site, smtp: &mut Smtp) -> Vec<Taken> {
    worker::send_due(&site.app).await;
    smtp.taken().await
}

fn to<'a>(letters: &'a [Taken], address: &str) -> &'a Taken {
    letters.iter().find(|one| one.to == address).unwrap_or_else(|| panic!("no letter to {address}"))
}

/// Opens the link of a letter in a browser of its own and presses one of its buttons.
async fn answers(site: &Site, letter: &Taken, said: &str) -> crate::support::Answer {
    let link = letter.link("http://localhost/account/new-address/");
    let stranger = site.stranger();
    let opened = stranger.get(link.trim_start_matches("http://localhost")).await;
    let stranger = stranger.with_cookie("__Host-address", &link["http://localhost/account/new-address/".len()..]);
    opened.assert_goes_to("/account/new-address");
    stranger.fill("/account/new-address", "/new-address", &[("said", said)]).await
}

async fn asks(staff: &Visitor, address: &str) {
    staff.post("/account/address", &[("address", address)]).await.assert_flash("A letter is on its way to each of the two addresses");
}

#[tokio::test]
async fn an_address_changes_when_both_have_said_yes_and_not_before() {
    let mut smtp = Smtp::start(&[]).await;
    let (site, staff, old) = with_letters(&smtp).await;
    asks(&staff, NEW).await;
    staff.get("/account").await.assert_sees(&format!("It is about to become {NEW}"));
    let sent = letters(&site, &mut smtp).await;
    answers(&site, to(&sent, NEW), "yes").await.assert_flash("Noted. The address changes when the other one has said yes too");
    assert_eq!(site.count(&format!("account where email = '{NEW}'")).await, 0);
    answers(&site, to(&sent, &old), "yes").await.assert_flash("The address is changed. Sign in with the new one from now on");
    assert_eq!(site.count(&format!("account where email = '{NEW}'")).await, 1);
    assert_eq!(site.count("audit where action = 'changed the address they sign in with'").await, 1);
    let told = letters(&site, &mut smtp).await;
    assert!(to(&told, &old).text.contains(NEW), "whoever read the old address learns of it");
    // Pressed again it says the same; a third browser finds the link at its end.
    answers(&site, to(&sent, &old), "yes").await.assert_flash("The address is changed. Sign in with the new one from now on");
}

#[tokio::test]
async fn either_address_stops_a_change_and_another_request_ends_the_one_before() {
    let mut smtp = Smtp::start(&[]).await;
    let (site, staff, old) = with_letters(&smtp).await;
    asks(&staff, NEW).await;
    let first = letters(&site, &mut smtp).await;
    staff
        .post("/account/address", &[("address", "wren@third.example")])
        .await
        .assert_flash("A letter is on its way to each of the two addresses");
    let second = letters(&site, &mut smtp).await;
    let link = to(&first, NEW).link("http://localhost/account/new-address/");
    let token = &link["http://localhost/account/new-address/".len()..];
    site.stranger().with_cookie("__Host-address", token).get("/account/new-address").await.assert_status(StatusCode::GONE);
    answers(&site, to(&second, &old), "no").await.assert_flash("Stopped. The address stays as it was");
    let link = to(&second, "wren@third.example").link("http://localhost/account/new-address/");
    let token = &link["http://localhost/account/new-address/".len()..];
    site.stranger().with_cookie("__Host-address", token).get("/account/new-address").await.assert_status(StatusCode::GONE);
    assert_eq!(site.count(&format!("account where email = '{old}'")).await, 1);
}

#[tokio::test]
async fn whoever_asks_for_an_address_that_signs_in_already_learns_nothing_of_it() {
    let mut smtp = Smtp::start(&[]).await;
    let (site, staff, old) = with_letters(&smtp).await;
    let taken: String = site.peek("select a.email from account a join membership m on m.account_id = a.id where m.id = '@director'").await;
    asks(&staff, &taken).await;
    let sent = letters(&site, &mut smtp).await;
    let theirs = to(&sent, &taken);
    assert!(theirs.text.contains("has a sign-in of its own already") && !theirs.text.contains("/new-address/"), "{}", theirs.text);
    answers(&site, to(&sent, &old), "yes").await.assert_flash("Noted. The address changes when the other one has said yes too");
    assert_eq!(site.count(&format!("account where email = '{old}'")).await, 1);
}

#[tokio::test]
async fn a_closed_account_opens_nothing_and_what_its_person_said_stays() {
    let site = Site::alone().await;
    let (parent, staff) = (site.visitor("parent").await, site.visitor("staff").await);
    let said = site.count("statement s join speaker k on k.id = s.speaker_id and k.agency_id = s.agency_id where k.membership_id = '@parent' and s.words is not null").await;
    let email: String = site.peek("select a.email from account a join membership m on m.account_id = a.id where m.id = '@parent'").await;
    site.force("update speaker set reach_aside = '{\"telephone\": \"555-0142\"}' where membership_id = '@parent'").await;
    parent.fill("/account/closing", "/account/closing", &[]).await.assert_problem("close", "Tick this");
    parent.fill("/account/closing", "/account/closing", &[("close", "yes")]).await.assert_flash("Your account is closed");
    parent.get("/account").await.assert_sent_to_sign_in();
    parent.get("/cedar-river").await.assert_sent_to_sign_in();
    assert_eq!(site.count("membership where id = '@parent' and state = 'ended'").await, 1);
    assert_eq!(site.count(&format!("account where email = '{email}'")).await, 0, "the address is free for another invitation");
    assert_eq!(site.count("member_identity where membership_id = '@parent' and email = ''").await, 1);
    assert_eq!(site.count("speaker where membership_id = '@parent' and reach_aside <> '{}'").await, 0, "nor what waited aside");
    let stays = site.count("statement s join speaker k on k.id = s.speaker_id and k.agency_id = s.agency_id where k.membership_id = '@parent' and s.words is not null").await;
    assert!(said > 0 && stays == said, "{said} {stays}");
    staff.get("/cedar-river/statements").await.assert_page("Statements");
}

#[tokio::test]
async fn the_only_administrator_hands_over_before_their_account_closes() {
    let site = Site::alone().await;
    site.force("update membership set state = 'ended', ended_at = created_at where role = 'administrator' and id <> '@admin'").await;
    let admin = site.visitor("admin").await;
    admin.get("/account/closing").await.assert_sees("Make somebody else an administrator first");
    admin.post("/account/closing", &[("close", "yes")]).await.assert_problem("", "Make somebody else an administrator first");
    assert_eq!(site.count("membership where id = '@admin' and state = 'active'").await, 1);
}

#[tokio::test]
async fn a_closed_account_leaves_nothing_by_which_its_person_is_reached_or_comes_in_again() {
    let site = Site::alone().await;
    site.force(
        "insert into sign_on_identity (agency_id, id, account_id, issuer, subject, joined_at) \
         select agency_id, gen_random_uuid(), account_id, 'https://sign-on.example', 'somebody', created_at from membership where id = '@parent'; \
         update membership set state = 'suspended', suspended_by = 'agency', suspended_at = created_at where id = '@tribe_member'; \
         update membership set account_id = (select account_id from membership where id = '@parent') where id = '@tribe_member'",
    )
    .await;
    let parent = site.visitor("parent").await;
    parent.fill("/account/closing", "/account/closing", &[("close", "yes")]).await.assert_flash("Your account is closed");
    assert_eq!(site.count("sign_on_identity where subject = 'somebody' and ended_at is null").await, 0);
    assert_eq!(site.count("member_identity where membership_id in ('@parent', '@tribe_member') and email <> ''").await, 0);
}

#[tokio::test]
async fn few_letters_go_to_one_address_whoever_asks_and_nobody_is_told() {
    let mut smtp = Smtp::start(&[]).await;
    let (site, [staff, director, analyst]) = smtp::with_letters(&smtp, ["staff", "director", "analyst"]).await;
    for asker in [&staff, &director, &staff, &analyst, &director] {
        asks(asker, NEW).await;
    }
    let sent = letters(&site, &mut smtp).await;
    assert!(
        sent.iter().filter(|one| one.to.eq_ignore_ascii_case(NEW)).count() <= 3,
        "{:?}",
        sent.iter().map(|one| &one.to).collect::<Vec<_>>()
    );
    let queued = "letter l join address_word w on w.id = l.about join address_change c on c.id = w.change_id";
    assert_eq!(site.count(&format!("{queued} where w.is_new and c.wanted = '{NEW}'")).await, 3);
    // Somebody else's address is another count, and an hour later it is over.
    asks(&analyst, "wren@fourth.example").await;
    assert_eq!(site.count(&format!("{queued} where w.is_new and c.wanted = 'wren@fourth.example'")).await, 1);
    site.clock.advance(chrono::Duration::minutes(61));
    asks(&staff, NEW).await;
    assert_eq!(site.count(&format!("{queued} where w.is_new and c.wanted = '{NEW}'")).await, 4);
}

#[tokio::test]
async fn one_network_asks_for_so_many_addresses_an_hour() {
    let mut smtp = Smtp::start(&[]).await;
    let (site, staff, _) = with_letters(&smtp).await;
    let office = staff.from("198.51.100.7");
    asks(&office, NEW).await;
    site.force("update tally set count = 1000000").await;
    office.post("/account/address", &[("address", "wren@fourth.example")]).await.assert_status(StatusCode::TOO_MANY_REQUESTS);
    letters(&site, &mut smtp).await;
    assert_eq!(site.count("address_change where wanted = 'wren@fourth.example'").await, 0);
}

#[tokio::test]
async fn the_only_director_reads_what_their_account_leaves_and_the_administrators_are_told() {
    let site = Site::alone().await;
    site.force(
        "update membership set state = 'ended', ended_at = created_at where role = 'director' and id <> '@director'
             and agency_id = (select agency_id from membership where id = '@director')",
    )
    .await;
    let director = site.visitor("director").await;
    director.get("/account/closing").await.assert_sees("You are the only director of Cedar River");
    site.visitor("staff").await.get("/account/closing").await.assert_never_sees("the only director");
    director.fill("/account/closing", "/account/closing", &[("close", "yes")]).await.assert_flash("Your account is closed");
    assert_eq!(site.count("notice where membership_id = '@admin' and said like 'The last director closed their account here.%'").await, 1);
}
