//! Joining who one is at a provider to an account: by an invitation in hand, or from inside the account; never by an address.

use super::{BEGIN, Ground, made, nobody};
use crate::support::{Answer, Visitor};
use http::StatusCode;

const MEMBERS: &str = "/cedar-river/members";
/// Where a link leads, once its token is in a cookie.
const OPENED: &str = "/invitations/open";

/// The link by which Cedar River's administrator invites somebody.
async fn invited(ground: &Ground, fields: &[(&str, &str)]) -> String {
    let admin = ground.site.visitor("admin").await;
    let made = admin.post(MEMBERS, fields).await;
    let shown = admin.follow(&made).await.select(".letter").join("");
    shown.split_once("http://localhost").map(|(_, path)| path.trim().to_owned()).expect("the page shows the link")
}

/// Takes an invitation up through the agency's sign-in, as `who` there.
async fn take_up(ground: &Ground, visitor: &Visitor, link: &str, who: &str) -> Answer {
    visitor.get(link).await.assert_goes_to(OPENED);
    ground.through(visitor, OPENED, BEGIN, who).await
}

#[tokio::test]
async fn an_invitation_is_taken_up_through_the_agency_without_any_password() {
    let ground = Ground::open().await;
    let link = invited(&ground, &[("role", "staff"), ("name", "Wren Ashby"), ("email", "wren@agency.example")]).await;
    let wren = ground.site.stranger();
    wren.open_link(&link).await.assert_sees("You need no password of your own then");
    take_up(&ground, &wren, &link, "w.ashby").await.assert_goes_to("/cedar-river");
    wren.get("/cedar-river/partners/new").await.assert_page("Add a partner").assert_sees("Wren Ashby, staff");
    assert_eq!(ground.site.count("account where email = 'wren@agency.example' and password_hash is null").await, 1);
    ground.site.stranger().open_link(&link).await.assert_invitation_over();
    let again = ground.site.stranger();
    ground.come_in(&again, "w.ashby").await.assert_goes_to("/cedar-river/partners");
    // The same way in once more for another role.
    let link = invited(&ground, &[("role", "analyst"), ("name", "Wren Ashby"), ("email", "wren@agency.example"), ("again", "yes")]).await;
    take_up(&ground, &ground.site.stranger(), &link, "w.ashby").await.assert_goes_to("/cedar-river");
    assert_eq!(ground.site.count("membership where name = 'Wren Ashby' and state = 'active'").await, 2);
}

#[tokio::test]
async fn an_address_that_signs_in_here_already_is_not_opened_by_a_link_and_a_provider() {
    let ground = Ground::open().await;
    let link = invited(&ground, &[("role", "analyst"), ("name", "Somebody"), ("email", "harbor@demo.example")]).await;
    let before = made(&ground.site).await;
    let thief = ground.site.stranger();
    let told = take_up(&ground, &thief, &link, "harbor").await;
    nobody(&thief, &told, "Sign in your own way once");
    assert_eq!(made(&ground.site).await, before);
    // With their own password it is theirs to take up.
    let harbor = ground.site.stranger();
    harbor.answer_link(&link, &[("name", "Samuel"), ("password", "common-table-demo")]).await.assert_goes_to("/cedar-river");
}

#[tokio::test]
async fn an_invitation_onto_the_partners_side_is_not_for_the_agencys_provider() {
    let ground = Ground::open().await;
    let parent = [("role", "community"), ("name", "Ada Lowell"), ("email", "ada@example.org"), ("reader", "@facilitator")];
    let link = invited(&ground, &parent).await;
    let stranger = ground.site.stranger();
    let opened = stranger.open_link(&link).await;
    opened.assert_never_sees("County account");
    let by = opened.form(OPENED).1.into_iter().find(|(name, _)| name == "link").expect("by which link it was opened").1;
    let before = made(&ground.site).await;
    let (to, mut fields) = stranger.get("/sign-in?agency=cedar-river").await.form(BEGIN);
    fields.push(("invitation".to_owned(), by));
    let onward = stranger.follow(&stranger.send_form(&(to, fields)).await).await;
    let there = onward.attributes("main .actions a", "href").remove(0);
    let told = stranger.get(&ground.oidc.log_in(&there, "ada").await).await;
    nobody(&stranger, &told, "This invitation cannot be taken up so");
    assert_eq!(made(&ground.site).await, before);
}

#[tokio::test]
async fn what_is_joined_to_one_account_is_not_joined_to_another() {
    let ground = Ground::joined().await;
    let director = ground.site.visitor("director").await;
    let told = ground.through(&director, "/account", "/account/sign-ons", "marcus").await;
    told.assert_status(StatusCode::FORBIDDEN);
    assert_eq!(told.heading(), "Somebody else here uses this sign-in");
    assert_eq!(ground.site.count("sign_on_identity where ended_at is null").await, 1);
}

#[tokio::test]
async fn joining_ends_in_the_account_in_which_it_was_begun() {
    let ground = Ground::open().await;
    let (staff, director) = (ground.site.visitor("staff").await, ground.site.visitor("director").await);
    let there = ground.set_out(&staff, "/account", "/account/sign-ons").await;
    let back = ground.oidc.log_in(&there, "marcus").await;
    // Somebody else sits down at this browser meanwhile.
    let way = staff.cookie("__Host-sign-on").unwrap();
    let swapped = director.with_cookie("__Host-sign-on", &way);
    let told = swapped.get(&back).await;
    assert_eq!(told.heading(), "Sign in once more");
    assert_eq!(ground.site.count("sign_on_identity where ended_at is null").await, 0);
    // Nobody joins what is not on their own side.
    for who in ["partner", "tribe", "parent", "harbor"] {
        let visitor = ground.site.visitor(who).await;
        visitor.get("/account").await.assert_never_sees("County account");
        let provider = ground.provider().await;
        visitor.post("/account/sign-ons", &[("provider", &provider)]).await.assert_not_found();
    }
}

#[tokio::test]
async fn a_person_takes_a_sign_in_off_while_another_way_in_remains() {
    let ground = Ground::joined().await;
    let site = &ground.site;
    let staff = site.visitor("staff").await;
    let identity: String = site.peek("select id::text from sign_on_identity").await;
    site.visitor("director").await.post("/account/sign-ons/delete", &[("identity", &identity)]).await.assert_not_found();
    assert_eq!(site.count("sign_on_identity where ended_at is null").await, 1, "nobody takes off what is another one’s");
    let hash: String = site.peek("select password_hash from account where email = 'staff@demo.example'").await;
    site.force("update account set password_hash = null where email = 'staff@demo.example'").await;
    let refused = staff.post("/account/sign-ons/delete", &[("identity", &identity)]).await;
    refused.assert_problem("", "Choose a password of your own first");
    site.force(&format!("update account set password_hash = '{hash}' where email = 'staff@demo.example'")).await;
    staff.post("/account/sign-ons/delete", &[("identity", &identity)]).await.assert_goes_to("/account");
    let marcus = site.stranger();
    nobody(&marcus, &ground.come_in(&marcus, "marcus").await, "You are not known here yet");
}
