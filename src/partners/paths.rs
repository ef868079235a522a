//! Addresses of partners.

use crate::platform::{error::Error, ids::PartnerId};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// The list; a POST adds a partner.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/partners", rejection(Error))]
pub struct Partners {
    /// The agency.
    pub agency: String,
}

/// The form for a new partner.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/partners/new", rejection(Error))]
pub struct NewPartner {
    /// The agency.
    pub agency: String,
}

/// One partner; a POST keeps its entry.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/partners/{partner}", rejection(Error))]
pub struct PartnerPage {
    /// The agency.
    pub agency: String,
    /// The partner.
    pub partner: PartnerId,
}

/// The form for one partner's entry.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/partners/{partner}/edit", rejection(Error))]
pub struct EditPartner {
    /// The agency.
    pub agency: String,
    /// The partner.
    pub partner: PartnerId,
}

/// What stands under an entry that was joined to another.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/partners/{partner}/joined", rejection(Error))]
pub struct JoinedPage {
    /// The agency.
    pub agency: String,
    /// The entry that was joined.
    pub partner: PartnerId,
}

/// What stands under an entry that was joined to another.
#[must_use]
pub fn joined(agency: &str, partner: impl Into<PartnerId>) -> String {
    JoinedPage { agency: agency.to_owned(), partner: partner.into() }.to_string()
}

/// The list.
#[must_use]
pub fn partners(agency: &str) -> String {
    Partners { agency: agency.to_owned() }.to_string()
}

/// One partner's page.
#[must_use]
pub fn partner(agency: &str, partner: impl Into<PartnerId>) -> String {
    PartnerPage { agency: agency.to_owned(), partner: partner.into() }.to_string()
}

/// The form for a new partner, begun with a name of the look-up.
#[must_use]
pub fn new_listed(agency: &str, listed: impl std::fmt::Display) -> String {
    format!("{}?listed={listed}", NewPartner { agency: agency.to_owned() })
}

/// The form for one partner's entry.
#[must_use]
pub fn edit(agency: &str, partner: impl Into<PartnerId>) -> String {
    EditPartner { agency: agency.to_owned(), partner: partner.into() }.to_string()
}
