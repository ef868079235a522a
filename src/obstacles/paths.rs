//! Addresses of obstacles of the partnership.

use crate::platform::{
    error::Error,
    ids::{PartnerId, SubjectId},
    paging::with_filters,
};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// The list; a POST raises one.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/obstacles", rejection(Error))]
pub struct Obstacles {
    /// The agency.
    pub agency: String,
}

/// The form for a new one.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/obstacles/new", rejection(Error))]
pub struct NewObstacle {
    /// The agency.
    pub agency: String,
}

/// One obstacle; a POST keeps its words.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/obstacles/{obstacle}", rejection(Error))]
pub struct ObstaclePage {
    /// The agency.
    pub agency: String,
    /// The obstacle.
    pub obstacle: SubjectId,
}

/// The form for its words.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/obstacles/{obstacle}/edit", rejection(Error))]
pub struct EditObstacle {
    /// The agency.
    pub agency: String,
    /// The obstacle.
    pub obstacle: SubjectId,
}

/// What the asker’s side can and cannot decide.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/obstacles/{obstacle}/part", rejection(Error))]
pub struct Part {
    /// The agency.
    pub agency: String,
    /// The obstacle.
    pub obstacle: SubjectId,
}

/// Where it stands, who works on it, the next step and the review.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/obstacles/{obstacle}/course", rejection(Error))]
pub struct Course {
    /// The agency.
    pub agency: String,
    /// The obstacle.
    pub obstacle: SubjectId,
}

/// It is settled, by the side that raised it.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/obstacles/{obstacle}/settlement", rejection(Error))]
pub struct Settlement {
    /// The agency.
    pub agency: String,
    /// The obstacle.
    pub obstacle: SubjectId,
}

/// It is open again, by either side.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/obstacles/{obstacle}/settlement/delete", rejection(Error))]
pub struct Reopening {
    /// The agency.
    pub agency: String,
    /// The obstacle.
    pub obstacle: SubjectId,
}

/// Its words are taken back.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/obstacles/{obstacle}/withdrawal", rejection(Error))]
pub struct Withdrawal {
    /// The agency.
    pub agency: String,
    /// The obstacle.
    pub obstacle: SubjectId,
}

/// The list; a POST raises one.
#[must_use]
pub fn obstacles(agency: &str) -> String {
    Obstacles { agency: agency.to_owned() }.to_string()
}

/// The form for a new one.
#[must_use]
pub fn new(agency: &str) -> String {
    NewObstacle { agency: agency.to_owned() }.to_string()
}

/// One obstacle; a POST keeps its words.
#[must_use]
pub fn obstacle(agency: &str, obstacle: impl Into<SubjectId>) -> String {
    ObstaclePage { agency: agency.to_owned(), obstacle: obstacle.into() }.to_string()
}

/// The form for its words.
#[must_use]
pub fn edit(agency: &str, obstacle: impl Into<SubjectId>) -> String {
    EditObstacle { agency: agency.to_owned(), obstacle: obstacle.into() }.to_string()
}

/// What the asker’s side can and cannot decide.
#[must_use]
pub fn part(agency: &str, obstacle: impl Into<SubjectId>) -> String {
    Part { agency: agency.to_owned(), obstacle: obstacle.into() }.to_string()
}

/// Where it stands, who works on it, the next step and the review.
#[must_use]
pub fn course(agency: &str, obstacle: impl Into<SubjectId>) -> String {
    Course { agency: agency.to_owned(), obstacle: obstacle.into() }.to_string()
}

/// It is settled, by the side that raised it.
#[must_use]
pub fn settlement(agency: &str, obstacle: impl Into<SubjectId>) -> String {
    Settlement { agency: agency.to_owned(), obstacle: obstacle.into() }.to_string()
}

/// It is open again, by either side.
#[must_use]
pub fn reopening(agency: &str, obstacle: impl Into<SubjectId>) -> String {
    Reopening { agency: agency.to_owned(), obstacle: obstacle.into() }.to_string()
}

/// Its words are taken back.
#[must_use]
pub fn withdrawal(agency: &str, obstacle: impl Into<SubjectId>) -> String {
    Withdrawal { agency: agency.to_owned(), obstacle: obstacle.into() }.to_string()
}

/// Those with one partner.
#[must_use]
pub fn with(agency: &str, partner: impl Into<PartnerId>) -> String {
    with_filters(&obstacles(agency), &[("partner", partner.into().to_string().as_str())])
}

/// The form for a new one with a partner.
#[must_use]
pub fn new_with(agency: &str, partner: impl Into<PartnerId>) -> String {
    with_filters(&new(agency), &[("partner", partner.into().to_string().as_str())])
}
