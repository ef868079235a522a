//! The joins of the chain: which record rests on, serves or comes from which, what happened to a record, what must be read
//! again. Knows records only as subjects; what a reader may not see is not there.

mod model;
mod store;

pub use model::{Happened, Join, Neighbour, Rereading};
pub use store::{happened, history, join, neighbours, open_draft, pickable, read_again, rejoin, rereadings, unjoin};
