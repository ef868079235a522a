//! Addresses of single sign-on: the way to a provider and back, and where an agency's providers are kept.

use crate::platform::{
    error::Error,
    ids::{IdentityId, ProviderId},
};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// A POST goes to an agency's provider of single sign-on.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/sign-on", rejection(Error))]
pub struct SignOn {
    /// The agency.
    pub agency: String,
}

/// On to the provider.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/sign-on/onward", rejection(Error))]
pub struct Onward {
    /// The agency.
    pub agency: String,
}

/// Back from the provider. An agency has an address of its own, so that what is meant for one comes to no other.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/sign-on/return", rejection(Error))]
pub struct Back {
    /// The agency.
    pub agency: String,
}

/// Signed out here: whether out of the provider too.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/sign-on/leaving", rejection(Error))]
pub struct Leaving {
    /// The agency.
    pub agency: String,
}

/// Back from the provider, signed out there too.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/sign-on/left", rejection(Error))]
pub struct Left {
    /// The agency.
    pub agency: String,
}

/// A POST by which a provider says by itself that somebody signed out there.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/sign-on/signed-out", rejection(Error))]
pub struct SignedOutThere {
    /// The agency.
    pub agency: String,
}

/// An agency's providers; a POST adds one.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/settings/sign-on", rejection(Error))]
pub struct Providers {
    /// The agency.
    pub agency: String,
}

/// One provider; a POST changes it.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/settings/sign-on/{provider}", rejection(Error))]
pub struct ProviderPage {
    /// The agency.
    pub agency: String,
    /// The provider.
    pub provider: ProviderId,
}

/// The question, and a POST takes a provider away.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/settings/sign-on/{provider}/delete", rejection(Error))]
pub struct NoProvider {
    /// The agency.
    pub agency: String,
    /// The provider.
    pub provider: ProviderId,
}

/// A POST says whether the agency's own side has to come in through its provider.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/settings/sign-on-rule", rejection(Error))]
pub struct SignOnRule {
    /// The agency.
    pub agency: String,
}

/// Who comes in through a provider.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/settings/sign-on-people", rejection(Error))]
pub struct SignOnPeople {
    /// The agency.
    pub agency: String,
}

/// A POST takes somebody's sign-in off.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/settings/sign-on-people/{identity}/delete", rejection(Error))]
pub struct NoSignOnPerson {
    /// The agency.
    pub agency: String,
    /// Their identity.
    pub identity: IdentityId,
}

/// Where a button goes that leads to an agency's provider.
#[must_use]
pub fn sign_on(agency: &str) -> String {
    SignOn { agency: agency.to_owned() }.to_string()
}

/// An agency's providers.
#[must_use]
pub fn providers(agency: &str) -> String {
    Providers { agency: agency.to_owned() }.to_string()
}

/// One provider.
pub fn provider(agency: &str, provider: impl Into<ProviderId>) -> String {
    ProviderPage { agency: agency.to_owned(), provider: provider.into() }.to_string()
}

/// Where a provider is taken away.
pub fn no_provider(agency: &str, provider: impl Into<ProviderId>) -> String {
    NoProvider { agency: agency.to_owned(), provider: provider.into() }.to_string()
}

/// Where it is said whether the agency's own side has to come in through its provider.
#[must_use]
pub fn sign_on_rule(agency: &str) -> String {
    SignOnRule { agency: agency.to_owned() }.to_string()
}

/// Who comes in through a provider.
#[must_use]
pub fn sign_on_people(agency: &str) -> String {
    SignOnPeople { agency: agency.to_owned() }.to_string()
}

/// Where somebody's sign-in is taken off.
pub fn no_sign_on_person(agency: &str, identity: impl Into<IdentityId>) -> String {
    NoSignOnPerson { agency: agency.to_owned(), identity: identity.into() }.to_string()
}

/// On to the provider, by the secret of one attempt.
#[must_use]
pub fn onward(agency: &str, state: &str) -> String {
    format!("{}?state={state}", Onward { agency: agency.to_owned() })
}

/// Signed out here: whether out of the provider too, by the secret of one way.
#[must_use]
pub fn leaving(agency: &str, state: &str) -> String {
    format!("{}?state={state}", Leaving { agency: agency.to_owned() })
}

/// Back from an agency's provider, signed out: the address that is registered there for it.
#[must_use]
pub fn left(agency: &str) -> String {
    Left { agency: agency.to_owned() }.to_string()
}

/// Where a provider says by itself that somebody signed out there.
#[must_use]
pub fn signed_out_there(agency: &str) -> String {
    SignedOutThere { agency: agency.to_owned() }.to_string()
}

/// Whether an address is one at which other servers speak, and no browser.
#[must_use]
pub fn is_for_servers(path: &str) -> bool {
    let agency = path.strip_suffix("/sign-on/signed-out").and_then(|rest| rest.strip_prefix('/'));
    agency.is_some_and(|agency| !agency.contains('/'))
}

/// Back from an agency's provider: the address that is registered there.
#[must_use]
pub fn back(agency: &str) -> String {
    Back { agency: agency.to_owned() }.to_string()
}
