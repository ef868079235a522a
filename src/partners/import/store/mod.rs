//! Imports in and out of the database. Nothing of a list becomes a partner before [`bring_in`].

mod known;
mod lists;
mod names;
mod rows;
mod writing;

pub(super) use known::mark;
pub(in crate::partners) use known::{Candidate, candidates, known};
pub(in crate::partners) use lists::source_of;
pub(super) use lists::{add, drop_list, file, find, keep_check, list};
pub(super) use names::{called_alike, listed_all, name_is, names_count, search};
pub(in crate::partners) use names::{listed, take_name};
pub(super) use rows::{Decisions, choose, counts, page, rows_with, undecided};
pub(super) use writing::{bring_in, bring_in_names};
