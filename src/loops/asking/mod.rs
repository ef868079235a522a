//! Asking without an account: anybody may ask what an agency opened itself to, and comes back with a code. Nobody is told who they are,
//! for nobody knows: no name, no address, no network is kept with it.

mod forms;
mod model;
mod pages;
pub mod paths;
mod store;
mod view;

pub use pages::routes;
