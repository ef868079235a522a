//! The joins of the chain: which record rests on, serves or comes from which, and what happened to a record. Knows records only as subjects; what a reader may not see is not there.

mod model;
mod store;

pub use model::{Happened, Join, Neighbour, Pick};
pub use store::{came_of, happened, history, join, neighbours, offer, open_draft, pickable, picked, rejoin, sources, unjoin};
