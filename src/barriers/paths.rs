//! Addresses of barriers.

use crate::platform::{error::Error, ids::SubjectId};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// The list; a POST adds a barrier.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/barriers", rejection(Error))]
pub struct Barriers {
    /// The agency.
    pub agency: String,
}

/// The form for a new barrier.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/barriers/new", rejection(Error))]
pub struct NewBarrier {
    /// The agency.
    pub agency: String,
}

/// One barrier; a POST keeps it.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/barriers/{barrier}", rejection(Error))]
pub struct BarrierPage {
    /// The agency.
    pub agency: String,
    /// The barrier.
    pub barrier: SubjectId,
}

/// The form for one barrier.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/barriers/{barrier}/edit", rejection(Error))]
pub struct EditBarrier {
    /// The agency.
    pub agency: String,
    /// The barrier.
    pub barrier: SubjectId,
}

/// What became of it.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/barriers/{barrier}/state", rejection(Error))]
pub struct BarrierState {
    /// The agency.
    pub agency: String,
    /// The barrier.
    pub barrier: SubjectId,
}

/// What shows it; a POST joins more.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/barriers/{barrier}/evidence", rejection(Error))]
pub struct Evidence {
    /// The agency.
    pub agency: String,
    /// The barrier.
    pub barrier: SubjectId,
}

/// Takes one source away.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/barriers/{barrier}/evidence/{source}/delete", rejection(Error))]
pub struct DropEvidence {
    /// The agency.
    pub agency: String,
    /// The barrier.
    pub barrier: SubjectId,
    /// The statement or theme.
    pub source: SubjectId,
}

/// It was read again after it lost a source.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/barriers/{barrier}/rereading", rejection(Error))]
pub struct Rereading {
    /// The agency.
    pub agency: String,
    /// The barrier.
    pub barrier: SubjectId,
}

/// The list.
#[must_use]
pub fn barriers(agency: &str) -> String {
    Barriers { agency: agency.to_owned() }.to_string()
}

/// The form for a new barrier.
#[must_use]
pub fn new(agency: &str) -> String {
    NewBarrier { agency: agency.to_owned() }.to_string()
}

/// The form for a new barrier that a theme shows.
#[must_use]
pub fn new_from(agency: &str, theme: impl Into<SubjectId>) -> String {
    crate::platform::paging::with_filters(&new(agency), &[("theme", theme.into().to_string().as_str())])
}

/// One barrier’s page.
#[must_use]
pub fn barrier(agency: &str, barrier: impl Into<SubjectId>) -> String {
    BarrierPage { agency: agency.to_owned(), barrier: barrier.into() }.to_string()
}

/// The form for one barrier.
#[must_use]
pub fn edit(agency: &str, barrier: impl Into<SubjectId>) -> String {
    EditBarrier { agency: agency.to_owned(), barrier: barrier.into() }.to_string()
}

/// What became of it.
#[must_use]
pub fn state(agency: &str, barrier: impl Into<SubjectId>) -> String {
    BarrierState { agency: agency.to_owned(), barrier: barrier.into() }.to_string()
}

/// What shows it; a POST joins more.
#[must_use]
pub fn evidence(agency: &str, barrier: impl Into<SubjectId>) -> String {
    Evidence { agency: agency.to_owned(), barrier: barrier.into() }.to_string()
}

/// Takes one source away.
#[must_use]
pub fn drop_evidence(agency: &str, barrier: impl Into<SubjectId>, source: impl Into<SubjectId>) -> String {
    DropEvidence { agency: agency.to_owned(), barrier: barrier.into(), source: source.into() }.to_string()
}

/// It was read again after it lost a source.
#[must_use]
pub fn rereading(agency: &str, barrier: impl Into<SubjectId>) -> String {
    Rereading { agency: agency.to_owned(), barrier: barrier.into() }.to_string()
}
