//! Loops: a question, concern or idea from a partner, its answer, and the word of the one who raised it. Two clocks run
//! until the answer; nobody but the raiser (or the heir their body named) ever closes one.

mod asking;
mod called;
mod clock;
mod forms;
mod jobs;
mod listed;
mod model;
mod pages;
pub mod paths;
mod proofs;
mod stages;
mod store;

pub use jobs::sweep;
pub use model::{Answer, Kind, State, audiences_when_entered};
pub use pages::routes;
pub use store::{destroy, narrow, take_back};
