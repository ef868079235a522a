//! Shared goals: what both sides want to reach, how it is known, and who agreed to which version. An agreement never
//! outlives a change of the words it was given to.

mod curve;
mod difference;
mod forms;
mod model;
mod pages;
pub mod paths;
mod store;

pub use model::{Listed, State};
pub use pages::routes;
