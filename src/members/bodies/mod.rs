//! A body's own people: an administrator may propose, the body's recorded act names its first steward, and from then on only
//! a serving steward admits, names stewards and gives mandates.

mod forms;
mod model;
mod pages;
pub mod paths;
mod store;

pub(super) use pages::routes;
