//! The sign-ins in which somebody of the agency's own side was here: an administrator sees them and ends the way of one into this agency.
//! Never those of a body's people, and never anything of other agencies.

mod model;
mod pages;
pub mod paths;
mod store;

pub(super) use pages::routes;
