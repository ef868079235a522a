//! Work for later: queued in the transaction that wants it, run by the worker as the membership that caused it, tried again
//! with growing pauses and at last given up. A job holds ids, never words.

mod model;
mod store;

pub use model::{Due, MOST_TRIES, Outcome, Queue, Work};
pub use store::{agencies, claim, enqueue, finish, give_up, hold, put_back, queue, retry};
