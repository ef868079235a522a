//! Sessions in and out of the database. Row security decides which are seen; what may be done to one is asked here.

mod around;
mod before;
mod cohost;
mod duties;
mod find;
mod plan;
mod room;
mod series;
mod steps;

pub(super) use around::{Lists, Rules, acknowledged, attendance, invited, lists, neighbours, rules};
pub use around::{choices, duty_holders, notice};
pub(super) use before::before;
pub(super) use cohost::{agree, arrange, let_close};
pub(super) use duties::{duties, keep_duties};
pub(super) use find::{Narrowed, find, list};
pub use find::{brief, ends_within, is_mine, on_duty};
pub(super) use plan::{add, keep};
pub(super) use room::{acknowledge, check_in, count_people, go_on, note_notice, stop, summarize};
pub(super) use series::{add_series, all_series, find_series, keep_series};
pub(super) use steps::{announce, cancel, close, confirm, hold, return_words, reword};
