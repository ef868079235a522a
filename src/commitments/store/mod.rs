//! Promises in and out of the database.

mod acts;
mod read;

pub use acts::promise;
pub(super) use acts::{asked, delegate, edit, give_word, report};
pub(super) use read::{Narrowed, list, record};
pub use read::{due, sides, steps, tally, waiting_for_my_word};
