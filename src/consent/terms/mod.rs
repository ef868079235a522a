//! For how long a consent holds, use by use, and the wording that a speaker is shown before they give it. A wording is never
//! changed, only followed by another; a term never lengthens what was given before.

mod forms;
mod model;
mod pages;
pub mod paths;
mod store;

pub use model::{Asked, Ends, Given, LANGUAGES, Wording, WordingId};
pub use pages::routes;
pub use store::{given, wording, wordings};
