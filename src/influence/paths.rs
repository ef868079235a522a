//! Addresses of what partners’ answers can change.

use super::model::InfluenceId;
use crate::platform::{error::Error, ids::SubjectId, paging::with_filters};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// All promises; a POST makes one.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/influence", rejection(Error))]
pub struct Promises {
    /// The agency.
    pub agency: String,
}

/// The form that makes one.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/influence/new", rejection(Error))]
pub struct NewPromise {
    /// The agency.
    pub agency: String,
}

macro_rules! of_promise {
    ($(#[$meta:meta] $name:ident $address:literal $way:ident;)+) => {
        $(
            #[$meta]
            #[derive(Debug, Clone, TypedPath, Deserialize)]
            #[typed_path($address, rejection(Error))]
            pub struct $name {
                /// The agency.
                pub agency: String,
                /// The promise.
                pub influence: InfluenceId,
            }

            #[$meta]
            #[must_use]
            pub fn $way(agency: &str, influence: impl Into<InfluenceId>) -> String {
                $name { agency: agency.to_owned(), influence: influence.into() }.to_string()
            }
        )+
    };
}

of_promise! {
    /// One promise.
    PromisePage "/{agency}/influence/{influence}" promise;
    /// A POST says what was decided.
    Outcome "/{agency}/influence/{influence}/outcome" outcome;
    /// A POST says whether it was kept.
    WordOn "/{agency}/influence/{influence}/word" word;
}

/// Whether it was kept, for the bearer of a line of the letter.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/word/{link}/influence", rejection(Error))]
pub struct LetterWord {
    /// The agency.
    pub agency: String,
    /// The link.
    pub link: uuid::Uuid,
}

/// The same, as an address.
#[must_use]
pub fn letter_word(agency: &str, link: &uuid::Uuid) -> String {
    LetterWord { agency: agency.to_owned(), link: *link }.to_string()
}

/// All promises.
#[must_use]
pub fn promises(agency: &str) -> String {
    Promises { agency: agency.to_owned() }.to_string()
}

/// Those about one record.
#[must_use]
pub fn promises_about(agency: &str, record: impl Into<SubjectId>) -> String {
    with_filters(&promises(agency), &[("about", &record.into().to_string())])
}

/// The form that makes one.
#[must_use]
pub fn new(agency: &str) -> String {
    NewPromise { agency: agency.to_owned() }.to_string()
}

/// The form that makes one about a record.
#[must_use]
pub fn new_about(agency: &str, record: impl Into<SubjectId>) -> String {
    with_filters(&new(agency), &[("about", &record.into().to_string())])
}
