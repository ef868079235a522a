//! What was heard, in the speaker's words. It belongs to the speaker: nobody reads it before they gave their word, nobody
//! uses it beyond what they allow, and they take it back whenever they want.

mod forms;
mod model;
mod pages;
pub mod paths;
mod store;

pub use model::State;
pub use pages::routes;
pub use store::{
    card::{follow_card, keeps_words},
    links::without_way_back,
    steward::{narrow, take_back},
    waiting::waiting_in,
};
