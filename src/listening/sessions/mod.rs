//! Listening sessions: planned with partners, announced, held, brought back to those who spoke, confirmed and closed.
//! No step can be skipped; before anybody speaks the reporting notice is read.

mod model;
pub mod paths;
mod store;

pub use model::{Brief, Recording, State};
pub use store::{brief, duty_holders, is_mine};

use crate::platform::routes::Routes;

/// The routes of sessions.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
}
