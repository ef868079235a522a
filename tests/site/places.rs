//! What goes with somebody's place on the agency's own side: a role that they have already, a right that goes with it, who is stopped,
//! and who is invited or proposed twice.

use crate::support::Site;

const MEMBERS: &str = "/cedar-river/members";
const ELENA: &str = "/cedar-river/members/@facilitator";

#[tokio::test]
async fn the_role_that_somebody_has_is_no_change_and_what_goes_with_another_is_told() {
    let site = Site::open().await;
    let admin = site.visitor("admin").await;
    site.force("update membership set sees_landscape = true where id = '@facilitator'").await;
    admin.fill(ELENA, "/role", &[("role", "staff")]).await.assert_problem("role", "They are staff already");
    assert_eq!(site.count("membership where id = '@facilitator' and sees_landscape").await, 1, "nothing was taken away");
    admin.get(ELENA).await.assert_sees("The landscape of ratings is open to them. With another role it closes");
    let changed = admin.fill(ELENA, "/role", &[("role", "analyst")]).await;
    admin.follow(&changed).await.assert_sees("The landscape of ratings is closed to them; a director opens it again");
    admin.get("/cedar-river/audit?kind=member").await.assert_sees("staff → analyst");
    admin.fill(ELENA, "/role", &[("role", "staff")]).await.assert_goes_to(ELENA);
    admin.get(ELENA).await.assert_sees("The landscape of ratings is closed to them. A director opens it, on this page");
}

#[tokio::test]
async fn a_duty_that_ends_with_somebodys_place_was_ended_by_nobody() {
    let site = Site::open().await;
    let (director, admin) = (site.visitor("director").await, site.visitor("admin").await);
    site.force("update delegation set ended_at = created_at where ended_at is null").await;
    let fields = [("duty", "landscape"), ("to", "@facilitator"), ("until", "2027-12-31"), ("reason", "While I travel")];
    director.post("/cedar-river/delegations", &fields).await;
    admin.get(&format!("{ELENA}/ending")).await.assert_sees("What goes with it, as far as you may know").assert_sees("1 duty lent to them");
    admin.fill(&format!("{ELENA}/ending"), "/ending", &[]).await.assert_flash("Membership ended");
    let ended = "audit where action = 'ended the duty lent to' and member_id = '@facilitator'";
    assert_eq!(site.count(&format!("{ended} and actor_name = 'the site, by itself'")).await, 1);
    // Whoever comes back to it reads that it is done.
    let back = admin.get(&format!("{ELENA}/ending")).await;
    back.assert_goes_to(ELENA).assert_flash("This membership has ended");
    admin.post(&format!("{ELENA}/ending"), &[("version", "1")]).await.assert_problem("", "This membership has ended");
}

#[tokio::test]
async fn one_address_has_a_role_once() {
    let site = Site::open().await;
    let admin = site.visitor("admin").await;
    let wren = [("role", "staff"), ("name", "Wren Ashby"), ("email", "wren.ashby@example.org"), ("again", "yes")];
    admin.post(MEMBERS, &wren).await.assert_flash("Invitation made");
    admin.post(MEMBERS, &wren).await.assert_problem("email", "Wren Ashby is staff here already, with this same address");
    assert_eq!(site.count("membership where name = 'Wren Ashby'").await, 1);
}

#[tokio::test]
async fn somebody_is_proposed_where_a_steward_serves_and_once() {
    let site = Site::open().await;
    let (admin, proposals) = (site.visitor("admin").await, "/cedar-river/members/proposals");
    let nowhere = admin.post(proposals, &[("body", "@hmong"), ("name", "Ada Fern")]).await;
    nowhere.assert_problem("body", "No steward serves there: record the body’s act first");
    nowhere.assert_sees("Record the act by which a body names its first steward");
    let ada = [("body", "@tallpine"), ("name", "Ada Fern")];
    admin.post(proposals, &ada).await.assert_flash("Proposed. The body’s steward decides");
    admin.post(proposals, &ada).await.assert_problem("again", "Tick this if it is somebody else");
    admin.post(proposals, &[&ada[..], &[("again", "yes")]].concat()).await.assert_flash("Proposed. The body’s steward decides");
}

#[tokio::test]
async fn a_page_of_another_role_says_whose_work_it_is() {
    let site = Site::open().await;
    let refused = site.visitor("admin").await.get("/cedar-river/outreach/new").await;
    refused.assert_not_allowed().assert_sees("It is part of the work of directors and staff.");
    assert!(!refused.text.contains("ask your agency’s administrator"), "{}", refused.text);
}
