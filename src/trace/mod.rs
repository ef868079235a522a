//! The trace: everything a record rests on and everything that came of it, from any link of the chain, cut to what the
//! reader may see. Lower floors link here by `platform::subject::trace_path`.

mod model;
mod pages;
pub mod paths;
mod store;

pub use pages::routes;
