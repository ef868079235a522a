//! Outreach: what was done to reach a partner, by the director or a delegate, what was said, and what comes next.
//! An entry is the agency's record about a body, so that body can read it.

mod forms;
mod model;
mod pages;
pub mod paths;
mod store;

pub use model::How;
pub use pages::routes;
pub(super) use store::between_governments;
