//! Invitations in and out of the database.

mod ask;
mod letter;
mod list;
mod reply;
mod times;

pub use ask::tell_all;
pub(super) use ask::{add, correct, drop_one, hand_link, sweep};
pub(super) use letter::{Telling, ToSend, to_send};
pub(super) use list::{choices, counts, find, kept, list};
pub(super) use reply::{answer, by_link, for_member, plan, reply_by_link, told};
pub(super) use times::{add_time, ask_times, drop_time, heard, suits, take_time, times};
