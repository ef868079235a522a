//! Founding an agency and inviting its people from the terminal: what an operator may do before anybody could on a page.

use crate::support::Site;
use chrono::Duration;
use common_table::{
    agencies::{self, Founder, FoundingError},
    mail::Language,
    platform::{errand::Errand, ids::AgencyId},
    verify,
};
use http::StatusCode;

const ANA: Founder<'_> = Founder { name: "Ana Ruiz", email: " Ana@Cedar.example ", language: None, password_hash: None };
const PASSWORD: &str = "four words in a row";

/// A site whose agencies are all real.
async fn real() -> Site {
    let site = Site::alone().await;
    site.force("update agency set is_demo = false").await;
    site.app.look().await.unwrap();
    site
}

#[tokio::test]
async fn a_real_agency_is_not_founded_beside_the_demonstration() {
    let site = Site::alone().await;
    let mut owner = site.owner().await;
    let refused = agencies::found_by_invitation(&mut owner, "cedar", "Cedar County", ANA, site.clock.now()).await;
    assert!(matches!(refused, Err(FoundingError::BesideDemo)), "{refused:?}");
    assert_eq!(site.count("agency").await, 2);
}

#[tokio::test]
async fn the_demonstration_is_not_founded_beside_a_real_agency() {
    let site = real().await;
    let mut owner = site.owner().await;
    let refused = agencies::found(&mut owner, "cedar", "Cedar County", true, ANA, site.clock.now()).await;
    assert!(matches!(refused, Err(FoundingError::BesideReal)), "{refused:?}");
}

#[tokio::test]
async fn the_first_administrator_comes_in_by_the_printed_link_once() {
    let site = real().await;
    let mut owner = site.owner().await;
    let token = agencies::found_by_invitation(&mut owner, "cedar", " Cedar  County ", ANA, site.clock.now()).await.unwrap();
    let link = format!("/invitations/{token}");
    let ana = site.stranger();
    ana.open_link(&link).await.assert_page("Join Cedar County").assert_sees("ana@cedar.example");
    ana.answer_link(&link, &[("name", "Ana Ruiz"), ("password", PASSWORD)]).await.assert_goes_to("/cedar");
    ana.get("/cedar/members").await.assert_page("Members").assert_sees("Ana Ruiz");
    ana.get("/cedar/audit").await.assert_sees("the operator").assert_sees("founded").assert_sees("invited");
    site.stranger().open_link(&link).await.assert_invitation_over();
    let again = site.stranger();
    again.post("/sign-in", &[("email", "ana@cedar.example"), ("password", PASSWORD)]).await.assert_goes_to("/");
    let cedar: uuid::Uuid = site.peek("select id from agency where slug = 'cedar'").await;
    let broken = verify::broken(&Errand::of_agency(site.app.db.clone(), (AgencyId(cedar), chrono_tz::Tz::UTC))).await.unwrap();
    assert_eq!(broken, Vec::<String>::new());
}

#[tokio::test]
async fn the_first_administrator_comes_in_in_the_language_that_the_operator_named() {
    let site = real().await;
    let founder = Founder { language: Language::parse("es"), ..ANA };
    let token = agencies::found_by_invitation(&mut site.owner().await, "cedar", "Cedar County", founder, site.clock.now()).await.unwrap();
    let ana = site.stranger();
    ana.answer_link(&format!("/invitations/{token}"), &[("name", "Ana Ruiz"), ("password", PASSWORD)]).await.assert_goes_to("/cedar");
    let kept: Option<String> = site.peek("select language from account where email = 'ana@cedar.example'").await;
    assert_eq!(kept.as_deref(), Some("es"));
}

#[tokio::test]
async fn the_printed_link_ends_after_seven_days() {
    let site = real().await;
    let token = agencies::found_by_invitation(&mut site.owner().await, "cedar", "Cedar County", ANA, site.clock.now()).await.unwrap();
    site.clock.advance(Duration::days(7));
    site.stranger().open_link(&format!("/invitations/{token}")).await.assert_invitation_over();
}

#[tokio::test]
async fn what_the_operator_typed_wrongly_founds_nothing() {
    let site = real().await;
    let mut owner = site.owner().await;
    for (slug, name, founder, told) in [
        ("cedar", "", ANA, "Enter the agency’s name."),
        ("cedar", "Cedar County", Founder { email: "nonsense", ..ANA }, "Enter an email address"),
        ("cedar", "Cedar County", Founder { name: " ", ..ANA }, "Enter the person’s name."),
        ("sign-in", "Cedar County", ANA, "Choose a short name"),
        ("harbor", "Cedar County", ANA, "There is an agency with the short name “harbor” already."),
    ] {
        let refused = agencies::found_by_invitation(&mut owner, slug, name, founder, site.clock.now()).await.unwrap_err().to_string();
        assert!(refused.starts_with(told), "{refused}");
    }
    assert_eq!(site.count("agency").await, 2);
    assert_eq!(site.count("membership where name = 'Ana Ruiz'").await, 0, "neither half is there");
}

#[tokio::test]
async fn whoever_is_invited_twice_has_one_membership_and_one_link() {
    let site = Site::alone().await;
    let mut owner = site.owner().await;
    let mut links = Vec::new();
    for name in ["Bo Lindgren", "Bo Lindgren"] {
        let invited = agencies::invite_from_terminal(&mut owner, "harbor", "bo@demo.example", name, "staff", site.clock.now()).await;
        links.push(format!("/invitations/{}", invited.unwrap()));
    }
    assert_eq!(site.count("membership where name = 'Bo Lindgren'").await, 1);
    assert_eq!(site.count("audit where actor_name = 'the operator' and action in ('invited', 'made the link anew for')").await, 2);
    site.stranger().open_link(&links[0]).await.assert_invitation_over();
    let bo = site.stranger();
    bo.answer_link(&links[1], &[("name", "Bo Lindgren"), ("password", PASSWORD)]).await.assert_status(StatusCode::SEE_OTHER);
    let third = agencies::invite_from_terminal(&mut owner, "harbor", "Bo@demo.example", "Bo", "staff", site.clock.now()).await;
    assert!(matches!(third, Err(FoundingError::Already(_))), "{third:?}");
    // Another role is another hat.
    agencies::invite_from_terminal(&mut owner, "harbor", "bo@demo.example", "Bo", "analyst", site.clock.now()).await.unwrap();
}
