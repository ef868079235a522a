//! Goals in and out of the database.

mod read;
mod words;
mod write;

pub use read::waiting_for_my_word;
pub(super) use read::{find, former, given, list, values};
pub(super) use words::{give_word, speaker};
pub(super) use write::{add, drop_value, keep, put_state, put_value, tell};
