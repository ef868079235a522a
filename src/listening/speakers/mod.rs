//! Who spoke in a session, and the consent card each of them filled in once. Read only by that session's facilitators and
//! note-takers and by the speaker; how somebody may be reached safely is obeyed everywhere.

mod forms;
mod letters;
mod model;
mod pages;
pub mod paths;
mod store;

pub use model::{Card, CardHow, Reach, Speaker, SpeakerId, shown_as};
pub use pages::routes;
pub use store::{choices, find, mine, minors_rule, of_session};
