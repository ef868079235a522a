//! Members: inviting by a link that is shown once, roles, suspending, ending, and who knows what about whom.

use crate::support::{Answer, Site, Visitor};
use chrono::Duration;

pub(crate) const MEMBERS: &str = "/cedar-river/members";
pub(crate) const WREN: &[(&str, &str)] = &[("role", "staff"), ("name", "Wren Ashby"), ("email", "wren.ashby@example.org")];
const PASSWORD: &str = "four words in a row";

/// The link that a page shows: its address on this site.
fn link_on(page: &Answer) -> Option<String> {
    let shown = page.select(".letter").join("");
    shown.split_once("http://localhost").map(|(_, path)| path.trim().to_owned())
}

/// Somebody invites, opens the page that follows, and reads the link.
pub(crate) async fn link_of(visitor: &Visitor, path: &str, fields: &[(&str, &str)]) -> (String, String) {
    let made = visitor.post(path, fields).await;
    made.assert_goes_to("/cedar-river/members/*/invitation");
    let page = visitor.follow(&made).await;
    (link_on(&page).expect("the page shows the link"), made.location.clone())
}

pub(crate) async fn accept(site: &Site, link: &str, name: &str) -> (Visitor, Answer) {
    let newcomer = site.stranger();
    let answer = newcomer.answer_link(link, &[("name", name), ("password", PASSWORD)]).await;
    (newcomer, answer)
}

/// Whoever holds a link that is over reads how it came to that, and nothing of who it was for; a link that never was is not there.
async fn over(site: &Site, link: &str, words: &str) {
    for page in [site.stranger().open_link(link).await, accept(site, link, "Somebody Else").await.1] {
        page.assert_invitation_over().assert_sees(words);
        assert!(["Wren", "example.org", "Cedar River"].iter().all(|word| !page.text.contains(word)), "{}", page.words());
    }
    let never = format!("{}A", &link[..link.len() - 1]);
    if never != link {
        site.stranger().open_link(&never).await.assert_not_found();
    }
}

#[tokio::test]
async fn an_invitation_works_once_and_its_link_is_shown_once() {
    let site = Site::open().await;
    let admin = site.visitor("admin").await;
    let (link, page) = link_of(&admin, MEMBERS, WREN).await;
    admin.get(&page).await.assert_page("Invitation for Wren Ashby").assert_never_sees(link.trim_start_matches("/invitations/"));
    let token = link.trim_start_matches("/invitations/");
    assert_eq!(site.count(&format!("invitation where position('{token}' in invitation::text) > 0")).await, 0, "only its hash is stored");
    assert_eq!(site.count(&format!("idempotency where position('{token}' in idempotency::text) > 0")).await, 0);
    let join = site.stranger().open_link(&link).await;
    join.assert_page("Join Cedar River County").assert_sees("Agnes Lindqvist invites you. You come as: staff.");
    let (wren, joined) = accept(&site, &link, "Wren Ashby").await;
    joined.assert_goes_to("/cedar-river");
    wren.get("/cedar-river/partners/new").await.assert_page("Add a partner").assert_sees("Wren Ashby, staff");
    over(&site, &link, "It was used already. A link works once.").await;
}

#[tokio::test]
async fn an_invitation_lapses_after_seven_days() {
    let site = Site::open().await;
    let (link, _) = link_of(&site.visitor("admin").await, MEMBERS, WREN).await;
    site.clock.put(site.clock.now() + Duration::days(7) - Duration::minutes(1));
    site.stranger().open_link(&link).await.assert_page("Join Cedar River County");
    site.clock.put(site.clock.now() + Duration::minutes(2));
    over(&site, &link, "It has ended. A link works for seven days").await;
}

#[tokio::test]
async fn a_new_link_ends_the_one_before() {
    let site = Site::open().await;
    let admin = site.visitor("admin").await;
    let (first, page) = link_of(&admin, MEMBERS, WREN).await;
    let (second, _) = link_of(&admin, &page, &[]).await;
    assert_ne!(first, second);
    over(&site, &first, "when a newer one is made the older one ends").await;
    accept(&site, &second, "Wren Ashby").await.1.assert_goes_to("/cedar-river");
}

#[tokio::test]
async fn an_invitation_that_is_ended_opens_nothing() {
    let site = Site::open().await;
    let admin = site.visitor("admin").await;
    let (link, page) = link_of(&admin, MEMBERS, WREN).await;
    let member = page.trim_end_matches("/invitation").to_owned();
    admin.fill(&format!("{member}/ending"), "/ending", &[]).await.assert_goes_to(MEMBERS).assert_flash("Membership ended");
    over(&site, &link, "It was taken back.").await;
}

#[tokio::test]
async fn an_invitation_to_somebody_with_an_account_asks_for_its_password() {
    let site = Site::open().await;
    let fields = [("role", "analyst"), ("name", "Samuel Okafor"), ("email", "Harbor@demo.example")];
    let (link, _) = link_of(&site.visitor("admin").await, MEMBERS, &fields).await;
    accept(&site, &link, "Not Samuel").await.1.assert_problem("password", "Enter the password that you sign in with");
    let samuel = site.stranger();
    samuel.answer_link(&link, &[("name", "Samuel"), ("password", common_table::demo::PASSWORD)]).await.assert_goes_to("/cedar-river");
    samuel.get("/cedar-river/partners").await.assert_page("Partners").assert_sees("Samuel Okafor, analyst");
    samuel.get("/cedar-river/partners/new").await.assert_not_allowed();
}

#[tokio::test]
async fn a_changed_role_holds_at_the_next_request() {
    let site = Site::open().await;
    let (admin, priya) = (site.visitor("admin").await, site.visitor("analyst").await);
    priya.get("/cedar-river/partners/new").await.assert_not_allowed();
    let changed = admin.fill("/cedar-river/members/@analyst", "/role", &[("role", "staff")]).await;
    changed.assert_goes_to("/cedar-river/members/@analyst");
    priya.get("/cedar-river/partners/new").await.assert_page("Add a partner");
    admin.fill("/cedar-river/members/@analyst", "/role", &[("role", "analyst")]).await;
    priya.get("/cedar-river/partners/new").await.assert_not_allowed();
}

#[tokio::test]
async fn a_role_changed_by_somebody_else_meanwhile_is_shown_and_not_overwritten() {
    let site = Site::open().await;
    let admin = site.visitor("admin").await;
    admin.fill("/cedar-river/members/@analyst", "/role", &[("role", "staff")]).await;
    let late = admin.post("/cedar-river/members/@analyst/role", &[("role", "administrator"), ("version", "1")]).await;
    late.assert_status(http::StatusCode::UNPROCESSABLE_ENTITY).assert_sees("Someone else saved this while you were writing");
    assert_eq!(site.peek::<String>("select role from membership where id = '@analyst'").await, "staff");
}

#[tokio::test]
async fn somebody_suspended_is_out_at_the_next_request_until_they_are_taken_up_again() {
    let site = Site::open().await;
    let (admin, elena) = (site.visitor("admin").await, site.visitor("facilitator").await);
    elena.get("/cedar-river/partners").await.assert_page("Partners");
    admin
        .fill("/cedar-river/members/@facilitator", "/suspension", &[("why", "On leave until spring")])
        .await
        .assert_goes_to("/cedar-river/members/@facilitator");
    elena.get("/cedar-river/partners").await.assert_suspended();
    elena.get("/hats").await.assert_sees("On leave until spring");
    admin.fill("/cedar-river/members/@facilitator", "/suspension/delete", &[]).await.assert_goes_to("/cedar-river/members/@facilitator");
    elena.get("/cedar-river/partners").await.assert_page("Partners");
    admin.fill("/cedar-river/members/@facilitator/ending", "/ending", &[]).await.assert_goes_to(MEMBERS);
    elena.get("/cedar-river/partners").await.assert_ended();
    let version: i32 = site.peek("select version from membership where id = '@facilitator'").await;
    let again = admin.post("/cedar-river/members/@facilitator/suspension/delete", &[("version", &version.to_string())]).await;
    again.assert_not_allowed();
}

#[tokio::test]
async fn the_last_administrator_cannot_be_locked_out() {
    let site = Site::open().await;
    let admin = site.visitor("admin").await;
    admin.post("/cedar-river/members/@admin/role", &[("role", "staff"), ("version", "1")]).await.assert_not_allowed();
    admin.post("/cedar-river/members/@admin/suspension", &[("version", "1")]).await.assert_not_allowed();
    admin.post("/cedar-river/members/@admin/ending", &[("version", "1")]).await.assert_not_allowed();
    admin.post("/cedar-river/me/leaving", &[]).await.assert_problem("", "Make somebody else an administrator first");
    admin.fill("/cedar-river/members/@analyst", "/role", &[("role", "administrator")]).await;
    let priya = site.visitor("analyst").await;
    priya.fill("/cedar-river/members/@admin", "/role", &[("role", "staff")]).await.assert_goes_to("/cedar-river/members/@admin");
    priya.post("/cedar-river/me/leaving", &[]).await.assert_problem("", "Make somebody else an administrator first");
    admin.get("/cedar-river/settings").await.assert_not_allowed();
}

#[tokio::test]
async fn a_role_that_somebody_has_already_is_told_and_not_given_twice() {
    let site = Site::open().await;
    site.force(
        "insert into membership (agency_id, id, account_id, name, role, state, created_at) \
         select agency_id, '018f5e2a-0000-7000-8000-00000000cccc', account_id, name, 'staff', 'active', now() from membership where id = '@analyst'",
    )
    .await;
    let twice = site.visitor("admin").await.fill("/cedar-river/members/@analyst", "/role", &[("role", "staff")]).await;
    twice.assert_problem("role", "They have this role here already");
}

#[tokio::test]
async fn members_of_another_agency_do_not_exist_here() {
    let site = Site::open().await;
    let samuel = site.visitor("harbor").await;
    samuel.get("/harbor/members").await.assert_page("Members").assert_never_sees("Marcus Tellwell");
    for path in ["/harbor/members/@staff", "/cedar-river/members", "/cedar-river/members/@staff", "/cedar-river/delegations"] {
        samuel.get(path).await.assert_not_found();
    }
    samuel.post("/cedar-river/members/@staff/suspension", &[("version", "1")]).await.assert_not_found();
}

#[tokio::test]
async fn an_invitation_with_problems_is_shown_again_with_every_word_kept() {
    let site = Site::open().await;
    let again = site.visitor("admin").await.post(MEMBERS, &[("role", "king"), ("name", ""), ("email", "nonsense")]).await;
    again.assert_problem("role", "Choose what they are invited as").assert_problem("name", "Enter their name");
    again.assert_problem("email", "Enter an email address such as");
    assert_eq!(again.field("email"), "nonsense");
}

#[tokio::test]
async fn an_invitation_asks_the_same_of_everybody() {
    let site = Site::open().await;
    let admin = site.visitor("admin").await;
    let mut pages = Vec::new();
    for email in ["harbor@demo.example", "nobody-here@example.org"] {
        let (link, _) =
            link_of(&admin, MEMBERS, &[("role", "analyst"), ("name", "Samuel Okafor"), ("email", email), ("again", "yes")]).await;
        let stranger = site.stranger();
        let page = stranger.open_link(&link).await;
        let short = stranger.answer_link(&link, &[("name", "Samuel"), ("password", "short")]).await;
        short.assert_problem("password", "Enter the password you sign in with, or choose one");
        let plain = |answer: &Answer| answer.select("main").join(" ").replace(email, "them");
        pages.push((page.status, plain(&page), short.status, plain(&short)));
    }
    assert_eq!(pages[0], pages[1]);
}

#[tokio::test]
async fn inviting_somebody_who_is_here_already_is_asked_about_first() {
    let site = Site::open().await;
    let admin = site.visitor("admin").await;
    link_of(&admin, MEMBERS, WREN).await;
    let same_address = [("role", "analyst"), ("name", "W. Ashby"), ("email", "wren.ashby@example.org")];
    let asked = admin.post(MEMBERS, &same_address).await;
    asked.assert_problem("again", "Wren Ashby, staff is here already. Tick this if they are to have one more role");
    let same_name = [("role", "analyst"), ("name", "thomas greywater"), ("email", "new@example.org")];
    admin.post(MEMBERS, &same_name).await.assert_problem("again", "Thomas Greywater, steward of Tall Pine");
    assert_eq!(site.count("membership where name in ('W. Ashby', 'thomas greywater')").await, 0);
    link_of(&admin, MEMBERS, &[&same_address[..], &[("again", "yes")]].concat()).await;
    // Who speaks from lived experience is nobody's to find out by inviting them.
    let who: String = site.peek("select name from member_identity where membership_id = '@parent'").await;
    let email: String = site.peek("select email from member_identity where membership_id = '@parent'").await;
    link_of(&admin, MEMBERS, &[("role", "staff"), ("name", &who), ("email", &email)]).await;
}

#[tokio::test]
async fn a_role_is_a_role_and_a_body_a_body() {
    let site = Site::open().await;
    let facts = async |who: &str, member: &str| site.visitor(who).await.get(member).await.select("dl.facts div").join(" | ");
    let representative = facts("admin", "/cedar-river/members/@tribe_member").await;
    assert!(representative.contains("Role representative") && representative.contains("Body Tall Pine"), "{representative}");
    let steward = facts("admin", "/cedar-river/members/@tribe").await;
    assert!(steward.contains("Role steward") && steward.contains("Body Tall Pine"), "{steward}");
}

#[tokio::test]
async fn whoever_is_suspended_their_stewards_directors_and_administrators_read_why_and_nobody_else() {
    let site = Site::open().await;
    let (admin, thomas, ruth) = (site.visitor("admin").await, site.visitor("tribe").await, site.visitor("ruth").await);
    let (member, why) = ("/cedar-river/members/@tribe_member", "The link to her page was found in a public place");
    admin
        .fill(member, "/suspension", &[])
        .await
        .assert_problem("why", "Enter why: they, their stewards, directors and administrators read it");
    assert_eq!(site.count("membership where state = 'suspended' and id = '@tribe_member'").await, 0);
    admin.get(member).await.assert_sees("so do the stewards of their body, directors and administrators");
    admin.fill(member, "/suspension", &[("why", why)]).await.assert_flash("Suspended. They are out from their next page on");
    thomas.get("/cedar-river").await.assert_sees("Suspended by the agency").assert_sees(why);
    thomas.get("/cedar-river/me").await.assert_sees("Suspended by the agency").assert_sees(why);
    ruth.get("/hats").await.assert_sees("Cedar River County suspended your membership").assert_sees(why);
    for visitor in [&thomas, &admin, &site.visitor("director").await] {
        visitor.get(member).await.assert_sees(why);
    }
    // A colleague of the body's is nobody whom it concerns.
    site.force(
        "update membership set partner_id = (select partner_id from membership where id = '@tribe'), steward = false where id = '@partner'",
    )
    .await;
    site.visitor("partner").await.get(member).await.assert_sees("Suspended by").assert_never_sees(why).assert_never_sees("Because");
    for who in ["staff", "partner", "analyst"] {
        let other = site.visitor(who).await;
        for page in ["/cedar-river", "/cedar-river/members", "/cedar-river/me"] {
            assert!(!other.glance("GET", page).await.text.contains(why), "{who} {page}");
        }
        assert!(!other.glance("GET", &site.path(member)).await.text.contains(why), "{who}");
    }
    let readers = [("tribe_member", "partner", 1), ("tribe", "partner", 1), ("director", "director", 1), ("admin", "administrator", 1)];
    let others = [("partner", "partner", 0), ("staff", "staff", 0), ("analyst", "analyst", 0), ("parent", "partner", 0)];
    for (who, hat, rows) in readers.into_iter().chain(others) {
        assert_eq!(
            site.attempt(who, hat, "select why from suspension where membership_id = '@tribe_member'").await.unwrap(),
            rows,
            "row security: {who}"
        );
    }
    assert_eq!(site.attempt("director", "director", "delete from suspension").await.unwrap(), 0, "only a side that suspends takes it away");
    assert_eq!(site.attempt("tribe_member", "partner", "delete from suspension").await.unwrap(), 0);
    let said = "insert into suspension select agency_id, id, 'Said by staff' from membership where id = '@tribe_member'";
    let refused = site.attempt("staff", "staff", said).await.unwrap_err().to_string();
    assert!(refused.contains("row-level security"), "{refused}");
    assert_eq!(site.count(&format!("audit where fields::text like '%{why}%'")).await, 0);
    // With one other role they are told all the same.
    site.force(
        "update membership set account_id = (select account_id from membership where id = '@tribe_member') where id = '@facilitator'",
    )
    .await;
    ruth.get("/").await.assert_goes_to("/hats");
    ruth.get("/hats").await.assert_sees(why).assert_sees("Go on");
    admin.fill(member, "/suspension/delete", &[]).await.assert_flash("Taken up again");
    thomas.get("/cedar-river").await.assert_never_sees(why);
    assert_eq!(site.count("suspension where membership_id = '@tribe_member'").await, 0, "it goes with the suspension");
}
