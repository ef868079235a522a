//! Addresses of lists of people to invite.

use super::model::PeopleListId;
use crate::platform::error::Error;
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// The lists so far and the form for another; a POST sends one in.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/members/lists", rejection(Error))]
pub struct PeopleLists {
    /// The agency.
    pub agency: String,
}

/// What becomes of each row of one list.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/members/lists/{people_list}", rejection(Error))]
pub struct PeopleListPage {
    /// The agency.
    pub agency: String,
    /// The list.
    pub people_list: PeopleListId,
}

/// A POST invites and proposes.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/members/lists/{people_list}/confirmation", rejection(Error))]
pub struct Confirmation {
    /// The agency.
    pub agency: String,
    /// The list.
    pub people_list: PeopleListId,
}

/// Asks, and drops the list.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/members/lists/{people_list}/delete", rejection(Error))]
pub struct DropList {
    /// The agency.
    pub agency: String,
    /// The list.
    pub people_list: PeopleListId,
}

/// The lists.
#[must_use]
pub fn people_lists(agency: &str) -> String {
    PeopleLists { agency: agency.to_owned() }.to_string()
}

/// One list.
#[must_use]
pub fn people_list(agency: &str, list: impl Into<PeopleListId>) -> String {
    PeopleListPage { agency: agency.to_owned(), people_list: list.into() }.to_string()
}

/// Where its people are invited.
#[must_use]
pub fn confirmation(agency: &str, list: impl Into<PeopleListId>) -> String {
    Confirmation { agency: agency.to_owned(), people_list: list.into() }.to_string()
}

/// Where it is dropped.
#[must_use]
pub fn drop_list(agency: &str, list: impl Into<PeopleListId>) -> String {
    DropList { agency: agency.to_owned(), people_list: list.into() }.to_string()
}
