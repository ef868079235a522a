//! Speakers in and out of the database.

mod find;
mod keep;
mod offers;
mod own;

pub use find::{choices, find, mine, of_session};
pub(super) use keep::{add, keep, keep_reach};
pub use offers::minors_rule;
pub(super) use offers::{allows, answers, members, table};
pub(super) use own::{fill_in, hand_over};
