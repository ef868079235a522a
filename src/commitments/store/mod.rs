//! Promises in and out of the database.

mod acts;
mod read;

pub(super) use acts::{asked, avow, delegate, edit, give_word, name_successor, report};
pub use acts::{promise, promise_anew};
pub(super) use read::{Narrowed, list, me, record};
pub use read::{sides, steps};
