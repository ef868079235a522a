//! Goals in and out of the database.

mod read;
mod words;
mod write;

pub(super) use read::{Narrowed, find, former, given, list, values};
pub(super) use words::{give_word, speaker};
pub(super) use write::{add, drop_value, keep, put_state, put_value, tell};
