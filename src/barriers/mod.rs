//! Barriers: what stands in the way of families, on which level, shown by what, owned on both sides, and what became of it.
//! The words that show it are never copied here; a barrier points to them.

mod forms;
mod model;
mod pages;
pub mod paths;
mod store;

pub use model::{Level, Listed, State};
pub use pages::routes;
