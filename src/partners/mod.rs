//! Partners: the bodies an agency works with. Tribal governments stand first, under their own heading and count.
//! Recognition of a Tribe is a fact with its source, never guessed.

mod forms;
mod model;
mod pages;
pub mod paths;
mod store;

pub use model::{Kind, Stage};
pub use pages::routes;
pub use store::{choices, find_name};
