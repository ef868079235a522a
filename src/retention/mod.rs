//! How long what is kept: the schedule, what is due, the decision of two people to destroy it, and legal holds. Erases as a withdrawal
//! does and leaves a mark; never touches what is held, nor a body's words without its steward's word. Reads many slices.

mod forms;
mod model;
mod pages;
pub mod paths;
mod store;

pub use model::{Kept, destruction_called, hold_called};
pub use pages::routes;
