//! "Who can see what": why a record is or is not visible to somebody, in sentences. The database says yes or no under that person's own
//! standing, when it is asked; the sentences say why, and both are kept with the question. Never shows words, and never tells whose words
//! a record is to anybody who may not know.

mod forms;
mod model;
mod pages;
pub mod paths;
mod store;

pub use pages::routes;
