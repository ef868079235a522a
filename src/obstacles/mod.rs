//! Obstacles of the partnership itself: language, power, workload, travel, pay. Raised by either side, worked on by both; each side
//! writes only its own part, and only the side that raised one says that it is settled.

mod forms;
mod model;
mod pages;
pub mod paths;
mod store;

pub use model::{Kind, State};
pub use pages::routes;
