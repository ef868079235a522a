//! Somebody has lost every second factor, and every code on paper. One administrator asks and another person confirms; of a body's
//! people it is one of its stewards. Nobody does both, under whatever hat.

mod model;
mod pages;
pub mod paths;
mod store;

pub(super) use pages::routes;
