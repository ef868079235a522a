//! A body admits its own people. Here an administrator tries every way to become the Tribe, through pages and past them.

use crate::support::{Site, Visitor};
use chrono::Duration;

const FIRST: &str = "/cedar-river/members/first-stewards";

fn act<'a>(body: &'a str, email: &'a str) -> Vec<(&'static str, &'a str)> {
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

/// The link on the page that follows a form.
async fn link_of(visitor: &Visitor, path: &str, fields: &[(&str, &str)]) -> String {
    let made = visitor.post(path, fields).await;
    made.assert_goes_to("/cedar-river/members/*/invitation");
    let shown = visitor.follow(&made).await.select(".letter").join("");
    shown.split_once("http://localhost").map(|(_, path)| path.trim().to_owned()).expect("the page shows the link")
}

/// Somebody writes a body's act down, and the director who received it confirms that it came; answers the link.
async fn by_two(site: &Site, recorder: &Visitor, body: &str, email: &str) -> String {
    recorder.post(FIRST, &act(body, email)).await.assert_goes_to(FIRST);
    let director = site.visitor("director").await;
    let steward: String = site.peek(&format!("select membership_id::text from steward_act where email = '{email}'")).await;
    link_of(&director, &format!("/cedar-river/members/{steward}/first-steward"), &[]).await
}

async fn come_in(site: &Site, link: &str, name: &str) -> Visitor {
    let newcomer = site.stranger();
    newcomer.post(link, &[("name", name), ("password", "four words in a row")]).await.assert_goes_to("/cedar-river");
    newcomer
}

#[tokio::test]
async fn no_page_lets_an_administrator_become_the_tribe() {
    let site = Site::open().await;
    let admin = site.visitor("admin").await;
    let before: String = site.peek(STANDING).await;
    for (path, fields) in [
        ("/cedar-river/members/admissions", vec![("name", "Agnes"), ("email", "agnes@example.org")]),
        ("/cedar-river/members/@proposed/admission", vec![("name", "Agnes"), ("email", "agnes@example.org"), ("version", "1")]),
        ("/cedar-river/members/@proposed/invitation", vec![]),
        ("/cedar-river/members/@tribe_member/invitation", vec![]),
        ("/cedar-river/members/@tribe_member/mandate", vec![("steward", "yes"), ("version", "3")]),
        ("/cedar-river/members/@tribe_member/role", vec![("role", "director"), ("version", "3")]),
        ("/cedar-river/members/@tribe_member/ending", vec![("version", "3")]),
        ("/cedar-river/members/@tribe/ending", vec![("version", "1")]),
        ("/cedar-river/members/@tribe/mandate", vec![("version", "1")]),
    ] {
        admin.post(path, &fields).await.assert_not_allowed();
    }
    admin.post(FIRST, &act("@tallpine", "agnes@example.org")).await.assert_problem("body", "Choose a body that has no steward");
    let fields = [("role", "partner"), ("name", "Agnes"), ("email", "agnes@example.org"), ("partner", "@tallpine"), ("steward", "yes")];
    admin.post("/cedar-river/members", &fields).await.assert_problem("role", "Choose what they are invited as");
    assert_eq!(site.peek::<String>(STANDING).await, before);
}

/// Everything that says who stands for which body.
const STANDING: &str = "select coalesce(string_agg(concat_ws(' ', id, account_id, partner_id, steward, speaks, binds, state), ', ' order by id), '') \
    from membership where partner_id is not null";

#[tokio::test]
async fn suspending_a_steward_does_not_open_the_way_to_another_one() {
    let site = Site::open().await;
    let (admin, thomas) = (site.visitor("admin").await, site.visitor("tribe").await);
    admin.fill("/cedar-river/members/@tribe", "/suspension", &[]).await.assert_goes_to("/cedar-river/members/@tribe");
    thomas.get("/cedar-river/members").await.assert_not_found();
    admin.post(FIRST, &act("@tallpine", "agnes@example.org")).await.assert_problem("body", "Choose a body that has no steward");
    admin.get("/cedar-river/members/first-stewards/new").await.assert_never_sees(&site.id("tallpine"));
    let proposed = [("body", "@tallpine"), ("name", "Agnes Again")];
    admin.post("/cedar-river/members/proposals", &proposed).await.assert_flash("Proposed. The body’s steward decides");
    admin.fill("/cedar-river/members/@tribe", "/suspension/delete", &[]).await.assert_goes_to("/cedar-river/members/@tribe");
    let seen = thomas.get("/cedar-river/members/changes").await;
    seen.assert_sees("Agnes Lindqvist suspended Thomas Greywater").assert_sees("Agnes Lindqvist took up again Thomas Greywater");
    seen.assert_sees("Agnes Lindqvist proposed Agnes Again");
}

/// It changed no row, or the database said that this is not theirs to do (and not merely that the statement is wrong).
#[track_caller]
fn refused(what: &str, done: Result<u64, sqlx::Error>) {
    match done {
        Ok(0) => {}
        Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some("42501") => {}
        other => panic!("{what}: {other:?}"),
    }
}

const NEW: &str = "018f5e2a-0000-7000-8000-00000000bbbb";

#[tokio::test]
async fn no_transaction_of_an_administrator_makes_or_raises_a_bodys_people() {
    let site = Site::open().await;
    let member = |columns: &str, values: &str| {
        format!(
            "insert into membership (id, name, role, partner_id, invited_by, created_at{columns}) \
             values ('{NEW}', 'Agnes', 'partner', '@tallpine', '@admin', now(){values})"
        )
    };
    let link = |member: &str| {
        format!(
            "insert into invitation (id, membership_id, token_hash, email, made_by, created_at, expires_at) \
             values ('{NEW}', '{member}', 'x', 'agnes@example.org', '@admin', now(), now() + interval '1 day')"
        )
    };
    let attempts = [
        member(", state", ", 'active'"),
        member(", state", ", 'invited'"),
        member(", state, steward", ", 'proposed', true"),
        member(", state, speaks", ", 'proposed', true"),
        member(", state, account_id", ", 'proposed', (select account_id from membership where id = '@admin')"),
        "update membership set steward = true where id = '@tribe_member'".to_owned(),
        "update membership set steward = false where id = '@tribe'".to_owned(),
        "update membership set speaks = true, binds = true where id = '@proposed'".to_owned(),
        "update membership set binds = true where id = '@tribe_member'".to_owned(),
        "update membership set mandate_until = null where id = '@tribe_member'".to_owned(),
        "update membership set state = 'ended' where id = '@tribe'".to_owned(),
        "update membership set state = 'invited' where id = '@proposed'".to_owned(),
        "update membership set state = 'active' where id = '@proposed'".to_owned(),
        "update membership set state = 'invited', account_id = null where id = '@tribe'".to_owned(),
        "update membership set account_id = (select account_id from membership where id = '@admin') where id = '@tribe'".to_owned(),
        "update membership set partner_id = '@tallpine', role = 'partner' where id = '@admin'".to_owned(),
        "update membership set partner_id = '@kinship' where id = '@tribe'".to_owned(),
        "update membership set name = 'Agnes' where id = '@tribe'".to_owned(),
        link("@proposed"),
        link("@tribe"),
        format!(
            "insert into steward_act (id, partner_id, membership_id, document, dated, reference, received_by, created_at) \
             values ('{NEW}', '@tallpine', '@proposed', 'letter', '2026-01-01', 'x', '@admin', now())"
        ),
        "delete from membership where id = '@tribe'".to_owned(),
        "delete from steward_act".to_owned(),
        "insert into identity_reader (membership_id, reader_id) values ('@parent', '@admin')".to_owned(),
        "insert into member_identity (membership_id, name, email) values ('@tribe', 'x', 'x')".to_owned(),
    ];
    for attempt in attempts {
        for (who, hat) in [("admin", "administrator"), ("staff", "staff"), ("director", "director")] {
            let attempt = attempt.replace("'@admin', now()", &format!("'@{who}', now()"));
            refused(&format!("{who}: {attempt}"), site.attempt(who, hat, &attempt).await);
        }
    }
    let lent = format!(
        "insert into delegation (id, duty, lent_by, lent_to, until, created_at) values ('{NEW}', 'answers', '@director', '@admin', '2030-01-01', now())"
    );
    for (who, hat) in [("admin", "administrator"), ("staff", "staff")] {
        refused(&format!("{who} lends the director’s duty"), site.attempt(who, hat, &lent).await);
    }
    for nobodys in ["update agency set hotline = 'x'", "update membership set role = 'director' where id = '@staff'"] {
        for (who, hat) in [("staff", "staff"), ("director", "director"), ("tribe", "partner")] {
            refused(&format!("{who}: {nobodys}"), site.attempt(who, hat, nobodys).await);
        }
    }
    let suspended = "update membership set state = 'suspended', suspended_by = 'agency' where id = '@tribe'";
    assert_eq!(site.attempt("admin", "administrator", suspended).await.unwrap(), 1, "what an administrator may do");
    let given = "update membership set speaks = true, binds = true where id = '@tribe_member'";
    assert_eq!(site.attempt("tribe", "partner", given).await.unwrap(), 1, "what a steward may do");
    refused("another body’s steward", site.attempt("partner", "partner", given).await);
}

#[tokio::test]
async fn a_steward_admits_whom_the_agency_proposed_and_gives_the_mandate() {
    let site = Site::open().await;
    let thomas = site.visitor("tribe").await;
    thomas.get("/cedar-river/members/@proposed/admission").await.assert_page("Admit this person?").assert_sees("Leona Birchfield");
    let fields = [("name", "Leona Birchfield"), ("email", "leona@example.org"), ("version", "1")];
    let link = link_of(&thomas, "/cedar-river/members/@proposed/admission", &fields).await;
    site.visitor("admin").await.get("/cedar-river/members/@proposed").await.assert_never_sees("leona@example.org");
    let leona = come_in(&site, &link, "Leona Birchfield").await;
    leona.get("/cedar-river/our-entry").await.assert_not_found();
    thomas.fill("/cedar-river/members/@proposed/mandate", "/mandate", &[("speaks", "yes"), ("mandate", "By the council")]).await;
    assert!(site.peek::<bool>("select speaks from membership where id = '@proposed'").await);
    thomas.get("/cedar-river/members/changes").await.assert_sees("Thomas Greywater admitted Leona Birchfield");
    site.visitor("partner").await.get("/cedar-river/members/@proposed/mandate").await.assert_not_found();
}

#[tokio::test]
async fn a_mandate_ends_by_itself_on_its_last_day() {
    let site = Site::open().await;
    let ruth = site.visitor("ruth").await;
    let speaks = "select speaks from look_up_session((select token_hash from session s join membership m on m.account_id = s.account_id \
        where m.id = '@tribe_member' order by s.created_at desc limit 1), 'cedar-river', now_)";
    ruth.get("/cedar-river/partners").await.assert_page("Partners");
    for (moment, held) in [("2026-06-01", true), ("2028-06-01", false), ("2024-06-01", false)] {
        site.force("update session set expires_at = '2030-01-01'").await;
        assert_eq!(site.peek::<bool>(&speaks.replace("now_", &format!("'{moment}'::timestamptz"))).await, held, "{moment}");
    }
}

#[tokio::test]
async fn a_bodys_recorded_act_names_its_first_steward_once() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let link = by_two(&site, &staff, "@sanmiguel", "luz@example.org").await;
    let luz = come_in(&site, &link, "Luz Aguilar").await;
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
    let first = by_two(&site, &staff, "@sanmiguel", "luz@example.org").await;
    let second = by_two(&site, &staff, "@sanmiguel", "rosa@example.org").await;
    site.stranger().get(&first).await.assert_not_found();
    come_in(&site, &second, "Rosa Aguilar").await.get("/cedar-river/members/changes").await.assert_page("Changes in our membership");
}

#[tokio::test]
async fn somebody_with_a_role_in_the_agency_cannot_come_in_as_a_bodys_first_steward() {
    let site = Site::open().await;
    let admin = site.visitor("admin").await;
    let link = by_two(&site, &admin, "@sanmiguel", "admin@demo.example").await;
    let refused = site.stranger().post(&link, &[("password", common_table::demo::PASSWORD)]).await;
    refused.assert_problem("password", "Ask the body to name somebody else");
    assert_eq!(site.count("membership where partner_id = '@sanmiguel' and state = 'active'").await, 0);
}

#[tokio::test]
async fn each_side_lifts_only_its_own_suspension() {
    let site = Site::open().await;
    let (admin, thomas, ruth) = (site.visitor("admin").await, site.visitor("tribe").await, site.visitor("ruth").await);
    let (member, lift) = ("/cedar-river/members/@tribe_member", "/cedar-river/members/@tribe_member/suspension/delete");
    admin.fill(member, "/suspension", &[]).await.assert_goes_to(member);
    ruth.get("/cedar-river/partners").await.assert_not_found();
    thomas.post(lift, &[("version", "4")]).await.assert_not_allowed();
    admin.fill(member, "/suspension/delete", &[]).await.assert_goes_to(member);
    thomas.fill(member, "/suspension", &[]).await.assert_goes_to(member);
    admin.post(lift, &[("version", "6")]).await.assert_not_allowed();
    thomas.fill(member, "/suspension/delete", &[]).await.assert_goes_to(member);
    ruth.get("/cedar-river/partners").await.assert_page("Partners");
}

#[tokio::test]
async fn a_body_keeps_a_steward_until_the_last_one_leaves_of_their_own_will() {
    let site = Site::open().await;
    let thomas = site.visitor("tribe").await;
    let own = thomas.fill("/cedar-river/members/@tribe/mandate", "/mandate", &[("steward", "")]).await;
    own.assert_problem("steward", "Name another steward first");
    thomas.fill("/cedar-river/members/@tribe_member/mandate", "/mandate", &[("steward", "yes")]).await;
    let ruth = site.visitor("ruth").await;
    ruth.get("/cedar-river/members/changes").await.assert_sees("Thomas Greywater named as steward Ruth Greywater");
    ruth.fill("/cedar-river/members/@tribe/mandate", "/mandate", &[("steward", "")]).await.assert_goes_to("/cedar-river/members/@tribe");
    thomas.get("/cedar-river/members/changes").await.assert_not_allowed();
    ruth.get("/cedar-river/me/leaving").await.assert_sees("You are the only steward of Tall Pine Tribe");
    ruth.post("/cedar-river/me/leaving", &[]).await.assert_goes_to("/hats");
    ruth.get("/cedar-river/members").await.assert_not_found();
    let days = site.clock.now() + Duration::days(1);
    site.clock.put(days);
    let again = site.visitor("staff").await;
    again.get("/cedar-river/members/first-stewards/new").await.assert_sees("Tall Pine Tribe");
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

    staff.post(FIRST, &act("@sanmiguel", "marcus@example.org")).await.assert_goes_to(FIRST);
    let steward: String = site.peek("select membership_id::text from steward_act where email = 'marcus@example.org'").await;
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
    let again = link_of(&staff, &link, &[]).await;
    assert_ne!(first, again, "the two of them make it again");
    site.stranger().get(&first).await.assert_not_found();
    director.post(&confirm, &[]).await.assert_not_found();
    director.get(FIRST).await.assert_sees("confirmed");
}

#[tokio::test]
async fn a_steward_is_told_of_a_proposal_and_of_two_entries_that_may_be_one() {
    let site = Site::open().await;
    let joanna = site.visitor("partner").await;
    let wanted = joanna.get("/cedar-river/wanted").await;
    wanted.assert_sees("The agency proposes somebody as one of your people").assert_sees("Theo Marchetti");
    wanted.assert_sees("Are these two entries the same body?");
    let links = wanted.attributes("main a", "href");
    for end in ["/admission", "/partners/merges/"] {
        let link = links.iter().find(|link| link.contains(end)).unwrap_or_else(|| panic!("a way to {end}"));
        joanna.get(link).await.assert_status(http::StatusCode::OK);
    }
    site.visitor("ruth").await.get("/cedar-river/wanted").await.assert_never_sees("Leona Birchfield");
    site.visitor("tribe").await.get("/cedar-river/me").await.assert_sees("Changes in our membership").assert_sees("Leona Birchfield");
}
