//! Meetings of groups, and forums: the agenda, who came by organization, what was decided and how, what went up and came back, and
//! minutes that the other side confirms. Who came from among people with lived experience is never named.

mod calendar;
mod forms;
mod model;
mod pages;
pub mod paths;
mod store;

pub use model::{FEW, How, State};
pub use pages::routes;
