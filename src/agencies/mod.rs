//! Tenants: how one is founded, and what it sets for itself.

mod closed_days;
mod founding;
pub mod paths;
mod settings;
mod store;

pub use founding::{Founder, FoundingError, found, found_by_invitation, invite_from_terminal};
pub use store::give_room;

use crate::platform::routes::Routes;

/// The routes of the settings and of the days on which the agency is closed.
#[must_use]
pub fn routes() -> Routes {
    settings::routes().join(closed_days::routes())
}
