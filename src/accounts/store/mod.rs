//! Accounts, sessions, hats and invitations in and out of the database.

mod invitations;
mod password;
mod reset;
mod sessions;
mod tries;

pub(super) use invitations::{accept, count_try, invitation, password_of, taken_up, wants_code};
pub(super) use password::change as change_password;
pub(super) use reset::{ask_for_reset, invitation_to_send, reset, reset_before, reset_of, reset_to_send};
pub(super) use sessions::{
    account_of, begin_session, discard, end_session, hats, own_password, park, parked, sessions, taken, wear, whose,
};
pub use sessions::{begin_session_of, end_session_of, other_hats, sweep};
pub(super) use tries::{count, forget, right, tried};
