//! Addresses of goals.

use crate::platform::{error::Error, ids::SubjectId};
use axum_extra::routing::TypedPath;
use chrono::NaiveDate;
use serde::Deserialize;

/// The list; a POST adds a goal.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/goals", rejection(Error))]
pub struct Goals {
    /// The agency.
    pub agency: String,
}

/// The form for a new goal.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/goals/new", rejection(Error))]
pub struct NewGoal {
    /// The agency.
    pub agency: String,
}

/// One goal; a POST keeps it.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/goals/{goal}", rejection(Error))]
pub struct GoalPage {
    /// The agency.
    pub agency: String,
    /// The goal.
    pub goal: SubjectId,
}

/// The form for one goal.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/goals/{goal}/edit", rejection(Error))]
pub struct EditGoal {
    /// The agency.
    pub agency: String,
    /// The goal.
    pub goal: SubjectId,
}

/// What is measured; a POST adds a value.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/goals/{goal}/values", rejection(Error))]
pub struct Values {
    /// The agency.
    pub agency: String,
    /// The goal.
    pub goal: SubjectId,
}

/// Takes one value away.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/goals/{goal}/values/{day}/delete", rejection(Error))]
pub struct DropValue {
    /// The agency.
    pub agency: String,
    /// The goal.
    pub goal: SubjectId,
    /// The day of the value.
    pub day: NaiveDate,
}

/// The story behind the curve.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/goals/{goal}/story", rejection(Error))]
pub struct Story {
    /// The agency.
    pub agency: String,
    /// The goal.
    pub goal: SubjectId,
}

/// The word of those who share it, on this version.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/goals/{goal}/agreement", rejection(Error))]
pub struct Agreement {
    /// The agency.
    pub agency: String,
    /// The goal.
    pub goal: SubjectId,
}

/// Whether it is in force, met or set aside.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/goals/{goal}/state", rejection(Error))]
pub struct GoalState {
    /// The agency.
    pub agency: String,
    /// The goal.
    pub goal: SubjectId,
}

/// A former version.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/goals/{goal}/versions/{number}", rejection(Error))]
pub struct Version {
    /// The agency.
    pub agency: String,
    /// The goal.
    pub goal: SubjectId,
    /// The version.
    pub number: i32,
}

/// The list.
#[must_use]
pub fn goals(agency: &str) -> String {
    Goals { agency: agency.to_owned() }.to_string()
}

/// The form for a new goal.
#[must_use]
pub fn new(agency: &str) -> String {
    NewGoal { agency: agency.to_owned() }.to_string()
}

/// The form for a new goal that addresses a barrier.
#[must_use]
pub fn new_for(agency: &str, barrier: impl Into<SubjectId>) -> String {
    crate::platform::paging::with_filters(&new(agency), &[("barrier", barrier.into().to_string().as_str())])
}

/// One goal’s page.
#[must_use]
pub fn goal(agency: &str, goal: impl Into<SubjectId>) -> String {
    GoalPage { agency: agency.to_owned(), goal: goal.into() }.to_string()
}

/// The form for one goal.
#[must_use]
pub fn edit(agency: &str, goal: impl Into<SubjectId>) -> String {
    EditGoal { agency: agency.to_owned(), goal: goal.into() }.to_string()
}

/// What is measured; a POST adds a value.
#[must_use]
pub fn values(agency: &str, goal: impl Into<SubjectId>) -> String {
    Values { agency: agency.to_owned(), goal: goal.into() }.to_string()
}

/// Takes one value away.
#[must_use]
pub fn drop_value(agency: &str, goal: impl Into<SubjectId>, day: NaiveDate) -> String {
    DropValue { agency: agency.to_owned(), goal: goal.into(), day }.to_string()
}

/// The story behind the curve.
#[must_use]
pub fn story(agency: &str, goal: impl Into<SubjectId>) -> String {
    Story { agency: agency.to_owned(), goal: goal.into() }.to_string()
}

/// The word of those who share it, on this version.
#[must_use]
pub fn agreement(agency: &str, goal: impl Into<SubjectId>) -> String {
    Agreement { agency: agency.to_owned(), goal: goal.into() }.to_string()
}

/// Whether it is in force, met or set aside.
#[must_use]
pub fn state(agency: &str, goal: impl Into<SubjectId>) -> String {
    GoalState { agency: agency.to_owned(), goal: goal.into() }.to_string()
}

/// A former version.
#[must_use]
pub fn version(agency: &str, goal: impl Into<SubjectId>, number: i32) -> String {
    Version { agency: agency.to_owned(), goal: goal.into(), number }.to_string()
}
