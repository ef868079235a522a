//! Members in and out of the database. Row security holds the same rules once more (0070_members.sql, 0201_who_makes_whom.sql).

mod links;
mod people;
mod roles;
mod stopping;

pub(super) use links::{INVITATION_DAYS, make_link, open_link, renew_link};
pub(super) use people::{Narrowed, facilitators, find, fresh, insert, invite, list, of_member, reach_of};
pub(super) use roles::{change_role, end_every_duty, has_director, is_of_body, keep_one_administrator};
pub use stopping::suspended_of;
pub(super) use stopping::{carries, end, suspend, take_up};
