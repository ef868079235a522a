//! The addresses of notices.

use crate::platform::error::Error;
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// All that one was told. A POST marks it as read.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/notices", rejection(Error))]
pub struct Notices {
    /// The agency.
    pub agency: String,
}

/// Which letters about it one wants. A POST keeps the choice.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/notices/letters", rejection(Error))]
pub struct Choices {
    /// The agency.
    pub agency: String,
}

/// Which letters one wants.
#[must_use]
pub fn choices(agency: &str) -> String {
    Choices { agency: agency.to_owned() }.to_string()
}

/// The page of an agency.
#[must_use]
pub fn notices(agency: &str) -> String {
    format!("/{agency}/notices")
}

/// Where one of them is marked as read.
#[must_use]
pub fn one(agency: &str, id: &uuid::Uuid) -> String {
    format!("{}?one={id}", notices(agency))
}
