//! Two providers of one agency, and two agencies of one name.

use super::{BEGIN, PROVIDERS, through_one};
use crate::support::{Site, Visitor, oidc::Oidc};

const JOIN: (&str, &str) = ("/account", "/account/sign-ons");
const COME_IN: (&str, &str) = ("/sign-in?next=/cedar-river/partners", BEGIN);

/// One agency with two providers, and one of its staff who joined both and came in by each.
struct Two {
    site: Site,
    first: Oidc,
    second: Oidc,
    by_first: Visitor,
    by_second: Visitor,
}

impl Two {
    async fn start() -> Self {
        let (first, second) = (Oidc::start().await, Oidc::start().await);
        let site = Site::with_providers(&[&first, &second]).await;
        super::add(&site, &first, "County account").await;
        super::add(&site, &second, "Court account").await;
        let staff = site.visitor("staff").await;
        for one in [(&first, "County account"), (&second, "Court account")] {
            through_one(&site, &staff, JOIN, one, "marcus").await.assert_goes_to("/account");
        }
        let (by_first, by_second) = (site.stranger(), site.stranger());
        let two = Self { site, first, second, by_first, by_second };
        two.come_in(&two.by_first, &two.first, "County account").await;
        two.come_in(&two.by_second, &two.second, "Court account").await;
        two
    }

    async fn come_in(&self, visitor: &Visitor, oidc: &Oidc, label: &str) {
        through_one(&self.site, visitor, COME_IN, (oidc, label), "marcus").await.assert_goes_to("/cedar-river/partners");
        visitor.get("/cedar-river/partners").await.assert_page("Partners");
    }

    /// The second provider's sign-in ended with the first's, and the first's did not end with the second's.
    async fn only_the_first_ended(&self) {
        self.by_first.get("/cedar-river/partners").await.assert_sent_to_sign_in();
        self.by_second.get("/cedar-river/partners").await.assert_page("Partners");
    }

    async fn page_of(&self, label: &str) -> String {
        let id: String = self.site.peek(&format!("select id::text from sign_on_provider where label = '{label}'")).await;
        format!("{PROVIDERS}/{id}")
    }
}

#[tokio::test]
async fn a_provider_that_goes_out_of_use_takes_only_what_it_vouched_for_with_it() {
    let two = Two::start().await;
    let (admin, page) = (two.site.visitor("admin").await, two.page_of("County account").await);
    admin.fill(&page, &page, &[("active", "")]).await.assert_goes_to(PROVIDERS);
    two.only_the_first_ended().await;
    // What somebody holds who signed in with a password is not touched, nor what another agency's provider vouched for.
    admin.get(PROVIDERS).await.assert_page("Single sign-on");
    admin.post(&format!("{page}/delete"), &[]).await.assert_goes_to(PROVIDERS);
    two.by_second.get("/cedar-river/partners").await.assert_page("Partners");
    let page = two.page_of("Court account").await;
    admin.post(&format!("{page}/delete"), &[]).await.assert_goes_to(PROVIDERS);
    two.by_second.get("/cedar-river/partners").await.assert_sent_to_sign_in();
}

#[tokio::test]
async fn whoever_confirms_does_so_at_the_provider_that_vouched() {
    let two = Two::start().await;
    let confirm = two.by_second.get("/confirm?next=/cedar-river").await;
    confirm.assert_sees("Confirm through Court account").assert_never_sees("County account");
}

#[tokio::test]
async fn a_sign_in_of_another_agencys_provider_stays() {
    let two = Two::start().await;
    two.site
        .force(
            "update session set vouched_by = (select id from agency where slug = 'harbor') where provider_id = \
             (select id from sign_on_provider where label = 'County account')",
        )
        .await;
    let (admin, page) = (two.site.visitor("admin").await, two.page_of("County account").await);
    admin.fill(&page, &page, &[("active", "")]).await.assert_goes_to(PROVIDERS);
    assert_eq!(two.site.count("session where proved_by = 'sso' and ended_at is null").await, 2);
}

#[tokio::test]
async fn a_sign_in_of_which_it_is_not_known_who_vouched_ends_with_any() {
    let two = Two::start().await;
    two.site.force("update session set provider_id = null, provider_sid = null where proved_by = 'sso'").await;
    let (admin, page) = (two.site.visitor("admin").await, two.page_of("County account").await);
    admin.fill(&page, &page, &[("active", "")]).await.assert_goes_to(PROVIDERS);
    assert_eq!(two.site.count("session where proved_by = 'sso' and ended_at is null").await, 0);
}

#[tokio::test]
async fn what_is_taken_off_ends_only_what_came_by_it() {
    for by_administrator in [true, false] {
        let two = Two::start().await;
        let issuer = two.first.issuer();
        let identity: String = two.site.peek(&format!("select id::text from sign_on_identity where issuer = '{issuer}'")).await;
        if by_administrator {
            let path = format!("/cedar-river/settings/sign-on-people/{identity}/delete");
            two.site.visitor("admin").await.post(&path, &[]).await.assert_goes_to("/cedar-river/settings/sign-on-people");
        } else {
            let staff = two.site.visitor("staff").await;
            staff.post("/account/sign-ons/delete", &[("identity", &identity)]).await.assert_goes_to("/account");
        }
        two.only_the_first_ended().await;
    }
}

#[tokio::test]
async fn of_two_agencies_with_one_name_the_address_tells_which_is_which() {
    let (county, harbor) = (Oidc::start().await, Oidc::start().await);
    let site = Site::with_providers(&[&county, &harbor]).await;
    super::add(&site, &county, "County account").await;
    site.force(&format!(
        "update agency set name = 'Cedar River County' where slug = 'harbor'; \
         insert into sign_on_provider (agency_id, id, issuer, application, label, active, created_at) \
         select id, gen_random_uuid(), '{}', 'common-table', 'Harbor account', true, now() from agency where slug = 'harbor'",
        harbor.issuer()
    ))
    .await;
    let stranger = site.stranger();
    let chooser = stranger.get("/sign-in?agency=cedar+river+county&next=/cedar-river/partners").await;
    chooser.assert_sees("Which agency do you work for?").assert_sees("/cedar-river: County account").assert_sees("/harbor: Harbor account");
    let links = chooser.attributes("section[aria-labelledby=own-side] a", "href");
    assert_eq!(links.len(), 2);
    for (link, label) in links.iter().zip(["County account", "Harbor account"]) {
        stranger.get(link).await.assert_sees(&format!("Go on with {label}"));
    }
    site.force("update agency set place = 'Cedar, Washington' where slug = 'cedar-river'; update agency set place = 'Harbor, Maine' where slug = 'harbor'").await;
    let chooser = stranger.get("/sign-in?agency=cedar+river+county&next=/cedar-river/partners").await;
    chooser.assert_sees("Cedar, Washington, /cedar-river: County account").assert_sees("Harbor, Maine, /harbor: Harbor account");
    // By its address one is meant, and nobody gets to see any by a part of its name.
    stranger.get("/sign-in?agency=harbor").await.assert_sees("Go on with Harbor account").assert_never_sees("County account");
    for part in ["Cedar", "County", "%25", "cedar+river+count_"] {
        let none = stranger.get(&format!("/sign-in?agency={part}")).await;
        none.assert_sees("No agency of that name has a sign-in of its own here").assert_never_sees("Harbor account");
    }
    // One that offers no sign-in is not spoken of.
    site.force("update sign_on_provider set active = false where label = 'Harbor account'").await;
    let found = stranger.get("/sign-in?agency=cedar+river+county").await;
    found.assert_sees("Go on with County account").assert_never_sees("/harbor");
}
