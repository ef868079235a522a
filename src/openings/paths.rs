//! Addresses of emergency openings.

use super::model::OpeningId;
use crate::platform::error::Error;
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// All that the reader may know of; a POST makes one.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/emergency-openings", rejection(Error))]
pub struct Openings {
    /// The agency.
    pub agency: String,
}

/// The form.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/emergency-openings/new", rejection(Error))]
pub struct NewOpeningPage {
    /// The agency.
    pub agency: String,
}

macro_rules! of_opening {
    ($(#[$meta:meta])* $name:ident $pattern:literal $function:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone, TypedPath, Deserialize)]
        #[typed_path($pattern, rejection(Error))]
        pub struct $name {
            /// The agency.
            pub agency: String,
            /// The opening.
            pub opening: OpeningId,
        }

        $(#[$meta])*
        #[must_use]
        pub fn $function(agency: &str, opening: impl Into<OpeningId>) -> String {
            $name { agency: agency.to_owned(), opening: opening.into() }.to_string()
        }
    };
}

of_opening!(
    /// One opening.
    OpeningPage "/{agency}/emergency-openings/{opening}" opening
);
of_opening!(
    /// The record that it opens.
    Record "/{agency}/emergency-openings/{opening}/record" record
);
of_opening!(
    /// A POST ends it before its time.
    Ending "/{agency}/emergency-openings/{opening}/ending" ending
);

/// All that the reader may know of.
#[must_use]
pub fn openings(agency: &str) -> String {
    Openings { agency: agency.to_owned() }.to_string()
}

/// The form.
#[must_use]
pub fn new(agency: &str) -> String {
    NewOpeningPage { agency: agency.to_owned() }.to_string()
}
