//! Who speaks for a partner, on whose mandate, from when to when; and the hand-over when a person leaves.

mod forms;
mod model;
mod pages;
pub mod paths;
mod store;

pub use pages::routes;
pub use store::handovers_waiting;
