//! Meetings in and out of the database.

mod agenda;
mod minutes;
mod plan;
mod read;
mod telling;
mod up;

pub(super) use agenda::{add_item, drop_item, publish};
pub(super) use minutes::{decide, drop_decision, give_word, keep_minutes, send};
pub(super) use plan::{add, call_off, keep};
pub(super) use read::{Narrowed, agenda, bodies, dated, decisions, find, groups, list, sent_up, voters};
pub(super) use up::{come_back, send_up};
