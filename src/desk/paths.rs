//! Addresses of the stewards' desk.

use crate::platform::{error::Error, ids::SubjectId, paging::with_filters};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

macro_rules! page {
    ($(#[$meta:meta])* $name:ident $pattern:literal $function:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone, TypedPath, Deserialize)]
        #[typed_path($pattern, rejection(Error))]
        pub struct $name {
            /// The agency.
            pub agency: String,
        }

        $(#[$meta])*
        #[must_use]
        pub fn $function(agency: &str) -> String {
            $name { agency: agency.to_owned() }.to_string()
        }
    };
}

page!(
    /// All that the agency holds of the reader's body.
    Desk "/{agency}/desk" desk
);
page!(
    /// A page that asks before several things are read by fewer people; a POST narrows them.
    Narrowing "/{agency}/desk/narrowing" narrowing
);
page!(
    /// A page that asks which protocol several things are to carry; a POST puts it on them.
    Protection "/{agency}/desk/protection" protection
);
page!(
    /// A page that asks which protocol is to be taken off several things; a POST takes it off.
    Unprotection "/{agency}/desk/protection/delete" unprotection
);
page!(
    /// A page that asks before the words of several things are taken back; a POST takes them back.
    Withdrawal "/{agency}/desk/withdrawal" withdrawal
);
page!(
    /// A page that asks before copies of several things are asked to be deleted; a POST asks.
    Deletion "/{agency}/desk/deletion" deletion
);
page!(
    /// The copies that the body took; a POST makes one.
    Copies "/{agency}/desk/copies" copies
);

/// A sort of things on the desk.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/desk/lists/{sort}", rejection(Error))]
pub struct List {
    /// The agency.
    pub agency: String,
    /// Its stored word.
    pub sort: String,
}

/// One thing, with who read it and what left.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/desk/records/{record}", rejection(Error))]
pub struct Record {
    /// The agency.
    pub agency: String,
    /// A record, or a comment.
    pub record: uuid::Uuid,
}

/// A POST takes the file of a copy.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/desk/copies/{copy}/downloads", rejection(Error))]
pub struct Downloads {
    /// The agency.
    pub agency: String,
    /// The copy.
    pub copy: uuid::Uuid,
}

/// A POST says that whoever took a copy has deleted it.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/desk/copies/{copy}/deletion", rejection(Error))]
pub struct CopyDeleted {
    /// The agency.
    pub agency: String,
    /// The copy.
    pub copy: uuid::Uuid,
}

/// The file of a copy, once for each time that it was asked for.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/desk/copies/{copy}/file", rejection(Error))]
pub struct File {
    /// The agency.
    pub agency: String,
    /// The copy.
    pub copy: uuid::Uuid,
}

/// Whom a record concerns; a POST marks one more body.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/records/{record}/concerns", rejection(Error))]
pub struct Concerns {
    /// The agency.
    pub agency: String,
    /// The record.
    pub record: SubjectId,
}

/// A POST takes a mark away.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/records/{record}/concerns/{body}/delete", rejection(Error))]
pub struct EndedConcern {
    /// The agency.
    pub agency: String,
    /// The record.
    pub record: SubjectId,
    /// The body.
    pub body: uuid::Uuid,
}

/// A sort of things on the desk.
#[must_use]
pub fn list(agency: &str, sort: impl std::fmt::Display) -> String {
    List { agency: agency.to_owned(), sort: sort.to_string() }.to_string()
}

/// One thing on the desk.
#[must_use]
pub fn record(agency: &str, record: impl std::borrow::Borrow<uuid::Uuid>) -> String {
    Record { agency: agency.to_owned(), record: *record.borrow() }.to_string()
}

/// One thing, to be narrowed, taken back or asked back by itself, and then back to its page.
#[must_use]
pub fn of_one(page: &str, agency: &str, one: impl std::borrow::Borrow<uuid::Uuid>) -> String {
    let one = *one.borrow();
    with_filters(page, &[("record", &one.to_string()), ("from", &record(agency, one))])
}

/// Where somebody came from: a list of the desk with its page and filters, or one thing; anything else is the desk itself.
#[must_use]
pub fn back(agency: &str, from: &str) -> String {
    let desk = desk(agency);
    let rest = from.strip_prefix(&desk).unwrap_or_default();
    let is_known = rest.starts_with("/lists/") || rest.starts_with("/records/");
    if is_known && from.bytes().all(|one| one.is_ascii_graphic()) && !from.contains("..") { from.to_owned() } else { desk }
}

/// Where the file of a copy is asked for.
#[must_use]
pub fn downloads(agency: &str, copy: impl Into<super::model::CopyId>) -> String {
    Downloads { agency: agency.to_owned(), copy: copy.into().0 }.to_string()
}

/// Where whoever took a copy says that they deleted it.
#[must_use]
pub fn copy_deleted(agency: &str, copy: impl Into<super::model::CopyId>) -> String {
    CopyDeleted { agency: agency.to_owned(), copy: copy.into().0 }.to_string()
}

/// The copies, from which the file of this one comes by itself: its door was just opened.
#[must_use]
pub fn taking(agency: &str, copy: impl Into<super::model::CopyId>) -> String {
    format!("{}?taking={}", copies(agency), copy.into())
}

/// The file of a copy.
#[must_use]
pub fn file(agency: &str, copy: impl Into<super::model::CopyId>) -> String {
    File { agency: agency.to_owned(), copy: copy.into().0 }.to_string()
}

/// Where a mark is taken away.
#[must_use]
pub fn ended_concern(agency: &str, record: impl Into<SubjectId>, body: impl Into<crate::platform::ids::PartnerId>) -> String {
    EndedConcern { agency: agency.to_owned(), record: record.into(), body: body.into().0 }.to_string()
}

#[cfg(test)]
mod tests {
    use super::back;

    #[test]
    fn the_way_back_leads_to_the_desk_and_nowhere_else() {
        let list = "/cedar/desk/lists/statements?audience=body&page=2";
        assert_eq!(back("cedar", list), list);
        for other in [
            "",
            "https://elsewhere.example",
            "//elsewhere.example",
            "/cedar/desk/lists/../../other",
            "/harbor/desk/lists/statements",
            "/cedar/desk/lists/a\r\nb",
        ] {
            assert_eq!(back("cedar", other), "/cedar/desk", "{other}");
        }
    }
}
