//! Back to the speakers: whom those on duty still have to reach about their words, in which way, and the sheet that goes to somebody on
//! paper. Nobody is tried in another way than their card says, and nobody is sent what somebody else said.

mod forms;
mod letters;
mod model;
mod pages;
pub mod paths;
mod store;

pub use pages::routes;
