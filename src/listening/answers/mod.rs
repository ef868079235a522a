//! What came of a session, as the agency tells it to those who spoke there: one record at a time, in its own words. A speaker reads what
//! their own words led to and nothing else, and of a promise made to them says whether it was kept.

mod forms;
mod model;
mod pages;
pub mod paths;
mod store;

pub use model::{AnswerId, Told};
pub use pages::routes;
pub use store::told_to;
