//! What somebody signs in with besides a password, or in its place: codes from an app, passkeys, and codes on paper for the day
//! when both are lost. Without one of these, or two people, nobody gets past them: neither a reset password nor one employee does.

mod forms;
mod model;
mod pages;
mod passkeys;
mod sealed;
mod store;

pub(super) use forms::PasskeyForm;
pub(super) use model::{Factors, LostAsked};
pub use model::{LOST_ASKED, LOST_HOLDS, LOST_WAITS};
pub(super) use pages::{begin_second_step, by_passkey, routes};
pub(super) use passkeys::{Asked, Purpose, ask};
pub(super) use store::{factors, lost_asked, stand_beside, sweep_in};
pub use store::{forget_factors_of, lost_in_turn, reseal_seeds};
