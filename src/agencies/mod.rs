//! Tenants: how one is founded. Settings and members stand beside it.

mod founding;

pub use founding::{Founder, FoundingError, found, found_by_invitation, invite_from_terminal};
