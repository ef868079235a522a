//! The first page after signing in: what needs this person, by the hat they wear. Reads many slices, writes nothing; the
//! number of its queries is fixed, however much there is.

mod model;
mod pages;
pub mod paths;
mod store;

pub use pages::routes;
