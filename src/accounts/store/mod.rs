//! Accounts, sessions, hats and invitations in and out of the database.

mod address;
mod closing;
mod identities;
mod invitations;
mod operator;
mod parked;
mod password;
mod reset;
mod sessions;
mod tries;

pub(super) use address::{
    address_change, address_left, address_to_send, address_word, ask_for_address, keep_address, say_yes, stop_address,
};
pub(super) use closing::{LAST, close, held_by};
pub(super) use identities::{account_at, has_another_way_in, join, joined, note_used, take_off};
pub(super) use invitations::{accept, count_try, invitation, password_of, taken_up, wants_code};
pub use operator::{OperatorError, end_sign_ins, sign_ins};
pub(super) use parked::{discard, park, parked};
pub(super) use password::{change as change_password, is_short, note_change as note, note_forgotten};
pub(super) use reset::{ask_for_reset, invitation_to_send, reset, reset_before, reset_of, reset_to_send};
pub(super) use sessions::{
    account_of, address_of, begin_session, begin_vouched, end_others, end_session, ended, hats, hats as serving, own_password, renew,
    sessions, taken, wear, whose,
};
pub use sessions::{begin_session_of, end_session_of, other_hats, sweep};
pub(super) use tries::{count, forget, renew_hash, right, tried};
