//! The stewards' desk: everything the agency holds that a body's people contributed, or that concerns the body, as far as its steward
//! may read it; narrowing it, taking it back, asking copies to be deleted, and taking a copy of it all. Opens nothing by itself.

mod forms;
mod jobs;
mod model;
mod package;
mod pages;
pub mod paths;
mod store;

pub use jobs::sweep;
pub use pages::routes;
