//! Providers and the ways to them in and out of the database.

mod attempts;
mod doors;
mod people;
mod providers;
mod resealing;
mod rule;
mod signed_out;

pub(super) use attempts::{begin, find_attempt, use_up};
pub(in crate::accounts) use doors::{house, house_again, houses};
pub(super) use doors::{to_be_joined, vouched_through};
pub(super) use people::{people, take_off};
pub(super) use providers::{add, find, keep, list, provider, remove};
pub use resealing::reseal;
pub(super) use rule::{require, required};
pub(super) use signed_out::{end, provider_named};
