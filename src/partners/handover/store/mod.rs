//! Hand-overs in and out of the database. Row security keeps the letter from who comes next until the partner has given its word.

mod acts;
mod read;

pub(super) use acts::{add, answer, keep, meet, remind, send};
pub(super) use read::{Narrowed, find, leavers, list, people, shown, to_hand_on};
