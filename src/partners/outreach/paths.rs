//! Addresses of outreach.

use crate::platform::{
    error::Error,
    ids::{PartnerId, SubjectId},
};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// The log; a POST adds an entry.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/outreach", rejection(Error))]
pub struct Outreach {
    /// The agency.
    pub agency: String,
}

/// The form for a new entry.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/outreach/new", rejection(Error))]
pub struct NewOutreach {
    /// The agency.
    pub agency: String,
}

/// The log of contacts with Tribes as governments.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/outreach/governments", rejection(Error))]
pub struct Governments {
    /// The agency.
    pub agency: String,
}

/// One entry; a POST keeps it.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/outreach/{entry}", rejection(Error))]
pub struct OutreachPage {
    /// The agency.
    pub agency: String,
    /// The entry.
    pub entry: SubjectId,
}

/// The form for one entry.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/outreach/{entry}/edit", rejection(Error))]
pub struct EditOutreach {
    /// The agency.
    pub agency: String,
    /// The entry.
    pub entry: SubjectId,
}

/// The next step is done.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/outreach/{entry}/next-step", rejection(Error))]
pub struct NextStep {
    /// The agency.
    pub agency: String,
    /// The entry.
    pub entry: SubjectId,
}

/// When the relationship is kept next.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/outreach/{entry}/next-date", rejection(Error))]
pub struct NextDate {
    /// The agency.
    pub agency: String,
    /// The entry.
    pub entry: SubjectId,
}

/// The log.
#[must_use]
pub fn outreach(agency: &str) -> String {
    Outreach { agency: agency.to_owned() }.to_string()
}

/// The log of one partner.
#[must_use]
pub fn outreach_of(agency: &str, partner: impl Into<PartnerId>) -> String {
    format!("{}?partner={}", outreach(agency), partner.into())
}

/// The log of contacts with Tribes as governments.
#[must_use]
pub fn governments(agency: &str) -> String {
    Governments { agency: agency.to_owned() }.to_string()
}

/// The same of one Tribe.
#[must_use]
pub fn governments_of(agency: &str, partner: impl Into<PartnerId>) -> String {
    format!("{}?partner={}", governments(agency), partner.into())
}

/// The form for a new contact between governments.
#[must_use]
pub fn new_between(agency: &str, partner: impl std::fmt::Display) -> String {
    format!("{}&government=yes", new_for(agency, partner))
}

/// The form for a new entry about a partner.
#[must_use]
pub fn new_for(agency: &str, partner: impl std::fmt::Display) -> String {
    format!("{}?partner={partner}", NewOutreach { agency: agency.to_owned() })
}

/// One entry.
#[must_use]
pub fn entry(agency: &str, entry: impl Into<SubjectId>) -> String {
    OutreachPage { agency: agency.to_owned(), entry: entry.into() }.to_string()
}

/// The form for one entry.
#[must_use]
pub fn edit(agency: &str, entry: impl Into<SubjectId>) -> String {
    EditOutreach { agency: agency.to_owned(), entry: entry.into() }.to_string()
}

/// Where the next step is said to be done.
#[must_use]
pub fn next_step(agency: &str, entry: impl Into<SubjectId>) -> String {
    NextStep { agency: agency.to_owned(), entry: entry.into() }.to_string()
}

/// Where the next date of the relationship is put down.
#[must_use]
pub fn next_date(agency: &str, entry: impl Into<SubjectId>) -> String {
    NextDate { agency: agency.to_owned(), entry: entry.into() }.to_string()
}
