//! Comments on any record, threaded one level. A record's page holds them with three lines: `comments::of(tx, subject)` in
//! its closure, a field `comments: comments::Thread` in its struct, `{% include "comments/_list.html" %}` in its template.
//! A comment is read by whom its author chose, never beyond who may read the record.

mod forms;
mod model;
mod pages;
pub mod paths;
mod store;

pub use model::Thread;
pub use pages::routes;
pub use store::{narrow, of, take_back};
