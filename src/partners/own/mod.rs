//! A body keeps its own entry: what it says of itself, how it is reached, and for a Tribe its recognition in its own words.

mod forms;
mod pages;
pub mod paths;
mod store;

pub use pages::routes;
