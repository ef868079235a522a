//! Addresses of hand-overs.

use super::model::HandOverId;
use crate::platform::{error::Error, ids::PartnerId};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// The hand-overs of one partner; a POST begins a letter.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/partners/{partner}/hand-overs", rejection(Error))]
pub struct Letters {
    /// The agency.
    pub agency: String,
    /// The partner.
    pub partner: PartnerId,
}

/// The letters about every relationship.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/partners/hand-overs/letters", rejection(Error))]
pub struct AllLetters {
    /// The agency.
    pub agency: String,
}

/// The form for a new letter about a person without a body; a POST begins it.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/partners/hand-overs/people/new", rejection(Error))]
pub struct NewAboutPerson {
    /// The agency.
    pub agency: String,
}

/// The form for a new letter.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/partners/{partner}/hand-overs/new", rejection(Error))]
pub struct NewLetter {
    /// The agency.
    pub agency: String,
    /// The partner.
    pub partner: PartnerId,
}

/// An address of one hand-over.
macro_rules! of_one {
    ($($(#[$doc:meta])* $name:ident = $path:literal;)+) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, TypedPath, Deserialize)]
            #[typed_path($path, rejection(Error))]
            pub struct $name {
                /// The agency.
                pub agency: String,
                /// The hand-over.
                pub handover: HandOverId,
            }
        )+
    };
}

of_one! {
    /// One letter; a POST keeps its words while it is written.
    LetterPage = "/{agency}/partners/hand-overs/{handover}";
    /// The form for its words.
    EditLetter = "/{agency}/partners/hand-overs/{handover}/edit";
    /// Sends it to the partner.
    Sending = "/{agency}/partners/hand-overs/{handover}/sending";
    /// The partner's word.
    TheirWord = "/{agency}/partners/hand-overs/{handover}/answer";
    /// The word of a partner that has nobody to give it here.
    Brought = "/{agency}/partners/hand-overs/{handover}/brought";
    /// The first contact of those who come next.
    FirstContact = "/{agency}/partners/hand-overs/{handover}/first-contact";
}

/// The hand-overs of one partner.
#[must_use]
pub fn letters(agency: &str, partner: impl Into<PartnerId>) -> String {
    Letters { agency: agency.to_owned(), partner: partner.into() }.to_string()
}

/// The letters about every relationship.
#[must_use]
pub fn all_letters(agency: &str) -> String {
    AllLetters { agency: agency.to_owned() }.to_string()
}

/// The form for a new letter, about whoever leaves where that is known.
#[must_use]
pub fn new(agency: &str, partner: impl Into<PartnerId>, leaver: &str) -> String {
    let form = NewLetter { agency: agency.to_owned(), partner: partner.into() }.to_string();
    crate::platform::paging::with_filters(&form, &[("leaver", leaver)])
}

/// The form for a new letter about a person without a body.
#[must_use]
pub fn new_about_person(agency: &str) -> String {
    NewAboutPerson { agency: agency.to_owned() }.to_string()
}

/// One letter.
#[must_use]
pub fn letter(agency: &str, handover: impl Into<HandOverId>) -> String {
    LetterPage { agency: agency.to_owned(), handover: handover.into() }.to_string()
}

/// The form for its words.
#[must_use]
pub fn edit(agency: &str, handover: impl Into<HandOverId>) -> String {
    EditLetter { agency: agency.to_owned(), handover: handover.into() }.to_string()
}

/// Sends it to the partner.
#[must_use]
pub fn sending(agency: &str, handover: impl Into<HandOverId>) -> String {
    Sending { agency: agency.to_owned(), handover: handover.into() }.to_string()
}

/// The partner's word.
#[must_use]
pub fn answer(agency: &str, handover: impl Into<HandOverId>) -> String {
    TheirWord { agency: agency.to_owned(), handover: handover.into() }.to_string()
}

/// The word of a partner that has nobody to give it here.
#[must_use]
pub fn brought(agency: &str, handover: impl Into<HandOverId>) -> String {
    Brought { agency: agency.to_owned(), handover: handover.into() }.to_string()
}

/// The first contact.
#[must_use]
pub fn first_contact(agency: &str, handover: impl Into<HandOverId>) -> String {
    FirstContact { agency: agency.to_owned(), handover: handover.into() }.to_string()
}
