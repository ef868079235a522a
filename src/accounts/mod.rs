//! People: signing in and out, the hats of one person, invitations taken up. The password is worked on off the async
//! threads and never more than two at once. Knows nothing of what an agency holds.

mod apart;
mod factors;
mod forms;
mod letters;
mod model;
mod pages;
pub mod parked;
mod password;
pub mod paths;
mod sign_on;
mod store;

pub use factors::{LOST_ASKED, LOST_HOLDS, LOST_WAITS, forget_factors_of, lost_in_turn, reseal_seeds};
pub use letters::{INVITATION, letters};
pub use model::{Code, FACTORS_LOST, FACTORS_LOST_CONFIRMED, OtherHat};
pub use pages::routes;
pub use password::hash as hash_password;
pub use sign_on::reseal;
pub use store::{OperatorError, begin_session_of, end_session_of, end_sign_ins, other_hats, sign_ins, sweep};
