//! The desk in and out of the database. Row security decides what the steward sees; the body is theirs by their membership.

pub(super) mod acts;
pub(super) mod concerns;
pub(super) mod copies;
pub(super) mod everything;
pub(super) mod list;
