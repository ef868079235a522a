//! Joining two entries of one body. Nothing that anybody contributed moves: statements, comments, memberships, ratings and
//! the body a record belongs to stay where they are, so no reader gains or loses a row. Only the pointer from the entry that
//! goes to the one that stays, and copies of its names, are written; an undo within 30 days takes exactly these away.
//! A body that has or had a steward is asked first. Two Tribes are never proposed for one by likeness of name.

mod forms;
mod model;
mod pages;
pub mod paths;
mod store;

pub(super) use model::{Joined, Merge};
pub(super) use pages::routes;
pub(super) use store::{joined, merged_into, of, standing};
