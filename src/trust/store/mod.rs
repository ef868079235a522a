//! The question about trust in and out of the database. What somebody answered is written by the keeper, apart from who they are, and
//! no page ever reads it: pages read sums.

mod answer;
mod ask;
mod read;

pub(super) use answer::{answer, answer_by_link};
pub(super) use ask::{ask, by_itself, keep_wording, make_link, take_account_back, write_account};
pub(super) use read::{accounts, find, link_round, list, offer, said, wording};
