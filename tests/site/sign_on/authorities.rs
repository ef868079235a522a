//! A provider inside an agency's own network, whose certificate comes from an authority that only the operator knows.

use super::{BEGIN, Ground, PROVIDERS, SECRET};
use crate::support::{
    Site,
    oidc::{self, Oidc},
};
use common_table::platform::fetch::Outside;
use std::time::Duration;

/// A site whose operator named these servers, and the authority in this file.
async fn site(hosts: Option<&str>, trusted: Option<&str>) -> Site {
    let outside = Outside::read(hosts, trusted).unwrap();
    Site::asking(Outside { patience: Duration::from_secs(2), ..outside }).await
}

async fn refused(site: &Site, oidc: &Oidc, why: &str) {
    let issuer = oidc.issuer();
    let entered = [
        ("issuer", issuer.as_str()),
        ("application", "common-table"),
        ("application_password", SECRET),
        ("label", "Own"),
        ("active", "yes"),
    ];
    site.visitor("admin").await.post(PROVIDERS, &entered).await.assert_problem("issuer", why);
    assert_eq!(site.count("sign_on_provider where active").await, 0);
}

#[tokio::test]
async fn a_provider_is_trusted_by_the_authority_that_the_operator_named_and_by_no_other() {
    let oidc = Oidc::behind_an_authority_of_its_own().await;
    let (host, unread) = (oidc.host(), "Check the issuer: nothing that can be read comes from there");
    refused(&site(Some(&host), None).await, &oidc, unread).await;
    // Another authority of the same name vouches for nothing here.
    let folder = tempfile::tempdir().unwrap();
    let other = folder.path().join("other.pem");
    std::fs::write(&other, oidc::certified().0).unwrap();
    refused(&site(Some(&host), other.to_str()).await, &oidc, unread).await;
    assert!(oidc.asked().await.is_empty(), "nothing was said to a server that could be anybody");

    let site = site(Some(&host), Some(oidc.authority())).await;
    super::add(&site, &oidc, "County account").await;
    let ground = Ground { site, oidc };
    let staff = ground.site.visitor("staff").await;
    ground.through(&staff, "/account", "/account/sign-ons", "marcus").await.assert_goes_to("/account");
    let marcus = ground.site.stranger();
    ground.through(&marcus, "/sign-in?next=/cedar-river/partners", BEGIN, "marcus").await.assert_goes_to("/cedar-river/partners");
    assert!(ground.oidc.asked().await.contains(&"/token".to_owned()));
}

#[tokio::test]
async fn an_authority_opens_no_network_that_the_operator_did_not_name() {
    let oidc = Oidc::behind_an_authority_of_its_own().await;
    refused(&site(None, Some(oidc.authority())).await, &oidc, "Enter another issuer, or ask whoever runs this site to allow this one")
        .await;
    assert!(oidc.asked().await.is_empty());
}
