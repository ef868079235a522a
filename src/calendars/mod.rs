//! A private calendar feed for each person: a secret address that can be made anew and ended, at which their own calendar finds what
//! they may see here now. It holds times, places and neutral subjects, never what anything is about.

mod model;
mod pages;
pub mod paths;
mod store;

pub use pages::routes;
