//! Addresses of an agency's settings and of its face.

use crate::platform::{error::Error, ids::FileId};
use axum_extra::routing::TypedPath;
use chrono::NaiveDate;
use serde::Deserialize;

/// The settings; a POST keeps them.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/settings", rejection(Error))]
pub struct Settings {
    /// The agency.
    pub agency: String,
}

/// What the agency asks of its own side at the sign-in; a POST sets it.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/settings/sign-in", rejection(Error))]
pub struct Entrance {
    /// The agency.
    pub agency: String,
}

/// What was set before, and by whom.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/settings/changes", rejection(Error))]
pub struct Changes {
    /// The agency.
    pub agency: String,
}

/// A POST puts a new logo up.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/settings/logo", rejection(Error))]
pub struct NewLogo {
    /// The agency.
    pub agency: String,
}

/// A POST takes the logo down.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/settings/logo/delete", rejection(Error))]
pub struct NoLogo {
    /// The agency.
    pub agency: String,
}

/// The logo itself.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/logo/{file}", rejection(Error))]
pub struct Logo {
    /// The agency.
    pub agency: String,
    /// The file.
    pub file: FileId,
}

/// The same for the bearer of a link.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/return/logo/{file}", rejection(Error))]
pub struct LinkLogo {
    /// The agency.
    pub agency: String,
    /// The file.
    pub file: FileId,
}

/// The same for the bearer of one line of a letter.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/word/{link}/logo/{file}", rejection(Error))]
pub struct LetterLogo {
    /// The agency.
    pub agency: String,
    /// The line.
    pub link: uuid::Uuid,
    /// The file.
    pub file: FileId,
}

/// The accent's sheet, named by its colour, as in `accent/1f5c46.css`.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/accent/{sheet}", rejection(Error))]
pub struct AccentSheet {
    /// The agency.
    pub agency: String,
    /// The colour and `.css`.
    pub sheet: String,
}

/// The days on which the agency is closed; a POST adds one.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/closed-days", rejection(Error))]
pub struct ClosedDays {
    /// The agency.
    pub agency: String,
}

/// A POST adds those that were chosen of a year’s federal holidays.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/closed-days/holidays", rejection(Error))]
pub struct Holidays {
    /// The agency.
    pub agency: String,
}

/// A POST takes one off the list: the agency is open that day.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/closed-days/{closed_day}/delete", rejection(Error))]
pub struct OpenDay {
    /// The agency.
    pub agency: String,
    /// The day.
    pub closed_day: NaiveDate,
}

/// The days on which the agency is closed.
#[must_use]
pub fn closed_days(agency: &str) -> String {
    ClosedDays { agency: agency.to_owned() }.to_string()
}

/// Where chosen holidays are added.
#[must_use]
pub fn holidays(agency: &str) -> String {
    Holidays { agency: agency.to_owned() }.to_string()
}

/// Where a day is taken off the list.
#[must_use]
pub fn open_day(agency: &str, day: &NaiveDate) -> String {
    OpenDay { agency: agency.to_owned(), closed_day: *day }.to_string()
}

/// The settings.
#[must_use]
pub fn settings(agency: &str) -> String {
    Settings { agency: agency.to_owned() }.to_string()
}

/// The rule for signing in.
#[must_use]
pub fn entrance(agency: &str) -> String {
    Entrance { agency: agency.to_owned() }.to_string()
}

/// Where a new logo goes.
#[must_use]
pub fn new_logo(agency: &str) -> String {
    NewLogo { agency: agency.to_owned() }.to_string()
}

/// Where the logo is taken down.
#[must_use]
pub fn no_logo(agency: &str) -> String {
    NoLogo { agency: agency.to_owned() }.to_string()
}

/// What was set before, and by whom.
#[must_use]
pub fn changes(agency: &str) -> String {
    Changes { agency: agency.to_owned() }.to_string()
}
