//! Pages that are open show what changed meanwhile. A stream says only that something on the page is different for its reader; what it
//! is, the page asks for like any other, and row security decides. Nothing is sent to whoever may not see what changed.

mod model;
mod pages;
pub mod paths;
mod store;

pub use pages::routes;
