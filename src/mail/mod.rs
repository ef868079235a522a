//! Letters: a queue in the database, and the way out of it by SMTP or into a folder. A slice says what a letter of its kind says when
//! it is sent; the link in it is made then. Each is sent once, or it is known that nobody knows. Each speaks its reader's language.

mod language;
mod model;
mod store;
mod transport;
mod view;

pub use language::Language;
pub use model::{Due, File, Letter, MOST_TRIES, Making, Outcome, Words};
pub use store::{claim, enqueue, enqueue_all, enqueue_at, enqueue_outside, enqueue_to, finish, lost, queue, sweep};
pub use transport::send;
