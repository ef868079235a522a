//! Obstacles in and out of the database. Row security keeps each side's part from the other's hand (`obstacle_may_be`).

mod course;
mod raiser;
mod read;
mod telling;

pub(super) use course::{keep_course, keep_part, reopen, settle};
pub(super) use raiser::{add, keep, take_back};
pub(super) use read::{Narrowed, find, list, owners, partner_choices, partner_named};
