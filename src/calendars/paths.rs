//! Addresses of private calendars.

use crate::platform::error::Error;
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// One’s own calendar; a POST makes its address, or makes it anew.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/my-calendar", rejection(Error))]
pub struct MyCalendar {
    /// The agency.
    pub agency: String,
}

/// A POST ends it.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/my-calendar/delete", rejection(Error))]
pub struct EndCalendar {
    /// The agency.
    pub agency: String,
}

/// The secret address itself.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/my-calendar/{token}", rejection(Error))]
pub struct Feed {
    /// The agency.
    pub agency: String,
    /// Its secret.
    pub token: String,
}

/// One’s own calendar.
#[must_use]
pub fn my_calendar(agency: &str) -> String {
    MyCalendar { agency: agency.to_owned() }.to_string()
}

/// Ends it.
#[must_use]
pub fn end_calendar(agency: &str) -> String {
    EndCalendar { agency: agency.to_owned() }.to_string()
}

/// The secret address.
#[must_use]
pub fn feed(agency: &str, token: &str) -> String {
    Feed { agency: agency.to_owned(), token: token.to_owned() }.to_string()
}
