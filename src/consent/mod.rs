//! What may be done with words that people gave, and how they take them back: the uses of consent, copied words, quotations,
//! withdrawal across every table, and the recall list of what had already left. Never shows words that were not given.

mod forms;
mod model;
mod pages;
pub mod paths;
mod quoting;
mod store;
pub mod terms;

pub use model::{Attribution, Became, DESTROYED, How, Quotation, Recall, RecallState, Remains, Rereading, Use, Uses, recalled};
pub use store::{
    bodies::{ask_back, recall_from_bodies},
    quoting::{in_own_words, no_copied_words, note_words, quotations},
    recalls::{deleted_by_holder, of_subject as recalls_of},
    rereading::{lost_source, lost_statement, open_of as open_rereadings, read_again},
    sealing::{remains_of, seal},
    withdrawal::{destroy, drop_drafts, erase_copies, recall_taken, take_back, withdraw},
};
pub use terms::{Asked, Ends, Given, LANGUAGES, Wording, WordingId, given, wording, wordings};

use crate::platform::routes::Routes;

/// The routes of consent.
#[must_use]
pub fn routes() -> Routes {
    pages::routes().join(terms::routes())
}
