//! Providers and the ways to them in and out of the database.

mod attempts;
mod providers;
mod resealing;
mod rule;

pub(super) use attempts::{begin, find_attempt, use_up};
pub(super) use providers::{add, find, keep, list, people, provider, remove, take_off, to_be_joined};
pub(in crate::accounts) use providers::{house, house_of};
pub use resealing::reseal;
pub(super) use rule::{require, required};
