//! The rhythm of relationships: how often each is kept, when next, what both sides bring each time; and the reminder of whoever keeps
//! it, before the date and once it has passed.

mod jobs;
mod model;
mod pages;
pub mod paths;
mod store;

pub use jobs::remind;
pub(super) use pages::routes;
