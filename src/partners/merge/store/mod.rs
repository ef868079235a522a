//! Merges in and out of the database.

mod joining;
mod reading;

pub(super) use joining::{ask, say, undo};
pub(super) use reading::{find, likely, search, sides, words};
pub(in crate::partners) use reading::{joined, merged_into, of, standing};
