//! Taking over a list of partners: columns matched to our fields, rows parsed, doubles found. Nothing is written before a
//! person has seen what becomes of each row. Never guesses whether a Tribe is recognised, and never takes two Tribes for one
//! because their names are alike.

mod changes;
mod checking;
mod classify;
mod forms;
mod headings;
mod kinds;
mod labelled;
mod likeness;
mod model;
mod national;
mod pages;
mod particulars;
pub mod paths;
mod rows;
mod store;
mod taking;
#[cfg(test)]
mod tests;
mod words;

pub(super) use checking::likely_same;
pub(super) use model::{ListedId, Source};
pub(super) use pages::routes;
pub(super) use store::{candidates, known, listed, source_of, take_name};

use changes::Change;
use classify::{Finder, Known, Outcome, Same};
use headings::{Field, Mapping, propose};
use kinds::kind_of;
use national::{NationalList, NationalName};
use particulars::Particulars;
use rows::{ImportRow, Refused, RowNote, parse};
