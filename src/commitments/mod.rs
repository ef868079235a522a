//! Commitments: who promised what to whom, by when, in both directions. Done is what the one promised says; nobody
//! confirms their own promise, under whatever hat.

mod forms;
mod jobs;
mod model;
mod pages;
pub mod paths;
mod sides;
mod store;

pub use jobs::remind;
pub use model::{Listed, Party, Promise, Side, State, standing};
pub use pages::routes;
pub use sides::Sides;
pub use store::{promise, promise_anew, sides, steps};
