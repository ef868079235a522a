//! The days on which an agency is closed: clocks that count working days leave them out. None is assumed; the federal holidays of a
//! year are offered to start from.

mod forms;
mod model;
mod pages;
mod store;

pub(super) use pages::routes;
