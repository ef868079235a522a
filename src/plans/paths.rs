//! Addresses of plans.

use crate::platform::{error::Error, ids::SubjectId};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// The list; a POST adds a plan.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/plans", rejection(Error))]
pub struct Plans {
    /// The agency.
    pub agency: String,
}

/// The form for a new plan.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/plans/new", rejection(Error))]
pub struct NewPlan {
    /// The agency.
    pub agency: String,
}

/// One plan; a POST keeps it.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/plans/{plan}", rejection(Error))]
pub struct PlanPage {
    /// The agency.
    pub agency: String,
    /// The plan.
    pub plan: SubjectId,
}

/// The form for one plan.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/plans/{plan}/edit", rejection(Error))]
pub struct EditPlan {
    /// The agency.
    pub agency: String,
    /// The plan.
    pub plan: SubjectId,
}

/// How far it is; a POST notes it.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/plans/{plan}/progress", rejection(Error))]
pub struct Progress {
    /// The agency.
    pub agency: String,
    /// The plan.
    pub plan: SubjectId,
}

/// What came of it.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/plans/{plan}/state", rejection(Error))]
pub struct PlanState {
    /// The agency.
    pub agency: String,
    /// The plan.
    pub plan: SubjectId,
}

/// Shared means; a POST adds one.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/plans/{plan}/means", rejection(Error))]
pub struct Means {
    /// The agency.
    pub agency: String,
    /// The plan.
    pub plan: SubjectId,
}

/// Takes one of the means away.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/plans/{plan}/means/{means}/delete", rejection(Error))]
pub struct DropMeans {
    /// The agency.
    pub agency: String,
    /// The plan.
    pub plan: SubjectId,
    /// The means.
    pub means: uuid::Uuid,
}

/// It was read again after it lost a source.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/plans/{plan}/rereading", rejection(Error))]
pub struct Rereading {
    /// The agency.
    pub agency: String,
    /// The plan.
    pub plan: SubjectId,
}

/// The list.
#[must_use]
pub fn plans(agency: &str) -> String {
    Plans { agency: agency.to_owned() }.to_string()
}

/// The form for a new plan.
#[must_use]
pub fn new(agency: &str) -> String {
    NewPlan { agency: agency.to_owned() }.to_string()
}

/// The form for a new plan that addresses a barrier.
#[must_use]
pub fn new_for(agency: &str, barrier: impl Into<SubjectId>) -> String {
    crate::platform::paging::with_filters(&new(agency), &[("barrier", barrier.into().to_string().as_str())])
}

/// One plan’s page.
#[must_use]
pub fn plan(agency: &str, plan: impl Into<SubjectId>) -> String {
    PlanPage { agency: agency.to_owned(), plan: plan.into() }.to_string()
}

/// The form for one plan.
#[must_use]
pub fn edit(agency: &str, plan: impl Into<SubjectId>) -> String {
    EditPlan { agency: agency.to_owned(), plan: plan.into() }.to_string()
}

/// How far it is; a POST notes it.
#[must_use]
pub fn progress(agency: &str, plan: impl Into<SubjectId>) -> String {
    Progress { agency: agency.to_owned(), plan: plan.into() }.to_string()
}

/// What came of it.
#[must_use]
pub fn state(agency: &str, plan: impl Into<SubjectId>) -> String {
    PlanState { agency: agency.to_owned(), plan: plan.into() }.to_string()
}

/// Shared means; a POST adds one.
#[must_use]
pub fn means(agency: &str, plan: impl Into<SubjectId>) -> String {
    Means { agency: agency.to_owned(), plan: plan.into() }.to_string()
}

/// Takes one of the means away.
#[must_use]
pub fn drop_means(agency: &str, plan: impl Into<SubjectId>, means: uuid::Uuid) -> String {
    DropMeans { agency: agency.to_owned(), plan: plan.into(), means }.to_string()
}

/// It was read again after it lost a source.
#[must_use]
pub fn rereading(agency: &str, plan: impl Into<SubjectId>) -> String {
    Rereading { agency: agency.to_owned(), plan: plan.into() }.to_string()
}
