//! Taking over a list of partners: columns matched to our fields, rows parsed, doubles found. Pure: nothing is stored here.
//! Never guesses whether a Tribe is recognised, and never takes two Tribes for one because their names are alike.

mod changes;
mod classify;
mod headings;
mod kinds;
mod likeness;
mod national;
mod particulars;
mod rows;
#[cfg(test)]
mod tests;
mod words;

pub use changes::Change;
pub use classify::{Finder, Known, Outcome, Same, Why};
pub use headings::{Field, Mapping, MappingProblem, propose};
pub use kinds::kind_of;
pub use likeness::{LIKELY, likeness};
pub use national::{NationalList, NationalName};
pub use particulars::Particulars;
pub use rows::{ImportRow, NAME_AT_MOST, Refused, RowNote, parse};
