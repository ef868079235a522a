//! What was found harmful in files that people sent: it is told to whoever sent it and to administrators, and what the file held is kept
//! nowhere. Beside it, for administrators, how much room the agency's files take.

mod jobs;
mod model;
mod pages;
pub mod paths;
mod store;

pub use jobs::sweep;
pub use pages::{put, routes};
