//! Who changed what, in the same transaction as the change. Entries hold names and lengths of fields, never contributed
//! words, and can only be added.

mod model;
mod pages;
pub mod paths;
mod store;

pub use model::{Change, Entry, Readers};
pub use pages::routes;
pub use store::{note_settings, of_members, record, record_each, record_of_operator, record_on_words_of, seal};
