//! Promises in and out of the database.

mod acts;
mod delegation;
pub(super) mod evidence;
mod read;
mod reminders;

pub(super) use acts::{asked, avow, edit, give_word, name_successor, report};
pub use acts::{promise, promise_anew};
pub(super) use delegation::{answer, delegate};
pub(super) use read::{Narrowed, list, me, record};
pub use read::{sides, steps};
pub(super) use reminders::tell_due;
