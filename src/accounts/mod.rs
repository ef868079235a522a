//! People: signing in and out, the hats of one person, invitations taken up. The password is worked on off the async
//! threads and never more than two at once. Knows nothing of what an agency holds.

mod forms;
mod letters;
mod model;
mod pages;
pub mod parked;
mod password;
pub mod paths;
mod store;

pub use letters::{INVITATION, letters};
pub use model::{Code, OtherHat};
pub use pages::routes;
pub use password::hash as hash_password;
pub use store::{begin_session_of, end_session_of, other_hats, sweep};
