//! Listening sessions: planned with partners, announced, held, brought back to those who spoke, confirmed and closed.
//! No step can be skipped; before anybody speaks the reporting notice is read.

mod cleared;
mod forms;
mod model;
mod moment;
mod pages;
pub mod paths;
mod store;

pub use model::{Acknowledged, Before, Brief, Constituency, Neighbour, OnDuty, Recording, Series, SeriesId, Session, State, came};
pub(in crate::listening) use moment::moment as begins_at;
pub use pages::routes;
pub use store::{brief, choices, duty_holders, ends_within, is_mine, notice, on_duty};
