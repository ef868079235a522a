//! What was heard, in the speaker's words. It belongs to the speaker: nobody reads it before they gave their word, nobody
//! uses it beyond what they allow, and they take it back whenever they want.

mod forms;
mod jobs;
mod model;
mod pages;
pub mod paths;
mod store;

pub use jobs::ask_again;
pub use model::State;
pub use pages::routes;
pub use store::{
    card::{follow_card, keeps_words},
    links::{make as make_link, next as next_link, without_way_back},
    own::{Added, add_own},
    steward::{narrow, take_back},
    waiting::waiting_in,
};
