//! Addresses of groups.

use crate::platform::{error::Error, ids::SubjectId};
use axum_extra::routing::TypedPath;
use serde::Deserialize;
use uuid::Uuid;

/// The list; a POST adds a group.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/groups", rejection(Error))]
pub struct Groups {
    /// The agency.
    pub agency: String,
}

/// The form for a new group.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/groups/new", rejection(Error))]
pub struct NewGroup {
    /// The agency.
    pub agency: String,
}

/// One group; a POST keeps it.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/groups/{group}", rejection(Error))]
pub struct GroupPage {
    /// The agency.
    pub agency: String,
    /// The group.
    pub group: SubjectId,
}

/// The form for one group.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/groups/{group}/edit", rejection(Error))]
pub struct EditGroup {
    /// The agency.
    pub agency: String,
    /// The group.
    pub group: SubjectId,
}

/// The form for the next version of its charter; a POST adds it.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/groups/{group}/charter", rejection(Error))]
pub struct CharterOf {
    /// The agency.
    pub agency: String,
    /// The group.
    pub group: SubjectId,
}

/// Its seats: the form for a new one; a POST adds it.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/groups/{group}/seats", rejection(Error))]
pub struct Seats {
    /// The agency.
    pub agency: String,
    /// The group.
    pub group: SubjectId,
}

/// Who sits in one; a POST gives the seat.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/groups/{group}/seats/{seat}/term", rejection(Error))]
pub struct Term {
    /// The agency.
    pub agency: String,
    /// The group.
    pub group: SubjectId,
    /// The seat.
    pub seat: Uuid,
}

/// Who sits for a body; a POST names them.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/groups/{group}/seats/{seat}/sitter", rejection(Error))]
pub struct SitterOf {
    /// The agency.
    pub agency: String,
    /// The group.
    pub group: SubjectId,
    /// The seat.
    pub seat: Uuid,
}

/// Nobody sits in it from now on.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/groups/{group}/seats/{seat}/vacancy", rejection(Error))]
pub struct Vacancy {
    /// The agency.
    pub agency: String,
    /// The group.
    pub group: SubjectId,
    /// The seat.
    pub seat: Uuid,
}

/// The list.
#[must_use]
pub fn groups(agency: &str) -> String {
    Groups { agency: agency.to_owned() }.to_string()
}

/// The form for a new group.
#[must_use]
pub fn new(agency: &str) -> String {
    NewGroup { agency: agency.to_owned() }.to_string()
}

/// One group’s page.
#[must_use]
pub fn group(agency: &str, group: impl Into<SubjectId>) -> String {
    GroupPage { agency: agency.to_owned(), group: group.into() }.to_string()
}

/// The form for one group.
#[must_use]
pub fn edit(agency: &str, group: impl Into<SubjectId>) -> String {
    EditGroup { agency: agency.to_owned(), group: group.into() }.to_string()
}

/// The form for the next version of its charter.
#[must_use]
pub fn charter(agency: &str, group: impl Into<SubjectId>) -> String {
    CharterOf { agency: agency.to_owned(), group: group.into() }.to_string()
}

/// The form for a new seat.
#[must_use]
pub fn seats(agency: &str, group: impl Into<SubjectId>) -> String {
    Seats { agency: agency.to_owned(), group: group.into() }.to_string()
}

/// The form that gives a seat.
#[must_use]
pub fn term(agency: &str, group: impl Into<SubjectId>, seat: impl std::borrow::Borrow<Uuid>) -> String {
    Term { agency: agency.to_owned(), group: group.into(), seat: *seat.borrow() }.to_string()
}

/// The form by which a body says who sits for it.
#[must_use]
pub fn sitter(agency: &str, group: impl Into<SubjectId>, seat: impl std::borrow::Borrow<Uuid>) -> String {
    SitterOf { agency: agency.to_owned(), group: group.into(), seat: *seat.borrow() }.to_string()
}

/// The question whether a seat is vacant from now on.
#[must_use]
pub fn vacancy(agency: &str, group: impl Into<SubjectId>, seat: impl std::borrow::Borrow<Uuid>) -> String {
    Vacancy { agency: agency.to_owned(), group: group.into(), seat: *seat.borrow() }.to_string()
}
