//! Inviting many people from one list: the agency's own side by letter, people of a body only as a proposal to its steward. Nothing
//! is written before a person has seen what becomes of each row, and a list changes nobody's role.

mod jobs;
mod model;
mod pages;
pub mod paths;
mod reading;
mod store;

pub use jobs::sweep;
pub(super) use pages::routes;
