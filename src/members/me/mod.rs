//! One's own page: how one may be reached safely, who may know who one is, one's mandate and lent duties, and the way out.

mod forms;
mod model;
mod pages;
pub mod paths;
mod store;

pub(super) use model::{Channel, Reach};
pub(super) use pages::routes;
