//! The landscape: how each side rates the relationship. Ratings are dated and never overwritten; a partner may keep its own
//! to itself, and not rating is a choice that is never drawn as nothing.

mod forms;
mod model;
mod pages;
pub mod paths;
mod picture;
mod store;

pub use model::Pair;
pub use pages::routes;
pub use picture::Picture;
pub use store::{pairs, scale};
