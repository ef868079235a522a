//! A body's first steward comes in with two halves that two people of the agency have. Here each of the two tries alone.

use crate::support::{Answer, Site, Visitor, refused};

pub const FIRST: &str = "/cedar-river/members/first-stewards";
const NEW: &str = "018f5e2a-0000-7000-8000-00000000bbbb";
const PASSWORD: &str = "four words in a row";

pub fn act<'a>(body: &'a str, email: &'a str) -> Vec<(&'static str, &'a str)> {
    vec![
        ("body", body),
        ("document", "resolution"),
        ("dated", "2026-01-15"),
        ("reference", "Resolution 3"),
        ("received_by", "@director"),
        ("name", "Luz Aguilar"),
        ("email", email),
    ]
}

/// What is shown once on the page that follows a form: a link or a code.
async fn shown_after(visitor: &Visitor, path: &str, fields: &[(&str, &str)], to: &str) -> String {
    let made = visitor.post(path, fields).await;
    made.assert_goes_to(to);
    visitor.follow(&made).await.select(".letter").join("").trim().to_owned()
}

/// The link on the page that follows a form.
pub async fn link_of(visitor: &Visitor, path: &str, fields: &[(&str, &str)]) -> String {
    let shown = shown_after(visitor, path, fields, "/cedar-river/members/*/invitation").await;
    shown.split_once("http://localhost").map(|(_, path)| path.trim().to_owned()).expect("the page shows the link")
}

async fn code_of(visitor: &Visitor, path: &str, fields: &[(&str, &str)]) -> String {
    let code = shown_after(visitor, path, fields, "/cedar-river/members/*/first-steward/code").await;
    assert_eq!(code.len(), 9, "{code}");
    code
}

/// Somebody writes a body's act down, and the director who received it confirms that it came; answers the link and the code.
async fn by_two(site: &Site, recorder: &Visitor, body: &str, email: &str) -> (String, String) {
    let code = code_of(recorder, FIRST, &act(body, email)).await;
    let director = site.visitor("director").await;
    let steward = steward_of(site, email).await;
    (link_of(&director, &format!("/cedar-river/members/{steward}/first-steward"), &[]).await, code)
}

async fn steward_of(site: &Site, email: &str) -> String {
    site.peek(&format!("select membership_id::text from steward_act where email = '{email}'")).await
}

async fn try_in(site: &Site, link: &str, name: &str, code: &str) -> (Visitor, Answer) {
    let newcomer = site.stranger();
    let answer = newcomer.answer_link(link, &[("name", name), ("password", PASSWORD), ("code", code)]).await;
    (newcomer, answer)
}

async fn come_in(site: &Site, (link, code): &(String, String), name: &str) -> Visitor {
    let (newcomer, answer) = try_in(site, link, name, code).await;
    answer.assert_goes_to("/cedar-river");
    newcomer
}

#[tokio::test]
async fn whoever_wrote_the_act_down_never_has_the_link() {
    let site = Site::open().await;
    let (staff, director) = (site.visitor("staff").await, site.visitor("director").await);
    let code = code_of(&staff, FIRST, &act("@sanmiguel", "marcus.second@example.org")).await;
    let steward = steward_of(&site, "marcus.second@example.org").await;
    director.get(FIRST).await.assert_sees("marcus.second@example.org");
    let (confirm, page) = (format!("/cedar-river/members/{steward}/first-steward"), format!("/cedar-river/members/{steward}/invitation"));
    link_of(&director, &confirm, &[]).await;
    staff.post(&page, &[]).await.assert_not_allowed();
    assert_eq!(staff.get(&page).await.select(".letter").join(""), "");
    let made = format!(
        "insert into invitation (id, membership_id, token_hash, email, made_by, created_at, expires_at) \
         values ('{NEW}', '{steward}', 'x', 'marcus.second@example.org', '@staff', now(), now() + interval '1 day')"
    );
    refused("past the pages", site.attempt("staff", "staff", &made).await);
    let seen = format!("update invitation set expires_at = now() where membership_id = '{steward}'");
    refused("nor is theirs ended", site.attempt("staff", "staff", &seen).await);
    assert!(!code.is_empty(), "what they have instead");
}

#[tokio::test]
async fn whoever_received_the_act_never_has_the_code_and_cannot_guess_it() {
    let site = Site::open().await;
    let (staff, director) = (site.visitor("staff").await, site.visitor("director").await);
    let (link, code) = by_two(&site, &staff, "@sanmiguel", "luz@example.org").await;
    let steward = steward_of(&site, "luz@example.org").await;
    let page = format!("/cedar-river/members/{steward}/first-steward/code");
    director.get(&page).await.assert_not_allowed();
    director.post(&page, &[]).await.assert_not_allowed();
    site.visitor("facilitator").await.get(&page).await.assert_not_found();
    assert_eq!(site.count(&format!("steward_code where position('{}' in steward_code::text) > 0", code.replace('-', ""))).await, 0);
    for hat in ["director", "staff"] {
        let own =
            format!("update steward_code set code_hash = sha256('{steward}:00000000'::bytea), tries = 0 where membership_id = '{steward}'");
        refused("a code of one's own", site.attempt("director", hat, &own).await);
    }
    let wrong = if code.starts_with('0') { "1111-1111" } else { "0000-0000" };
    try_in(&site, &link, "Luz Aguilar", "").await.1.assert_problem("code", "Enter the code");
    for _ in 0..5 {
        try_in(&site, &link, "Luz Aguilar", wrong).await.1.assert_problem("code", "Check the code");
    }
    try_in(&site, &link, "Luz Aguilar", &code).await.1.assert_problem("code", "This code has ended");
    assert_eq!(site.count("account where email = 'luz@example.org'").await, 0, "nobody came in");
    let again = code_of(&staff, &page, &[]).await;
    assert_ne!(code, again);
    // Typed as it was said on the telephone.
    let typed = again.to_lowercase().replace('-', " ");
    let (luz, answer) = try_in(&site, &link, "Luz Aguilar", &typed).await;
    answer.assert_goes_to("/cedar-river");
    luz.get("/cedar-river/members/changes").await.assert_sees("made the code anew for Luz Aguilar");
}

#[tokio::test]
async fn no_transaction_comes_in_as_a_first_steward_without_the_code() {
    let site = Site::open().await;
    let (staff, director) = (site.visitor("staff").await, site.visitor("director").await);
    let steward = "/cedar-river/members/@act_waiting/first-steward";
    let code = code_of(&staff, &format!("{steward}/code"), &[]).await;
    link_of(&director, steward, &[]).await;
    let account: String = site.peek("select account_id::text from membership where id = '@parent'").await;
    let take = |code: &str| {
        format!(
            "select set_config('app.code', '{code}', true), set_config('app.account', '{account}', true); \
             update membership set account_id = '{account}', state = 'active' where id = '@act_waiting'"
        )
    };
    refused("without", site.attempt("act_waiting", "partner", &take("")).await);
    refused("another", site.attempt("act_waiting", "partner", &take("00000000")).await);
    assert!(site.attempt("act_waiting", "partner", &take(&code.replace('-', ""))).await.is_ok(), "with it");
}

#[tokio::test]
async fn where_there_is_a_director_one_receives_the_act_whom_the_recorder_did_not_let_in() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let alone: Vec<_> = act("@sanmiguel", "luz@example.org").into_iter().filter(|(name, _)| *name != "received_by").collect();
    for receiver in ["@facilitator", "@admin"] {
        let fields = [&alone[..], &[("received_by", receiver)]].concat();
        staff.post(FIRST, &fields).await.assert_problem("received_by", "Choose who received it");
    }
    site.force("update membership set invited_by = '@staff' where id = '@director'").await;
    staff.post(FIRST, &act("@sanmiguel", "luz@example.org")).await.assert_problem("received_by", "Choose who received it");
    site.force("update membership set state = 'ended' where id = '@director'").await;
    let fields = [&alone[..], &[("received_by", "@facilitator")]].concat();
    code_of(&staff, FIRST, &fields).await;
}

#[tokio::test]
async fn a_bodys_recorded_act_names_its_first_steward_once() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let halves = by_two(&site, &staff, "@sanmiguel", "luz@example.org").await;
    let luz = come_in(&site, &halves, "Luz Aguilar").await;
    let changes = luz.get("/cedar-river/members/changes").await;
    changes.assert_page("Changes in our membership").assert_sees("Resolution 3").assert_sees("Rosalind Achterberg");
    changes.assert_sees("Marcus Tellwell recorded the body’s act naming its first steward, Luz Aguilar");
    changes.assert_sees("Rosalind Achterberg confirmed the body’s act naming its first steward, Luz Aguilar");
    staff.post(FIRST, &act("@sanmiguel", "again@example.org")).await.assert_problem("body", "Choose a body that has no steward");
    luz.get("/cedar-river/members/admissions/new").await.assert_page("Invite one of our people");
}

#[tokio::test]
async fn a_first_steward_who_never_came_in_is_replaced_only_by_another_act() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let (first, _) = by_two(&site, &staff, "@sanmiguel", "luz@example.org").await;
    let second = by_two(&site, &staff, "@sanmiguel", "rosa@example.org").await;
    site.stranger().open_link(&first).await.assert_invitation_over();
    come_in(&site, &second, "Rosa Aguilar").await.get("/cedar-river/members/changes").await.assert_page("Changes in our membership");
}

#[tokio::test]
async fn somebody_with_a_role_in_the_agency_cannot_come_in_as_a_bodys_first_steward() {
    let site = Site::open().await;
    let admin = site.visitor("admin").await;
    let (link, code) = by_two(&site, &admin, "@sanmiguel", "admin@demo.example").await;
    let fields = [("name", "Agnes"), ("password", common_table::demo::PASSWORD), ("code", &code)];
    let refused = site.stranger().answer_link(&link, &fields).await;
    refused.assert_problem("password", "Ask the body to name somebody else");
    assert_eq!(site.count("membership where partner_id = '@sanmiguel' and state = 'active'").await, 0);
}

#[tokio::test]
async fn no_one_person_of_the_county_makes_a_tribes_first_steward() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let alone: Vec<_> = act("@sanmiguel", "marcus@example.org").into_iter().filter(|(name, _)| *name != "received_by").collect();
    let to_oneself = [&alone[..], &[("received_by", "@staff")]].concat();
    staff.post(FIRST, &to_oneself).await.assert_problem("received_by", "Choose who received it");
    // The same person under a second hat is the same person.
    let (second, account) = ("018f5e2a-0000-7000-8000-00000000cccc", "(select account_id from membership where id = '@staff')");
    site.force(&format!(
        "insert into membership (agency_id, id, account_id, name, role, state, created_at) \
         select agency_id, '{second}', {account}, 'Marcus Tellwell', 'administrator', 'active', now() from membership where id = '@staff'"
    ))
    .await;
    let to_another_hat = [&alone[..], &[("received_by", second)]].concat();
    staff.post(FIRST, &to_another_hat).await.assert_problem("received_by", "Choose who received it");

    code_of(&staff, FIRST, &act("@sanmiguel", "marcus@example.org")).await;
    let steward = steward_of(&site, "marcus@example.org").await;
    let (confirm, link) = (format!("/cedar-river/members/{steward}/first-steward"), format!("/cedar-river/members/{steward}/invitation"));
    for who in ["staff", "admin", "facilitator"] {
        let visitor = site.visitor(who).await;
        visitor.post(&confirm, &[]).await.assert_not_found();
        visitor.post(&link, &[]).await.assert_not_allowed();
    }
    assert_eq!(site.count(&format!("invitation where membership_id = '{steward}'")).await, 0, "no link before the other’s word");
    let past_the_pages = [
        format!("update steward_act set confirmed_at = now() where membership_id = '{steward}'"),
        format!("update membership set state = 'invited', steward = true where id = '{steward}'"),
        format!(
            "insert into invitation (id, membership_id, token_hash, email, made_by, created_at, expires_at) \
             values ('{NEW}', '{steward}', 'x', 'marcus@example.org', '@staff', now(), now() + interval '1 day')"
        ),
    ];
    for attempt in &past_the_pages {
        refused(attempt, site.attempt("staff", "staff", attempt).await);
    }
    let recorded = format!(
        "insert into steward_act (id, partner_id, membership_id, document, dated, reference, received_by, recorded_by, created_at) \
         values ('{NEW}', '@sanmiguel', '{steward}', 'letter', '2026-01-01', 'x', '@RECEIVER', '@staff', now())"
    );
    refused("both at once", site.attempt("staff", "staff", &recorded.replace("@RECEIVER", "@staff")).await);

    let director = site.visitor("director").await;
    director.get(FIRST).await.assert_page("First stewards").assert_sees("Marcus Tellwell").assert_sees("I received this act");
    let first = link_of(&director, &confirm, &[]).await;
    site.visitor("admin").await.post(&link, &[]).await.assert_not_allowed();
    site.visitor("admin").await.get(&link).await.assert_never_sees("marcus@example.org");
    let again = link_of(&director, &link, &[]).await;
    assert_ne!(first, again, "whoever received the act makes it again");
    site.stranger().open_link(&first).await.assert_invitation_over();
    director.post(&confirm, &[]).await.assert_not_found();
    director.get(FIRST).await.assert_sees("confirmed");
}

#[tokio::test]
async fn a_first_steward_is_invited_in_the_language_that_the_act_is_recorded_with() {
    let site = Site::open().await;
    let (staff, director) = (site.visitor("staff").await, site.visitor("director").await);
    staff.get(&format!("{FIRST}/new")).await.assert_sees("In which language do you write to them?");
    let spoken = |language| [act("@sanmiguel", "luz@example.org"), vec![("language", language)]].concat();
    staff.post(FIRST, &spoken("tlh")).await.assert_problem("language", "Choose one of these languages");
    code_of(&staff, FIRST, &spoken("es")).await;
    let steward = steward_of(&site, "luz@example.org").await;
    link_of(&director, &format!("/cedar-river/members/{steward}/first-steward"), &[]).await;
    assert_eq!(site.count("invitation where email = 'luz@example.org' and language = 'es'").await, 1);
}
