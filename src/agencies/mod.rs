//! Tenants: how one is founded, and what it sets for itself.

mod founding;
pub mod paths;
mod settings;
mod store;

pub use founding::{Founder, FoundingError, found, found_by_invitation, invite_from_terminal};
pub use settings::routes;
pub use store::give_room;
