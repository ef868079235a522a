//! Who spoke in a session, and the consent card each of them filled in once. Read only by that session's facilitators and
//! note-takers and by the speaker; how somebody may be reached safely is obeyed everywhere.

mod model;
mod store;

pub use model::{Card, CardHow, Reach, Speaker, SpeakerId};
pub use store::{choices, find, of_session};

use crate::platform::routes::Routes;

/// The routes of speakers.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
}
