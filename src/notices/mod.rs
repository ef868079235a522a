//! What a person should hear of: a sentence of the house with the page it leads to, on their first page until they have read it, and
//! by letter. A slice says [`tell`] in the transaction that changes something; what a record says never stands in it.

mod forms;
mod letters;
mod model;
mod pages;
pub mod paths;
mod store;
mod telephone;

pub use letters::letters;
pub use model::{Notice, Unread};
pub use pages::routes;
pub use store::{closed_to, done, quiet_until, tell, tell_also, tell_hats, tell_stewards, tell_voices, unread};
pub use telephone::said_by_telephone;
