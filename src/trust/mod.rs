//! The question about trust: asked gently after a session and once a quarter, answered without a name, shown only as a sum that enough
//! people make up. A fall is part of the work, and both sides write what was going on. Never keeps an answer beside a person.

mod forms;
mod jobs;
mod model;
mod pages;
pub mod paths;
mod store;

pub use jobs::sweep;
pub use pages::routes;
