//! Duties that a director lends to a named person until a day: on the record, and ending by themselves.

mod forms;
mod jobs;
mod model;
mod pages;
pub mod paths;
mod store;

pub use jobs::tell_of_duties;
pub(super) use model::Duty;
pub(super) use pages::routes;
