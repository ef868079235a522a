//! Who makes whom on the agency's side. Here an administrator, and a member of staff, try to let themselves in.

use crate::support::{Answer, Site, Visitor, refused};

const MEMBERS: &str = "/cedar-river/members";
const NEW: &str = "018f5e2a-0000-7000-8000-00000000bbbb";

/// The link on the page that follows an invitation.
async fn link_of(visitor: &Visitor, made: &Answer) -> String {
    made.assert_goes_to("/cedar-river/members/*/invitation");
    let shown = visitor.follow(made).await.select(".letter").join("");
    shown.split_once("http://localhost").map(|(_, path)| path.trim().to_owned()).expect("the page shows the link")
}

fn somebody<'a>(role: &'a str, email: &'a str) -> [(&'static str, &'a str); 5] {
    [("role", role), ("name", "Agnes Lindqvist"), ("email", email), ("reader", "@facilitator"), ("again", "yes")]
}

#[tokio::test]
async fn nobody_invites_themselves() {
    let site = Site::open().await;
    for (who, role) in [("admin", "staff"), ("staff", "community"), ("director", "community")] {
        let visitor = site.visitor(who).await;
        let answer = visitor.post(MEMBERS, &somebody(role, &format!("{who}@demo.example"))).await;
        answer.assert_problem("email", "Enter somebody else’s address");
    }
    // An address that has an account, and one that has none, are the same to whoever invites.
    let staff = site.visitor("staff").await;
    for email in ["harbor@demo.example", "nobody-here@example.org"] {
        staff.post(MEMBERS, &somebody("community", email)).await.assert_goes_to("/cedar-river/members/*/invitation");
    }
}

#[tokio::test]
async fn an_invitation_is_not_taken_up_by_whoever_made_it() {
    let site = Site::open().await;
    let admin = site.visitor("admin").await;
    let link = link_of(&admin, &admin.post(MEMBERS, &somebody("analyst", "agnes.second@example.org")).await).await;
    // Past the form: the address becomes the inviter's own.
    site.force("update invitation set email = 'admin@demo.example' where email = 'agnes.second@example.org'").await;
    let fields = [("name", "Agnes"), ("password", common_table::demo::PASSWORD)];
    let answer = site.stranger().answer_link(&link, &fields).await;
    answer.assert_problem("", "Let somebody else invite you");
    let account: String = site.peek("select account_id::text from membership where id = '@admin'").await;
    let take = format!(
        "select set_config('app.account', '{account}', true); \
         update membership set account_id = '{account}', state = 'active' where id = '@invited'"
    );
    refused("past the pages", site.attempt("invited", "partner", &take).await);
}

#[tokio::test]
async fn a_director_is_made_by_a_director_and_by_nobody_else() {
    let site = Site::open().await;
    let (admin, director) = (site.visitor("admin").await, site.visitor("director").await);
    admin.post(MEMBERS, &somebody("director", "puppet@example.org")).await.assert_problem("role", "Choose one of these roles");
    admin.get("/cedar-river/members/new").await.assert_never_sees("answers for the agency");
    let raised = admin.fill("/cedar-river/members/@analyst", "/role", &[("role", "director")]).await;
    raised.assert_problem("role", "Choose one of these roles");
    admin.post("/cedar-river/members/@director/role", &[("role", "staff"), ("version", "1")]).await.assert_not_allowed();
    admin.get("/cedar-river/members/@director/ending").await.assert_not_allowed();
    let version: String = site.peek("select version::text from membership where id = '@director'").await;
    admin.post("/cedar-river/members/@director/ending", &[("version", &version)]).await.assert_not_allowed();
    let insert = format!(
        "insert into membership (id, name, role, state, invited_by, created_at) values ('{NEW}', 'Puppet', 'director', 'invited', '@admin', now())"
    );
    for attempt in [
        insert.as_str(),
        "update membership set role = 'director' where id = '@analyst'",
        "update membership set role = 'staff' where id = '@director'",
        "update membership set state = 'ended' where id = '@director'",
    ] {
        refused(attempt, site.attempt("admin", "administrator", attempt).await);
    }
    // Suspending the only director is asked about once, and opens no way to another one either.
    let why = [("why", "On leave until spring")];
    admin.get("/cedar-river/members/@director").await.assert_sees("They are the only director");
    admin
        .fill("/cedar-river/members/@director", "/suspension", &why)
        .await
        .assert_problem("sure", "Tick this if the agency is to have no director");
    admin
        .fill("/cedar-river/members/@director", "/suspension", &[&why[..], &[("sure", "yes")]].concat())
        .await
        .assert_goes_to("/cedar-river/members/@director");
    admin.post(MEMBERS, &somebody("director", "puppet@example.org")).await.assert_problem("role", "Choose one of these roles");
    admin.fill("/cedar-river/members/@director", "/suspension/delete", &[]).await.assert_goes_to("/cedar-river/members/@director");

    let link = link_of(&director, &director.post(MEMBERS, &somebody("director", "second@example.org")).await).await;
    director.post(MEMBERS, &somebody("staff", "third@example.org")).await.assert_problem("role", "Choose one of these roles");
    let second = site.stranger();
    second.answer_link(&link, &[("name", "Ingrid Sol"), ("password", "four words in a row")]).await.assert_goes_to("/cedar-river");
    second.fill("/cedar-river/members/@analyst", "/role", &[("role", "director")]).await.assert_goes_to("/cedar-river/members/@analyst");
    second.fill("/cedar-river/members/@analyst", "/role", &[("role", "analyst")]).await.assert_goes_to("/cedar-river/members/@analyst");
}

#[tokio::test]
async fn where_no_director_serves_an_administrator_makes_the_first_and_no_second() {
    let site = Site::open().await;
    let admin = site.visitor("admin").await;
    site.visitor("director").await.post("/cedar-river/me/leaving", &[]).await.assert_goes_to("/hats");
    let first = link_of(&admin, &admin.post(MEMBERS, &somebody("director", "one@example.org")).await).await;
    let second = link_of(&admin, &admin.post(MEMBERS, &somebody("director", "two@example.org")).await).await;
    let fields = [("name", "Ingrid Sol"), ("password", "four words in a row")];
    site.stranger().answer_link(&first, &fields).await.assert_goes_to("/cedar-river");
    site.stranger().answer_link(&second, &fields).await.assert_problem("", "Somebody else came in meanwhile");
}

#[tokio::test]
async fn directors_see_who_came_to_the_agencys_side_and_who_let_them_in() {
    let site = Site::open().await;
    let (admin, director) = (site.visitor("admin").await, site.visitor("director").await);
    let link =
        link_of(&admin, &admin.post(MEMBERS, &[("role", "staff"), ("name", "Wren Ashby"), ("email", "wren.ashby@example.org")]).await)
            .await;
    site.stranger().answer_link(&link, &[("name", "Wren Ashby"), ("password", "four words in a row")]).await.assert_goes_to("/cedar-river");
    admin.fill("/cedar-river/members/@analyst", "/role", &[("role", "staff")]).await.assert_goes_to("/cedar-river/members/@analyst");
    let home = director.get("/cedar-river").await;
    home.assert_sees("New on the agency’s side")
        .assert_sees("staff, invited by Agnes Lindqvist")
        .assert_sees("staff, changed by Agnes Lindqvist");
    let changes = director.get("/cedar-river/members/changes").await;
    changes.assert_page("Changes on the agency’s side").assert_sees("Agnes Lindqvist invited Wren Ashby");
    changes.assert_sees("Agnes Lindqvist changed the role of Priya Natarajan").assert_never_sees("Ruth Greywater");
    admin.get("/cedar-river/members/changes").await.assert_not_allowed();
}

#[tokio::test]
async fn what_a_role_opened_ends_with_it() {
    let site = Site::open().await;
    let (admin, elena) = (site.visitor("admin").await, site.visitor("facilitator").await);
    let card: String = site
        .peek(
            "select '/cedar-river/sessions/' || s.session_id || '/speakers/' || s.id from speaker s \
             join session_duty d on d.agency_id = s.agency_id and d.session_id = s.session_id and d.membership_id = '@facilitator' order by s.id limit 1",
        )
        .await;
    elena.get(&card).await.assert_status(http::StatusCode::OK);
    elena.get("/cedar-river/members?role=partner").await.assert_sees("Dana Whitlock");
    admin.fill("/cedar-river/members/@facilitator", "/role", &[("role", "administrator")]).await;
    elena.get(&card).await.assert_not_found();
    elena.get("/cedar-river/members?role=partner").await.assert_never_sees("Dana Whitlock");
    for rows in ["session_duty where membership_id", "identity_reader where reader_id", "subject_reader where membership_id"] {
        assert_eq!(site.count(&format!("{rows} = '@facilitator'")).await, 0, "{rows}");
    }
    // Were a duty or a name left standing, it would open nothing.
    site.force("insert into identity_reader (agency_id, membership_id, reader_id) select agency_id, '@parent', id from membership where id = '@facilitator'").await;
    elena.get("/cedar-river/members?role=partner").await.assert_never_sees("Dana Whitlock");
}
