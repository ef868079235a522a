//! Accounts, sessions, hats and invitations in and out of the database.

mod address;
mod closing;
mod identities;
mod invitations;
mod language;
mod leaving;
mod operator;
mod parked;
mod password;
mod reset;
mod sessions;
mod tries;

pub(super) use address::{
    address_change, address_left, address_to_send, address_word, ask_for_address, keep_address, say_yes, stop_address,
};
pub(super) use closing::{LAST, close, held_by, last_steward_of};
pub(super) use identities::{account_at, end_vouched, has_another_way_in, join, joined, note_used, take_off};
pub(super) use invitations::{accept, count_try, invitation, password_of, taken_up, wants_code};
pub(super) use language::{address_of, choose_language, language};
pub(super) use leaving::{Left, left_behind};
pub use operator::{OperatorError, end_sign_ins, sign_ins};
pub(super) use parked::{discard, park, parked};
pub(super) use password::{DOUBTED, PAPER, change as change_password, is_short, note_change as note, note_forgotten};
pub(super) use reset::{ask_for_reset, invitation_to_send, reset, reset_before, reset_of, reset_to_send};
pub(super) use sessions::{
    account_of, begin_session, begin_vouched, end_others, end_others_in, end_session, ended, hats, hats as serving, own_password, renew,
    sessions, taken, was_ended, wear, whose,
};
pub use sessions::{begin_session_of, end_session_of, other_hats, sweep};
pub(super) use tries::{count, forget, renew_hash, right, tried};
