//! All SQL of the log.

mod entries;
mod seals;
mod settings;

pub(super) use entries::list;
pub use entries::{of_members, record, record_each, record_of_operator, record_on_words_of};
pub use seals::seal;
pub use settings::note_settings;
